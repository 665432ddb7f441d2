//! Phrases as they are stored: the product's, and a center's own.

use domain::PhraseId;
use entity::{phrase, phrase_seed};
use sea_orm::{ColumnTrait, Order};

use crate::{db::ReadTx, error::Result};

/// A center's own phrases; more than a card of training needs is not read.
const OWN: u64 = 500;

/// Those that come with the product.
pub async fn seeds(tx: &ReadTx) -> Result<Vec<phrase_seed::Model>> {
    tx.shared::<phrase_seed::Entity>().all().await
}

/// One of them.
pub async fn seed(tx: &ReadTx, id: PhraseId) -> Result<Option<phrase_seed::Model>> {
    tx.shared::<phrase_seed::Entity>().filter(phrase_seed::Column::Id.eq(id)).one().await
}

/// The center's own, and what it has made of the product's.
pub async fn own(tx: &ReadTx) -> Result<Vec<phrase::Model>> {
    tx.select::<phrase::Entity>()?.order_by(phrase::Column::Id, Order::Desc).limit(OWN).all().await
}

/// One of those.
pub async fn own_one(tx: &ReadTx, id: PhraseId) -> Result<Option<phrase::Model>> {
    tx.select::<phrase::Entity>()?.filter(phrase::Column::Id.eq(id)).one().await
}

/// How many there are.
pub async fn count(tx: &ReadTx) -> Result<u64> {
    tx.select::<phrase::Entity>()?.count().await
}

/// Whether the center may add one more.
pub const fn has_room(count: u64) -> bool {
    count < OWN
}
