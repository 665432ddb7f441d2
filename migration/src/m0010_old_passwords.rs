//! Passwords that somebody had before, by their hashes: where 等保 asks for it they are not taken again.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::account_ref;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut columns = [uuid("account_id"), text("password_hash"), timestamp_with_time_zone("replaced_at")];
        let mut statement = Table::create().table("old_password").to_owned();
        for column in &mut columns {
            statement.col(column);
        }
        // Two accounts of a demo have one hash.
        statement.primary_key(Index::create().col("account_id").col("password_hash"));
        statement.foreign_key(&mut account_ref("old_password"));
        manager.create_table(statement).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
