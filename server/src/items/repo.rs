//! Windows' connections and items, as they are stored.

use domain::{PostId, ServiceItemId, items::PlatformLink};
use entity::{service_item, window_setup};
use sea_orm::{
    ActiveValue::{Set, Unchanged},
    ColumnTrait, Order,
};

use crate::{
    db::{ReadTx, WriteTx},
    error::Result,
    posts::repo::one,
};

/// Items that are shown at most: more than any town's catalogue has.
const SHOWN: u64 = 3000;

/// How every window is connected.
pub async fn setups(tx: &ReadTx) -> Result<Vec<window_setup::Model>> {
    tx.select::<window_setup::Entity>()?.all().await
}

/// Writes how a window is connected. The post is held.
pub async fn keep(
    tx: &mut WriteTx,
    post: PostId,
    link: PlatformLink,
    synced_at: Option<chrono::DateTime<chrono::Utc>>,
) -> Result<window_setup::Model> {
    let was = tx.select::<window_setup::Entity>()?.filter(window_setup::Column::PostId.eq(post)).count().await? > 0;
    let row = window_setup::ActiveModel {
        post_id: if was { Unchanged(post) } else { Set(post) },
        link: Set(link),
        synced_at: Set(synced_at),
        ..Default::default()
    };
    if was { tx.update_plain(row).await } else { tx.insert(row).await }
}

/// The items, by code, the retired ones included.
pub async fn items(tx: &ReadTx) -> Result<Vec<service_item::Model>> {
    tx.select::<service_item::Entity>()?.order_by(service_item::Column::Code, Order::Asc).limit(SHOWN).all().await
}

/// Some of them, in no order.
pub async fn items_by_id(tx: &ReadTx, mut ids: Vec<ServiceItemId>) -> Result<Vec<service_item::Model>> {
    ids.sort_unstable();
    ids.dedup();
    tx.select::<service_item::Entity>()?.filter(service_item::Column::Id.is_in(ids)).all().await
}

/// One item.
pub async fn item(tx: &ReadTx, id: ServiceItemId) -> Result<service_item::Model> {
    one::<service_item::Entity>(tx, service_item::Column::Id.eq(id)).await
}
