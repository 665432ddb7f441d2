//! How often somebody was trained in a year, counted as entries are approved.

use domain::{CenterId, PostId, StaffId, TallyId};
use sea_orm::entity::prelude::Uuid;

use crate::{
    ownership::{Amendable, CenterOwned},
    table,
};

table! {
    /// How often somebody was trained in a year, counted as entries are approved.
    #[derive(serde::Serialize)]
    "training_tally", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: TallyId,
        PostId => post_id: PostId,
        StaffId => staff_id: StaffId,
        Year => year: i32,
        Times => times: i32,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}

impl Amendable for Entity {}
