//! The reported figures, and what they count.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{CenterId, PublicationId, center::CenterAction, evaluation::ratings::RatingOrigin, metrics::Metric};
use entity::{
    bad_rating, center_change, center_metric, city_report, complaint, metric_day, metric_difference,
    metric_publication, metric_snapshot, rating, rating_exclusion, service_day, survey_response, tidal_proposal,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, Order};

use super::{
    counting::{Cell, Counts},
    service::figures::Held,
};
use crate::{
    db::{ReadTx, WriteTx, reports::ComplaintFigures},
    error::{Error, Kind, Result},
};

/// Rows that are asked for by their ids at once.
const AT_ONCE: usize = 1_000;

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

/// The last day of which the center in scope has kept a figure that is taken daily.
pub async fn last_gauge(tx: &ReadTx) -> Result<Option<NaiveDate>> {
    use metric_day::Column as C;
    let taken = tx.select::<metric_day::Entity>()?.filter(C::Metric.eq(Metric::TrainingCoverage.id()));
    Ok(taken.order_by(C::Day, Order::Desc).limit(1).one().await?.map(|row| row.day))
}

/// Keeps figures that are taken daily.
///
/// # Errors
/// [`Conflict::Taken`](crate::error::Conflict::Taken) where those of the day are kept already.
pub async fn gauge(tx: &mut WriteTx, day: NaiveDate, taken: &[(Metric, Counts)]) -> Result<()> {
    let city = tx.scope().city();
    let row = |(metric, [numerator, denominator, excluded]): &(Metric, Counts)| metric_day::ActiveModel {
        metric: Set(metric.id()),
        day: Set(day),
        stratum: Set(String::new()),
        city_id: Set(city),
        numerator: Set(*numerator),
        denominator: Set(*denominator),
        excluded: Set(*excluded),
        ..Default::default()
    };
    tx.insert_many(taken.iter().map(row).collect()).await
}

/// Ratings that the city has excluded.
pub async fn excluded(tx: &ReadTx) -> Result<Vec<rating::Model>> {
    let ids: Vec<_> = tx.select::<rating_exclusion::Entity>()?.all().await?.iter().map(|row| row.rating_id).collect();
    let mut rows = Vec::new();
    for ids in ids.chunks(AT_ONCE) {
        let those = rating::Column::Id.is_in(ids.iter().copied());
        rows.extend(tx.select::<rating::Entity>()?.filter(those).all().await?);
    }
    Ok(rows)
}

/// Peaks that lasted, in the center in scope.
pub async fn peaks(tx: &ReadTx) -> Result<Vec<tidal_proposal::Model>> {
    tx.select::<tidal_proposal::Entity>()?.all().await
}

/// The services that the center in scope has told: of some days, or of all.
pub async fn service_days(tx: &ReadTx, days: Option<(NaiveDate, NaiveDate)>) -> Result<Vec<service_day::Model>> {
    use service_day::Column as C;
    let those = Condition::all().add_option(days.map(|(from, to)| C::Day.between(from, to)));
    tx.select::<service_day::Entity>()?.filter(those).order_by(C::Day, Order::Asc).all().await
}

/// Questionnaires that somebody has answered.
pub async fn surveys(tx: &ReadTx) -> Result<Vec<survey_response::Answered>> {
    let given = survey_response::Column::Origin.eq(RatingOrigin::Active);
    tx.select::<survey_response::Entity>()?.filter(given).all_as().await
}

/// Every complaint, as far as it counts.
pub async fn complaints(tx: &ReadTx) -> Result<Vec<complaint::Timed>> {
    tx.select::<complaint::Entity>()?.all_as().await
}

/// Every case of a bad rating, as far as it counts.
pub async fn bad_ratings(tx: &ReadTx) -> Result<Vec<bad_rating::Timed>> {
    tx.select::<bad_rating::Entity>()?.all_as().await
}

/// What was found to differ, of all centers of the city in scope: the newest first.
pub async fn differences(tx: &ReadTx, most: u64) -> Result<Vec<metric_difference::Model>> {
    use metric_difference::Column as C;
    let found = tx.reported::<metric_difference::Entity>()?.order_by(C::FoundAt, Order::Desc);
    found
        .order_by(C::CenterId, Order::Asc)
        .order_by(C::Metric, Order::Asc)
        .order_by(C::Day, Order::Asc)
        .limit(most)
        .all()
        .await
}

