//! A day on which somebody works at a post besides their assignment.

use chrono::NaiveDate;
use domain::{CenterId, DutyId, PostId, StaffId};
use sea_orm::entity::prelude::Uuid;

use crate::{
    ownership::{Amendable, CenterOwned, Versioned},
    table,
};

table! {
    /// A day on which somebody works at a post besides their assignment.
    #[derive(serde::Serialize)]
    "duty", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: DutyId,
        PostId => post_id: PostId,
        StaffId => staff_id: StaffId,
        OnDay => on_day: NaiveDate,
        Cancelled => cancelled: bool,
        Version => version: i32,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}

impl Versioned for Entity {
    const VERSION: Column = Column::Version;
}

impl Amendable for Entity {}
