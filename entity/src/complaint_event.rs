//! A line in a complaint's timeline; never changed.

use domain::{
    AccountId, CenterId, ComplaintEventId, ComplaintId,
    complaints::{Action, ComplaintEventKind, ComplaintStatus},
};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{ownership::CenterOwned, table};

table! {
    /// A line in a complaint's timeline; never changed.
    #[derive(serde::Serialize)]
    "complaint_event", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: ComplaintEventId,
        ComplaintId => complaint_id: ComplaintId,
        Kind => kind: ComplaintEventKind,
        Action => action: Option<Action>,
        FromStatus => from_status: Option<ComplaintStatus>,
        Status => status: ComplaintStatus,
        ActorId => actor_id: Option<AccountId>,
        Body => body: Option<String>,
        IsPublic => is_public: bool,
        CreatedAt => created_at: DateTimeUtc,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
    const CASE: Option<Column> = Some(Column::ComplaintId);
}
