//! A resident department or office inside a center.

use domain::{CenterId, DepartmentId};
use sea_orm::entity::prelude::Uuid;

use crate::{
    ownership::{Amendable, CenterOwned},
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
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}

impl Amendable for Entity {}
