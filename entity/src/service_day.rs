//! How many services a center has rendered on a day, as it tells itself.

use chrono::NaiveDate;
use domain::{AccountId, CenterId};
use sea_orm::entity::prelude::{Date, DateTimeUtc, Uuid};

use crate::{
    ownership::{CenterOwned, Versioned},
    table,
};

table! {
    /// How many services a center has rendered on a day, as it tells itself.
    #[derive(serde::Serialize)]
    "service_day", key(CenterId: Uuid, Day: Date) {
        CenterId => center_id: CenterId,
        Day => day: NaiveDate,
        Services => services: i32,
        TellerId => teller_id: Option<AccountId>,
        ToldAt => told_at: DateTimeUtc,
        Version => version: i32,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}

impl Versioned for Entity {
    const VERSION: Column = Column::Version;
}
