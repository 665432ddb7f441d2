//! The binomial distribution, exactly: R of `of` with the share `share` each, independent of one another.
//!
//! Probabilities are summed term by term from the tail that is asked for, so that its size and not 1 decides about the
//! error; a sum over σ = √(np(1−p)) takes some 6σ terms.

use super::{real, whole};

/// A probability below, and how many standard deviations below the mean that is of a normal distribution.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tail {
    /// The probability.
    pub below: f64,
    /// Where to begin to look; the result does not depend on it.
    pub deviations: f64,
}

/// Outside of 95 of 100, at one side.
pub(super) const TAIL95: Tail = Tail { below: 0.025, deviations: 1.96 };
/// Outside of 998 of 1,000, at one side.
pub(super) const TAIL998: Tail = Tail { below: 0.001, deviations: 3.09 };

/// A count, the probability of no more than it, and of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Point {
    /// The count.
    pub count: u64,
    /// P(R ≤ count).
    pub below: f64,
    /// P(R = count).
    pub mass: f64,
}

/// P(R ≤ count). `share` lies between 0 and 1 and is neither.
pub(super) fn at_most(count: u64, of: u64, share: f64) -> f64 {
    if count >= of {
        1.0
    } else if real(count) <= real(of) * share {
        down(count, of, share).below
    } else {
        1.0 - down(of - count - 1, of, 1.0 - share).below
    }
}

/// P(R ≥ count).
pub(super) fn at_least(count: u64, of: u64, share: f64) -> f64 {
    at_most(of.saturating_sub(count), of, 1.0 - share)
}

/// The smallest count that R does not exceed with a probability above `tail`.
pub(super) fn smallest(of: u64, share: f64, tail: Tail) -> Point {
    let z = tail.deviations;
    let deviation = (real(of) * share * (1.0 - share)).sqrt();
    // Cornish and Fisher: within a count or two.
    let guess = real(of) * share - z * deviation + (z * z - 1.0) * (1.0 - 2.0 * share) / 6.0;
    let mut at = down(whole(guess).min(of), of, share);
    let odds = share / (1.0 - share);
    while at.below > tail.below && at.count > 0 {
        at.below -= at.mass;
        at.mass *= real(at.count) / (real(of - at.count + 1) * odds);
        at.count -= 1;
    }
    while at.below <= tail.below && at.count < of {
        at.mass *= real(of - at.count) * odds / real(at.count + 1);
        at.count += 1;
        at.below += at.mass;
    }
    at
}

/// Where P(R ≤ ·), drawn as a line through the points count + ½, crosses `tail`; from −½, below the lowest count, on.
///
/// r + ½ − (P(R ≤ r) − tail) ÷ P(R = r), with r the [`smallest`] count above. A count lies below it where
/// P(R < count) + ½P(R = count) is less than `tail`.
pub(super) fn crossing(of: u64, share: f64, tail: Tail) -> f64 {
    let at = smallest(of, share, tail);
    real(at.count) + 0.5 - (at.below - tail.below) / at.mass
}

/// A count below the mean, by its own term and those below.
fn down(count: u64, of: u64, share: f64) -> Point {
    let mass = mass(count, of, share);
    let odds = share / (1.0 - share);
    let (mut below, mut term, mut at) = (mass, mass, count);
    while at > 0 && term > below * 1e-15 {
        term *= real(at) / (real(of - at + 1) * odds);
        below += term;
        at -= 1;
    }
    Point { count, below, mass }
}

/// P(R = count).
fn mass(count: u64, of: u64, share: f64) -> f64 {
    let factorial = |n: u64| libm::lgamma(real(n) + 1.0);
    let ways = factorial(of) - factorial(count) - factorial(of - count);
    libm::exp(ways + real(count) * libm::log(share) + real(of - count) * libm::log1p(-share))
}
