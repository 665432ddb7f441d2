//! Points, what is sealed, what was opened, as they are stored.

use chrono::NaiveDate;
use domain::{RatingPointId, evaluation::ratings::PointChannel};
use entity::{
    rating, rating_note, rating_point, rating_root, rating_tally, sealed_rating, spent_token, survey_response,
};
use sea_orm::{ColumnTrait, Condition, Order};

use crate::{
    db::{ReadTx, WriteTx},
    error::Result,
    posts::repo::one,
};

/// Sealed rows opened at once.
pub const OPENED: usize = 500;
/// Words shown of a week.
const WORDS: u64 = 500;

/// All points, also revoked ones, by name.
pub async fn points(tx: &ReadTx) -> Result<Vec<rating_point::Model>> {
    use rating_point::Column as C;
    tx.select::<rating_point::Entity>()?.order_by(C::Name, Order::Asc).order_by(C::Id, Order::Asc).all().await
}

/// One point.
pub async fn point(tx: &ReadTx, id: RatingPointId) -> Result<rating_point::Model> {
    one::<rating_point::Entity>(tx, rating_point::Column::Id.eq(id)).await
}

/// A point at which ratings are taken.
pub async fn live_point(tx: &ReadTx, id: RatingPointId) -> Result<Option<rating_point::Model>> {
    use rating_point::Column as C;
    tx.select::<rating_point::Entity>()?.filter(C::Id.eq(id)).filter(C::RevokedAt.is_null()).one().await
}

/// A point for kiosks, also a revoked one: what waits in a kiosk was given while it was in use.
pub async fn kiosk_point(tx: &ReadTx, id: RatingPointId) -> Result<Option<rating_point::Model>> {
    use rating_point::Column as C;
    let found = tx.select::<rating_point::Entity>()?.filter(C::Id.eq(id));
    found.filter(C::Channel.eq(PointChannel::Kiosk)).one().await
}

/// Whether a token was used.
pub async fn spent(tx: &ReadTx, mark: &str) -> Result<bool> {
    Ok(tx.select::<spent_token::Entity>()?.filter(spent_token::Column::Mark.eq(mark)).count().await? > 0)
}

/// The day of each row that is sealed.
pub async fn waiting(tx: &ReadTx) -> Result<Vec<NaiveDate>> {
    let rows: Vec<sealed_rating::Waiting> = tx.select::<sealed_rating::Entity>()?.all_as().await?;
    Ok(rows.into_iter().map(|row| row.day).collect())
}

/// Sealed rows of a day, as many as are opened at once.
pub async fn sealed(tx: &ReadTx, day: NaiveDate) -> Result<Vec<sealed_rating::Model>> {
    use sealed_rating::Column as C;
    let of_day = tx.select::<sealed_rating::Entity>()?.filter(C::Day.eq(day));
    of_day.order_by(C::Id, Order::Asc).limit(u64::try_from(OPENED).unwrap_or_default()).all().await
}

/// Removes sealed rows; how many they were.
pub async fn unseal(tx: &mut WriteTx, rows: &[sealed_rating::Model]) -> Result<u64> {
    let ids = sealed_rating::Column::Id.is_in(rows.iter().map(|row| row.id));
    // Nothing refers to one.
    Ok(tx.remove_where::<sealed_rating::Entity>(ids).await?.unwrap_or_default())
}

/// The counts of some days.
pub async fn tallies(tx: &ReadTx, from: NaiveDate, until: NaiveDate) -> Result<Vec<rating_tally::Model>> {
    tx.select::<rating_tally::Entity>()?.filter(rating_tally::Column::Day.between(from, until)).all().await
}

/// Answered questionnaires of some days.
pub async fn surveys(tx: &ReadTx, from: NaiveDate, until: NaiveDate) -> Result<Vec<survey_response::Model>> {
    use survey_response::Column as C;
    tx.select::<survey_response::Entity>()?.filter(C::Day.between(from, until)).all().await
}

/// Words of some days. In the order of their ids, which are random: not in the order in which they came.
pub async fn notes(tx: &ReadTx, from: NaiveDate, until: NaiveDate) -> Result<Vec<rating_note::Model>> {
    use rating_note::Column as C;
    let found = tx.select::<rating_note::Entity>()?.filter(C::Day.between(from, until));
    found.order_by(C::Id, Order::Asc).limit(WORDS).all().await
}

/// Words whose time is over on `today`.
pub fn kept_too_long(today: NaiveDate) -> Condition {
    Condition::all().add(rating_note::Column::PurgeOn.lt(today))
}

/// Whether there are some of these.
pub async fn any_notes(tx: &ReadTx, which: Condition) -> Result<bool> {
    Ok(tx.select::<rating_note::Entity>()?.filter(which).count().await? > 0)
}

/// The first day that was closed, or the last one.
pub async fn closed(tx: &ReadTx, order: Order) -> Result<Option<NaiveDate>> {
    let all = tx.select::<rating_root::Entity>()?.order_by(rating_root::Column::Day, order);
    Ok(all.limit(1).one().await?.map(|row| row.day))
}

/// Whether anything was given on closed days, from one to another.
pub async fn any_given(tx: &ReadTx, from: NaiveDate, to: NaiveDate) -> Result<bool> {
    use rating_root::Column as C;
    let given = tx.select::<rating_root::Entity>()?.filter(C::Day.between(from, to)).filter(C::Ratings.gt(0));
    Ok(given.limit(1).one().await?.is_some())
}

/// The first day of which something was opened.
pub async fn first_day(tx: &ReadTx) -> Result<Option<NaiveDate>> {
    use {rating::Column as R, survey_response::Column as S};
    let rated = tx.select::<rating::Entity>()?.order_by(R::Day, Order::Asc).limit(1).one().await?;
    let asked = tx.select::<survey_response::Entity>()?.order_by(S::Day, Order::Asc).limit(1).one().await?;
    Ok(rated.map(|row| row.day).into_iter().chain(asked.map(|row| row.day)).min())
}

/// What goes into a day's root of its ratings.
pub async fn rated(tx: &ReadTx, day: NaiveDate) -> Result<Vec<rating::Committed>> {
    tx.select::<rating::Entity>()?.filter(rating::Column::Day.eq(day)).all_as().await
}

/// … of its questionnaires.
pub async fn asked(tx: &ReadTx, day: NaiveDate) -> Result<Vec<survey_response::Committed>> {
    tx.select::<survey_response::Entity>()?.filter(survey_response::Column::Day.eq(day)).all_as().await
}
