//! A form that was handed in; never changed. `content` is the JSON of `domain::campaigns::ballot::BallotContent`.

use domain::{BallotId, CampaignFormId, CampaignId, CampaignRaterId, CampaignTargetId, CenterId};
use sea_orm::entity::prelude::Uuid;

use crate::{ownership::CenterOwned, table};

table! {
    /// A form that was handed in; never changed. `content` is the JSON of `domain::campaigns::ballot::BallotContent`.
    #[derive(serde::Serialize)]
    "campaign_form", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: CampaignFormId,
        CampaignId => campaign_id: CampaignId,
        TargetId => target_id: CampaignTargetId,
        RaterId => rater_id: Option<CampaignRaterId>,
        BallotId => ballot_id: Option<BallotId>,
        Content => content: String,
        Total => total: i32,
        Vetoed => vetoed: bool,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
    const CAMPAIGN: Option<Column> = Some(Column::CampaignId);
}
