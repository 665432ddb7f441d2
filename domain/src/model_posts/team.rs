//! A team over time: who belonged to it on a day, and how many of them were women or young.

use std::collections::BTreeSet;

use chrono::{Datelike, Months, NaiveDate};

use crate::StaffId;

/// Somebody of a team. What is not known is no reason to count them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub staff: StaffId,
    /// Whether a woman.
    pub woman: Option<bool>,
    /// Day of birth.
    pub born_on: Option<NaiveDate>,
    /// Whether a member of the party.
    pub party_member: Option<bool>,
}

/// Somebody's time in a team; both days are included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub person: Person,
    /// The first day.
    pub from: NaiveDate,
    /// The last day, where one is set.
    pub until: Option<NaiveDate>,
}

impl Member {
    /// Whether they belong to the team on `day`.
    #[must_use]
    pub fn belongs(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

/// A share of a team from a day on, until the next point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// The first day.
    pub from: NaiveDate,
    /// How many are counted.
    pub have: u32,
    /// How many there are.
    pub total: u32,
}

impl Point {
    /// Whether `have` of `total` is at least `percent` of a hundred, exactly. Of nobody, any share is.
    #[must_use]
    pub fn reaches(&self, percent: u32) -> bool {
        u64::from(self.have) * 100 >= u64::from(percent) * u64::from(self.total)
    }

    /// The fewest of `total` that reach `percent`.
    #[must_use]
    pub fn needed(total: u32, percent: u32) -> u32 {
        let exact = (u64::from(percent) * u64::from(total)).div_ceil(100);
        u32::try_from(exact).unwrap_or(u32::MAX)
    }
}

/// What is counted in a team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Women.
    Women,
    /// Everybody up to this age.
    UpToAge(u32),
}

impl Counted {
    fn counts(self, person: &Person, day: NaiveDate) -> bool {
        match self {
            Self::Women => person.woman == Some(true),
            Self::UpToAge(age) => person.born_on.is_some_and(|born| too_old_on(born, age).is_none_or(|old| day < old)),
        }
    }
}

/// The day on which somebody is older than `age`. Who was born on 29 February has the birthday on 1 March in other
/// years.
#[must_use]
pub fn too_old_on(born: NaiveDate, age: u32) -> Option<NaiveDate> {
    let year = born.year().checked_add_unsigned(age)?.checked_add(1)?;
    born.with_year(year).or_else(|| NaiveDate::from_ymd_opt(year, 3, 1))
}

/// How the share moved from `from` to `to`: one point for each day on which it changed, the first at `from`.
#[must_use]
pub fn history(members: &[Member], counted: Counted, from: NaiveDate, to: NaiveDate) -> Vec<Point> {
    let mut days = BTreeSet::from([from]);
    for member in members {
        days.insert(member.from);
        days.extend(member.until.and_then(|until| until.succ_opt()));
        if let (Counted::UpToAge(age), Some(born)) = (counted, member.person.born_on) {
            days.extend(too_old_on(born, age));
        }
    }
    let mut points: Vec<Point> = Vec::new();
    for day in days.range(from..=to.max(from)) {
        let point = on(members, counted, *day);
        if points.last().is_none_or(|last| (last.have, last.total) != (point.have, point.total)) {
            points.push(point);
        }
    }
    points
}

/// The share on one day.
#[must_use]
pub fn on(members: &[Member], counted: Counted, day: NaiveDate) -> Point {
    let there = members.iter().filter(|member| member.belongs(day));
    let (mut have, mut total) = (0, 0);
    for member in there {
        total += 1;
        have += u32::from(counted.counts(&member.person, day));
    }
    Point { from: day, have, total }
}

/// Since when, or from when on, `fine` does not hold: the first day of the stretch that `today` is in, else the first
/// day after it. `points` are those of [`history`].
#[must_use]
pub fn broken(points: &[Point], today: NaiveDate, fine: impl Fn(&Point) -> bool) -> Option<Point> {
    let mut since = None;
    for point in points {
        match (fine(point), since) {
            (true, _) if point.from > today && since.is_some() => break,
            (true, _) => since = None,
            (false, None) => since = Some(*point),
            (false, Some(_)) => {}
        }
    }
    since
}

/// `months` later, on the same day of the month or its last; `day` itself at the end of time.
#[must_use]
pub fn later(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_add_months(Months::new(months)).unwrap_or(day)
}

#[cfg(test)]
#[path = "team_tests.rs"]
mod tests;
