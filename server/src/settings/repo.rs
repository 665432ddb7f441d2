//! The center's own lists, the retired entries included.

use domain::{
    ComplaintChannelId, DeviceId, RatingPointId, ServicePointId,
    evaluation::ratings::PointChannel,
    settings::{DeviceStatus, EntryStatus},
};
use entity::{complaint_channel, department, device, kiosk, rating_point, service_point};
use sea_orm::{
    ActiveValue::{Set, Unchanged},
    ColumnTrait, Order,
};

use crate::{
    db::{ReadTx, WriteTx},
    error::{Error, Kind, Result},
};

/// The center's departments, by code.
pub async fn departments(tx: &ReadTx) -> Result<Vec<department::Model>> {
    tx.select::<department::Entity>()?.order_by(department::Column::Code, Order::Asc).all().await
}

/// The center's ways to complain, in its order.
pub async fn channels(tx: &ReadTx) -> Result<Vec<complaint_channel::Model>> {
    tx.select::<complaint_channel::Entity>()?.order_by(complaint_channel::Column::Position, Order::Asc).all().await
}

/// The center's service points, by code.
pub async fn service_points(tx: &ReadTx) -> Result<Vec<service_point::Model>> {
    tx.select::<service_point::Entity>()?.order_by(service_point::Column::Code, Order::Asc).all().await
}

/// The center's devices, by name.
pub async fn devices(tx: &ReadTx) -> Result<Vec<device::Model>> {
    tx.select::<device::Entity>()?.order_by(device::Column::Name, Order::Asc).all().await
}

/// One service point.
pub async fn service_point(tx: &ReadTx, id: ServicePointId) -> Result<service_point::Model> {
    let found = tx.select::<service_point::Entity>()?.filter(service_point::Column::Id.eq(id)).one().await?;
    found.ok_or(Error::NotFound(Kind::Row))
}

/// One device.
pub async fn device(tx: &ReadTx, id: DeviceId) -> Result<device::Model> {
    let found = tx.select::<device::Entity>()?.filter(device::Column::Id.eq(id)).one().await?;
    found.ok_or(Error::NotFound(Kind::Row))
}

/// The device in use with this hash of a credential.
pub async fn device_of(tx: &ReadTx, credential_hash: &str) -> Result<Option<device::Model>> {
    use device::Column as C;
    let shows = tx.select::<device::Entity>()?.filter(C::CredentialHash.eq(credential_hash));
    shows.filter(C::Status.eq(DeviceStatus::Active)).one().await
}

/// What makes kiosks of some of the center's devices.
pub async fn kiosks(tx: &ReadTx) -> Result<Vec<kiosk::Model>> {
    tx.select::<kiosk::Entity>()?.all().await
}

/// What makes a kiosk of a device, if it is one.
pub async fn kiosk(tx: &ReadTx, device: DeviceId) -> Result<Option<kiosk::Model>> {
    tx.select::<kiosk::Entity>()?.filter(kiosk::Column::DeviceId.eq(device)).one().await
}

/// The points in use that are for kiosks, by name.
pub async fn kiosk_points(tx: &ReadTx) -> Result<Vec<rating_point::Model>> {
    use rating_point::Column as C;
    let live = tx.select::<rating_point::Entity>()?.filter(C::Channel.eq(PointChannel::Kiosk));
    live.filter(C::RevokedAt.is_null()).order_by(C::Name, Order::Asc).all().await
}

/// One point.
pub async fn rating_point(tx: &ReadTx, id: RatingPointId) -> Result<rating_point::Model> {
    let found = tx.select::<rating_point::Entity>()?.filter(rating_point::Column::Id.eq(id)).one().await?;
    found.ok_or(Error::NotFound(Kind::Row))
}

/// How many ways to complain are published; nobody withdraws one until this transaction ends.
pub async fn hold_published(tx: &mut WriteTx) -> Result<u64> {
    // Writing what is there already locks the rows: two who withdraw the last two at once would not see each other.
    let same = complaint_channel::ActiveModel { status: Set(EntryStatus::Active), ..Default::default() };
    tx.update_where(complaint_channel::Column::Status.eq(EntryStatus::Active), same).await
}

/// Puts a way to complain at a place.
pub async fn place(tx: &mut WriteTx, id: ComplaintChannelId, position: i32) -> Result<complaint_channel::Model> {
    let change = complaint_channel::ActiveModel { id: Unchanged(id), position: Set(position), ..Default::default() };
    tx.update_plain(change).await
}
