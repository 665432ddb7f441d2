//! A sign that ratings of a day at a point were not given freely. Written inside its center, read by its city; names no
//! rating and nobody who gave one.

use chrono::NaiveDate;
use domain::{
    AccountId, CenterId, CityId, RatingFlagId, RatingPointId,
    evaluation::flags::{RatingFlagKind, RatingFlagState},
};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{
    ownership::{CenterOwned, Reported, Versioned},
    table,
};

table! {
    /// A sign that ratings of a day were not given freely; `place` is what the point was called then, absent with the
    /// point for the link after an answered complaint. `seen` of `among`: so many at least.
    #[derive(serde::Serialize)]
    "rating_flag", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: RatingFlagId,
        CityId => city_id: CityId,
        PointId => point_id: Option<RatingPointId>,
        Place => place: Option<String>,
        Day => day: NaiveDate,
        Kind => kind: RatingFlagKind,
        Seen => seen: i32,
        Among => among: i32,
        State => state: RatingFlagState,
        Reason => reason: Option<String>,
        DecidedBy => decided_by: Option<AccountId>,
        DecidedAt => decided_at: Option<DateTimeUtc>,
        Version => version: i32,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}

impl Reported for Entity {
    const CITY: Column = Column::CityId;
}

impl Versioned for Entity {
    const VERSION: Column = Column::Version;
}
