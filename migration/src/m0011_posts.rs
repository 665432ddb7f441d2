//! Posts, who works at them and when; kinds of posts with their own fields and checks.

use sea_orm_migration::{
    prelude::*,
    schema::*,
    sea_orm::{ConnectionTrait, sea_query::Query},
};
use serde::Deserialize;

use crate::tables::{Unique, center_table, city_table, index};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// What a kind of the catalogue asks for besides.
#[derive(Deserialize)]
struct Kind {
    code: String,
    fields: serde_json::Value,
    checks: serde_json::Value,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        kinds(manager).await?;
        staff(manager).await?;
        posts(manager).await?;
        roster(manager).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn kinds(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    for column in ["fields", "checks"] {
        let column = text(column).default("[]").take();
        manager.alter_table(Table::alter().table("post_kind").add_column(column).take()).await?;
    }
    let known: Vec<Kind> = serde_json::from_str(include_str!("../data/post_kinds.json"))
        .map_err(|error| DbErr::Migration(format!("data/post_kinds.json: {error}")))?;
    for kind in known {
        let update = Query::update()
            .table("post_kind")
            .value("fields", kind.fields.to_string())
            .value("checks", kind.checks.to_string())
            .and_where(Expr::col("code").eq(kind.code))
            .take();
        manager.get_connection().execute(&update).await?;
    }
    let own = [
        text("code"),
        text_null("clause"),
        text("title_zh"),
        text("title_en"),
        text("summary_zh"),
        text("summary_en"),
        text("fields"),
        text("checks"),
        text("status"),
        integer("version"),
    ];
    city_table(manager, "city_post_kind", "code", own).await
}

async fn staff(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        text("staff_no"),
        text("name"),
        uuid_null("department_id"),
        text_null("title"),
        uuid_null("account_id"),
        text_null("restricted_enc"),
        date_null("joined_on"),
        date_null("left_on"),
        boolean("demo"),
        integer("version"),
    ];
    center_table(manager, "staff_member", columns, &[("department_id", "department")]).await?;
    index(manager, "staff_member", &["center_id", "staff_no"], Unique::Yes).await?;
    index(manager, "staff_member", &["center_id", "account_id"], Unique::Yes).await
}

async fn posts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        text("code"),
        text("name"),
        text("kind"),
        uuid_null("department_id"),
        text_null("window_no"),
        text_null("location"),
        uuid_null("lead_id"),
        text_null("public_phone"),
        text_null("open_hours"),
        text_null("duties"),
        date_null("duties_reviewed_on"),
        text("extra"),
        text("status"),
        boolean("demo"),
        integer("version"),
    ];
    let refs = [("department_id", "department"), ("lead_id", "staff_member")];
    center_table(manager, "post", columns, &refs).await?;
    index(manager, "post", &["center_id", "code"], Unique::Yes).await
}

async fn roster(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    const THERE: [(&str, &str); 2] = [("post_id", "post"), ("staff_id", "staff_member")];
    let assignment = [
        uuid("post_id"),
        uuid("staff_id"),
        text("capacity"),
        date("from_on"),
        date_null("until_on"),
        boolean("cancelled"),
        integer("version"),
    ];
    center_table(manager, "post_assignment", assignment, &THERE).await?;
    index(manager, "post_assignment", &["center_id", "post_id", "from_on"], Unique::No).await?;
    index(manager, "post_assignment", &["center_id", "staff_id", "from_on"], Unique::No).await?;

    let absence = [
        uuid("staff_id"),
        date("from_on"),
        date("until_on"),
        text("reason"),
        uuid_null("substitute_id"),
        boolean("cancelled"),
        integer("version"),
    ];
    let who = [("staff_id", "staff_member"), ("substitute_id", "staff_member")];
    center_table(manager, "absence", absence, &who).await?;
    index(manager, "absence", &["center_id", "until_on"], Unique::No).await?;

    let duty = [uuid("post_id"), uuid("staff_id"), date("on_day"), boolean("cancelled"), integer("version")];
    center_table(manager, "duty", duty, &THERE).await?;
    index(manager, "duty", &["center_id", "on_day"], Unique::No).await?;

    let handover = [
        uuid("post_id"),
        uuid("giver_id"),
        uuid("taker_id"),
        text("items"),
        text("status"),
        timestamp_with_time_zone("given_at"),
        timestamp_with_time_zone_null("accepted_at"),
        integer("version"),
    ];
    let both = [("post_id", "post"), ("giver_id", "staff_member"), ("taker_id", "staff_member")];
    center_table(manager, "handover", handover, &both).await?;
    index(manager, "handover", &["center_id", "post_id", "given_at"], Unique::No).await?;
    index(manager, "handover", &["center_id", "taker_id", "status"], Unique::No).await
}
