//! Voluntary service: what was done and how it was confirmed; what is looked at of each volunteer.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::{Unique, center_table, index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        records(manager).await?;
        checks(manager).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn records(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        uuid("post_id"),
        uuid("staff_id"),
        date("on_day"),
        text("start"),
        text("finish"),
        integer("minutes"),
        text("service"),
        integer("recipients"),
        text_null("description"),
        text("status"),
        boolean("disputed"),
        text_null("means"),
        timestamp_with_time_zone("written_at"),
        timestamp_with_time_zone_null("asked_at"),
        date_null("due_on"),
        timestamp_with_time_zone_null("decided_at"),
        text_null("token_hash"),
        timestamp_with_time_zone_null("token_until"),
        text_null("signature_enc"),
        text_null("tail_enc"),
        text_null("statement_enc"),
        uuid_null("witness_id"),
        date_null("purge_on"),
        boolean("demo"),
        integer("version"),
    ];
    center_table(manager, "service_record", columns, &[("post_id", "post"), ("staff_id", "staff_member")]).await?;
    index(manager, "service_record", &["center_id", "status", "due_on"], Unique::No).await?;
    index(manager, "service_record", &["center_id", "post_id", "on_day"], Unique::No).await?;
    index(manager, "service_record", &["center_id", "staff_id", "on_day"], Unique::No).await?;
    index(manager, "service_record", &["center_id", "purge_on"], Unique::No).await?;
    // One record for a code that is out.
    index(manager, "service_record", &["center_id", "token_hash"], Unique::Yes).await
}

async fn checks(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        uuid("staff_id"),
        text("kind"),
        date("on_day"),
        boolean_null("vest"),
        boolean_null("armband"),
        text_null("note"),
        uuid("checker_id"),
        timestamp_with_time_zone("at"),
        boolean_null("latest"),
    ];
    center_table(manager, "volunteer_check", columns, &[("staff_id", "staff_member")]).await?;
    // The last one of each kind: those before it have none here.
    index(manager, "volunteer_check", &["center_id", "staff_id", "kind", "latest"], Unique::Yes).await
}
