//! What counts say: shares, counts and medians, of the centers of a city or of the points of a trend. What is about too
//! few is left out here, and with it what would tell it by subtraction (P-7).

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, PoisonError},
};

use chrono::{Datelike, NaiveDate};
use domain::{
    CenterId, Violation,
    calendar::local_date,
    evaluation::{ratings::monday, suppress},
    metrics::{Metric, MetricGathering, MetricUnit, Period, RANK_MINIMUM, amount, check_filter, within},
    policy::PolicyKey,
    statistics::{self, Band, Comparison, Limits, compare, mean, median, quartiles, standardise},
};

use crate::{analytics::counting::Counts, db::ReadTx, error::Result, graphql::context::Cx};

/// Nothing was counted before.
const FIRST_YEAR: i32 = 2000;
/// Comparisons that are kept.
const KEPT: usize = 256;
/// A standardised share is told where so much of the city's volume lies in strata that the center has.
const COVERED: f64 = 0.9;

/// A question that may be asked.
#[derive(Clone, Debug)]
pub struct Question {
    /// About which figure.
    pub metric: Metric,
    /// About which days.
    pub period: Period,
    /// About which part; empty for everything.
    pub filter: String,
    /// Below so many nothing is shown.
    pub least: u64,
}

impl Question {
    /// Asks it.
    ///
    /// # Errors
    /// `metrics.version` for another definition than the present one, `metrics.stratum_unknown`, and those of
    /// [`Question::days`].
    pub async fn new(
        cx: &Cx,
        metric: Metric,
        version: Option<u32>,
        (from, to): (NaiveDate, NaiveDate),
        stratum: Option<&str>,
    ) -> Result<Self> {
        if version.is_some_and(|version| version != metric.version()) {
            return Err(Violation::new("version", "metrics.version").into());
        }
        let filter = match stratum.unwrap_or_default().trim() {
            "" => metric.usual_part(),
            part => part,
        };
        check_filter(metric, filter)?;
        let period = Self::days(metric, from, to, local_date(cx.now()))?;
        Ok(Self { metric, period, filter: filter.to_owned(), least: least(cx, metric).await? })
    }

    /// The days of a figure that may be shown: of ratings, weeks that are over (ADR 22).
    ///
    /// # Errors
    /// `metrics.period_unknown`, `metrics.period_open`, and those of [`Period::new`].
    pub fn days(metric: Metric, from: NaiveDate, to: NaiveDate, today: NaiveDate) -> Result<Period, Violation> {
        if from.year() < FIRST_YEAR {
            return Err(Violation::new("from", "metrics.period_unknown"));
        }
        Period::new(from, to, today)?;
        let last = if of_ratings(metric) { monday(today).pred_opt().unwrap_or(today) } else { today };
        if from > last {
            return Err(Violation::new("to", "metrics.period_open"));
        }
        Period::new(from, to.min(last), today)
    }
}

/// Whether it is about what the public gives at points.
const fn of_ratings(metric: Metric) -> bool {
    matches!(
        metric,
        Metric::RatingVolume
            | Metric::ActiveRatingRate
            | Metric::SatisfactionRate
            | Metric::BadRatingRate
            | Metric::SurveyTopShare
    )
}

/// Below so many nothing of a figure is shown.
///
/// # Errors
/// From the database.
pub async fn least(cx: &Cx, metric: Metric) -> Result<u64> {
    let asked = cx.rules().await?.policy.get(PolicyKey::RatingMinGroup);
    Ok(if metric.minimum() == 0 { 0 } else { metric.minimum().max(asked.into()) })
}

/// What was counted somewhere: in a center, at a point of a trend.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// All of it.
    pub counts: Counts,
    /// Part by part, where that was asked for.
    pub parts: BTreeMap<String, Counts>,
}

/// Whether parts are needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parts {
    /// For a filter, for a median, for standardising.
    Needed,
    /// They are not.
    Unneeded,
}

impl Held {
    /// Adds counts, of a part.
    pub fn add(&mut self, stratum: &str, counts: Counts) {
        let plus = |one: Counts, other: Counts| {
            let ([a, b, c], [x, y, z]) = (one, other);
            [a + x, b + y, c + z]
        };
        self.counts = plus(self.counts, counts);
        if !stratum.is_empty() {
            let part = self.parts.entry(stratum.to_owned()).or_default();
            *part = plus(*part, counts);
        }
    }

    /// Of how many.
    #[must_use]
    pub fn size(&self) -> u64 {
        u64::try_from(self.counts[1]).unwrap_or(0)
    }

