//! Counting a center's complaints, and comparing the centers of a city by those counts.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    CenterId,
    calendar::{end_of_day, local_date},
    permission::Permission,
};

use super::repo;
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

/// Counts the center's complaints again, in the transaction that changed them.
pub async fn recount(tx: &mut WriteTx, now: DateTime<Utc>) -> Result<()> {
    let figures = count(tx, now).await?;
    repo::report(tx, &figures, now).await
}

/// Whether the reported figures are no longer what a count gives: time alone moves some of them.
pub async fn is_stale(tx: &ReadTx, now: DateTime<Utc>) -> Result<bool> {
    let figures = count(tx, now).await?;
    let reported: HashMap<_, _> = repo::own(tx).await?.into_iter().map(|row| (row.metric, row.value)).collect();
    Ok(figures.named().iter().any(|(metric, value)| reported.get(*metric) != Some(value)))
}

async fn count(tx: &ReadTx, now: DateTime<Utc>) -> Result<ComplaintFigures> {
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
