//! Batches, as they are stored.

use chrono::{DateTime, Utc};
use domain::{AccountId, ImportBatchId};
use entity::import_batch;
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, Order};

use crate::{
    db::{ReadTx, WriteTx},
    error::{Error, Kind, Result},
};

/// Batches that are shown.
const SHOWN: u64 = 20;

/// The latest, newest first.
pub async fn batches(tx: &ReadTx) -> Result<Vec<import_batch::Model>> {
    use import_batch::Column as C;
    let rows = tx.select::<import_batch::Entity>()?.order_by(C::CreatedAt, Order::Desc).order_by(C::Id, Order::Desc);
    rows.limit(SHOWN).all().await
}

/// One of them.
pub async fn batch(tx: &ReadTx, id: ImportBatchId) -> Result<import_batch::Model> {
    let rows = tx.select::<import_batch::Entity>()?.filter(import_batch::Column::Id.eq(id));
    rows.one().await?.ok_or(Error::NotFound(Kind::Row))
}

/// Says that it is taken back, once.
pub async fn mark_undone(tx: &mut WriteTx, id: ImportBatchId, by: AccountId, at: DateTime<Utc>) -> Result<bool> {
    use import_batch::Column as C;
    let change = import_batch::ActiveModel { undone_by: Set(Some(by)), undone_at: Set(Some(at)), ..Default::default() };
    let open = Condition::all().add(C::Id.eq(id)).add(C::UndoneAt.is_null());
    Ok(tx.update_where(open, change).await? == 1)
}
