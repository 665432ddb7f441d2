//! Services of care windows.

use chrono::{DateTime, NaiveDate, Utc};
use cynic::QueryBuilder;
use domain::{
    CareEventId, CareRecordId, PostId, StaffId,
    care::{CareAction, CareMode, CareStatus, RecipientCategory},
    complaints::HandlingSatisfaction,
};

use super::{ApiError, account::questions, run, schema};

/// A service, without who it is for.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "CareRecord")]
pub struct Record {
    pub id: CareRecordId,
    pub version: i32,
    pub category: RecipientCategory,
    pub mode: CareMode,
    pub status: CareStatus,
    pub name: Option<String>,
    pub phone: Option<String>,
    pub has_contact: bool,
    pub guide: Option<StaffId>,
    pub receiver: Option<StaffId>,
    pub visitor: Option<StaffId>,
    pub companion: Option<StaffId>,
    pub greeted_at: DateTime<Utc>,
    pub started_at: Option<DateTime<Utc>>,
    pub booked_for: Option<NaiveDate>,
    pub due_on: Option<NaiveDate>,
    pub visited_at: Option<DateTime<Utc>>,
    pub finished_at: Option<DateTime<Utc>>,
    pub satisfaction: Option<HandlingSatisfaction>,
    pub purge_on: Option<NaiveDate>,
}

/// A service in a list.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "CareRow")]
pub struct Row {
    pub record: Record,
    pub slow: bool,
    pub late: bool,
}

/// A care window.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "CareWindow")]
pub struct Window {
    pub id: PostId,
    pub name: String,
}

/// Somebody's name.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "CarePerson")]
pub struct Person {
    pub id: StaffId,
    pub name: String,
}

/// Everything at the viewer's windows.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "CareList")]
pub struct List {
    pub windows: Vec<Window>,
    pub open: Vec<Row>,
    pub over: Vec<Row>,
    pub people: Vec<Person>,
}

/// A line in the log.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "CareEvent")]
pub struct Event {
    pub id: CareEventId,
    pub action: Option<CareAction>,
    pub status: CareStatus,
    pub at: DateTime<Utc>,
    pub actor: String,
    pub body: Option<String>,
}

/// A service with everything about it.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "CarePage")]
pub struct Page {
    pub row: Row,
    pub window: Window,
    pub need: Option<String>,
    pub events: Vec<Event>,
    pub people: Vec<Person>,
    pub actions: Vec<CareAction>,
}

/// How to reach somebody.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "CareContact")]
pub struct Contact {
    pub name: Option<String>,
    pub phone: Option<String>,
    pub address: Option<String>,
}

#[derive(cynic::InputObject)]
pub struct GreetCareRecipientInput {
    pub post: PostId,
    pub category: RecipientCategory,
    pub mode: CareMode,
    pub guide: Option<StaffId>,
}

#[derive(cynic::InputObject)]
pub struct BookHomeVisitInput {
    pub post: PostId,
    pub category: RecipientCategory,
    pub need: String,
    pub name: String,
    pub phone: String,
    pub address: String,
    pub on: NaiveDate,
}

#[derive(cynic::InputObject)]
pub struct SeenCareInput {
    pub id: CareRecordId,
    pub version: i32,
}

#[derive(cynic::InputObject)]
pub struct RecordCareNeedInput {
    pub id: CareRecordId,
    pub version: i32,
    pub need: String,
}

#[derive(cynic::InputObject)]
pub struct HandCareOverInput {
    pub id: CareRecordId,
    pub version: i32,
    pub receiver: StaffId,
    pub note: Option<String>,
}

#[derive(cynic::InputObject)]
pub struct AssignHomeVisitInput {
    pub id: CareRecordId,
    pub version: i32,
    pub visitor: StaffId,
    pub companion: Option<StaffId>,
}

#[derive(cynic::InputObject)]
pub struct RescheduleHomeVisitInput {
    pub id: CareRecordId,
    pub version: i32,
    pub on: NaiveDate,
    pub reason: String,
}

#[derive(cynic::InputObject)]
pub struct RecordHomeVisitInput {
    pub id: CareRecordId,
    pub version: i32,
    pub note: Option<String>,
}

#[derive(cynic::InputObject)]
pub struct FinishCareInput {
    pub id: CareRecordId,
    pub version: i32,
    pub outcome: String,
}

#[derive(cynic::InputObject)]
pub struct CancelCareInput {
    pub id: CareRecordId,
    pub version: i32,
    pub reason: String,
}

#[derive(cynic::InputObject)]
pub struct AddCareNoteInput {
    pub id: CareRecordId,
    pub version: i32,
    pub text: String,
}

#[derive(cynic::InputObject)]
pub struct RateCareInput {
    pub id: CareRecordId,
    pub version: i32,
    pub satisfaction: HandlingSatisfaction,
    pub comment: Option<String>,
}

#[derive(cynic::InputObject)]
pub struct RevealCareContactInput {
    pub id: CareRecordId,
    pub reason: String,
}

/// What was begun or done; the page then asks for all of it.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "CareRecord")]
pub struct Done {
    #[expect(dead_code, reason = "a selection cannot be empty")]
    id: CareRecordId,
}

questions! {
    greet_care_recipient = "greetCareRecipient" (GreetCareRecipientInput) -> Done;
    book_home_visit = "bookHomeVisit" (BookHomeVisitInput) -> Done;
    record_care_need = "recordCareNeed" (RecordCareNeedInput) -> Done;
    handle_care_here = "handleCareHere" (SeenCareInput) -> Done;
    hand_care_over = "handCareOver" (HandCareOverInput) -> Done;
    assign_home_visit = "assignHomeVisit" (AssignHomeVisitInput) -> Done;
    reschedule_home_visit = "rescheduleHomeVisit" (RescheduleHomeVisitInput) -> Done;
    record_home_visit = "recordHomeVisit" (RecordHomeVisitInput) -> Done;
    finish_care = "finishCare" (FinishCareInput) -> Done;
    cancel_care = "cancelCare" (CancelCareInput) -> Done;
    add_care_note = "addCareNote" (AddCareNoteInput) -> Done;
    rate_care = "rateCare" (RateCareInput) -> Done;
    reveal_care_contact = "revealCareContact" (RevealCareContactInput) -> Contact;
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query")]
struct ListQuery {
    care_records: List,
}

/// Everything at the viewer's windows.
///
/// # Errors
/// Whatever the server or the network says; so in all below.
pub async fn records() -> Result<List, ApiError> {
    Ok(run(ListQuery::build(())).await?.care_records)
}

#[derive(cynic::QueryVariables)]
struct OfRecord {
    id: CareRecordId,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "OfRecord")]
struct RecordQuery {
    #[arguments(id: $id)]
    care_record: Page,
}

/// One service.
pub async fn record(id: CareRecordId) -> Result<Page, ApiError> {
    Ok(run(RecordQuery::build(OfRecord { id })).await?.care_record)
}
