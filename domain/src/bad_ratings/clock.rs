//! When each step is due: working days from its beginning, by policy and the official calendar.

use chrono::{DateTime, Utc};

use super::BadRatingStatus;
use crate::{
    Violation,
    calendar::{WorkingCalendar, end_of_day, local_date},
    macros::text_enum,
    policy::{Policy, PolicyKey},
};

text_enum! {
    /// The step whose clock is running.
    pub enum BadRatingStep {
        /// Getting in touch.
        Contact = "contact",
        /// Putting it right and saying so.
        Fix = "fix",
        /// Calling back.
        CallBack = "call_back",
        /// The city's decision.
        Appeal = "appeal",
    }
}

impl BadRatingStep {
    /// The step that runs while a case has `status`; none when nothing is owed. Who left no way to be reached is not called
    /// back.
    #[must_use]
    pub const fn of(status: BadRatingStatus, named: bool) -> Option<Self> {
        use BadRatingStatus as S;
        match status {
            S::Received => Some(Self::Contact),
            S::Contacted | S::Valid | S::Rectifying => Some(Self::Fix),
            S::FedBack if named => Some(Self::CallBack),
            S::Appealed => Some(Self::Appeal),
            S::Mistaken | S::FedBack | S::FollowedUp | S::Closed => None,
        }
    }

    /// Working days allowed for it.
    #[must_use]
    pub fn days(self, policy: &Policy) -> u32 {
        policy.get(match self {
            Self::Contact => PolicyKey::BadRatingContact,
            Self::Fix => PolicyKey::BadRatingFix,
            Self::CallBack => PolicyKey::BadRatingCallBack,
            Self::Appeal => PolicyKey::AppealDecide,
        })
    }
}

/// The end of the day on which so many working days from `started_at` are over.
///
/// # Errors
/// `calendar.year_missing` when the date leaves the published lists.
pub fn due_at(started_at: DateTime<Utc>, days: u32, calendar: &WorkingCalendar) -> Result<DateTime<Utc>, Violation> {
    Ok(end_of_day(calendar.add(local_date(started_at), days)?))
}

/// The working days of a fix that is put off by `more`: no more than the policy's most.
///
/// # Errors
/// `bad_rating.extension_too_long` (arg `max`: by how many days it may be put off).
pub fn extend(allowed: u32, more: u32, policy: &Policy) -> Result<u32, Violation> {
    let max = policy.get(PolicyKey::BadRatingFixMost).saturating_sub(allowed);
    if more == 0 || more > max {
        return Err(Violation::new("days", "bad_rating.extension_too_long").with("max", max));
    }
    Ok(allowed + more)
}
