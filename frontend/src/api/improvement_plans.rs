//! Improvement plans: from a goal by measures to what was reached.

use chrono::{DateTime, NaiveDate, Utc};
use cynic::QueryBuilder;
use domain::{
    ImprovementEventId, ImprovementMeasureId, ImprovementPlanId, PostId, RectificationTaskId, StaffId,
    improvement::{
        RectificationCause,
        plan::{AppliedAs, ImprovementAction, ImprovementIndicator, ImprovementResult, ImprovementStatus},
    },
};

use super::{ApiError, account::questions, run, schema};

/// An improvement plan; its numbers in tenths.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "ImprovementPlan")]
pub struct Plan {
    pub id: ImprovementPlanId,
    pub version: i32,
    pub problem: String,
    pub cause: RectificationCause,
    pub status: ImprovementStatus,
    pub started_on: NaiveDate,
    pub indicator: Option<ImprovementIndicator>,
    pub indicator_name: Option<String>,
    pub baseline: Option<i32>,
    pub target: Option<i32>,
    pub goal_on: Option<NaiveDate>,
    pub root_cause: Option<String>,
    pub check_from: Option<NaiveDate>,
    pub measured: Option<i32>,
    pub measured_on: Option<NaiveDate>,
    pub method: Option<String>,
    pub result: Option<ImprovementResult>,
    pub applied_as: Option<AppliedAs>,
    pub task: Option<RectificationTaskId>,
    pub follows: Option<ImprovementPlanId>,
}

/// A plan in a list.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "ImprovementRow")]
pub struct PlanRow {
    pub plan: Plan,
    pub post: Option<String>,
    pub owner: Option<String>,
    pub measures: i32,
    pub done: i32,
    pub late: i32,
}

/// A measure of a plan.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "ImprovementMeasure")]
pub struct Measure {
    pub id: ImprovementMeasureId,
    pub text: String,
    pub owner: Option<String>,
    pub due_on: NaiveDate,
    pub resources: Option<String>,
    pub done_on: Option<NaiveDate>,
    pub note: Option<String>,
    pub late: bool,
    pub may_finish: bool,
}

/// A line in the log of a plan.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "ImprovementEvent")]
pub struct PlanEvent {
    pub id: ImprovementEventId,
    pub action: ImprovementAction,
    pub at: DateTime<Utc>,
    pub actor: Option<String>,
    pub body: Option<String>,
}

/// A plan with everything about it.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "ImprovementPage")]
pub struct PlanPage {
    pub row: PlanRow,
    pub measures: Vec<Measure>,
    pub events: Vec<PlanEvent>,
    pub actions: Vec<ImprovementAction>,
    pub drops: bool,
    pub next: Option<ImprovementPlanId>,
}

#[derive(cynic::InputObject)]
pub struct StartImprovementInput {
    pub problem: String,
    pub cause: RectificationCause,
    pub task: Option<RectificationTaskId>,
    pub post: Option<PostId>,
    pub owner: StaffId,
}

#[derive(cynic::InputObject)]
pub struct SetImprovementGoalInput {
    pub id: ImprovementPlanId,
    pub version: i32,
    pub indicator: ImprovementIndicator,
    pub indicator_name: Option<String>,
    pub baseline: i32,
    pub target: i32,
    pub on: NaiveDate,
}

#[derive(cynic::InputObject)]
pub struct AddImprovementMeasureInput {
    pub id: ImprovementPlanId,
    pub version: i32,
    pub text: String,
    pub owner: StaffId,
    pub due_on: NaiveDate,
    pub resources: Option<String>,
}

#[derive(cynic::InputObject)]
pub struct DropImprovementMeasureInput {
    pub id: ImprovementPlanId,
    pub version: i32,
    pub measure: ImprovementMeasureId,
}

#[derive(cynic::InputObject)]
pub struct PlanImprovementInput {
    pub id: ImprovementPlanId,
    pub version: i32,
    pub root_cause: String,
}

#[derive(cynic::InputObject)]
pub struct SeenImprovementInput {
    pub id: ImprovementPlanId,
    pub version: i32,
}

#[derive(cynic::InputObject)]
pub struct ApproveImprovementInput {
    pub id: ImprovementPlanId,
    pub version: i32,
    pub note: Option<String>,
}

#[derive(cynic::InputObject)]
pub struct SendImprovementBackInput {
    pub id: ImprovementPlanId,
    pub version: i32,
    pub reason: String,
}

#[derive(cynic::InputObject)]
pub struct FinishImprovementMeasureInput {
    pub id: ImprovementPlanId,
    pub version: i32,
    pub measure: ImprovementMeasureId,
    pub note: String,
}

#[derive(cynic::InputObject)]
pub struct VerifyImprovementInput {
    pub id: ImprovementPlanId,
    pub version: i32,
    pub measured: i32,
    pub method: String,
    pub on: NaiveDate,
}

#[derive(cynic::InputObject)]
pub struct ApplyImprovementInput {
    pub id: ImprovementPlanId,
    pub version: i32,
    pub applied_as: AppliedAs,
    pub note: String,
}

/// The same of a plan.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "ImprovementPlan")]
pub struct PlanDone {
    pub id: ImprovementPlanId,
}

questions! {
    start_improvement = "startImprovement" (StartImprovementInput) -> PlanDone;
    set_improvement_goal = "setImprovementGoal" (SetImprovementGoalInput) -> PlanDone;
    add_improvement_measure = "addImprovementMeasure" (AddImprovementMeasureInput) -> PlanDone;
    drop_improvement_measure = "dropImprovementMeasure" (DropImprovementMeasureInput) -> PlanDone;
    plan_improvement = "planImprovement" (PlanImprovementInput) -> PlanDone;
    approve_improvement = "approveImprovement" (ApproveImprovementInput) -> PlanDone;
    send_improvement_back = "sendImprovementBack" (SendImprovementBackInput) -> PlanDone;
    execute_improvement = "executeImprovement" (SeenImprovementInput) -> PlanDone;
    finish_improvement_measure = "finishImprovementMeasure" (FinishImprovementMeasureInput) -> PlanDone;
    verify_improvement = "verifyImprovement" (VerifyImprovementInput) -> PlanDone;
    apply_improvement = "applyImprovement" (ApplyImprovementInput) -> PlanDone;
    renew_improvement = "renewImprovement" (SeenImprovementInput) -> PlanDone;
    close_improvement = "closeImprovement" (SeenImprovementInput) -> PlanDone;
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query")]
struct PlansQuery {
    improvement_plans: Vec<PlanRow>,
}

/// The plans that the viewer sees.
///
/// # Errors
/// Whatever the server or the network says; so in all below.
pub async fn plans() -> Result<Vec<PlanRow>, ApiError> {
    Ok(run(PlansQuery::build(())).await?.improvement_plans)
}

#[derive(cynic::QueryVariables)]
struct OfPlan {
    id: ImprovementPlanId,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "OfPlan")]
struct PlanQuery {
    #[arguments(id: $id)]
    improvement_plan: PlanPage,
}

/// One plan.
pub async fn plan(id: ImprovementPlanId) -> Result<PlanPage, ApiError> {
    Ok(run(PlanQuery::build(OfPlan { id })).await?.improvement_plan)
}
