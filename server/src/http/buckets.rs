//! How often somebody may do something, in bounded memory (B-3).

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};

/// Keys that are remembered. Of more, those that came least recently are forgotten.
const KEYS: usize = 20_000;

/// A bucket of tokens for each key: `burst` at once, and one more each `interval`.
#[derive(Debug)]
pub struct Buckets<K> {
    interval: TimeDelta,
    /// The time in which an empty bucket fills.
    full: TimeDelta,
    known: Mutex<Known<K>>,
}

/// When each key's bucket is full again. The young become old, and the old are forgotten, when the
/// young are too many, or when the time of every bucket among the old has come.
#[derive(Debug)]
struct Known<K> {
    young: HashMap<K, DateTime<Utc>>,
    old: HashMap<K, DateTime<Utc>>,
    since: DateTime<Utc>,
}

impl<K: Eq + Hash> Buckets<K> {
    /// Buckets of `burst` tokens, refilled by `per_minute`.
    #[must_use]
    pub fn new(burst: u32, per_minute: u32) -> Self {
        let interval = TimeDelta::microseconds(60_000_000 / i64::from(per_minute.max(1)));
        let full = TimeDelta::microseconds(60_000_000 / i64::from(per_minute.max(1)) * i64::from(burst.max(1)));
        let known = Known { young: HashMap::new(), old: HashMap::new(), since: DateTime::UNIX_EPOCH };
        Self { interval, full, known: Mutex::new(known) }
    }

    /// Takes a token.
    ///
    /// # Errors
    /// How long until there is one.
    pub fn take(&self, key: K, now: DateTime<Utc>) -> Result<(), Duration> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.young.len() >= KEYS / 2 || now - known.since > self.full {
            known.old = std::mem::take(&mut known.young);
            known.since = now;
        }
        let full_at = match known.young.remove(&key) {
            Some(at) => at,
            None => known.old.remove(&key).unwrap_or(now),
        };
        // Further away than possible: somebody has set the clock back.
        let full_at = if full_at - now > self.full { now } else { full_at.max(now) };
        let after = full_at + self.interval;
        let wait = after - now - self.full;
        let taken = wait <= TimeDelta::zero();
        known.young.insert(key, if taken { after } else { full_at });
        if taken { Ok(()) } else { Err(wait.to_std().unwrap_or_default()) }
    }

    /// Gives a token back that was taken for nothing bad.
    pub fn give_back(&self, key: &K) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(full_at) = known.young.get_mut(key) {
            *full_at -= self.interval;
        }
    }

    #[cfg(test)]
    fn len(&self) -> usize {
        let known = self.known.lock().unwrap();
        known.young.len() + known.old.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::days(20_000) + TimeDelta::seconds(seconds)
    }

    #[test]
    fn a_burst_passes_and_then_one_each_interval() {
        let buckets = Buckets::new(10, 6);
        assert!((0..10).all(|_| buckets.take(1, at(0)).is_ok()));
        assert_eq!(buckets.take(1, at(0)), Err(Duration::from_secs(10)));
        assert_eq!(buckets.take(1, at(4)), Err(Duration::from_secs(6)));
        assert!(buckets.take(1, at(10)).is_ok() && buckets.take(1, at(10)).is_err());
        assert!(buckets.take(2, at(10)).is_ok(), "another key has its own");
        // Over an hour no more than the burst and sixty times the rate.
        let taken = (0..3600).filter(|second| buckets.take(3, at(*second)).is_ok()).count();
        assert_eq!(taken, 10 + 6 * 60 - 1);
    }

    #[test]
    fn a_bucket_is_full_again_and_no_fuller() {
        let buckets = Buckets::new(2, 60);
        assert!(buckets.take(1, at(0)).is_ok() && buckets.take(1, at(0)).is_ok() && buckets.take(1, at(0)).is_err());
        let later = at(86_400);
        assert!(buckets.take(1, later).is_ok() && buckets.take(1, later).is_ok() && buckets.take(1, later).is_err());
    }

    #[test]
    fn a_clock_set_back_locks_nobody_out() {
        let buckets = Buckets::new(2, 60);
        assert!(buckets.take(1, at(86_400)).is_ok());
        assert!(buckets.take(1, at(0)).is_ok() && buckets.take(1, at(0)).is_ok() && buckets.take(1, at(0)).is_err());
    }

    #[test]
    fn any_number_of_keys_takes_bounded_memory_and_does_not_free_the_one_in_use() {
        let buckets = Buckets::new(3, 1);
        for key in 0..300_000_u32 {
            assert!(buckets.take(key, at(0)).is_ok());
            if key % 1000 == 0 {
                let _ = buckets.take(u32::MAX, at(0));
            }
        }
        assert!(buckets.len() <= KEYS, "{}", buckets.len());
        assert!(buckets.take(u32::MAX, at(0)).is_err());
    }

    #[test]
    fn what_is_full_is_forgotten() {
        let buckets = Buckets::new(10, 6);
        for key in 0..1000 {
            assert!(buckets.take(key, at(0)).is_ok());
        }
        assert!(buckets.take(5000, at(101)).is_ok());
        assert!(buckets.take(5000, at(202)).is_ok());
        assert!(buckets.len() <= 2, "{}", buckets.len());
    }
}
