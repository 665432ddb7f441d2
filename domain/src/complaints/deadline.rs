//! When each step is due: derived from start, policy, calendar and stored pauses, never typed in.
//!
//! A pause of *k* working days moves the due date by *k* working days. Reclassifying
//! changes the number of days only: start and pauses stay.

use chrono::{DateTime, Days, NaiveDate, Utc};

use super::{ComplaintClass, ComplaintStatus, EscalationLevel};
use crate::{
    Violation,
    calendar::{WorkingCalendar, end_of_day, local_date},
    macros::text_enum,
    policy::{Policy, PolicyKey},
};

text_enum! {
    /// The step whose clock is running.
    #[cfg_attr(feature = "graphql", graphql(name = "ComplaintStep"))]
    pub enum Step {
        /// First look.
        Ack = "ack",
        /// Accept or not.
        AcceptDecision = "accept_decision",
        /// The reply itself.
        Reply = "reply",
        /// Telling the complainant.
        Feedback = "feedback",
        /// Asking whether they are satisfied.
        FollowUp = "follow_up",
        /// Deciding the review.
        Review = "review",
    }
}

/// An interval in which the clock stood still, in local dates. Open while `to` is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pause {
    /// First day of the pause.
    pub from: NaiveDate,
    /// Day on which the clock went on.
    pub to: Option<NaiveDate>,
}

/// The clock of one step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    /// Which step.
    pub step: Step,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// Working days allowed, extensions included; 0 is the same working day.
    pub days: u32,
}

impl Step {
    /// The step that runs while a complaint has `status`; none when nothing is owed.
    #[must_use]
    pub const fn of(status: ComplaintStatus) -> Option<Self> {
        use ComplaintStatus as S;
        match status {
            S::Registered => Some(Self::Ack),
            S::Screening => Some(Self::AcceptDecision),
            S::Accepted | S::Assigned | S::Returned | S::Investigating | S::Proposed | S::Approved => Some(Self::Reply),
            S::OnSpotResolved | S::Concluded => Some(Self::Feedback),
            S::FeedbackGiven => Some(Self::FollowUp),
            S::ReviewRequested | S::UnderReview => Some(Self::Review),
            S::NotAccepted | S::Merged | S::Satisfied | S::Reviewed | S::Closed | S::Archived => None,
        }
    }

    /// Working days allowed for the step.
    #[must_use]
    pub fn days(self, class: ComplaintClass, policy: &Policy) -> u32 {
        policy.get(match self {
            Self::Ack => PolicyKey::ComplaintAck,
            Self::AcceptDecision => PolicyKey::ComplaintAcceptDecision,
            Self::Reply => match class {
                ComplaintClass::Simple => PolicyKey::ComplaintSimple,
                ComplaintClass::Normal => PolicyKey::ComplaintNormal,
                ComplaintClass::Complex => PolicyKey::ComplaintComplex,
            },
            Self::Feedback => PolicyKey::ComplaintFeedback,
            Self::FollowUp => PolicyKey::ComplaintFollowup,
            Self::Review => PolicyKey::ComplaintReviewDecide,
        })
    }
}

impl Clock {
    /// When the step is due, at the end of that day in Asia/Shanghai. An open pause counts up to `now`.
    ///
    /// # Errors
    /// `calendar.year_missing` when the date leaves the published lists.
    pub fn due_at(
        &self,
        pauses: &[Pause],
        now: DateTime<Utc>,
        calendar: &WorkingCalendar,
    ) -> Result<DateTime<Utc>, Violation> {
        self.due_after(paused_days(pauses, now, calendar)?, calendar)
    }

    /// The same after `paused` working days in which it stood still.
    ///
    /// # Errors
    /// As [`due_at`](Self::due_at).
    pub fn due_after(&self, paused: u32, calendar: &WorkingCalendar) -> Result<DateTime<Utc>, Violation> {
        let base = calendar.add(local_date(self.started_at), self.days)?;
        let due = if paused == 0 { base } else { calendar.add(base, paused)? };
        Ok(end_of_day(due))
    }
}

/// What a newly published or corrected calendar does to a date: `told` until now, `computed` by the calendar of now. None
/// where it stays. The list of the state is no choice of ours, so a date follows it in both directions; but whoever was
/// late stays late, and nobody is made late by a list that did not exist.
#[must_use]
pub fn by_new_calendar(
    told: Option<DateTime<Utc>>,
    computed: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    match told {
        None => Some(computed),
        Some(told) if told == computed || told < now || computed < now => None,
        Some(_) => Some(computed),
    }
}