    /// Only what is within a filter; nothing where that, or what lies beside it, is about too few.
    #[must_use]
    pub fn narrowed(self, filter: &str, least: u64) -> Self {
        if filter.is_empty() {
            return self;
        }
        let mut found = Self::default();
        if self.shows(filter, least) {
            for (stratum, counts) in self.parts.iter().filter(|(stratum, _)| within(stratum, filter)) {
                found.add(stratum, *counts);
            }
        }
        found
    }

    /// Whether a part is shown beside those next to it, and the larger part that it belongs to beside those next to that.
    fn shows(&self, filter: &str, least: u64) -> bool {
        let (above, _) = filter.rsplit_once('/').unwrap_or_default();
        let depth = filter.split('/').count();
        let mut sizes: BTreeMap<String, u64> = BTreeMap::new();
        for (stratum, [_, size, _]) in self.parts.iter().filter(|(stratum, _)| within(stratum, above)) {
            let part = stratum.split('/').take(depth).collect::<Vec<_>>().join("/");
            *sizes.entry(part).or_default() += u64::try_from(*size).unwrap_or(0);
        }
        let volumes: Vec<u64> = sizes.values().copied().collect();
        let open = suppress::shown(&volumes, least).rows;
        let shown = sizes.keys().zip(open).any(|(part, open)| part == filter && open);
        shown && (above.is_empty() || self.shows(above, least))
    }

    fn stored(&self) -> statistics::Counts {
        let [part, of, _] = self.counts;
        statistics::Counts::stored(part, of)
    }

    /// How often each number of days or points occurred.
    fn histogram(&self) -> Vec<(u32, u64)> {
        let often = |(stratum, [_, of, _]): (&String, &Counts)| Some((amount(stratum)?, u64::try_from(*of).ok()?));
        self.parts.iter().filter_map(often).collect()
    }
}

/// What each center in reach has counted.
pub type Everybody = HashMap<CenterId, Held>;

/// Reads it, in one statement whatever there is behind it.
///
/// # Errors
/// From the database.
pub async fn held(tx: &ReadTx, question: &Question, center: Option<CenterId>, parts: Parts) -> Result<Everybody> {
    let (metrics, period) = ([question.metric], question.period);
    let mut found = Everybody::new();
    if question.metric.gathering() == MetricGathering::Last {
        for row in tx.gauges(&metrics, period, center).await? {
            found.entry(row.center_id).or_default().add("", [row.numerator, row.denominator, row.excluded]);
        }
    } else if needs_parts(question, parts) {
        for row in tx.part_sums(&metrics, period, center, "").await? {
            found.entry(row.center).or_default().add(&row.stratum, row.counts());
        }
        found = found.into_iter().map(|(id, held)| (id, held.narrowed(&question.filter, question.least))).collect();
    } else {
        for row in tx.sums(&metrics, period, center).await? {
            found.entry(row.center).or_default().add("", row.counts());
        }
    }
    Ok(found)
}

/// Whether the parts of a figure are read for a question.
#[must_use]
pub fn needs_parts(question: &Question, parts: Parts) -> bool {
    let of_parts = parts == Parts::Needed && !question.metric.strata().is_empty();
    let of_numbers = matches!(question.metric.unit(), MetricUnit::Days | MetricUnit::Points);
    of_parts || of_numbers || !question.filter.is_empty()
}

/// Counts, and what they say; nothing where they are about too few.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Figure {
    /// What was counted, of how many.
    pub counts: Option<(i64, i64)>,
    /// Left out.
    pub excluded: i64,
    /// A share from 0 to 1, a median of days, or a mean of points.
    pub rate: Option<f64>,
    /// Its 95 % interval.
    pub interval: Option<(f64, f64)>,
}

impl Figure {
    fn hidden() -> Self {
        Self::default()
    }

    fn of(held: &Held) -> Self {
        let [numerator, denominator, excluded] = held.counts;
        Self { counts: Some((numerator, denominator)), excluded, ..Self::default() }
    }

    /// What was counted, for the rules.
    #[must_use]
    pub fn stored(&self) -> Option<statistics::Counts> {
        self.counts.map(|(part, of)| statistics::Counts::stored(part, of))
    }
}

/// A figure among others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placed {
    /// The figure.
    pub figure: Figure,
    /// Drawn to the others' by as much as its volume asks for.
    pub shrunk: Option<f64>,
    /// Where it stands.
    pub band: Band,
}

