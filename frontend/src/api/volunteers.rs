//! Services of volunteers, and the volunteers themselves.

use chrono::{DateTime, NaiveDate, Utc};
use cynic::QueryBuilder;
use domain::{
    PostId, ServiceRecordId, StaffId,
    volunteers::{ConfirmationMeans, ServiceRecordAction, ServiceRecordStatus, ServiceType, VolunteerLack},
};

use super::{ApiError, account::questions, run, schema};

/// A service.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "VolunteerServiceRecord")]
pub struct Record {
    pub id: ServiceRecordId,
    pub version: i32,
    pub on: NaiveDate,
    pub start: String,
    pub end: String,
    pub minutes: i32,
    pub service: ServiceType,
    pub recipients: i32,
    pub description: Option<String>,
    pub status: ServiceRecordStatus,
    pub disputed: bool,
    pub means: Option<ConfirmationMeans>,
    pub asked_at: Option<DateTime<Utc>>,
    pub due_on: Option<NaiveDate>,
    pub decided_at: Option<DateTime<Utc>>,
    pub purge_on: Option<NaiveDate>,
}

/// A service with whose it is.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "VolunteerServiceRow")]
pub struct Row {
    pub record: Record,
    pub name: String,
    pub days_left: Option<i32>,
}

/// A volunteers' post.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "VolunteerPost")]
pub struct Post {
    pub id: PostId,
    pub name: String,
    pub location: Option<String>,
}

/// How many of a post's services were confirmed.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "VolunteerPostRate")]
pub struct PostRate {
    pub post: Post,
    pub decided: i32,
    pub confirmed: i32,
    pub disputed: i32,
    pub rate: Option<i32>,
}

/// A look at somebody's kit, or a word that they can work alone.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "VolunteerCheck")]
pub struct Check {
    pub on: NaiveDate,
    pub vest: Option<bool>,
    pub armband: Option<bool>,
    pub note: Option<String>,
    pub by: String,
}

/// A volunteer.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "VolunteerPerson")]
pub struct Volunteer {
    pub id: StaffId,
    pub name: String,
    pub confirmed_minutes: i32,
    pub minutes: i32,
    pub records: i32,
    pub inducted_on: Option<NaiveDate>,
    pub kit: Option<Check>,
    pub competence: Option<Check>,
    pub lacks: Vec<VolunteerLack>,
    pub may_check: bool,
    pub may_sign: bool,
}

/// Everything that the viewer sees.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "VolunteerBoard")]
pub struct Board {
    pub year: i32,
    pub serves: Vec<Post>,
    pub waiting: Vec<Row>,
    pub recent: Vec<Row>,
    pub people: Vec<Volunteer>,
    pub rates: Vec<PostRate>,
    pub kit_days: i32,
    pub rate_least: i32,
}

/// One service with everything about it.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "ServiceRecordPage")]
pub struct Page {
    pub row: Row,
    pub post: Post,
    pub witness: Option<String>,
    pub statement: Option<String>,
    pub tail: Option<String>,
    pub signature: Option<String>,
    pub actions: Vec<ServiceRecordAction>,
}

/// A code for the phone of whoever was served.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "ServiceCode")]
pub struct Code {
    pub url: String,
    pub picture: Vec<String>,
    pub until: DateTime<Utc>,
}

#[derive(cynic::InputObject)]
pub struct WriteServiceRecordInput {
    pub post: PostId,
    pub on: NaiveDate,
    pub start: String,
    pub end: String,
    pub service: ServiceType,
    pub recipients: i32,
    pub description: Option<String>,
}

#[derive(cynic::InputObject)]
pub struct EditServiceRecordInput {
    pub id: ServiceRecordId,
    pub version: i32,
    pub on: NaiveDate,
    pub start: String,
    pub end: String,
    pub service: ServiceType,
    pub recipients: i32,
    pub description: Option<String>,
}

#[derive(cynic::InputObject)]
pub struct SeenServiceRecordInput {
    pub id: ServiceRecordId,
    pub version: i32,
}

#[derive(cynic::InputObject)]
pub struct ShowServiceCodeInput {
    pub id: ServiceRecordId,
    pub version: i32,
    pub origin: String,
}

#[derive(cynic::InputObject)]
pub struct SignServiceRecordInput {
    pub id: ServiceRecordId,
    pub version: i32,
    pub strokes: String,
}

#[derive(cynic::InputObject)]
pub struct WitnessServiceRecordInput {
    pub id: ServiceRecordId,
    pub version: i32,
    pub tail: String,
    pub statement: String,
}

#[derive(cynic::InputObject)]
pub struct CheckVolunteerKitInput {
    pub staff: StaffId,
    pub vest: bool,
    pub armband: bool,
    pub note: Option<String>,
}

#[derive(cynic::InputObject)]
pub struct SignOffVolunteerInput {
    pub staff: StaffId,
    pub note: String,
}

/// What was begun or done; the page then asks for all of it.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "VolunteerServiceRecord")]
pub struct Done {
    pub id: ServiceRecordId,
}

/// That it was written down.
pub type Written = bool;

questions! {
    write_service_record = "writeServiceRecord" (WriteServiceRecordInput) -> Done;
    edit_service_record = "editServiceRecord" (EditServiceRecordInput) -> Done;
    ask_service_confirmation = "askServiceConfirmation" (SeenServiceRecordInput) -> Done;
    show_service_code = "showServiceCode" (ShowServiceCodeInput) -> Code;
    sign_service_record = "signServiceRecord" (SignServiceRecordInput) -> Done;
    witness_service_record = "witnessServiceRecord" (WitnessServiceRecordInput) -> Done;
    check_volunteer_kit = "checkVolunteerKit" (CheckVolunteerKitInput) -> Written;
    sign_off_volunteer = "signOffVolunteer" (SignOffVolunteerInput) -> Written;
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query")]
struct BoardQuery {
    volunteer_board: Board,
}

/// Everything that the viewer sees.
///
/// # Errors
/// Whatever the server or the network says; so in all below.
pub async fn board() -> Result<Board, ApiError> {
    Ok(run(BoardQuery::build(())).await?.volunteer_board)
}

#[derive(cynic::QueryVariables)]
struct OfRecord {
    id: ServiceRecordId,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "OfRecord")]
struct RecordQuery {
    #[arguments(id: $id)]
    service_record: Page,
}

/// One service.
pub async fn record(id: ServiceRecordId) -> Result<Page, ApiError> {
    Ok(run(RecordQuery::build(OfRecord { id })).await?.service_record)
}
