//! The reported figures.

use chrono::{DateTime, Utc};
use entity::center_metric;
use sea_orm::ActiveValue::Set;

use crate::{
    db::{ReadTx, WriteTx, reports::ComplaintFigures},
    error::Result,
};

/// Figures of all centers of the city in scope.
pub async fn reported(tx: &ReadTx) -> Result<Vec<center_metric::Model>> {
    tx.reported::<center_metric::Entity>()?.all().await
}

/// Figures that the center in scope has reported.
pub async fn own(tx: &ReadTx) -> Result<Vec<center_metric::Model>> {
    tx.select::<center_metric::Entity>()?.all().await
}

/// Writes the figures of the center in scope.
pub async fn report(tx: &mut WriteTx, figures: &ComplaintFigures, now: DateTime<Utc>) -> Result<()> {
    let city = tx.scope().city();
    let rows = figures.named().map(|(metric, value)| center_metric::ActiveModel {
        metric: Set(metric.to_owned()),
        city_id: Set(city),
        value: Set(value),
        as_of: Set(now),
        ..Default::default()
    });
    tx.upsert_metrics(rows.into_iter().collect()).await
}
