//! Standards management: the register, the plan of a year, officers, self-audits.

use chrono::{DateTime, NaiveDate, Utc};
use cynic::QueryBuilder;
use domain::{
    AuditFindingId, ManagedStandardId, PlanTaskId, RectificationTaskId, SelfAuditId, StaffId, StandardsOfficerId,
    YearPlanId,
    standardisation::{
        FindingResult, StandardAction, StandardLevel, StandardStatus, TaskProgress,
        checks::{StandardsCheck, StandardsStanding},
    },
};

use super::{ApiError, account::questions, run, schema};

/// A standard in the register.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "ManagedStandard")]
pub struct Standard {
    pub id: ManagedStandardId,
    pub version: i32,
    pub number: String,
    pub title: String,
    pub level: StandardLevel,
    pub edition: String,
    pub adopted_on: Option<NaiveDate>,
    pub owner: StaffId,
    pub review_due: Option<NaiveDate>,
    pub status: StandardStatus,
}

/// A standard in the list.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "ManagedStandardRow")]
pub struct StandardRow {
    pub standard: Standard,
    pub review_late: bool,
}

/// A standard by its number and title.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "ManagedStandardName")]
pub struct StandardName {
    pub id: ManagedStandardId,
    pub number: String,
    pub title: String,
}

/// A step in the life of a standard.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "ManagedStandardEvent")]
pub struct Event {
    pub action: Option<StandardAction>,
    pub status: StandardStatus,
    pub note: Option<String>,
    pub actor: String,
    pub at: DateTime<Utc>,
}

/// A standard with everything about it.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "ManagedStandardPage")]
pub struct Page {
    pub row: StandardRow,
    pub owner: String,
    pub successor: Option<StandardName>,
    pub replaces: Vec<StandardName>,
    pub successors: Vec<StandardName>,
    pub events: Vec<Event>,
    pub actions: Vec<StandardAction>,
}

/// How a check stands.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "StandardsCheckResult")]
pub struct CheckResult {
    pub check: StandardsCheck,
    pub standing: StandardsStanding,
    pub breach_on: Option<NaiveDate>,
    pub count: i32,
}

/// A task of a plan.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "PlanTask")]
pub struct Task {
    pub id: PlanTaskId,
    pub version: i32,
    pub year: i32,
    pub title: String,
    pub owner: StaffId,
    pub due_on: NaiveDate,
    pub progress: TaskProgress,
    pub reason: Option<String>,
    pub done_on: Option<NaiveDate>,
}

/// A task in the list.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "PlanTaskRow")]
pub struct TaskRow {
    pub task: Task,
    pub late: bool,
}

/// That a plan was adopted.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "YearPlanAdoption")]
pub struct Adoption {
    pub adopted_on: NaiveDate,
}

/// The plan of a year.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "YearPlan")]
pub struct Plan {
    pub year: i32,
    pub adoption: Option<Adoption>,
    pub adopted_by: Option<String>,
    pub percent: Option<i32>,
    pub tasks: Vec<TaskRow>,
}

/// Somebody's term as an officer.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "StandardsTerm")]
pub struct Term {
    pub id: StandardsOfficerId,
    pub version: i32,
    pub staff: StaffId,
    pub full_time: bool,
    pub duties: String,
    pub from: NaiveDate,
    pub until: Option<NaiveDate>,
}

/// A term in the list.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "StandardsTermRow")]
pub struct TermRow {
    pub term: Term,
    pub current: bool,
    pub trained_on: Option<NaiveDate>,
}

/// What a self-audit found in one place.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "AuditFinding")]
pub struct Finding {
    pub id: AuditFindingId,
    pub version: i32,
    pub standard: Option<ManagedStandardId>,
    pub result: FindingResult,
    pub clause: Option<String>,
    pub description: String,
    pub measure: Option<String>,
    pub owner: Option<StaffId>,
    pub due_on: Option<NaiveDate>,
    pub closed_on: Option<NaiveDate>,
    pub evidence: Option<String>,
}

