//! A round that the city organises in several centers; `centers` is the JSON of their ids.

use chrono::NaiveDate;
use domain::{
    CityId, CityRoundId, FormVersionId,
    campaigns::{CampaignKind, city::CityRoundStatus},
};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{
    ownership::{CityOwned, CityVersioned},
    table,
};

table! {
    /// A round that the city organises in several centers; `centers` is the JSON of their ids.
    "city_round", key(CityId: Uuid, Id: Uuid) {
        CityId => city_id: CityId,
        Id => id: CityRoundId,
        Kind => kind: CampaignKind,
        Name => name: String,
        FormVersionId => form_version_id: FormVersionId,
        StartsOn => starts_on: NaiveDate,
        EndsOn => ends_on: NaiveDate,
        RepliesUntil => replies_until: NaiveDate,
        Least => least: i32,
        Briefing => briefing: String,
        Status => status: CityRoundStatus,
        Centers => centers: String,
        CreatedAt => created_at: DateTimeUtc,
        Version => version: i32,
    }
}

impl CityOwned for Entity {
    const CITY: Column = Column::CityId;
}

impl CityVersioned for Entity {
    const VERSION: Column = Column::Version;
}
