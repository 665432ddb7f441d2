//! Appearance checks (仪容仪表; annex A, domain section I.1): twenty-one things to look at in somebody at their post.
//!
//! What a check may say of a person was decided so:
//!
//! - Four items ask another thing of women than of men (A2, A3, A8, A12). Each is one item under one code that everybody is
//!   asked about, so that neither the list nor a result says which. Whoever may know somebody's sex is offered the wording
//!   for them, everybody else the one that names both ([`Wording`]); results are always shown in the latter.
//! - The limit of a heel depends on sex, which is read for that and nothing else. The height is not kept: between the two
//!   limits a height beside its result would tell. Where sex is not known, the higher limit counts, so that nobody fails
//!   by a rule that may not be theirs. What is left: whoever measures could try heights. They stand before the person, who
//!   reads each check with the name of whoever made it.
//! - The party badge (A5) is looked at in members, by those who may know who is one. Nobody else is asked about it, its
//!   result is kept apart and encrypted, and it is in no count and no list of what failed.
//! - What failed often is told from [`MIN_SHOWN`] people on.

pub mod items;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};

pub use self::items::{Group, ITEMS, Item, Mark, Measure, Occasion, Spec, Wording, offered};
use crate::{
    StaffId, Violation,
    complaints::form::length,
    policy::{Policy, PolicyKey},
    posts::Sex,
};

/// Longest remark about an item, in characters.
pub const REMARK_MAX: usize = 200;
/// Longest note about a check and longest answer to it, in characters.
pub const NOTE_MAX: usize = 500;
/// The center's own pictures of dress (figures A.1 and A.2).
pub const PICTURES_MAX: usize = 2;
/// How far back failures are counted.
pub const COUNTED: Days = Days::new(90);
/// The fewest people of whom a count is told (domain section K, `min_n.show`).
pub const MIN_SHOWN: usize = 5;
/// How far back a check may be written down.
const BACK: Days = Days::new(7);

/// What a number is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// A heel is lower than this, in millimetres.
    pub heel: u32,
    /// No more pieces than this.
    pub pieces: u32,
}

impl Limits {
    /// Those of the city for a person.
    #[must_use]
    pub fn of(policy: &Policy, sex: Option<Sex>) -> Self {
        let (women, men) = (policy.get(PolicyKey::HeelMaxWomen), policy.get(PolicyKey::HeelMaxMen));
        let centimetres = match sex {
            Some(Sex::Female) => women,
            Some(Sex::Male) => men,
            None => women.max(men),
        };
        Self { heel: centimetres.saturating_mul(10), pieces: policy.get(PolicyKey::AccessoryMax) }
    }

    const fn exceeded(self, measure: Measure, number: u32) -> bool {
        match measure {
            Measure::Heel => number >= self.heel,
            Measure::Pieces => number > self.pieces,
        }
    }
}

/// An item, as filled in.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Which.
    pub item: Item,
    /// How it was; may be left out where a number says it.
    pub mark: Option<Mark>,
    /// What was measured: millimetres or pieces.
    pub number: Option<u32>,
    /// What there is to say; why, where it does not apply.
    pub note: Option<String>,
}

/// An item, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Which.
    pub item: Item,
    /// How it was.
    pub mark: Mark,
    /// Whether a number was over its limit.
    pub exceeded: bool,
    /// How many pieces; a height is not kept.
    pub pieces: Option<u32>,
    /// What there is to say.
    pub note: Option<String>,
}

/// What a check comes to: each item that was asked about, in their order.
///
/// # Errors
/// Every broken rule, at the code of its item: `form.required` for one that was left out, `appearance.reason`,
/// `appearance.number`, `appearance.number_range` (arg `max`), `form.too_long`; `appearance.not_asked` (arg `item`) at `items`.
pub fn judge(asked: &[&Spec], filled: Vec<Entry>, limits: Limits) -> Result<Vec<Found>, Vec<Violation>> {
    let mut broken = Vec::new();
    let mut known = BTreeMap::new();
    for entry in filled {
        let item = entry.item;
        if !asked.iter().any(|spec| spec.item == item) || known.insert(item, entry).is_some() {
            broken.push(Violation::new("items", "appearance.not_asked").with("item", item.key()));
        }
    }
    let mut found = Vec::with_capacity(asked.len());
    for spec in asked {
        match one(spec, known.remove(&spec.item), limits) {
            Ok(one) => found.push(one),
            Err(violation) => broken.push(violation),
        }
    }
    if broken.is_empty() { Ok(found) } else { Err(broken) }
}