/// A finding in the list.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "AuditFindingRow")]
pub struct FindingRow {
    pub finding: Finding,
    pub closed_by: Option<String>,
    pub late: bool,
    pub tasked: bool,
    pub task: Option<RectificationTaskId>,
}

/// A self-audit.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "SelfAudit")]
pub struct Audit {
    pub id: SelfAuditId,
    pub on: NaiveDate,
    pub scope: String,
    pub auditor: StaffId,
}

/// A self-audit in the list.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "SelfAuditRow")]
pub struct AuditRow {
    pub audit: Audit,
    pub findings: Vec<FindingRow>,
}

/// Somebody's name.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "StandardsPerson")]
pub struct Person {
    pub id: StaffId,
    pub name: String,
}

/// Everything about the center's standards.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "StandardsDesk")]
pub struct Desk {
    pub today: NaiveDate,
    pub checks: Vec<CheckResult>,
    pub standards: Vec<StandardRow>,
    pub plan: Plan,
    pub officers: Vec<TermRow>,
    pub audits: Vec<AuditRow>,
    pub people: Vec<Person>,
}

#[derive(cynic::InputObject)]
pub struct RegisterStandardInput {
    pub number: String,
    pub title: String,
    pub level: StandardLevel,
    pub edition: String,
    pub owner: StaffId,
    pub adopted_on: Option<NaiveDate>,
    pub review_due: Option<NaiveDate>,
}

#[derive(cynic::InputObject)]
pub struct EditStandardInput {
    pub id: ManagedStandardId,
    pub version: i32,
    pub number: String,
    pub title: String,
    pub level: StandardLevel,
    pub edition: String,
    pub owner: StaffId,
    pub adopted_on: Option<NaiveDate>,
    pub review_due: Option<NaiveDate>,
}

#[derive(cynic::InputObject)]
pub struct ConsultOnStandardInput {
    pub id: ManagedStandardId,
    pub version: i32,
    pub note: String,
}

#[derive(cynic::InputObject)]
pub struct StandardStepInput {
    pub id: ManagedStandardId,
    pub version: i32,
    pub note: Option<String>,
}

#[derive(cynic::InputObject)]
pub struct EnforceStandardInput {
    pub id: ManagedStandardId,
    pub version: i32,
    pub on: NaiveDate,
    pub review_due: Option<NaiveDate>,
    pub note: Option<String>,
}

#[derive(cynic::InputObject)]
pub struct ConfirmStandardInput {
    pub id: ManagedStandardId,
    pub version: i32,
    pub review_due: Option<NaiveDate>,
    pub note: String,
}

#[derive(cynic::InputObject)]
pub struct ReviseStandardInput {
    pub id: ManagedStandardId,
    pub version: i32,
    pub successor: ManagedStandardId,
    pub note: Option<String>,
}

#[derive(cynic::InputObject)]
pub struct WithdrawStandardInput {
    pub id: ManagedStandardId,
    pub version: i32,
    pub reason: String,
}

#[derive(cynic::InputObject)]
pub struct PlanTaskInput {
    pub year: i32,
    pub title: String,
    pub owner: StaffId,
    pub due_on: NaiveDate,
}

#[derive(cynic::InputObject)]
pub struct EditPlanTaskInput {
    pub id: PlanTaskId,
    pub version: i32,
    pub year: i32,
    pub title: String,
    pub owner: StaffId,
    pub due_on: NaiveDate,
}

#[derive(cynic::InputObject)]
pub struct MovePlanTaskInput {
    pub id: PlanTaskId,
    pub version: i32,
    pub progress: TaskProgress,
    pub reason: Option<String>,
}

#[derive(cynic::InputObject)]
pub struct AdoptYearPlanInput {
    pub year: i32,
}

#[derive(cynic::InputObject)]
pub struct AppointStandardsOfficerInput {
    pub staff: StaffId,
    pub full_time: bool,
    pub duties: String,
    pub from: NaiveDate,
}

#[derive(cynic::InputObject)]
pub struct EndStandardsOfficerInput {
    pub id: StandardsOfficerId,
    pub version: i32,
    pub until: NaiveDate,
}

#[derive(cynic::InputObject)]
pub struct RecordSelfAuditInput {
    pub on: NaiveDate,
    pub scope: String,
    pub auditor: StaffId,
}

