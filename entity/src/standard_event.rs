//! A step in the life of a standard: who took it, when, and what was said.

use domain::{
    AccountId, CenterId, ManagedStandardId, StandardEventId,
    standardisation::{StandardAction, StandardStatus},
};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{ownership::CenterOwned, table};

table! {
    /// A step in the life of a standard: who took it, when, and what was said. Without an action it was registered.
    #[derive(serde::Serialize)]
    "standard_event", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: StandardEventId,
        StandardId => standard_id: ManagedStandardId,
        Action => action: Option<StandardAction>,
        Status => status: StandardStatus,
        Note => note: Option<String>,
        ActorId => actor_id: AccountId,
        At => at: DateTimeUtc,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}
