//! The standard's catalogue: tables, and the rows themselves. It changes by migration only.

use sea_orm_migration::{
    prelude::*,
    schema::*,
    sea_orm::{ConnectionTrait, sea_query::SimpleExpr},
};
use serde::Deserialize;

use crate::tables::plain_table;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[derive(Deserialize)]
struct Catalogue {
    edition: Edition,
    clauses: Vec<Clause>,
    post_kinds: Vec<PostKind>,
    features: Vec<Feature>,
}

#[derive(Deserialize)]
struct Edition {
    code: String,
    title_zh: String,
    title_en: String,
    issued_on: chrono::NaiveDate,
    effective_on: chrono::NaiveDate,
    note_zh: String,
    note_en: String,
}

#[derive(Deserialize)]
struct Clause {
    number: String,
    parent: Option<String>,
    position: i32,
    title_zh: String,
    title_en: String,
    summary_zh: String,
    summary_en: String,
    status: String,
    features: Vec<String>,
}

#[derive(Deserialize)]
struct PostKind {
    code: String,
    clause: Option<String>,
    title_zh: String,
    title_en: String,
    summary_zh: String,
    summary_en: String,
}

#[derive(Deserialize)]
struct Feature {
    code: String,
    title_zh: String,
    title_en: String,
    context: String,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create(manager).await?;
        let catalogue: Catalogue = serde_json::from_str(include_str!("../data/standard.json"))
            .map_err(|error| DbErr::Migration(format!("data/standard.json: {error}")))?;
        let edition = catalogue.edition;
        fill(
            manager,
            "standard_edition",
            ["code", "title_zh", "title_en", "issued_on", "effective_on", "note_zh", "note_en"],
            [[
                edition.code.into(),
                edition.title_zh.into(),
                edition.title_en.into(),
                edition.issued_on.into(),
                edition.effective_on.into(),
                edition.note_zh.into(),
                edition.note_en.into(),
            ]],
        )
        .await?;
        fill(
            manager,
            "feature",
            ["code", "title_zh", "title_en", "context"],
            catalogue
                .features
                .into_iter()
                .map(|f| [f.code.into(), f.title_zh.into(), f.title_en.into(), f.context.into()]),
        )
        .await?;
        clauses(manager, catalogue.clauses).await?;
        post_kinds(manager, catalogue.post_kinds).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn create(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let edition = vec![
        text("code"),
        text("title_zh"),
        text("title_en"),
        date("issued_on"),
        date("effective_on"),
        text("note_zh"),
        text("note_en"),
    ];
    manager.create_table(plain_table("standard_edition", edition)).await?;

    let clause = vec![
        text("number"),
        text_null("parent"),
        integer("position"),
        text("title_zh"),
        text("title_en"),
        text("summary_zh"),
        text("summary_en"),
        text("status"),
        text("features"),
    ];
    let mut clause = plain_table("clause", clause);
    clause.foreign_key(ForeignKey::create().name("fk_clause_parent").from("clause", "parent").to("clause", "number"));
    manager.create_table(clause).await?;

    let feature = vec![text("code"), text("title_zh"), text("title_en"), text("context")];
    manager.create_table(plain_table("feature", feature)).await?;

    let kind = vec![
        text("code"),
        text_null("clause"),
        integer("position"),
        text("title_zh"),
        text("title_en"),
        text("summary_zh"),
        text("summary_en"),
    ];
    let mut kind = plain_table("post_kind", kind);
    kind.foreign_key(
        ForeignKey::create().name("fk_post_kind_clause").from("post_kind", "clause").to("clause", "number"),
    );
    manager.create_table(kind).await
}

async fn clauses(manager: &SchemaManager<'_>, clauses: Vec<Clause>) -> Result<(), DbErr> {
    fill(
        manager,
        "clause",
        ["number", "parent", "position", "title_zh", "title_en", "summary_zh", "summary_en", "status", "features"],
        clauses.into_iter().map(|c| {
            [
                c.number.into(),
                c.parent.into(),
                c.position.into(),
                c.title_zh.into(),
                c.title_en.into(),
                c.summary_zh.into(),
                c.summary_en.into(),
                c.status.into(),
                c.features.join(",").into(),
            ]
        }),
    )
    .await
}

async fn post_kinds(manager: &SchemaManager<'_>, kinds: Vec<PostKind>) -> Result<(), DbErr> {
    fill(
        manager,
        "post_kind",
        ["position", "code", "clause", "title_zh", "title_en", "summary_zh", "summary_en"],
        (1..).zip(kinds).map(|(position, k): (i32, _)| {
            [
                position.into(),
                k.code.into(),
                k.clause.into(),
                k.title_zh.into(),
                k.title_en.into(),
                k.summary_zh.into(),
                k.summary_en.into(),
            ]
        }),
    )
    .await
}

async fn fill<const N: usize>(
    manager: &SchemaManager<'_>,
    table: &'static str,
    columns: [&'static str; N],
    rows: impl IntoIterator<Item = [Value; N]>,
) -> Result<(), DbErr> {
    let mut insert = Query::insert();
    insert.into_table(table).columns(columns);
    for row in rows {
        insert.values(row.map(SimpleExpr::Value)).map_err(|error| DbErr::Migration(error.to_string()))?;
    }
    manager.get_connection().execute(&insert).await.map(|_| ())
}
