//! Messages about anything, not about complaints alone; and the department that a finding, and the task that follows from it,
//! is about.

use sea_orm::{ConnectionTrait, DbBackend};
use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::{Unique, center_table, index};

const INBOX: &str = "ix_notification_center_id_account_id_acknowledged_at_created_at";

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // An index keeps its name when its table gets another one.
        manager.drop_index(Index::drop().name(INBOX).table("notification").to_owned()).await?;
        manager.rename_table(Table::rename().table("notification", "notification_before").to_owned()).await?;
        let columns = [
            uuid("account_id"),
            text("reason"),
            // Of the table that the reason says: no one key can name them all.
            uuid("subject_id"),
            text_null("event"),
            text_null("body"),
            timestamp_with_time_zone("created_at"),
            timestamp_with_time_zone_null("acknowledged_at"),
        ];
        center_table(manager, "notification", columns, &[]).await?;
        let inbox = ["center_id", "account_id", "acknowledged_at", "created_at"];
        index(manager, "notification", &inbox, Unique::No).await?;
        index(manager, "notification", &["center_id", "subject_id", "reason"], Unique::No).await?;
        move_messages(manager.get_connection()).await?;
        manager.drop_table(Table::drop().table("notification_before").to_owned()).await?;
        // Without a key: SQLite gives a table that is there none of two columns. The service reads the department first.
        for table in ["finding", "rectification_task"] {
            let department = uuid_null("department_id");
            manager.alter_table(Table::alter().table(table).add_column(department).to_owned()).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

#[expect(clippy::disallowed_methods, reason = "SQL that moves rows; nothing in it comes from outside")]
async fn move_messages(conn: &SchemaManagerConnection<'_>) -> Result<(), DbErr> {
    let postgres = conn.get_database_backend() == DbBackend::Postgres;
    let wall = |table: &str, force: &str| format!("ALTER TABLE {table} {force} ROW LEVEL SECURITY");
    // The wall holds for the owner too, who is in no center here.
    if postgres {
        for table in ["notification_before", "notification"] {
            conn.execute_unprepared(&wall(table, "NO FORCE")).await?;
        }
    }
    conn.execute_unprepared(
        "INSERT INTO notification (center_id, id, account_id, reason, subject_id, event, body, created_at, acknowledged_at)
         SELECT center_id, id, account_id, 'case', complaint_id, kind, body, created_at, acknowledged_at
         FROM notification_before",
    )
    .await?;
    if postgres {
        conn.execute_unprepared(&wall("notification", "FORCE")).await?;
    }
    Ok(())
}
