//! A round of evaluation.

use chrono::NaiveDate;
use domain::{
    CampaignId, CenterId, CityRoundId, FormVersionId,
    campaigns::{CampaignKind, CampaignStatus},
};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{
    ownership::{CenterOwned, Versioned},
    table,
};

table! {
    /// A round of evaluation.
    #[derive(serde::Serialize)]
    "campaign", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: CampaignId,
        Kind => kind: CampaignKind,
        Name => name: String,
        FormVersionId => form_version_id: FormVersionId,
        StartsOn => starts_on: NaiveDate,
        EndsOn => ends_on: NaiveDate,
        RepliesUntil => replies_until: NaiveDate,
        Least => least: i32,
        Briefing => briefing: String,
        Status => status: CampaignStatus,
        CoverageNote => coverage_note: Option<String>,
        ClosedAt => closed_at: Option<DateTimeUtc>,
        PublishedAt => published_at: Option<DateTimeUtc>,
        CreatedAt => created_at: DateTimeUtc,
        Demo => demo: bool,
        CityRoundId => city_round_id: Option<CityRoundId>,
        Version => version: i32,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
    const CAMPAIGN: Option<Column> = Some(Column::Id);
}

impl Versioned for Entity {
    const VERSION: Column = Column::Version;
}
