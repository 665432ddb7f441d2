//! What a center counts of a day: written inside it with the event that it counts, read by its city.

use chrono::NaiveDate;
use domain::{CenterId, CityId};
use sea_orm::entity::prelude::Uuid;

use crate::{
    ownership::{Amendable, CenterOwned, Reported},
    table,
};

table! {
    /// What a center counts of a day. `metric` is the id of a `domain::metrics::Metric`; `stratum` is one of its strata,
    /// empty for all of them together, `week` for the seven days that begin with this one.
    #[derive(serde::Serialize)]
    "metric_day", key(CenterId: Uuid, Metric: String, Day: NaiveDate, Stratum: String) {
        CenterId => center_id: CenterId,
        Metric => metric: String,
        Day => day: NaiveDate,
        Stratum => stratum: String,
        CityId => city_id: CityId,
        Numerator => numerator: i64,
        Denominator => denominator: i64,
        Excluded => excluded: i64,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}

impl Reported for Entity {
    const CITY: Column = Column::CityId;
}

impl Amendable for Entity {}
