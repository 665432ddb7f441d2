//! One-time links, counted tries, known browsers and second factors; dates and campaigns of memberships.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::{Unique, account_ref, index, plain_table};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [date_null("valid_from"), date_null("valid_until"), uuid_null("campaign_id")] {
            add(manager, "membership", column).await?;
        }
        add(manager, "account", timestamp_with_time_zone_null("password_set_at")).await?;
        add(manager, "web_session", text_null("browser")).await?;

        let invitation = vec![
            text("token_hash"),
            text("kind"),
            uuid("account_id"),
            // Where it leads. No owner: it is looked up before anybody is known.
            uuid("for_city"),
            uuid_null("for_center"),
            uuid_null("created_by"),
            timestamp_with_time_zone("created_at"),
            timestamp_with_time_zone("expires_at"),
            timestamp_with_time_zone_null("used_at"),
        ];
        of_account(manager, "invitation", invitation).await?;
        index(manager, "invitation", &["account_id"], Unique::No).await?;

        let attempts = vec![
            text("key"),
            integer("failures"),
            timestamp_with_time_zone_null("locked_until"),
            date("day"),
            integer("tries"),
            timestamp_with_time_zone("updated_at"),
        ];
        manager.create_table(plain_table("sign_in_attempts", attempts)).await?;
        index(manager, "sign_in_attempts", &["updated_at"], Unique::No).await?;

        let device = vec![
            text("token_hash"),
            uuid("account_id"),
            timestamp_with_time_zone("created_at"),
            timestamp_with_time_zone("used_at"),
        ];
        of_account(manager, "known_device", device).await?;
        index(manager, "known_device", &["account_id"], Unique::No).await?;

        let factor =
            vec![uuid("account_id"), text("secret_enc"), timestamp_with_time_zone("since"), big_integer("last_step")];
        of_account(manager, "second_factor", factor).await?;

        let code = vec![text("code_hash"), uuid("account_id"), timestamp_with_time_zone_null("used_at")];
        of_account(manager, "recovery_code", code).await?;
        index(manager, "recovery_code", &["account_id"], Unique::No).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn add(manager: &SchemaManager<'_>, table: &'static str, column: ColumnDef) -> Result<(), DbErr> {
    manager.alter_table(Table::alter().table(table).add_column(column).to_owned()).await
}

async fn of_account(manager: &SchemaManager<'_>, table: &'static str, columns: Vec<ColumnDef>) -> Result<(), DbErr> {
    let mut statement = plain_table(table, columns);
    statement.foreign_key(&mut account_ref(table));
    manager.create_table(statement).await
}
