//! Approved entries counted twice, by what they are about and by what proves them, instead of by both at once: a long
//! ledger fills every square of that table, and reading the squares took as long as reading the ledger.

use sea_orm::{ConnectionTrait, DbBackend};
use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::{Unique, center_table, index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [uuid("post_id"), text("activity"), date("quarter"), integer("entries")];
        center_table(manager, "activity_tally", columns, &[("post_id", "post")]).await?;
        index(manager, "activity_tally", &["center_id", "post_id", "activity", "quarter"], Unique::Yes).await?;
        let columns = [uuid("post_id"), text("evidence"), integer("year"), integer("entries")];
        center_table(manager, "evidence_tally", columns, &[("post_id", "post")]).await?;
        index(manager, "evidence_tally", &["center_id", "post_id", "evidence", "year"], Unique::Yes).await?;
        move_counts(manager.get_connection()).await?;
        manager.drop_table(Table::drop().table("ledger_tally").to_owned()).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

#[expect(clippy::disallowed_methods, reason = "SQL that moves rows; nothing in it comes from outside")]
async fn move_counts(conn: &SchemaManagerConnection<'_>) -> Result<(), DbErr> {
    let postgres = conn.get_database_backend() == DbBackend::Postgres;
    let (one, year) = if postgres {
        ("(ARRAY_AGG(id))[1]", "EXTRACT(YEAR FROM quarter)::integer")
    } else {
        ("MIN(id)", "CAST(SUBSTR(quarter, 1, 4) AS integer)")
    };
    // The wall holds for the owner too, who is in no center here.
    let walls = |force: &str| {
        let tables = ["ledger_tally", "activity_tally", "evidence_tally"];
        tables.map(|table| format!("ALTER TABLE {table} {force} ROW LEVEL SECURITY;")).concat()
    };
    if postgres {
        conn.execute_unprepared(&walls("NO FORCE")).await?;
    }
    conn.execute_unprepared(&format!(
        "INSERT INTO activity_tally (center_id, id, post_id, activity, quarter, entries)
         SELECT center_id, {one}, post_id, activity, quarter, SUM(entries) FROM ledger_tally
         GROUP BY center_id, post_id, activity, quarter"
    ))
    .await?;
    conn.execute_unprepared(&format!(
        "INSERT INTO evidence_tally (center_id, id, post_id, evidence, year, entries)
         SELECT center_id, {one}, post_id, evidence, {year}, SUM(entries) FROM ledger_tally
         GROUP BY center_id, post_id, evidence, {year}"
    ))
    .await?;
    if postgres {
        conn.execute_unprepared(&walls("FORCE")).await?;
    }
    Ok(())
}
