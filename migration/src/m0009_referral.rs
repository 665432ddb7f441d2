//! Cases put before the city: written inside their center, read by its city.

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
        let columns = [
            uuid("city_id"),
            uuid("complaint_id"),
            text("number"),
            text("subject"),
            text_null("cause"),
            text_null("reason"),
            text("status"),
            integer("version"),
            uuid_null("referred_by"),
            timestamp_with_time_zone("referred_at"),
            uuid_null("opened_by"),
            timestamp_with_time_zone_null("opened_at"),
            uuid_null("answered_by"),
            timestamp_with_time_zone_null("answered_at"),
            text_null("answer"),
        ];
        center_table(manager, "case_referral", columns, &[("complaint_id", "complaint")]).await?;
        rls::reported(manager, "case_referral").await?;
        index(manager, "case_referral", &["city_id", "status", "referred_at", "id"], Unique::No).await?;
        // One at a time before the city, also when two people refer at once.
        let one = Index::create()
            .name("ix_case_referral_one_open")
            .table("case_referral")
            .col("center_id")
            .col("complaint_id")
            .unique()
            .and_where(Expr::col("status").eq("open"))
            .to_owned();
        manager.create_index(one).await?;
        let since = timestamp_with_time_zone_null("referred_at");
        manager.alter_table(Table::alter().table("complaint").add_column(since).to_owned()).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
