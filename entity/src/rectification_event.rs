//! A line in the log of a rectification task; without an actor the product wrote it.

use chrono::NaiveDate;
use domain::{
    AccountId, CenterId, RectificationEventId, RectificationTaskId,
    improvement::{RectificationAction, RectificationStatus},
};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{ownership::CenterOwned, table};

table! {
    /// A line in the log of a rectification task; without an actor the product wrote it.
    #[derive(serde::Serialize)]
    "rectification_event", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: RectificationEventId,
        TaskId => task_id: RectificationTaskId,
        Action => action: RectificationAction,
        Status => status: RectificationStatus,
        Body => body: Option<String>,
        OnDay => on_day: Option<NaiveDate>,
        ActorId => actor_id: Option<AccountId>,
        At => at: DateTimeUtc,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}
