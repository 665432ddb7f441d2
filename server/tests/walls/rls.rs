//! Wall 2 alone: PostgreSQL as the serving role, with no filter of the application's.

use domain::CenterId;
use server::testing::{TestDb, on_postgres};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, Row};

use crate::file;

/// The ids that a connection's settings name.
#[derive(Clone, Copy, Default)]
struct As<'a> {
    center: &'a str,
    city: &'a str,
    account: &'a str,
}

/// Runs `sql` in one transaction as the serving role; returns the first column of the first row.
async fn bare(conn: &mut PgConnection, who: As<'_>, sql: &str) -> Result<String, sqlx::Error> {
    let mut tx = conn.begin().await?;
    let As { center, city, account } = who;
    tx.execute(AssertSqlSafe(format!(
        "SELECT set_config('app.center_id', '{center}', true), set_config('app.city_id', '{city}', true), \
         set_config('app.account_id', '{account}', true)"
    )))
    .await?;
    let done = tx.execute(AssertSqlSafe(sql.to_owned())).await;
    let answer = match (&done, sql.starts_with("SELECT")) {
        (Ok(_), true) => tx.fetch_one(AssertSqlSafe(sql.to_owned())).await?.try_get(0)?,
        (Ok(done), false) => done.rows_affected().to_string(),
        (Err(_), _) => String::new(),
    };
    done?;
    tx.commit().await?;
    Ok(answer)
}

async fn app(test: &TestDb) -> PgConnection {
    PgConnection::connect(&test.cfg.url).await.unwrap()
}

fn text(id: CenterId) -> String {
    id.to_string()
}

#[tokio::test]
async fn without_the_applications_filter_no_foreign_row_is_seen() {
    on_postgres(async |test| {
        let ours = file(&test, "handler.shiqi", "1").await;
        let theirs = file(&test, "handler.xiaolan", "1").await;
        let (us, them) = (text(ours.center_id), text(theirs.center_id));
        let mut conn = app(&test).await;
        let all = "SELECT coalesce(string_agg(center_id::text, ',' ORDER BY center_id), '') FROM complaint";
        assert_eq!(bare(&mut conn, As { center: &us, ..As::default() }, all).await.unwrap(), us);
        assert_eq!(bare(&mut conn, As { center: &them, ..As::default() }, all).await.unwrap(), them);
        // Unset, and set before on this connection: both mean nothing at all.
        assert_eq!(bare(&mut conn, As::default(), all).await.unwrap(), "");
        let unset: String = conn.fetch_one(all).await.unwrap().try_get(0).unwrap();
        assert_eq!(unset, "");
        let changed = format!("UPDATE complaint SET body = 'x' WHERE center_id = '{them}'");
        assert_eq!(bare(&mut conn, As { center: &us, ..As::default() }, &changed).await.unwrap(), "0");
    })
    .await;
}

#[tokio::test]
async fn a_row_for_another_center_is_refused_by_the_policy() {
    on_postgres(async |test| {
        let (us, them) = (text(test.center("shiqi").await.id), text(test.center("xiaolan").await.id));
        let mut conn = app(&test).await;
        let insert = |center: &str| {
            format!(
                "INSERT INTO department (center_id, id, code, name_zh, name_en) \
                 VALUES ('{center}', gen_random_uuid(), 'new', '', '')"
            )
        };
        let scope = As { center: &us, ..As::default() };
        assert_eq!(bare(&mut conn, scope, &insert(&us)).await.unwrap(), "1");
        let moved = format!("UPDATE department SET center_id = '{them}'");
        for sql in [insert(&them), moved] {
            let refused = bare(&mut conn, scope, &sql).await.unwrap_err().to_string();
            assert!(refused.contains("row-level security policy"), "{refused}");
        }
        let refused = bare(&mut conn, As::default(), &insert(&us)).await.unwrap_err().to_string();
        assert!(refused.contains("row-level security policy"), "{refused}");
    })
    .await;
}

