//! A message to a member: about a case, a bad rating, something to be put right, or a round of evaluation.

use domain::{AccountId, CenterId, NotificationId, complaints::ComplaintEventKind, notices::NoticeReason};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{
    ownership::{Amendable, CenterOwned},
    table,
};

table! {
    /// A message to a member. Its reason says of what kind its subject is; about a case, the event says what happened to it.
    #[derive(serde::Serialize)]
    "notification", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: NotificationId,
        AccountId => account_id: AccountId,
        Reason => reason: NoticeReason,
        SubjectId => subject_id: Uuid,
        Event => event: Option<ComplaintEventKind>,
        Body => body: Option<String>,
        CreatedAt => created_at: DateTimeUtc,
        AcknowledgedAt => acknowledged_at: Option<DateTimeUtc>,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
    // Inside a case, and for whoever rates in a round: what is about it.
    const CASE: Option<Column> = Some(Column::SubjectId);
    const CAMPAIGN: Option<Column> = Some(Column::SubjectId);
}

impl Amendable for Entity {}
