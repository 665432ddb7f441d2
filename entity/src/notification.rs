//! A message to a member about a case.

use domain::{AccountId, CenterId, ComplaintId, NotificationId, complaints::ComplaintEventKind};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{
    ownership::{Amendable, CenterOwned},
    table,
};

table! {
    /// A message to a member about a case.
    #[derive(serde::Serialize)]
    "notification", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: NotificationId,
        AccountId => account_id: AccountId,
        ComplaintId => complaint_id: ComplaintId,
        Kind => kind: ComplaintEventKind,
        Body => body: Option<String>,
        CreatedAt => created_at: DateTimeUtc,
        AcknowledgedAt => acknowledged_at: Option<DateTimeUtc>,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
    const CASE: Option<Column> = Some(Column::ComplaintId);
}

impl Amendable for Entity {}
