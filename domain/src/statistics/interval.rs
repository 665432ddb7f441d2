//! Intervals of a share, and of what two shares differ by.

use super::{Counts, real};

/// So many standard deviations hold 95 of 100.
pub const Z95: f64 = 1.959_963_984_540_054;

/// From where to where a share lies, from 0 to 1; of a difference from −1 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// The score interval of a share; none of nothing. With p = part ÷ n:
///
/// ```text
/// (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) ÷ (1 + z²/n)
/// ```
/// It holds the share behind the counts in 95 of 100 cases with `z` = [`Z95`], nearly so at small counts and near 0 and
/// 1, where p ± z√(p(1−p)/n) does not. E. B. Wilson, JASA 22 (1927) 209; Newcombe, Stat Med 17 (1998) 857, method 3.
#[must_use]
pub fn wilson(counts: Counts, z: f64) -> Option<Interval> {
    Some(score(counts.rate()?, real(counts.of), z))
}

/// The same of a share of a number that need not be whole, such as an effective one.
pub(super) fn score(rate: f64, of: f64, z: f64) -> Interval {
    let square = z * z;
    let middle = rate + square / (2.0 * of);
    let spread = z * (rate * (1.0 - rate) / of + square / (4.0 * of * of)).sqrt();
    let all = 1.0 + square / of;
    // Nothing rounds beyond the share itself: 0 of 10 begins at 0.
    Interval { low: ((middle - spread) / all).max(0.0).min(rate), high: ((middle + spread) / all).max(rate).min(1.0) }
}

/// The interval of `after` − `before`, two shares of different counts; none where either is of nothing. With the
/// [`wilson`] intervals (l, u) of both and d their difference:
///
/// ```text
/// d − √((p₁−l₁)² + (u₂−p₂)²) … d + √((u₁−p₁)² + (p₂−l₂)²)
/// ```
/// Newcombe, Stat Med 17 (1998) 873, method 10. Assumption: nobody is counted on both sides.
#[must_use]
pub fn difference(after: Counts, before: Counts, z: f64) -> Option<Interval> {
    let (p1, p2) = (after.rate()?, before.rate()?);
    let (one, two) = (wilson(after, z)?, wilson(before, z)?);
    let apart = |a: f64, b: f64| (a * a + b * b).sqrt();
    let low = p1 - p2 - apart(p1 - one.low, two.high - p2);
    let high = p1 - p2 + apart(one.high - p1, p2 - two.low);
    Some(Interval { low: low.max(-1.0), high: high.min(1.0) })
}
