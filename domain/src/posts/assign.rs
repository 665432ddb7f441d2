//! Intervals of days, and what may not overlap.

use chrono::NaiveDate;

use super::Capacity;
use crate::{AssignmentId, PostId, Violation};

/// Days from one to another, both included; without an end it goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub until: Option<NaiveDate>,
}

impl Days {
    /// Whether `day` is one of them.
    #[must_use]
    pub fn contain(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }

    /// Whether both have a day in common.
    #[must_use]
    pub fn overlap(&self, other: &Self) -> bool {
        let starts_before_end = |a: &Self, b: &Self| b.until.is_none_or(|until| a.from <= until);
        starts_before_end(self, other) && starts_before_end(other, self)
    }

    /// Broken when it ends before it begins.
    ///
    /// # Errors
    /// `posts.ends_before` at `until`.
    #[must_use]
    pub fn check(&self) -> Option<Violation> {
        self.until.is_some_and(|until| until < self.from).then(|| Violation::new("until", "posts.ends_before"))
    }
}

/// Somebody's time at a post.
#[derive(Clone, Copy, Debug)]
pub struct Assignment {
    /// Which.
    pub id: AssignmentId,
    /// Where.
    pub post: PostId,
    /// How.
    pub capacity: Capacity,
    /// When.
    pub days: Days,
}

/// Whether `new` can stand beside what the same person has: one main post at a time, and each post once at a time.
///
/// # Errors
/// `posts.two_main` or `posts.twice_there`, each naming the first day of the other one.
pub fn fits(new: &Assignment, others: &[Assignment]) -> Option<Violation> {
    new.days.check().or_else(|| {
        let other = others.iter().filter(|other| other.id != new.id && other.days.overlap(&new.days));
        other.clone().find(|other| other.post == new.post).map(|other| clash("posts.twice_there", other)).or_else(
            || {
                let main = |a: &Assignment| a.capacity == Capacity::Main;
                other.clone().find(|other| main(other) && main(new)).map(|other| clash("posts.two_main", other))
            },
        )
    })
}

fn clash(code: &'static str, other: &Assignment) -> Violation {
    Violation::new("from", code).with("from", other.days.from)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(n: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + chrono::Days::new(u64::from(n))
    }

    fn days(from: u32, until: Option<u32>) -> Days {
        Days { from: day(from), until: until.map(day) }
    }

    fn at(id: u128, post: u128, capacity: Capacity, days: Days) -> Assignment {
        Assignment {
            id: AssignmentId(uuid::Uuid::from_u128(id)),
            post: PostId(uuid::Uuid::from_u128(post)),
            capacity,
            days,
        }
    }

    proptest! {
        #[test]
        fn two_intervals_overlap_when_a_day_is_in_both(
            a in 0..20u32, b in 0..20u32, c in proptest::option::of(0..20u32), d in proptest::option::of(0..20u32),
        ) {
            let (one, two) = (days(a, c.map(|c| c.max(a))), days(b, d.map(|d| d.max(b))));
            let shared = (0..60).any(|n| one.contain(day(n)) && two.contain(day(n)));
            prop_assert_eq!(one.overlap(&two), shared);
            prop_assert_eq!(two.overlap(&one), shared);
        }
    }

    #[test]
    fn somebody_has_one_main_post_at_a_time_and_is_nowhere_twice() {
        use Capacity::{Concurrent, Main};
        let has = [at(1, 1, Main, days(0, Some(9))), at(2, 2, Concurrent, days(0, None))];
        let code = |new: Assignment| fits(&new, &has).map(|v| v.code);
        assert_eq!(code(at(9, 3, Main, days(5, None))), Some("posts.two_main"));
        assert_eq!(code(at(9, 3, Main, days(10, None))), None);
        assert_eq!(code(at(9, 3, Concurrent, days(5, None))), None);
        assert_eq!(code(at(9, 2, Main, days(10, None))), Some("posts.twice_there"));
        assert_eq!(code(at(9, 3, Main, days(12, Some(11)))), Some("posts.ends_before"));
        // Changing one's own end is no overlap with oneself.
        assert_eq!(code(at(1, 1, Main, days(0, Some(20)))), None);
    }
}
