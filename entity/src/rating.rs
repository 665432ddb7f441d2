//! A good-bad rating as it was given, of a day and no time; never changed or deleted.

use chrono::NaiveDate;
use domain::{
    CenterId, FormVersionId, PostId, RatingId, RatingPointId,
    evaluation::{
        levels::FiveLevel,
        ratings::{PointChannel, RatingOrigin},
    },
};
use sea_orm::entity::prelude::Uuid;
use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::{ownership::CenterOwned, table};

table! {
    /// A good-bad rating as it was given; `indicators` is the JSON of `domain::evaluation::ratings::Marks`.
    "rating", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: RatingId,
        PointId => point_id: Option<RatingPointId>,
        PostId => post_id: Option<PostId>,
        Day => day: NaiveDate,
        Channel => channel: PointChannel,
        FormVersion => form_version: FormVersionId,
        Level => level: FiveLevel,
        Indicators => indicators: String,
        Origin => origin: RatingOrigin,
        Commitment => commitment: String,
    }
}

/// What a center takes along: without whom it was about, or single ratings of a window would leave the house (P-7).
impl Serialize for Model {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut taken = serializer.serialize_struct("rating", 8)?;
        taken.serialize_field("center_id", &self.center_id)?;
        taken.serialize_field("id", &self.id)?;
        taken.serialize_field("day", &self.day)?;
        taken.serialize_field("channel", &self.channel)?;
        taken.serialize_field("form_version", &self.form_version)?;
        taken.serialize_field("level", &self.level)?;
        taken.serialize_field("origin", &self.origin)?;
        taken.serialize_field("commitment", &self.commitment)?;
        taken.end()
    }
}

/// What goes into the day's root.
#[derive(Clone, Debug, sea_orm::DerivePartialModel)]
#[sea_orm(entity = "Entity")]
#[expect(missing_docs, reason = "the columns of the same names")]
pub struct Committed {
    pub channel: PointChannel,
    pub form_version: FormVersionId,
    pub level: FiveLevel,
    pub origin: RatingOrigin,
    pub commitment: String,
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}
