//! Somebody's time at a post; days included.

use chrono::NaiveDate;
use domain::{AssignmentId, CenterId, PostId, StaffId, posts::Capacity};
use sea_orm::entity::prelude::Uuid;

use crate::{
    ownership::{Amendable, CenterOwned, Versioned},
    table,
};

table! {
    /// Somebody's time at a post; days included.
    #[derive(serde::Serialize)]
    "post_assignment", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: AssignmentId,
        PostId => post_id: PostId,
        StaffId => staff_id: StaffId,
        Capacity => capacity: Capacity,
        FromOn => from_on: NaiveDate,
        UntilOn => until_on: Option<NaiveDate>,
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
