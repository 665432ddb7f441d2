//! The verbs on a case: one typed mutation each. They ask for the case's id only; the page then refetches what it
//! shows.

use domain::{
    AccountId, ComplaintId, DepartmentId,
    complaints::{
        ComplaintClass, ComplaintOutcome, ComplaintSubject, EscalationCause, FeedbackMode, HandlingSatisfaction,
        PauseReason, RefusalGround, ReviewOutcome,
    },
};

use crate::api::schema;

/// A verb is a module with one function: `screen::request(input)` is what to send. Thirty requests are written here,
/// and sent by one function: sending each its own way was a tenth of the desk's code.
macro_rules! verbs {
    ($($verb:ident = $field:literal ($kind:ident) -> $answer:ident;)+) => {$(
        pub mod $verb {
            use cynic::MutationBuilder;

            use super::schema;
            use crate::api::{ApiError, request as write};

            // Names of the macro's own: the derives do not find their way among tokens from two places.
            type Answer = super::$answer;
            type Input = super::$kind;

            #[derive(cynic::QueryVariables)]
            struct Variables {
                input: Input,
            }

            #[derive(cynic::QueryFragment)]
            #[cynic(graphql_type = "Mutation", variables = "Variables")]
            struct Verb {
                #[arguments(input: $input)]
                #[cynic(rename = $field)]
                #[expect(dead_code, reason = "only the success matters")]
                answer: Answer,
            }

            pub fn request(input: Input) -> Result<String, ApiError> {
                write(&Verb::build(Variables { input }))
            }
        }
    )+};
}

/// The case that changed.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "Complaint")]
pub struct Changed {
    #[expect(dead_code, reason = "a selection cannot be empty")]
    id: ComplaintId,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct CaseInput {
    pub id: ComplaintId,
    pub version: i32,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct ReasonInput {
    pub id: ComplaintId,
    pub version: i32,
    pub reason: String,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct EntryInput {
    pub id: ComplaintId,
    pub version: i32,
    pub text: String,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct AcceptComplaintInput {
    pub id: ComplaintId,
    pub version: i32,
    pub class: ComplaintClass,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct DeclineComplaintInput {
    pub id: ComplaintId,
    pub version: i32,
    pub ground: RefusalGround,
    pub reason: String,
    pub referral: String,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct MergeComplaintInput {
    pub id: ComplaintId,
    pub version: i32,
    pub into: ComplaintId,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct ResolveOnSpotInput {
    pub id: ComplaintId,
    pub version: i32,
    pub outcome: ComplaintOutcome,
    pub finding: String,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct AssignComplaintInput {
    pub id: ComplaintId,
    pub version: i32,
    pub assignee: AccountId,
    pub department: Option<DepartmentId>,
    pub note: Option<String>,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct ExtendComplaintInput {
    pub id: ComplaintId,
    pub version: i32,
    pub days: i32,
    pub reason: String,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct PauseComplaintInput {
    pub id: ComplaintId,
    pub version: i32,
    pub reason: PauseReason,
    pub note: String,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct ReclassifyComplaintInput {
    pub id: ComplaintId,
    pub version: i32,
    pub class: ComplaintClass,
    pub subject: ComplaintSubject,
    pub reason: String,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct HandOverComplaintInput {
    pub id: ComplaintId,
    pub version: i32,
    pub to: AccountId,
    pub reason: String,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct NameRespondentInput {
    pub id: ComplaintId,
    pub version: i32,
    pub respondent: AccountId,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct ProposeConclusionInput {
    pub id: ComplaintId,
    pub version: i32,
    pub outcome: ComplaintOutcome,
    pub finding: String,
    pub measures: Option<String>,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct GiveFeedbackInput {
    pub id: ComplaintId,
    pub version: i32,
    pub mode: FeedbackMode,
    pub reply: String,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct RecordFollowUpInput {
    pub id: ComplaintId,
    pub version: i32,
    pub satisfaction: HandlingSatisfaction,
    pub note: Option<String>,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct DecideReviewInput {
    pub id: ComplaintId,
    pub version: i32,
    pub outcome: ReviewOutcome,
    pub reply: String,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct EscalateComplaintInput {
    pub id: ComplaintId,
    pub version: i32,
    pub cause: EscalationCause,
    pub reason: String,
}

verbs! {
    screen = "screenComplaint" (CaseInput) -> Changed;
    accept = "acceptComplaint" (AcceptComplaintInput) -> Changed;
    decline = "declineComplaint" (DeclineComplaintInput) -> Changed;
    merge = "mergeComplaint" (MergeComplaintInput) -> Changed;
    resolve_on_spot = "resolveOnSpot" (ResolveOnSpotInput) -> Changed;
    assign = "assignComplaint" (AssignComplaintInput) -> Changed;
    give_back = "returnComplaint" (ReasonInput) -> Changed;
    investigate = "investigateComplaint" (CaseInput) -> Changed;
    extend = "extendComplaint" (ExtendComplaintInput) -> Changed;
    pause = "pauseComplaint" (PauseComplaintInput) -> Changed;
    resume = "resumeComplaint" (CaseInput) -> Changed;
    reclassify = "reclassifyComplaint" (ReclassifyComplaintInput) -> Changed;
    hand_over = "handOverComplaint" (HandOverComplaintInput) -> Changed;
    name_respondent = "nameRespondent" (NameRespondentInput) -> Changed;
    propose = "proposeConclusion" (ProposeConclusionInput) -> Changed;
    approve = "approveConclusion" (CaseInput) -> Changed;
    send_back = "sendBackConclusion" (ReasonInput) -> Changed;
    conclude = "concludeComplaint" (CaseInput) -> Changed;
    give_feedback = "giveFeedback" (GiveFeedbackInput) -> Changed;
    follow_up = "recordFollowUp" (RecordFollowUpInput) -> Changed;
    request_review = "requestReviewFor" (ReasonInput) -> Changed;
    start_review = "startReview" (CaseInput) -> Changed;
    decide_review = "decideReview" (DecideReviewInput) -> Changed;
    close = "closeComplaint" (CaseInput) -> Changed;
    archive = "archiveComplaint" (CaseInput) -> Changed;
    escalate = "escalateComplaint" (EscalateComplaintInput) -> Changed;
    refer = "referComplaint" (ReasonInput) -> Changed;
    press = "pressComplaint" (ReasonInput) -> Changed;
    note = "addNote" (EntryInput) -> Changed;
    reply = "replyToComplainant" (EntryInput) -> Changed;
}