#[tokio::test]
async fn no_tenants_table_shows_a_row_to_nobody() {
    on_postgres(async |test| {
        file(&test, "handler.shiqi", "1").await;
        let mut conn = app(&test).await;
        let tables = conn
            .fetch_all(
                "SELECT DISTINCT c.relname::text FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid \
                 WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace \
                 AND a.attname IN ('center_id', 'city_id') AND c.relname <> 'center'",
            )
            .await
            .unwrap();
        assert!(tables.len() == 113, "{}", tables.len());
        for row in tables {
            let table: String = row.try_get(0).unwrap();
            let count = format!("SELECT count(*)::text FROM {table}");
            assert_eq!(bare(&mut conn, As::default(), &count).await.unwrap(), "0", "{table}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_citys_rows_are_read_by_its_centers_and_written_by_the_city_alone() {
    on_postgres(async |test| {
        let center = text(test.center("shiqi").await.id);
        let (city, other) = (test.city("zs").await.to_string(), test.city("other").await.to_string());
        let mut conn = app(&test).await;
        let count = "SELECT count(*)::text FROM policy_value";
        let member = As { center: &center, city: &city, ..As::default() };
        let office = As { city: &city, ..As::default() };
        assert_eq!(bare(&mut conn, member, count).await.unwrap(), "1");
        assert_eq!(bare(&mut conn, office, count).await.unwrap(), "1");
        let change = "UPDATE policy_value SET value = 7";
        assert_eq!(bare(&mut conn, member, change).await.unwrap(), "0");
        assert_eq!(bare(&mut conn, office, change).await.unwrap(), "1");
        let insert = |city: &str| format!("INSERT INTO policy_value VALUES ('{city}', 'new', 1, now())");
        for (who, sql) in [(member, insert(&city)), (office, insert(&other))] {
            let refused = bare(&mut conn, who, &sql).await.unwrap_err().to_string();
            assert!(refused.contains("row-level security policy"), "{refused}");
        }
    })
    .await;
}

#[tokio::test]
async fn at_login_a_person_sees_their_own_memberships_only() {
    on_postgres(async |test| {
        let handler = test.scope("handler.shiqi").await;
        let account = handler.account().unwrap().to_string();
        let (center, city) = (text(test.center("xiaolan").await.id), handler.city().to_string());
        let mut conn = app(&test).await;
        let count = "SELECT count(*)::text FROM membership";
        assert_eq!(bare(&mut conn, As { account: &account, ..As::default() }, count).await.unwrap(), "1");
        // In a place, the exception is closed: the five of that center, none of one's own elsewhere.
        let there = As { center: &center, city: &city, account: &account };
        assert_eq!(bare(&mut conn, there, count).await.unwrap(), "5");
        let promoted = "UPDATE membership SET role = 'center_admin'";
        assert_eq!(bare(&mut conn, As { account: &account, ..As::default() }, promoted).await.unwrap(), "0");
    })
    .await;
}

#[tokio::test]
async fn what_is_written_once_stays_as_written() {
    on_postgres(async |test| {
        file(&test, "handler.shiqi", "1").await;
        let center = text(test.center("shiqi").await.id);
        let mut conn = app(&test).await;
        for sql in [
            "UPDATE audit_event SET verb = 'x'",
            "DELETE FROM audit_event",
            "UPDATE city_audit_event SET verb = 'x'",
            "DELETE FROM complaint_event",
            "DELETE FROM complaint",
            "TRUNCATE complaint",
            "UPDATE clause SET title_zh = 'x'",
            "DELETE FROM seaql_migrations",
            "ALTER TABLE complaint DISABLE ROW LEVEL SECURITY",
            "CREATE TABLE mine (id int)",
        ] {
            let refused = bare(&mut conn, As { center: &center, ..As::default() }, sql).await;
            let refused = refused.expect_err(sql).to_string();
            assert!(refused.contains("permission denied") || refused.contains("must be owner"), "{sql}: {refused}");
        }
    })
    .await;
}
