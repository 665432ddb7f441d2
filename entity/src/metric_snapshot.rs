//! What a center had counted when a period was closed; never changed.

use domain::{CenterId, CityId};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{ownership::CityOwned, table};

table! {
    /// What a center had counted when a period was closed. `strata` is JSON: each stratum with its three counts.
    "metric_snapshot", key(CityId: Uuid, Period: String, Metric: String, ForCenter: Uuid) {
        CityId => city_id: CityId,
        Period => period: String,
        Metric => metric: String,
        ForCenter => for_center: CenterId,
        Numerator => numerator: i64,
        Denominator => denominator: i64,
        Excluded => excluded: i64,
        Strata => strata: String,
        FrozenAt => frozen_at: DateTimeUtc,
    }
}

/// When a period was closed.
#[derive(Clone, Debug, PartialEq, Eq, sea_orm::DerivePartialModel)]
#[sea_orm(entity = "Entity")]
#[expect(missing_docs, reason = "the columns of the same names")]
pub struct Closed {
    pub period: String,
    pub frozen_at: DateTimeUtc,
}

impl CityOwned for Entity {
    const CITY: Column = Column::CityId;
}
