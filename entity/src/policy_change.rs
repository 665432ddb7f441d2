//! A policy value that the city has set: what it was, what it became, and why.

use domain::{AccountId, CityId};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{ownership::CityOwned, table};

table! {
    /// A policy value that the city has set: what it was, what it became, and why.
    "policy_change", key(CityId: Uuid, Id: Uuid) {
        CityId => city_id: CityId,
        Id => id: Uuid,
        Key => key: String,
        Previous => previous: i32,
        Value => value: i32,
        Reason => reason: String,
        AccountId => account_id: AccountId,
        CreatedAt => created_at: DateTimeUtc,
    }
}

impl CityOwned for Entity {
    const CITY: Column = Column::CityId;
}
