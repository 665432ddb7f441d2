//! An account's role in a city office.

use domain::{AccountId, CityId, MembershipId, identity::MemberStatus, permission::Role};
use sea_orm::entity::prelude::Uuid;

use crate::{ownership::CityOwned, table};

table! {
    /// An account's role in a city office.
    "city_member", key(CityId: Uuid, Id: Uuid) {
        CityId => city_id: CityId,
        Id => id: MembershipId,
        AccountId => account_id: AccountId,
        Role => role: Role,
        DisplayName => display_name: String,
        Title => title: Option<String>,
        Status => status: MemberStatus,
    }
}

impl CityOwned for Entity {
    const CITY: Column = Column::CityId;
}
