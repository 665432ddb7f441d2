//! Which centers differ from the rest by more than chance: the funnel plot.

use super::{
    Counts,
    binomial::{TAIL95, TAIL998, Tail, crossing},
    median::percentile,
    real,
};
use crate::macros::text_enum;

text_enum! {
    /// Where a center stands among the others. It says higher and lower, not better and worse.
    #[cfg_attr(feature = "graphql", graphql(name = "CompareBand"))]
    pub enum Band {
        /// Above what chance allows in 998 of 1,000 cases.
        High = "high",
        /// Above what it allows in 95 of 100.
        Above = "above",
        /// What chance alone allows.
        Middle = "middle",
        /// Below what it allows in 95 of 100.
        Below = "below",
        /// Below what it allows in 998 of 1,000.
        Low = "low",
        /// Too few to say.
        TooFew = "too_few",
        /// Nothing was counted, or so little that nothing is shown.
        None = "none",
    }
}

impl Band {
    /// Where a value with such a 95 % interval stands beside another one, such as the city's.
    #[must_use]
    pub fn beside(interval: Option<(f64, f64)>, other: f64) -> Self {
        match interval {
            Some((_, high)) if high < other => Self::Below,
            Some((low, _)) if low > other => Self::Above,
            Some(_) => Self::Middle,
            None => Self::TooFew,
        }
    }

    /// Outside of the 95 % limits: "look".
    #[must_use]
    pub const fn outside95(self) -> bool {
        matches!(self, Self::High | Self::Above | Self::Below | Self::Low)
    }

    /// Outside of the 99.8 % limits: "act".
    #[must_use]
    pub const fn outside998(self) -> bool {
        matches!(self, Self::High | Self::Low)
    }

    /// Its place in an order with the highest first; what has no place comes last.
    #[must_use]
    pub const fn place(self) -> u8 {
        match self {
            Self::High => 0,
            Self::Above => 1,
            Self::Middle => 2,
            Self::Below => 3,
            Self::Low => 4,
            Self::TooFew => 5,
            Self::None => 6,
        }
    }
}

/// Between which shares chance alone leaves a center of a volume.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Below it in 1 of 1,000 cases.
    pub low998: f64,
    /// Below it in 25 of 1,000.
    pub low95: f64,
    /// Above it in 25 of 1,000.
    pub high95: f64,
    /// Above it in 1 of 1,000.
    pub high998: f64,
}

impl Limits {
    /// Where a share of this volume stands.
    #[must_use]
    pub fn band(&self, rate: f64) -> Band {
        if rate < self.low998 {
            Band::Low
        } else if rate > self.high998 {
            Band::High
        } else if rate < self.low95 {
            Band::Below
        } else if rate > self.high95 {
            Band::Above
        } else {
            Band::Middle
        }
    }
}

/// Limits about a centre line, for every volume.
///
/// At a volume n they are the exact quantiles of the binomial distribution about the centre θ, with a line from count to
/// count: a count k is outside at the lower side where P(R < k) + ½P(R = k) is less than 2.5 % (0.1 %), at the upper side
/// where P(R > k) + ½P(R = k) is. So of equal centers about 5 % (0.2 %) are outside, also of few counts, where limits that
/// are never passed more often would be passed hardly ever. Spiegelhalter, Stat Med 24 (2005) 1185, A.1.1, moved by half a
/// count: there the lower limit is passed too seldom and the upper one too often (Manktelow & Seaton, PLoS ONE 7 (2012)
/// e45723), and the satisfied and the dissatisfied would not give the same picture. The half counts are the mid-P of
/// Lancaster, JASA 56 (1961) 223.
///
/// The distance from θ is then drawn out by √(1 − n/N + τ²n ÷ θ(1−θ)). N is the volume of the total: who is part of what
/// θ is made of differs less from it, by the variance θ(1−θ)(1/n − 1/N). τ² is what centers differ by beside chance, an
/// additive random effect: of large counts these are the limits θ ± z√(θ(1−θ)/n + τ²) of the same paper, section 4.3.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Funnel {
    centre: f64,
    total: f64,
    spread: f64,
    dispersion: Option<f64>,
}

impl Funnel {
    /// The limits about a share that is given, such as a target.
    #[must_use]
    pub const fn about(centre: f64) -> Self {
        Self { centre: centre.clamp(0.0, 1.0), total: f64::INFINITY, spread: 0.0, dispersion: None }
    }

