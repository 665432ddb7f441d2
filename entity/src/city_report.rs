//! A report (通报) of the city on a closed period.

use domain::{AccountId, CityId, CityReportId};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{
    ownership::{CityOwned, CityVersioned},
    table,
};

table! {
    /// A report (通报) of the city on a closed period; once issued it stays as it is.
    "city_report", key(CityId: Uuid, Id: Uuid) {
        CityId => city_id: CityId,
        Id => id: CityReportId,
        Period => period: String,
        Title => title: String,
        Opening => opening: String,
        Practice => practice: String,
        Demands => demands: String,
        SavedBy => saved_by: AccountId,
        SavedAt => saved_at: DateTimeUtc,
        IssuedAt => issued_at: Option<DateTimeUtc>,
        Version => version: i32,
    }
}

impl CityOwned for Entity {
    const CITY: Column = Column::CityId;
}

impl CityVersioned for Entity {
    const VERSION: Column = Column::Version;
}
