//! The share that a center would have, had it the city's mix of strata.

use super::{Counts, Interval, Z95, interval::score, real};

/// A standardised share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standardised {
    /// The share, from 0 to 1.
    pub rate: f64,
    /// Its 95 % interval.
    pub interval: Interval,
    /// How much of the city's volume lies in strata that the center has: below 1 the share leaves something out.
    pub covered: f64,
}

/// Directly standardises a center: for each stratum its counts, and the volume of the city in it. None where it has none
/// of them.
///
/// Σ Wₛpₛ ÷ Σ Wₛ over the strata that the center has, with Wₛ the city's volume: who has more of the difficult strata
/// loses nothing by it. The interval is [`wilson`](super::wilson) with the effective number (ΣW)² ÷ Σ(W²/n) (Kish, Survey
/// Sampling (1965), 11.7): a stratum that weighs much and was seen little makes it wide. Assumption: a stratum means the
/// same at every center. Breslow & Day, Statistical Methods in Cancer Research II (1987), 2.2.
#[must_use]
pub fn standardise(strata: &[(Counts, u64)]) -> Option<Standardised> {
    let mut present: Vec<(u64, Counts)> =
        strata.iter().filter(|(counts, _)| counts.of > 0).map(|(counts, city)| (*city, *counts)).collect();
    // Fractions are summed in one order, whatever order they come in.
    present.sort_unstable();
    let weight: u64 = present.iter().map(|(city, _)| city).sum();
    if weight == 0 {
        return None;
    }
    let all: u64 = strata.iter().map(|(_, city)| city).sum();
    let (mut rate, mut squares) = (0.0_f64, 0.0);
    for (city, counts) in present {
        let part = real(city) / real(weight);
        rate += part * counts.rate()?;
        squares += part * part / real(counts.of);
    }
    // Parts of 1 may add up to a little more than 1.
    let rate = rate.min(1.0);
    Some(Standardised { rate, interval: score(rate, 1.0 / squares, Z95), covered: real(weight) / real(all) })
}
