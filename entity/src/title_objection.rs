//! What somebody holds against a title while it is made known.

use domain::{AccountId, CenterId, ModelTitleId, ObjectionId, model_posts::title::ObjectionStatus};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{
    ownership::{CenterOwned, Versioned},
    table,
};

table! {
    /// What somebody holds against a title while it is made known.
    #[derive(serde::Serialize)]
    "title_objection", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: ObjectionId,
        TitleId => title_id: ModelTitleId,
        TextEnc => text_enc: String,
        TakerId => taker_id: AccountId,
        TakenAt => taken_at: DateTimeUtc,
        Status => status: ObjectionStatus,
        SettlerId => settler_id: Option<AccountId>,
        SettledAt => settled_at: Option<DateTimeUtc>,
        Answer => answer: Option<String>,
        Version => version: i32,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}

impl Versioned for Entity {
    const VERSION: Column = Column::Version;
}
