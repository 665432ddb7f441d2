//! What the public asks of the server, without an account.

use chrono::{DateTime, NaiveDate, Utc};
use cynic::{MutationBuilder, QueryBuilder};
use domain::{
    complaints::{
        ComplaintEventKind, ComplaintOutcome, ComplaintStatus, ComplaintSubject, HandlingSatisfaction, PauseReason,
        RefusalGround, ReviewOutcome, Step,
    },
    volunteers::ServiceType,
};

use super::{ApiError, run, schema};

/// A center as its visitors see it.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
pub struct PublicCenter {
    pub code: String,
    pub name_zh: String,
    pub name_en: String,
    pub demo: bool,
    /// The published ways to complain (6.8.2).
    pub channels: Vec<PublicChannel>,
}

/// One published way to complain.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
pub struct PublicChannel {
    pub kind: String,
    pub label_zh: String,
    pub label_en: String,
    pub value_zh: String,
    pub value_en: String,
}

#[derive(cynic::QueryVariables)]
struct CenterVariables {
    code: String,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "CenterVariables")]
struct CenterQuery {
    #[arguments(code: $code)]
    public_center: Option<PublicCenter>,
}

/// The center with a code, if there is one.
pub async fn center(code: String) -> Result<Option<PublicCenter>, ApiError> {
    Ok(run(CenterQuery::build(CenterVariables { code })).await?.public_center)
}

/// What the complainant may know of their case.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
pub struct TrackedComplaint {
    pub number: String,
    pub status: ComplaintStatus,
    pub subject: ComplaintSubject,
    pub received_at: DateTime<Utc>,
    pub due_at: Option<DateTime<Utc>>,
    pub due_step: Option<Step>,
    pub late: bool,
    pub days_left: Option<i32>,
    pub paused: Option<PauseReason>,
    pub steps: Vec<TrackedStep>,
    pub refusal_ground: Option<RefusalGround>,
    pub refusal_reason: Option<String>,
    pub referral: Option<String>,
    pub outcome: Option<ComplaintOutcome>,
    pub reply: Option<String>,
    pub satisfaction: Option<HandlingSatisfaction>,
    pub review_outcome: Option<ReviewOutcome>,
    pub review_reply: Option<String>,
    pub merged_into_number: Option<String>,
    pub may_request_review: bool,
    pub review_until: Option<DateTime<Utc>>,
    pub may_rate: bool,
    /// Lets one rate the center once, for some time after the answer.
    pub rating_token: Option<String>,
}

/// A step that the public may see.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
pub struct TrackedStep {
    pub kind: ComplaintEventKind,
    pub status: ComplaintStatus,
    pub at: DateTime<Utc>,
    pub text: Option<String>,
}

#[derive(cynic::QueryVariables)]
struct TrackVariables {
    center: String,
    receipt_code: String,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "TrackVariables")]
struct TrackQuery {
    #[arguments(center: $center, receiptCode: $receipt_code)]
    track_complaint: Option<TrackedComplaint>,
}

/// The case of a receipt code, if there is one.
pub async fn track(center: String, receipt_code: String) -> Result<Option<TrackedComplaint>, ApiError> {
    Ok(run(TrackQuery::build(TrackVariables { center, receipt_code })).await?.track_complaint)
}

/// The form, as it is sent.
#[derive(cynic::InputObject, Clone, Debug)]
pub struct FileComplaintInput {
    /// Made once per draft: sending it again files nothing twice.
    pub idempotency_key: String,
    pub center: String,
    pub subject: ComplaintSubject,
    pub text: String,
    pub happened_on: Option<NaiveDate>,
    pub place: Option<String>,
    pub window: Option<String>,
    pub name: Option<String>,
    pub phone: Option<String>,
    pub address: Option<String>,
    pub notice_version: String,
}

/// The answer: the only time the receipt code is told.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub struct FiledComplaint {
    pub number: String,
    pub receipt_code: String,
    pub received_at: DateTime<Utc>,
    pub due_at: Option<DateTime<Utc>>,
}

#[derive(cynic::QueryVariables)]
struct FileVariables {
    input: FileComplaintInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "FileVariables")]
struct FileMutation {
    #[arguments(input: $input)]
    file_complaint: FiledComplaint,
}

/// Files a complaint.
pub async fn file(input: FileComplaintInput) -> Result<FiledComplaint, ApiError> {
    Ok(run(FileMutation::build(FileVariables { input })).await?.file_complaint)
}

/// Asking for review (7.1.3).
#[derive(cynic::InputObject, Clone, Debug)]
pub struct RequestReviewInput {
    pub center: String,
    pub receipt_code: String,
    pub reason: String,
}

#[derive(cynic::QueryVariables)]
struct ReviewVariables {
    input: RequestReviewInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "ReviewVariables")]
struct ReviewMutation {
    #[arguments(input: $input)]
    request_review: TrackedComplaint,
}

/// Asks for review.
pub async fn request_review(input: RequestReviewInput) -> Result<TrackedComplaint, ApiError> {
    Ok(run(ReviewMutation::build(ReviewVariables { input })).await?.request_review)
}

/// How the complainant found the handling (7.3.4).
#[derive(cynic::InputObject, Clone, Debug)]
pub struct RateHandlingInput {
    pub center: String,
    pub receipt_code: String,
    pub satisfaction: HandlingSatisfaction,
    pub comment: Option<String>,
}

#[derive(cynic::QueryVariables)]
struct RateVariables {
    input: RateHandlingInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "RateVariables")]
struct RateMutation {
    #[arguments(input: $input)]
    rate_handling: TrackedComplaint,
}

/// Rates the handling.
pub async fn rate(input: RateHandlingInput) -> Result<TrackedComplaint, ApiError> {
    Ok(run(RateMutation::build(RateVariables { input })).await?.rate_handling)
}

/// A volunteer's service, as whoever was served is asked about it: nobody's name.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub struct ServiceToConfirm {
    pub service: ServiceType,
    pub on: NaiveDate,
    pub start: String,
    pub end: String,
    pub post: String,
    pub place: Option<String>,
}

#[derive(cynic::QueryVariables)]
struct CodeVariables {
    center: String,
    token: String,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "CodeVariables")]
struct ServiceQuery {
    #[arguments(center: $center, token: $token)]
    service_to_confirm: Option<ServiceToConfirm>,
}

/// The service of a code that a volunteer showed, if the code works.
pub async fn service(center: String, token: String) -> Result<Option<ServiceToConfirm>, ApiError> {
    Ok(run(ServiceQuery::build(CodeVariables { center, token })).await?.service_to_confirm)
}

/// What whoever was served answers (6.7.5).
#[derive(cynic::InputObject, Clone, Debug)]
pub struct ConfirmServiceInput {
    pub center: String,
    pub token: String,
    pub happened: bool,
    pub tail: Option<String>,
}

#[derive(cynic::QueryVariables)]
struct ConfirmVariables {
    input: ConfirmServiceInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "ConfirmVariables")]
struct ConfirmMutation {
    #[arguments(input: $input)]
    confirm_service: bool,
}

/// Confirms it, or says that it was not so; whether it is confirmed now.
pub async fn confirm_service(input: ConfirmServiceInput) -> Result<bool, ApiError> {
    Ok(run(ConfirmMutation::build(ConfirmVariables { input })).await?.confirm_service)
}
