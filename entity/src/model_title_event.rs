//! A step in the life of a title; never changed.

use chrono::NaiveDate;
use domain::{
    AccountId, CenterId, ModelTitleId, TitleEventId,
    model_posts::title::{TitleAction, TitleStatus},
};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{ownership::CenterOwned, table};

table! {
    /// A step in the life of a title; never changed.
    #[derive(serde::Serialize)]
    "model_title_event", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: TitleEventId,
        TitleId => title_id: ModelTitleId,
        Action => action: Option<TitleAction>,
        Status => status: TitleStatus,
        ActorId => actor_id: AccountId,
        At => at: DateTimeUtc,
        Score => score: Option<i32>,
        Stars => stars: Option<i32>,
        Until => until: Option<NaiveDate>,
        Note => note: Option<String>,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}
