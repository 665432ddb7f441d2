//! What was done in a center; never changed or deleted.

use domain::{AccountId, AuditEventId, CenterId};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{ownership::CenterOwned, table};

table! {
    /// What was done in a center; never changed or deleted.
    "audit_event", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: AuditEventId,
        ActorId => actor_id: Option<AccountId>,
        ActorKind => actor_kind: String,
        Verb => verb: String,
        ObjectId => object_id: Option<String>,
        Detail => detail: Option<String>,
        RequestId => request_id: String,
        CreatedAt => created_at: DateTimeUtc,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}
