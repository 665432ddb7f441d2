//! Bad ratings (差评; domain section E.3): the case that one opens, its clock, and the appeal of the rated side.
//!
//! ```text
//! received → contacted ─┬→ valid → rectifying → fed_back → followed_up → closed
//!                       └→ mistaken ────────────────────────────────────→ closed
//! valid … followed_up, mistaken → appealed ─┬→ where it was (the city keeps the rating)
//!                                           └→ closed (the city excludes it)
//! ```
//! Invariants: whoever is rated never handles, calls back or closes it; who left a way to be reached is called back;
//! nobody closes it while the rated side may still appeal; the city decides the appeal, and a rating that it excludes
//! stays and is shown.

pub mod appeal;
pub mod clock;

use chrono::{DateTime, Utc};

use crate::{
    Violation,
    complaints::{FeedbackMode, HandlingSatisfaction},
    macros::text_enum,
};

/// After so many calls in which nobody was reached the case goes on without. ASSUMPTION.
pub const TRIES: u32 = 3;

text_enum! {
    /// Where the case of a bad rating stands.
    pub enum BadRatingStatus {
        /// 已接收: nobody has got in touch with the rater yet.
        Received = "received",
        /// 已联系.
        Contacted = "contacted",
        /// 属实: to be fixed, or explained.
        Valid = "valid",
        /// 误评: the rater meant another level. Whether it counts is for the city to say.
        Mistaken = "mistaken",
        /// 申诉中: the city decides.
        Appealed = "appealed",
        /// 整改中.
        Rectifying = "rectifying",
        /// 已反馈.
        FedBack = "fed_back",
        /// 已回访.
        FollowedUp = "followed_up",
        /// 已办结.
        Closed = "closed",
    }

    /// What is done with it.
    pub enum BadRatingAction {
        /// Get in touch with the rater.
        Contact = "contact",
        /// Say what is behind the rating.
        Verify = "verify",
        /// Begin to put it right.
        Rectify = "rectify",
        /// Put the fix off, once.
        Extend = "extend",
        /// Write down what was done, and tell the rater.
        FeedBack = "feed_back",
        /// Ask the rater whether they are satisfied now.
        CallBack = "call_back",
        /// Close it.
        Close = "close",
        /// Write a note.
        Note = "note",
        /// Put it before the city: the rating is mistaken or in bad faith.
        Appeal = "appeal",
    }

    /// What came of a call, or of looking for a way to make one.
    pub enum RaterContact {
        /// 已联系上.
        Reached = "reached",
        /// 未联系上.
        Unreached = "unreached",
        /// 未留联系方式.
        NoContact = "no_contact",
    }

    /// What is behind a bad rating.
    pub enum BadRatingFinding {
        /// 诉求清楚合理: fixed at once.
        Clear = "clear",
        /// 情况复杂: with measures and a limit.
        Complex = "complex",
        /// 无法律政策依据: explained.
        NoBasis = "no_basis",
        /// 误评: the rater meant another level.
        Mistaken = "mistaken",
    }

    /// A line in the log.
    pub enum BadRatingEventKind {
        /// The rating came.
        Opened = "opened",
        /// The rater was reached, or left no way to be.
        Contacted = "contacted",
        /// The rater was not reached.
        Unreached = "unreached",
        /// What is behind it was found.
        Verified = "verified",
        /// Measures were taken.
        Rectifying = "rectifying",
        /// The fix was put off.
        Extended = "extended",
        /// What was done was written down, and the rater told where they can be.
        FedBack = "fed_back",
        /// The rater was called back.
        CalledBack = "called_back",
        /// Nobody was reached.
        CallMissed = "call_missed",
        /// It was closed.
        Closed = "closed",
        /// A note.
        Noted = "noted",
        /// The rated side appealed.
        Appealed = "appealed",
        /// Somebody of the city opened the appeal, for a reason.
        CityOpened = "city_opened",
        /// The city keeps the rating.
        Kept = "kept",
        /// The city excludes it.
        Excluded = "excluded",
        /// A step is late.
        Overdue = "overdue",
        /// The official calendar moved the date.
        CalendarChanged = "calendar_changed",
    }

    /// Which cases a list shows.
    pub enum BadRatingQueue {
        /// 在办.
        Open = "open",
        /// 超期.
        Late = "late",
        /// 待回访.
        CallBack = "call_back",
        /// 申诉中.
        Appealed = "appealed",
        /// 已办结.
        Over = "over",
    }
}

