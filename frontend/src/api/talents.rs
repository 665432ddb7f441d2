//! Talents' requests, and answers to questions of policy.

use chrono::{DateTime, NaiveDate, Utc};
use cynic::QueryBuilder;
use domain::{
    PolicyAnswerId, PostId, StaffId, TalentAppointmentId, TalentEventId, TalentRequestId,
    complaints::HandlingSatisfaction,
    talents::{
        AppointmentStatus, TalentAction, TalentChannel, TalentField, TalentMatter, TalentStatus, TalentType, TellMode,
    },
};

use super::{ApiError, account::questions, run, schema};

/// A request, without who it is.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "TalentRequest")]
pub struct Request {
    pub id: TalentRequestId,
    pub version: i32,
    pub kind: TalentType,
    pub enterprise: Option<String>,
    pub field: TalentField,
    pub channel: TalentChannel,
    pub matter: TalentMatter,
    pub key_project: bool,
    pub status: TalentStatus,
    pub name: Option<String>,
    pub phone: Option<String>,
    pub steward: Option<StaffId>,
    pub requested_at: DateTime<Utc>,
    pub progress_due_on: Option<NaiveDate>,
    pub next_contact_on: Option<NaiveDate>,
    pub told_on: Option<NaiveDate>,
    pub finished_at: Option<DateTime<Utc>>,
    pub satisfaction: Option<HandlingSatisfaction>,
    pub purge_on: Option<NaiveDate>,
}

/// A request in a list.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "TalentRow")]
pub struct Row {
    pub request: Request,
    pub overdue: bool,
    pub contact_passed: bool,
}

/// A talent post.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "TalentPost")]
pub struct Post {
    pub id: PostId,
    pub name: String,
}

/// Somebody's name.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "TalentPerson")]
pub struct Person {
    pub id: StaffId,
    pub name: String,
}

/// Somebody at a talent post, with what is asked of them.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "TalentSteward")]
pub struct Steward {
    pub id: StaffId,
    pub name: String,
    pub senior_since: Option<NaiveDate>,
    pub trained_on: Option<NaiveDate>,
}

/// Everything at the center's talent posts.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "TalentList")]
pub struct List {
    pub posts: Vec<Post>,
    pub mine: Vec<Row>,
    pub open: Vec<Row>,
    pub over: Vec<Row>,
    pub stewards: Vec<Steward>,
    pub people: Vec<Person>,
    pub directs: bool,
}

/// A line in the log.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "TalentEvent")]
pub struct Event {
    pub id: TalentEventId,
    pub action: Option<TalentAction>,
    pub status: TalentStatus,
    pub at: DateTime<Utc>,
    pub actor: String,
    pub body: Option<String>,
    pub on: Option<NaiveDate>,
    pub mode: Option<TellMode>,
    pub outcome: Option<AppointmentStatus>,
}

/// An appointment.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "TalentAppointment")]
pub struct Appointment {
    pub id: TalentAppointmentId,
    pub at: DateTime<Utc>,
    pub place: Option<String>,
    pub status: AppointmentStatus,
}

/// A request with everything about it.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "TalentPage")]
pub struct Page {
    pub row: Row,
    pub post: Post,
    pub description: Option<String>,
    pub result: Option<String>,
    pub events: Vec<Event>,
    pub appointments: Vec<Appointment>,
    pub people: Vec<Person>,
    pub stewards: Vec<Steward>,
    pub actions: Vec<TalentAction>,
    pub reveals: bool,
}

/// Who a talent is.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "TalentContact")]
pub struct Contact {
    pub name: Option<String>,
    pub phone: Option<String>,
}

/// A question of policy with its answer.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "PolicyAnswer")]
pub struct Answer {
    pub id: PolicyAnswerId,
    pub version: i32,
    pub question: String,
    pub answer: String,
    pub source: String,
    pub source_on: NaiveDate,
    pub reviewed_on: NaiveDate,
}

/// An answer in a list.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "PolicyAnswerRow")]
pub struct AnswerRow {
    pub answer: Answer,
    pub review_due_on: Option<NaiveDate>,
    pub overdue: bool,
}

/// Answers that were looked for.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "PolicyAnswerList")]
pub struct AnswerList {
    pub answers: Vec<AnswerRow>,
    pub may_keep: bool,
}

#[derive(cynic::InputObject)]
pub struct TakeTalentRequestInput {
    pub post: PostId,
    pub name: String,
    pub phone: String,
    pub kind: TalentType,
    pub enterprise: Option<String>,
    pub field: TalentField,
    pub channel: TalentChannel,
    pub matter: TalentMatter,
    pub description: String,
    pub key_project: bool,
}

#[derive(cynic::InputObject)]
pub struct SeenTalentRequestInput {
    pub id: TalentRequestId,
    pub version: i32,
}

#[derive(cynic::InputObject)]
pub struct AssignTalentRequestInput {
    pub id: TalentRequestId,
    pub version: i32,
    pub steward: StaffId,
}

#[derive(cynic::InputObject)]
pub struct NoteTalentProgressInput {
    pub id: TalentRequestId,
    pub version: i32,
    pub text: String,
    pub next_contact_on: Option<NaiveDate>,
}

#[derive(cynic::InputObject)]
pub struct TellTalentInput {
    pub id: TalentRequestId,
    pub version: i32,
    pub on: NaiveDate,
    pub mode: TellMode,
    pub text: String,
    pub next_contact_on: Option<NaiveDate>,
}

