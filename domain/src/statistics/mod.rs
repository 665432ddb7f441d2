//! What counts say, and how sure that is (domain section H.2; P-7, R-7).
//!
//! Everything here is a function of counts: `part` of `of`. Shares are from 0 to 1. The same counts give the same bits in
//! the server, in the browser and in whatever order they come: whole numbers are added up as such, fractions in sorted
//! order, and logarithms come from `libm`, not from the machine.
//!
//! | What | Where | Source |
//! |---|---|---|
//! | interval of a share | [`wilson`] | Wilson 1927; Newcombe, Stat Med 17 (1998) 857 |
//! | interval of the difference of two | [`difference`] | Newcombe, Stat Med 17 (1998) 873, method 10 |
//! | what chance alone allows at a volume | [`Funnel`] | Spiegelhalter, Stat Med 24 (2005) 1185 |
//! | centers that differ more than by chance | [`Funnel::fit`] | the same; DerSimonian & Laird 1986 |
//! | a small center's share, drawn to the city's | [`Prior`] | Kleinman, JASA 68 (1973) 46 |
//! | a point of time that stands out | [`signals`] | Western Electric, Statistical Quality Control Handbook (1956) |
//! | median of days, with its interval | [`median`] | Conover, Practical Nonparametric Statistics, 3.2 |
//! | mean of points, with its interval | [`mean`] | Student, Biometrika 6 (1908) 1 |
//! | the same mix of strata for everybody | [`standardise`] | Breslow & Day 1987; Kish 1965 |
//! | all of it for the centers of a city | [`compare`] | |
//!
//! Assumption everywhere: what is counted is independent, one from another. Ratings of one person at one point are not;
//! the over-dispersion of the funnel takes what that leaves between centers.

mod binomial;
mod chart;
mod compare;
mod funnel;
mod interval;
mod mean;
mod median;
mod prior;
mod standard;

pub use chart::{Signal, signals};
pub use compare::{Compared, Comparison, compare};
pub use funnel::{Band, Funnel, Limits};
pub use interval::{Interval, Z95, difference, wilson};
pub use mean::{Mean, mean, student};
pub use median::{Median, median, quartiles};
pub use prior::Prior;
pub use standard::{Standardised, standardise};

/// `part` of `of`: no part is more than the whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Counts {
    of: u64,
    part: u64,
}

impl Counts {
    /// `part` of `of`, and no more than that.
    #[must_use]
    pub const fn new(part: u64, of: u64) -> Self {
        Self { of, part: if part < of { part } else { of } }
    }

    /// As the database keeps them; what is below 0 counts as 0.
    #[must_use]
    pub fn stored(part: i64, of: i64) -> Self {
        Self::new(u64::try_from(part).unwrap_or(0), u64::try_from(of).unwrap_or(0))
    }

    /// What is counted.
    #[must_use]
    pub const fn part(self) -> u64 {
        self.part
    }

    /// Of what.
    #[must_use]
    pub const fn of(self) -> u64 {
        self.of
    }

    /// part ÷ of; none of nothing.
    #[must_use]
    pub fn rate(self) -> Option<f64> {
        (self.of > 0).then(|| real(self.part) / real(self.of))
    }

    /// Both together.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self { of: self.of.saturating_add(other.of), part: self.part.saturating_add(other.part) }
    }
}

impl std::iter::Sum for Counts {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), Self::plus)
    }
}

/// A count as a number with a fraction; exact below 2⁵³.
#[expect(clippy::cast_precision_loss, clippy::as_conversions, reason = "there is no other way from u64 to f64")]
const fn real(count: u64) -> f64 {
    count as f64
}

/// The whole part of a number that is not below 0.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::as_conversions,
    reason = "there is no other way from f64 to u64; it stops at 0 and at the largest"
)]
const fn whole(number: f64) -> u64 {
    number as u64
}

#[cfg(test)]
#[path = "simulation_tests.rs"]
mod simulation;
#[cfg(test)]
#[path = "statistics_tests.rs"]
mod tests;
