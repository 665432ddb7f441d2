//! Notifications over GraphQL.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use chrono::{DateTime, Utc};
use domain::{NotificationId, complaints::ComplaintEventKind};
use entity::notification;

use super::service;
use crate::{complaints::graphql::ComplaintRef, error::Result, graphql::context::ContextExt};

/// A message about a case.
#[derive(SimpleObject)]
#[graphql(name = "Notification")]
pub struct NotificationNode {
    /// Its id.
    id: NotificationId,
    /// Why it was sent.
    kind: ComplaintEventKind,
    /// The case.
    complaint: ComplaintRef,
    /// In words, where somebody wrote any.
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
        Ok(service::list(ctx.cx()?).await?.into_iter().map(NotificationNode::new).collect())
    }
}

/// Changes of messages.
#[derive(Default)]
pub struct OversightMutation;

#[Object]
impl OversightMutation {
    /// Say that a message has been read.
    async fn acknowledge_notification(&self, ctx: &Context<'_>, input: AcknowledgeInput) -> Result<NotificationNode> {
        Ok(NotificationNode::new(service::acknowledge(ctx.cx()?, input.id).await?))
    }
}

impl NotificationNode {
    fn new((row, number): (notification::Model, String)) -> Self {
        Self {
            id: row.id,
            kind: row.kind,
            complaint: ComplaintRef { id: row.complaint_id, number },
            text: row.body,
            at: row.created_at,
            acknowledged_at: row.acknowledged_at,
        }
    }
}
