//! Messages to the viewer.

use chrono::{DateTime, Utc};
use cynic::QueryBuilder;
use domain::{
    BadRatingId, CampaignId, FindingId, ImprovementPlanId, NotificationId, RectificationTaskId,
    complaints::ComplaintEventKind, notices::NoticeReason,
};

use super::{ApiError, account::questions, complaints::ComplaintRef, run, schema};

/// A message, about the one of these that is there.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "Notification")]
pub struct Message {
    pub id: NotificationId,
    pub reason: NoticeReason,
    pub kind: Option<ComplaintEventKind>,
    pub complaint: Option<ComplaintRef>,
    pub bad_rating: Option<BadRatingId>,
    pub finding: Option<FindingId>,
    pub rectification: Option<RectificationTaskId>,
    pub plan: Option<ImprovementPlanId>,
    pub campaign: Option<CampaignId>,
    pub text: Option<String>,
    pub at: DateTime<Utc>,
    pub acknowledged_at: Option<DateTime<Utc>>,
}

/// A message that was read.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "Notification")]
pub struct Acknowledged {
    #[expect(dead_code, reason = "a selection cannot be empty")]
    id: NotificationId,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct AcknowledgeInput {
    pub id: NotificationId,
}

questions! {
    acknowledge = "acknowledgeNotification" (AcknowledgeInput) -> Acknowledged;
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query")]
struct MessagesQuery {
    notifications: Vec<Message>,
}

/// The viewer's newest messages, unread first.
///
/// # Errors
/// Whatever the server or the network says.
pub async fn messages() -> Result<Vec<Message>, ApiError> {
    Ok(run(MessagesQuery::build(())).await?.notifications)
}
