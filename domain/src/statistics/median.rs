//! Medians of days, from how often each number of days occurred.

use std::collections::BTreeMap;

use super::{
    binomial::{TAIL95, smallest},
    real, whole,
};

/// A median.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Median {
    /// Of how many.
    pub of: u64,
    /// The value in the middle; of an even number the mean of both.
    pub value: f64,
    /// Its interval of at least 95 %; none of fewer than six.
    pub interval: Option<(u32, u32)>,
}

/// The median of `(days, how often)`, in any order; none of nothing.
///
/// The interval goes from the r-th value to the r-th from the end, with r the largest for which P(R < r) is at most
/// 2.5 % for R binomial of n and ½. It holds the median behind the values in at least 95 of 100 cases, whatever their
/// distribution, and in more where values repeat. Conover, Practical Nonparametric Statistics (1999), 3.2.
#[must_use]
pub fn median(days: &[(u32, u64)]) -> Option<Median> {
    let mut often: BTreeMap<u32, u64> = BTreeMap::new();
    for (days, times) in days {
        *often.entry(*days).or_default() += times;
    }
    let of: u64 = often.values().sum();
    // From 1.
    let ranked = |rank: u64| {
        let mut left = rank;
        let found = often.iter().find(|(_, times)| {
            let here = left <= **times;
            left = left.saturating_sub(**times);
            here
        });
        found.map(|(days, _)| *days)
    };
    let value = (f64::from(ranked(of.div_ceil(2).max(1))?) + f64::from(ranked(of / 2 + 1)?)) / 2.0;
    let from_end = smallest(of, 0.5, TAIL95).count;
    let interval = if from_end == 0 { None } else { ranked(from_end).zip(ranked(of + 1 - from_end)) };
    Some(Median { of, value, interval })
}

/// The lower quartile, the median and the upper quartile of some values; none of none. Between two values as far as the
/// share lies between them (Hyndman & Fan, Am Stat 50 (1996) 361, type 7).
#[must_use]
pub fn quartiles(values: &[f64]) -> Option<[f64; 3]> {
    let mut values = values.to_vec();
    values.sort_unstable_by(f64::total_cmp);
    Some([percentile(&values, 0.25)?, percentile(&values, 0.5)?, percentile(&values, 0.75)?])
}

/// The value below which a share of the sorted `values` lies.
pub(super) fn percentile(values: &[f64], share: f64) -> Option<f64> {
    let last = u64::try_from(values.len()).ok()?.checked_sub(1)?;
    let place = real(last) * share;
    let below = usize::try_from(whole(place)).ok()?;
    let low = values.get(below)?;
    let high = values.get(below + 1).unwrap_or(low);
    Some(low + (high - low) * (place - real(whole(place))))
}
