//! An answered form E, of a day and no time; never changed or deleted.

use chrono::NaiveDate;
use domain::{
    CenterId, FormVersionId, RatingPointId, SurveyResponseId,
    evaluation::ratings::{PointChannel, RatingOrigin},
};
use sea_orm::entity::prelude::Uuid;
use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::{ownership::CenterOwned, table};

table! {
    /// An answered form E; `answers` is the JSON of its rows' levels by code.
    "survey_response", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: SurveyResponseId,
        PointId => point_id: Option<RatingPointId>,
        Day => day: NaiveDate,
        Channel => channel: PointChannel,
        FormVersion => form_version: FormVersionId,
        VisitedOn => visited_on: Option<NaiveDate>,
        Department => department: Option<String>,
        Answers => answers: String,
        Origin => origin: RatingOrigin,
        Commitment => commitment: String,
    }
}

/// What a center takes along: without where it was given, and without the day of the visit (P-7).
impl Serialize for Model {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut taken = serializer.serialize_struct("survey_response", 8)?;
        taken.serialize_field("center_id", &self.center_id)?;
        taken.serialize_field("id", &self.id)?;
        taken.serialize_field("day", &self.day)?;
        taken.serialize_field("channel", &self.channel)?;
        taken.serialize_field("form_version", &self.form_version)?;
        taken.serialize_field("answers", &self.answers)?;
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
    pub answers: String,
    pub origin: RatingOrigin,
    pub commitment: String,
}

/// What the figures count of it.
#[derive(Clone, Debug, sea_orm::DerivePartialModel)]
#[sea_orm(entity = "Entity")]
#[expect(missing_docs, reason = "the columns of the same names")]
pub struct Answered {
    pub day: NaiveDate,
    pub channel: PointChannel,
    pub form_version: FormVersionId,
    pub department: Option<String>,
    pub answers: String,
}

/// Where and when it was answered.
#[derive(Clone, Copy, Debug, sea_orm::DerivePartialModel)]
#[sea_orm(entity = "Entity")]
#[expect(missing_docs, reason = "the columns of the same names")]
pub struct Placed {
    pub point_id: Option<RatingPointId>,
    pub day: NaiveDate,
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}
