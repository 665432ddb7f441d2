//! The city's forms, a row for each version.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::{Unique, city_table, index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            uuid("id"),
            text("kind"),
            integer("number"),
            text("status"),
            text("edition"),
            integer_null("copied_from"),
            date_null("valid_from"),
            text("content"),
            timestamp_with_time_zone("changed_at"),
            integer("version"),
        ];
        city_table(manager, "form_version", "id", columns).await?;
        index(manager, "form_version", &["city_id", "kind", "number"], Unique::Yes).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
