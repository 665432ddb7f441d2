//! What a center keeps itself: departments and channels may be retired and count their changes; service points and
//! devices are new.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::{Unique, center_table, index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["department", "complaint_channel"] {
            // One at a time: SQLite adds no more at once. The defaults are for the rows that are there.
            for column in [text("status").default("active").take(), integer("version").default(1).take()] {
                manager.alter_table(Table::alter().table(table).add_column(column).take()).await?;
            }
        }

        let point = [
            text("code"),
            text("name_zh"),
            text("name_en"),
            text("address"),
            text_null("phone"),
            text("status"),
            integer("version"),
        ];
        center_table(manager, "service_point", point, &[]).await?;
        index(manager, "service_point", &["center_id", "code"], Unique::Yes).await?;

        let device = [
            text("name"),
            text_null("place"),
            uuid_null("service_point_id"),
            text("status"),
            text("credential_hash"),
            timestamp_with_time_zone("credential_at"),
            integer("version"),
        ];
        center_table(manager, "device", device, &[("service_point_id", "service_point")]).await?;
        index(manager, "device", &["center_id", "name"], Unique::Yes).await?;
        index(manager, "device", &["center_id", "credential_hash"], Unique::Yes).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
