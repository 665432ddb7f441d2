//! What a city office has done with a center.

use domain::{
    AccountId, CenterId, CityId,
    center::{CenterAction, CenterStatus},
};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{ownership::CityOwned, table};

table! {
    /// What a city office has done with a center.
    "center_change", key(CityId: Uuid, Id: Uuid) {
        CityId => city_id: CityId,
        Id => id: Uuid,
        ForCenter => for_center: CenterId,
        Action => action: CenterAction,
        Status => status: CenterStatus,
        Reason => reason: String,
        AccountId => account_id: AccountId,
        CreatedAt => created_at: DateTimeUtc,
    }
}

impl CityOwned for Entity {
    const CITY: Column = Column::CityId;
}
