//! The centers of a city, by one share.

use super::{Band, Counts, Funnel, Interval, Limits, Prior, Z95, wilson};
use crate::{evaluation::suppress, metrics::RANK_MINIMUM};

/// A center among the others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Compared {
    /// Its counts; none where they are so small that they are hidden, or hidden beside such.
    pub counts: Option<Counts>,
    /// The 95 % interval of its share.
    pub interval: Option<Interval>,
    /// Its share, drawn towards the city's.
    pub shrunk: Option<f64>,
    /// What chance allows at its volume.
    pub limits: Option<Limits>,
    /// Where it stands.
    pub band: Band,
}

/// A city's centers.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// All of them together; none where even that is too small to be shown.
    pub total: Option<Counts>,
    /// The 95 % interval of that share.
    pub interval: Option<Interval>,
    /// Centre line, limits and over-dispersion.
    pub funnel: Option<Funnel>,
    /// Each center, in the order given.
    pub centers: Vec<Compared>,
}

/// Compares centers by a share.
///
/// Whoever has fewer than `least` is hidden, and others with them, until the total less what is shown tells nothing
/// ([`suppress`]). Over-dispersion and prior are made of those that are shown, about the share of all. Below
/// [`RANK_MINIMUM`] a center is shown and has no band.
#[must_use]
pub fn compare(centers: &[Counts], least: u64) -> Comparison {
    let sizes: Vec<u64> = centers.iter().map(|center| center.of()).collect();
    let open = suppress::shown(&sizes, least);
    let total = Some(centers.iter().copied().sum::<Counts>()).filter(|_| open.total);
    let shown = || centers.iter().zip(&open.rows).map(|(center, shown)| Some(*center).filter(|_| *shown));
    let known: Vec<Counts> = shown().flatten().collect();
    let fitted = total.and_then(|total| Some((Funnel::fit(total, &known)?, Prior::fit(total, &known)?)));
    let compared = |counts: Option<Counts>| {
        let place = counts.filter(|counts| counts.of() > 0).zip(fitted);
        let limits = place.map(|(counts, (funnel, _))| funnel.limits(counts.of()));
        let band = match (counts.and_then(Counts::rate), limits) {
            (Some(_), Some(_)) if counts.is_some_and(|counts| counts.of() < RANK_MINIMUM) => Band::TooFew,
            (Some(rate), Some(limits)) => limits.band(rate),
            _ => Band::None,
        };
        let interval = counts.and_then(|counts| wilson(counts, Z95));
        Compared { counts, interval, shrunk: place.map(|(counts, (_, prior))| prior.shrunk(counts)), limits, band }
    };
    Comparison {
        total,
        interval: total.and_then(|total| wilson(total, Z95)),
        funnel: fitted.map(|(funnel, _)| funnel),
        centers: shown().map(compared).collect(),
    }
}

impl Comparison {
    /// The places of the centers in a list that has to be sorted: by band, within a band by the share that was drawn
    /// towards the city's, the larger of two equals first, and then in the order given. Whoever is too small for a band
    /// comes after all who have one, in the order given: 5 of 5 never stands above 96 of 100.
    #[must_use]
    pub fn order(&self, highest_first: bool) -> Vec<usize> {
        let turned = |order: std::cmp::Ordering| if highest_first { order } else { order.reverse() };
        let ranked = |center: &Compared| !matches!(center.band, Band::TooFew | Band::None);
        let mut places: Vec<(usize, &Compared)> = self.centers.iter().enumerate().collect();
        places.sort_by(|(_, one), (_, other)| {
            if !ranked(one) || !ranked(other) {
                return ranked(other).cmp(&ranked(one)).then(one.band.place().max(4).cmp(&other.band.place().max(4)));
            }
            let share = |center: &Compared| center.shrunk.unwrap_or(0.0);
            let size = |center: &Compared| center.counts.map_or(0, Counts::of);
            turned(one.band.place().cmp(&other.band.place()).then(share(other).total_cmp(&share(one))))
                .then(size(other).cmp(&size(one)))
        });
        places.into_iter().map(|(place, _)| place).collect()
    }
}
