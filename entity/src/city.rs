//! A city office (市政务服务数据管理局): groups its centers.

use domain::CityId;
use sea_orm::entity::prelude::Uuid;

use crate::{ownership::Platform, table};

table! {
    /// A city office (市政务服务数据管理局): groups its centers.
    "city", key(Id: Uuid) {
        Id => id: CityId,
        Code => code: String,
        NameZh => name_zh: String,
        NameEn => name_en: String,
    }
}

impl Platform for Entity {}
