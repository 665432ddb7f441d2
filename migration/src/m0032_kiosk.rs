//! Kiosks: which devices are ones, the point that is rated at each, and what its PIN is checked by.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::center_table_keyed;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [uuid("device_id"), uuid_null("point_id"), text_null("pin")];
        let refs = [("device_id", "device"), ("point_id", "rating_point")];
        center_table_keyed(manager, "kiosk", "device_id", columns, &refs).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
