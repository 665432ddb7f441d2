//! How somebody took part in a session that was held.

use chrono::NaiveDate;
use domain::{
    CenterId, ParticipantId, StaffId, TrainingId,
    training::{SessionKind, TestResult, Topic},
};
use sea_orm::entity::prelude::Uuid;

use crate::{
    ownership::{Amendable, CenterOwned, Removable},
    table,
};

table! {
    /// How somebody took part in a session that was held.
    #[derive(serde::Serialize)]
    "training_attendance", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: ParticipantId,
        SessionId => session_id: TrainingId,
        StaffId => staff_id: StaffId,
        OnDay => on_day: NaiveDate,
        Year => year: i32,
        Kind => kind: SessionKind,
        Topic => topic: Topic,
        Attended => attended: bool,
        Result => result: Option<TestResult>,
        Score => score: Option<i32>,
        Removed => removed: bool,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}

impl Amendable for Entity {}

impl Removable for Entity {}
