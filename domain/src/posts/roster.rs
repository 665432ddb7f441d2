//! Who is where on a day: assignments on working days, without those away, with their substitutes and with extra duties.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{
    AbsenceReason, Capacity,
    assign::{Assignment, Days},
};
use crate::{PostId, StaffId, macros::text_enum};

text_enum! {
    /// Why somebody is at a post on a day.
    pub enum Presence {
        /// It is their main post.
        Main = "main",
        /// It is a post besides their main one.
        Concurrent = "concurrent",
        /// They stand in for somebody away.
        Substitute = "substitute",
        /// They were put there for this day.
        Duty = "duty",
        /// They belong there, and are away.
        Away = "away",
    }
}

/// Days on which somebody is away.
#[derive(Clone, Copy, Debug)]
pub struct Absence {
    /// Who.
    pub staff: StaffId,
    /// When.
    pub days: Days,
    /// Why.
    pub reason: AbsenceReason,
    /// Who stands in at their posts.
    pub substitute: Option<StaffId>,
}

/// A day on which somebody works at a post besides their assignment, e.g. on a Saturday.
#[derive(Clone, Copy, Debug)]
pub struct Duty {
    /// Who.
    pub staff: StaffId,
    /// Where.
    pub post: PostId,
    /// When.
    pub on: NaiveDate,
}

/// What is planned.
#[derive(Clone, Copy, Debug)]
pub struct Plan<'a> {
    /// Who belongs where.
    pub assignments: &'a [(StaffId, Assignment)],
    /// Who is away.
    pub absences: &'a [Absence],
    /// Who works besides.
    pub duties: &'a [Duty],
}

/// Somebody at a post, or missing there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Why.
    pub presence: Presence,
    /// Who.
    pub staff: StaffId,
    /// For whom, as a substitute.
    pub instead_of: Option<StaffId>,
}

impl Place {
    /// Whether the person is there.
    #[must_use]
    pub fn is_there(&self) -> bool {
        self.presence != Presence::Away
    }
}

/// Who is where on `day`. Assignments count on working days alone, duties on any. A substitute who is away too does
/// not stand in.
#[must_use]
pub fn on(plan: Plan<'_>, day: NaiveDate, is_working: bool) -> BTreeMap<PostId, BTreeSet<Place>> {
    let away: BTreeMap<StaffId, &Absence> = plan
        .absences
        .iter()
        .filter(|absence| absence.days.contain(day))
        .map(|absence| (absence.staff, absence))
        .collect();
    let mut found: BTreeMap<PostId, BTreeSet<Place>> = BTreeMap::new();
    let mut put = |post, place| {
        found.entry(post).or_default().insert(place);
    };
    let assigned = plan.assignments.iter().filter(|(_, a)| is_working && a.days.contain(day));
    let assigned = assigned.map(|(staff, a)| {
        let presence = match a.capacity {
            Capacity::Main => Presence::Main,
            Capacity::Concurrent => Presence::Concurrent,
        };
        (*staff, a.post, presence)
    });
    let duties = plan.duties.iter().filter(|duty| duty.on == day);
    let duties = duties.map(|duty| (duty.staff, duty.post, Presence::Duty));
    for (staff, post, presence) in assigned.chain(duties) {
        let Some(absence) = away.get(&staff) else {
            put(post, Place { presence, staff, instead_of: None });
            continue;
        };
        put(post, Place { presence: Presence::Away, staff, instead_of: None });
        if let Some(other) = absence.substitute.filter(|other| !away.contains_key(other)) {
            put(post, Place { presence: Presence::Substitute, staff: other, instead_of: Some(staff) });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::AssignmentId;

    const MON: &str = "2026-03-02";

    fn who(n: u128) -> StaffId {
        StaffId(Uuid::from_u128(n))
    }

    fn post(n: u128) -> PostId {
        PostId(Uuid::from_u128(n))
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn always() -> Days {
        Days { from: day("2026-01-01"), until: None }
    }

    fn at(staff: u128, at: u128, capacity: Capacity) -> (StaffId, Assignment) {
        let id = AssignmentId(Uuid::from_u128(staff * 100 + at));
        (who(staff), Assignment { id, post: post(at), capacity, days: always() })
    }

    fn away(staff: u128, substitute: Option<u128>) -> Absence {
        let days = Days { from: day(MON), until: Some(day(MON)) };
        Absence { staff: who(staff), days, reason: AbsenceReason::Leave, substitute: substitute.map(who) }
    }

    fn there(plan: Plan<'_>, on_day: &str, working: bool, n: u128) -> Vec<(Presence, StaffId)> {
        let found = on(plan, day(on_day), working);
        found.get(&post(n)).into_iter().flatten().map(|place| (place.presence, place.staff)).collect()
    }

    #[test]
    fn a_substitute_stands_in_at_each_post_of_the_one_away() {
        let assignments = [at(1, 1, Capacity::Main), at(1, 2, Capacity::Concurrent), at(2, 3, Capacity::Main)];
        let absences = [away(1, Some(2))];
        let plan = Plan { assignments: &assignments, absences: &absences, duties: &[] };
        for n in [1, 2] {
            assert_eq!(there(plan, MON, true, n), [(Presence::Substitute, who(2)), (Presence::Away, who(1))]);
        }
        // The next day all is as usual.
        assert_eq!(there(plan, "2026-03-03", true, 1), [(Presence::Main, who(1))]);
    }

    #[test]
    fn a_substitute_who_is_away_too_does_not_stand_in() {
        let assignments = [at(1, 1, Capacity::Main)];
        let absences = [away(1, Some(2)), away(2, None)];
        let plan = Plan { assignments: &assignments, absences: &absences, duties: &[] };
        assert_eq!(there(plan, MON, true, 1), [(Presence::Away, who(1))]);
    }

    #[test]
    fn on_a_day_off_only_duties_count() {
        let assignments = [at(1, 1, Capacity::Main)];
        let duties = [Duty { staff: who(2), post: post(1), on: day("2026-03-07") }];
        let plan = Plan { assignments: &assignments, absences: &[], duties: &duties };
        assert_eq!(there(plan, "2026-03-07", false, 1), [(Presence::Duty, who(2))]);
        assert_eq!(there(plan, "2026-03-08", false, 1), []);
    }
}
