//! Since when somebody is a senior administrative clerk; taken back, the row has no day (6.16.1).

use chrono::NaiveDate;
use domain::{AccountId, CenterId, StaffId};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{
    ownership::{Amendable, CenterOwned},
    table,
};

table! {
    /// Since when somebody is a senior administrative clerk; taken back, the row has no day (6.16.1).
    #[derive(serde::Serialize)]
    "senior_clerk", key(CenterId: Uuid, StaffId: Uuid) {
        CenterId => center_id: CenterId,
        StaffId => staff_id: StaffId,
        SinceOn => since_on: Option<NaiveDate>,
        RecorderId => recorder_id: AccountId,
        RecordedAt => recorded_at: DateTimeUtc,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}

impl Amendable for Entity {}
