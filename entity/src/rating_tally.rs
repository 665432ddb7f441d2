//! Ratings of a day at a point by their level, counted as they are opened.

use chrono::NaiveDate;
use domain::{
    CenterId, RatingPointId, TallyId,
    evaluation::{levels::FiveLevel, ratings::RatingOrigin},
};
use sea_orm::entity::prelude::Uuid;
use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::{
    ownership::{Amendable, CenterOwned},
    table,
};

table! {
    /// Ratings of a day at a point by their level, counted as they are opened.
    "rating_tally", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: TallyId,
        Day => day: NaiveDate,
        PointId => point_id: Option<RatingPointId>,
        Origin => origin: RatingOrigin,
        Level => level: FiveLevel,
        Ratings => ratings: i32,
    }
}

/// What a center takes along: without where they were given (P-7).
impl Serialize for Model {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut taken = serializer.serialize_struct("rating_tally", 6)?;
        taken.serialize_field("center_id", &self.center_id)?;
        taken.serialize_field("id", &self.id)?;
        taken.serialize_field("day", &self.day)?;
        taken.serialize_field("origin", &self.origin)?;
        taken.serialize_field("level", &self.level)?;
        taken.serialize_field("ratings", &self.ratings)?;
        taken.end()
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}

impl Amendable for Entity {}
