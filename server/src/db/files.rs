//! How much a center has stored.

use entity::attachment;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::ExprTrait};

use super::ReadTx;
use crate::error::Result;

impl ReadTx {
    /// Bytes of the center's files that are there.
    pub(crate) async fn stored_bytes(&self) -> Result<i64> {
        let center = self.scope().center()?;
        let sizes = attachment::Entity::find()
            .filter(self.wall().only(attachment::Column::CenterId.eq(center)))
            .filter(attachment::Column::DeletedAt.is_null())
            .select_only()
            .column_as(attachment::Column::Bytes.sum().cast_as("bigint"), "stored");
        let sum: Option<Option<i64>> = sizes.into_tuple().one(self.conn()).await?;
        Ok(sum.flatten().unwrap_or(0))
    }
}
