//! The signs, one by one: what was given at a point on a day, against what visitors on their own would leave.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Flag, Noticed, RatingFlagKind, Usual, What,
    chance::{binomial, poisson, share},
};

/// So unlikely among visitors on their own. All shares and numbers here are an ASSUMPTION; they were tuned on invented
/// worlds, others than those of the test.
const RARE: f64 = 0.0002;
/// No sign is about fewer (P-7).
const LEAST: u32 = 5;
/// Half an hour, in slots.
const HALF_HOUR: u16 = 6;
/// Half hours of a day, each of which could be the one.
const HALF_HOURS: f64 = 16.0;
/// How many times the mean of the day the busiest hour is.
const PEAK: f64 = 3.0;
/// The fewest that are a burst, or one after another, or the best level again and again, or at closing time.
const BURST: u32 = 8;
const RUN: u32 = 6;
const STREAK: u32 = 8;
const CLUSTER: u32 = 6;
/// The share of the commonest phone: two of one kind behind one address look alike.
const ALIKE: f64 = 0.08;
/// Of those who come by one network, e.g. the hall's, where nobody else has come yet.
const ONE_NETWORK: f64 = 0.25;
/// Who is faster than reading all the same.
const HASTY: f64 = 0.03;
/// Who gives every row one level, and who does so in less than half a minute.
const LEVEL_ALL_DOWN: f64 = 0.65;
const HASTY_ALL_DOWN: f64 = 0.08;
const HALF_A_MINUTE: u16 = 30;
/// Who rates once more on the same day, for another matter.
const ONCE_MORE: f64 = 0.06;

/// How often somebody came once more, of how many ratings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Repeats {
    pub again: u32,
    pub of: u32,
}

impl std::ops::Add for Repeats {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { again: self.again.saturating_add(other.again), of: self.of.saturating_add(other.of) }
    }
}

impl std::iter::Sum for Repeats {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), std::ops::Add::add)
    }
}

/// What came around a point.
pub(super) struct Around<'a> {
    /// At the center's other points on this day, by network.
    pub networks: BTreeMap<u64, u32>,
    /// Networks that somebody of the staff was signed in from on this day.
    pub staff: &'a BTreeSet<u64>,
    /// At this point in the days before.
    pub before: Repeats,
    /// At the other points, with the days before.
    pub elsewhere: Repeats,
}

/// Every sign of a point's day; `seen` is in the order in which it came. Of a kiosk nothing is known but levels.
pub(super) fn all(seen: &[Noticed], usual: &Usual, around: &Around<'_>) -> Vec<Flag> {
    if seen.iter().any(is_kiosk) {
        return top(seen, usual).into_iter().collect();
    }
    let signs = [
        burst(seen, usual),
        device(seen),
        network(seen, around),
        fast(seen),
        straight(seen),
        top(seen, usual),
        closing(seen, usual),
        staff_network(seen, around),
        repeats(seen, around),
    ];
    signs.into_iter().flatten().collect()
}

/// How many came, by network.
pub(super) fn networks(seen: &[Noticed]) -> BTreeMap<u64, u32> {
    let mut counts = BTreeMap::new();
    for one in seen.iter().filter(|one| !is_kiosk(one)) {
        *counts.entry(one.network).or_default() += 1;
    }
    counts
}

const fn is_kiosk(one: &Noticed) -> bool {
    matches!(one.what, What::Kiosk { .. })
}

fn devices(seen: &[Noticed]) -> BTreeMap<(u64, u64), u32> {
    let mut counts = BTreeMap::new();
    for one in seen {
        *counts.entry((one.network, one.device)).or_default() += 1;
    }
    counts
}

/// Who came once more. Where many share a network, two of them may look alike: only a device from which most of a
/// network's ratings came counts.
pub(super) fn once_more(seen: &[Noticed]) -> Repeats {
    let from = networks(seen);
    let devices = devices(seen).into_iter();
    let again = devices.filter(|((network, _), count)| from.get(network).is_some_and(|all| count * 2 > *all));
    Repeats { again: again.map(|(_, count)| count - 1).sum(), of: from.values().sum() }
}

fn burst(seen: &[Noticed], usual: &Usual) -> Option<Flag> {
    let mut slots: Vec<u16> = seen.iter().map(|one| one.slot).collect();
    slots.sort_unstable();
    let (mut from, mut most) = (0, 0);
    for (at, slot) in slots.iter().enumerate() {
        while slots[from] + HALF_HOUR <= *slot {
            from += 1;
        }
        most = most.max(at + 1 - from);
    }
    let most = len(most);
    let rare = poisson(most, usual.per_hour / 2.0 * PEAK) <= RARE / HALF_HOURS;
    (most >= BURST && rare).then(|| Flag::new(RatingFlagKind::Burst, most, len(seen.len())))
}

