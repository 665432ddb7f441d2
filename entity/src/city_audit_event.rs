//! What was done in a city office; never changed or deleted.

use domain::{AccountId, AuditEventId, CityId};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{ownership::CityOwned, table};

table! {
    /// What was done in a city office; never changed or deleted.
    "city_audit_event", key(CityId: Uuid, Id: Uuid) {
        CityId => city_id: CityId,
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

impl CityOwned for Entity {
    const CITY: Column = Column::CityId;
}