impl BadRatingStatus {
    /// In these the rated side knows nothing of the case yet: it never sees single ratings as they come.
    pub const UNTOLD: [Self; 2] = [Self::Received, Self::Contacted];

    /// Whether nothing is to be done any more.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Closed)
    }
}

impl BadRatingEventKind {
    /// Whether its words are also for the rated side and whoever looks on. What the rater said is not, nor what colleagues
    /// note for each other.
    #[must_use]
    pub const fn is_told(self) -> bool {
        matches!(
            self,
            Self::Verified
                | Self::Rectifying
                | Self::Extended
                | Self::FedBack
                | Self::Appealed
                | Self::CityOpened
                | Self::Kept
                | Self::Excluded
        )
    }
}

/// What somebody has to do with a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Handles it.
    Handles,
    /// Sees its course, without what the rater said.
    Looks,
    /// Is its target: sees it once it is verified, may appeal, and never handles it, whatever else they may.
    Rated,
}

/// What the rules need to know of a case.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    /// Where it stands.
    pub status: BadRatingStatus,
    /// Whether the rater left a way to be reached.
    pub named: bool,
    /// Calls since it stands there in which nobody was reached.
    pub missed: u32,
    /// Whether the fix was put off.
    pub extended: bool,
    /// Whether the rater was dissatisfied with a fix before.
    pub again: bool,
    /// When the present step is due.
    pub due_at: Option<DateTime<Utc>>,
    /// Until when the rated side may appeal; set when it is verified.
    pub appeal_until: Option<DateTime<Utc>>,
    /// Whether somebody has appealed: there is one appeal.
    pub appealed: bool,
}

impl Facts {
    /// Whether the rated side may still appeal.
    #[must_use]
    pub fn may_appeal(&self, now: DateTime<Utc>) -> bool {
        !self.appealed && self.appeal_until.is_some_and(|until| now <= until)
    }

    fn states(action: BadRatingAction) -> &'static [BadRatingStatus] {
        use {BadRatingAction as A, BadRatingStatus as S};
        match action {
            A::Contact => &[S::Received],
            A::Verify => &[S::Contacted],
            A::Rectify => &[S::Valid],
            A::Extend => &[S::Contacted, S::Valid, S::Rectifying],
            A::FeedBack => &[S::Rectifying],
            A::CallBack => &[S::FedBack],
            A::Close => &[S::FedBack, S::FollowedUp, S::Mistaken],
            A::Note => &[
                S::Received,
                S::Contacted,
                S::Valid,
                S::Mistaken,
                S::Appealed,
                S::Rectifying,
                S::FedBack,
                S::FollowedUp,
            ],
            A::Appeal => &[S::Valid, S::Mistaken, S::Rectifying, S::FedBack, S::FollowedUp],
        }
    }
}

/// Whether somebody of `part` may do `action` now; `appeals` says whether they speak for the rated side.
///
/// # Errors
/// `bad_rating.own` for its target, `bad_rating.not_yours` for whoever only looks on, `bad_rating.step` when the case is not
/// where the step starts, and a code of its own for each rule about calls, putting off and appeals.
pub fn may(
    action: BadRatingAction,
    (part, appeals): (Part, bool),
    facts: &Facts,
    now: DateTime<Utc>,
) -> Result<(), Violation> {
    use {BadRatingAction as A, BadRatingStatus as S};
    let refuse = |code| Err(Violation::new("", code));
    match (action, part) {
        (A::Appeal, _) if !appeals => return refuse("bad_rating.not_rated"),
        (A::Appeal, _) | (_, Part::Handles) => {}
        (_, Part::Rated) => return refuse("bad_rating.own"),
        (_, Part::Looks) => return refuse("bad_rating.not_yours"),
    }
    if !Facts::states(action).contains(&facts.status) {
        return refuse("bad_rating.step");
    }
    match action {
        A::Extend if facts.extended => refuse("bad_rating.extended"),
        A::Extend if facts.due_at.is_some_and(|due| now > due) => refuse("bad_rating.extension_late"),
        A::CallBack if !facts.named => refuse("bad_rating.no_contact"),
        A::Close if facts.status == S::FedBack && facts.named => refuse("bad_rating.call_back_first"),
        A::Close if facts.may_appeal(now) => refuse("bad_rating.appeal_first"),
        A::Appeal if facts.appealed => refuse("bad_rating.appealed_before"),
        A::Appeal if !facts.may_appeal(now) => refuse("bad_rating.appeal_over"),
        _ => Ok(()),
    }
}

