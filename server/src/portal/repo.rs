//! What a center publishes.

use entity::complaint_channel;
use sea_orm::Order;

use crate::{db::ReadTx, error::Result};

/// The published ways to complain (6.8.2), in the center's order.
pub async fn channels(tx: &ReadTx) -> Result<Vec<complaint_channel::Model>> {
    tx.select::<complaint_channel::Entity>()?.order_by(complaint_channel::Column::Position, Order::Asc).all().await
}
