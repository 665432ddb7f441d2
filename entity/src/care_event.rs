//! A line in the log of a service; what was said, encrypted and for a time (6.15.4).

use domain::{
    AccountId, CareEventId, CareRecordId, CenterId,
    care::{CareAction, CareStatus},
};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{
    ownership::{Amendable, CenterOwned},
    table,
};

table! {
    /// A line in the log of a service; what was said, encrypted and for a time (6.15.4).
    #[derive(serde::Serialize)]
    "care_event", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: CareEventId,
        RecordId => record_id: CareRecordId,
        Action => action: Option<CareAction>,
        Status => status: CareStatus,
        BodyEnc => body_enc: Option<String>,
        ActorId => actor_id: AccountId,
        At => at: DateTimeUtc,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}

impl Amendable for Entity {}