/// Tells what differs in the center in scope, in place of what was told before.
pub async fn tell_differences(tx: &mut WriteTx, found: Vec<(Cell, Counts, Counts)>) -> Result<()> {
    // Nothing refers to one.
    tx.remove_where::<metric_difference::Entity>(Condition::all()).await?;
    let (city, now) = (tx.scope().city(), tx.now());
    let row = |(cell, kept, counted): (Cell, Counts, Counts)| {
        let [kept_numerator, kept_denominator, kept_excluded] = kept;
        let [counted_numerator, counted_denominator, counted_excluded] = counted;
        let row = metric_difference::Model {
            center_id: CenterId(uuid::Uuid::nil()),
            metric: cell.metric.id(),
            day: cell.day,
            stratum: cell.stratum,
            city_id: city,
            kept_numerator,
            kept_denominator,
            kept_excluded,
            counted_numerator,
            counted_denominator,
            counted_excluded,
            found_at: now,
        };
        metric_difference::ActiveModel::from(row).reset_all()
    };
    tx.insert_many(found.into_iter().map(row).collect()).await
}

/// Centers of the city in scope with which one of these things was done between two moments.
pub async fn changed(
    tx: &ReadTx,
    actions: &[CenterAction],
    (from, to): (DateTime<Utc>, DateTime<Utc>),
) -> Result<HashSet<CenterId>> {
    use center_change::Column as C;
    let within = Condition::all().add(C::CreatedAt.gt(from)).add(C::CreatedAt.lte(to));
    let done = tx.city::<center_change::Entity>().filter(within).filter(C::Action.is_in(actions.iter().copied()));
    Ok(done.all().await?.into_iter().map(|row| row.for_center).collect())
}

/// What was counted when a period was closed: of one figure, or of all of them.
pub async fn snapshot(tx: &ReadTx, period: &str, metric: Option<Metric>) -> Result<Vec<metric_snapshot::Model>> {
    use metric_snapshot::Column as C;
    let one = Condition::all().add(C::Period.eq(period)).add_option(metric.map(|metric| C::Metric.eq(metric.id())));
    tx.city::<metric_snapshot::Entity>().filter(one).all().await
}

/// Whether a period is closed.
pub async fn is_closed(tx: &ReadTx, period: &str) -> Result<bool> {
    let rows = tx.city::<metric_snapshot::Entity>().filter(metric_snapshot::Column::Period.eq(period));
    Ok(rows.limit(1).one().await?.is_some())
}

/// The periods that are closed, each with when it was.
pub async fn closed(tx: &ReadTx) -> Result<Vec<metric_snapshot::Closed>> {
    // One figure stands for all of them: they are closed together.
    let one = metric_snapshot::Column::Metric.eq(Metric::RatingVolume.id());
    let mut rows: Vec<metric_snapshot::Closed> = tx.city::<metric_snapshot::Entity>().filter(one).all_as().await?;
    rows.sort_unstable_by(|one, other| one.period.cmp(&other.period));
    rows.dedup_by(|one, other| one.period == other.period);
    Ok(rows)
}

/// The counts of a row of a closed period, part by part.
///
/// # Errors
/// Where it was not written by us.
pub fn unpacked(row: &metric_snapshot::Model) -> Result<Held> {
    let parts: Vec<(String, Counts)> = serde_json::from_str(&row.strata).map_err(anyhow::Error::from)?;
    Ok(Held { counts: [row.numerator, row.denominator, row.excluded], parts: parts.into_iter().collect() })
}

/// The row of a closed period that keeps these counts.
///
/// # Errors
/// None that can happen.
pub fn packed(
    (period, metric, center): (&str, Metric, CenterId),
    held: &Held,
    now: DateTime<Utc>,
) -> Result<metric_snapshot::ActiveModel> {
    let [numerator, denominator, excluded] = held.counts;
    let parts: Vec<_> = held.parts.iter().collect();
    Ok(metric_snapshot::ActiveModel {
        period: Set(period.to_owned()),
        metric: Set(metric.id()),
        for_center: Set(center),
        numerator: Set(numerator),
        denominator: Set(denominator),
        excluded: Set(excluded),
        strata: Set(serde_json::to_string(&parts).map_err(anyhow::Error::from)?),
        frozen_at: Set(now),
        ..Default::default()
    })
}

/// Everything that was proposed to be published, the newest first.
pub async fn publications(tx: &ReadTx) -> Result<Vec<metric_publication::Model>> {
    use metric_publication::Column as C;
    tx.city::<metric_publication::Entity>()
        .order_by(C::ProposedAt, Order::Desc)
        .order_by(C::Id, Order::Desc)
        .all()
        .await
}

/// One of them.
pub async fn publication(tx: &ReadTx, id: PublicationId) -> Result<metric_publication::Model> {
    let row = tx.city::<metric_publication::Entity>().filter(metric_publication::Column::Id.eq(id)).one().await?;
    row.ok_or(Error::NotFound(Kind::Row))
}

/// The report on a period, if one was saved.
pub async fn report_on(tx: &ReadTx, period: &str) -> Result<Option<city_report::Model>> {
    tx.city::<city_report::Entity>().filter(city_report::Column::Period.eq(period)).one().await
}
