//! Listed days of the city in scope.

use chrono::NaiveDate;
use domain::calendar_list::ListedDay;
use entity::calendar_day;
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, Order};

use crate::{
    db::{ReadTx, WriteTx},
    error::Result,
};

/// Every listed day, in order.
pub async fn days(tx: &ReadTx) -> Result<Vec<calendar_day::Model>> {
    tx.city::<calendar_day::Entity>().order_by(calendar_day::Column::Day, Order::Asc).all().await
}

/// Puts `days` in the place of all that is listed from `first` to `last`.
pub async fn replace(tx: &mut WriteTx, first: NaiveDate, last: NaiveDate, days: Vec<ListedDay>) -> Result<()> {
    let year = Condition::all().add(calendar_day::Column::Day.between(first, last));
    tx.city_delete::<calendar_day::Entity>(year).await?;
    let rows = days.into_iter().map(|ListedDay { day, kind, festival }| calendar_day::ActiveModel {
        day: Set(day),
        kind: Set(kind),
        festival: Set(festival),
        ..Default::default()
    });
    tx.city_upsert(rows.collect()).await
}
