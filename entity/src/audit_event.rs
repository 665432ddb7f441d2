//! What was done in a center; never changed or deleted, each row linked to the one before.
//! `seq` and the hashes are absent in rows older than the chain.

use domain::{AccountId, AuditEventId, CenterId};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{ownership::CenterOwned, table};

table! {
    /// What was done in a center; never changed or deleted.
    #[derive(serde::Serialize)]
    "audit_event", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: AuditEventId,
        Seq => seq: Option<i64>,
        PrevHash => prev_hash: Option<String>,
        Hash => hash: Option<String>,
        ActorId => actor_id: Option<AccountId>,
        ActorKind => actor_kind: String,
        Roles => roles: Option<String>,
        Verb => verb: String,
        Outcome => outcome: String,
        ObjectId => object_id: Option<String>,
        Detail => detail: Option<String>,
        RequestId => request_id: String,
        Source => source: Option<String>,
        CreatedAt => created_at: DateTimeUtc,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}
