//! Cases at windows.

use chrono::{DateTime, NaiveDate, Utc};
use cynic::QueryBuilder;
use domain::{
    PostId, ServiceCaseEventId, ServiceCaseId, ServiceItemId,
    handling::{ServiceCaseAction, ServiceCaseQueue, ServiceCaseStatus},
};

use super::{ApiError, account::questions, run, schema};

/// A case, without who it is for.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "ServiceCase")]
pub struct Case {
    pub id: ServiceCaseId,
    pub version: i32,
    pub external_no: String,
    pub status: ServiceCaseStatus,
    pub received_at: DateTime<Utc>,
    pub promised_days: Option<i32>,
    pub due_on: Option<NaiveDate>,
    pub pickup_at: Option<DateTime<Utc>>,
    pub pickup_place: Option<String>,
    pub result_ready_at: Option<DateTime<Utc>>,
    pub at_window_at: Option<DateTime<Utc>>,
    pub collected_at: Option<DateTime<Utc>>,
    pub archive_due_on: Option<NaiveDate>,
    pub archived_at: Option<DateTime<Utc>>,
    pub archive_ref: Option<String>,
    pub purge_on: Option<NaiveDate>,
}

/// A case in a list.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "ServiceCaseRow")]
pub struct Row {
    pub case: Case,
    pub item: String,
    pub post: String,
    pub late: bool,
    pub unfiled: bool,
}

/// How many cases there are.
#[derive(cynic::QueryFragment, Clone, Copy, Debug)]
#[cynic(graphql_type = "ServiceCaseCounts")]
pub struct Counts {
    pub open: i32,
    pub late: i32,
    pub to_archive: i32,
    pub unfiled: i32,
}

/// Cases at the viewer's windows.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "ServiceCaseList")]
pub struct List {
    pub counts: Counts,
    pub rows: Vec<Row>,
    pub may_receive: bool,
}

/// A line in the log.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "ServiceCaseEvent")]
pub struct Event {
    pub id: ServiceCaseEventId,
    pub action: Option<ServiceCaseAction>,
    pub status: ServiceCaseStatus,
    pub at: DateTime<Utc>,
    pub actor: String,
    pub body: Option<String>,
}

/// A case with everything about it.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "ServiceCasePage")]
pub struct Page {
    pub row: Row,
    pub recipient: Option<String>,
    pub reason: Option<String>,
    pub events: Vec<Event>,
    pub actions: Vec<ServiceCaseAction>,
    pub today: NaiveDate,
}

/// A window where the viewer may receive cases.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "ServiceCaseWindow")]
pub struct Window {
    pub id: PostId,
    pub name: String,
    pub takes_in: bool,
}

/// An item about which the viewer may receive cases.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "ServiceCaseItem")]
pub struct Item {
    pub id: ServiceItemId,
    pub code: String,
    pub name: String,
    pub post: Option<PostId>,
}

/// Where the viewer may receive what.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "ServiceCaseChoices")]
pub struct Choices {
    pub windows: Vec<Window>,
    pub items: Vec<Item>,
}

#[derive(cynic::InputObject)]
pub struct ReceiveServiceCaseInput {
    pub post: PostId,
    pub item: ServiceItemId,
    pub external_no: String,
    pub recipient: Option<String>,
}

#[derive(cynic::InputObject)]
pub struct SeenServiceCaseInput {
    pub id: ServiceCaseId,
    pub version: i32,
}

#[derive(cynic::InputObject)]
pub struct AcceptServiceCaseInput {
    pub id: ServiceCaseId,
    pub version: i32,
    pub days: Option<i32>,
    pub on: Option<NaiveDate>,
}

#[derive(cynic::InputObject)]
pub struct AskServiceCaseCorrectionInput {
    pub id: ServiceCaseId,
    pub version: i32,
    pub missing: String,
}

#[derive(cynic::InputObject)]
pub struct RefuseServiceCaseInput {
    pub id: ServiceCaseId,
    pub version: i32,
    pub reason: String,
    pub pickup_at: Option<DateTime<Utc>>,
    pub pickup_place: String,
}

#[derive(cynic::InputObject)]
pub struct ArchiveServiceCaseInput {
    pub id: ServiceCaseId,
    pub version: i32,
    pub reference: String,
}

/// What was begun or done; the page then asks for all of it.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "ServiceCase")]
pub struct Done {
    #[expect(dead_code, reason = "a selection cannot be empty")]
    id: ServiceCaseId,
}

questions! {
    receive_service_case = "receiveServiceCase" (ReceiveServiceCaseInput) -> Done;
    accept_service_case = "acceptServiceCase" (AcceptServiceCaseInput) -> Done;
    ask_service_case_correction = "askServiceCaseCorrection" (AskServiceCaseCorrectionInput) -> Done;
    refuse_service_case = "refuseServiceCase" (RefuseServiceCaseInput) -> Done;
    resume_service_case = "resumeServiceCase" (SeenServiceCaseInput) -> Done;
    return_service_case_papers = "returnServiceCasePapers" (SeenServiceCaseInput) -> Done;
    begin_service_case_approval = "beginServiceCaseApproval" (SeenServiceCaseInput) -> Done;
    finish_service_case_result = "finishServiceCaseResult" (SeenServiceCaseInput) -> Done;
    deliver_service_case_result = "deliverServiceCaseResult" (SeenServiceCaseInput) -> Done;
    collect_service_case_result = "collectServiceCaseResult" (SeenServiceCaseInput) -> Done;
    archive_service_case = "archiveServiceCase" (ArchiveServiceCaseInput) -> Done;
}

/// What a list is narrowed by.
#[derive(cynic::QueryVariables, Clone, Debug, PartialEq)]
pub struct Asked {
    pub queue: Option<ServiceCaseQueue>,
    pub status: Option<ServiceCaseStatus>,
    pub search: Option<String>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "Asked")]
struct ListQuery {
    #[arguments(queue: $queue, status: $status, search: $search)]
    service_cases: List,
}

/// The cases that the viewer sees.
///
/// # Errors
/// Whatever the server or the network says; so in all below.
pub async fn cases(asked: Asked) -> Result<List, ApiError> {
    Ok(run(ListQuery::build(asked)).await?.service_cases)
}

#[derive(cynic::QueryVariables)]
struct OfCase {
    id: ServiceCaseId,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "OfCase")]
struct CaseQuery {
    #[arguments(id: $id)]
    service_case: Page,
}

/// One case.
pub async fn case(id: ServiceCaseId) -> Result<Page, ApiError> {
    Ok(run(CaseQuery::build(OfCase { id })).await?.service_case)
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query")]
struct ChoicesQuery {
    service_case_choices: Choices,
}

/// Where the viewer may receive what.
pub async fn choices() -> Result<Choices, ApiError> {
    Ok(run(ChoicesQuery::build(())).await?.service_case_choices)
}