impl Placed {
    /// Of a center of which nothing was counted.
    pub const NOTHING: Self = Self {
        figure: Figure { counts: None, excluded: 0, rate: None, interval: None },
        shrunk: None,
        band: Band::None,
    };
}

/// Figures beside each other.
#[derive(Clone, Debug)]
pub struct Table {
    /// All of them together.
    pub total: Figure,
    /// Each, in the order given.
    pub rows: Vec<Placed>,
    /// The lower quartile, the median and the upper quartile of those that are large enough to be placed.
    pub quartiles: Option<[f64; 3]>,
    /// φ and τ², where there is a funnel.
    pub dispersion: Option<(Option<f64>, f64)>,
    /// The limits of the funnel, to draw.
    pub curve: Vec<(u64, Limits)>,
}

impl Table {
    /// Puts figures beside each other.
    #[must_use]
    pub fn of(made: &Comparisons, question: &Question, held: &[Held]) -> Self {
        let told;
        let held = if question.metric == Metric::ActiveRatingRate {
            told = hushed(held, question.least);
            &told
        } else {
            held
        };
        let mut table = match question.metric.unit() {
            MetricUnit::Share => shares(made, held, question.least),
            MetricUnit::Count => counts(held, question.least),
            MetricUnit::Days => middles(held, question.least, Placing::Banded, |held| {
                let found = median(&held.histogram())?;
                let ends = found.interval.map(|(low, high)| (f64::from(low), f64::from(high)));
                Some(Middle { value: found.value, interval: ends })
            }),
            // Hundredths are stored, points are told. Panels differ from center to center: nobody stands above another by
            // what they gave (domain section H.2).
            MetricUnit::Points => middles(held, question.least, Placing::Beside, |held| {
                let found = mean(&held.histogram())?;
                let ends = found.interval.map(|(low, high)| (low / 100.0, high / 100.0));
                Some(Middle { value: found.value / 100.0, interval: ends })
            }),
        };
        let placed = table.rows.iter().filter(|row| !matches!(row.band, Band::TooFew | Band::None));
        let rates: Vec<f64> = placed.filter_map(|row| row.figure.rate).collect();
        table.quartiles = quartiles(&rates);
        table
    }

    fn plain(total: Figure, rows: Vec<Placed>) -> Self {
        Self { total, rows, quartiles: None, dispersion: None, curve: Vec::new() }
    }
}

/// Without those whose part is too small, as if they had counted nothing: of many services a few ratings are as few as they
/// are among ratings, and the volume of ratings says nothing of them either.
fn hushed(held: &[Held], least: u64) -> Vec<Held> {
    let parts: Vec<u64> = held.iter().map(|held| u64::try_from(held.counts[0]).unwrap_or(0)).collect();
    let open = suppress::shown(&parts, least).rows;
    held.iter().zip(open).map(|(held, open)| if open { held.clone() } else { Held::default() }).collect()
}

fn shares(made: &Comparisons, held: &[Held], least: u64) -> Table {
    let drawn = made.of(held.iter().map(Held::stored).collect(), least);
    let Drawn { comparison, curve } = &*drawn;
    let ends = |interval: Option<statistics::Interval>| interval.map(|ends| (ends.low, ends.high));
    let placed = |(held, center): (&Held, &statistics::Compared)| {
        let rate = center.counts.and_then(statistics::Counts::rate);
        let figure = match center.counts {
            Some(_) => Figure { rate, interval: ends(center.interval), ..Figure::of(held) },
            None => Figure::hidden(),
        };
        Placed { figure, shrunk: center.shrunk, band: center.band }
    };
    let rows = held.iter().zip(&comparison.centers).map(placed).collect();
    let total = match comparison.total {
        Some(counts) => {
            Figure { rate: counts.rate(), interval: ends(comparison.interval), ..Figure::of(&together(held)) }
        }
        None => Figure::hidden(),
    };
    let dispersion = comparison.funnel.map(|funnel| (funnel.dispersion(), funnel.spread()));
    Table { dispersion, curve: curve.clone(), ..Table::plain(total, rows) }
}

fn counts(held: &[Held], least: u64) -> Table {
    let open = suppress::shown(&sizes(held), least);
    let placed = |(held, open): (&Held, bool)| {
        let figure = if open { Figure::of(held) } else { Figure::hidden() };
        Placed { figure, shrunk: None, band: Band::None }
    };
    let rows = held.iter().zip(open.rows).map(placed).collect();
    Table::plain(if open.total { Figure::of(&together(held)) } else { Figure::hidden() }, rows)
}