#[derive(cynic::InputObject)]
pub struct SettleTalentRequestInput {
    pub id: TalentRequestId,
    pub version: i32,
    pub result: String,
}

#[derive(cynic::InputObject)]
pub struct WithdrawTalentRequestInput {
    pub id: TalentRequestId,
    pub version: i32,
    pub reason: String,
}

#[derive(cynic::InputObject)]
pub struct PlanTalentContactInput {
    pub id: TalentRequestId,
    pub version: i32,
    pub on: Option<NaiveDate>,
}

#[derive(cynic::InputObject)]
pub struct MakeTalentAppointmentInput {
    pub id: TalentRequestId,
    pub version: i32,
    pub on: NaiveDate,
    pub time: String,
    pub place: String,
}

#[derive(cynic::InputObject)]
pub struct EndTalentAppointmentInput {
    pub id: TalentRequestId,
    pub version: i32,
    pub appointment: TalentAppointmentId,
    pub outcome: AppointmentStatus,
}

#[derive(cynic::InputObject)]
pub struct RateTalentServiceInput {
    pub id: TalentRequestId,
    pub version: i32,
    pub satisfaction: HandlingSatisfaction,
    pub comment: Option<String>,
}

#[derive(cynic::InputObject)]
pub struct RevealTalentInput {
    pub id: TalentRequestId,
    pub reason: String,
}

#[derive(cynic::InputObject)]
pub struct MarkSeniorClerkInput {
    pub staff: StaffId,
    pub since: Option<NaiveDate>,
}

#[derive(cynic::InputObject)]
pub struct PolicyAnswerInput {
    pub question: String,
    pub answer: String,
    pub source: String,
    pub source_on: NaiveDate,
}

#[derive(cynic::InputObject)]
pub struct EditPolicyAnswerInput {
    pub id: PolicyAnswerId,
    pub version: i32,
    pub question: String,
    pub answer: String,
    pub source: String,
    pub source_on: NaiveDate,
}

#[derive(cynic::InputObject)]
pub struct SeenPolicyAnswerInput {
    pub id: PolicyAnswerId,
    pub version: i32,
}

/// What was begun or done; the page then asks for all of it.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "TalentRequest")]
pub struct Done {
    #[expect(dead_code, reason = "a selection cannot be empty")]
    id: TalentRequestId,
}

/// The same of an answer.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "PolicyAnswer")]
pub struct AnswerDone {
    #[expect(dead_code, reason = "a selection cannot be empty")]
    id: PolicyAnswerId,
}

questions! {
    take_talent_request = "takeTalentRequest" (TakeTalentRequestInput) -> Done;
    assign_talent_request = "assignTalentRequest" (AssignTalentRequestInput) -> Done;
    note_talent_progress = "noteTalentProgress" (NoteTalentProgressInput) -> Done;
    tell_talent = "tellTalent" (TellTalentInput) -> Done;
    settle_talent_request = "settleTalentRequest" (SettleTalentRequestInput) -> Done;
    complete_talent_request = "completeTalentRequest" (SeenTalentRequestInput) -> Done;
    withdraw_talent_request = "withdrawTalentRequest" (WithdrawTalentRequestInput) -> Done;
    plan_talent_contact = "planTalentContact" (PlanTalentContactInput) -> Done;
    make_talent_appointment = "makeTalentAppointment" (MakeTalentAppointmentInput) -> Done;
    end_talent_appointment = "endTalentAppointment" (EndTalentAppointmentInput) -> Done;
    rate_talent_service = "rateTalentService" (RateTalentServiceInput) -> Done;
    reveal_talent = "revealTalent" (RevealTalentInput) -> Contact;
    mark_senior_clerk = "markSeniorClerk" (MarkSeniorClerkInput) -> Person;
    add_policy_answer = "addPolicyAnswer" (PolicyAnswerInput) -> AnswerDone;
    edit_policy_answer = "editPolicyAnswer" (EditPolicyAnswerInput) -> AnswerDone;
    review_policy_answer = "reviewPolicyAnswer" (SeenPolicyAnswerInput) -> AnswerDone;
    withdraw_policy_answer = "withdrawPolicyAnswer" (SeenPolicyAnswerInput) -> AnswerDone;
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query")]
struct ListQuery {
    talent_requests: List,
}

/// Everything at the center's talent posts.
///
/// # Errors
/// Whatever the server or the network says; so in all below.
pub async fn requests() -> Result<List, ApiError> {
    Ok(run(ListQuery::build(())).await?.talent_requests)
}

#[derive(cynic::QueryVariables)]
struct OfRequest {
    id: TalentRequestId,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "OfRequest")]
struct RequestQuery {
    #[arguments(id: $id)]
    talent_request: Page,
}

/// One request.
pub async fn request(id: TalentRequestId) -> Result<Page, ApiError> {
    Ok(run(RequestQuery::build(OfRequest { id })).await?.talent_request)
}

#[derive(cynic::QueryVariables)]
struct Words {
    search: Option<String>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "Words")]
struct AnswersQuery {
    #[arguments(search: $search)]
    policy_answers: AnswerList,
}

/// Answers that hold `search`.
pub async fn answers(search: String) -> Result<AnswerList, ApiError> {
    Ok(run(AnswersQuery::build(Words { search: Some(search) })).await?.policy_answers)
}
