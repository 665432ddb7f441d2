//! Counting what happens in a center, in the transaction in which it happens, and comparing the centers of a city by it.

pub mod closing;
pub mod compare;
pub mod figures;
pub mod periods;
pub mod publishing;
pub mod recounting;
pub mod reports;
pub mod services;
pub mod standing;
pub mod trend;

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    CenterId,
    calendar::{end_of_day, local_date},
    permission::Permission,
};
use entity::{bad_rating, complaint, metric_difference};

use super::{
    counting::{Counted, Rated},
    repo,
};
use crate::{
    db::{ReadTx, WriteTx, identity::Center, reports::ComplaintFigures},
    error::Result,
    graphql::context::Cx,
};

/// One center's figures; `as_of` is none when it has not reported yet.
pub struct CenterCounts {
    /// The center.
    pub center: Center,
    /// Figures by name.
    pub values: HashMap<String, i64>,
    /// When they were counted.
    pub as_of: Option<DateTime<Utc>>,
}

/// A count that no longer agrees with what it counts, and whose it is.
pub struct Differing {
    /// The center.
    pub center: Center,
    /// What was found.
    pub row: metric_difference::Model,
}

/// So many of them are told.
const DIFFERENCES: u64 = 200;

/// Counts the center's complaints again, in the transaction that changed them.
pub async fn recount(tx: &mut WriteTx, now: DateTime<Utc>) -> Result<()> {
    let figures = counts(tx, now).await?;
    repo::report(tx, &figures, now).await
}

/// Adds changes to the figures, in the transaction that made them. Called once for all of it: whoever adds to several
/// counts adds to them in one order.
pub async fn count(tx: &mut WriteTx, changes: Counted) -> Result<()> {
    tx.count(changes).await
}

/// Counts a complaint that came in or was changed.
pub async fn complaint(tx: &mut WriteTx, before: Option<&complaint::Model>, after: &complaint::Model) -> Result<()> {
    let mut changes = Counted::default();
    if let Some(before) = before {
        changes.complaint(&before.into(), -1);
    }
    changes.complaint(&after.into(), 1);
    tx.count(changes).await
}

/// Counts the case of a bad rating that was opened or changed.
pub async fn bad_rating(tx: &mut WriteTx, before: Option<&bad_rating::Model>, after: &bad_rating::Model) -> Result<()> {
    tx.count(change(before, after)).await
}

/// Counts what a reviewer decided about a bad rating: one that is excluded leaves the shares.
pub async fn decided(tx: &mut WriteTx, before: &bad_rating::Model, after: &bad_rating::Model) -> Result<()> {
    let mut changes = change(Some(before), after);
    if after.excluded
        && !before.excluded
        && let Some(row) = tx.rating_inside(after).await?
    {
        let rated = Rated::from(&row);
        changes.ratings(rated, false, -1);
        changes.ratings(rated, true, 1);
    }
    tx.count(changes).await
}

fn change(before: Option<&bad_rating::Model>, after: &bad_rating::Model) -> Counted {
    let mut changes = Counted::default();
    if let Some(before) = before {
        changes.bad_rating(&before.into(), -1);
    }
    changes.bad_rating(&after.into(), 1);
    changes
}

/// Whether the reported figures are no longer what a count gives: time alone moves some of them.
pub async fn is_stale(tx: &ReadTx, now: DateTime<Utc>) -> Result<bool> {
    let figures = counts(tx, now).await?;
    let reported: HashMap<_, _> = repo::own(tx).await?.into_iter().map(|row| (row.metric, row.value)).collect();
    Ok(figures.named().iter().any(|(metric, value)| reported.get(*metric) != Some(value)))
}

async fn counts(tx: &ReadTx, now: DateTime<Utc>) -> Result<ComplaintFigures> {
    tx.complaint_figures(now, end_of_day(local_date(now)), now - TimeDelta::days(30)).await
}

/// The figures of every center of the viewer's city, in the city's order.
pub async fn center_counts(cx: &Cx) -> Result<Vec<CenterCounts>> {
    let scope = cx.scope()?;
    scope.require(Permission::CityCompare)?;
    let centers = cx.app.db.identity().centers(scope.city()).await?;
    let mut by_center: HashMap<CenterId, (HashMap<String, i64>, DateTime<Utc>)> = HashMap::new();
    for row in repo::reported(&*cx.read().await?).await? {
        let entry = by_center.entry(row.center_id).or_insert_with(|| (HashMap::new(), row.as_of));
        entry.0.insert(row.metric, row.value);
        entry.1 = entry.1.min(row.as_of);
    }
    let counts = centers.into_iter().map(|center| {
        let (values, as_of) = match by_center.remove(&center.id) {
            Some((values, as_of)) => (values, Some(as_of)),
            None => (HashMap::new(), None),
        };
        CenterCounts { center, values, as_of }
    });
    Ok(counts.collect())
}

/// What the last look of a night has found in the centers of the viewer's city.
pub async fn differing(cx: &Cx) -> Result<Vec<Differing>> {
    cx.scope()?.require(Permission::CityCompare)?;
    let tx = cx.read().await?;
    let rows = repo::differences(&tx, DIFFERENCES).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let centers: HashMap<CenterId, Center> =
        tx.city_centers().await?.into_iter().map(|(center, _)| (center.id, center)).collect();
    let named = |row: metric_difference::Model| Some(Differing { center: centers.get(&row.center_id)?.clone(), row });
    Ok(rows.into_iter().filter_map(named).collect())
}
