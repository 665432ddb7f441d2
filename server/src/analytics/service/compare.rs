//! The centers of the city by one figure, as they are counted now or as they were when the period was closed.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    CenterId, PublicationId, Violation,
    calendar::{end_of_day, local_date},
    campaigns::CampaignKind,
    center::{CenterAction, CenterKind, CenterStatus},
    complaints::ComplaintClass,
    evaluation::ratings::PointChannel,
    metrics::{CalendarPeriod, Metric, Period, PeriodKind, StratumKind},
    permission::Permission,
    statistics::Limits,
};

use super::{
    figures::{Comparisons, Everybody, Figure, Held, Parts, Placed, Question, Table, held, standardised},
    publishing,
};
use crate::{
    analytics::repo,
    db::{ReadTx, identity::Center},
    error::{Error, Kind, Result},
    graphql::context::Cx,
};

/// What is asked.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Which figure.
    pub metric: Metric,
    /// By which definition.
    pub version: Option<u32>,
    /// From which day to which.
    pub days: (NaiveDate, NaiveDate),
    /// Only this part.
    pub stratum: Option<String>,
    /// Also with the city's mix of strata.
    pub adjusted: bool,
    /// Only centers of this kind, among each other.
    pub peers: Option<CenterKind>,
}

/// A center among the others.
#[derive(Clone, Debug)]
pub struct Row {
    /// Which.
    pub center: Center,
    /// Its figure, and where it stands.
    pub placed: Placed,
    /// Its share with the city's mix of strata.
    pub standardised: Option<f64>,
    /// Whether it was taken in, stopped or closed within the period.
    pub partial: bool,
}

/// The centers of the city.
#[derive(Clone, Debug)]
pub struct Compared {
    /// Which figure, of which days, of which part.
    pub question: Question,
    /// What a filter may begin with.
    pub strata: Vec<String>,
    /// The city.
    pub total: Figure,
    /// The quartiles of the centers.
    pub quartiles: Option<[f64; 3]>,
    /// φ and τ².
    pub dispersion: Option<(Option<f64>, f64)>,
    /// The limits of the funnel.
    pub curve: Vec<(u64, Limits)>,
    /// The centers, in the city's order.
    pub rows: Vec<Row>,
    /// When the period was closed, where these are the figures of then.
    pub frozen_at: Option<DateTime<Utc>>,
    /// Of so many centers the counts have changed since.
    pub corrections: usize,
    /// As of when they are.
    pub as_of: DateTime<Utc>,
    /// Under which notice they are published.
    pub publication: Option<PublicationId>,
}

/// Compares the centers of the viewer's city.
///
/// # Errors
/// Those of [`Question::new`].
pub async fn compare(cx: &Cx, asked: Asked) -> Result<Compared> {
    cx.scope()?.require(Permission::CityCompare)?;
    let question = Question::new(cx, asked.metric, asked.version, asked.days, asked.stratum.as_deref()).await?;
    let tx = cx.read().await?;
    // The days that were asked for: a month whose last days are cut off is no month.
    let closed = match calendar(asked.days) {
        Some(period) => frozen(&tx, &question, &period.to_string()).await?,
        None => None,
    };
    let parts = if asked.adjusted { Parts::Needed } else { Parts::Unneeded };
    let now = held(&tx, &question, None, parts).await?;
    let centers = tx.city_centers().await?;
    let changed = changed(&tx, question.period).await?;
    let (everybody, frozen_at, corrected) = match closed {
        Some((then, at)) => {
            let differ = |id: &CenterId| counts(&then, *id) != counts(&now, *id);
            let corrected: HashSet<_> = centers.iter().map(|(center, _)| center.id).filter(differ).collect();
            (then, Some(at), corrected)
        }
        None => (now, None, HashSet::new()),
    };
    let publication = match (frozen_at, calendar(asked.days)) {
        (Some(_), Some(period)) => publishing::of(&tx, &period.to_string(), question.metric).await?,
        _ => None,
    };
    let mut compared = placed(cx, question, (asked.adjusted, asked.peers), everybody, centers, &changed);
    compared.corrections = compared.rows.iter().filter(|row| corrected.contains(&row.center.id)).count();
    (compared.frozen_at, compared.publication) = (frozen_at, publication);
    compared.as_of = frozen_at.unwrap_or_else(|| cx.now());
    Ok(compared)
}

