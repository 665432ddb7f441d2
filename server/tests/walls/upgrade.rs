//! Rows from before a migration go on after it.

use server::{
    db::Db,
    testing::{TestDb, on_postgres, on_sqlite},
};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, Row, SqliteConnection};

/// Takes back what `m0007_center_settings` did, and the tables that refer to it since; the departments and channels of the
/// test's centers stay.
const BEFORE: [&str; 18] = [
    "DROP TABLE kiosk",
    "DELETE FROM seaql_migrations WHERE version = 'm0032_kiosk'",
    "DROP TABLE care_event",
    "DROP TABLE care_record",
    "DROP TABLE tidal_work",
    "DROP TABLE tidal_call",
    "DROP TABLE tidal_session",
    "DROP TABLE tidal_proposal",
    "DROP TABLE tidal_window",
    "DROP TABLE queue_reading",
    "DELETE FROM seaql_migrations WHERE version = 'm0016_post_records'",
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

/// A ledger counted as it was before `m0017_tallies`: four squares of one post. `{id}` makes an id, `{day:…}` is a day.
const COUNTED: [&str; 7] = [
    "DROP TABLE activity_tally",
    "DROP TABLE evidence_tally",
    "DELETE FROM seaql_migrations WHERE version = 'm0017_tallies'",
    "CREATE TABLE ledger_tally (center_id {uuid} NOT NULL, id {uuid} NOT NULL, post_id {uuid} NOT NULL,
        activity text NOT NULL, evidence text NOT NULL, quarter {date} NOT NULL, entries integer NOT NULL)",
    "INSERT INTO post (center_id, id, code, name, kind, extra, status, demo, version)
        SELECT id, id, 'old', '旧岗位', 'guide_post', '[]', 'planned', false, 1 FROM center WHERE code = 'shiqi'",
    "INSERT INTO ledger_tally
        SELECT id, {id}, id, 'study', 'document', {day:2026-01-01}, 2 FROM center WHERE code = 'shiqi' UNION ALL
        SELECT id, {id}, id, 'study', 'picture', {day:2026-01-01}, 3 FROM center WHERE code = 'shiqi' UNION ALL
        SELECT id, {id}, id, 'study', 'picture', {day:2025-10-01}, 4 FROM center WHERE code = 'shiqi'",
    "INSERT INTO ledger_tally
        SELECT id, {id}, id, 'meeting', 'picture', {day:2026-04-01}, 5 FROM center WHERE code = 'shiqi'",
];
/// What is counted afterwards.
const TALLIED: [(&str, &str, i64); 5] = [
    ("activity_tally", "", 3),
    ("activity_tally", "WHERE activity = 'study' AND entries IN (5, 4)", 2),
    ("activity_tally", "WHERE activity = 'meeting' AND entries = 5", 1),
    ("evidence_tally", "WHERE evidence = 'picture' AND year = 2026 AND entries = 8", 1),
    ("evidence_tally", "WHERE evidence = 'picture' AND year = 2025 AND entries = 4", 1),
];

/// Messages as they were before `m0031_notifications`: about complaints alone. `{time:…}` is an instant.
const TOLD: [&str; 8] = [
    "DROP TABLE notification",
    "ALTER TABLE finding DROP COLUMN department_id",
    "ALTER TABLE rectification_task DROP COLUMN department_id",
    "DELETE FROM seaql_migrations WHERE version = 'm0031_notifications'",
    "CREATE TABLE notification (center_id {uuid} NOT NULL, id {uuid} NOT NULL, account_id {uuid} NOT NULL,
        complaint_id {uuid} NOT NULL, kind text NOT NULL, body text, created_at {instant} NOT NULL,
        acknowledged_at {instant}, PRIMARY KEY (center_id, id))",
    "CREATE INDEX ix_notification_center_id_account_id_acknowledged_at_created_at
        ON notification (center_id, account_id, acknowledged_at, created_at)",
    "INSERT INTO notification
        SELECT c.id, {id}, a.id, c.id, 'pressed', '请于明日前报告', {time:2026-02-12 02:00:00+00:00}, NULL
        FROM center c, account a WHERE c.code = 'shiqi' AND a.login = 'handler.shiqi'",
    "INSERT INTO notification
        SELECT c.id, {id}, a.id, c.id, 'escalated', NULL, {time:2026-02-12 03:00:00+00:00}, {time:2026-02-13 02:00:00+00:00}
        FROM center c, account a WHERE c.code = 'shiqi' AND a.login = 'handler.shiqi'",
];
/// What is there afterwards.
const MOVED: [(&str, i64); 3] = [
    ("WHERE reason = 'case' AND subject_id = center_id", 2),
    ("WHERE event = 'pressed' AND body IS NOT NULL AND acknowledged_at IS NULL", 1),
    ("WHERE event = 'escalated' AND body IS NULL AND acknowledged_at > created_at", 1),
];

