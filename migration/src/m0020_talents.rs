//! Talents' requests with their logs and appointments, who is a senior clerk, and answers to questions of policy.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::{Unique, center_table, center_table_keyed, index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        requests(manager).await?;
        appointments(manager).await?;
        knowledge(manager).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn requests(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        uuid("post_id"),
        text("kind"),
        text("field"),
        text("channel"),
        text("matter"),
        boolean("key_project"),
        text_null("enterprise"),
        text("status"),
        text_null("name_enc"),
        text_null("phone_enc"),
        text_null("description_enc"),
        text_null("result_enc"),
        text_null("name_mask"),
        text_null("phone_mask"),
        uuid_null("steward_id"),
        timestamp_with_time_zone("requested_at"),
        date_null("progress_due_on"),
        date_null("next_contact_on"),
        date_null("settled_on"),
        date_null("told_on"),
        boolean("told"),
        timestamp_with_time_zone_null("finished_at"),
        text_null("satisfaction"),
        date_null("purge_on"),
        boolean("demo"),
        integer("version"),
    ];
    let refs = [("post_id", "post"), ("steward_id", "staff_member")];
    center_table(manager, "talent_request", columns, &refs).await?;
    index(manager, "talent_request", &["center_id", "status", "progress_due_on"], Unique::No).await?;
    index(manager, "talent_request", &["center_id", "steward_id", "status"], Unique::No).await?;
    index(manager, "talent_request", &["center_id", "purge_on"], Unique::No).await?;
    let columns = [
        uuid("request_id"),
        text_null("action"),
        text("status"),
        text_null("body_enc"),
        date_null("on_day"),
        text_null("mode"),
        text_null("outcome"),
        uuid("actor_id"),
        timestamp_with_time_zone("at"),
    ];
    center_table(manager, "talent_event", columns, &[("request_id", "talent_request")]).await?;
    index(manager, "talent_event", &["center_id", "request_id", "at"], Unique::No).await
}

async fn appointments(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns =
        [uuid("request_id"), timestamp_with_time_zone("at"), text_null("place_enc"), text("status"), uuid("maker_id")];
    center_table(manager, "talent_appointment", columns, &[("request_id", "talent_request")]).await?;
    index(manager, "talent_appointment", &["center_id", "request_id", "at"], Unique::No).await
}

async fn knowledge(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns =
        [uuid("staff_id"), date_null("since_on"), uuid("recorder_id"), timestamp_with_time_zone("recorded_at")];
    center_table_keyed(manager, "senior_clerk", "staff_id", columns, &[("staff_id", "staff_member")]).await?;
    let columns = [
        text("question"),
        text("answer"),
        text("source"),
        date("source_on"),
        date("reviewed_on"),
        uuid("author_id"),
        text("status"),
        boolean("demo"),
        integer("version"),
    ];
    center_table(manager, "policy_answer", columns, &[]).await?;
    index(manager, "policy_answer", &["center_id", "status", "reviewed_on"], Unique::No).await
}
