//! Numbers from what was given, each by a rule with a name and a version. A score that is shown names its rule; another
//! way to count is another rule, and what was counted before stays as it was.
//!
//! Levels of two scales cannot meet in one mean: a [`Tally`] takes the levels of its rule's scale and no other.

use std::marker::PhantomData;

use super::{
    forms::{Conduct, Halves, Size},
    levels::{FiveLevel, FourLevel},
};
use crate::{Violation, macros::text_enum};

text_enum! {
    /// A way to make numbers of what was given. All ASSUMPTION: the standard names none.
    pub enum ScoringRule {
        /// Form E's four levels as 4, 3, 2 and 1.
        FourLevelOrdinalV1 = "four_level_ordinal_v1",
        /// The good-bad rating's five levels as 5 to 1 stars.
        FiveLevelStarsV1 = "five_level_stars_v1",
        /// Form D: points off the base of each dimension, not below 0; a veto takes the dimension; a capped bonus.
        DeductionV1 = "deduction_v1",
    }
}

/// A rule that numbers the levels of one scale.
pub trait LevelRule {
    /// The scale.
    type Level: Copy;
    /// The rule's name, as it is stored and shown.
    const RULE: ScoringRule;
    /// The number of a level.
    fn number(level: Self::Level) -> u32;
}

/// [`ScoringRule::FourLevelOrdinalV1`].
#[derive(Clone, Copy, Debug)]
pub struct FourLevelOrdinalV1;

impl LevelRule for FourLevelOrdinalV1 {
    type Level = FourLevel;
    const RULE: ScoringRule = ScoringRule::FourLevelOrdinalV1;

    fn number(level: FourLevel) -> u32 {
        match level {
            FourLevel::Satisfied => 4,
            FourLevel::FairlySatisfied => 3,
            FourLevel::NotVerySatisfied => 2,
            FourLevel::VeryDissatisfied => 1,
        }
    }
}

/// [`ScoringRule::FiveLevelStarsV1`].
#[derive(Clone, Copy, Debug)]
pub struct FiveLevelStarsV1;

impl LevelRule for FiveLevelStarsV1 {
    type Level = FiveLevel;
    const RULE: ScoringRule = ScoringRule::FiveLevelStarsV1;

    fn number(level: FiveLevel) -> u32 {
        match level {
            FiveLevel::VerySatisfied => 5,
            FiveLevel::Satisfied => 4,
            FiveLevel::BasicallySatisfied => 3,
            FiveLevel::Dissatisfied => 2,
            FiveLevel::VeryDissatisfied => 1,
        }
    }
}

/// Levels counted by the rule `R`.
#[derive(Clone, Copy, Debug)]
pub struct Tally<R> {
    sum: u64,
    count: u64,
    rule: PhantomData<R>,
}

impl<R> Default for Tally<R> {
    fn default() -> Self {
        Self { sum: 0, count: 0, rule: PhantomData }
    }
}

impl<R: LevelRule> Tally<R> {
    /// Counts one more.
    pub fn add(&mut self, level: R::Level) {
        self.sum += u64::from(R::number(level));
        self.count += 1;
    }

    /// The mean as an exact fraction; none of nothing.
    #[must_use]
    pub const fn mean(&self) -> Option<Mean> {
        if self.count == 0 { None } else { Some(Mean { rule: R::RULE, sum: self.sum, count: self.count }) }
    }
}

/// `sum / count` by a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mean {
    /// By which rule.
    pub rule: ScoringRule,
    /// The numbers of all levels, added up.
    pub sum: u64,
    /// How many levels.
    pub count: u64,
}

/// A finding about somebody's conduct: an item of form D, or of its bonus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found<'a> {
    /// The item's code.
    pub item: &'a str,
    /// How much it takes or gives; none for a veto.
    pub size: Option<Halves>,
}

/// What is left of a dimension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DimensionScore<'a> {
    /// The dimension's code.
    pub code: &'a str,
    /// What it started with.
    pub base: Halves,
    /// What was taken, also beyond the base.
    pub taken: Halves,
    /// Whether a veto took it whole.
    pub vetoed: bool,
}

impl DimensionScore<'_> {
    /// What is left: from 0 to the base.
    #[must_use]
    pub const fn score(&self) -> Halves {
        if self.vetoed { Halves(0) } else { self.base.minus(self.taken) }
    }
}

/// A form D by [`ScoringRule::DeductionV1`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConductScore<'a> {
    /// Dimension by dimension, in the order of the form.
    pub dimensions: Vec<DimensionScore<'a>>,
    /// What was given on top, up to the cap.
    pub bonus: Halves,
}

impl ConductScore<'_> {
    /// The rule that it follows.
    pub const RULE: ScoringRule = ScoringRule::DeductionV1;

    /// What is left of all dimensions, with the bonus.
    #[must_use]
    pub fn total(&self) -> Halves {
        self.dimensions.iter().fold(self.bonus, |sum, dimension| sum.plus(dimension.score()))
    }

    /// Whether honours are out of the question: a veto item was found.
    #[must_use]
    pub fn no_honours(&self) -> bool {
        self.dimensions.iter().any(|dimension| dimension.vetoed)
    }
}

/// What `found` leaves of `form`. The order of the findings makes no difference.
///
/// # Errors
/// `forms.finding_item` for an item that the form does not have, `forms.finding_size` for a size that it does not allow.
pub fn deduct<'a>(form: &'a Conduct, found: &[Found<'_>]) -> Result<ConductScore<'a>, Violation> {
    let base = |points| Halves::points(points);
    let mut score = ConductScore {
        dimensions: form
            .dimensions
            .iter()
            .map(|d| DimensionScore { code: &d.code, base: base(d.points), taken: Halves(0), vetoed: false })
            .collect(),
        bonus: Halves(0),
    };
    for one in found {
        if let Some(extra) = form.bonus.items.iter().find(|extra| extra.code == one.item) {
            score.bonus = score.bonus.plus(allowed(extra.size, one)?);
            continue;
        }
        let places = form.dimensions.iter().zip(&mut score.dimensions);
        let place = places.into_iter().find_map(|(dimension, score)| {
            let item = dimension.items.iter().find(|item| item.code == one.item)?;
            Some((item, score))
        });
        let Some((item, dimension)) = place else {
            return Err(Violation::new("item", "forms.finding_item").with("code", one.item));
        };
        match item.size {
            Some(size) => dimension.taken = dimension.taken.plus(allowed(size, one)?),
            None if one.size.is_none() => dimension.vetoed = true,
            None => return Err(wrong_size(one)),
        }
    }
    score.bonus = score.bonus.min(form.bonus.cap);
    Ok(score)
}

fn allowed(size: Size, one: &Found<'_>) -> Result<Halves, Violation> {
    one.size.filter(|given| size.holds(*given)).ok_or_else(|| wrong_size(one))
}

fn wrong_size(one: &Found<'_>) -> Violation {
    Violation::new("size", "forms.finding_size").with("code", one.item)
}

#[cfg(test)]
#[path = "scoring_tests.rs"]
mod tests;
