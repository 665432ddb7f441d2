//! An item of a check of appearance; never changed.

use chrono::NaiveDate;
use domain::{
    AppearanceCheckId, AppearanceResultId, CenterId, PostId, StaffId,
    appearance::{Item, Mark},
};
use sea_orm::entity::prelude::Uuid;

use crate::{ownership::CenterOwned, table};

table! {
    /// An item of a check of appearance; never changed.
    #[derive(serde::Serialize)]
    "appearance_result", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: AppearanceResultId,
        CheckId => check_id: AppearanceCheckId,
        PostId => post_id: PostId,
        StaffId => staff_id: StaffId,
        OnDay => on_day: NaiveDate,
        Item => item: Item,
        Mark => mark: Mark,
        Exceeded => exceeded: bool,
        Pieces => pieces: Option<i32>,
        Note => note: Option<String>,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}
