//! That a center has taken its data along: how much, and the file's hash. The city reads it.

use domain::{AccountId, CenterId, CityId};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{
    ownership::{CenterOwned, Reported},
    table,
};

table! {
    /// That a center has taken its data along: how much, and the file's hash. The city reads it.
    #[derive(serde::Serialize)]
    "center_export", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: Uuid,
        CityId => city_id: CityId,
        AccountId => account_id: AccountId,
        Records => records: i64,
        Bytes => bytes: i64,
        Sha256 => sha256: String,
        CreatedAt => created_at: DateTimeUtc,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}

impl Reported for Entity {
    const CITY: Column = Column::CityId;
}
