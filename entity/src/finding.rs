//! What supervision found (7.1.1), and what became of it.

use chrono::NaiveDate;
use domain::{
    AccountId, CenterId, DepartmentId, FindingId, PostId,
    improvement::{FindingArea, FindingStatus, SupervisionKind},
};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{
    ownership::{CenterOwned, Versioned},
    table,
};

table! {
    /// What supervision found (7.1.1), and what became of it.
    #[derive(serde::Serialize)]
    "finding", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: FindingId,
        OnDay => on_day: NaiveDate,
        Supervision => supervision: SupervisionKind,
        Area => area: FindingArea,
        PostId => post_id: Option<PostId>,
        DepartmentId => department_id: Option<DepartmentId>,
        Description => description: String,
        RecorderId => recorder_id: AccountId,
        RecordedAt => recorded_at: DateTimeUtc,
        Status => status: FindingStatus,
        Reason => reason: Option<String>,
        DeciderId => decider_id: Option<AccountId>,
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
