//! An improvement plan (持续改进; 7.3.1, 7.3.2); its numbers in tenths.

use chrono::NaiveDate;
use domain::{
    AccountId, CenterId, ImprovementPlanId, PostId, RectificationTaskId, StaffId,
    improvement::{
        RectificationCause,
        plan::{AppliedAs, ImprovementIndicator, ImprovementResult, ImprovementStatus},
    },
};
use sea_orm::entity::prelude::Uuid;

use crate::{
    ownership::{CenterOwned, Versioned},
    table,
};

table! {
    /// An improvement plan (持续改进; 7.3.1, 7.3.2); its numbers in tenths.
    #[derive(serde::Serialize)]
    "improvement_plan", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: ImprovementPlanId,
        TaskId => task_id: Option<RectificationTaskId>,
        FollowsId => follows_id: Option<ImprovementPlanId>,
        PostId => post_id: Option<PostId>,
        Problem => problem: String,
        Cause => cause: RectificationCause,
        OwnerId => owner_id: StaffId,
        AuthorId => author_id: AccountId,
        Status => status: ImprovementStatus,
        StartedOn => started_on: NaiveDate,
        Indicator => indicator: Option<ImprovementIndicator>,
        IndicatorName => indicator_name: Option<String>,
        Baseline => baseline: Option<i32>,
        Target => target: Option<i32>,
        GoalOn => goal_on: Option<NaiveDate>,
        RootCause => root_cause: Option<String>,
        ApproverId => approver_id: Option<AccountId>,
        CheckFrom => check_from: Option<NaiveDate>,
        Measured => measured: Option<i32>,
        MeasuredOn => measured_on: Option<NaiveDate>,
        Method => method: Option<String>,
        VerifierId => verifier_id: Option<AccountId>,
        Result => result: Option<ImprovementResult>,
        AppliedAs => applied_as: Option<AppliedAs>,
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
