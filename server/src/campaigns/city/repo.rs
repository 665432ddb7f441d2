//! The city's rounds and the centers' parts in them, as they are stored.

use chrono::NaiveDate;
use domain::{CityRoundId, campaigns::city::CityRoundStatus};
use entity::{campaign, city_round, round_part};
use sea_orm::{ColumnTrait, Condition, Order};

use crate::{
    db::{ReadTx, WriteTx},
    error::{Error, Kind, Result},
};

/// Rounds shown.
const SHOWN: u64 = 100;

/// The city's rounds, newest first.
pub async fn rounds(tx: &ReadTx) -> Result<Vec<city_round::Model>> {
    newest(tx, Condition::all()).await
}

/// Those that a center may still have to follow: planned or open ones, and closed ones whose raters still read replies.
pub async fn running(tx: &ReadTx, today: NaiveDate) -> Result<Vec<city_round::Model>> {
    use city_round::Column as C;
    let going = Condition::any().add(C::Status.ne(CityRoundStatus::Closed)).add(C::RepliesUntil.gte(today));
    newest(tx, going).await
}

async fn newest(tx: &ReadTx, which: Condition) -> Result<Vec<city_round::Model>> {
    use city_round::Column as C;
    let found = tx.city::<city_round::Entity>().filter(which).order_by(C::StartsOn, Order::Desc);
    found.order_by(C::Id, Order::Desc).limit(SHOWN).all().await
}

/// One round.
pub async fn round(tx: &ReadTx, id: CityRoundId) -> Result<city_round::Model> {
    let found = tx.city::<city_round::Entity>().filter(city_round::Column::Id.eq(id)).one().await?;
    found.ok_or(Error::NotFound(Kind::Row))
}

/// Adds a round.
pub async fn add(tx: &mut WriteTx, row: city_round::ActiveModel) -> Result<city_round::Model> {
    tx.city_insert(row).await
}

/// Changes a round that is still as it was `seen`.
pub async fn change(tx: &mut WriteTx, row: city_round::ActiveModel, seen: i32) -> Result<city_round::Model> {
    tx.city_update(row, seen).await
}

/// What the centers say of their part in a round.
pub async fn parts(tx: &ReadTx, round: CityRoundId) -> Result<Vec<round_part::Model>> {
    tx.reported::<round_part::Entity>()?.filter(round_part::Column::CityRoundId.eq(round)).all().await
}

/// What the center in scope has said of its parts.
pub async fn own_parts(tx: &ReadTx) -> Result<Vec<round_part::Model>> {
    tx.select::<round_part::Entity>()?.all().await
}

/// The rounds of the center in scope that are the city's.
pub async fn own_rounds(tx: &ReadTx, rounds: Vec<CityRoundId>) -> Result<Vec<campaign::Model>> {
    if rounds.is_empty() {
        return Ok(Vec::new());
    }
    tx.select::<campaign::Entity>()?.filter(campaign::Column::CityRoundId.is_in(rounds)).all().await
}