/// Everybody's figures beside each other: of the centers that work, and of those of which something was counted.
fn placed(
    cx: &Cx,
    question: Question,
    (adjusted, peers): (bool, Option<CenterKind>),
    mut everybody: Everybody,
    centers: Vec<(Center, CenterStatus)>,
    changed: &HashSet<CenterId>,
) -> Compared {
    let mut shown: Vec<(Center, Held)> = Vec::with_capacity(centers.len());
    for (center, status) in centers {
        let held = everybody.remove(&center.id);
        if held.is_some() || matches!(status, CenterStatus::Active | CenterStatus::Closing) {
            shown.push((center, held.unwrap_or_default()));
        }
    }
    if let Some(kind) = peers {
        shown = among(&cx.app.comparisons, &question, kind, shown);
    }
    let (centers, held): (Vec<_>, Vec<_>) = shown.into_iter().unzip();
    let Table { total, rows, quartiles, dispersion, curve } = Table::of(&cx.app.comparisons, &question, &held);
    let shares = if adjusted { standardised(&question, &held) } else { vec![None; held.len()] };
    let row = |((center, placed), share): ((Center, Placed), Option<f64>)| {
        let partial = changed.contains(&center.id);
        Row { standardised: share.filter(|_| placed.figure.counts.is_some()), center, placed, partial }
    };
    let rows = centers.into_iter().zip(rows).zip(shares).map(row).collect();
    Compared {
        strata: first_parts(question.metric),
        question,
        total,
        quartiles,
        dispersion,
        curve,
        rows,
        frozen_at: None,
        corrections: 0,
        as_of: cx.now(),
        publication: None,
    }
}

/// Only the centers of a kind. One whose figure is hidden among all of them is left out: else the two tables would tell it
/// by subtraction.
fn among(made: &Comparisons, question: &Question, kind: CenterKind, all: Vec<(Center, Held)>) -> Vec<(Center, Held)> {
    let held: Vec<Held> = all.iter().map(|(_, held)| held.clone()).collect();
    let rows = Table::of(made, question, &held).rows;
    let open = |((center, _), row): &((Center, Held), Placed)| center.kind == kind.key() && row.figure.counts.is_some();
    all.into_iter().zip(rows).filter(open).map(|(center, _)| center).collect()
}

/// What was counted when a period was closed, and when that was; none where it is not closed.
///
/// # Errors
/// From the database.
pub async fn frozen(tx: &ReadTx, question: &Question, period: &str) -> Result<Option<(Everybody, DateTime<Utc>)>> {
    let rows = repo::snapshot(tx, period, Some(question.metric)).await?;
    let Some(at) = rows.first().map(|row| row.frozen_at) else { return Ok(None) };
    let mut everybody = Everybody::new();
    for row in rows {
        everybody.insert(row.for_center, repo::unpacked(&row)?.narrowed(&question.filter, question.least));
    }
    Ok(Some((everybody, at)))
}

/// The month, quarter or year that these days are.
#[must_use]
pub fn calendar((from, to): (NaiveDate, NaiveDate)) -> Option<CalendarPeriod> {
    let is_whole = |period: &CalendarPeriod| period.period().from() == from && period.period().to() == to;
    PeriodKind::ALL.iter().map(|kind| CalendarPeriod::of(*kind, from)).find(is_whole)
}

/// Centers that were taken in, stopped or closed within a period.
///
/// # Errors
/// From the database.
pub async fn changed(tx: &ReadTx, period: Period) -> Result<HashSet<CenterId>> {
    let actions = [CenterAction::Create, CenterAction::Suspend, CenterAction::Reinstate, CenterAction::Close];
    let before = period.from().pred_opt().unwrap_or(period.from());
    repo::changed(tx, &actions, (end_of_day(before), end_of_day(period.to()))).await
}

/// A center of the city in scope, by its code.
///
/// # Errors
/// [`Error::NotFound`] for any other.
pub async fn named(tx: &ReadTx, code: &str) -> Result<Center> {
    let found = tx.city_centers().await?.into_iter().find(|(center, _)| center.code == code);
    found.map(|(center, _)| center).ok_or(Error::NotFound(Kind::Center))
}

fn counts(everybody: &Everybody, center: CenterId) -> [i64; 3] {
    everybody.get(&center).map(|held| held.counts).unwrap_or_default()
}

/// A figure of a center beside the city's.
#[derive(Clone, Debug)]
pub struct ProfileRow {
    /// Which figure.
    pub metric: Metric,
    /// Its own, and where it stands.
    pub placed: Placed,
    /// The city's.
    pub city: Figure,
    /// The quartiles of the centers.
    pub quartiles: Option<[f64; 3]>,
    /// Whether the center was taken in, stopped or closed within the period.
    pub partial: bool,
}

/// All figures of a center.
#[derive(Clone, Debug)]
pub struct Profile {
    /// Which center.
    pub center: Center,
    /// From which day to which.
    pub days: (NaiveDate, NaiveDate),
    /// Each figure.
    pub rows: Vec<ProfileRow>,
}

