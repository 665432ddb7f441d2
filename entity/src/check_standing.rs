//! How a check on the spot stands after all the looks.

use chrono::NaiveDate;
use domain::{CenterId, PostId, TallyId, model_posts::CheckKind};
use sea_orm::entity::prelude::Uuid;

use crate::{
    ownership::{Amendable, CenterOwned},
    table,
};

table! {
    /// How a check on the spot stands after all the looks.
    #[derive(serde::Serialize)]
    "check_standing", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: TallyId,
        PostId => post_id: PostId,
        LookedAt => looked_at: CheckKind,
        PassedOn => passed_on: Option<NaiveDate>,
        FailedOn => failed_on: Option<NaiveDate>,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}

impl Amendable for Entity {}
