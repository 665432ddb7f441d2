//! Something to be put right (整改任务; 7.3.3), whose it is, and how far.

use chrono::NaiveDate;
use domain::{
    AccountId, CenterId, DepartmentId, PostId, RectificationTaskId, StaffId,
    improvement::{RectificationCause, RectificationSource, RectificationStatus},
};
use sea_orm::entity::prelude::Uuid;

use crate::{
    ownership::{CenterOwned, Versioned},
    table,
};

table! {
    /// Something to be put right (整改任务; 7.3.3), whose it is, and how far.
    #[derive(serde::Serialize)]
    "rectification_task", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: RectificationTaskId,
        PostId => post_id: Option<PostId>,
        DepartmentId => department_id: Option<DepartmentId>,
        Problem => problem: String,
        Cause => cause: RectificationCause,
        Source => source: RectificationSource,
        OwnerId => owner_id: Option<StaffId>,
        Status => status: RectificationStatus,
        OpenedOn => opened_on: NaiveDate,
        OpenerId => opener_id: Option<AccountId>,
        DueOn => due_on: Option<NaiveDate>,
        LateOn => late_on: Option<NaiveDate>,
        RootCause => root_cause: Option<String>,
        ImmediateFix => immediate_fix: Option<String>,
        Measures => measures: Option<String>,
        SubmitterId => submitter_id: Option<AccountId>,
        AcceptedOn => accepted_on: Option<NaiveDate>,
        AccepterId => accepter_id: Option<AccountId>,
        RecheckOn => recheck_on: Option<NaiveDate>,
        RecheckedOn => rechecked_on: Option<NaiveDate>,
        RecheckerId => rechecker_id: Option<AccountId>,
        ClosedOn => closed_on: Option<NaiveDate>,
        Recurrences => recurrences: i32,
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
