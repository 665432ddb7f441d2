//! A training session or skill test (6.7.1, 6.11.3, 6.12.10).

use chrono::NaiveDate;
use domain::{
    AccountId, CenterId, TrainingId,
    training::{SessionKind, SessionStatus, Topic},
};
use sea_orm::entity::prelude::Uuid;

use crate::{
    ownership::{CenterOwned, Removable, Versioned},
    table,
};

table! {
    /// A training session or skill test (6.7.1, 6.11.3, 6.12.10).
    #[derive(serde::Serialize)]
    "training_session", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: TrainingId,
        OnDay => on_day: NaiveDate,
        Start => start: String,
        Hours => hours: i32,
        Kind => kind: SessionKind,
        Topic => topic: Topic,
        Title => title: String,
        Trainer => trainer: Option<String>,
        Place => place: Option<String>,
        Unscheduled => unscheduled: bool,
        Status => status: SessionStatus,
        CancelReason => cancel_reason: Option<String>,
        AuthorId => author_id: AccountId,
        RecorderId => recorder_id: Option<AccountId>,
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

impl Removable for Entity {}
