//! Rounds of evaluation: the roster of representatives with their interests, rounds with targets and raters, what is being
//! filled in, what was handed in, and what was said besides.

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
        roster(manager).await?;
        rounds(manager).await?;
        forms(manager).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn roster(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        text("role"),
        text("name"),
        text("unit"),
        date("from_on"),
        date("until_on"),
        uuid_null("staff_id"),
        boolean("demo"),
        integer("version"),
    ];
    center_table(manager, "representative", columns, &[("staff_id", "staff_member")]).await?;
    index(manager, "representative", &["center_id", "role", "name"], Unique::No).await?;
    let columns = [uuid("representative_id"), uuid_null("post_id"), uuid_null("staff_id"), text("reason")];
    let refs = [("representative_id", "representative"), ("post_id", "post"), ("staff_id", "staff_member")];
    center_table(manager, "representative_conflict", columns, &refs).await?;
    index(manager, "representative_conflict", &["center_id", "representative_id"], Unique::No).await
}

async fn rounds(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        text("kind"),
        text("name"),
        // A city's row, which no center's key can name: the service sees to it that it was published.
        uuid("form_version_id"),
        date("starts_on"),
        date("ends_on"),
        date("replies_until"),
        integer("least"),
        text("briefing"),
        text("status"),
        text_null("coverage_note"),
        timestamp_with_time_zone_null("closed_at"),
        timestamp_with_time_zone_null("published_at"),
        timestamp_with_time_zone("created_at"),
        boolean("demo"),
        integer("version"),
    ];
    center_table(manager, "campaign", columns, &[]).await?;
    index(manager, "campaign", &["center_id", "status", "ends_on"], Unique::No).await?;
    // The name is kept: whoever rates sees nothing else of a post or of somebody, and it stays as it was rated.
    let columns = [
        uuid("campaign_id"),
        integer("position"),
        text("kind"),
        uuid_null("post_id"),
        uuid_null("staff_id"),
        text_null("pool"),
        text_null("name"),
        text_null("detail"),
    ];
    let refs = [("campaign_id", "campaign"), ("post_id", "post"), ("staff_id", "staff_member")];
    center_table(manager, "campaign_target", columns, &refs).await?;
    index(manager, "campaign_target", &["center_id", "campaign_id", "position"], Unique::Yes).await?;
    let columns = [
        uuid("campaign_id"),
        text("role"),
        uuid_null("representative_id"),
        uuid_null("staff_id"),
        uuid_null("account_id"),
        text("name"),
        text_null("unit"),
        text_null("pool"),
        text("status"),
        text_null("reason"),
        text_null("seed"),
        timestamp_with_time_zone_null("briefed_at"),
        timestamp_with_time_zone_null("reminded_at"),
        integer("version"),
    ];
    let refs = [("campaign_id", "campaign"), ("representative_id", "representative"), ("staff_id", "staff_member")];
    center_table(manager, "campaign_rater", columns, &refs).await?;
    index(manager, "campaign_rater", &["center_id", "campaign_id", "account_id"], Unique::Yes).await?;
    index(manager, "campaign_rater", &["center_id", "account_id"], Unique::No).await?;
    index(manager, "campaign_rater", &["center_id", "representative_id"], Unique::No).await
}

async fn forms(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    // What is being filled in is sealed, and stays so until the end of a round whose vote is secret. Not named like an
    // encrypted field: an export does not open it.
    let columns = [
        uuid("campaign_id"),
        uuid("rater_id"),
        uuid("target_id"),
        text("status"),
        text_null("sealed"),
        text_null("reason"),
        integer("version"),
    ];
    let round = ("campaign_id", "campaign");
    let (rater, target) = (("rater_id", "campaign_rater"), ("target_id", "campaign_target"));
    center_table(manager, "ballot", columns, &[round, rater, target]).await?;
    index(manager, "ballot", &["center_id", "rater_id", "target_id"], Unique::Yes).await?;
    index(manager, "ballot", &["center_id", "campaign_id"], Unique::No).await?;
    // Without a rater and without a ballot where the vote is secret: then it has no order in time either.
    let columns = [
        uuid("campaign_id"),
        uuid("target_id"),
        uuid_null("rater_id"),
        uuid_null("ballot_id"),
        text("content"),
        integer("total"),
        boolean("vetoed"),
    ];
    center_table(manager, "campaign_form", columns, &[round, target, rater, ("ballot_id", "ballot")]).await?;
    rls::append_only(manager, "campaign_form").await?;
    index(manager, "campaign_form", &["center_id", "campaign_id", "target_id"], Unique::No).await?;
    let columns = [
        uuid("campaign_id"),
        uuid("target_id"),
        uuid_null("rater_id"),
        text("kind"),
        text("text"),
        text_null("category"),
        text("disposition"),
        uuid_null("task_id"),
        text_null("reply"),
        timestamp_with_time_zone_null("replied_at"),
        text_null("opinion"),
        text_null("opinion_note"),
        integer("version"),
    ];
    center_table(manager, "campaign_remark", columns, &[round, target, rater]).await?;
    index(manager, "campaign_remark", &["center_id", "campaign_id"], Unique::No).await?;
    index(manager, "campaign_remark", &["center_id", "rater_id"], Unique::No).await
}