/// All figures of a center beside the city's; as many statements as there are figures.
///
/// # Errors
/// [`Error::NotFound`] for another city's center, and those of [`Question::days`]. A figure of which nothing of the period
/// may be shown yet is left out.
pub async fn profile(cx: &Cx, code: &str, days: (NaiveDate, NaiveDate)) -> Result<Profile> {
    cx.scope()?.require(Permission::CityCompare)?;
    let period = Question::days(Metric::ResponseRate, days.0, days.1, local_date(cx.now()))?;
    let tx = cx.read().await?;
    let centers = tx.city_centers().await?;
    let center = centers.iter().find(|(center, _)| center.code == code).map(|(center, _)| center.clone());
    let center = center.ok_or(Error::NotFound(Kind::Center))?;
    let changed = changed(&tx, period).await?;
    let mut rows = Vec::new();
    for metric in Metric::ALL.iter().copied() {
        let question = match Question::new(cx, metric, None, days, None).await {
            Err(Error::Invalid(found)) if found.iter().all(not_yet) => continue,
            other => other?,
        };
        let everybody = held(&tx, &question, None, Parts::Unneeded).await?;
        let compared = placed(cx, question, (false, None), everybody, centers.clone(), &changed);
        let own = compared.rows.iter().find(|row| row.center.id == center.id);
        rows.push(ProfileRow {
            metric,
            placed: own.map_or(Placed::NOTHING, |row| row.placed),
            city: compared.total,
            quartiles: compared.quartiles,
            partial: own.is_some_and(|row| row.partial),
        });
    }
    Ok(Profile { center, days, rows })
}

fn not_yet(violation: &Violation) -> bool {
    violation.code == "metrics.period_open"
}

/// A part of a center's figure.
#[derive(Clone, Debug)]
pub struct PartRow {
    /// Which center.
    pub center: Center,
    /// Which part: the first one of a stratum.
    pub stratum: String,
    /// What it came to.
    pub figure: Figure,
}

/// The parts of every center's figure; those that are about too few, and what would tell them, are left out. None of a
/// figure without parts.
///
/// # Errors
/// As [`compare`].
pub async fn parts(cx: &Cx, asked: Asked) -> Result<Vec<PartRow>> {
    cx.scope()?.require(Permission::CityCompare)?;
    let strata = first_parts(asked.metric);
    if strata.is_empty() {
        return Ok(Vec::new());
    }
    let question = Question::new(cx, asked.metric, asked.version, asked.days, None).await?;
    let question = Question { filter: String::new(), ..question };
    let tx = cx.read().await?;
    let everybody = held(&tx, &question, None, Parts::Needed).await?;
    let centers = tx.city_centers().await?;
    let mut rows = Vec::new();
    for stratum in strata {
        let narrowed = Question { filter: stratum.clone(), ..question.clone() };
        let of_part = |(center, _): &(Center, CenterStatus)| {
            let held = everybody.get(&center.id).cloned().unwrap_or_default();
            held.narrowed(&narrowed.filter, narrowed.least)
        };
        let held: Vec<Held> = centers.iter().map(of_part).collect();
        let table = Table::of(&cx.app.comparisons, &narrowed, &held);
        let wanted = |center: &Center| asked.peers.is_none_or(|kind| center.kind == kind.key());
        let shown = centers.iter().zip(table.rows);
        let shown = shown.filter(|((center, _), row)| row.figure.counts.is_some() && wanted(center));
        rows.extend(shown.map(|((center, _), row)| PartRow {
            center: center.clone(),
            stratum: stratum.clone(),
            figure: row.figure,
        }));
    }
    Ok(rows)
}

/// The first center of the viewer's city.
///
/// # Errors
/// [`Error::NotFound`] where it has none.
pub async fn first_center(cx: &Cx) -> Result<Center> {
    cx.scope()?.require(Permission::CityCompare)?;
    let found = cx.read().await?.city_centers().await?.into_iter().next();
    found.map(|(center, _)| center).ok_or(Error::NotFound(Kind::Center))
}

/// What a filter of a metric may begin with.
fn first_parts(metric: Metric) -> Vec<String> {
    let keys: Vec<&str> = match metric.strata().first() {
        Some(StratumKind::Channel) => PointChannel::ALL.iter().map(|channel| channel.key()).collect(),
        Some(StratumKind::Class) => ComplaintClass::ALL.iter().map(|class| class.key()).collect(),
        // An agency rates by its own indicators.
        Some(StratumKind::Round) => {
            let by_form_d = CampaignKind::ALL.iter().filter(|kind| **kind != CampaignKind::ThirdParty);
            by_form_d.map(|kind| kind.key()).collect()
        }
        _ => Vec::new(),
    };
    keys.into_iter().map(ToOwned::to_owned).collect()
}
