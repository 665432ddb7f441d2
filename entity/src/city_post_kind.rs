//! A kind of post that a city has added to the catalogue's.

use domain::{CityId, settings::EntryStatus};
use sea_orm::entity::prelude::Uuid;

use crate::{ownership::CityOwned, table};

table! {
    /// A kind of post that a city has added to the catalogue's; `fields` and `checks` are JSON.
    "city_post_kind", key(CityId: Uuid, Code: String) {
        CityId => city_id: CityId,
        Code => code: String,
        Clause => clause: Option<String>,
        TitleZh => title_zh: String,
        TitleEn => title_en: String,
        SummaryZh => summary_zh: String,
        SummaryEn => summary_en: String,
        Fields => fields: String,
        Checks => checks: String,
        Status => status: EntryStatus,
        Version => version: i32,
    }
}

impl CityOwned for Entity {
    const CITY: Column = Column::CityId;
}
