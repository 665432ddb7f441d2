//! What was done in the back at a quiet time (6.13.3).

use chrono::NaiveDate;
use domain::{CenterId, PostId, StaffId, TidalWorkId, tidal::BackWork};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{ownership::CenterOwned, table};

table! {
    /// What was done in the back at a quiet time (6.13.3).
    #[derive(serde::Serialize)]
    "tidal_work", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: TidalWorkId,
        PostId => post_id: PostId,
        StaffId => staff_id: StaffId,
        OnDay => on_day: NaiveDate,
        Kind => kind: BackWork,
        Cases => cases: i32,
        Minutes => minutes: i32,
        Note => note: Option<String>,
        CreatedAt => created_at: DateTimeUtc,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}
