//! Findings and rectification tasks.

use chrono::{DateTime, NaiveDate, Utc};
use cynic::QueryBuilder;
use domain::{
    AttachmentId, AuditFindingId, BadRatingId, ComplaintId, DepartmentId, FindingId, PostId, RectificationEventId,
    RectificationTaskId, StaffId,
    improvement::{
        FindingArea, FindingStatus, RectificationAction, RectificationCause, RectificationQueue, RectificationSource,
        RectificationStatus, SupervisionKind,
    },
};

use super::{
    ApiError, account::questions, files::AttachedFile, improvement_plans::Plan, posts::Department, run, schema,
};

/// What supervision found.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub struct Finding {
    pub id: FindingId,
    pub version: i32,
    pub on: NaiveDate,
    pub supervision: SupervisionKind,
    pub area: FindingArea,
    pub description: String,
    pub status: FindingStatus,
    pub reason: Option<String>,
}

/// A finding in a list.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub struct FindingRow {
    pub finding: Finding,
    pub post: Option<String>,
    pub department: Option<Department>,
    pub recorder: Option<String>,
    pub task: Option<RectificationTaskId>,
    pub files: Vec<AttachedFile>,
}

/// Something to be put right.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "RectificationTask")]
pub struct Task {
    pub id: RectificationTaskId,
    pub version: i32,
    pub problem: String,
    pub cause: RectificationCause,
    pub source: RectificationSource,
    pub status: RectificationStatus,
    pub owner: Option<StaffId>,
    pub opened_on: NaiveDate,
    pub due_on: Option<NaiveDate>,
    pub root_cause: Option<String>,
    pub immediate_fix: Option<String>,
    pub measures: Option<String>,
    pub accepted_on: Option<NaiveDate>,
    pub recheck_on: Option<NaiveDate>,
    pub rechecked_on: Option<NaiveDate>,
    pub closed_on: Option<NaiveDate>,
    pub recurrences: i32,
}

/// A task in a list.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "RectificationRow")]
pub struct Row {
    pub task: Task,
    pub late: bool,
    pub post: Option<String>,
    pub department: Option<Department>,
    pub owner: Option<String>,
}

/// How many there are.
#[derive(cynic::QueryFragment, Clone, Copy, Debug)]
#[cynic(graphql_type = "RectificationCounts")]
pub struct Counts {
    pub open: i32,
    pub mine: i32,
    pub to_judge: i32,
    pub to_recheck: i32,
    pub overdue: i32,
    pub findings: i32,
}

/// Tasks that the viewer sees.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "RectificationList")]
pub struct List {
    pub counts: Counts,
    pub rows: Vec<Row>,
}

/// Where a task comes from.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "RectificationOrigin")]
pub struct Origin {
    pub kind: RectificationSource,
    pub at: DateTime<Utc>,
    pub complaint: Option<ComplaintId>,
    pub number: Option<String>,
    pub bad_rating: Option<BadRatingId>,
    pub finding: Option<String>,
}

/// A line in the log of a task.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "RectificationEvent")]
pub struct Event {
    pub id: RectificationEventId,
    pub action: RectificationAction,
    pub status: RectificationStatus,
    pub at: DateTime<Utc>,
    pub actor: Option<String>,
    pub body: Option<String>,
    pub on: Option<NaiveDate>,
    pub files: Vec<AttachedFile>,
}

/// A task with everything about it.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "RectificationPage")]
pub struct Page {
    pub row: Row,
    pub opener: Option<String>,
    pub origins: Vec<Origin>,
    pub events: Vec<Event>,
    pub actions: Vec<RectificationAction>,
    pub plans: Vec<Plan>,
    pub may_improve: bool,
}

#[derive(cynic::InputObject)]
pub struct RecordFindingInput {
    pub on: NaiveDate,
    pub supervision: SupervisionKind,
    pub area: FindingArea,
    pub post: Option<PostId>,
    pub department: Option<DepartmentId>,
    pub description: String,
    pub files: Option<Vec<AttachmentId>>,
}

#[derive(cynic::InputObject)]
pub struct DismissFindingInput {
    pub id: FindingId,
    pub version: i32,
    pub reason: String,
}

#[derive(cynic::InputObject)]
pub struct RectifyFindingInput {
    pub id: FindingId,
    pub version: i32,
    pub problem: String,
    pub cause: RectificationCause,
    pub owner: Option<StaffId>,
    pub days: Option<i32>,
}

#[derive(cynic::InputObject)]
pub struct RectifyComplaintInput {
    pub id: ComplaintId,
    pub problem: String,
    pub cause: RectificationCause,
    pub post: Option<PostId>,
    pub owner: Option<StaffId>,
    pub days: Option<i32>,
}

#[derive(cynic::InputObject)]
pub struct OpenBadRatingTaskInput {
    pub id: BadRatingId,
    pub problem: String,
    pub cause: RectificationCause,
    pub owner: Option<StaffId>,
    pub days: Option<i32>,
}

