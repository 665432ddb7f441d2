//! What a center sees of a comparison: itself, the city's median and quartiles, and the others without their names; with
//! names what the city has published. Of closed periods: what goes on is the city's to look at.

use chrono::{DateTime, Utc};
use domain::{
    metrics::{CalendarPeriod, Metric, PeriodKind},
    permission::Permission,
    statistics::Band,
};

use super::{
    figures::{Figure, Held, Parts, Placed, Question, Table, held},
    publishing::{self, Published},
};
use crate::{
    analytics::repo,
    db::{ReadTx, identity::Center},
    error::{Error, Result},
    graphql::context::Cx,
};

/// How the center stands in one figure.
#[derive(Clone, Debug)]
pub struct Row {
    /// Which figure.
    pub metric: Metric,
    /// Its own, and where it stands.
    pub own: Placed,
    /// Its own by what is counted now.
    pub counted_now: Figure,
    /// The city's.
    pub city: Figure,
    /// The quartiles of the centers.
    pub quartiles: Option<[f64; 3]>,
    /// The other centers that are large enough to be placed, from the least to the greatest.
    pub peers: Vec<f64>,
    /// All centers by name, where the city has published the figure.
    pub named: Option<Vec<(Center, Placed)>>,
}

/// How the viewer's center stands.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The closed periods, the last one first.
    pub periods: Vec<CalendarPeriod>,
    /// The one that is shown, and when it was closed.
    pub shown: Option<(CalendarPeriod, DateTime<Utc>)>,
    /// What the city has published of it.
    pub publications: Vec<Published>,
    /// Each figure.
    pub rows: Vec<Row>,
}

/// Reads it.
///
/// # Errors
/// `metrics.period_unknown` for what is no period.
pub async fn standing(cx: &Cx, period: Option<&str>) -> Result<Standing> {
    cx.scope()?.require(Permission::StandingRead)?;
    let own = cx.scope()?.center()?;
    let tx = cx.read().await?;
    let closed = periods(&tx).await?;
    let periods = closed.iter().map(|(period, _)| *period).collect();
    let Some(shown) = chosen(&closed, period)? else {
        return Ok(Standing { periods, shown: None, publications: Vec::new(), rows: Vec::new() });
    };
    let key = shown.0.to_string();
    let publications = publishing::standing(cx, &tx, &key).await?;
    let snapshot = repo::snapshot(&tx, &key, None).await?;
    let centers = cx.app.db.identity().centers(cx.scope()?.city()).await?;
    let days = shown.0.period();
    let mut rows = Vec::new();
    for metric in Metric::ALL.iter().copied() {
        let question = Question::new(cx, metric, None, (days.from(), days.to()), None).await?;
        let id = metric.id();
        let mut everybody = Vec::new();
        for row in snapshot.iter().filter(|row| row.metric == id) {
            everybody.push((row.for_center, repo::unpacked(row)?.narrowed(&question.filter, question.least)));
        }
        let at = everybody.iter().position(|(center, _)| *center == own);
        let counted: Vec<Held> = everybody.iter().map(|(_, held)| held.clone()).collect();
        let table = Table::of(&cx.app.comparisons, &question, &counted);
        let now = held(&tx, &question, Some(own), Parts::Unneeded).await?.remove(&own).unwrap_or_default();
        let now = Table::of(&cx.app.comparisons, &question, &[now]);
        let published = publications.iter().any(|publication| publication.metrics.contains(&metric));
        let named = published.then(|| {
            let placed = |center: &Center| {
                let at = everybody.iter().position(|(id, _)| *id == center.id)?;
                Some((center.clone(), *table.rows.get(at)?))
            };
            centers.iter().filter_map(placed).collect()
        });
        rows.push(Row {
            metric,
            own: at.and_then(|at| table.rows.get(at).copied()).unwrap_or(Placed::NOTHING),
            counted_now: now.rows.first().map(|row| row.figure).unwrap_or_default(),
            city: table.total,
            quartiles: table.quartiles,
            peers: peers(&table.rows, at),
            named,
        });
    }
    Ok(Standing { periods, shown: Some(shown), publications, rows })
}

/// The others' figures in an order that is theirs: nobody's place in it says who they are.
fn peers(rows: &[Placed], own: Option<usize>) -> Vec<f64> {
    let others = rows.iter().enumerate().filter(|(at, _)| Some(*at) != own).map(|(_, row)| row);
    let placed = others.filter(|row| !matches!(row.band, Band::TooFew | Band::None));
    let mut rates: Vec<f64> = placed.filter_map(|row| row.figure.rate).collect();
    rates.sort_unstable_by(f64::total_cmp);
    rates
}

/// The closed periods of the city in scope, the last one first: months, then quarters, then years.
///
/// # Errors
/// From the database.
pub async fn periods(tx: &ReadTx) -> Result<Vec<(CalendarPeriod, DateTime<Utc>)>> {
    let mut found = Vec::new();
    for row in repo::closed(tx).await? {
        found.push((CalendarPeriod::parse(&row.period)?, row.frozen_at));
    }
    found.sort_unstable_by_key(|(period, _)| (period.kind(), std::cmp::Reverse(period.period().from())));
    Ok(found)
}

/// The period that is asked for, or the last month.
///
/// # Errors
/// `metrics.period_unknown`, `metrics.not_closed`.
pub fn chosen(
    closed: &[(CalendarPeriod, DateTime<Utc>)],
    asked: Option<&str>,
) -> Result<Option<(CalendarPeriod, DateTime<Utc>)>> {
    let Some(text) = asked else {
        return Ok(closed.iter().find(|(period, _)| period.kind() == PeriodKind::Month).copied());
    };
    let period = CalendarPeriod::parse(text.trim())?;
    let found = closed.iter().find(|(known, _)| *known == period).copied();
    let found = found.ok_or_else(|| Error::from(domain::Violation::new("period", "metrics.not_closed")))?;
    Ok(Some(found))
}
