//! A count that no longer agrees with what it counts; found each night, mended by hand.

use chrono::NaiveDate;
use domain::{CenterId, CityId};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{
    ownership::{CenterOwned, Removable, Reported},
    table,
};

table! {
    /// A count that no longer agrees with what it counts: as it is kept, and as it was counted again.
    #[derive(serde::Serialize)]
    "metric_difference", key(CenterId: Uuid, Metric: String, Day: NaiveDate, Stratum: String) {
        CenterId => center_id: CenterId,
        Metric => metric: String,
        Day => day: NaiveDate,
        Stratum => stratum: String,
        CityId => city_id: CityId,
        KeptNumerator => kept_numerator: i64,
        KeptDenominator => kept_denominator: i64,
        KeptExcluded => kept_excluded: i64,
        CountedNumerator => counted_numerator: i64,
        CountedDenominator => counted_denominator: i64,
        CountedExcluded => counted_excluded: i64,
        FoundAt => found_at: DateTimeUtc,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}

impl Reported for Entity {
    const CITY: Column = Column::CityId;
}

impl Removable for Entity {}
