//! What somebody fills in about one target: `sealed` is the JSON of `domain::campaigns::ballot::BallotContent`,
//! encrypted.

use domain::{BallotId, CampaignId, CampaignRaterId, CampaignTargetId, CenterId, campaigns::BallotStatus};
use sea_orm::entity::prelude::Uuid;

use crate::{
    ownership::{Amendable, CenterOwned, Versioned},
    table,
};

table! {
    /// What somebody fills in about one target: `sealed` is the JSON of `domain::campaigns::ballot::BallotContent`,
    /// encrypted.
    #[derive(serde::Serialize)]
    "ballot", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: BallotId,
        CampaignId => campaign_id: CampaignId,
        RaterId => rater_id: CampaignRaterId,
        TargetId => target_id: CampaignTargetId,
        Status => status: BallotStatus,
        Sealed => sealed: Option<String>,
        Reason => reason: Option<String>,
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
