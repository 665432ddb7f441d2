//! Drawing representatives for a round (F.7): the three groups alike, those first who were drawn least, units spread,
//! nobody with a conflict. By a seed that is kept, so that everybody can draw again and see that it was so.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use crate::{
    PostId, RepresentativeId, StaffId, Violation, complaints::form::length, macros::text_enum, permission::Role,
};

/// The three groups: 党代表, 人大代表, 政协委员.
pub const GROUPS: [Role; 3] = [Role::PartyDelegate, Role::CongressDeputy, Role::CppccMember];
/// Most of one group in a round.
pub const PER_GROUP_MAX: u32 = 20;
/// Longest name and unit, in characters.
const TEXT_MAX: usize = 50;
/// Longest reason of a conflict, in characters.
pub const REASON_MAX: usize = 200;
/// Years that a term lasts at most.
const TERM_YEARS: i32 = 6;

text_enum! {
    /// Why a representative is not drawn.
    #[cfg_attr(feature = "graphql", graphql(name = "RepresentativeRecusal"))]
    pub enum Recusal {
        /// Their term does not cover the round.
        Term = "term",
        /// They work in the center that is rated.
        WorksHere = "works_here",
        /// They have an interest in what is rated.
        Conflict = "conflict",
    }
}

/// A representative, as they are filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RepresentativeForm {
    /// Their group.
    pub group: Role,
    /// Their name.
    pub name: String,
    /// Where they work or whom they stand for.
    pub unit: String,
    /// The first day of their term.
    pub from: NaiveDate,
    /// The last one.
    pub until: NaiveDate,
    /// Who of the staff they are, where they work in the center.
    pub staff: Option<StaffId>,
}

impl RepresentativeForm {
    /// Every broken rule, in the order of the fields.
    #[must_use]
    pub fn check(&self) -> Vec<Violation> {
        let long = self.until.year() - self.from.year() > TERM_YEARS;
        let wrong = |field, code, broken: bool| broken.then(|| Violation::new(field, code));
        [
            wrong("group", "campaigns.group", !GROUPS.contains(&self.group)),
            length("name", &self.name, 1, TEXT_MAX),
            length("unit", &self.unit, 1, TEXT_MAX),
            wrong("until", "campaigns.ends_before", self.until < self.from),
            wrong("until", "campaigns.term_long", long),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// An interest that somebody has in a post or in somebody's work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interest {
    /// In a post.
    Post(PostId),
    /// In somebody of the staff.
    Staff(StaffId),
}

/// What is wrong with a conflict as it is filled in: it is about one post or one person, for a reason.
///
/// # Errors
/// `campaigns.conflict_about`, `form.required`, `form.too_long`.
pub fn check_conflict(post: Option<PostId>, staff: Option<StaffId>, reason: &str) -> Result<Interest, Violation> {
    if let Some(violation) = length("reason", reason, 1, REASON_MAX) {
        return Err(violation);
    }
    match (post, staff) {
        (Some(post), None) => Ok(Interest::Post(post)),
        (None, Some(staff)) => Ok(Interest::Staff(staff)),
        _ => Err(Violation::new("post", "campaigns.conflict_about")),
    }
}

/// Somebody who may be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub id: RepresentativeId,
    /// Of which group.
    pub group: Role,
    /// Of which unit.
    pub unit: String,
    /// In how many rounds they were drawn before.
    pub drawn: u32,
}

/// Why somebody is not drawn for a round from `days.0` to `days.1` about `targets`, if they are not. Whoever works in
/// the center is never drawn.
#[must_use]
pub fn recusal(
    (from, until): (NaiveDate, NaiveDate),
    staff: Option<StaffId>,
    interests: &[Interest],
    targets: &[Interest],
    days: (NaiveDate, NaiveDate),
) -> Option<Recusal> {
    if days.0 < from || days.1 > until {
        return Some(Recusal::Term);
    }
    if staff.is_some() {
        return Some(Recusal::WorksHere);
    }
    interests.iter().any(|interest| targets.contains(interest)).then_some(Recusal::Conflict)
}

/// Who was drawn, and what was missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawn {
    /// Who, group by group.
    pub chosen: Vec<RepresentativeId>,
    /// Of which groups there were not enough, and how many are missing.
    pub short: Vec<(Role, u32)>,
}

/// Draws until each group has `per_group`, of whom `present` are there already. The order of `candidates` makes no
/// difference.
#[must_use]
pub fn draw(candidates: &[Candidate], present: &BTreeMap<Role, u32>, per_group: u32, seed: u64) -> Drawn {
    let mut drawn = Drawn::default();
    let mut units: BTreeMap<&str, u32> = BTreeMap::new();
    for group in GROUPS {
        let mut pool: Vec<_> = candidates.iter().filter(|one| one.group == group).collect();
        let mut missing = per_group.saturating_sub(present.get(&group).copied().unwrap_or(0));
        while missing > 0 {
            let taken = |one: &Candidate| units.get(one.unit.as_str()).copied().unwrap_or(0);
            let next =
                pool.iter().enumerate().min_by_key(|(_, one)| (one.drawn, taken(one), luck(seed, one.id), one.id));
            let Some(next) = next.map(|(place, _)| place) else { break };
            let next = pool.swap_remove(next);
            *units.entry(&next.unit).or_default() += 1;
            drawn.chosen.push(next.id);
            missing -= 1;
        }
        if missing > 0 {
            drawn.short.push((group, missing));
        }
    }
    drawn
}

/// A number that nobody chooses: of the seed and of whom it is about.
fn luck(seed: u64, id: RepresentativeId) -> u64 {
    let (high, low) = id.0.as_u64_pair();
    mix(mix(seed ^ high) ^ low)
}

/// SplitMix64's last step (Steele, Lea, Flood 2014): each bit of the number depends on each bit of `z`.
const fn mix(z: u64) -> u64 {
    let z = z.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
#[path = "draw_tests.rs"]
mod tests;
