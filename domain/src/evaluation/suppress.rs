//! Which groups of a published table are shown, so that none says anything about a few people (P-7).
//!
//! A table has rows, e.g. the points of a week, and a total of them all. A row of fewer than so many ratings is hidden,
//! also one of none: that a row is hidden tells nobody how few they were. A total less the rows that are shown tells what
//! is hidden together; so at least two rows that somebody rated are hidden, and together they are as many as a row has to
//! be: as long as they are not, the smallest row that is shown is hidden too. A total that is too small is hidden with all
//! its rows.
//!
//! What follows: each difference of published figures is about nobody or about at least the minimum, and no equation
//! determines a figure that is hidden and not 0. Where nobody in all of the hidden rows together chose a level, that is
//! seen, as it is of a row that is shown. The rows that are hidden are always the smallest ones: a table that is shown
//! once more by another minimum tells no more than by the smaller of the two.
//!
//! A total is shown a second time without the ratings that the city has excluded ([`counted`]): how many are left, and how
//! many of those are no bad ratings. Only bad ratings are ever excluded, so what the second total says follows from the
//! first one and from how many were excluded. Level by level it would say which of the two bad levels a single excluded
//! rating had, at the latest when one more is excluded: levels are shown with all ratings only.

use std::collections::BTreeMap;

use super::levels::FiveLevel;

/// What of a table is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Whether the total is.
    pub total: bool,
    /// Whether each row is.
    pub rows: Vec<bool>,
}

/// What is shown of a table whose rows are about so many ratings each, where a group has to be of `least`.
#[must_use]
pub fn shown(sizes: &[u64], least: u64) -> Shown {
    let mut rows: Vec<bool> = sizes.iter().map(|size| *size >= least).collect();
    let total = sizes.iter().sum::<u64>() >= least;
    let mut hidden: Vec<u64> = sizes.iter().copied().filter(|size| (1..least).contains(size)).collect();
    let mut next: Vec<(u64, usize)> = sizes.iter().copied().zip(0..).filter(|(size, _)| *size >= least).collect();
    next.sort_unstable();
    let mut next = next.into_iter();
    while total && !hidden.is_empty() && (hidden.len() < 2 || hidden.iter().sum::<u64>() < least) {
        let Some((size, at)) = next.next() else { break };
        rows[at] = false;
        hidden.push(size);
    }
    Shown { total, rows }
}

/// A total without what was excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// How many ratings are left.
    pub ratings: u64,
    /// … that are at least basically satisfied.
    pub satisfied: u64,
}

/// What is shown of a total without the ratings that the city has excluded; none where nothing was excluded, or where what
/// is left would be about fewer than `least`.
#[must_use]
pub fn counted(total: &BTreeMap<FiveLevel, u64>, excluded: &[FiveLevel], least: u64) -> Option<Counted> {
    let number = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    let fine: u64 = total.iter().filter(|(level, _)| !level.is_bad()).map(|(_, count)| count).sum();
    let fine_gone = number(excluded.iter().filter(|level| !level.is_bad()).count());
    let ratings = total.values().sum::<u64>().saturating_sub(number(excluded.len()));
    let shown = !excluded.is_empty() && ratings >= least;
    shown.then(|| Counted { ratings, satisfied: fine.saturating_sub(fine_gone) })
}

#[cfg(test)]
#[path = "suppress_tests.rs"]
mod tests;
