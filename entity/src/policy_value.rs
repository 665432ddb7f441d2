//! A number that the city has set; keys without a row keep their default (`domain::policy`).

use domain::CityId;
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{ownership::CityOwned, table};

table! {
    /// A number that the city has set; keys without a row keep their default (`domain::policy`).
    "policy_value", key(CityId: Uuid, Key: String) {
        CityId => city_id: CityId,
        Key => key: String,
        Value => value: i32,
        UpdatedAt => updated_at: DateTimeUtc,
    }
}

impl CityOwned for Entity {
    const CITY: Column = Column::CityId;
}