#[derive(cynic::InputObject)]
pub struct AddAuditFindingInput {
    pub audit: SelfAuditId,
    pub standard: Option<ManagedStandardId>,
    pub result: FindingResult,
    pub clause: Option<String>,
    pub description: String,
    pub measure: Option<String>,
    pub owner: Option<StaffId>,
    pub due_on: Option<NaiveDate>,
}

#[derive(cynic::InputObject)]
pub struct CloseAuditFindingInput {
    pub id: AuditFindingId,
    pub version: i32,
    pub evidence: String,
}

macro_rules! made {
    ($($name:ident = $ty:literal : $id:ty;)+) => {$(
        /// What was changed; the page then asks for all of it.
        #[derive(cynic::QueryFragment, Clone, Debug)]
        #[cynic(graphql_type = $ty)]
        pub struct $name {
            #[expect(dead_code, reason = "a selection cannot be empty")]
            id: $id,
        }
    )+};
}

made! {
    MadeStandard = "ManagedStandard": ManagedStandardId;
    MadeTask = "PlanTask": PlanTaskId;
    MadeAdoption = "YearPlanAdoption": YearPlanId;
    MadeTerm = "StandardsTerm": StandardsOfficerId;
    MadeAudit = "SelfAudit": SelfAuditId;
    MadeFinding = "AuditFinding": AuditFindingId;
}

questions! {
    register_standard = "registerStandard" (RegisterStandardInput) -> MadeStandard;
    edit_standard = "editStandard" (EditStandardInput) -> MadeStandard;
    consult_on_standard = "consultOnStandard" (ConsultOnStandardInput) -> MadeStandard;
    issue_standard = "issueStandard" (StandardStepInput) -> MadeStandard;
    enforce_standard = "enforceStandard" (EnforceStandardInput) -> MadeStandard;
    begin_standard_review = "beginStandardReview" (StandardStepInput) -> MadeStandard;
    confirm_standard = "confirmStandard" (ConfirmStandardInput) -> MadeStandard;
    revise_standard = "reviseStandard" (ReviseStandardInput) -> MadeStandard;
    withdraw_standard = "withdrawStandard" (WithdrawStandardInput) -> MadeStandard;
    add_plan_task = "addPlanTask" (PlanTaskInput) -> MadeTask;
    edit_plan_task = "editPlanTask" (EditPlanTaskInput) -> MadeTask;
    move_plan_task = "movePlanTask" (MovePlanTaskInput) -> MadeTask;
    adopt_year_plan = "adoptYearPlan" (AdoptYearPlanInput) -> MadeAdoption;
    appoint_standards_officer = "appointStandardsOfficer" (AppointStandardsOfficerInput) -> MadeTerm;
    end_standards_officer = "endStandardsOfficer" (EndStandardsOfficerInput) -> MadeTerm;
    record_self_audit = "recordSelfAudit" (RecordSelfAuditInput) -> MadeAudit;
    add_audit_finding = "addAuditFinding" (AddAuditFindingInput) -> MadeFinding;
    close_audit_finding = "closeAuditFinding" (CloseAuditFindingInput) -> MadeFinding;
}

#[derive(cynic::QueryVariables)]
struct OfYear {
    year: Option<i32>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "OfYear")]
struct DeskQuery {
    #[arguments(year: $year)]
    managed_standards: Desk,
}

/// Everything about the center's standards, with the plan of `year` or of this one.
///
/// # Errors
/// Whatever the server or the network says; so in all below.
pub async fn desk(year: Option<i32>) -> Result<Desk, ApiError> {
    Ok(run(DeskQuery::build(OfYear { year })).await?.managed_standards)
}

#[derive(cynic::QueryVariables)]
struct OfStandard {
    id: ManagedStandardId,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "OfStandard")]
struct PageQuery {
    #[arguments(id: $id)]
    managed_standard: Page,
}

/// One standard.
pub async fn page(id: ManagedStandardId) -> Result<Page, ApiError> {
    Ok(run(PageQuery::build(OfStandard { id })).await?.managed_standard)
}
