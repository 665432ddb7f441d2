//! Figures of a closed period that the city publishes, by two persons.

use domain::{AccountId, CityId, PublicationId};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{
    ownership::{CityOwned, CityVersioned},
    table,
};

table! {
    /// Figures of a closed period that the city publishes. `metrics` are ids of metrics with commas between.
    "metric_publication", key(CityId: Uuid, Id: Uuid) {
        CityId => city_id: CityId,
        Id => id: PublicationId,
        Period => period: String,
        Metrics => metrics: String,
        FormulaZh => formula_zh: String,
        FormulaEn => formula_en: String,
        ProposedBy => proposed_by: AccountId,
        ProposedAt => proposed_at: DateTimeUtc,
        ApprovedBy => approved_by: Option<AccountId>,
        PublishedAt => published_at: Option<DateTimeUtc>,
        WithdrawnBy => withdrawn_by: Option<AccountId>,
        WithdrawnAt => withdrawn_at: Option<DateTimeUtc>,
        Reason => reason: Option<String>,
        Version => version: i32,
    }
}

impl CityOwned for Entity {
    const CITY: Column = Column::CityId;
}

impl CityVersioned for Entity {
    const VERSION: Column = Column::Version;
}
