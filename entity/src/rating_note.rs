//! Words that came with a rating or an answered form E, encrypted; nothing leads from here to either.

use chrono::NaiveDate;
use domain::{CenterId, RatingNoteId};
use sea_orm::entity::prelude::Uuid;

use crate::{
    ownership::{CenterOwned, Removable},
    table,
};

table! {
    /// Words that came with a rating or an answered form E, encrypted; nothing leads from here to either.
    #[derive(serde::Serialize)]
    "rating_note", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: RatingNoteId,
        Day => day: NaiveDate,
        RemarkEnc => remark_enc: String,
        PurgeOn => purge_on: NaiveDate,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}

impl Removable for Entity {}
