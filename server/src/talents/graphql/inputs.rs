//! What is typed about talents' requests and about answers to questions of policy.

use async_graphql::InputObject;
use chrono::NaiveDate;
use domain::{
    PolicyAnswerId, PostId, StaffId, TalentAppointmentId, TalentRequestId,
    complaints::HandlingSatisfaction,
    talents::{
        AppointmentForm, AppointmentStatus, RequestForm, TalentChannel, TalentField, TalentMatter, TalentType,
        TellMode, answers::AnswerForm,
    },
};

use super::super::service::steps::Told;
use crate::posts::service::Seen;

/// A talent's request.
#[derive(InputObject)]
pub struct TakeTalentRequestInput {
    /// At which talent post.
    post: PostId,
    /// The talent's name; kept encrypted, as the phone is.
    name: String,
    /// Their phone.
    phone: String,
    /// What kind of talent.
    kind: TalentType,
    /// Where they work.
    enterprise: Option<String>,
    /// In what.
    field: TalentField,
    /// How the request came.
    channel: TalentChannel,
    /// What is asked for.
    matter: TalentMatter,
    /// In words; kept encrypted.
    description: String,
    /// Whether it is about a key project of an enterprise.
    key_project: bool,
}

/// A request as it was seen.
#[derive(InputObject)]
pub struct SeenTalentRequestInput {
    /// Its id.
    id: TalentRequestId,
    /// Its version.
    version: i32,
}

/// Who follows a request.
#[derive(InputObject)]
pub struct AssignTalentRequestInput {
    /// Its id.
    pub id: TalentRequestId,
    /// Its version.
    pub version: i32,
    /// Somebody assigned to its post.
    pub steward: StaffId,
}

/// What has come of a request so far.
#[derive(InputObject)]
pub struct NoteTalentProgressInput {
    /// Its id.
    pub id: TalentRequestId,
    /// Its version.
    pub version: i32,
    /// In words; kept encrypted.
    pub text: String,
    /// When to get in touch next; none takes the day back.
    pub next_contact_on: Option<NaiveDate>,
}

/// What a talent was told.
#[derive(InputObject)]
pub struct TellTalentInput {
    /// The request's id.
    pub id: TalentRequestId,
    /// Its version.
    pub version: i32,
    /// On which day, today at the latest.
    on: NaiveDate,
    /// How.
    mode: TellMode,
    /// In words; kept encrypted.
    text: String,
    /// When to get in touch next; none takes the day back.
    next_contact_on: Option<NaiveDate>,
}

/// The result of a request.
#[derive(InputObject)]
pub struct SettleTalentRequestInput {
    /// Its id.
    pub id: TalentRequestId,
    /// Its version.
    pub version: i32,
    /// In words; kept encrypted.
    pub result: String,
}

/// A request that a talent takes back.
#[derive(InputObject)]
pub struct WithdrawTalentRequestInput {
    /// Its id.
    pub id: TalentRequestId,
    /// Its version.
    pub version: i32,
    /// Why.
    pub reason: String,
}

/// When to get in touch next.
#[derive(InputObject)]
pub struct PlanTalentContactInput {
    /// The request's id.
    pub id: TalentRequestId,
    /// Its version.
    pub version: i32,
    /// The day; none takes it back.
    pub on: Option<NaiveDate>,
}

/// An appointment with a talent.
#[derive(InputObject)]
pub struct MakeTalentAppointmentInput {
    /// The request's id.
    pub id: TalentRequestId,
    /// Its version.
    pub version: i32,
    /// The day.
    on: NaiveDate,
    /// The time there, `HH:MM`.
    time: String,
    /// Where; kept encrypted.
    place: String,
}

/// What became of an appointment.
#[derive(InputObject)]
pub struct EndTalentAppointmentInput {
    /// The request's id.
    pub id: TalentRequestId,
    /// Its version.
    pub version: i32,
    /// Which appointment.
    pub appointment: TalentAppointmentId,
    /// What.
    pub outcome: AppointmentStatus,
}

/// How satisfied a talent is.
#[derive(InputObject)]
pub struct RateTalentServiceInput {
    /// The request's id.
    pub id: TalentRequestId,
    /// Its version.
    pub version: i32,
    /// How much.
    pub satisfaction: HandlingSatisfaction,
    /// In their words.
    pub comment: Option<String>,
}

/// A look at who a talent is.
#[derive(InputObject)]
pub struct RevealTalentInput {
    /// The request's id.
    pub id: TalentRequestId,
    /// Why; goes into the audit.
    pub reason: String,
}

/// Since when somebody is a senior clerk.
#[derive(InputObject)]
pub struct MarkSeniorClerkInput {
    /// Who.
    pub staff: StaffId,
    /// The day of the certificate, today at the latest; none where they are none.
    pub since: Option<NaiveDate>,
}

/// A question of policy with its answer.
#[derive(InputObject)]
pub struct PolicyAnswerInput {
    /// What is asked.
    question: String,
    /// What is answered.
    answer: String,
    /// The document that says so.
    source: String,
    /// Its day.
    source_on: NaiveDate,
}

/// The same, changed.
#[derive(InputObject)]
pub struct EditPolicyAnswerInput {
    /// Its id.
    id: PolicyAnswerId,
    /// Its version.
    version: i32,
    /// What is asked.
    question: String,
    /// What is answered.
    answer: String,
    /// The document that says so.
    source: String,
    /// Its day.
    source_on: NaiveDate,
}

/// An answer as it was seen.
#[derive(InputObject)]
pub struct SeenPolicyAnswerInput {
    /// Its id.
    id: PolicyAnswerId,
    /// Its version.
    version: i32,
}

impl TakeTalentRequestInput {
    pub fn parts(self) -> (PostId, RequestForm) {
        let Self { post, name, phone, kind, enterprise, field, channel, matter, description, key_project } = self;
        // Left empty is not given.
        let enterprise = enterprise.filter(|text| !text.trim().is_empty());
        (post, RequestForm { name, phone, kind, enterprise, field, channel, matter, description, key_project })
    }
}

impl From<SeenTalentRequestInput> for Seen<TalentRequestId> {
    fn from(SeenTalentRequestInput { id, version }: SeenTalentRequestInput) -> Self {
        Self { id, version }
    }
}

impl TellTalentInput {
    pub fn parts(self) -> (Seen<TalentRequestId>, Told) {
        let Self { id, version, on, mode, text, next_contact_on } = self;
        (Seen { id, version }, Told { on, mode, text, next_contact_on })
    }
}

impl MakeTalentAppointmentInput {
    pub fn parts(self) -> (Seen<TalentRequestId>, AppointmentForm) {
        let Self { id, version, on, time, place } = self;
        (Seen { id, version }, AppointmentForm { on, time, place })
    }
}

impl From<PolicyAnswerInput> for AnswerForm {
    fn from(PolicyAnswerInput { question, answer, source, source_on }: PolicyAnswerInput) -> Self {
        Self { question, answer, source, source_on }
    }
}

impl EditPolicyAnswerInput {
    pub fn parts(self) -> (Seen<PolicyAnswerId>, AnswerForm) {
        let Self { id, version, question, answer, source, source_on } = self;
        (Seen { id, version }, AnswerForm { question, answer, source, source_on })
    }
}

impl From<SeenPolicyAnswerInput> for Seen<PolicyAnswerId> {
    fn from(SeenPolicyAnswerInput { id, version }: SeenPolicyAnswerInput) -> Self {
        Self { id, version }
    }
}
