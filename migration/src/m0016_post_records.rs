//! Records of posts: readings of queues, tidal windows with their proposals, sessions, calls and work in the back; services
//! of care windows with their logs.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::{Unique, center_table, center_table_keyed, index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        readings(manager).await?;
        windows(manager).await?;
        logs(manager).await?;
        care(manager).await
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

async fn care(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        uuid("post_id"),
        text("category"),
        text("mode"),
        text("status"),
        text_null("need_enc"),
        text_null("name_enc"),
        text_null("phone_enc"),
        text_null("address_enc"),
        text_null("name_mask"),
        text_null("phone_mask"),
        uuid_null("guide_id"),
        uuid_null("receiver_id"),
        uuid_null("visitor_id"),
        uuid_null("companion_id"),
        timestamp_with_time_zone("greeted_at"),
        timestamp_with_time_zone_null("started_at"),
        date_null("booked_for"),
        date_null("due_on"),
        timestamp_with_time_zone_null("visited_at"),
        timestamp_with_time_zone_null("finished_at"),
        text_null("satisfaction"),
        date_null("purge_on"),
        boolean("demo"),
        integer("version"),
    ];
    let people = ["guide_id", "receiver_id", "visitor_id", "companion_id"].map(|column| (column, "staff_member"));
    let refs: Vec<_> = std::iter::once(("post_id", "post")).chain(people).collect();
    center_table(manager, "care_record", columns, &refs).await?;
    index(manager, "care_record", &["center_id", "status", "greeted_at"], Unique::No).await?;
    index(manager, "care_record", &["center_id", "purge_on"], Unique::No).await?;
    let columns = [
        uuid("record_id"),
        text_null("action"),
        text("status"),
        text_null("body_enc"),
        uuid("actor_id"),
        timestamp_with_time_zone("at"),
    ];
    center_table(manager, "care_event", columns, &[("record_id", "care_record")]).await?;
    index(manager, "care_event", &["center_id", "record_id", "at"], Unique::No).await
}
