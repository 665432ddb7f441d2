//! What is typed about bad ratings and appeals.

use async_graphql::InputObject;
use domain::{
    AttachmentId, BadRatingId, RatingAppealId, StaffId,
    bad_ratings::{
        BadRatingFinding, RaterContact,
        appeal::{RatingAppealDecision, RatingAppealGround},
    },
    complaints::{FeedbackMode, HandlingSatisfaction},
    improvement::{RectificationCause, TaskForm},
};

use crate::graphql::tidy;

/// A call to a rater.
#[derive(InputObject)]
pub struct ContactRaterInput {
    /// The case.
    pub id: BadRatingId,
    /// Its version.
    pub version: i32,
    /// What came of it.
    pub outcome: RaterContact,
    /// In words; kept encrypted.
    pub text: String,
}

/// What is behind a rating.
#[derive(InputObject)]
pub struct VerifyBadRatingInput {
    /// The case.
    pub id: BadRatingId,
    /// Its version.
    pub version: i32,
    /// What was found.
    pub finding: BadRatingFinding,
    /// In words, which the rated side reads: they name no rater.
    pub text: String,
}

/// How it is put right.
#[derive(InputObject)]
pub struct RectifyBadRatingInput {
    /// The case.
    pub id: BadRatingId,
    /// Its version.
    pub version: i32,
    /// What is to be done, by whom; the rated side reads it.
    pub measures: String,
}

/// Putting the fix off.
#[derive(InputObject)]
pub struct ExtendBadRatingInput {
    /// The case.
    pub id: BadRatingId,
    /// Its version.
    pub version: i32,
    /// By how many working days.
    pub days: i32,
    /// Why.
    pub reason: String,
}

/// What was done.
#[derive(InputObject)]
pub struct FeedBackBadRatingInput {
    /// The case.
    pub id: BadRatingId,
    /// Its version.
    pub version: i32,
    /// In words; the rated side reads it.
    pub result: String,
    /// How the rater was told; null where they left no way to be.
    pub mode: Option<FeedbackMode>,
}

/// A call back.
#[derive(InputObject)]
pub struct CallBackRaterInput {
    /// The case.
    pub id: BadRatingId,
    /// Its version.
    pub version: i32,
    /// Whether the rater was reached.
    pub outcome: RaterContact,
    /// How satisfied they are; null where nobody was reached.
    pub satisfaction: Option<HandlingSatisfaction>,
    /// In words; kept encrypted.
    pub text: String,
}

/// A case as it was seen.
#[derive(InputObject)]
pub struct CloseBadRatingInput {
    /// The case.
    pub id: BadRatingId,
    /// Its version.
    pub version: i32,
}

/// A note.
#[derive(InputObject)]
pub struct NoteBadRatingInput {
    /// The case.
    pub id: BadRatingId,
    /// Its version.
    pub version: i32,
    /// In words; kept encrypted.
    pub text: String,
}

/// A case, and why somebody looks.
#[derive(InputObject)]
pub struct RevealRaterInput {
    /// The case.
    pub id: BadRatingId,
    /// Why; kept in the audit.
    pub reason: String,
}

/// An appeal.
#[derive(InputObject)]
pub struct AppealBadRatingInput {
    /// The case.
    pub id: BadRatingId,
    /// Its version.
    pub version: i32,
    /// Why the rating is not to count.
    pub ground: RatingAppealGround,
    /// In words, which the whole city office reads: they name nobody.
    pub reason: String,
    /// Evidence: uploaded files of the viewer.
    #[graphql(default)]
    pub files: Vec<AttachmentId>,
}

/// An appeal of the list, and a reason.
#[derive(InputObject)]
pub struct OpenRatingAppealInput {
    /// The one of the list.
    pub id: RatingAppealId,
    /// Why; logged in the center.
    pub reason: String,
}

/// The city's decision.
#[derive(InputObject)]
pub struct DecideRatingAppealInput {
    /// The one of the list.
    pub id: RatingAppealId,
    /// Whether the rating counts.
    pub decision: RatingAppealDecision,
    /// Why; the center reads it.
    pub text: String,
}

/// A rectification task that follows from a case.
#[derive(InputObject)]
pub struct OpenBadRatingTaskInput {
    /// The case: verified, and no mistake.
    id: BadRatingId,
    /// What is wrong, without who rated.
    problem: String,
    /// The kind of cause.
    cause: RectificationCause,
    /// Whose task it is; may be said later.
    owner: Option<StaffId>,
    /// In how many working days it is to be handed in; left out for the city's.
    days: Option<i32>,
}

impl OpenBadRatingTaskInput {
    pub fn parts(self) -> (BadRatingId, TaskForm, Option<StaffId>) {
        let Self { id, problem, cause, owner, days } = self;
        let days = days.map(|days| u32::try_from(days).unwrap_or(0));
        (id, TaskForm { problem: tidy(&problem), cause, days }, owner)
    }
}
