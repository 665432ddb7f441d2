//! What the steps take.

use async_graphql::InputObject;
use chrono::NaiveDate;
use domain::{
    AccountId, ComplaintId, DepartmentId,
    complaints::{
        ComplaintChannel, ComplaintClass, ComplaintOutcome, ComplaintSubject, Draft, EscalationCause, FeedbackMode,
        HandlingSatisfaction, PauseReason, RefusalGround, ReviewOutcome,
    },
};

use crate::complaints::service::{Seen, filing::Filing};

/// Declares the input of a step: the case, its version, and what the step takes besides.
macro_rules! step_input {
    ($($(#[$meta:meta])* $name:ident { $($(#[$fmeta:meta])* $field:ident: $type:ty),* $(,)? })+) => {$(
        $(#[$meta])*
        #[derive(InputObject)]
        pub struct $name {
            /// The case.
            pub id: ComplaintId,
            /// Its version as the client last saw it.
            pub version: i32,
            $($(#[$fmeta])* pub $field: $type),*
        }

        impl $name {
            /// The case as the client last saw it.
            pub const fn seen(&self) -> Seen {
                Seen { id: self.id, version: self.version }
            }
        }
    )+};
}

step_input! {
    /// A case as the client last saw it.
    CaseInput {
    }

    /// A case and a reason.
    ReasonInput {
        /// Why.
        reason: String,
    }

    /// A case and words.
    EntryInput {
        /// The words.
        text: String,
    }

    /// How much work it is.
    AcceptComplaintInput {
        /// The class; sets the deadline.
        class: ComplaintClass,
    }

    /// Why it is not accepted, and where to turn.
    DeclineComplaintInput {
        /// The ground.
        ground: RefusalGround,
        /// In words.
        reason: String,
        /// Where to turn.
        referral: String,
    }

    /// The case to follow instead.
    MergeComplaintInput {
        /// That case.
        into: ComplaintId,
    }

    /// What was settled at once.
    ResolveOnSpotInput {
        /// What was found.
        outcome: ComplaintOutcome,
        /// In words.
        finding: String,
    }

    /// Who is to investigate.
    AssignComplaintInput {
        /// The person.
        assignee: AccountId,
        /// The department.
        department: Option<DepartmentId>,
        /// A word to them.
        note: Option<String>,
    }

    /// A later date.
    ExtendComplaintInput {
        /// Working days more.
        days: i32,
        /// Why; the complainant reads it.
        reason: String,
    }

    /// Why the clock stops.
    PauseComplaintInput {
        /// A reason of the list.
        reason: PauseReason,
        /// In words, for colleagues.
        note: String,
    }

    /// What the case really is.
    ReclassifyComplaintInput {
        /// The class.
        class: ComplaintClass,
        /// The subject.
        subject: ComplaintSubject,
        /// Why.
        reason: String,
    }

    /// The next handler.
    HandOverComplaintInput {
        /// The person.
        to: AccountId,
        /// Why.
        reason: String,
    }

    /// Who is complained about.
    NameRespondentInput {
        /// The person.
        respondent: AccountId,
    }

    /// A conclusion.
    ProposeConclusionInput {
        /// What was found.
        outcome: ComplaintOutcome,
        /// In words.
        finding: String,
        /// What is to be done.
        measures: Option<String>,
    }

    /// The answer.
    GiveFeedbackInput {
        /// How it reached the complainant.
        mode: FeedbackMode,
        /// In words.
        reply: String,
    }

    /// What the complainant says of the handling.
    RecordFollowUpInput {
        /// The level.
        satisfaction: HandlingSatisfaction,
        /// In words.
        note: Option<String>,
    }

    /// The decision.
    DecideReviewInput {
        /// What was decided.
        outcome: ReviewOutcome,
        /// What the complainant is told.
        reply: String,
    }

    /// Why it goes up.
    EscalateComplaintInput {
        /// The cause.
        cause: EscalationCause,
        /// In words.
        reason: String,
    }
}

/// A complaint taken down for somebody.
#[derive(InputObject)]
pub struct RegisterComplaintInput {
    /// A UUID made by the form, once for each complaint.
    idempotency_key: String,
    /// How it came.
    channel: ComplaintChannel,
    /// What it is about.
    subject: ComplaintSubject,
    /// What happened.
    text: String,
    /// On which day.
    happened_on: Option<NaiveDate>,
    /// Where.
    place: Option<String>,
    /// Which post or window.
    window: Option<String>,
    /// Name.
    name: Option<String>,
    /// Phone.
    phone: Option<String>,
    /// Postal address.
    address: Option<String>,
    /// The notice that was read out or shown.
    notice_version: String,
    /// Media or injury, where it goes up at once.
    escalation_cause: Option<EscalationCause>,
}

/// Why the complainant's data are to be shown.
#[derive(InputObject)]
pub struct RevealInput {
    /// The case.
    pub id: ComplaintId,
    /// The reason; logged.
    pub reason: String,
}

/// What duplicates are looked for by.
#[derive(InputObject)]
pub struct SimilarInput {
    /// What happened.
    pub text: String,
    /// Where.
    pub place: Option<String>,
    /// When.
    pub happened_on: Option<NaiveDate>,
    /// Phone.
    pub phone: Option<String>,
}

impl From<RegisterComplaintInput> for Filing {
    fn from(input: RegisterComplaintInput) -> Self {
        Self {
            key: input.idempotency_key,
            channel: input.channel,
            subject: input.subject,
            cause: input.escalation_cause,
            draft: Draft {
                text: input.text,
                happened_on: input.happened_on,
                place: input.place,
                window: input.window,
                name: input.name,
                phone: input.phone,
                address: input.address,
                notice_version: input.notice_version,
            },
        }
    }
}
