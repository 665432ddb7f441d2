//! A day on which the official calendar differs from the plain week.

use domain::{CityId, calendar::DayKind};
use sea_orm::entity::prelude::{Date, Uuid};

use crate::{ownership::CityOwned, table};

table! {
    /// A day on which the official calendar differs from the plain week.
    "calendar_day", key(CityId: Uuid, Day: Date) {
        CityId => city_id: CityId,
        Day => day: Date,
        Kind => kind: DayKind,
        Festival => festival: String,
    }
}

impl CityOwned for Entity {
    const CITY: Column = Column::CityId;
}
