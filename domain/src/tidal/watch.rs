//! What readings of the queue ask for: a rule with two levels, so that a window does not open and close with each ticket.
//!
//! High is as many or as long as the city's policy says, low is much fewer; between the two nothing changes. A level
//! counts once it has lasted. It is looked at when a reading arrives, never when somebody looks.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Level, TidalPhase};
use crate::policy::{Policy, PolicyKey};

/// After this long without a reading nobody knows what was between: a level begins anew, and a proposal that nobody
/// decided is over.
pub const GAP: TimeDelta = TimeDelta::minutes(15);

/// What is known of a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Watch {
    /// Where it stands.
    pub phase: TidalPhase,
    /// When the last reading came.
    pub last_at: Option<DateTime<Utc>>,
    /// Since when the level is high.
    pub high_since: Option<DateTime<Utc>>,
    /// Since when it is low.
    pub low_since: Option<DateTime<Utc>>,
    /// Whether a lead has said no to the peak that goes on.
    pub declined: bool,
    /// Whether closing is proposed.
    pub closing: bool,
}

/// What a reading brings about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// It should be opened.
    ProposeOpening,
    /// The peak went by before anybody decided.
    PeakPassed,
    /// It may be closed.
    ProposeClosing,
    /// It had better stay open.
    StayOpen,
}

impl Watch {
    /// A window that nothing is known of.
    pub const NEW: Self = Self {
        phase: TidalPhase::Closed,
        last_at: None,
        high_since: None,
        low_since: None,
        declined: false,
        closing: false,
    };

    /// What is known after a reading, and what it brings about.
    #[must_use]
    pub fn read(self, level: Level, at: DateTime<Utc>, policy: &Policy) -> (Self, Option<Signal>) {
        let is = |count: u32, key| count >= policy.get(key);
        let high = is(level.waiting, PolicyKey::TidalOpenWaiting)
            || level.minutes.is_some_and(|minutes| is(minutes, PolicyKey::TidalOpenMinutes));
        let low = !high && level.waiting <= policy.get(PolicyKey::TidalCloseWaiting);
        let goes_on = self.last_at.is_some_and(|last| at - last <= GAP);
        let since = |now: bool, before: Option<DateTime<Utc>>| now.then(|| before.filter(|_| goes_on).unwrap_or(at));
        let lasts = |since: Option<DateTime<Utc>>, key| {
            since.is_some_and(|since| at - since >= TimeDelta::minutes(policy.get(key).into()))
        };
        let mut next = Self {
            last_at: Some(at),
            high_since: since(high, self.high_since),
            low_since: since(low, self.low_since),
            declined: self.declined && goes_on && !low,
            ..self
        };
        let rush = lasts(next.high_since, PolicyKey::TidalOpenLasts);
        let calm = lasts(next.low_since, PolicyKey::TidalCloseLasts);
        let signal = match self.phase {
            TidalPhase::Closed if rush && !next.declined => Some(Signal::ProposeOpening),
            TidalPhase::Proposed if calm || !goes_on => Some(Signal::PeakPassed),
            TidalPhase::Open if calm && !self.closing => Some(Signal::ProposeClosing),
            TidalPhase::Open if high && self.closing => Some(Signal::StayOpen),
            _ => None,
        };
        match signal {
            Some(Signal::ProposeOpening) => next.phase = TidalPhase::Proposed,
            Some(Signal::PeakPassed) => next.phase = TidalPhase::Closed,
            Some(Signal::ProposeClosing) => next.closing = true,
            Some(Signal::StayOpen) => next.closing = false,
            None => {}
        }
        (next, signal)
    }
}
