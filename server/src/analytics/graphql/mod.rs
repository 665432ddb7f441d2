//! The city's figures over GraphQL.

mod inputs;
mod map;
mod services;
mod types;

use async_graphql::{Context, Object, SimpleObject};
use chrono::{DateTime, NaiveDate, Utc};
use domain::metrics::Metric;

use self::{
    inputs::{
        CompareInput, ComparePeriodsInput, ProfileInput, ProposePublicationInput, ReportDraftInput, SaveReportInput,
        SeenPublicationInput, StandingInput, TrendInput, WithdrawPublicationInput,
    },
    services::{ServiceDay, ServiceMonth, TellServicesInput},
    types::{
        CenterProfile, CityReport, Comparison, MetricDefinition, MetricDifference, PeriodComparison, Publication,
        ReportDraft, Standing, Trend,
    },
};
use super::service::{
    self, CenterCounts, compare, differing, periods, publishing, reports, services as volumes, standing, trend,
};
use crate::{error::Result, graphql::context::ContextExt, tenancy::graphql::PlaceNode};

/// How one center stands: numbers only.
#[derive(SimpleObject)]
#[graphql(name = "CenterCounts")]
pub struct CenterCountsNode {
    /// The center.
    center: PlaceNode,
    /// Open complaints.
    open: i64,
    /// Due today.
    due_today: i64,
    /// Past their deadline.
    overdue: i64,
    /// Gone up to supervision or the city.
    escalated: i64,
    /// Received in the last 30 days.
    received30: i64,
    /// Closed in the last 30 days.
    closed30: i64,
    /// When the center counted; none when it has not reported.
    as_of: Option<DateTime<Utc>>,
}

/// Queries across centers.
#[derive(Default)]
pub struct AnalyticsQuery;

#[Object]
impl AnalyticsQuery {
    /// Complaint counts of every center of the city.
    #[graphql(complexity = "23 + child_complexity")]
    async fn center_counts(&self, ctx: &Context<'_>) -> Result<Vec<CenterCountsNode>> {
        Ok(service::center_counts(ctx.cx()?).await?.into_iter().map(Into::into).collect())
    }

    /// What each figure is.
    #[graphql(complexity = "10 + child_complexity")]
    async fn metric_definitions(&self) -> Vec<MetricDefinition> {
        Metric::ALL.iter().copied().map(Into::into).collect()
    }

    /// The centers of the city by one figure.
    #[graphql(complexity = "40 + child_complexity")]
    async fn compare_centers(&self, ctx: &Context<'_>, input: CompareInput) -> Result<Comparison> {
        Ok(compare::compare(ctx.cx()?, input.into()).await?.into())
    }

    /// A figure through time, of a center or of the city.
    #[graphql(complexity = "40 + child_complexity")]
    async fn metric_trend(&self, ctx: &Context<'_>, input: TrendInput) -> Result<Trend> {
        Ok(trend::trend(ctx.cx()?, input.into()).await?.into())
    }

    /// All figures of one center, beside the city's.
    #[graphql(complexity = "80 + child_complexity")]
    async fn center_profile(&self, ctx: &Context<'_>, input: ProfileInput) -> Result<CenterProfile> {
        Ok(compare::profile(ctx.cx()?, &input.center, (input.from, input.to)).await?.into())
    }

    /// Two periods beside each other: 同比 or 环比.
    #[graphql(complexity = "60 + child_complexity")]
    async fn compare_periods(&self, ctx: &Context<'_>, input: ComparePeriodsInput) -> Result<PeriodComparison> {
        Ok(periods::compare(ctx.cx()?, input.into()).await?.into())
    }

    /// How the viewer's center stands in a closed period, and what the city has published of it.
    #[graphql(complexity = "80 + child_complexity")]
    async fn own_standing(&self, ctx: &Context<'_>, input: StandingInput) -> Result<Standing> {
        Ok(standing::standing(ctx.cx()?, input.period.as_deref()).await?.into())
    }

    /// How many services the viewer's center has told of the days of a month; of this one where no day of it is given.
    #[graphql(complexity = "40 + child_complexity")]
    async fn service_days(&self, ctx: &Context<'_>, day: Option<NaiveDate>) -> Result<ServiceMonth> {
        Ok(volumes::month(ctx.cx()?, day).await?.into())
    }

    /// What the city has published, is about to, or has taken back; the newest first.
    #[graphql(complexity = "20 + child_complexity")]
    async fn publications(&self, ctx: &Context<'_>) -> Result<Vec<Publication>> {
        Ok(publishing::list(ctx.cx()?).await?.into_iter().map(Into::into).collect())
    }

    /// Figures that no longer agree with what they count, as the last look of a night found them; at most 200.
    #[graphql(complexity = "20 + child_complexity")]
    async fn metric_differences(&self, ctx: &Context<'_>) -> Result<Vec<MetricDifference>> {
        Ok(differing(ctx.cx()?).await?.into_iter().map(Into::into).collect())
    }

    /// What a report on a closed period is written from.
    #[graphql(complexity = "80 + child_complexity")]
    async fn report_draft(&self, ctx: &Context<'_>, input: ReportDraftInput) -> Result<ReportDraft> {
        Ok(reports::draft(ctx.cx()?, input.period.as_deref(), &input.metrics).await?.into())
    }
}

/// What the city does with its figures.
#[derive(Default)]
pub struct AnalyticsMutation;

#[Object]
impl AnalyticsMutation {
    /// Propose to publish figures of a closed period; another person decides.
    async fn propose_publication(&self, ctx: &Context<'_>, input: ProposePublicationInput) -> Result<Publication> {
        Ok(publishing::propose(ctx.cx()?, input.into()).await?.into())
    }

    /// Publish what somebody else has proposed: every center of the city sees all of them by name.
    async fn approve_publication(&self, ctx: &Context<'_>, input: SeenPublicationInput) -> Result<Publication> {
        let seen = publishing::Seen { id: input.id, version: input.version };
        Ok(publishing::approve(ctx.cx()?, seen).await?.into())
    }

    /// Take back what was proposed or published.
    async fn withdraw_publication(&self, ctx: &Context<'_>, input: WithdrawPublicationInput) -> Result<Publication> {
        let seen = publishing::Seen { id: input.id, version: input.version };
        Ok(publishing::withdraw(ctx.cx()?, seen, &input.reason).await?.into())
    }

    /// Save a report on a closed period, or issue it: then it stays as it is.
    async fn save_report(&self, ctx: &Context<'_>, input: SaveReportInput) -> Result<CityReport> {
        Ok(reports::save(ctx.cx()?, input.into()).await?.into())
    }

    /// Tell how many services the center has rendered on some days, or correct it.
    async fn tell_services(&self, ctx: &Context<'_>, input: TellServicesInput) -> Result<Vec<ServiceDay>> {
        let rows = input.days.into_iter().map(Into::into).collect();
        Ok(volumes::tell(ctx.cx()?, rows).await?.into_iter().map(Into::into).collect())
    }
}

impl From<CenterCounts> for CenterCountsNode {
    fn from(counts: CenterCounts) -> Self {
        let value = |name: &str| counts.values.get(name).copied().unwrap_or(0);
        Self {
            open: value("open"),
            due_today: value("due_today"),
            overdue: value("overdue"),
            escalated: value("escalated"),
            received30: value("received_30"),
            closed30: value("closed_30"),
            as_of: counts.as_of,
            center: (&counts.center).into(),
        }
    }
}
