//! The figures by which a city compares its centers, and how a center stands among them.

use chrono::{DateTime, NaiveDate, Utc};
use cynic::QueryBuilder;
use domain::{
    CityReportId, PublicationId,
    center::CenterKind,
    metrics::{Metric, MetricDirection, MetricUnit, StratumKind, TrendStep},
    statistics::{Band, Signal},
};

use super::{ApiError, account::questions, city::Named, run, schema};

/// Values that only the server names, written as it writes them.
macro_rules! server_enum {
    ($($(#[$meta:meta])* $name:ident { $($variant:ident),+ })+) => {$(
        $(#[$meta])*
        #[derive(serde::Serialize, serde::Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
        #[serde(rename_all = "SCREAMING_SNAKE_CASE")]
        pub enum $name { $($variant),+ }

        cynic::impl_scalar!($name, schema::$name);
    )+};
}

server_enum! {
    /// What two periods are beside each other.
    PeriodBasis { YearOnYear, ToPrevious }
    /// Where a publication stands.
    PublicationState { Proposed, Published, Withdrawn }
    /// Whether a report is still written.
    ReportState { Draft, Issued }
}

/// What a figure is.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
pub struct MetricDefinition {
    pub metric: Metric,
    pub version: i32,
    pub unit: MetricUnit,
    pub direction: MetricDirection,
    pub strata: Vec<StratumKind>,
    pub clause: String,
    pub minimum: i32,
}

/// Counts, and what they say; shares are from 0 to 1.
#[derive(cynic::QueryFragment, Clone, Copy, Debug, Default, PartialEq)]
pub struct Figure {
    pub numerator: Option<i32>,
    pub denominator: Option<i32>,
    pub excluded: i32,
    pub rate: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
}

/// A center among the others.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
#[cynic(graphql_type = "ComparedCenter")]
pub struct Compared {
    pub center: Named,
    pub numerator: Option<i32>,
    pub denominator: Option<i32>,
    pub excluded: i32,
    pub rate: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub shrunk: Option<f64>,
    pub band: Band,
    pub standardised: Option<f64>,
    pub partial: bool,
}

impl Compared {
    /// What it has in common with every other figure.
    pub const fn figure(&self) -> Figure {
        let Self { numerator, denominator, excluded, rate, low, high, .. } = *self;
        Figure { numerator, denominator, excluded, rate, low, high }
    }
}

/// The limits of a funnel at a volume.
#[derive(cynic::QueryFragment, Clone, Copy, Debug, PartialEq)]
pub struct FunnelPoint {
    pub n: i32,
    pub low95: f64,
    pub high95: f64,
    pub low998: f64,
    pub high998: f64,
}

/// How much more the centers differ than chance makes them.
#[derive(cynic::QueryFragment, Clone, Copy, Debug, PartialEq)]
pub struct Overdispersion {
    /// The variance of shares beside chance; the limits are widened by it.
    pub tau2: f64,
}

/// The centers of the city by one figure.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
pub struct Comparison {
    pub metric: Metric,
    pub version: i32,
    pub unit: MetricUnit,
    pub direction: MetricDirection,
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub stratum: String,
    pub total: Figure,
    pub overdispersion: Option<Overdispersion>,
    pub limits: Vec<FunnelPoint>,
    pub centers: Vec<Compared>,
    pub frozen: bool,
    pub corrections: i32,
    pub as_of: DateTime<Utc>,
}

/// A point of a trend.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
pub struct TrendPoint {
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub figure: Figure,
    pub signal: Option<Signal>,
}

/// A figure through time.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
pub struct Trend {
    pub metric: Metric,
    pub unit: MetricUnit,
    pub center: Option<Named>,
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub total: Figure,
    pub points: Vec<TrendPoint>,
}

/// A figure of one center beside the city's.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
pub struct ProfileRow {
    pub metric: Metric,
    pub unit: MetricUnit,
    pub direction: MetricDirection,
    pub figure: Figure,
    pub band: Band,
    pub city: Figure,
    pub median: Option<f64>,
    pub lower: Option<f64>,
    pub upper: Option<f64>,
    pub partial: bool,
}

/// All figures of one center.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
pub struct CenterProfile {
    pub center: Named,
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub rows: Vec<ProfileRow>,
}

/// A center, or the city, in two periods.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
pub struct PeriodRow {
    pub center: Option<Named>,
    pub now: Figure,
    pub then: Figure,
    pub change: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
}

/// Two periods beside each other.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
pub struct PeriodComparison {
    pub metric: Metric,
    pub unit: MetricUnit,
    pub basis: PeriodBasis,
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub then_from: NaiveDate,
    pub then_to: NaiveDate,
    pub total: PeriodRow,
    pub rows: Vec<PeriodRow>,
}

/// A center's name and figure, in what the city has published.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
pub struct NamedFigure {
    pub center: Named,
    pub figure: Figure,
    pub band: Band,
}

/// How a center stands in one figure of a closed period.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
pub struct StandingRow {
    pub metric: Metric,
    pub unit: MetricUnit,
    pub direction: MetricDirection,
    pub figure: Figure,
    pub band: Band,
    pub counted_now: Figure,
    pub city: Figure,
    pub median: Option<f64>,
    pub lower: Option<f64>,
    pub upper: Option<f64>,
    pub peers: Vec<f64>,
    pub named: Option<Vec<NamedFigure>>,
}

/// How the viewer's center stands.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
pub struct Standing {
    pub periods: Vec<String>,
    pub period: Option<String>,
    pub frozen_at: Option<DateTime<Utc>>,
    pub publications: Vec<Publication>,
    pub rows: Vec<StandingRow>,
}

/// Figures of a closed period, for all centers by name.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
pub struct Publication {
    pub id: PublicationId,
    pub version: i32,
    pub period: String,
    pub metrics: Vec<Metric>,
    pub formula_zh: String,
    pub formula_en: String,
    pub state: PublicationState,
    pub proposed_by: Option<String>,
    pub proposed_at: DateTime<Utc>,
    pub approved_by: Option<String>,
    pub published_at: Option<DateTime<Utc>>,
    pub withdrawn_at: Option<DateTime<Utc>>,
    pub reason: Option<String>,
    pub may_approve: bool,
}

/// A figure that no longer agrees with what it counts: numerator, denominator, excluded.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "MetricDifference")]
pub struct Difference {
    pub center: Named,
    pub metric: String,
    pub day: NaiveDate,
    pub stratum: String,
    pub kept: Vec<i32>,
    pub counted: Vec<i32>,
    pub found_at: DateTime<Utc>,
}

/// A report on a closed period, as it was saved.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
pub struct CityReport {
    pub id: CityReportId,
    pub version: i32,
    pub title: String,
    pub opening: String,
    pub practice: String,
    pub demands: String,
    pub state: ReportState,
    pub saved_by: String,
    pub saved_at: DateTime<Utc>,
    pub issued_at: Option<DateTime<Utc>>,
}

/// One figure in a report.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
pub struct ReportFigure {
    pub comparison: Comparison,
    pub previous: Figure,
    pub year_before: Figure,
}

/// What a center has overdue now.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
pub struct OverdueRow {
    pub center: Named,
    pub overdue: i32,
    pub escalated: i32,
    pub as_of: Option<DateTime<Utc>>,
}

/// What a report is written from.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
pub struct ReportDraft {
    pub periods: Vec<String>,
    pub period: Option<String>,
    pub report: Option<CityReport>,
    pub figures: Vec<ReportFigure>,
    pub overdue: Vec<OverdueRow>,
}

#[derive(cynic::InputObject)]
pub struct CompareInput {
    pub metric: Metric,
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub stratum: Option<String>,
    pub adjusted: Option<bool>,
    pub peers: Option<CenterKind>,
}

#[derive(cynic::InputObject)]
pub struct TrendInput {
    pub metric: Metric,
    pub center: Option<String>,
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub by: TrendStep,
    pub stratum: Option<String>,
}

#[derive(cynic::InputObject)]
pub struct ProfileInput {
    pub center: String,
    pub from: NaiveDate,
    pub to: NaiveDate,
}

#[derive(cynic::InputObject)]
pub struct ComparePeriodsInput {
    pub metric: Metric,
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub basis: PeriodBasis,
    pub stratum: Option<String>,
}

#[derive(cynic::InputObject)]
pub struct StandingInput {
    pub period: Option<String>,
}

#[derive(cynic::InputObject)]
pub struct ReportDraftInput {
    pub period: Option<String>,
    pub metrics: Vec<Metric>,
}

#[derive(cynic::InputObject)]
pub struct ProposePublicationInput {
    pub period: String,
    pub metrics: Vec<Metric>,
    pub formula_zh: String,
    pub formula_en: String,
}

#[derive(cynic::InputObject)]
pub struct SeenPublicationInput {
    pub id: PublicationId,
    pub version: i32,
}

#[derive(cynic::InputObject)]
pub struct WithdrawPublicationInput {
    pub id: PublicationId,
    pub version: i32,
    pub reason: String,
}

#[derive(cynic::InputObject)]
pub struct SaveReportInput {
    pub period: String,
    pub id: Option<CityReportId>,
    pub version: i32,
    pub title: String,
    pub opening: String,
    pub practice: String,
    pub demands: String,
    pub issue: bool,
}

questions! {
    propose_publication = "proposePublication" (ProposePublicationInput) -> Publication;
    approve_publication = "approvePublication" (SeenPublicationInput) -> Publication;
    withdraw_publication = "withdrawPublication" (WithdrawPublicationInput) -> Publication;
    save_report = "saveReport" (SaveReportInput) -> CityReport;
}

/// A query of one input is a module with one function, as with [`questions`].
macro_rules! queries {
    ($($verb:ident = $field:literal ($kind:ident) -> $answer:ident;)+) => {$(
        pub mod $verb {
            use cynic::QueryBuilder;

            use super::schema;
            use crate::api::{ApiError, run};

            type Answer = super::$answer;
            type Input = super::$kind;

            #[derive(cynic::QueryVariables)]
            struct Variables {
                input: Input,
            }

            #[derive(cynic::QueryFragment)]
            #[cynic(graphql_type = "Query", variables = "Variables")]
            struct Question {
                #[arguments(input: $input)]
                #[cynic(rename = $field)]
                answer: Answer,
            }

            pub async fn ask(input: Input) -> Result<Answer, ApiError> {
                Ok(run(Question::build(Variables { input })).await?.answer)
            }
        }
    )+};
}

queries! {
    compare_centers = "compareCenters" (CompareInput) -> Comparison;
    metric_trend = "metricTrend" (TrendInput) -> Trend;
    center_profile = "centerProfile" (ProfileInput) -> CenterProfile;
    compare_periods = "comparePeriods" (ComparePeriodsInput) -> PeriodComparison;
    own_standing = "ownStanding" (StandingInput) -> Standing;
    report_draft = "reportDraft" (ReportDraftInput) -> ReportDraft;
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query")]
struct DefinitionsQuery {
    metric_definitions: Vec<MetricDefinition>,
}

/// What each figure is.
///
/// # Errors
/// Whatever the server or the network says; so in all below.
pub async fn definitions() -> Result<Vec<MetricDefinition>, ApiError> {
    Ok(run(DefinitionsQuery::build(())).await?.metric_definitions)
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query")]
struct PublicationsQuery {
    publications: Vec<Publication>,
}

/// What the city has published or means to.
pub async fn publications() -> Result<Vec<Publication>, ApiError> {
    Ok(run(PublicationsQuery::build(())).await?.publications)
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query")]
struct DifferencesQuery {
    metric_differences: Vec<Difference>,
}

/// Figures that no longer agree with what they count, as the last look of a night found them.
pub async fn differences() -> Result<Vec<Difference>, ApiError> {
    Ok(run(DifferencesQuery::build(())).await?.metric_differences)
}
