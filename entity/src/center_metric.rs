//! A figure of a center: written inside it, read by its city.

use domain::{CenterId, CityId};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{
    ownership::{CenterOwned, Reported},
    table,
};

table! {
    /// A figure of a center: written inside it, read by its city.
    #[derive(serde::Serialize)]
    "center_metric", key(CenterId: Uuid, Metric: String) {
        CenterId => center_id: CenterId,
        Metric => metric: String,
        CityId => city_id: CityId,
        Value => value: i64,
        AsOf => as_of: DateTimeUtc,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}

impl Reported for Entity {
    const CITY: Column = Column::CityId;
}
