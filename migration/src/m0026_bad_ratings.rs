//! The cases that bad ratings open, whom they are about, their logs, appeals against them, and what the city has excluded.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    rls,
    tables::{Unique, center_table, index},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        cases(manager).await?;
        logs(manager).await?;
        appeals(manager).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn cases(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        uuid("rating_id"),
        uuid_null("post_id"),
        date("rated_on"),
        text("level"),
        text("reasons"),
        text_null("remark_enc"),
        text_null("contact_enc"),
        boolean("named"),
        text("status"),
        text_null("finding"),
        timestamp_with_time_zone("opened_at"),
        text_null("due_step"),
        timestamp_with_time_zone("step_started_at"),
        integer_null("step_days"),
        timestamp_with_time_zone_null("due_at"),
        timestamp_with_time_zone_null("overdue_at"),
        integer("missed"),
        boolean("extended"),
        boolean("again"),
        text_null("satisfaction"),
        timestamp_with_time_zone_null("appeal_until"),
        boolean("appealed"),
        text_null("appealed_from"),
        boolean("excluded"),
        timestamp_with_time_zone_null("closed_at"),
        date_null("purge_on"),
        boolean("demo"),
        integer("version"),
    ];
    let refs = [("rating_id", "rating"), ("post_id", "post")];
    center_table(manager, "bad_rating", columns, &refs).await?;
    index(manager, "bad_rating", &["center_id", "rating_id"], Unique::Yes).await?;
    index(manager, "bad_rating", &["center_id", "status", "due_at"], Unique::No).await?;
    index(manager, "bad_rating", &["center_id", "purge_on"], Unique::No).await
}

async fn logs(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    const CASE: (&str, &str) = ("bad_rating_id", "bad_rating");
    // The account stands here once more: the city, inside of a case, reads no staff.
    let columns = [uuid("bad_rating_id"), uuid("staff_id"), uuid_null("account_id")];
    center_table(manager, "bad_rating_target", columns, &[CASE, ("staff_id", "staff_member")]).await?;
    index(manager, "bad_rating_target", &["center_id", "bad_rating_id", "staff_id"], Unique::Yes).await?;
    index(manager, "bad_rating_target", &["center_id", "staff_id"], Unique::No).await?;
    let columns = [
        uuid("bad_rating_id"),
        text("kind"),
        text("status"),
        text_null("detail"),
        text_null("body_enc"),
        uuid_null("actor_id"),
        timestamp_with_time_zone("at"),
    ];
    center_table(manager, "bad_rating_event", columns, &[CASE]).await?;
    index(manager, "bad_rating_event", &["center_id", "bad_rating_id", "at"], Unique::No).await
}

async fn appeals(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    const CASE: (&str, &str) = ("bad_rating_id", "bad_rating");
    let columns = [
        uuid("city_id"),
        uuid("bad_rating_id"),
        date("rated_on"),
        text("level"),
        text_null("post"),
        text("ground"),
        text("reason"),
        text("status"),
        uuid("appealed_by"),
        timestamp_with_time_zone("appealed_at"),
        timestamp_with_time_zone_null("due_at"),
        uuid_null("opened_by"),
        timestamp_with_time_zone_null("opened_at"),
        text_null("decision"),
        text_null("answer"),
        uuid_null("decided_by"),
        timestamp_with_time_zone_null("decided_at"),
        integer("version"),
    ];
    center_table(manager, "rating_appeal", columns, &[CASE]).await?;
    rls::reported(manager, "rating_appeal").await?;
    index(manager, "rating_appeal", &["city_id", "status", "appealed_at", "id"], Unique::No).await?;
    // There is one appeal against a rating, also when two people appeal at once.
    index(manager, "rating_appeal", &["center_id", "bad_rating_id"], Unique::Yes).await?;
    let columns = [
        uuid("rating_id"),
        uuid("bad_rating_id"),
        text("ground"),
        uuid("appellant_id"),
        uuid("decider_id"),
        date("excluded_on"),
    ];
    center_table(manager, "rating_exclusion", columns, &[("rating_id", "rating"), CASE]).await?;
    rls::append_only(manager, "rating_exclusion").await?;
    index(manager, "rating_exclusion", &["center_id", "rating_id"], Unique::Yes).await?;
    index(manager, "rating_exclusion", &["center_id", "excluded_on"], Unique::No).await
}
