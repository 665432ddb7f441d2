//! What was given and nobody has opened yet, encrypted and all of one length, until it is mixed with others of its day.

use chrono::NaiveDate;
use domain::{CenterId, SealedRatingId};
use sea_orm::entity::prelude::Uuid;

use crate::{
    ownership::{CenterOwned, Removable},
    table,
};

table! {
    /// What was given and nobody has opened yet.
    #[derive(serde::Serialize)]
    "sealed_rating", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: SealedRatingId,
        Day => day: NaiveDate,
        Sealed => sealed: String,
    }
}

/// That something waits, without what it is.
#[derive(Clone, Copy, Debug, sea_orm::DerivePartialModel)]
#[sea_orm(entity = "Entity")]
#[expect(missing_docs, reason = "the column of the same name")]
pub struct Waiting {
    pub day: NaiveDate,
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}

impl Removable for Entity {}
