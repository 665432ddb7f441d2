//! Flags as they are stored, and the counts that say how it usually is.

use chrono::NaiveDate;
use domain::{RatingFlagId, evaluation::flags::RatingFlagState};
use entity::{rating_flag, survey_response};
use sea_orm::{ColumnTrait, Order};

use crate::{
    auth::scope::Reach,
    db::{ReadTx, ScopedSelect},
    error::Result,
    posts::repo::one,
};

/// One flag of the center.
pub async fn flag(tx: &ReadTx, id: RatingFlagId) -> Result<rating_flag::Model> {
    one::<rating_flag::Entity>(tx, rating_flag::Column::Id.eq(id)).await
}

/// Flags of the center, in a city office of all its centers: the newest day first.
pub async fn flags(tx: &ReadTx, state: RatingFlagState, most: u64) -> Result<Vec<rating_flag::Model>> {
    use rating_flag::Column as C;
    let found: ScopedSelect<'_, rating_flag::Entity> = match tx.scope().reach() {
        Reach::City => tx.reported()?,
        _ => tx.select()?,
    };
    let found = found.filter(C::State.eq(state)).order_by(C::Day, Order::Desc).order_by(C::Id, Order::Desc);
    found.limit(most).all().await
}

/// Flags of some days.
pub async fn of_days(tx: &ReadTx, from: NaiveDate, until: NaiveDate) -> Result<Vec<rating_flag::Model>> {
    let found = tx.select::<rating_flag::Entity>()?.filter(rating_flag::Column::Day.between(from, until));
    found.order_by(rating_flag::Column::Day, Order::Asc).order_by(rating_flag::Column::Kind, Order::Asc).all().await
}

/// Those of them that nobody has explained.
pub async fn standing(tx: &ReadTx, from: NaiveDate, until: NaiveDate) -> Result<Vec<rating_flag::Model>> {
    let mut found = of_days(tx, from, until).await?;
    found.retain(|row| row.state != RatingFlagState::Dismissed);
    Ok(found)
}

/// Where and when questionnaires of some days were answered.
pub async fn answered(tx: &ReadTx, from: NaiveDate, until: NaiveDate) -> Result<Vec<survey_response::Placed>> {
    tx.select::<survey_response::Entity>()?.filter(survey_response::Column::Day.between(from, until)).all_as().await
}
