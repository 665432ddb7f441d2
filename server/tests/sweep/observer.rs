//! Looks at the tables from beside the product: as the file's reader on SQLite, as superuser on PostgreSQL.

use std::collections::{BTreeMap, BTreeSet};

use server::testing::TestDb;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, Row, SqliteConnection};

/// A connection of its own.
pub enum Observer {
    /// To the file.
    Sqlite(SqliteConnection),
    /// As superuser.
    Postgres(PgConnection),
}

/// Tables that name their owner in another way: what belongs to a center, with `?` for its id.
const BESIDE: &[(&str, &str)] = &[
    ("center", "id = ?"),
    ("invitation", "for_center = ?"),
    (
        "account",
        "id IN (SELECT account_id FROM membership WHERE center_id = ? AND display_name <> 'somebody with two places')",
    ),
    (
        "web_session",
        "account_id IN (SELECT account_id FROM membership WHERE center_id = ? AND display_name <> 'somebody with two places')",
    ),
    (
        "second_factor",
        "account_id IN (SELECT account_id FROM membership WHERE center_id = ? AND display_name <> 'somebody with two places')",
    ),
    (
        "recovery_code",
        "account_id IN (SELECT account_id FROM membership WHERE center_id = ? AND display_name <> 'somebody with two places')",
    ),
    (
        "known_device",
        "account_id IN (SELECT account_id FROM membership WHERE center_id = ? AND display_name <> 'somebody with two places')",
    ),
];

impl Observer {
    /// Beside `test`.
    pub async fn new(test: &TestDb) -> Self {
        match &test.superuser_url {
            Some(url) => Self::Postgres(PgConnection::connect(url).await.expect("a superuser's connection")),
            None => Self::Sqlite(SqliteConnection::connect(&test.cfg.url).await.expect("the file")),
        }
    }

    /// The first column of every row, which must be text.
    pub async fn texts(&mut self, sql: &str) -> Vec<String> {
        let sql = AssertSqlSafe(sql.to_owned());
        match self {
            Self::Sqlite(conn) => {
                let rows = conn.fetch_all(sql).await.unwrap_or_else(|error| panic!("{error}"));
                rows.iter().filter_map(|row| row.try_get::<Option<String>, _>(0).expect("text")).collect()
            }
            Self::Postgres(conn) => {
                let rows = conn.fetch_all(sql).await.unwrap_or_else(|error| panic!("{error}"));
                rows.iter().filter_map(|row| row.try_get::<Option<String>, _>(0).expect("text")).collect()
            }
        }
    }

    /// Changes what no operation can, while the world is made.
    pub async fn run(&mut self, sql: &str) {
        let sql = AssertSqlSafe(sql.to_owned());
        match self {
            Self::Sqlite(conn) => conn.execute(sql).await.map(|_| ()).expect("a statement"),
            Self::Postgres(conn) => conn.execute(sql).await.map(|_| ()).expect("a statement"),
        }
    }

    /// An id as this database writes it.
    pub fn id(&self, id: &str) -> String {
        match self {
            Self::Sqlite(_) => format!("X'{}'", id.replace('-', "")),
            Self::Postgres(_) => format!("'{id}'::uuid"),
        }
    }

    /// Every column, by table.
    pub async fn columns(&mut self) -> BTreeMap<String, Vec<String>> {
        let sql = match self {
            Self::Sqlite(_) => {
                "SELECT m.name || '.' || p.name FROM sqlite_master m, pragma_table_info(m.name) p WHERE m.type = 'table'"
            }
            Self::Postgres(_) => {
                "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = 'public'"
            }
        };
        let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for name in self.texts(sql).await {
            let (table, column) = name.split_once('.').expect("two names");
            tables.entry(table.to_owned()).or_default().push(column.to_owned());
        }
        tables
    }

    /// Every row of a center as text, by table.
    pub async fn rows(&mut self, center: &str) -> BTreeMap<String, Vec<String>> {
        let own = self.id(center);
        let mut found = BTreeMap::new();
        for (table, columns) in self.columns().await {
            let beside = BESIDE.iter().find(|(name, _)| *name == table).map(|(_, which)| which.replace('?', &own));
            let which = match beside {
                Some(which) => which,
                None if columns.iter().any(|column| column == "center_id") => format!("center_id = {own}"),
                None => continue,
            };
            let row = match self {
                Self::Sqlite(_) => {
                    columns.iter().map(|column| format!("quote({column})")).collect::<Vec<_>>().join(" || ',' || ")
                }
                Self::Postgres(_) => format!("{table}::text"),
            };
            let mut rows = self.texts(&format!("SELECT {row} FROM {table} WHERE {which}")).await;
            rows.sort_unstable();
            found.insert(table, rows);
        }
        found
    }

    /// The version that a row has now, where it counts its changes. One statement, always the same one: it is asked before
    /// most calls.
    pub async fn version(&mut self, tables: &[String], id: &str) -> Option<i64> {
        let id = uuid::Uuid::parse_str(id).ok()?;
        let arms: Vec<_> =
            tables.iter().map(|table| format!("SELECT CAST(version AS BIGINT) FROM {table} WHERE id = $1")).collect();
        let sql = AssertSqlSafe(arms.join(" UNION ALL "));
        match self {
            Self::Sqlite(conn) => sqlx::query_scalar(sql).bind(id).fetch_optional(conn).await,
            Self::Postgres(conn) => sqlx::query_scalar(sql).bind(id).fetch_optional(conn).await,
        }
        .unwrap_or_else(|error| panic!("{error}"))
    }

    /// How many records a chain holds of each verb and detail.
    pub async fn records(&mut self, table: &str, key: &str, owner: &str) -> BTreeMap<String, usize> {
        let sql = format!("SELECT verb || ' ' || coalesce(detail, '') FROM {table} WHERE {key} = {}", self.id(owner));
        let mut counts = BTreeMap::new();
        for record in self.texts(&sql).await {
            *counts.entry(record).or_default() += 1;
        }
        counts
    }

    /// The ids of the rows of a table.
    pub async fn ids_where(&mut self, table: &str, which: &str) -> BTreeSet<String> {
        let id = match self {
            Self::Sqlite(_) => "quote(id)",
            Self::Postgres(_) => "id::text",
        };
        let rows = self.texts(&format!("SELECT {id} FROM {table} WHERE {which}")).await;
        rows.iter().flat_map(|row| ids_in(row)).collect()
    }

    /// Every id that the rows of a center hold.
    pub async fn ids(&mut self, center: &str) -> BTreeSet<String> {
        let rows = self.rows(center).await;
        let text: Vec<_> = rows.into_values().flatten().collect();
        text.iter().flat_map(|row| ids_in(row)).collect()
    }
}

/// Ids in a row's text: with dashes on PostgreSQL, as `X'…'` on SQLite.
fn ids_in(row: &str) -> Vec<String> {
    let words = row.split(|c: char| !(c.is_ascii_hexdigit() || c == '-'));
    words
        .filter(|word| word.len() == 36 || word.len() == 32)
        .filter_map(|word| uuid::Uuid::parse_str(word).ok())
        .map(|id| id.to_string())
        .collect()
}
