//! What a city office does with its centers and its policy values, and what centers take along when they leave.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    rls,
    tables::{Unique, center_table, city_table, index},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let change = [
            uuid("id"),
            uuid("for_center"),
            text("action"),
            text("status"),
            text("reason"),
            uuid("account_id"),
            timestamp_with_time_zone("created_at"),
        ];
        city_table(manager, "center_change", "id", change).await?;
        index(manager, "center_change", &["city_id", "for_center", "created_at"], Unique::No).await?;

        let export = [
            uuid("city_id"),
            uuid("account_id"),
            big_integer("records"),
            big_integer("bytes"),
            text("sha256"),
            timestamp_with_time_zone("created_at"),
        ];
        center_table(manager, "center_export", export, &[]).await?;
        rls::reported(manager, "center_export").await?;
        index(manager, "center_export", &["city_id", "center_id", "created_at"], Unique::No).await?;

        let policy = [
            uuid("id"),
            text("key"),
            integer("previous"),
            integer("value"),
            text("reason"),
            uuid("account_id"),
            timestamp_with_time_zone("created_at"),
        ];
        city_table(manager, "policy_change", "id", policy).await?;
        index(manager, "policy_change", &["city_id", "created_at"], Unique::No).await?;

        // System, security and audit: one of them for each account (Z-6), also when two people give at once.
        let one = Index::create()
            .name("ix_city_member_one_administration")
            .table("city_member")
            .col("city_id")
            .col("account_id")
            .unique()
            .and_where(Expr::col("role").is_in(["city_admin", "security_admin", "auditor"]))
            .and_where(Expr::col("status").ne("ended"))
            .to_owned();
        manager.create_index(one).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