fn sent(sql: &str, [uuid, instant, id, time]: [&str; 4]) -> AssertSqlSafe<String> {
    let sql = sql.replace("{uuid}", uuid).replace("{instant}", instant).replace("{id}", id);
    AssertSqlSafe(sql.replace("{time:", &format!("{time}'")).replace('}', "'"))
}

#[tokio::test]
async fn messages_from_before_are_about_their_cases_on_postgres() {
    on_postgres(async |test| {
        let mut conn = PgConnection::connect(test.superuser_url.as_deref().unwrap()).await.unwrap();
        for sql in TOLD {
            conn.execute(sent(sql, ["uuid", "timestamptz", "gen_random_uuid()", "TIMESTAMPTZ "])).await.unwrap();
        }
        let owned = "SELECT format('ALTER TABLE notification OWNER TO %I', tableowner) FROM pg_tables \
            WHERE tablename = 'post'";
        let own: String = conn.fetch_one(owned).await.unwrap().get(0);
        conn.execute(AssertSqlSafe(own)).await.unwrap();
        conn.execute("ALTER TABLE notification ENABLE ROW LEVEL SECURITY").await.unwrap();
        conn.execute("ALTER TABLE notification FORCE ROW LEVEL SECURITY").await.unwrap();
        migrated(&test).await;
        for (which, rows) in MOVED {
            let found: i64 = conn.fetch_one(counted("notification", which)).await.unwrap().get(0);
            assert_eq!(found, rows, "{which}");
        }
    })
    .await;
}

#[tokio::test]
async fn messages_from_before_are_about_their_cases_on_sqlite() {
    on_sqlite(async |test| {
        let mut conn = SqliteConnection::connect(&test.cfg.url).await.unwrap();
        for sql in TOLD {
            conn.execute(sent(sql, ["blob", "text", "randomblob(16)", ""])).await.unwrap();
        }
        migrated(&test).await;
        for (which, rows) in MOVED {
            let found: i64 = conn.fetch_one(counted("notification", which)).await.unwrap().get(0);
            assert_eq!(found, rows, "{which}");
        }
    })
    .await;
}

fn told(sql: &str, [uuid, date, id, day]: [&str; 4]) -> AssertSqlSafe<String> {
    let sql = sql.replace("{uuid}", uuid).replace("{date}", date).replace("{id}", id);
    AssertSqlSafe(sql.replace("{day:", &format!("{day}'")).replace('}', "'"))
}

#[tokio::test]
async fn counts_of_ledgers_from_before_are_kept_apart_on_postgres() {
    on_postgres(async |test| {
        let mut conn = PgConnection::connect(test.superuser_url.as_deref().unwrap()).await.unwrap();
        for sql in COUNTED {
            conn.execute(told(sql, ["uuid", "date", "gen_random_uuid()", "DATE "])).await.unwrap();
        }
        let owned = "SELECT format('ALTER TABLE ledger_tally OWNER TO %I', tableowner) FROM pg_tables \
            WHERE tablename = 'post'";
        let own: String = conn.fetch_one(owned).await.unwrap().get(0);
        conn.execute(AssertSqlSafe(own)).await.unwrap();
        conn.execute("ALTER TABLE ledger_tally ENABLE ROW LEVEL SECURITY").await.unwrap();
        conn.execute("ALTER TABLE ledger_tally FORCE ROW LEVEL SECURITY").await.unwrap();
        migrated(&test).await;
        for (table, more, rows) in TALLIED {
            let found: i64 = conn.fetch_one(counted(table, more)).await.unwrap().get(0);
            assert_eq!(found, rows, "{table} {more}");
        }
    })
    .await;
}

#[tokio::test]
async fn counts_of_ledgers_from_before_are_kept_apart_on_sqlite() {
    on_sqlite(async |test| {
        let mut conn = SqliteConnection::connect(&test.cfg.url).await.unwrap();
        for sql in COUNTED {
            conn.execute(told(sql, ["blob", "text", "randomblob(16)", ""])).await.unwrap();
        }
        migrated(&test).await;
        for (table, more, rows) in TALLIED {
            let found: i64 = conn.fetch_one(counted(table, more)).await.unwrap().get(0);
            assert_eq!(found, rows, "{table} {more}");
        }
    })
    .await;
}
