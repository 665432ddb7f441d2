//! A center (镇街政务服务中心): the tenant.

use domain::{CenterId, CityId, center::CenterStatus};
use sea_orm::entity::prelude::Uuid;

use crate::{ownership::Platform, table};

table! {
    /// A center (镇街政务服务中心): the tenant.
    "center", key(Id: Uuid) {
        Id => id: CenterId,
        CityId => city_id: CityId,
        Code => code: String,
        NameZh => name_zh: String,
        NameEn => name_en: String,
        Kind => kind: String,
        Status => status: CenterStatus,
        Position => position: i32,
    }
}

impl Platform for Entity {}
