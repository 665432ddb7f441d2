//! A task of the plan of a year (6.11.1).

use chrono::NaiveDate;
use domain::{CenterId, PlanTaskId, StaffId, standardisation::TaskProgress};
use sea_orm::entity::prelude::Uuid;

use crate::{
    ownership::{CenterOwned, Versioned},
    table,
};

table! {
    /// A task of the plan of a year (6.11.1).
    #[derive(serde::Serialize)]
    "year_plan_task", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: PlanTaskId,
        Year => year: i32,
        Title => title: String,
        OwnerId => owner_id: StaffId,
        DueOn => due_on: NaiveDate,
        Progress => progress: TaskProgress,
        Reason => reason: Option<String>,
        DoneOn => done_on: Option<NaiveDate>,
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
