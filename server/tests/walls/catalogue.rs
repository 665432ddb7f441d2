//! What the databases themselves say of their tables (T-2 to T-5): a table without its walls
//! fails here, whoever adds it.

use std::collections::BTreeSet;

use migration::rls::GRANTS;
use server::{
    db::takeaway::{LEFT, TAKEN},
    testing::{TestDb, on_postgres, on_sqlite},
};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, Row, SqliteConnection};

/// Everything the query finds wrong, one line each.
async fn findings(test: &TestDb, sql: &str) -> Vec<String> {
    let mut conn = PgConnection::connect(test.superuser_url.as_deref().unwrap()).await.unwrap();
    let rows = conn.fetch_all(AssertSqlSafe(sql.to_owned())).await.unwrap();
    rows.into_iter().map(|row| row.try_get(0).unwrap()).collect()
}

/// Tables by whose they are; `center` and `city` name themselves.
const OWNED: &str = "WITH owned AS ( \
    SELECT c.oid, c.relname::text AS name, c.relrowsecurity, c.relforcerowsecurity, \
      CASE WHEN bool_or(a.attname = 'center_id') THEN 'center_id' ELSE 'city_id' END AS owner \
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 \
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') \
      AND a.attname IN ('center_id', 'city_id') AND c.relname <> 'center' \
    GROUP BY c.oid) ";

#[tokio::test]
async fn every_tenants_table_is_walled() {
    on_postgres(async |test| {
        let count = "SELECT owner || count(*) FROM owned GROUP BY owner ORDER BY 1";
        let count = findings(&test, &format!("{OWNED} {count}")).await;
        assert_eq!(count, ["center_id100", "city_id13"], "a new table: raise the number");
        let open = "SELECT name FROM owned WHERE NOT (relrowsecurity AND relforcerowsecurity)";
        assert_eq!(findings(&test, &format!("{OWNED} {open}")).await, Vec::<String>::new());
        let center = "SELECT name FROM owned o WHERE owner = 'center_id' AND NOT EXISTS ( \
            SELECT FROM pg_policy p WHERE p.polrelid = o.oid AND p.polname = 'center' AND p.polcmd = '*' \
            AND p.polroles = '{0}' AND pg_get_expr(p.polqual, o.oid) = pg_get_expr(p.polwithcheck, o.oid) \
            AND pg_get_expr(p.polqual, o.oid) LIKE '%center_id = (NULLIF(current_setting(''app.center_id''%')";
        assert_eq!(findings(&test, &format!("{OWNED} {center}")).await, Vec::<String>::new());
        // Read by the city's centers; every write asks that no center is set.
        let city = "SELECT name FROM owned o WHERE owner = 'city_id' AND (SELECT string_agg(p.polcmd::text, '' \
              ORDER BY p.polcmd::text) FROM pg_policy p WHERE p.polrelid = o.oid AND p.polname LIKE 'city_%' \
              AND (p.polcmd = 'r' OR coalesce(pg_get_expr(p.polwithcheck, o.oid), pg_get_expr(p.polqual, o.oid)) \
              LIKE '%app.center_id%IS NULL%')) IS DISTINCT FROM 'adrw'";
        assert_eq!(findings(&test, &format!("{OWNED} {city}")).await, Vec::<String>::new());
        let exceptions = "SELECT o.name || '.' || p.polname || p.polcmd::text FROM owned o \
            JOIN pg_policy p ON p.polrelid = o.oid WHERE p.polname <> 'center' AND p.polname NOT LIKE 'city_%' ORDER BY 1";
        let known = ["case_referral.reportedr", "center_export.reportedr", "center_metric.reportedr", "city_member.loginr", "membership.loginr", "metric_day.reportedr", "metric_difference.reportedr", "rating_appeal.reportedr", "rating_flag.reportedr", "round_part.reportedr"];
        assert_eq!(findings(&test, &format!("{OWNED} {exceptions}")).await, known);
    })
    .await;
}

#[tokio::test]
async fn every_key_leads_with_its_owner_and_every_reference_stays_inside() {
    on_postgres(async |test| {
        let keys = "SELECT o.name || ': ' || i.indexrelid::regclass FROM owned o JOIN pg_index i ON i.indrelid = o.oid \
            JOIN pg_attribute a ON a.attrelid = o.oid AND a.attnum = i.indkey[0] \
            WHERE i.indisunique AND a.attname <> o.owner";
        assert_eq!(findings(&test, &format!("{OWNED} {keys}")).await, Vec::<String>::new());
        let keyless = "SELECT name FROM owned o WHERE NOT EXISTS ( \
            SELECT FROM pg_index i WHERE i.indrelid = o.oid AND i.indisprimary)";
        assert_eq!(findings(&test, &format!("{OWNED} {keyless}")).await, Vec::<String>::new());
        let outward = "SELECT f.conname::text FROM pg_constraint f JOIN owned o ON o.oid = f.conrelid \
            JOIN owned t ON t.oid = f.confrelid WHERE f.contype = 'f' AND NOT EXISTS ( \
              SELECT FROM unnest(f.conkey, f.confkey) AS k(here, there) \
              JOIN pg_attribute a ON a.attrelid = o.oid AND a.attnum = k.here \
              JOIN pg_attribute b ON b.attrelid = t.oid AND b.attnum = k.there \
              WHERE a.attname = o.owner AND b.attname = t.owner AND o.owner = t.owner)";
        assert_eq!(findings(&test, &format!("{OWNED} {outward}")).await, Vec::<String>::new());
        let inside =
            "SELECT count(*)::text FROM pg_constraint f JOIN owned t ON t.oid = f.confrelid WHERE f.contype = 'f'";
        assert_eq!(findings(&test, &format!("{OWNED} {inside}")).await, ["126"]);
    })
    .await;
}

