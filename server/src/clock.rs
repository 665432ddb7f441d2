//! Time and new ids. Nothing else asks the system for either, so that a test can fix both.

use std::sync::{
    Arc,
    atomic::{AtomicI64, AtomicU64, Ordering},
};

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use uuid::Uuid;

use crate::crypto;

/// The time, to the microsecond: PostgreSQL keeps no more, and both databases must agree.
#[derive(Clone, Debug)]
pub struct Clock(Kind);

#[derive(Clone, Debug)]
enum Kind {
    System,
    /// Runs as the system's clock does, so much later or earlier.
    Shifted(TimeDelta),
    /// Microseconds since 1970; stands still until it is advanced.
    Fixed(Arc<AtomicI64>),
}

impl Clock {
    /// The system's clock.
    #[must_use]
    pub const fn system() -> Self {
        Self(Kind::System)
    }

    /// A clock that shows `start` now and runs on from there.
    #[must_use]
    pub fn starting_at(start: DateTime<Utc>) -> Self {
        Self(Kind::Shifted(start - system_now()))
    }

    /// A clock that stands still at `at`, for tests. Clones stand together.
    #[must_use]
    pub fn fixed(at: DateTime<Utc>) -> Self {
        Self(Kind::Fixed(Arc::new(AtomicI64::new(at.timestamp_micros()))))
    }

    /// The present instant.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        match &self.0 {
            Kind::System => system_now(),
            Kind::Shifted(by) => (system_now() + *by).trunc_subsecs(6),
            Kind::Fixed(micros) => DateTime::from_timestamp_micros(micros.load(Ordering::Relaxed)).unwrap_or_default(),
        }
    }

    /// Moves a fixed clock; any other goes its own way.
    pub fn advance(&self, by: TimeDelta) {
        if let Kind::Fixed(micros) = &self.0 {
            micros.fetch_add(by.num_microseconds().unwrap_or(0), Ordering::Relaxed);
        }
    }

    /// Sets a fixed clock; any other goes its own way.
    pub fn set(&self, at: DateTime<Utc>) {
        if let Kind::Fixed(micros) = &self.0 {
            micros.store(at.timestamp_micros(), Ordering::Relaxed);
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the system's clock")]
fn system_now() -> DateTime<Utc> {
    Utc::now().trunc_subsecs(6)
}

/// Where new ids come from.
#[derive(Clone, Debug)]
pub struct IdSource(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    /// The seed, and how many ids were drawn. Clones draw from one row of numbers.
    Seeded(u16, Arc<AtomicU64>),
}

impl IdSource {
    /// UUIDv7 by the system's clock.
    #[must_use]
    pub const fn system() -> Self {
        Self(Source::System)
    }

    /// The same ids in each run, for tests: UUIDv7 in form and in order.
    #[must_use]
    pub fn seeded(seed: u16) -> Self {
        Self(Source::Seeded(seed, Arc::default()))
    }

    /// A new id, later in order than those before it.
    #[must_use]
    pub fn next(&self) -> Uuid {
        match &self.0 {
            Source::System => new_v7(),
            Source::Seeded(seed, drawn) => {
                let drawn = drawn.fetch_add(1, Ordering::Relaxed);
                // 2026-01-01 in milliseconds; one id per millisecond keeps the order.
                let millis = (1_767_225_600_000 + drawn).to_be_bytes();
                let [_, _, time @ ..] = millis;
                let mut bytes = [0; 16];
                bytes[..6].copy_from_slice(&time);
                bytes[6] = 0x70;
                bytes[8] = 0x80;
                bytes[14..].copy_from_slice(&seed.to_be_bytes());
                Uuid::from_bytes(bytes)
            }
        }
    }

    /// Puts things into an order that tells nothing of the one before; in tests into the same one in each run.
    ///
    /// # Errors
    /// When the system gives no random bytes.
    pub fn shuffle<T>(&self, things: &mut [T]) -> anyhow::Result<()> {
        let seed = match &self.0 {
            Source::System => u64::from_be_bytes(crypto::random()?),
            Source::Seeded(seed, drawn) => (drawn.fetch_add(1, Ordering::Relaxed) << 16) | u64::from(*seed),
        };
        fastrand::Rng::with_seed(seed).shuffle(things);
        Ok(())
    }

    /// A new id without order, for rows that must not tell when they were made.
    #[must_use]
    pub fn unordered(&self) -> Uuid {
        match &self.0 {
            Source::System => new_v4(),
            Source::Seeded(..) => self.next(),
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that draws ordered ids")]
fn new_v7() -> Uuid {
    Uuid::now_v7()
}

#[expect(clippy::disallowed_methods, reason = "the one place that draws random ids")]
fn new_v4() -> Uuid {
    Uuid::new_v4()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_is_no_finer_than_both_databases() {
        assert_eq!(Clock::system().now().timestamp_subsec_nanos() % 1000, 0);
        let start = DateTime::UNIX_EPOCH + TimeDelta::nanoseconds(1_500);
        assert_eq!(Clock::starting_at(start).now().timestamp_subsec_nanos() % 1000, 0);
    }

    #[test]
    fn a_fixed_clock_moves_only_when_told_and_for_all_who_hold_it() {
        let clock = Clock::fixed(DateTime::UNIX_EPOCH);
        let other = clock.clone();
        clock.advance(TimeDelta::days(1));
        assert_eq!(other.now(), DateTime::UNIX_EPOCH + TimeDelta::days(1));
    }

    #[test]
    fn seeded_ids_are_the_same_in_each_run_and_grow() {
        let draw = |seed| {
            let ids = IdSource::seeded(seed);
            (0..300).map(|_| ids.next()).collect::<Vec<_>>()
        };
        assert_eq!(draw(1), draw(1));
        assert_ne!(draw(1), draw(2));
        assert!(draw(1).is_sorted());
        assert_eq!(draw(1)[299].get_version_num(), 7);
    }
}
