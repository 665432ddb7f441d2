//! The tidal window (潮汐窗口; 6.13, domain section C.9): closed as a rule, opened when many come.
//!
//! Readings of the queue come in from the ticket machine and by hand; [`watch`] proposes from them, a lead decides. At
//! quiet times its people work in the back (6.13.3) and return calls (6.13.4).

pub mod watch;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::{Violation, calendar::local_date, complaints::form::length, macros::text_enum, settings::line};

/// The kind of post that this is about.
pub const POST_KIND: &str = "tidal_post";

text_enum! {
    /// Where a tidal window stands.
    pub enum TidalPhase {
        /// 关闭: as a rule.
        Closed = "closed",
        /// 建议开启: waits for a lead's word.
        Proposed = "proposed",
        /// 开启.
        Open = "open",
        /// 收尾: takes nobody more, serves whom it has.
        Draining = "draining",
    }

    /// What a lead does with it.
    pub enum TidalAction {
        /// Open it, with or without a proposal.
        Open = "open",
        /// Leave it closed in spite of a proposal.
        Decline = "decline",
        /// Take nobody more.
        Drain = "drain",
        /// Close it.
        Close = "close",
    }

    /// Where a reading comes from.
    pub enum ReadingSource {
        /// Typed by somebody.
        Hand = "hand",
        /// The ticket machine.
        Machine = "machine",
    }

    /// Why a window was opened.
    pub enum OpenReason {
        /// The rule had proposed it.
        Auto = "auto",
        /// Somebody saw the crowd first.
        Manual = "manual",
    }

    /// What became of a proposal to open.
    pub enum ProposalStatus {
        /// Nobody has decided.
        Pending = "pending",
        /// The window was opened.
        Opened = "opened",
        /// It was declined.
        Declined = "declined",
        /// The peak went by before anybody decided.
        Passed = "passed",
    }

    /// What is done in the back at quiet times (6.13.3).
    pub enum BackWork {
        /// 网上办件.
        Online = "online",
        /// 后台审批、积压件.
        Backlog = "backlog",
        /// 归档.
        Archive = "archive",
        /// 其他.
        Other = "other",
    }
}

/// The phase after `action`.
///
/// # Errors
/// `tidal.step` when the window is not where the step starts.
pub fn after(phase: TidalPhase, action: TidalAction) -> Result<TidalPhase, Violation> {
    use TidalPhase as P;
    match (phase, action) {
        (P::Closed | P::Proposed, TidalAction::Open) => Ok(P::Open),
        (P::Proposed, TidalAction::Decline) => Ok(P::Closed),
        (P::Open, TidalAction::Drain) => Ok(P::Draining),
        (P::Draining, TidalAction::Close) => Ok(P::Closed),
        _ => Err(Violation::new("", "tidal.step")),
    }
}

/// How many wait, and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Level {
    /// Tickets that wait.
    pub waiting: u32,
    /// Minutes that the next one would wait, as estimated.
    pub minutes: Option<u32>,
}

impl Level {
    /// More than a hall holds, and longer than a day: whoever sends that is broken.
    pub const MAX: (u32, u32) = (2000, 600);

    /// Every broken rule.
    #[must_use]
    pub fn check(self) -> Vec<Violation> {
        let (waiting, minutes) = Self::MAX;
        let too_much = |field, value, max| (value > max).then(|| range(field, 0, max));
        let found =
            [too_much("waiting", self.waiting, waiting), too_much("minutes", self.minutes.unwrap_or(0), minutes)];
        found.into_iter().flatten().collect()
    }
}

/// A number out of its range.
fn range(field: &'static str, min: u32, max: u32) -> Violation {
    Violation::new(field, "tidal.range").with("min", min).with("max", max)
}

/// Something that is too long ago to be written down now.
fn too_old(field: &'static str, days: u32) -> Violation {
    Violation::new(field, "tidal.too_old").with("days", days)
}

/// How long an open window has until fewer wait than when it opened (ASSUMPTION).
pub const RELIEF: TimeDelta = TimeDelta::minutes(30);

/// Whether an open window has not helped: `fewest` wait since it opened with `waiting`.
#[must_use]
pub fn no_relief(opened_at: DateTime<Utc>, until: DateTime<Utc>, waiting: u32, fewest: Option<u32>) -> bool {
    until - opened_at >= RELIEF && fewest.is_some_and(|fewest| fewest >= waiting)
}

/// Whether a missed call waits for longer than the day on which it was to be returned, or was returned after it.
#[must_use]
pub fn call_late(due_on: Option<NaiveDate>, returned_at: Option<DateTime<Utc>>, today: NaiveDate) -> bool {
    due_on.is_some_and(|due| returned_at.map_or(today, local_date) > due)
}

/// A call, as filled in.
#[derive(Clone, Debug)]
pub struct CallForm {
    /// When it came.
    pub called_at: DateTime<Utc>,
    /// Whether somebody answered.
    pub answered: bool,
    /// The last four digits of the number: the phone itself knows the rest.
    pub tail: Option<String>,
    /// What it was about.
    pub note: Option<String>,
}

impl CallForm {
    /// Every broken rule, in the order of the fields.
    #[must_use]
    pub fn check(&self, now: DateTime<Utc>) -> Vec<Violation> {
        let day = [
            (self.called_at > now).then(|| Violation::new("calledAt", "form.date_in_future")),
            (self.called_at + TimeDelta::days(7) < now).then(|| too_old("calledAt", 7)),
        ];
        let four = |text: &str| text.len() == 4 && text.chars().all(|c| c.is_ascii_digit());
        let tail = self.tail.as_deref().filter(|text| !four(text)).map(|_| Violation::new("tail", "tidal.tail"));
        let note = self.note.as_deref().and_then(|text| length("note", text, 0, 500));
        day.into_iter().flatten().chain(tail).chain(note).collect()
    }
}

/// Work in the back, as filled in.
#[derive(Clone, Debug)]
pub struct WorkForm {
    /// On which day.
    pub on: NaiveDate,
    /// What.
    pub kind: BackWork,
    /// How many cases.
    pub cases: u32,
    /// For how many minutes.
    pub minutes: u32,
    /// What there is to say.
    pub note: Option<String>,
}

impl WorkForm {
    /// Every broken rule, in the order of the fields.
    #[must_use]
    pub fn check(&self, today: NaiveDate) -> Vec<Violation> {
        let on = if self.on > today {
            Some(Violation::new("on", "form.date_in_future"))
        } else {
            (self.on + TimeDelta::days(31) < today).then(|| too_old("on", 31))
        };
        let cases = (self.cases > 500).then(|| range("cases", 0, 500));
        let minutes = (!(1..=600).contains(&self.minutes)).then(|| range("minutes", 1, 600));
        let note = self.note.as_deref().and_then(|text| line("note", text, 200));
        [on, cases, minutes, note].into_iter().flatten().collect()
    }
}

/// How many were served, as filled in.
#[must_use]
pub fn check_served(served: u32) -> Option<Violation> {
    (served > 2000).then(|| range("served", 0, 2000))
}

#[cfg(test)]
#[path = "tidal_tests.rs"]
mod tests;
