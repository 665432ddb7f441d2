//! Checks of appearance with their items, phrases with those that come with the product, and departments with a dress code
//! of their own.

use sea_orm_migration::{
    prelude::*,
    schema::*,
    sea_orm::{
        ConnectionTrait,
        prelude::Uuid,
        sea_query::{Query, SimpleExpr},
    },
};
use serde::Deserialize;

use crate::tables::{Unique, center_table, index, plain_table};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// A phrase that comes with the product.
#[derive(Deserialize)]
struct Seed {
    id: Uuid,
    kind: String,
    category: String,
    text: String,
    situation: Option<String>,
    replaces: Option<Uuid>,
    source: Option<String>,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let own_dress = boolean("own_dress").default(false).take();
        manager.alter_table(Table::alter().table("department").add_column(own_dress).take()).await?;
        checks(manager).await?;
        phrases(manager).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn checks(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    const WHO: [(&str, &str); 2] = [("post_id", "post"), ("staff_id", "staff_member")];
    let columns = [
        uuid("post_id"),
        uuid("staff_id"),
        date("on_day"),
        uuid("checker_id"),
        integer("passed"),
        integer("asked"),
        text_null("badge_enc"),
        text_null("note"),
        uuid_null("phrase_id"),
        text_null("answer"),
        timestamp_with_time_zone_null("answered_at"),
        timestamp_with_time_zone("created_at"),
        boolean("demo"),
        integer("version"),
    ];
    center_table(manager, "appearance_check", columns, &WHO).await?;
    index(manager, "appearance_check", &["center_id", "on_day", "id"], Unique::No).await?;
    index(manager, "appearance_check", &["center_id", "staff_id", "on_day"], Unique::No).await?;
    // Person, post and day stand here once more, so that failures are counted without a look at every check.
    let columns = [
        uuid("check_id"),
        uuid("post_id"),
        uuid("staff_id"),
        date("on_day"),
        text("item"),
        text("mark"),
        boolean("exceeded"),
        integer_null("pieces"),
        text_null("note"),
    ];
    let refs = [("check_id", "appearance_check"), WHO[0], WHO[1]];
    center_table(manager, "appearance_result", columns, &refs).await?;
    index(manager, "appearance_result", &["center_id", "check_id", "item"], Unique::Yes).await?;
    index(manager, "appearance_result", &["center_id", "mark", "on_day"], Unique::No).await
}

async fn phrases(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let said = || {
        vec![
            text("kind"),
            text("category"),
            text("text"),
            text_null("situation"),
            uuid_null("replacement_for"),
            text_null("source"),
        ]
    };
    let shared = std::iter::once(uuid("id")).chain(said()).collect();
    manager.create_table(plain_table("phrase_seed", shared)).await?;
    // A center's own phrases, and what it has made of the product's: the latter under the same id.
    let own = said().into_iter().chain([text("status"), integer("version")]);
    center_table(manager, "phrase", own, &[]).await?;
    index(manager, "phrase", &["center_id", "kind"], Unique::No).await?;

    let seeds: Vec<Seed> = serde_json::from_str(include_str!("../data/phrases.json"))
        .map_err(|error| DbErr::Migration(format!("data/phrases.json: {error}")))?;
    let mut insert = Query::insert();
    insert.into_table("phrase_seed").columns([
        "id",
        "kind",
        "category",
        "text",
        "situation",
        "replacement_for",
        "source",
    ]);
    for seed in seeds {
        let row: [Value; 7] = [
            seed.id.into(),
            seed.kind.into(),
            seed.category.into(),
            seed.text.into(),
            seed.situation.into(),
            seed.replaces.into(),
            seed.source.into(),
        ];
        insert.values(row.map(SimpleExpr::Value)).map_err(|error| DbErr::Migration(error.to_string()))?;
    }
    manager.get_connection().execute(&insert).await.map(|_| ())
}
