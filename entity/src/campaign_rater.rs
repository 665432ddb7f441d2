//! Somebody who rates in a round.

use domain::{
    AccountId, CampaignId, CampaignRaterId, CenterId, RepresentativeId, StaffId, campaigns::RaterStatus,
    permission::Role,
};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{
    ownership::{Amendable, CenterOwned, Versioned},
    table,
};

table! {
    /// Somebody who rates in a round.
    #[derive(serde::Serialize)]
    "campaign_rater", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: CampaignRaterId,
        CampaignId => campaign_id: CampaignId,
        Role => role: Role,
        RepresentativeId => representative_id: Option<RepresentativeId>,
        StaffId => staff_id: Option<StaffId>,
        AccountId => account_id: Option<AccountId>,
        Name => name: String,
        Unit => unit: Option<String>,
        Pool => pool: Option<String>,
        Status => status: RaterStatus,
        Reason => reason: Option<String>,
        Seed => seed: Option<String>,
        BriefedAt => briefed_at: Option<DateTimeUtc>,
        RemindedAt => reminded_at: Option<DateTimeUtc>,
        Version => version: i32,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
    const CAMPAIGN: Option<Column> = Some(Column::CampaignId);
}

impl Versioned for Entity {
    const VERSION: Column = Column::Version;
}

impl Amendable for Entity {}
