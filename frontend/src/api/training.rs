//! Trainings and tests.

use chrono::NaiveDate;
use cynic::QueryBuilder;
use domain::{
    PostId, StaffId, TrainingId,
    training::{SessionKind, SessionStatus, TestResult, Topic},
};

use super::{ApiError, account::questions, run, schema};

/// A training session or skill test.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "TrainingSession")]
pub struct Session {
    pub id: TrainingId,
    pub version: i32,
    pub on: NaiveDate,
    pub start: String,
    pub hours: i32,
    pub kind: SessionKind,
    pub topic: Topic,
    pub title: String,
    pub trainer: Option<String>,
    pub place: Option<String>,
    pub unscheduled: bool,
    pub status: SessionStatus,
    pub cancel_reason: Option<String>,
    pub passed_or_failed: bool,
}

/// A session in a list.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "TrainingRow")]
pub struct SessionRow {
    pub session: Session,
    pub attended: i32,
    pub absent: i32,
    pub passed: i32,
}

/// How somebody took part.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "TrainingMark")]
pub struct Mark {
    pub staff: StaffId,
    pub attended: bool,
    pub result: Option<TestResult>,
    pub score: Option<i32>,
}

/// Somebody, with their number.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "StaffName")]
pub struct Person {
    pub id: StaffId,
    pub staff_no: String,
    pub name: String,
}

/// A session with who took part.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "TrainingPage")]
pub struct SessionPage {
    pub session: Session,
    pub marks: Vec<Mark>,
    pub people: Vec<Person>,
}

/// Somebody who was trained too seldom.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "UntrainedPerson")]
pub struct Untrained {
    pub staff: StaffId,
    pub times: i32,
    pub posts: Vec<PostId>,
}

/// A post by its name.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "Post")]
pub struct PostName {
    pub id: PostId,
    pub name: String,
}

/// How far a year's people are trained.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "TrainingCoverage")]
pub struct Coverage {
    pub asked: i32,
    pub total: i32,
    pub trained: i32,
    pub missing: Vec<Untrained>,
    pub trainings: i32,
    pub tests: i32,
    pub unscheduled_tests: i32,
    pub posts: Vec<PostName>,
    pub people: Vec<Person>,
}

/// The viewer's own part in a session.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "OwnTrainingMark")]
pub struct OwnMark {
    pub session: Session,
    pub mark: Mark,
}

/// What the viewer sees of trainings.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "OwnTrainingPage")]
pub struct Own {
    pub on_staff: bool,
    pub year: i32,
    pub times: i32,
    pub asked: i32,
    pub ahead: Vec<Session>,
    pub marks: Vec<OwnMark>,
}

#[derive(cynic::InputObject)]
pub struct TrainingInput {
    pub on: NaiveDate,
    pub start: String,
    pub hours: i32,
    pub kind: SessionKind,
    pub topic: Topic,
    pub title: String,
    pub trainer: Option<String>,
    pub place: Option<String>,
    pub unscheduled: bool,
}

#[derive(cynic::InputObject)]
pub struct EditTrainingInput {
    pub id: TrainingId,
    pub version: i32,
    pub on: NaiveDate,
    pub start: String,
    pub hours: i32,
    pub kind: SessionKind,
    pub topic: Topic,
    pub title: String,
    pub trainer: Option<String>,
    pub place: Option<String>,
    pub unscheduled: bool,
}

#[derive(cynic::InputObject)]
pub struct TrainingMarkInput {
    pub staff: StaffId,
    pub attended: bool,
    pub result: Option<TestResult>,
    pub score: Option<i32>,
}

#[derive(cynic::InputObject)]
pub struct RecordAttendanceInput {
    pub id: TrainingId,
    pub version: i32,
    pub marks: Vec<TrainingMarkInput>,
}

#[derive(cynic::InputObject)]
pub struct CancelTrainingInput {
    pub id: TrainingId,
    pub version: i32,
    pub reason: String,
}

/// What was changed; the page then asks for all of it.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "TrainingSession")]
pub struct Done {
    #[expect(dead_code, reason = "a selection cannot be empty")]
    id: TrainingId,
}

questions! {
    plan_training = "planTraining" (TrainingInput) -> Done;
    edit_training = "editTraining" (EditTrainingInput) -> Done;
    record_attendance = "recordAttendance" (RecordAttendanceInput) -> Done;
    cancel_training = "cancelTraining" (CancelTrainingInput) -> Done;
}

#[derive(cynic::QueryVariables)]
pub struct OfYear {
    year: i32,
}

/// A year's sessions, and who is still to be trained in it.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "Query", variables = "OfYear")]
pub struct Year {
    #[arguments(year: $year)]
    pub training_sessions: Vec<SessionRow>,
    #[arguments(year: $year)]
    pub training_coverage: Coverage,
}

/// A year of the center.
///
/// # Errors
/// Whatever the server or the network says; so in all below.
pub async fn year(year: i32) -> Result<Year, ApiError> {
    run(Year::build(OfYear { year })).await
}

#[derive(cynic::QueryVariables)]
struct OfSession {
    id: TrainingId,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "OfSession")]
struct SessionQuery {
    #[arguments(id: $id)]
    training_session: SessionPage,
}

/// One session.
pub async fn session(id: TrainingId) -> Result<SessionPage, ApiError> {
    Ok(run(SessionQuery::build(OfSession { id })).await?.training_session)
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query")]
struct OwnQuery {
    own_training: Own,
}

/// The viewer's own part.
pub async fn own() -> Result<Own, ApiError> {
    Ok(run(OwnQuery::build(())).await?.own_training)
}
