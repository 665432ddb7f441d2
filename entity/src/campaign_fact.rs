//! A fact of a third party's report, what the center says of it, and what the agency answers.

use domain::{
    CampaignFactId, CampaignId, CampaignTargetId, CenterId,
    campaigns::third_party::{FactAnswer, FactVerdict},
};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{
    ownership::{CenterOwned, Removable, Versioned},
    table,
};

table! {
    /// A fact of a third party's report, what the center says of it, and what the agency answers.
    #[derive(serde::Serialize)]
    "campaign_fact", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: CampaignFactId,
        CampaignId => campaign_id: CampaignId,
        TargetId => target_id: CampaignTargetId,
        Position => position: i32,
        Text => text: String,
        Advice => advice: Option<String>,
        Verdict => verdict: Option<FactVerdict>,
        VerdictNote => verdict_note: Option<String>,
        CheckedAt => checked_at: Option<DateTimeUtc>,
        Answer => answer: Option<FactAnswer>,
        AnswerNote => answer_note: Option<String>,
        Corrected => corrected: Option<String>,
        AnsweredAt => answered_at: Option<DateTimeUtc>,
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

impl Removable for Entity {}