    /// The limits for these centers about the share of `total`, which they are part of, widened by what they differ beside
    /// chance; none where the total is of nothing.
    ///
    /// With zᵢ = (pᵢ − θ) ÷ √(θ(1−θ)/nᵢ), the outer tenth at either end drawn in to the 10 % and 90 % points (winsorised,
    /// so that those who stand out do not hide themselves), φ = Σzᵢ² ÷ I, and wᵢ = nᵢ ÷ θ(1−θ):
    ///
    /// ```text
    /// τ² = (Iφ − (I−1)) ÷ (Σw − Σw²/Σw), not below 0
    /// ```
    /// Spiegelhalter 2005, section 4; DerSimonian & Laird, Control Clin Trials 7 (1986) 177. Assumption: one centre for
    /// all. Drawing in makes φ of equal centers about 0.7 instead of 1: little over-dispersion is not found.
    #[must_use]
    pub fn fit(total: Counts, centers: &[Counts]) -> Option<Self> {
        let funnel = Self { total: real(total.of), ..Self::about(total.rate()?) };
        let variance = funnel.variance();
        let Sizes { groups, sum, squares } = sizes(centers);
        if groups < 2.0 || variance <= 0.0 {
            return Some(funnel);
        }
        let scores = scores(funnel.centre, centers);
        let (Some(least), Some(most)) = (percentile(&scores, 0.1), percentile(&scores, 0.9)) else {
            return Some(funnel);
        };
        let drawn = scores.iter().map(|z| z.max(least).min(most)).map(|z| z * z).sum::<f64>();
        let spread = variance * (drawn - (groups - 1.0)) / (sum - squares / sum);
        Some(Self { spread: spread.clamp(0.0, variance), dispersion: Some(drawn / groups), ..funnel })
    }

    /// The centre line θ.
    #[must_use]
    pub const fn centre(&self) -> f64 {
        self.centre
    }

    /// τ²: how much centers differ beside chance, as a variance of shares; 0 where nothing is found.
    #[must_use]
    pub const fn spread(&self) -> f64 {
        self.spread
    }

    /// φ: the winsorised mean square of the standardised differences; none of fewer than two centers.
    #[must_use]
    pub const fn dispersion(&self) -> Option<f64> {
        self.dispersion
    }

    /// The limits at a volume.
    #[must_use]
    pub fn limits(&self, of: u64) -> Limits {
        let variance = self.variance();
        if of == 0 {
            return Limits { low998: 0.0, low95: 0.0, high95: 1.0, high998: 1.0 };
        }
        if variance <= 0.0 {
            // Everybody or nobody: whoever is not like that is not one of them.
            let centre = self.centre;
            return Limits { low998: centre, low95: centre, high95: centre, high998: centre };
        }
        let wider = (1.0 - real(of) / self.total + self.spread * real(of) / variance).max(0.0).sqrt();
        let low = |tail: Tail| self.centre - (self.centre - crossing(of, self.centre, tail) / real(of)) * wider;
        let high = |tail: Tail| {
            let other = 1.0 - self.centre;
            self.centre + (other - crossing(of, other, tail) / real(of)) * wider
        };
        Limits {
            low998: low(TAIL998).max(0.0),
            low95: low(TAIL95).max(0.0),
            high95: high(TAIL95).min(1.0),
            high998: high(TAIL998).min(1.0),
        }
    }

    /// The limits to draw, from `least` to `most`: volumes a fifth apart, both ends included.
    #[must_use]
    pub fn curve(&self, least: u64, most: u64) -> Vec<(u64, Limits)> {
        let volumes = std::iter::successors(Some(least.max(1)), |of| of.checked_add((of / 5).max(1)));
        let inner = volumes.take_while(|of| *of < most);
        inner.chain([most]).map(|of| (of, self.limits(of))).collect()
    }

    fn variance(&self) -> f64 {
        self.centre * (1.0 - self.centre)
    }
}

/// How many groups there are, of how many in all, and the sum of their squares.
pub(super) struct Sizes {
    pub groups: f64,
    pub sum: f64,
    pub squares: f64,
}

/// The sizes of those that are of anything. Whole numbers are summed as such: any order gives the same.
pub(super) fn sizes(centers: &[Counts]) -> Sizes {
    let (mut groups, mut sum, mut squares) = (0, 0_u64, 0_u64);
    for of in centers.iter().map(|center| center.of).filter(|of| *of > 0) {
        groups += 1;
        sum = sum.saturating_add(of);
        squares = squares.saturating_add(of.saturating_mul(of));
    }
    Sizes { groups: real(groups), sum: real(sum), squares: real(squares) }
}

/// zᵢ of those that are of anything, from the lowest to the highest.
pub(super) fn scores(centre: f64, centers: &[Counts]) -> Vec<f64> {
    let variance = centre * (1.0 - centre);
    let score = |center: &Counts| Some((center.rate()? - centre) / (variance / real(center.of)).sqrt());
    let mut scores: Vec<f64> = centers.iter().filter_map(score).collect();
    scores.sort_unstable_by(f64::total_cmp);
    scores
}