/// A due date before and after, as an entry of the timeline keeps it: `2026-12-31 2027-01-04`, `- 2027-01-04`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DueMove {
    /// The day that was told; none where the calendar was awaited.
    pub from: Option<NaiveDate>,
    /// The day from now on.
    pub to: NaiveDate,
}

impl DueMove {
    /// Of two instants.
    #[must_use]
    pub fn of(told: Option<DateTime<Utc>>, due: DateTime<Utc>) -> Self {
        Self { from: told.map(local_date), to: local_date(due) }
    }

    /// As it was written.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (from, to) = text.split_once(' ')?;
        let from = if from == "-" { None } else { Some(from.parse().ok()?) };
        Some(Self { from, to: to.parse().ok()? })
    }
}

impl std::fmt::Display for DueMove {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.from {
            Some(from) => write!(f, "{from} {}", self.to),
            None => write!(f, "- {}", self.to),
        }
    }
}

/// Working days that `pauses` have taken out of the clock, the first day of each not counted.
///
/// # Errors
/// `calendar.year_missing` as above.
pub fn paused_days(pauses: &[Pause], now: DateTime<Utc>, calendar: &WorkingCalendar) -> Result<u32, Violation> {
    let today = local_date(now);
    pauses.iter().try_fold(0, |sum, pause| {
        let days = calendar.between(pause.from, pause.to.unwrap_or(today))?;
        Ok(sum + u32::try_from(days).unwrap_or(0))
    })
}

/// Whether the reply may be put off by so many `days` at once; how often is [`may`](super::may)'s to say.
///
/// # Errors
/// `complaint.extension_too_long` (arg `max`).
pub fn extend(days: u32, policy: &Policy) -> Result<(), Violation> {
    let max = policy.get(PolicyKey::ComplaintExtensionMaxDays);
    if days == 0 || days > max {
        return Err(Violation::new("days", "complaint.extension_too_long").with("max", max));
    }
    Ok(())
}

/// The level a matter has reached by being late, `None` while it is in time (policy `escalation.*`).
///
/// # Errors
/// `calendar.year_missing` when `now` is outside the published lists.
pub fn overdue_level(
    due_at: DateTime<Utc>,
    now: DateTime<Utc>,
    policy: &Policy,
    calendar: &WorkingCalendar,
) -> Result<EscalationLevel, Violation> {
    if now <= due_at {
        return Ok(EscalationLevel::None);
    }
    // Whole working days gone by since the due day: on the first day after it, none.
    let yesterday = local_date(now) - Days::new(1);
    let late = calendar.between(local_date(due_at), yesterday)?;
    let reached = |key| i64::from(late) >= i64::from(policy.get(key));
    Ok(if reached(PolicyKey::EscalateToCity) {
        EscalationLevel::City
    } else if reached(PolicyKey::EscalateToSupervision) {
        EscalationLevel::Supervision
    } else if reached(PolicyKey::EscalateToCenter) {
        EscalationLevel::Center
    } else if reached(PolicyKey::EscalateToLead) {
        EscalationLevel::Lead
    } else {
        EscalationLevel::None
    })
}

/// Whether the warning before the deadline is due. A step of `days` working days is never
/// warned about on the day it begins: it has only just been given.
///
/// # Errors
/// `calendar.year_missing` as above.
pub fn is_near(
    due_at: DateTime<Utc>,
    days: u32,
    now: DateTime<Utc>,
    policy: &Policy,
    calendar: &WorkingCalendar,
) -> Result<bool, Violation> {
    let left = calendar.between(local_date(now), local_date(due_at))?;
    let before = i64::from(policy.get(PolicyKey::WarnBefore)).min(i64::from(days) - 1);
    Ok(now <= due_at && i64::from(left) <= before)
}

/// Where a case stands in a list ordered by due time: what is due first, then, with nothing
/// due, the newest first. One column, so that one index and one cursor serve every queue.
#[must_use]
pub fn queue_position(due_at: Option<DateTime<Utc>>, received_at: DateTime<Utc>) -> DateTime<Utc> {
    // 9000-01-01: after every deadline; the newest receipt comes closest to it.
    const AFTER_ALL_DUE: i64 = 221_845_392_000;
    due_at
        .unwrap_or_else(|| DateTime::from_timestamp(AFTER_ALL_DUE - received_at.timestamp(), 0).unwrap_or(received_at))
}

#[cfg(test)]
#[path = "deadline_tests.rs"]
mod tests;
