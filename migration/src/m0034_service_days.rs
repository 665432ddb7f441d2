//! How many services a center has rendered, day by day: what its ratings and complaints are compared to.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::center_table_keyed;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            date("day"),
            integer("services"),
            uuid_null("teller_id"),
            timestamp_with_time_zone("told_at"),
            integer("version"),
        ];
        center_table_keyed(manager, "service_day", "day", columns, &[]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
