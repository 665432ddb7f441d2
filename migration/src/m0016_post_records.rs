//! Records of posts: readings of queues, tidal windows with their proposals, sessions, calls and work in the back.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::{Unique, center_table, center_table_keyed, index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        readings(manager).await?;
        windows(manager).await?;
        logs(manager).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn readings(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        uuid("post_id"),
        timestamp_with_time_zone("at"),
        integer("waiting"),
        integer_null("minutes"),
        text("source"),
        uuid_null("device_id"),
        uuid_null("reporter_id"),
    ];
    center_table(manager, "queue_reading", columns, &[("post_id", "post"), ("device_id", "device")]).await?;
    index(manager, "queue_reading", &["center_id", "post_id", "at"], Unique::No).await
}

async fn windows(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        uuid("post_id"),
        text("phase"),
        timestamp_with_time_zone_null("last_at"),
        timestamp_with_time_zone_null("high_since"),
        timestamp_with_time_zone_null("low_since"),
        boolean("declined"),
        boolean("closing"),
    ];
    center_table_keyed(manager, "tidal_window", "post_id", columns, &[("post_id", "post")]).await?;
    let columns = [
        uuid("post_id"),
        timestamp_with_time_zone("peak_from"),
        timestamp_with_time_zone("proposed_at"),
        integer("waiting"),
        integer_null("minutes"),
        text("status"),
        timestamp_with_time_zone_null("decided_at"),
        uuid_null("decider_id"),
        text_null("reason"),
        boolean_null("live"),
    ];
    center_table(manager, "tidal_proposal", columns, &[("post_id", "post")]).await?;
    // One that waits for each window: those that are over have none here.
    index(manager, "tidal_proposal", &["center_id", "post_id", "live"], Unique::Yes).await?;
    index(manager, "tidal_proposal", &["center_id", "post_id", "proposed_at"], Unique::No).await?;
    let columns = [
        uuid("post_id"),
        text("reason"),
        timestamp_with_time_zone("opened_at"),
        uuid("opener_id"),
        integer_null("waiting"),
        integer_null("minutes"),
        integer_null("fewest"),
        timestamp_with_time_zone_null("draining_at"),
        timestamp_with_time_zone_null("closed_at"),
        uuid_null("closer_id"),
        integer_null("served"),
        boolean_null("live"),
    ];
    center_table(manager, "tidal_session", columns, &[("post_id", "post")]).await?;
    index(manager, "tidal_session", &["center_id", "post_id", "live"], Unique::Yes).await?;
    index(manager, "tidal_session", &["center_id", "post_id", "opened_at"], Unique::No).await
}

async fn logs(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        uuid("post_id"),
        timestamp_with_time_zone("called_at"),
        boolean("answered"),
        text_null("tail"),
        text_null("note"),
        uuid("recorder_id"),
        date_null("due_on"),
        timestamp_with_time_zone_null("returned_at"),
        uuid_null("returner_id"),
        text_null("outcome"),
        integer("version"),
    ];
    center_table(manager, "tidal_call", columns, &[("post_id", "post")]).await?;
    index(manager, "tidal_call", &["center_id", "post_id", "called_at"], Unique::No).await?;
    let columns = [
        uuid("post_id"),
        uuid("staff_id"),
        date("on_day"),
        text("kind"),
        integer("cases"),
        integer("minutes"),
        text_null("note"),
        timestamp_with_time_zone("created_at"),
    ];
    center_table(manager, "tidal_work", columns, &[("post_id", "post"), ("staff_id", "staff_member")]).await?;
    index(manager, "tidal_work", &["center_id", "post_id", "on_day"], Unique::No).await
}
