//! A check of somebody's appearance at their post (annex A).

use chrono::NaiveDate;
use domain::{AccountId, AppearanceCheckId, CenterId, PhraseId, PostId, StaffId};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{
    ownership::{CenterOwned, Versioned},
    table,
};

table! {
    /// A check of somebody's appearance at their post (annex A).
    #[derive(serde::Serialize)]
    "appearance_check", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: AppearanceCheckId,
        PostId => post_id: PostId,
        StaffId => staff_id: StaffId,
        OnDay => on_day: NaiveDate,
        CheckerId => checker_id: AccountId,
        Passed => passed: i32,
        Asked => asked: i32,
        BadgeEnc => badge_enc: Option<String>,
        Note => note: Option<String>,
        PhraseId => phrase_id: Option<PhraseId>,
        Answer => answer: Option<String>,
        AnsweredAt => answered_at: Option<DateTimeUtc>,
        CreatedAt => created_at: DateTimeUtc,
        Demo => demo: bool,
        Version => version: i32,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}

impl Versioned for Entity {
    const VERSION: Column = Column::Version;
}
