//! Titles of model posts, their ledgers, looks on the spot, and what is counted of them as it happens.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::{Unique, center_table, index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        titles(manager).await?;
        entries(manager).await?;
        tallies(manager).await?;
        checks(manager).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn titles(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        uuid("post_id"),
        text("kind"),
        text("status"),
        boolean_null("live"),
        uuid("applicant_id"),
        date("applied_on"),
        uuid_null("reviewer_id"),
        uuid_null("opener_id"),
        uuid_null("assessor_id"),
        integer_null("score"),
        integer_null("appraised_stars"),
        integer_null("stars"),
        date_null("publicised_until"),
        date_null("awarded_on"),
        date("since_on"),
        date_null("recheck_on"),
        date_null("ends_on"),
        integer("version"),
    ];
    center_table(manager, "model_title", columns, &[("post_id", "post")]).await?;
    // One that goes on for each post: those that are over have none here.
    index(manager, "model_title", &["center_id", "post_id", "live"], Unique::Yes).await?;
    let columns = [
        uuid("title_id"),
        text_null("action"),
        text("status"),
        uuid("actor_id"),
        timestamp_with_time_zone("at"),
        integer_null("score"),
        integer_null("stars"),
        date_null("until"),
        text_null("note"),
    ];
    center_table(manager, "model_title_event", columns, &[("title_id", "model_title")]).await?;
    index(manager, "model_title_event", &["center_id", "title_id", "at"], Unique::No).await?;
    let columns = [
        uuid("title_id"),
        text("text_enc"),
        uuid("taker_id"),
        timestamp_with_time_zone("taken_at"),
        text("status"),
        uuid_null("settler_id"),
        timestamp_with_time_zone_null("settled_at"),
        text_null("answer"),
        integer("version"),
    ];
    center_table(manager, "title_objection", columns, &[("title_id", "model_title")]).await?;
    index(manager, "title_objection", &["center_id", "title_id"], Unique::No).await
}

async fn entries(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        uuid("post_id"),
        text("kind"),
        text("status"),
        uuid("author_id"),
        uuid_null("submitter_id"),
        uuid_null("decider_id"),
        timestamp_with_time_zone_null("decided_at"),
        text_null("return_reason"),
        date("happened_on"),
        text("activity"),
        text("evidence"),
        text("title"),
        text_null("detail"),
        integer_null("hours"),
        text_null("kept_at"),
        timestamp_with_time_zone("created_at"),
        timestamp_with_time_zone_null("submitted_at"),
        integer("version"),
    ];
    center_table(manager, "ledger_entry", columns, &[("post_id", "post")]).await?;
    index(manager, "ledger_entry", &["center_id", "post_id", "happened_on", "id"], Unique::No).await?;
    index(manager, "ledger_entry", &["center_id", "status", "submitted_at"], Unique::No).await?;
    let columns = [uuid("entry_id"), uuid("staff_id"), boolean("removed")];
    center_table(manager, "ledger_participant", columns, &[("entry_id", "ledger_entry"), ("staff_id", "staff_member")])
        .await?;
    index(manager, "ledger_participant", &["center_id", "entry_id"], Unique::No).await
}

async fn tallies(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [uuid("post_id"), text("activity"), text("evidence"), date("quarter"), integer("entries")];
    center_table(manager, "ledger_tally", columns, &[("post_id", "post")]).await?;
    index(manager, "ledger_tally", &["center_id", "post_id", "activity", "evidence", "quarter"], Unique::Yes).await?;
    let columns = [uuid("post_id"), uuid("staff_id"), integer("year"), integer("times")];
    center_table(manager, "training_tally", columns, &[("post_id", "post"), ("staff_id", "staff_member")]).await?;
    index(manager, "training_tally", &["center_id", "post_id", "staff_id", "year"], Unique::Yes).await
}

async fn checks(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        uuid("post_id"),
        text("looked_at"),
        date("on_day"),
        boolean("fine"),
        text_null("note"),
        uuid("checker_id"),
        timestamp_with_time_zone("created_at"),
    ];
    center_table(manager, "post_check", columns, &[("post_id", "post")]).await?;
    index(manager, "post_check", &["center_id", "post_id", "looked_at", "on_day"], Unique::No).await?;
    let columns = [uuid("post_id"), text("looked_at"), date_null("passed_on"), date_null("failed_on")];
    center_table(manager, "check_standing", columns, &[("post_id", "post")]).await?;
    index(manager, "check_standing", &["center_id", "post_id", "looked_at"], Unique::Yes).await
}
