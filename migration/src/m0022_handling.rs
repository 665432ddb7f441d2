//! Light records of applications at windows, each with its log.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::{Unique, center_table, index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            text("external_no"),
            uuid("item_id"),
            uuid("post_id"),
            text_null("recipient_enc"),
            text("status"),
            timestamp_with_time_zone("received_at"),
            integer_null("promised_days"),
            date_null("due_on"),
            text_null("reason_enc"),
            timestamp_with_time_zone_null("pickup_at"),
            text_null("pickup_place"),
            timestamp_with_time_zone_null("result_ready_at"),
            timestamp_with_time_zone_null("at_window_at"),
            timestamp_with_time_zone_null("collected_at"),
            date_null("archive_due_on"),
            timestamp_with_time_zone_null("archived_at"),
            text_null("archive_ref"),
            date_null("purge_on"),
            boolean("demo"),
            integer("version"),
        ];
        let refs = [("item_id", "service_item"), ("post_id", "post")];
        center_table(manager, "service_case", columns, &refs).await?;
        index(manager, "service_case", &["center_id", "external_no"], Unique::Yes).await?;
        index(manager, "service_case", &["center_id", "status", "received_at"], Unique::No).await?;
        index(manager, "service_case", &["center_id", "purge_on"], Unique::No).await?;
        let columns = [
            uuid("case_id"),
            text_null("action"),
            text("status"),
            text_null("body_enc"),
            uuid("actor_id"),
            timestamp_with_time_zone("at"),
        ];
        center_table(manager, "service_case_event", columns, &[("case_id", "service_case")]).await?;
        index(manager, "service_case_event", &["center_id", "case_id", "at"], Unique::No).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