#[derive(cynic::InputObject)]
pub struct OpenAuditFindingTaskInput {
    pub id: AuditFindingId,
    pub problem: String,
    pub cause: RectificationCause,
    pub owner: Option<StaffId>,
    pub days: Option<i32>,
}

#[derive(cynic::InputObject)]
pub struct AssignRectificationInput {
    pub id: RectificationTaskId,
    pub version: i32,
    pub owner: StaffId,
    pub days: Option<i32>,
}

#[derive(cynic::InputObject)]
pub struct PlanRectificationInput {
    pub id: RectificationTaskId,
    pub version: i32,
    pub root_cause: String,
    pub immediate_fix: Option<String>,
    pub measures: String,
}

#[derive(cynic::InputObject)]
pub struct RectificationStepInput {
    pub id: RectificationTaskId,
    pub version: i32,
    pub note: Option<String>,
}

#[derive(cynic::InputObject)]
pub struct SendRectificationBackInput {
    pub id: RectificationTaskId,
    pub version: i32,
    pub reason: String,
    pub days: Option<i32>,
}

#[derive(cynic::InputObject)]
pub struct ProveRectificationInput {
    pub id: RectificationTaskId,
    pub version: i32,
    pub text: String,
    pub files: Option<Vec<AttachmentId>>,
}

#[derive(cynic::InputObject)]
pub struct NoteRectificationInput {
    pub id: RectificationTaskId,
    pub text: String,
}

/// What was written down; the page then asks for all of it.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "Finding")]
pub struct FindingDone {
    #[expect(dead_code, reason = "a selection cannot be empty")]
    id: FindingId,
}

/// The same of a task.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "RectificationTask")]
pub struct Done {
    pub id: RectificationTaskId,
}

questions! {
    record_finding = "recordFinding" (RecordFindingInput) -> FindingDone;
    dismiss_finding = "dismissFinding" (DismissFindingInput) -> FindingDone;
    rectify_finding = "rectifyFinding" (RectifyFindingInput) -> Done;
    rectify_complaint = "rectifyComplaint" (RectifyComplaintInput) -> Done;
    open_bad_rating_task = "openBadRatingTask" (OpenBadRatingTaskInput) -> Done;
    open_audit_finding_task = "openAuditFindingTask" (OpenAuditFindingTaskInput) -> Done;
    assign_rectification = "assignRectification" (AssignRectificationInput) -> Done;
    plan_rectification = "planRectification" (PlanRectificationInput) -> Done;
    agree_rectification = "agreeRectification" (RectificationStepInput) -> Done;
    send_rectification_back = "sendRectificationBack" (SendRectificationBackInput) -> Done;
    submit_rectification = "submitRectification" (ProveRectificationInput) -> Done;
    accept_rectification = "acceptRectification" (RectificationStepInput) -> Done;
    recheck_rectification = "recheckRectification" (ProveRectificationInput) -> Done;
    close_rectification = "closeRectification" (RectificationStepInput) -> Done;
    note_rectification = "noteRectification" (NoteRectificationInput) -> Done;
}

/// What a list of tasks is narrowed by.
#[derive(cynic::QueryVariables, Clone, Debug, Default, PartialEq)]
pub struct Asked {
    pub queue: Option<RectificationQueue>,
    pub status: Option<RectificationStatus>,
    pub source: Option<RectificationSource>,
    pub post: Option<PostId>,
    pub search: Option<String>,
    pub complaint: Option<ComplaintId>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "Asked")]
struct ListQuery {
    #[arguments(queue: $queue, status: $status, source: $source, post: $post, search: $search, complaint: $complaint)]
    rectifications: List,
}

/// The tasks that the viewer sees.
///
/// # Errors
/// Whatever the server or the network says; so in all below.
pub async fn tasks(asked: Asked) -> Result<List, ApiError> {
    Ok(run(ListQuery::build(asked)).await?.rectifications)
}

#[derive(cynic::QueryVariables)]
struct OfTask {
    id: RectificationTaskId,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "OfTask")]
struct TaskQuery {
    #[arguments(id: $id)]
    rectification: Page,
}

/// One task.
pub async fn task(id: RectificationTaskId) -> Result<Page, ApiError> {
    Ok(run(TaskQuery::build(OfTask { id })).await?.rectification)
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query")]
struct FindingsQuery {
    findings: Vec<FindingRow>,
}

/// What supervision found.
pub async fn findings() -> Result<Vec<FindingRow>, ApiError> {
    Ok(run(FindingsQuery::build(())).await?.findings)
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query")]
struct DepartmentsQuery {
    departments: Vec<Department>,
}

/// The center's departments.
pub async fn departments() -> Result<Vec<Department>, ApiError> {
    Ok(run(DepartmentsQuery::build(())).await?.departments)
}

/// A post to choose.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "Post")]
pub struct PostChoice {
    pub id: PostId,
    pub name: String,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query")]
struct PostsQuery {
    posts: Vec<PostChoice>,
}

/// The center's posts.
pub async fn posts() -> Result<Vec<PostChoice>, ApiError> {
    Ok(run(PostsQuery::build(())).await?.posts)
}
