//! What was done with centers, and what they took along.

use domain::{
    AccountId, CenterId,
    center::{CenterAction, CenterStatus},
};
use entity::{center_change, center_export, city_member};
use sea_orm::{ActiveValue::Set, ColumnTrait, Order};
use uuid::Uuid;

use crate::{
    db::{ReadTx, WriteTx},
    error::Result,
};

/// Everything done with centers of the city in scope, newest first.
pub async fn changes(tx: &ReadTx) -> Result<Vec<center_change::Model>> {
    tx.city::<center_change::Entity>().order_by(center_change::Column::Id, Order::Desc).all().await
}

/// What centers of the city in scope took along, newest first.
pub async fn exports(tx: &ReadTx) -> Result<Vec<center_export::Model>> {
    tx.reported::<center_export::Entity>()?.order_by(center_export::Column::Id, Order::Desc).all().await
}

/// What one center of the city took along, newest first.
pub async fn exports_of(tx: &ReadTx, center: CenterId) -> Result<Vec<center_export::Model>> {
    tx.reported::<center_export::Entity>()?
        .filter(center_export::Column::CenterId.eq(center))
        .order_by(center_export::Column::Id, Order::Desc)
        .all()
        .await
}

/// What was done with one center, newest first.
pub async fn changes_of(tx: &ReadTx, center: CenterId) -> Result<Vec<center_change::Model>> {
    tx.city::<center_change::Entity>()
        .filter(center_change::Column::ForCenter.eq(center))
        .order_by(center_change::Column::Id, Order::Desc)
        .all()
        .await
}

/// The names of people of the city office in scope, former ones included.
pub async fn colleagues(tx: &ReadTx) -> Result<Vec<(AccountId, String)>> {
    let rows = tx.city::<city_member::Entity>().all().await?;
    Ok(rows.into_iter().map(|row| (row.account_id, row.display_name)).collect())
}

/// Writes down what was done with a center.
pub async fn record(
    tx: &mut WriteTx,
    id: Uuid,
    center: CenterId,
    action: CenterAction,
    status: CenterStatus,
    reason: &str,
    by: AccountId,
) -> Result<()> {
    let row = center_change::ActiveModel {
        id: Set(id),
        for_center: Set(center),
        action: Set(action),
        status: Set(status),
        reason: Set(reason.to_owned()),
        account_id: Set(by),
        created_at: Set(tx.now()),
        ..Default::default()
    };
    tx.city_insert(row).await.map(|_| ())
}
