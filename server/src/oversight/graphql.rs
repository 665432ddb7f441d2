//! Notifications over GraphQL.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use chrono::{DateTime, Utc};
use domain::{
    BadRatingId, CampaignId, FindingId, ImprovementPlanId, NotificationId, RectificationTaskId,
    complaints::ComplaintEventKind, notices::NoticeReason,
};

use super::service::{self, Message};
use crate::{complaints::graphql::ComplaintRef, error::Result, graphql::context::ContextExt};

/// A message. What it is about is in the one of these that its reason names; the others are null.
#[derive(SimpleObject)]
#[graphql(name = "Notification")]
pub struct NotificationNode {
    /// Its id.
    id: NotificationId,
    /// Why it was sent.
    reason: NoticeReason,
    /// What happened to the case.
    kind: Option<ComplaintEventKind>,
    /// The case.
    complaint: Option<ComplaintRef>,
    /// The bad rating.
    bad_rating: Option<BadRatingId>,
    /// What was found.
    finding: Option<FindingId>,
    /// What is to be put right.
    rectification: Option<RectificationTaskId>,
    /// The improvement plan.
    plan: Option<ImprovementPlanId>,
    /// The round of evaluation.
    campaign: Option<CampaignId>,
    /// In words, where somebody wrote any; the name of what it is about otherwise.
    text: Option<String>,
    /// When.
    at: DateTime<Utc>,
    /// When the viewer said they have read it.
    acknowledged_at: Option<DateTime<Utc>>,
}

/// The message to acknowledge.
#[derive(InputObject)]
pub struct AcknowledgeInput {
    /// Its id.
    id: NotificationId,
}

/// Queries about messages.
#[derive(Default)]
pub struct OversightQuery;

#[Object]
impl OversightQuery {
    /// The viewer's newest messages, unread first, at most 50.
    #[graphql(complexity = "10 + child_complexity")]
    async fn notifications(&self, ctx: &Context<'_>) -> Result<Vec<NotificationNode>> {
        Ok(service::list(ctx.cx()?).await?.into_iter().map(Into::into).collect())
    }
}

/// Changes of messages.
#[derive(Default)]
pub struct OversightMutation;

#[Object]
impl OversightMutation {
    /// Say that a message has been read.
    async fn acknowledge_notification(&self, ctx: &Context<'_>, input: AcknowledgeInput) -> Result<NotificationNode> {
        Ok(service::acknowledge(ctx.cx()?, input.id).await?.into())
    }
}

impl From<Message> for NotificationNode {
    fn from(Message { row, case }: Message) -> Self {
        use NoticeReason as R;
        let subject = row.subject_id;
        let about = |reasons: &[NoticeReason]| reasons.contains(&row.reason).then_some(subject);
        Self {
            id: row.id,
            reason: row.reason,
            kind: row.event,
            complaint: case.map(|(id, number)| ComplaintRef { id, number }),
            bad_rating: about(&[R::BadRatingOpened, R::AppealDecided]).map(BadRatingId),
            finding: about(&[R::FindingTold]).map(FindingId),
            rectification: about(&[R::TaskGiven, R::TaskReturned, R::TaskOverdue]).map(RectificationTaskId),
            plan: about(&[R::CheckDue]).map(ImprovementPlanId),
            campaign: about(&[R::RaterNamed, R::RoundEnds, R::RemarkReplied]).map(CampaignId),
            text: row.body,
            at: row.created_at,
            acknowledged_at: row.acknowledged_at,
        }
    }
}