fn one(spec: &Spec, entry: Option<Entry>, limits: Limits) -> Result<Found, Violation> {
    let (item, field) = (spec.item, spec.item.key());
    let Entry { mark, number, note, .. } = entry.unwrap_or(Entry { item, mark: None, number: None, note: None });
    if let Some(violation) = note.as_deref().and_then(|text| length(field, text, 0, REMARK_MAX)) {
        return Err(violation);
    }
    if mark == Some(Mark::Na) {
        return match note {
            Some(note) => Ok(Found { item, mark: Mark::Na, exceeded: false, pieces: None, note: Some(note) }),
            None => Err(Violation::new(field, "appearance.reason")),
        };
    }
    let Some(measure) = spec.measure else {
        let mark = mark.ok_or_else(|| Violation::new(field, "form.required"))?;
        return Ok(Found { item, mark, exceeded: false, pieces: None, note });
    };
    let number = number.ok_or_else(|| Violation::new(field, "appearance.number"))?;
    if number > measure.largest() {
        return Err(Violation::new(field, "appearance.number_range").with("max", measure.largest_shown()));
    }
    let exceeded = limits.exceeded(measure, number);
    let mark = if exceeded { Mark::Fail } else { mark.unwrap_or(Mark::Pass) };
    let pieces = (measure == Measure::Pieces).then_some(number);
    Ok(Found { item, mark, exceeded, pieces, note })
}

/// How many were in order, of how many that apply; without the party badge.
#[must_use]
pub fn tally(found: &[Found]) -> (usize, usize) {
    let counts = |mark: &Mark| matches!(mark, Mark::Pass | Mark::Fail);
    let counted = found.iter().filter(|one| one.item != Item::PartyBadge && counts(&one.mark));
    let (passed, failed): (Vec<_>, Vec<_>) = counted.partition(|one| one.mark == Mark::Pass);
    (passed.len(), passed.len() + failed.len())
}

/// The day of a check.
#[must_use]
pub fn check_day(on: NaiveDate, today: NaiveDate) -> Option<Violation> {
    if on > today {
        Some(Violation::new("on", "form.date_in_future"))
    } else {
        (on + BACK < today).then(|| Violation::new("on", "form.date_too_old"))
    }
}

/// A note about a check, where there is one.
#[must_use]
pub fn check_note(note: Option<&str>) -> Option<Violation> {
    note.and_then(|text| length("note", text, 0, NOTE_MAX))
}

/// The answer of whoever was checked.
#[must_use]
pub fn check_answer(text: &str) -> Option<Violation> {
    length("text", text, 1, NOTE_MAX)
}

/// An item that somebody failed in one check.
#[derive(Clone, Copy, Debug)]
pub struct Failure {
    /// Who.
    pub staff: StaffId,
    /// In what.
    pub item: Item,
}

/// What failed in most people, with how many they were; nothing that failed in fewer than [`MIN_SHOWN`].
#[must_use]
pub fn failed_most(failures: &[Failure]) -> Vec<(Item, usize)> {
    let mut people = BTreeMap::<Item, BTreeSet<StaffId>>::new();
    for failure in failures {
        people.entry(failure.item).or_default().insert(failure.staff);
    }
    let mut most: Vec<_> = people.into_iter().map(|(item, who)| (item, who.len())).collect();
    most.retain(|(_, people)| *people >= MIN_SHOWN);
    most.sort_by_key(|(_, people)| std::cmp::Reverse(*people));
    most
}

/// What somebody failed in more than one check, with how many these were.
#[must_use]
pub fn repeated(failures: &[Failure]) -> Vec<(Failure, usize)> {
    let mut times = BTreeMap::<(StaffId, Item), usize>::new();
    for failure in failures {
        *times.entry((failure.staff, failure.item)).or_default() += 1;
    }
    let again = times.into_iter().filter(|(_, times)| *times > 1);
    let mut again: Vec<_> = again.map(|((staff, item), times)| (Failure { staff, item }, times)).collect();
    again.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
    again
}

#[cfg(test)]
#[path = "appearance_tests.rs"]
mod tests;
