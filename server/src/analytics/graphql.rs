//! The city's figures over GraphQL.

use async_graphql::{Context, Object, SimpleObject};
use chrono::{DateTime, Utc};

use super::service::{self, CenterCounts};
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
