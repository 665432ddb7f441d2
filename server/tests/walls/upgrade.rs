//! Rows from before a migration go on after it.

use server::{
    db::Db,
    testing::{TestDb, on_postgres, on_sqlite},
};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, Row, SqliteConnection};

/// Takes back what `m0007_center_settings` did, and what refers to it since; the departments and channels of the test's centers stay.
const BEFORE: [&str; 8] = [
    "DROP TABLE queue_reading",
    "DROP TABLE device",
    "DROP TABLE service_point",
    "ALTER TABLE department DROP COLUMN status",
    "ALTER TABLE department DROP COLUMN version",
    "ALTER TABLE complaint_channel DROP COLUMN status",
    "ALTER TABLE complaint_channel DROP COLUMN version",
    "DELETE FROM seaql_migrations WHERE version = 'm0007_center_settings'",
];
const AFTER: [&str; 2] = ["department", "complaint_channel"];

fn counted(table: &str, more: &str) -> AssertSqlSafe<String> {
    AssertSqlSafe(format!("SELECT count(*) FROM {table} {more}"))
}

async fn migrated(test: &TestDb) {
    assert!(Db::open(&test.cfg).await.is_err(), "not applied");
    Db::migrate(&test.cfg).await.unwrap();
    Db::open(&test.cfg).await.unwrap();
}

#[tokio::test]
async fn departments_and_channels_from_before_are_in_use_on_postgres() {
    on_postgres(async |test| {
        let mut conn = PgConnection::connect(test.superuser_url.as_deref().unwrap()).await.unwrap();
        for sql in BEFORE {
            conn.execute(sql).await.unwrap();
        }
        migrated(&test).await;
        for table in AFTER {
            let rows: i64 = conn.fetch_one(counted(table, "")).await.unwrap().get(0);
            let fine = counted(table, "WHERE status = 'active' AND version = 1");
            assert!(rows > 0 && conn.fetch_one(fine).await.unwrap().get::<i64, _>(0) == rows, "{table}");
        }
    })
    .await;
}

#[tokio::test]
async fn departments_and_channels_from_before_are_in_use_on_sqlite() {
    on_sqlite(async |test| {
        let mut conn = SqliteConnection::connect(&test.cfg.url).await.unwrap();
        for sql in BEFORE {
            conn.execute(sql).await.unwrap();
        }
        migrated(&test).await;
        for table in AFTER {
            let rows: i64 = conn.fetch_one(counted(table, "")).await.unwrap().get(0);
            let fine = counted(table, "WHERE status = 'active' AND version = 1");
            assert!(rows > 0 && conn.fetch_one(fine).await.unwrap().get::<i64, _>(0) == rows, "{table}");
        }
    })
    .await;
}
