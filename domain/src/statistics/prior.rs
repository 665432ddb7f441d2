//! What a small center's share says once the others are known.

use super::{
    Counts,
    funnel::{Sizes, scores, sizes},
    real,
};

/// How the shares of a group of centers lie about their mean: a beta distribution with the mean μ and α + β = 1/ρ − 1,
/// from which each center's own share was drawn. To be fitted for one period and one group of peers.
///
/// ρ, the correlation within centers, comes from the moments. With Q = Σ nᵢ(pᵢ − μ)² ÷ μ(1−μ):
///
/// ```text
/// ρ = (Q − (I−1)) ÷ (N − Σnᵢ²/N − (I−1)), from 0 to 1
/// ```
/// Kleinman, JASA 68 (1973) 46, with the weights nᵢ. 0 where the centers differ no more than by chance: then the counts
/// give no reason to tell them apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prior {
    mean: f64,
    correlation: f64,
}

impl Prior {
    /// The prior of these centers about the share of `total`; none where the total is of nothing.
    #[must_use]
    pub fn fit(total: Counts, centers: &[Counts]) -> Option<Self> {
        let mean = total.rate()?;
        let Sizes { groups, sum, squares } = sizes(centers);
        let free = sum - squares / sum - (groups - 1.0);
        // Of one center, or of all alike, or of one count each there is nothing to learn.
        let known = groups >= 2.0 && mean * (1.0 - mean) > 0.0 && free > 0.0;
        let correlation = if known {
            let apart = scores(mean, centers).iter().map(|z| z * z).sum::<f64>();
            ((apart - (groups - 1.0)) / free).clamp(0.0, 1.0)
        } else {
            0.0
        };
        Some(Self { mean, correlation })
    }

    /// μ.
    #[must_use]
    pub const fn mean(&self) -> f64 {
        self.mean
    }

    /// ρ.
    #[must_use]
    pub const fn correlation(&self) -> f64 {
        self.correlation
    }

    /// The share of a center, drawn towards the mean: (part + α) ÷ (n + α + β). It weighs the center's own share with
    /// nρ ÷ (1 + (n−1)ρ); of nothing it is the mean.
    #[must_use]
    pub fn shrunk(&self, counts: Counts) -> f64 {
        let Some(rate) = counts.rate() else { return self.mean };
        let own = real(counts.of) * self.correlation;
        self.mean + (rate - self.mean) * own / (1.0 - self.correlation + own)
    }
}
