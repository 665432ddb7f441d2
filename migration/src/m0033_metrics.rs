//! Figures by which the city compares its centers: counts of each day, what a recount finds otherwise, closed periods as
//! they were, what was published of them, and reports. Complaints and bad ratings keep whether a step was in time.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    rls,
    tables::{Unique, center_table_by, city_table, city_table_by, index},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in
            [("complaint", "acked_in_time"), ("complaint", "replied_in_time"), ("bad_rating", "fixed_in_time")]
        {
            // Of steps that have ended before this, nobody knows it.
            manager.alter_table(Table::alter().table(table).add_column(boolean_null(column)).take()).await?;
        }
        counted(manager).await?;
        closed(manager).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// In each center, for its city to read.
async fn counted(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let key = ["metric", "day", "stratum"];
    let named = || [text("metric"), date("day"), text("stratum"), uuid("city_id")];
    let counts = [big_integer("numerator"), big_integer("denominator"), big_integer("excluded")];
    center_table_by(manager, "metric_day", &key, named().into_iter().chain(counts), &[]).await?;
    rls::reported(manager, "metric_day").await?;
    // Whole, so that a comparison of centers reads nothing else.
    let mut whole = Index::create().name("ix_metric_day_of_city").table("metric_day").to_owned();
    for column in ["city_id", "metric", "stratum", "day", "center_id", "numerator", "denominator", "excluded"] {
        whole.col(column);
    }
    manager.create_index(whole).await?;
    let found = [
        big_integer("kept_numerator"),
        big_integer("kept_denominator"),
        big_integer("kept_excluded"),
        big_integer("counted_numerator"),
        big_integer("counted_denominator"),
        big_integer("counted_excluded"),
        timestamp_with_time_zone("found_at"),
    ];
    center_table_by(manager, "metric_difference", &key, named().into_iter().chain(found), &[]).await?;
    rls::reported(manager, "metric_difference").await?;
    index(manager, "metric_difference", &["city_id", "found_at"], Unique::No).await
}

/// In the city.
async fn closed(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let snapshot = [
        text("period"),
        text("metric"),
        uuid("for_center"),
        big_integer("numerator"),
        big_integer("denominator"),
        big_integer("excluded"),
        text("strata"),
        timestamp_with_time_zone("frozen_at"),
    ];
    city_table_by(manager, "metric_snapshot", &["period", "metric", "for_center"], snapshot).await?;
    rls::frozen(manager, "metric_snapshot").await?;
    let publication = [
        uuid("id"),
        text("period"),
        text("metrics"),
        text("formula_zh"),
        text("formula_en"),
        uuid("proposed_by"),
        timestamp_with_time_zone("proposed_at"),
        uuid_null("approved_by"),
        timestamp_with_time_zone_null("published_at"),
        uuid_null("withdrawn_by"),
        timestamp_with_time_zone_null("withdrawn_at"),
        text_null("reason"),
        integer("version"),
    ];
    city_table(manager, "metric_publication", "id", publication).await?;
    index(manager, "metric_publication", &["city_id", "period"], Unique::No).await?;
    let report = [
        uuid("id"),
        text("period"),
        text("title"),
        text("opening"),
        text("practice"),
        text("demands"),
        uuid("saved_by"),
        timestamp_with_time_zone("saved_at"),
        timestamp_with_time_zone_null("issued_at"),
        integer("version"),
    ];
    city_table(manager, "city_report", "id", report).await?;
    index(manager, "city_report", &["city_id", "period"], Unique::Yes).await
}
