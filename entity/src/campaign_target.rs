//! What is rated in a round, under the name that it then had.

use domain::{CampaignId, CampaignTargetId, CenterId, PostId, StaffId, campaigns::TargetKind};
use sea_orm::entity::prelude::Uuid;

use crate::{
    ownership::{CenterOwned, Removable},
    table,
};

table! {
    /// What is rated in a round, under the name that it then had.
    #[derive(serde::Serialize)]
    "campaign_target", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: CampaignTargetId,
        CampaignId => campaign_id: CampaignId,
        Position => position: i32,
        Kind => kind: TargetKind,
        PostId => post_id: Option<PostId>,
        StaffId => staff_id: Option<StaffId>,
        Pool => pool: Option<String>,
        Name => name: Option<String>,
        Detail => detail: Option<String>,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
    const CAMPAIGN: Option<Column> = Some(Column::CampaignId);
}

impl Removable for Entity {}
