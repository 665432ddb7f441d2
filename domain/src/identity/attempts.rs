//! How often a secret may be tried: counted before it is checked, so that many tries at
//! once are many tries, and locked for a while, never for good.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::calendar::local_date;

/// Failures in a row before the first lock.
pub const FREE_FAILURES: u32 = 5;
/// Tries that may reach the hasher in a day, from wherever they come.
pub const PER_DAY: u32 = 50;
const FIRST_LOCK: TimeDelta = TimeDelta::minutes(1);
const LONGEST_LOCK: TimeDelta = TimeDelta::minutes(30);

/// The tries at one thing: an account, an account from one address, a known browser.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Attempts {
    /// Failures since the last success.
    pub failures: u32,
    /// No try before then.
    pub locked_until: Option<DateTime<Utc>>,
    /// The day in Asia/Shanghai that `tries` are of.
    pub day: Option<NaiveDate>,
    /// Failed tries of that day.
    pub tries: u32,
}

impl Attempts {
    /// One more try, taken for a failure until [`passed`](Self::passed).
    ///
    /// # Errors
    /// The instant from which on another try is allowed.
    pub fn admit(self, now: DateTime<Utc>) -> Result<Self, DateTime<Utc>> {
        if let Some(until) = self.locked_until
            && now < until
        {
            return Err(until);
        }
        let today = local_date(now);
        let tries = if self.day == Some(today) { self.tries } else { 0 };
        if tries >= PER_DAY {
            return Err(crate::calendar::end_of_day(today) + TimeDelta::seconds(1));
        }
        let failures = self.failures.saturating_add(1);
        let locked_until = (failures >= FREE_FAILURES).then(|| now + lock(failures));
        Ok(Self { failures, locked_until, day: Some(today), tries: tries + 1 })
    }

    /// The try was right: the count begins anew.
    #[must_use]
    pub const fn passed(self) -> Self {
        Self { failures: 0, locked_until: None, day: self.day, tries: self.tries.saturating_sub(1) }
    }
}

/// Doubling from a minute to half an hour.
fn lock(failures: u32) -> TimeDelta {
    let doubled = 1_i32.checked_shl(failures.saturating_sub(FREE_FAILURES)).filter(|factor| *factor > 0);
    doubled.and_then(|factor| FIRST_LOCK.checked_mul(factor)).map_or(LONGEST_LOCK, |lock| lock.min(LONGEST_LOCK))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start() -> DateTime<Utc> {
        "2026-03-01T16:00:00Z".parse().unwrap()
    }

    #[test]
    fn ten_thousand_guesses_in_a_day_become_fifty() {
        let (mut attempts, mut admitted) = (Attempts::default(), 0);
        for guess in 0..10_000 {
            // Spread over the day from midnight on: the most that a patient guesser gets.
            if let Ok(next) = attempts.admit(start() + TimeDelta::milliseconds(guess * 8_640)) {
                (attempts, admitted) = (next, admitted + 1);
            }
        }
        assert_eq!(admitted, PER_DAY);
        assert!(attempts.admit(start() + TimeDelta::hours(25)).is_ok(), "the next day begins anew");
    }

    #[test]
    fn a_lock_doubles_up_to_half_an_hour() {
        let (mut attempts, mut now, mut waits) = (Attempts::default(), start(), Vec::new());
        for _ in 0..12 {
            attempts = attempts.admit(now).unwrap();
            if let Some(until) = attempts.locked_until {
                assert_eq!(attempts.admit(until - TimeDelta::microseconds(1)), Err(until));
                waits.push((until - now).num_minutes());
                now = until;
            }
        }
        assert_eq!(waits, [1, 2, 4, 8, 16, 30, 30, 30]);
    }

    #[test]
    fn a_success_is_forgotten() {
        let mut attempts = Attempts::default();
        for _ in 0..500 {
            attempts = attempts.admit(start()).unwrap().passed();
        }
        assert_eq!((attempts.failures, attempts.tries, attempts.locked_until), (0, 0, None));
    }

    #[test]
    fn no_number_of_failures_overflows() {
        let many = Attempts { failures: u32::MAX, ..Attempts::default() };
        assert_eq!(many.admit(start()).unwrap().locked_until, Some(start() + LONGEST_LOCK));
    }
}
