//! A village or community service point of a center (村（社区）便民服务站): a place, no tenant.

use domain::{CenterId, ServicePointId, settings::EntryStatus};
use sea_orm::entity::prelude::Uuid;

use crate::{
    ownership::{CenterOwned, Versioned},
    table,
};

table! {
    /// A village or community service point of a center (村（社区）便民服务站): a place, no tenant.
    #[derive(serde::Serialize)]
    "service_point", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: ServicePointId,
        Code => code: String,
        NameZh => name_zh: String,
        NameEn => name_en: String,
        Address => address: String,
        Phone => phone: Option<String>,
        Status => status: EntryStatus,
        Version => version: i32,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}

impl Versioned for Entity {
    const VERSION: Column = Column::Version;
}
