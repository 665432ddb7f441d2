//! A query has nothing to run on but a scoped transaction's own methods.

use entity::complaint;
use sea_orm::EntityTrait;
use server::db::ReadTx;

async fn all(tx: &ReadTx) {
    let _ = complaint::Entity::find().all(tx).await;
}

fn main() {}
