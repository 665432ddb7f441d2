//! One center's share from month to month, or week to week.

use super::{
    Counts,
    binomial::{at_least, at_most},
    real,
};
use crate::macros::text_enum;

text_enum! {
    /// Why a point of time stands out.
    #[cfg_attr(feature = "graphql", graphql(name = "TrendSignal"))]
    pub enum Signal {
        /// Further from the centre than chance allows in all but 27 of 10,000 cases (3σ).
        Beyond = "beyond",
        /// The second of three in a row that is further from it, at the same side, than chance allows in all but 46 of
        /// 1,000 cases (2σ).
        TwoOfThree = "two_of_three",
        /// The eighth or a later one in a row at the same side of it.
        Run = "run",
    }
}

/// The share of a normal distribution beyond three standard deviations at one side.
const THREE: f64 = 0.001_349_898_031_630_094_5;
/// Beyond two.
const TWO: f64 = 0.022_750_131_948_179_21;
/// So many in a row on one side.
const RUN: usize = 8;

/// How far from the centre a point lies.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Zone {
    high: bool,
    two: bool,
    three: bool,
}

/// What stands out of a row of points in time, in their order; the first rule that holds.
///
/// The p-chart with three of the four rules of Western Electric, Statistical Quality Control Handbook (1956): one beyond
/// 3σ; two of three in a row beyond 2σ at the same side; eight in a row at the same side. Left out is the rule of four of
/// five beyond 1σ, the one that is most often wrong. With these, a center that does not change shows a signal once in
/// about 122 points (Champ & Woodall, Technometrics 29 (1987) 393).
///
/// The centre is the share of all points together. σ stands for the exact binomial tail at each point's own volume, as
/// the normal one is far off at small counts. Points of nothing are left out, as if they were not there; a point on the
/// centre itself ends a run.
#[must_use]
pub fn signals(points: &[Counts]) -> Vec<Option<Signal>> {
    let centre = points.iter().copied().sum::<Counts>().rate().filter(|rate| *rate > 0.0 && *rate < 1.0);
    let Some(centre) = centre else { return vec![None; points.len()] };
    let mut before: Vec<Option<Zone>> = Vec::new();
    let mut signal = |point: &Counts| {
        if point.of == 0 {
            return None;
        }
        let zone = zone(*point, centre);
        before.push(zone);
        let Zone { high, two, three } = zone?;
        let alike = |other: &&Option<Zone>| other.is_some_and(|other| other.high == high);
        let near = before.iter().rev().take(3).filter(alike).flatten().filter(|other| other.two).count();
        let run = before.iter().rev().take_while(alike).count();
        if three {
            Some(Signal::Beyond)
        } else if two && near >= 2 {
            Some(Signal::TwoOfThree)
        } else if run >= RUN {
            Some(Signal::Run)
        } else {
            None
        }
    };
    points.iter().map(&mut signal).collect()
}

/// None on the centre itself.
fn zone(point: Counts, centre: f64) -> Option<Zone> {
    let expected = real(point.of) * centre;
    let high = match real(point.part).partial_cmp(&expected)? {
        std::cmp::Ordering::Greater => true,
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => return None,
    };
    let beyond = if high { at_least(point.part, point.of, centre) } else { at_most(point.part, point.of, centre) };
    Some(Zone { high, two: beyond <= TWO, three: beyond <= THREE })
}
