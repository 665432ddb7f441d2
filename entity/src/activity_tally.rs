//! Approved entries of a quarter by what they are about, counted as they are approved.

use chrono::NaiveDate;
use domain::{CenterId, PostId, TallyId, model_posts::Activity};
use sea_orm::entity::prelude::Uuid;

use crate::{
    ownership::{Amendable, CenterOwned},
    table,
};

table! {
    /// Approved entries of a quarter by what they are about, counted as they are approved.
    #[derive(serde::Serialize)]
    "activity_tally", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: TallyId,
        PostId => post_id: PostId,
        Activity => activity: Activity,
        Quarter => quarter: NaiveDate,
        Entries => entries: i32,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}

impl Amendable for Entity {}
