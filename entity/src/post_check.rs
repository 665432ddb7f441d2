//! A look on the spot; never changed.

use chrono::NaiveDate;
use domain::{AccountId, CenterId, PostCheckId, PostId, model_posts::CheckKind};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{ownership::CenterOwned, table};

table! {
    /// A look on the spot; never changed.
    #[derive(serde::Serialize)]
    "post_check", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: PostCheckId,
        PostId => post_id: PostId,
        LookedAt => looked_at: CheckKind,
        OnDay => on_day: NaiveDate,
        Fine => fine: bool,
        Note => note: Option<String>,
        CheckerId => checker_id: AccountId,
        CreatedAt => created_at: DateTimeUtc,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}
