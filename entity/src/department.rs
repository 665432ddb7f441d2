//! A resident department or office inside a center.

use domain::{CenterId, DepartmentId, settings::EntryStatus};
use sea_orm::entity::prelude::Uuid;

use crate::{
    ownership::{CenterOwned, Versioned},
    table,
};

table! {
    /// A resident department or office inside a center.
    #[derive(serde::Serialize)]
    "department", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: DepartmentId,
        Code => code: String,
        NameZh => name_zh: String,
        NameEn => name_en: String,
        Status => status: EntryStatus,
        OwnDress => own_dress: bool,
        Version => version: i32,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}

impl Versioned for Entity {
    const VERSION: Column = Column::Version;
}
