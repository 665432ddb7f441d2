//! The appeal against a bad rating: put by the rated side with evidence, decided by a reviewer of the city.
//!
//! ```text
//! open ──▶ decided: excluded | kept
//!   └ opened by one reviewer of the city at a time, for a reason; only they read and decide
//! ```
//! Invariants: a center never decides about its own rating, nor does its target; what the city sees before it opens names
//! nobody.

use crate::{AccountId, Violation, macros::text_enum};

pub use crate::complaints::referral::{REASON_MAX, check_reason};

text_enum! {
    /// Why a rating is not to count.
    pub enum RatingAppealGround {
        /// 误评: the rater meant another level or somebody else.
        Mistaken = "mistaken",
        /// 恶意差评: given in bad faith.
        Malicious = "malicious",
    }

    /// Whether the city has decided.
    pub enum RatingAppealStatus {
        /// Not yet.
        Open = "open",
        /// It has; nobody of the city reads the case any more.
        Decided = "decided",
    }

    /// What the city says.
    pub enum RatingAppealDecision {
        /// 予以剔除: the rating stays and is shown, and counts in the total with exclusions only.
        Excluded = "excluded",
        /// 维持: the rating counts.
        Kept = "kept",
    }
}

/// Whether `clerk` of the city may open it: not a case in which they are rated, or on which they have worked.
///
/// # Errors
/// `bad_rating.own_case`.
pub fn may_open(worked: &[AccountId], clerk: AccountId) -> Result<(), Violation> {
    if worked.contains(&clerk) { Err(Violation::new("", "bad_rating.own_case")) } else { Ok(()) }
}

/// Whether `clerk` may read and decide now.
///
/// # Errors
/// `bad_rating.appeal_decided` afterwards, `bad_rating.appeal_not_opened` before they have opened it, or once a colleague
/// has.
pub fn may_read(status: RatingAppealStatus, opened_by: Option<AccountId>, clerk: AccountId) -> Result<(), Violation> {
    match status {
        RatingAppealStatus::Decided => Err(Violation::new("", "bad_rating.appeal_decided")),
        RatingAppealStatus::Open if opened_by == Some(clerk) => Ok(()),
        RatingAppealStatus::Open => Err(Violation::new("", "bad_rating.appeal_not_opened")),
    }
}
