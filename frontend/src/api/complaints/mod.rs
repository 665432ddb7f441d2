//! Complaints as the desk sees them: the shapes that several pages share.

pub mod actions;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    AccountId, ComplaintEventId, ComplaintId, DepartmentId,
    complaints::{
        Action, ComplaintChannel, ComplaintClass, ComplaintEventKind, ComplaintOutcome, ComplaintQueue,
        ComplaintStatus, ComplaintSubject, EscalationCause, EscalationLevel, FeedbackMode, HandlingSatisfaction,
        PauseReason, RefusalGround, ReviewOutcome, Step,
    },
    permission::Role,
};

use super::schema;

/// Somebody who works here, by name.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "Member")]
pub struct Person {
    pub display_name: String,
}

/// Somebody a case can be given to.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub account_id: AccountId,
    pub display_name: String,
    pub title: Option<String>,
    pub roles: Vec<Role>,
}

/// A resident department.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
pub struct Department {
    pub id: DepartmentId,
    pub name_zh: String,
    pub name_en: String,
}

/// Another case, by number.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
pub struct ComplaintRef {
    pub id: ComplaintId,
    pub number: String,
}

/// Who complains, as far as it is shown without a reason.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
pub struct MaskedComplainant {
    pub anonymous: bool,
    pub name: Option<String>,
    pub phone: Option<String>,
    pub has_address: bool,
}

/// A case in a list.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "ComplaintSummary")]
pub struct CaseRow {
    pub id: ComplaintId,
    pub number: String,
    pub status: ComplaintStatus,
    pub subject: ComplaintSubject,
    pub channel: ComplaintChannel,
    pub text: String,
    pub complainant: MaskedComplainant,
    pub handler: Option<Person>,
    pub due_at: Option<DateTime<Utc>>,
    pub due_step: Option<Step>,
    pub days_left: Option<i32>,
    pub late: bool,
    pub paused: Option<PauseReason>,
}

/// A case in a list where something can be done with it at once.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "ComplaintSummary")]
pub struct CaseCard {
    pub id: ComplaintId,
    pub number: String,
    pub version: i32,
    pub status: ComplaintStatus,
    pub subject: ComplaintSubject,
    pub class: ComplaintClass,
    pub text: String,
    pub received_at: DateTime<Utc>,
    pub due_at: Option<DateTime<Utc>>,
    pub due_step: Option<Step>,
    pub days_left: Option<i32>,
    pub late: bool,
    pub paused: Option<PauseReason>,
    pub escalation: EscalationLevel,
    pub handler: Option<Person>,
    pub assignee: Option<Person>,
    pub outcome: Option<ComplaintOutcome>,
    pub finding: Option<String>,
    pub measures: Option<String>,
    pub review_reason: Option<String>,
    pub actions: Vec<Action>,
}

/// A line of the timeline.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
pub struct ComplaintEvent {
    pub id: ComplaintEventId,
    pub kind: ComplaintEventKind,
    pub action: Option<Action>,
    pub from_status: Option<ComplaintStatus>,
    pub status: ComplaintStatus,
    pub at: DateTime<Utc>,
    pub actor: Option<Person>,
    pub text: Option<String>,
    pub public: bool,
}

/// An earlier case that may be about the same matter.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
pub struct SimilarComplaint {
    pub complaint: ComplaintRef,
    pub status: ComplaintStatus,
    pub score: i32,
    pub excerpt: String,
    pub received_at: DateTime<Utc>,
}

/// Everything the case page shows.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "Complaint")]
pub struct Case {
    pub id: ComplaintId,
    pub number: String,
    pub version: i32,
    pub status: ComplaintStatus,
    pub class: ComplaintClass,
    pub subject: ComplaintSubject,
    pub channel: ComplaintChannel,
    pub text: String,
    pub happened_on: Option<NaiveDate>,
    pub place: Option<String>,
    pub window: Option<String>,
    pub received_at: DateTime<Utc>,
    pub accepted_at: Option<DateTime<Utc>>,
    pub closed_at: Option<DateTime<Utc>>,
    pub due_at: Option<DateTime<Utc>>,
    pub due_step: Option<Step>,
    pub days_left: Option<i32>,
    pub late: bool,
    pub paused: Option<PauseReason>,
    pub paused_days: i32,
    pub extensions: i32,
    pub escalation: EscalationLevel,
    pub escalation_cause: Option<EscalationCause>,
    pub referred_at: Option<DateTime<Utc>>,
    pub complainant: MaskedComplainant,
    pub handler: Option<Person>,
    pub assignee: Option<Person>,
    pub department: Option<Department>,
    pub respondent: Option<Person>,
    pub registered_by: Option<Person>,
    pub refusal_ground: Option<RefusalGround>,
    pub refusal_reason: Option<String>,
    pub referral: Option<String>,
    pub outcome: Option<ComplaintOutcome>,
    pub finding: Option<String>,
    pub measures: Option<String>,
    pub reply: Option<String>,
    pub feedback_mode: Option<FeedbackMode>,
    pub feedback_at: Option<DateTime<Utc>>,
    pub satisfaction: Option<HandlingSatisfaction>,
    pub review_until: Option<DateTime<Utc>>,
    pub review_reason: Option<String>,
    pub review_outcome: Option<ReviewOutcome>,
    pub review_reply: Option<String>,
    pub merged_into: Option<ComplaintRef>,
    pub merged_here: Vec<ComplaintRef>,
    pub events: Vec<ComplaintEvent>,
    pub similar: Vec<SimilarComplaint>,
    pub actions: Vec<Action>,
}

/// How many cases wait in a queue.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
pub struct QueueCount {
    pub queue: ComplaintQueue,
    pub count: i32,
}

/// Where a page of a list ends.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
pub struct PageInfo {
    pub has_next_page: bool,
    pub end_cursor: Option<String>,
}