fn device(seen: &[Noticed]) -> Option<Flag> {
    let from = networks(seen);
    let counts = devices(seen).into_iter().map(|((network, _), count)| (count, from.get(&network).map_or(0, |n| *n)));
    let rare = counts.filter(|(count, all)| *count >= LEAST && binomial(*count, *all, ALIKE) <= RARE);
    rare.max().map(|(count, all)| Flag::new(RatingFlagKind::Device, count, all))
}

fn network(seen: &[Noticed], around: &Around<'_>) -> Option<Flag> {
    let (all, elsewhere) = (len(seen.len()), around.networks.values().sum());
    let (mut run, mut last, mut longest) = (0_u32, None, 0);
    for one in seen {
        run = if last == Some(one.network) { run + 1 } else { 1 };
        last = Some(one.network);
        let there = around.networks.get(&one.network).map_or(0, |count| *count);
        let usual = share(there, elsewhere, ONE_NETWORK, 4.0);
        if run >= RUN && f64::from(all) * usual.powf(f64::from(run)) <= RARE {
            longest = longest.max(run);
        }
    }
    (longest > 0).then(|| Flag::new(RatingFlagKind::Network, longest, all))
}

fn fast(seen: &[Noticed]) -> Option<Flag> {
    let known: Vec<_> = seen.iter().filter_map(|one| Some((one.seconds?, one.what.reading()))).collect();
    let (hasty, known) = (len(known.iter().filter(|(took, reading)| took < reading).count()), len(known.len()));
    let rare = hasty >= LEAST && binomial(hasty, known, HASTY) <= RARE;
    rare.then(|| Flag::new(RatingFlagKind::Fast, hasty, known))
}

fn straight(seen: &[Noticed]) -> Option<Flag> {
    let surveys: Vec<_> = seen.iter().filter(|one| matches!(one.what, What::Survey { .. })).collect();
    let alike: Vec<_> = surveys.iter().filter(|one| matches!(one.what, What::Survey { alike: true, .. })).collect();
    let hasty = alike.iter().filter(|one| one.seconds.is_some_and(|took| took < HALF_A_MINUTE)).count();
    let (hasty, alike, all) = (len(hasty), len(alike.len()), len(surveys.len()));
    let rare = |count, usual| count >= LEAST && binomial(count, all, usual) <= RARE;
    let found = rare(hasty, HASTY_ALL_DOWN) || rare(alike, LEVEL_ALL_DOWN);
    found.then(|| Flag::new(RatingFlagKind::Straight, alike, all))
}

fn top(seen: &[Noticed], usual: &Usual) -> Option<Flag> {
    let (mut run, mut longest, mut all) = (0_u32, 0, 0_u32);
    for one in seen {
        let (What::Rating { top } | What::Kiosk { top }) = one.what else { continue };
        all += 1;
        run = if top { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    let rare = longest >= STREAK && f64::from(all) * usual.top.powf(f64::from(longest)) <= RARE;
    rare.then(|| Flag::new(RatingFlagKind::Top, longest, all))
}

fn closing(seen: &[Noticed], usual: &Usual) -> Option<Flag> {
    let late: Vec<_> = seen.iter().filter(|one| one.slot + HALF_HOUR >= usual.closes).collect();
    let (count, tops) = (len(late.len()), len(late.iter().filter(|one| one.what.is_top()).count()));
    let rare = count >= CLUSTER && poisson(count, usual.per_hour / 2.0) <= RARE;
    (rare && tops * 10 >= count * 9).then(|| Flag::new(RatingFlagKind::Closing, count, len(seen.len())))
}

fn staff_network(seen: &[Noticed], around: &Around<'_>) -> Option<Flag> {
    let inside = |network: &u64| around.staff.contains(network);
    let (count, all) = (len(seen.iter().filter(|one| inside(&one.network)).count()), len(seen.len()));
    // Where visitors share the address of the staff, they do so at the other points too.
    let elsewhere = around.networks.iter().filter(|(network, _)| inside(network)).map(|(_, count)| count).sum();
    let usual = share(elsewhere, around.networks.values().sum(), ONE_NETWORK, 4.0);
    let rare = count >= LEAST && binomial(count, all, usual) <= RARE;
    rare.then(|| Flag::new(RatingFlagKind::StaffNetwork, count, all))
}

fn repeats(seen: &[Noticed], around: &Around<'_>) -> Option<Flag> {
    let today = once_more(seen);
    let Repeats { again, of } = today + around.before;
    let usual = share(around.elsewhere.again, around.elsewhere.of, ONCE_MORE, 100.0);
    let rare = today.again >= 2 && again > LEAST && binomial(again, of, usual) <= RARE;
    rare.then(|| Flag::new(RatingFlagKind::Repeats, again, of))
}

pub(super) fn len(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
