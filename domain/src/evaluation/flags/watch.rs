//! What is remembered of a center, and for how long: of days that are not over what was noticed, of those before two
//! counts for each point. Bounded, whoever sends whatever.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use chrono::NaiveDate;

use super::{
    Flag, Noticed, RatingFlagKind, Usual,
    signs::{self, Around, Repeats, len},
};
use crate::RatingPointId;

/// Where: a point, or none for the link after an answered complaint.
pub type Point = Option<RatingPointId>;

/// What is noticed at a point on a day, and at a center: far more than people come.
const AT_POINT: usize = 500;
const AT_CENTER: usize = 5_000;
/// Networks of the staff on a day.
const NETWORKS: usize = 500;
/// Days that are not over. There are two around midnight, and more only when clocks jump.
const DAYS: usize = 3;
/// Days before, of which two counts are kept.
const BEFORE: usize = 13;

/// What is remembered of a center.
#[derive(Debug, Default)]
pub struct Watch {
    days: BTreeMap<NaiveDate, Day>,
    before: BTreeMap<Point, VecDeque<Repeats>>,
}

#[derive(Debug, Default)]
struct Day {
    points: BTreeMap<Point, AtPoint>,
    staff: BTreeSet<u64>,
    noticed: usize,
}

#[derive(Debug, Default)]
struct AtPoint {
    seen: Vec<Noticed>,
    unseen: u32,
}

impl Watch {
    /// Something was given.
    pub fn notice(&mut self, day: NaiveDate, point: Point, noticed: Noticed) {
        let day = self.day(day);
        let at = day.points.entry(point).or_default();
        if day.noticed < AT_CENTER && at.seen.len() < AT_POINT {
            at.seen.push(noticed);
            day.noticed += 1;
        } else {
            at.unseen = at.unseen.saturating_add(1);
        }
    }

    /// Somebody of the staff is signed in from a network.
    pub fn staff(&mut self, day: NaiveDate, network: u64) {
        let staff = &mut self.day(day).staff;
        if staff.len() < NETWORKS {
            staff.insert(network);
        }
    }

    /// The days before `today` that were not closed yet.
    pub fn over(&self, today: NaiveDate) -> impl Iterator<Item = NaiveDate> {
        self.days.range(..today).map(|(day, _)| *day)
    }

    /// Where something was given on a day.
    pub fn points(&self, day: NaiveDate) -> impl Iterator<Item = Point> {
        self.days.get(&day).into_iter().flat_map(|day| day.points.keys().copied())
    }

    /// The signs of a day, point by point.
    #[must_use]
    pub fn flags(&self, day: NaiveDate, usual: impl Fn(Point) -> Usual) -> Vec<(Point, Flag)> {
        let Some(day) = self.days.get(&day) else { return Vec::new() };
        let mut networks: BTreeMap<u64, u32> = BTreeMap::new();
        for (network, count) in day.points.values().flat_map(|at| signs::networks(&at.seen)) {
            *networks.entry(network).or_default() += count;
        }
        let past: BTreeMap<Point, Repeats> =
            self.before.iter().map(|(point, days)| (*point, days.iter().copied().sum())).collect();
        let all: Repeats = past.values().copied().chain(day.points.values().map(|at| signs::once_more(&at.seen))).sum();
        let mut found = Vec::new();
        for (point, at) in &day.points {
            let own = signs::networks(&at.seen);
            let mut others = networks.clone();
            for (network, count) in &mut others {
                *count -= own.get(network).map_or(0, |own| *own);
            }
            let before = past.get(point).copied().unwrap_or_default();
            let here = before + signs::once_more(&at.seen);
            let elsewhere = Repeats { again: all.again - here.again, of: all.of - here.of };
            let around = Around { networks: others, staff: &day.staff, before, elsewhere };
            found.extend(signs::all(&at.seen, &usual(*point), &around).into_iter().map(|flag| (*point, flag)));
            if at.unseen > 0 {
                let came = len(at.seen.len()).saturating_add(at.unseen);
                found.push((*point, Flag::new(RatingFlagKind::Unwatched, came, came)));
            }
        }
        found
    }

    /// Forgets a day; two counts for each of its points stay for a while.
    pub fn close(&mut self, day: NaiveDate) {
        let Some(day) = self.days.remove(&day) else { return };
        for (point, at) in &day.points {
            let days = self.before.entry(*point).or_default();
            days.push_back(signs::once_more(&at.seen));
            if days.len() > BEFORE {
                days.pop_front();
            }
        }
    }

    fn day(&mut self, day: NaiveDate) -> &mut Day {
        if self.days.len() >= DAYS && !self.days.contains_key(&day) {
            self.days.pop_first();
        }
        self.days.entry(day).or_default()
    }
}