/// What somebody may do now, in the order of declaration.
pub fn actions(who: (Part, bool), facts: Facts, now: DateTime<Utc>) -> impl Iterator<Item = BadRatingAction> {
    BadRatingAction::ALL.iter().copied().filter(move |action| may(*action, who, &facts, now).is_ok())
}

/// Where getting in touch leads. Without a way to be reached there is nobody to call.
///
/// # Errors
/// `bad_rating.contact_left` and `bad_rating.no_contact` when the outcome is not possible.
pub fn after_contact(outcome: RaterContact, facts: &Facts) -> Result<BadRatingStatus, Violation> {
    match (outcome, facts.named) {
        (RaterContact::NoContact, true) => Err(Violation::new("outcome", "bad_rating.contact_left")),
        (RaterContact::Reached | RaterContact::Unreached, false) => {
            Err(Violation::new("outcome", "bad_rating.no_contact"))
        }
        (RaterContact::Unreached, true) if facts.missed + 1 < TRIES => Ok(BadRatingStatus::Received),
        _ => Ok(BadRatingStatus::Contacted),
    }
}

/// Where a finding leads.
#[must_use]
pub const fn after_finding(finding: BadRatingFinding) -> BadRatingStatus {
    match finding {
        BadRatingFinding::Mistaken => BadRatingStatus::Mistaken,
        BadRatingFinding::Clear | BadRatingFinding::Complex | BadRatingFinding::NoBasis => BadRatingStatus::Valid,
    }
}

/// Whether a rectification task may follow: it was verified, and was no mistake.
///
/// # Errors
/// `bad_rating.not_valid`.
pub const fn leads_to_task(finding: Option<BadRatingFinding>, excluded: bool) -> Result<(), Violation> {
    match finding {
        Some(BadRatingFinding::Clear | BadRatingFinding::Complex | BadRatingFinding::NoBasis) if !excluded => Ok(()),
        _ => Err(Violation::new("", "bad_rating.not_valid")),
    }
}

/// Where calling back leads: who is dissatisfied with the fix gets another one, once. No level: nobody was reached.
#[must_use]
pub const fn after_call(level: Option<HandlingSatisfaction>, facts: &Facts) -> BadRatingStatus {
    match level {
        Some(level) if level.is_bad() && !facts.again => BadRatingStatus::Rectifying,
        None if facts.missed + 1 < TRIES => BadRatingStatus::FedBack,
        _ => BadRatingStatus::FollowedUp,
    }
}

/// How the rater was told what was done: somehow, where they can be.
///
/// # Errors
/// `form.required` and `bad_rating.no_contact` at `mode`.
pub const fn check_feedback(mode: Option<FeedbackMode>, facts: &Facts) -> Result<(), Violation> {
    match (mode, facts.named) {
        (None, true) => Err(Violation::new("mode", "form.required")),
        (Some(_), false) => Err(Violation::new("mode", "bad_rating.no_contact")),
        _ => Ok(()),
    }
}

/// The level with which somebody answered who was called back; none where nobody was reached.
///
/// # Errors
/// `form.required` and `bad_rating.unreached` at `satisfaction`, `bad_rating.contact_left` at `outcome`.
pub const fn check_call(
    outcome: RaterContact,
    level: Option<HandlingSatisfaction>,
) -> Result<Option<HandlingSatisfaction>, Violation> {
    match (outcome, level) {
        (RaterContact::Reached, Some(_)) | (RaterContact::Unreached, None) => Ok(level),
        (RaterContact::Reached, None) => Err(Violation::new("satisfaction", "form.required")),
        (RaterContact::Unreached, Some(_)) => Err(Violation::new("satisfaction", "bad_rating.unreached")),
        (RaterContact::NoContact, _) => Err(Violation::new("outcome", "bad_rating.contact_left")),
    }
}

#[cfg(test)]
#[path = "bad_ratings_tests.rs"]
mod tests;
