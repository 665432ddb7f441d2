//! Where the audit chain of a city office ends. Locked while a record is added.

use domain::CityId;
use sea_orm::entity::prelude::Uuid;

use crate::{ownership::CityOwned, table};

table! {
    /// Where the audit chain of a city office ends.
    "city_audit_head", key(CityId: Uuid) {
        CityId => city_id: CityId,
        Seq => seq: i64,
        Hash => hash: String,
    }
}

impl CityOwned for Entity {
    const CITY: Column = Column::CityId;
}
