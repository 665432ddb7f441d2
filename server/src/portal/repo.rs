//! What a center publishes.

use domain::settings::EntryStatus;
use entity::complaint_channel;
use sea_orm::{ColumnTrait, Order};

use crate::{db::ReadTx, error::Result};

/// The published ways to complain (6.8.2), in the center's order.
pub async fn channels(tx: &ReadTx) -> Result<Vec<complaint_channel::Model>> {
    use complaint_channel::Column as C;
    let published = tx.select::<complaint_channel::Entity>()?.filter(C::Status.eq(EntryStatus::Active));
    published.order_by(C::Position, Order::Asc).all().await
}
