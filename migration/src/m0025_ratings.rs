//! What the public gives: points with codes, tokens that were used, ratings that are still sealed, ratings and answered
//! questionnaires that were opened, their words, their counts, and a root for each day.
//!
//! No column of these leads to a person: no account, address, time, token or number in the order of coming (P-6).

use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    rls,
    tables::{Unique, center_table, center_table_keyed, index},
};

const POINT: (&str, &str) = ("point_id", "rating_point");

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        points(manager).await?;
        sealed(manager).await?;
        opened(manager).await?;
        counted(manager).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn points(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        text("kind"),
        uuid_null("post_id"),
        text("name"),
        text("channel"),
        timestamp_with_time_zone_null("revoked_at"),
        boolean("demo"),
        integer("version"),
    ];
    center_table(manager, "rating_point", columns, &[("post_id", "post")]).await?;
    index(manager, "rating_point", &["center_id", "post_id"], Unique::No).await
}

/// In one transaction with each other, and with nothing else.
async fn sealed(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    center_table_keyed(manager, "spent_token", "mark", [text("mark")], &[]).await?;
    rls::append_only(manager, "spent_token").await?;
    center_table(manager, "sealed_rating", [date("day"), text("sealed")], &[]).await?;
    index(manager, "sealed_rating", &["center_id", "day"], Unique::No).await
}

async fn opened(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        uuid_null("point_id"),
        uuid_null("post_id"),
        date("day"),
        text("channel"),
        uuid("form_version"),
        text("level"),
        text("indicators"),
        text("origin"),
        text("commitment"),
    ];
    center_table(manager, "rating", columns, &[POINT, ("post_id", "post")]).await?;
    rls::append_only(manager, "rating").await?;
    index(manager, "rating", &["center_id", "day"], Unique::No).await?;
    let columns = [
        uuid_null("point_id"),
        date("day"),
        text("channel"),
        uuid("form_version"),
        date_null("visited_on"),
        text_null("department"),
        text("answers"),
        text("origin"),
        text("commitment"),
    ];
    center_table(manager, "survey_response", columns, &[POINT]).await?;
    rls::append_only(manager, "survey_response").await?;
    index(manager, "survey_response", &["center_id", "day"], Unique::No).await?;
    let columns = [date("day"), text("remark_enc"), date("purge_on")];
    center_table(manager, "rating_note", columns, &[]).await?;
    index(manager, "rating_note", &["center_id", "day"], Unique::No).await?;
    index(manager, "rating_note", &["center_id", "purge_on"], Unique::No).await
}

async fn counted(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [date("day"), uuid_null("point_id"), text("origin"), text("level"), integer("ratings")];
    center_table(manager, "rating_tally", columns, &[POINT]).await?;
    index(manager, "rating_tally", &["center_id", "day"], Unique::No).await?;
    center_table_keyed(manager, "rating_root", "day", [date("day"), integer("ratings"), text("root")], &[]).await?;
    rls::append_only(manager, "rating_root").await
}
