//! Row-level security, broken on purpose one rule at a time: the probe must see each (T-2, T-3).
//!
//! Each break lives in a transaction of the superuser that is rolled back; inside of it the probe acts as the serving
//! role. A probe that cannot tell a broken wall from a whole one would tell nothing.

use server::{clock::IdSource, config::Database, db::Db};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, Row};

use crate::{
    people,
    world::{A, B, World},
};

const APP: &str = "gangping_app";

struct Table {
    name: String,
    /// `center_id` or `city_id`.
    key: &'static str,
    own: String,
    other: String,
}

/// Breaks each rule; the report.
pub async fn run(world: &World) {
    let mut conn =
        PgConnection::connect(world.test.superuser_url.as_deref().expect("PostgreSQL")).await.expect("a connection");
    let account = people::account(&world.test, "handler.shiqi").await.to_string();
    let city = world.ids["zs"].clone();
    let probe = Probe { center: world.ids[A].clone(), city, account };
    let (mut seen, mut missed) = (0, Vec::new());
    for table in tables(&mut conn, world).await {
        let whole = probe.run(&mut conn, &table, "SELECT 1").await;
        assert_eq!(whole, None, "{}: the probe sees a fault in a whole wall", table.name);
        for fault in faults(&mut conn, &table.name).await {
            match probe.run(&mut conn, &table, &fault).await {
                Some(_) => seen += 1,
                None => missed.push(fault),
            }
        }
    }
    for (fault, refused) in roles(world, &mut conn).await {
        if refused { seen += 1 } else { missed.push(fault) }
    }
    println!("row-level security: {seen} of {} broken rules seen", seen + missed.len());
    assert!(missed.is_empty() && seen > 100, "not seen:\n{}", missed.join("\n"));
}

async fn tables(conn: &mut PgConnection, world: &World) -> Vec<Table> {
    let sql = "SELECT c.relname::text, bool_or(a.attname = 'center_id') FROM pg_class c \
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 WHERE c.relnamespace = 'public'::regnamespace \
        AND c.relkind IN ('r', 'p') AND a.attname IN ('center_id', 'city_id') AND c.relname <> 'center' GROUP BY 1 ORDER BY 1";
    let rows = conn.fetch_all(sql).await.expect("the catalogue");
    let table = |row: sqlx::postgres::PgRow| {
        let centers = row.get::<bool, _>(1);
        let (own, other) = if centers { (A, B) } else { ("zs", "other") };
        let key = if centers { "center_id" } else { "city_id" };
        Table { name: row.get(0), key, own: world.ids[own].clone(), other: world.ids[other].clone() }
    };
    rows.into_iter().map(table).collect()
}

