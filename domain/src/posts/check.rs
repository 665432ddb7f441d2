//! What an active post lacks (domain section C, common checks).

use chrono::{Months, NaiveDate};

use super::{PostStatus, kind::PostCheck};
use crate::{StaffId, training::due_on};

/// Months after which a post's duties are to be looked at again (ASSUMPTION, domain section C).
pub const DUTIES_REVIEW_MONTHS: u32 = 12;

/// What is known of a post.
#[derive(Clone, Copy, Debug)]
pub struct PostFacts<'a> {
    /// Where it is in its life.
    pub status: PostStatus,
    /// Whether it has a lead.
    pub has_lead: bool,
    /// How many are assigned today.
    pub people: usize,
    /// When its duties were last looked at.
    pub duties_reviewed_on: Option<NaiveDate>,
    /// Who of them was trained too seldom this year.
    pub untrained: &'a [StaffId],
    /// Who of them has passed no induction.
    pub uninducted: &'a [StaffId],
}

/// How a check stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// What was looked at.
    pub check: PostCheck,
    /// Whether nothing is missing.
    pub fine: bool,
    /// When what is fine now will be missing, or since when it is; none when no day is known.
    pub due_on: Option<NaiveDate>,
    /// Whom it concerns that something is missing.
    pub people: Vec<StaffId>,
}

/// The checks of a post's kind; a post that is not in use owes nothing.
#[must_use]
pub fn checks(kind: &[PostCheck], facts: &PostFacts, today: NaiveDate) -> Vec<Checked> {
    if facts.status != PostStatus::Active {
        return Vec::new();
    }
    kind.iter().map(|check| one(*check, facts, today)).collect()
}

fn one(check: PostCheck, facts: &PostFacts, today: NaiveDate) -> Checked {
    let plain = |fine| Checked { check, fine, due_on: None, people: Vec::new() };
    let each = |people: &[StaffId], due_on| Checked {
        fine: people.is_empty(),
        due_on,
        people: people.to_vec(),
        ..plain(true)
    };
    match check {
        PostCheck::Lead => plain(facts.has_lead),
        PostCheck::Staffed => plain(facts.people > 0),
        PostCheck::DutiesReviewed => {
            let due_on =
                facts.duties_reviewed_on.and_then(|day| day.checked_add_months(Months::new(DUTIES_REVIEW_MONTHS)));
            Checked { due_on, ..plain(due_on.is_some_and(|due| today <= due)) }
        }
        PostCheck::Trained => each(facts.untrained, Some(due_on(today))),
        PostCheck::Inducted => each(facts.uninducted, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_active_post_lacks_what_its_kind_asks_for_and_no_other_owes_anything() {
        let today = NaiveDate::from_ymd_opt(2026, 2, 13).unwrap();
        let facts = PostFacts {
            status: PostStatus::Active,
            has_lead: true,
            people: 0,
            duties_reviewed_on: NaiveDate::from_ymd_opt(2025, 2, 12),
            untrained: &[],
            uninducted: &[],
        };
        let missing = |facts: &PostFacts| {
            let found = checks(PostCheck::ALL, facts, today);
            found.into_iter().filter(|c| !c.fine).map(|c| c.check).collect::<Vec<_>>()
        };
        assert_eq!(missing(&facts), [PostCheck::Staffed, PostCheck::DutiesReviewed]);
        let on_the_day = PostFacts { duties_reviewed_on: NaiveDate::from_ymd_opt(2025, 2, 13), ..facts };
        assert!(!missing(&on_the_day).contains(&PostCheck::DutiesReviewed));
        let new = [StaffId(uuid::Uuid::from_u128(1))];
        let with_new = PostFacts { people: 1, untrained: &new, uninducted: &new, ..on_the_day };
        assert_eq!(missing(&with_new), [PostCheck::Trained, PostCheck::Inducted]);
        let named = checks(&[PostCheck::Trained], &with_new, today);
        assert_eq!((named[0].people.as_slice(), named[0].due_on), (&new[..], NaiveDate::from_ymd_opt(2026, 12, 31)));
        for status in [PostStatus::Planned, PostStatus::Suspended, PostStatus::Closed] {
            assert_eq!(checks(PostCheck::ALL, &PostFacts { status, ..facts }, today), []);
        }
    }
}
