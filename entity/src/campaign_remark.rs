//! A problem or a suggestion of a rater, and what becomes of it.

use domain::{
    CampaignId, CampaignRaterId, CampaignRemarkId, CampaignTargetId, CenterId, RectificationTaskId,
    campaigns::remarks::{Disposition, Opinion, RemarkCategory, RemarkKind},
};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{
    ownership::{CenterOwned, Versioned},
    table,
};

table! {
    /// A problem or a suggestion of a rater, and what becomes of it.
    #[derive(serde::Serialize)]
    "campaign_remark", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: CampaignRemarkId,
        CampaignId => campaign_id: CampaignId,
        TargetId => target_id: CampaignTargetId,
        RaterId => rater_id: Option<CampaignRaterId>,
        Kind => kind: RemarkKind,
        Text => text: String,
        Category => category: Option<RemarkCategory>,
        Disposition => disposition: Disposition,
        TaskId => task_id: Option<RectificationTaskId>,
        Reply => reply: Option<String>,
        RepliedAt => replied_at: Option<DateTimeUtc>,
        Opinion => opinion: Option<Opinion>,
        OpinionNote => opinion_note: Option<String>,
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