/// A row for whom the world has none of: another's under their key, without the rows that it refers to.
async fn lend(conn: &mut PgConnection, Table { name, key, .. }: &Table, owner: &str) {
    for sql in [
        "SET LOCAL session_replication_role = replica".to_owned(),
        format!("CREATE TEMP TABLE lent ON COMMIT DROP AS SELECT * FROM {name} LIMIT 1"),
        format!("UPDATE lent SET {key} = '{owner}'"),
        format!("INSERT INTO {name} SELECT * FROM lent"),
        "DROP TABLE lent".to_owned(),
        "SET LOCAL session_replication_role = origin".to_owned(),
    ] {
        exec(conn, &sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    }
}

/// Every rule of a table, broken in every way.
async fn faults(conn: &mut PgConnection, table: &str) -> Vec<String> {
    let mut faults = vec![
        format!("ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"),
        format!("ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY"),
    ];
    let sql =
        format!("SELECT polname::text, polcmd::text FROM pg_policy WHERE polrelid = '{table}'::regclass ORDER BY 1");
    for row in conn.fetch_all(AssertSqlSafe(sql)).await.expect("the catalogue") {
        let (policy, command): (String, String) = (row.get(0), row.get(1));
        faults.push(format!("DROP POLICY {policy} ON {table}"));
        if command != "a" {
            faults.push(format!("ALTER POLICY {policy} ON {table} USING (true)"));
        }
        if ["*", "a", "w"].contains(&command.as_str()) {
            faults.push(format!("ALTER POLICY {policy} ON {table} WITH CHECK (true)"));
        }
    }
    faults
}

/// What the serving role tries.
struct Probe {
    center: String,
    city: String,
    account: String,
}

impl Probe {
    /// What is wrong with a table's wall after `fault`.
    async fn run(&self, conn: &mut PgConnection, table: &Table, fault: &str) -> Option<String> {
        exec(conn, "BEGIN").await.expect("a transaction");
        let Table { name, key, own, other } = table;
        for (probe, owner) in [("theirs", other), ("ours", own)] {
            if count(conn, &format!("SELECT count(*) FROM {name} WHERE {key} = '{owner}'")).await == Ok(0) {
                lend(conn, table, owner).await;
            }
            exec(
                conn,
                &format!(
                    "CREATE TEMP TABLE {probe} ON COMMIT DROP AS SELECT * FROM {name} WHERE {key} = '{owner}' LIMIT 1"
                ),
            )
            .await
            .expect("a copy");
            exec(conn, &format!("GRANT SELECT ON {probe} TO {APP}")).await.expect("a grant");
            assert_eq!(
                count(conn, &format!("SELECT count(*) FROM {probe}")).await,
                Ok(1),
                "{name}: the world has no row"
            );
        }
        exec(conn, fault).await.unwrap_or_else(|error| panic!("{fault}: {error}"));
        // The catalogue sees what no grant, or another rule, lets the serving role try.
        let found = match self.behaviour(conn, table).await {
            Some(found) => Some(found),
            None => self.catalogue(conn, table).await,
        };
        exec(conn, "ROLLBACK").await.expect("an end");
        found
    }

    async fn catalogue(&self, conn: &mut PgConnection, table: &Table) -> Option<String> {
        let name = &table.name;
        let forced = format!(
            "SELECT count(*) FROM pg_class WHERE oid = '{name}'::regclass AND relrowsecurity AND relforcerowsecurity"
        );
        let open = format!(
            "SELECT count(*) FROM pg_policy WHERE polrelid = '{name}'::regclass AND (pg_get_expr(polqual, polrelid) = 'true' \
             OR pg_get_expr(polwithcheck, polrelid) = 'true')"
        );
        let commands = format!(
            "SELECT count(DISTINCT polcmd) FROM pg_policy WHERE polrelid = '{name}'::regclass AND polcmd IN ('*', 'a', 'w', 'd')"
        );
        let wanted = if table.key == "center_id" { 1 } else { 3 };
        if count(conn, &forced).await != Ok(1) {
            return Some("it is not forced".to_owned());
        }
        if count(conn, &open).await != Ok(0) {
            return Some("a rule lets everything through".to_owned());
        }
        (count(conn, &commands).await != Ok(wanted)).then(|| "a command has no rule".to_owned())
    }

    async fn behaviour(&self, conn: &mut PgConnection, table: &Table) -> Option<String> {
        let Table { name, key, own, other } = table;
        let inside = if *key == "center_id" { self.center.as_str() } else { "" };
        let nobody = "a new row, or a change, that row-level security does not refuse";
        for (center, city, account, sql, wanted) in [
            (inside, &*self.city, "", format!("SELECT count(*) FROM {name} WHERE {key} = '{other}'"), Ok(0)),
            ("", "", "", format!("SELECT count(*) FROM {name}"), Ok(0)),
        ] {
            let got = self.as_app(conn, center, city, account, &sql).await;
            if got != wanted {
                return Some(format!("{sql}: {got:?}"));
            }
        }
        let own_rows = format!("SELECT count(*) FROM {name} WHERE {key} = '{own}'");
        if self.as_app(conn, inside, &self.city, "", &own_rows).await.is_ok_and(|rows| rows < 1) {
            return Some("its own rows are gone".to_owned());
        }
        if let Some(found) = self.exceptions(conn, table).await {
            return Some(found);
        }
        for sql in [
            format!("INSERT INTO {name} SELECT * FROM theirs"),
            format!("UPDATE {name} SET {key} = '{other}' WHERE {key} = '{own}'"),
        ] {
            let got = self.as_app(conn, inside, &self.city, "", &sql).await;
            if !got
                .as_ref()
                .is_err_and(|error| error.contains("row-level security") || error.contains("permission denied"))
            {
                return Some(format!("{nobody}: {sql}: {got:?}"));
            }
        }
        let outside = [
            format!("UPDATE {name} SET {key} = {key} WHERE {key} = '{other}'"),
            format!("DELETE FROM {name} WHERE {key} = '{other}'"),
        ];
        let mut tries: Vec<_> = outside.into_iter().map(|sql| (inside, sql)).collect();
        if *key == "city_id" {
            // A center of the city reads these and changes none.
            tries.push((self.center.as_str(), format!("UPDATE {name} SET {key} = {key} WHERE {key} = '{own}'")));
            tries.push((self.center.as_str(), format!("DELETE FROM {name} WHERE {key} = '{own}'")));
        }
        for (center, sql) in tries {
            let got = self.as_app(conn, center, &self.city, "", &sql).await;
            if !(got == Ok(0) || got.as_ref().is_err_and(|error| error.contains("permission denied"))) {
                return Some(format!("{nobody}: {sql}: {got:?}"));
            }
        }
        None
    }

    /// The two openings: one's own memberships before a place is chosen, and what centers report to their city.
    async fn exceptions(&self, conn: &mut PgConnection, table: &Table) -> Option<String> {
        let name = &table.name;
        if ["membership", "city_member"].contains(&name.as_str()) {
            let account = if name == "membership" {
                self.account.clone()
            } else {
                let sql = format!("SELECT account_id::text FROM {name} WHERE status = 'active' LIMIT 1");
                conn.fetch_one(AssertSqlSafe(sql)).await.expect("a member").get(0)
            };
            let own = self.as_app(conn, "", "", &account, &format!("SELECT count(*) FROM {name}")).await;
            let others = self
                .as_app(conn, "", "", &account, &format!("SELECT count(*) FROM {name} WHERE account_id <> '{account}'"))
                .await;
            return (own == Ok(0) || others != Ok(0))
                .then(|| format!("before a place is chosen: {own:?} and {others:?}"));
        }
        if [
            "case_referral",
            "center_export",
            "center_metric",
            "metric_day",
            "metric_difference",
            "rating_appeal",
            "rating_flag",
            "round_part",
        ]
        .contains(&name.as_str())
        {
            let own = self.as_app(conn, "", &self.city, "", &format!("SELECT count(*) FROM {name}")).await;
            let others = self
                .as_app(
                    conn,
                    "",
                    &self.city,
                    "",
                    &format!("SELECT count(*) FROM {name} WHERE city_id <> '{}'", self.city),
                )
                .await;
            return (own == Ok(0) || others != Ok(0)).then(|| format!("reported: {own:?} and {others:?}"));
        }
        None
    }

    /// Runs a statement as the serving role; rows counted or changed. Leaves nothing behind.
    async fn as_app(
        &self,
        conn: &mut PgConnection,
        center: &str,
        city: &str,
        account: &str,
        sql: &str,
    ) -> Result<i64, String> {
        exec(conn, "SAVEPOINT probe").await.expect("a savepoint");
        let settings = [("center_id", center), ("city_id", city), ("account_id", account)];
        for (name, value) in settings {
            exec(conn, &format!("SELECT set_config('app.{name}', '{value}', true)")).await.expect("a setting");
        }
        exec(conn, &format!("SET LOCAL ROLE {APP}")).await.expect("a role");
        let got = if sql.starts_with("SELECT") { count(conn, sql).await } else { exec(conn, sql).await };
        exec(conn, "ROLLBACK TO SAVEPOINT probe").await.expect("a way back");
        got
    }
}

/// A role that could pass the walls is not served with at all.
async fn roles(world: &World, conn: &mut PgConnection) -> Vec<(String, bool)> {
    let role = format!("gangping_test_{}", IdSource::system().unordered().simple());
    let url = world.test.cfg.url.replace("gangping_app:gangping_app", &format!("{role}:x"));
    let cfg = Database { url, ..world.test.cfg.clone() };
    let mut found = Vec::new();
    exec(conn, &format!("CREATE ROLE {role} LOGIN PASSWORD 'x'")).await.expect("a role");
    exec(conn, &format!("GRANT SELECT ON seaql_migrations TO {role}")).await.expect("a grant");
    assert!(Db::open(&cfg).await.is_ok(), "a harmless role is refused");
    for (give, take) in [
        (format!("ALTER ROLE {role} BYPASSRLS"), format!("ALTER ROLE {role} NOBYPASSRLS")),
        (format!("GRANT gangping_owner TO {role}"), format!("REVOKE gangping_owner FROM {role}")),
    ] {
        exec(conn, &give).await.expect("a right");
        found.push((give, Db::open(&cfg).await.is_err()));
        exec(conn, &take).await.expect("a right");
    }
    exec(conn, &format!("REVOKE ALL ON seaql_migrations FROM {role}")).await.expect("a grant");
    exec(conn, &format!("DROP ROLE {role}")).await.expect("a role");
    found
}

async fn exec(conn: &mut PgConnection, sql: &str) -> Result<i64, String> {
    let done = conn.execute(AssertSqlSafe(sql.to_owned())).await.map_err(|error| error.to_string())?;
    Ok(i64::try_from(done.rows_affected()).unwrap_or(i64::MAX))
}

async fn count(conn: &mut PgConnection, sql: &str) -> Result<i64, String> {
    let row = conn.fetch_one(AssertSqlSafe(sql.to_owned())).await.map_err(|error| error.to_string())?;
    Ok(row.get(0))
}