/// What is in the middle: a median or a mean, with its 95 % interval.
#[derive(Clone, Copy, Debug)]
struct Middle {
    value: f64,
    interval: Option<(f64, f64)>,
}

/// Whether figures beside each other are said to be higher or lower.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Placing {
    /// They are.
    Banded,
    /// They are not.
    Beside,
}

fn middles(held: &[Held], least: u64, placing: Placing, middle: impl Fn(&Held) -> Option<Middle>) -> Table {
    let open = suppress::shown(&sizes(held), least);
    let all = together(held);
    let told = |held: &Held| {
        let found = middle(held);
        let (rate, interval) = (found.map(|found| found.value), found.and_then(|found| found.interval));
        (Figure { rate, interval, ..Figure::of(held) }, found)
    };
    let (total, city) = if open.total { told(&all) } else { (Figure::hidden(), None) };
    let placed = |(held, open): (&Held, bool)| {
        if !open {
            return Placed { figure: Figure::hidden(), shrunk: None, band: Band::None };
        }
        let (figure, found) = told(held);
        let band = match (found, city) {
            _ if placing == Placing::Beside => Band::None,
            (Some(_), _) if held.size() < RANK_MINIMUM => Band::TooFew,
            (Some(found), Some(city)) => Band::beside(found.interval, city.value),
            _ => Band::None,
        };
        Placed { figure, shrunk: None, band }
    };
    let rows = held.iter().zip(open.rows).map(placed).collect();
    Table::plain(total, rows)
}

fn sizes(held: &[Held]) -> Vec<u64> {
    held.iter().map(Held::size).collect()
}

/// All of it.
fn together(held: &[Held]) -> Held {
    let mut all = Held::default();
    for one in held {
        if one.parts.is_empty() {
            all.add("", one.counts);
        }
        for (stratum, counts) in &one.parts {
            all.add(stratum, *counts);
        }
    }
    all
}

/// The share that each would have with the mix of strata of all together. Strata with too few somewhere are as if they
/// were not there.
#[must_use]
pub fn standardised(question: &Question, held: &[Held]) -> Vec<Option<f64>> {
    let kinds = question.metric.strata();
    if question.metric.unit() != MetricUnit::Share || kinds.is_empty() {
        return vec![None; held.len()];
    }
    // By what comes first: by channel, by class. A form is what the city asks, not whom a center serves.
    let mixed = |held: &Held| {
        let mut mix: BTreeMap<String, statistics::Counts> = BTreeMap::new();
        for (stratum, [part, of, _]) in &held.parts {
            let key = stratum.split('/').next().unwrap_or_default().to_owned();
            let known = mix.entry(key).or_default();
            *known = known.plus(statistics::Counts::stored(*part, *of));
        }
        mix
    };
    let city = mixed(&together(held));
    let share = |held: &Held| {
        let own = mixed(held);
        let known = |key: &String| own.get(key).copied().filter(|counts| counts.of() >= question.least);
        let strata: Vec<_> = city.iter().map(|(key, counts)| (known(key).unwrap_or_default(), counts.of())).collect();
        standardise(&strata).filter(|found| found.covered >= COVERED).map(|found| found.rate)
    };
    held.iter().map(share).collect()
}

/// A comparison that was made.
pub struct Drawn {
    comparison: Comparison,
    curve: Vec<(u64, Limits)>,
}

/// What is compared, and below how many nothing is shown.
type Compared = (Vec<statistics::Counts>, u64);

/// Comparisons that were made, by the counts that they were made of: the same counts make the same comparison, whoever
/// asks. The exact limits are most of the work of an answer.
#[derive(Default)]
pub struct Comparisons(Mutex<HashMap<Compared, Arc<Drawn>>>);

impl Comparisons {
    fn of(&self, counts: Vec<statistics::Counts>, least: u64) -> Arc<Drawn> {
        let key = (counts, least);
        if let Some(found) = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return found.clone();
        }
        let comparison = compare(&key.0, least);
        let shown = comparison.centers.iter().filter_map(|center| center.counts).map(statistics::Counts::of);
        let volumes: Vec<u64> = shown.filter(|of| *of > 0).collect();
        let ends = volumes.iter().copied().min().zip(volumes.iter().copied().max());
        let curve = comparison.funnel.zip(ends).map(|(funnel, (least, most))| funnel.curve(least, most));
        let drawn = Arc::new(Drawn { comparison, curve: curve.unwrap_or_default() });
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(key, drawn.clone());
        drawn
    }
}

#[cfg(test)]
#[path = "figures_tests.rs"]
mod tests;
