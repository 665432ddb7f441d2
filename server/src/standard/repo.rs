//! The catalogue's rows, each table in one statement.

use entity::{clause, feature, post_kind, standard_edition};
use sea_orm::Order;

use crate::{
    db::ReadTx,
    error::{Error, Kind, Result},
};

/// The edition in force.
pub async fn edition(tx: &ReadTx) -> Result<standard_edition::Model> {
    tx.shared::<standard_edition::Entity>().one().await?.ok_or(Error::NotFound(Kind::Row))
}

/// Every clause, siblings in order.
pub async fn clauses(tx: &ReadTx) -> Result<Vec<clause::Model>> {
    tx.shared::<clause::Entity>().order_by(clause::Column::Position, Order::Asc).all().await
}

/// The product's features.
pub async fn features(tx: &ReadTx) -> Result<Vec<feature::Model>> {
    tx.shared::<feature::Entity>().order_by(feature::Column::Code, Order::Asc).all().await
}

/// The post kinds.
pub async fn post_kinds(tx: &ReadTx) -> Result<Vec<post_kind::Model>> {
    tx.shared::<post_kind::Entity>().order_by(post_kind::Column::Position, Order::Asc).all().await
}
