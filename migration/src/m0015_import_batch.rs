//! Batches of imports. `row_ids` names rows of the table that `records` means, so no key can follow it.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::{Unique, center_table, index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            text("records"),
            integer("row_count"),
            text("row_ids"),
            uuid("created_by"),
            timestamp_with_time_zone("created_at"),
            uuid_null("undone_by"),
            timestamp_with_time_zone_null("undone_at"),
        ];
        center_table(manager, "import_batch", columns, &[]).await?;
        index(manager, "import_batch", &["center_id", "created_at"], Unique::No).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
