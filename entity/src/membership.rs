//! An account's role in a center.

use chrono::NaiveDate;
use domain::{AccountId, CampaignId, CenterId, MembershipId, identity::MemberStatus, permission::Role};
use sea_orm::entity::prelude::Uuid;

use crate::{
    ownership::{Amendable, CenterOwned},
    table,
};

table! {
    /// An account's role in a center.
    #[derive(serde::Serialize)]
    "membership", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: MembershipId,
        AccountId => account_id: AccountId,
        Role => role: Role,
        DisplayName => display_name: String,
        Title => title: Option<String>,
        Status => status: MemberStatus,
        ValidFrom => valid_from: Option<NaiveDate>,
        ValidUntil => valid_until: Option<NaiveDate>,
        CampaignId => campaign_id: Option<CampaignId>,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
    const CAMPAIGN: Option<Column> = Some(Column::CampaignId);
}

impl Amendable for Entity {}
