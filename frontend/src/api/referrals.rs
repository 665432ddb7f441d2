//! Cases put before the city, as its office sees them.

use chrono::{DateTime, NaiveDate, Utc};
use cynic::QueryBuilder;
use domain::{
    CenterId, ComplaintEventId, ReferralId,
    center::CenterStatus,
    complaints::{
        Action, ComplaintChannel, ComplaintClass, ComplaintEventKind, ComplaintOutcome, ComplaintStatus,
        ComplaintSubject, EscalationCause, PauseReason, Step, referral::ReferralStatus,
    },
};

use super::{
    ApiError,
    account::questions,
    city::Named,
    complaints::{MaskedComplainant, PageInfo},
    run, schema,
};

/// A line of the list.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
pub struct Referral {
    pub id: ReferralId,
    pub center: Named,
    pub center_status: CenterStatus,
    pub number: String,
    pub subject: ComplaintSubject,
    pub cause: Option<EscalationCause>,
    pub reason: Option<String>,
    pub status: ReferralStatus,
    pub referred_at: DateTime<Utc>,
    pub days: i32,
    pub opened_by: Option<String>,
    pub opened_at: Option<DateTime<Utc>>,
    pub mine: bool,
    pub answer: Option<String>,
    pub answered_by: Option<String>,
    pub answered_at: Option<DateTime<Utc>>,
}

/// A page of the list.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "ReferralConnection")]
pub struct Listed {
    pub nodes: Vec<Referral>,
    pub page_info: PageInfo,
    pub total_count: i32,
    pub centers: Vec<Named>,
}

#[derive(cynic::QueryVariables)]
struct ListVariables {
    status: ReferralStatus,
    center: Option<CenterId>,
    after: Option<String>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "ListVariables")]
struct ListQuery {
    #[arguments(status: $status, center: $center, first: 20, after: $after)]
    referrals: Listed,
}

/// A page of the list.
///
/// # Errors
/// Whatever the server or the network says.
pub async fn list(status: ReferralStatus, center: Option<CenterId>, after: Option<String>) -> Result<Listed, ApiError> {
    Ok(run(ListQuery::build(ListVariables { status, center, after })).await?.referrals)
}

/// The case, for the clerk who has opened it.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
pub struct ReferredCase {
    pub status: ComplaintStatus,
    pub class: ComplaintClass,
    pub channel: ComplaintChannel,
    pub text: String,
    pub happened_on: Option<NaiveDate>,
    pub place: Option<String>,
    pub window: Option<String>,
    pub received_at: DateTime<Utc>,
    pub due_at: Option<DateTime<Utc>>,
    pub due_step: Option<Step>,
    pub days_left: Option<i32>,
    pub late: bool,
    pub paused: Option<PauseReason>,
    pub complainant: MaskedComplainant,
    pub handler: Option<String>,
    pub assignee: Option<String>,
    pub outcome: Option<ComplaintOutcome>,
    pub finding: Option<String>,
    pub measures: Option<String>,
    pub reply: Option<String>,
    pub events: Vec<ReferredEvent>,
}

/// A line of its timeline.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
pub struct ReferredEvent {
    pub id: ComplaintEventId,
    pub kind: ComplaintEventKind,
    pub action: Option<Action>,
    pub from_status: Option<ComplaintStatus>,
    pub status: ComplaintStatus,
    pub at: DateTime<Utc>,
    pub actor: Option<String>,
    pub text: Option<String>,
    pub public: bool,
}

/// Which one.
#[derive(cynic::QueryVariables)]
pub struct OneVariables {
    id: ReferralId,
}

/// One case put before the city, and what the viewer may read of it.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "Query", variables = "OneVariables")]
pub struct Opened {
    #[arguments(id: $id)]
    pub referral: Option<Referral>,
    #[arguments(id: $id)]
    pub referred_case: Option<ReferredCase>,
}

/// One case put before the city.
///
/// # Errors
/// Whatever the server or the network says.
pub async fn one(id: ReferralId) -> Result<Opened, ApiError> {
    run(Opened::build(OneVariables { id })).await
}

#[derive(cynic::InputObject)]
pub struct OpenReferralInput {
    pub id: ReferralId,
    pub reason: String,
}

#[derive(cynic::InputObject)]
pub struct AnswerReferralInput {
    pub id: ReferralId,
    pub text: String,
}

/// The one that changed.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Referral")]
pub struct Changed {
    #[expect(dead_code, reason = "a selection cannot be empty")]
    id: ReferralId,
}

/// Who complains, in clear.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
pub struct Complainant {
    pub name: Option<String>,
    pub phone: Option<String>,
    pub address: Option<String>,
}

questions! {
    open = "openReferral" (OpenReferralInput) -> Changed;
    reveal = "revealReferred" (OpenReferralInput) -> Complainant;
    answer = "answerReferral" (AnswerReferralInput) -> Changed;
}