#[tokio::test]
async fn nothing_runs_with_another_ones_rights() {
    on_postgres(async |test| {
        let definers = "SELECT p.proname::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace \
            WHERE p.prosecdef AND n.nspname NOT IN ('pg_catalog', 'information_schema')";
        assert_eq!(findings(&test, definers).await, Vec::<String>::new());
        let views = "SELECT c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
            WHERE c.relkind IN ('v', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema') \
            AND NOT coalesce('security_invoker=true' = ANY(c.reloptions), false)";
        assert_eq!(findings(&test, views).await, Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn the_serving_role_may_do_what_is_listed_and_no_more() {
    on_postgres(async |test| {
        let rights = "SELECT c.relname || ' ' || r FROM pg_class c, \
            unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) r \
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S') \
            AND CASE WHEN c.relkind = 'S' THEN r = 'SELECT' AND has_sequence_privilege('gangping_app', c.oid, 'USAGE') \
              ELSE has_table_privilege('gangping_app', c.oid, r) END";
        let held: BTreeSet<String> = findings(&test, rights).await.into_iter().collect();
        let listed: BTreeSet<String> = GRANTS
            .iter()
            .flat_map(|(table, rights)| rights.split(", ").map(move |right| format!("{table} {right}")))
            .collect();
        assert_eq!(held, listed);
        for table in [
            "audit_event",
            "city_audit_event",
            "complaint_event",
            "rating",
            "survey_response",
            "rating_root",
            "spent_token",
            "metric_snapshot",
        ] {
            assert!(
                !held.contains(&format!("{table} UPDATE")) && !held.contains(&format!("{table} DELETE")),
                "{table}"
            );
        }
        assert!(held.iter().all(|right| !["TRUNCATE", "REFERENCES", "TRIGGER"].iter().any(|r| right.ends_with(r))));
        let schema = "SELECT 'may create' WHERE has_schema_privilege('gangping_app', 'public', 'CREATE')";
        assert_eq!(findings(&test, schema).await, Vec::<String>::new());
    })
    .await;
}

/// Rows of a query on the SQLite file, as text.
async fn sqlite(conn: &mut SqliteConnection, sql: &str) -> Vec<Vec<String>> {
    let rows = conn.fetch_all(AssertSqlSafe(sql.to_owned())).await.unwrap();
    let cell = |row: &sqlx::sqlite::SqliteRow, at| row.try_get_unchecked::<Option<String>, _>(at).unwrap();
    rows.iter().map(|row| (0..row.len()).map(|at| cell(row, at).unwrap_or_default()).collect()).collect()
}

#[tokio::test]
async fn sqlite_has_the_same_keys() {
    on_sqlite(async |test| {
        let mut conn = SqliteConnection::connect(&test.cfg.url).await.unwrap();
        let tables = "SELECT m.name, group_concat(c.name) FROM sqlite_schema m, pragma_table_info(m.name) c \
                      WHERE m.type = 'table' AND m.name <> 'center' GROUP BY m.name \
                      HAVING sum(c.name IN ('center_id', 'city_id')) > 0";
        let tables = sqlite(&mut conn, tables).await;
        assert_eq!(tables.len(), 113);
        // Whatever a center owns it takes along when it leaves (T-11), or it is said why not.
        let of_centers = tables.iter().filter(|row| row[1].split(',').any(|c| c == "center_id"));
        let of_centers: BTreeSet<_> = of_centers.map(|row| row[0].as_str()).collect();
        let taken = TAKEN.iter().copied().chain(LEFT.iter().map(|(table, _)| *table));
        assert_eq!(of_centers, taken.collect::<BTreeSet<_>>());
        let owner_of = |table: &str| {
            let columns = &tables.iter().find(|row| row[0] == table)?[1];
            Some(if columns.split(',').any(|c| c == "center_id") { "center_id" } else { "city_id" })
        };
        for row in &tables {
            let table = &row[0];
            let owner = owner_of(table).unwrap();
            let first = "SELECT i.name, c.name FROM pragma_index_list('TABLE') i, pragma_index_info(i.name) c \
                         WHERE i.\"unique\" AND c.seqno = 0";
            let keys = sqlite(&mut conn, &first.replace("TABLE", table)).await;
            assert!(!keys.is_empty(), "{table} has no key");
            assert!(keys.iter().all(|key| key[1] == owner), "{table}: {keys:?}");
            let refs = "SELECT CAST(id AS TEXT), \"table\", group_concat(\"from\"), group_concat(\"to\") \
                        FROM pragma_foreign_key_list('TABLE') GROUP BY id";
            for reference in sqlite(&mut conn, &refs.replace("TABLE", table)).await {
                if let Some(target) = owner_of(&reference[1]) {
                    assert_eq!(target, owner, "{table}: {reference:?}");
                    let (from, to) = (reference[2].split(','), reference[3].split(','));
                    assert!(from.zip(to).any(|pair| pair == (owner, owner)), "{table}: {reference:?}");
                }
            }
        }
    })
    .await;
}
