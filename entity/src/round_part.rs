//! A center's part in a round of its city: written inside it, read by its city.

use domain::{CampaignId, CenterId, CityId, CityRoundId, campaigns::CampaignStatus};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{
    ownership::{CenterOwned, Reported},
    table,
};

table! {
    /// A center's part in a round of its city. `problem` is the code of what keeps the center from following; `mean` is in
    /// hundredths of a point, and there once the round is published.
    #[derive(serde::Serialize)]
    "round_part", key(CenterId: Uuid, CityRoundId: Uuid) {
        CenterId => center_id: CenterId,
        CityRoundId => city_round_id: CityRoundId,
        CityId => city_id: CityId,
        CampaignId => campaign_id: Option<CampaignId>,
        Status => status: Option<CampaignStatus>,
        Problem => problem: Option<String>,
        Named => named: i32,
        Accepted => accepted: i32,
        HandedIn => handed_in: i32,
        OpenRemarks => open_remarks: i32,
        Mean => mean: Option<i32>,
        Forms => forms: Option<i32>,
        ToldAt => told_at: DateTimeUtc,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}

impl Reported for Entity {
    const CITY: Column = Column::CityId;
}
