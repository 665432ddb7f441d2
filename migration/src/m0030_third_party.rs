//! The course of a third party's round with the facts of its report; rounds that the city organises in several centers, and
//! what it sees of each.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    rls,
    tables::{Unique, center_table, center_table_keyed, city_table, index},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        reports(manager).await?;
        city(manager).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn reports(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        uuid("campaign_id"),
        text("status"),
        text("agency"),
        text("contract_no"),
        date("signed_on"),
        text_null("statement"),
        timestamp_with_time_zone_null("stated_at"),
        text_null("plan"),
        text_null("plan_note"),
        text_null("sample"),
        date_null("due_on"),
        timestamp_with_time_zone_null("drafted_at"),
        timestamp_with_time_zone_null("finished_at"),
        integer("version"),
    ];
    center_table(manager, "campaign_report", columns, &[("campaign_id", "campaign")]).await?;
    index(manager, "campaign_report", &["center_id", "campaign_id"], Unique::Yes).await?;
    let columns = [
        uuid("campaign_id"),
        uuid("target_id"),
        integer("position"),
        text("text"),
        text_null("advice"),
        text_null("verdict"),
        text_null("verdict_note"),
        timestamp_with_time_zone_null("checked_at"),
        text_null("answer"),
        text_null("answer_note"),
        text_null("corrected"),
        timestamp_with_time_zone_null("answered_at"),
        integer("version"),
    ];
    let refs = [("campaign_id", "campaign"), ("target_id", "campaign_target")];
    center_table(manager, "campaign_fact", columns, &refs).await?;
    index(manager, "campaign_fact", &["center_id", "campaign_id", "position"], Unique::No).await
}

async fn city(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        uuid("id"),
        text("kind"),
        text("name"),
        uuid("form_version_id"),
        date("starts_on"),
        date("ends_on"),
        date("replies_until"),
        integer("least"),
        text("briefing"),
        text("status"),
        // The ids of its centers, as JSON: they are chosen once, together.
        text("centers"),
        timestamp_with_time_zone("created_at"),
        integer("version"),
    ];
    city_table(manager, "city_round", "id", columns).await?;
    index(manager, "city_round", &["city_id", "starts_on"], Unique::No).await?;
    // A city's row, which no center's key can name.
    let of_city = Table::alter().table("campaign").add_column(uuid_null("city_round_id")).to_owned();
    manager.alter_table(of_city).await?;
    index(manager, "campaign", &["center_id", "city_round_id"], Unique::Yes).await?;
    let columns = [
        uuid("city_round_id"),
        uuid("city_id"),
        uuid_null("campaign_id"),
        text_null("status"),
        text_null("problem"),
        integer("named"),
        integer("accepted"),
        integer("handed_in"),
        integer("open_remarks"),
        integer_null("mean"),
        integer_null("forms"),
        timestamp_with_time_zone("told_at"),
    ];
    center_table_keyed(manager, "round_part", "city_round_id", columns, &[("campaign_id", "campaign")]).await?;
    rls::reported(manager, "round_part").await?;
    index(manager, "round_part", &["city_id", "city_round_id"], Unique::No).await
}
