//! Files of records. `owner_id` names a row of the table that `owner_kind` means, so no key can follow it.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::{Unique, center_table, index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            text_null("owner_kind"),
            uuid_null("owner_id"),
            text_null("retention"),
            text("kind"),
            big_integer("bytes"),
            text("sha256"),
            integer_null("width"),
            integer_null("height"),
            text("name_enc"),
            text("scan"),
            text_null("object"),
            uuid("uploaded_by"),
            timestamp_with_time_zone("created_at"),
            timestamp_with_time_zone_null("attached_at"),
            timestamp_with_time_zone_null("delete_after"),
            timestamp_with_time_zone_null("deleted_at"),
        ];
        center_table(manager, "attachment", columns, &[]).await?;
        index(manager, "attachment", &["center_id", "owner_kind", "owner_id"], Unique::No).await?;
        index(manager, "attachment", &["center_id", "delete_after"], Unique::No).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
