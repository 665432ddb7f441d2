//! The statements of an inbox request, as the server issues them, without the server.
//! `bench statements` compares them with the server's log.

use std::{str::FromStr, sync::Arc};

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{
    PgPool, Postgres, Sqlite, SqlitePool,
    postgres::{PgPoolOptions, PgRow},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteRow},
};
use uuid::Uuid;

use crate::{ROWS, Viewer};

const COMPLAINT: &str = "id number version status class subject channel body name_mask phone_mask has_address \
    handler_id assignee_id respondent_id proposer_id approver_id reviewer_id received_at due_at queue_at due_step \
    extensions paused paused_days escalation outcome finding measures review_until review_reason review_outcome \
    is_open last_event_kind last_event_at referred_at";
const ACCEPTED: &str = r#"FROM "complaint" WHERE "complaint"."center_id" = ? AND ("complaint"."respondent_id" IS NULL OR "complaint"."respondent_id" <> ?) AND TRUE AND "complaint"."status" = ?"#;
const PLACE: &str = r#"SELECT "membership"."center_id", "membership"."campaign_id", "membership"."display_name", "membership"."title", "membership"."role", "membership"."valid_from", "membership"."valid_until", "center"."city_id", "center"."code", "center"."name_zh", "center"."name_en" FROM "membership" INNER JOIN "account" ON "membership"."account_id" = "account"."id" INNER JOIN "center" ON "membership"."center_id" = "center"."id" WHERE "membership"."account_id" = ? AND "membership"."status" = ? AND ("membership"."valid_from" IS NULL OR "membership"."valid_from" <= ?) AND ("membership"."valid_until" IS NULL OR "membership"."valid_until" >= ?) AND "account"."status" = ? AND "center"."status" IN (?, ?) AND "membership"."center_id" = ? AND "center"."city_id" = ? AND "membership"."campaign_id" IS NULL ORDER BY "center"."position" ASC, "center"."code" ASC"#;

/// One statement with its values and the types of its columns.
pub struct Statement {
    pub sql: String,
    values: Vec<Value>,
    columns: Vec<Kind>,
}

/// Statements that run one after another.
pub struct Unit {
    /// Row-level security's settings, when they run in a transaction.
    settings: Option<String>,
    pub statements: Vec<Statement>,
}

enum Value {
    Id(Uuid),
    Text(String),
    Number(i64),
    Day(NaiveDate),
    Time(DateTime<Utc>),
}

#[derive(Clone, Copy)]
enum Kind {
    Id,
    Text,
    Number,
    Count,
    Flag,
    Day,
    Time,
}

/// The inbox itself: a page, the names on it, how many there are.
pub fn inbox(viewer: Viewer, people: &[Uuid]) -> Vec<Unit> {
    let accepted = || {
        let (center, me) = (Value::Id(viewer.center), Value::Id(viewer.account));
        vec![center, me, Value::Text("accepted".to_owned())]
    };
    let order = r#"ORDER BY "complaint"."queue_at" ASC, "complaint"."id" ASC LIMIT ?"#;
    let named = |name: &str| match name {
        "has_address" => r#""complaint"."address_enc" IS NOT NULL AS "has_address""#.to_owned(),
        name => format!(r#""complaint"."{name}" AS "{name}""#),
    };
    let columns_of_list = COMPLAINT.split_whitespace().map(named).collect::<Vec<_>>().join(", ");
    let list = format!("SELECT {columns_of_list} {ACCEPTED} {order}");
    let mut of_list = accepted();
    of_list.push(Value::Number(ROWS + 1));
    let member = "center_id id account_id role display_name title status valid_from valid_until campaign_id";
    let marks = vec!["?"; people.len()].join(", ");
    let names = format!(
        r#"SELECT {} FROM "membership" WHERE "membership"."center_id" = ? AND "membership"."account_id" IN ({marks}) ORDER BY "membership"."role" ASC"#,
        columns("membership", member)
    );
    let of_names = std::iter::once(viewer.center).chain(people.iter().copied()).map(Value::Id);
    let count = format!("SELECT COUNT(*) {ACCEPTED} LIMIT ?");
    let mut of_count = accepted();
    of_count.push(Value::Number(1));
    vec![Unit {
        settings: Some(settings(&[("center", viewer.center), ("city", viewer.city), ("account", viewer.account)])),
        statements: vec![
            Statement { sql: list, values: of_list, columns: kinds(COMPLAINT) },
            Statement { sql: names, values: of_names.collect(), columns: kinds(member) },
            Statement { sql: count, values: of_count, columns: vec![Kind::Count] },
        ],
    }]
}

/// Everything that the server asks the database in such a request: the session, then in one
/// transaction whether the person works there, and the inbox.
pub fn whole(viewer: Viewer, people: &[Uuid], session: &str) -> Vec<Unit> {
    let session_columns = "id_hash account_id data browser created_at expires_at";
    let load = format!(
        r#"SELECT {} FROM "web_session" WHERE "web_session"."id_hash" = ? AND "web_session"."expires_at" > ? LIMIT ?"#,
        columns("web_session", session_columns)
    );
    let of_load = vec![Value::Text(session.to_owned()), Value::Time(DateTime::UNIX_EPOCH), Value::Number(1)];
    let text = |word: &str| Value::Text(word.to_owned());
    let today = || Value::Day(DateTime::UNIX_EPOCH.date_naive());
    let place = Statement {
        sql: PLACE.to_owned(),
        values: vec![
            Value::Id(viewer.account),
            text("active"),
            today(),
            today(),
            text("active"),
            text("active"),
            text("closing"),
            Value::Id(viewer.center),
            Value::Id(viewer.city),
        ],
        columns: kinds(
            "center_id campaign_id display_name title role valid_from valid_until city_id code name_zh name_en",
        ),
    };
    let mut units = inbox(viewer, people);
    if let Some(transaction) = units.first_mut() {
        transaction.statements.insert(0, place);
    }
    let load = Statement { sql: load, values: of_load, columns: kinds(session_columns) };
    units.insert(0, Unit { settings: None, statements: vec![load] });
    units
}

fn columns(table: &str, names: &str) -> String {
    names.split_whitespace().map(|name| format!(r#""{table}"."{name}""#)).collect::<Vec<_>>().join(", ")
}

fn kinds(names: &str) -> Vec<Kind> {
    names.split_whitespace().map(kind).collect()
}

/// What a column holds, by its name.
fn kind(name: &str) -> Kind {
    match name {
        "happened_on" | "valid_from" | "valid_until" => Kind::Day,
        "is_open" | "has_address" => Kind::Flag,
        "version" | "step_days" | "extensions" | "extended_days" | "paused_days" => Kind::Number,
        "id" | "registered_by" | "merged_into" => Kind::Id,
        "review_until" => Kind::Time,
        name if name.ends_with("_id") => Kind::Id,
        name if name.ends_with("_at") => Kind::Time,
        _ => Kind::Text,
    }
}

fn settings(known: &[(&str, Uuid)]) -> String {
    let set = |name: &str| {
        let id = known.iter().find(|(key, _)| *key == name).map(|(_, id)| id.to_string()).unwrap_or_default();
        format!("set_config('app.{name}_id', '{id}', true)")
    };
    format!(
        "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT {}, {}, {}",
        set("center"),
        set("city"),
        set("account")
    )
}

/// `?` as `$1`, `$2` …
pub fn numbered(sql: &str) -> String {
    let mut parts = sql.split('?');
    let first = parts.next().unwrap_or_default().to_owned();
    (1..).zip(parts).fold(first, |sql, (n, part)| format!("{sql}${n}{part}"))
}

/// The same for each database: sqlx has no type over both that decodes ids and times.
macro_rules! through {
    ($module:ident, $database:ty, $row:ty, $pool:ty, $sql:expr, $has_settings:expr) => {
        pub mod $module {
            use sqlx::{AssertSqlSafe, Row};

            use super::*;
            use crate::measure::Work;

            /// Statements ready to run, over a pool.
            pub struct Worker {
                pool: $pool,
                units: Arc<Vec<(Option<String>, Vec<(Arc<str>, Statement)>)>>,
            }

            pub fn workers(pool: &$pool, units: Vec<Unit>, count: usize) -> Vec<Worker> {
                let sql: fn(&str) -> String = $sql;
                let ready = |statement: Statement| (Arc::from(sql(&statement.sql)), statement);
                let ready = |unit: Unit| (unit.settings, unit.statements.into_iter().map(ready).collect());
                let units = Arc::new(units.into_iter().map(ready).collect());
                (0..count).map(|_| Worker { pool: pool.clone(), units: Arc::clone(&units) }).collect()
            }

            /// The hash of the newest session's id.
            pub async fn session(pool: &$pool) -> anyhow::Result<String> {
                let newest = "SELECT id_hash FROM web_session ORDER BY created_at DESC LIMIT 1";
                Ok(sqlx::query(newest).fetch_one(pool).await?.try_get(0)?)
            }

            impl Work for Worker {
                async fn once(&mut self) -> anyhow::Result<()> {
                    for (settings, statements) in self.units.iter() {
                        let Some(settings) = settings else {
                            for (sql, statement) in statements {
                                read(query(sql, statement).fetch_all(&self.pool).await?, statement)?;
                            }
                            continue;
                        };
                        let mut tx = self.pool.begin().await?;
                        if $has_settings {
                            sqlx::raw_sql(AssertSqlSafe(settings.as_str())).execute(&mut *tx).await?;
                        }
                        for (sql, statement) in statements {
                            read(query(sql, statement).fetch_all(&mut *tx).await?, statement)?;
                        }
                        drop(tx);
                    }
                    Ok(())
                }
            }

            fn query(
                sql: &Arc<str>,
                statement: &Statement,
            ) -> sqlx::query::Query<'static, $database, <$database as sqlx::Database>::Arguments> {
                let mut query = sqlx::query(AssertSqlSafe(Arc::clone(sql)));
                for value in &statement.values {
                    query = match value {
                        Value::Id(id) => query.bind(*id),
                        Value::Text(text) => query.bind(text.clone()),
                        Value::Number(number) => query.bind(*number),
                        Value::Day(day) => query.bind(*day),
                        Value::Time(time) => query.bind(*time),
                    };
                }
                query
            }

            /// Decodes every column of every row.
            fn read(rows: Vec<$row>, statement: &Statement) -> anyhow::Result<()> {
                for row in &rows {
                    for (i, kind) in statement.columns.iter().enumerate() {
                        match kind {
                            Kind::Id => keep(row.try_get::<Option<Uuid>, _>(i)?),
                            Kind::Text => keep(row.try_get::<Option<String>, _>(i)?),
                            Kind::Number => keep(row.try_get::<Option<i32>, _>(i)?),
                            Kind::Count => keep(row.try_get::<i64, _>(i)?),
                            Kind::Flag => keep(row.try_get::<Option<bool>, _>(i)?),
                            Kind::Day => keep(row.try_get::<Option<NaiveDate>, _>(i)?),
                            Kind::Time => keep(row.try_get::<Option<DateTime<Utc>>, _>(i)?),
                        }
                    }
                }
                Ok(())
            }

            fn keep<T>(value: T) {
                std::hint::black_box(value);
            }
        }
    };
}

through!(sqlite, Sqlite, SqliteRow, SqlitePool, |sql| sql.to_owned(), false);
through!(postgres, Postgres, PgRow, PgPool, numbered, true);

/// A pool as the server's.
pub async fn sqlite_pool(url: &str, size: u32) -> anyhow::Result<SqlitePool> {
    let options = SqliteConnectOptions::from_str(url)?.journal_mode(SqliteJournalMode::Wal).foreign_keys(true);
    let pool = SqlitePoolOptions::new().max_connections(size).test_before_acquire(false);
    Ok(pool.connect_with(options).await?)
}

/// The same.
pub async fn postgres_pool(url: &str, size: u32) -> anyhow::Result<PgPool> {
    Ok(PgPoolOptions::new().max_connections(size).test_before_acquire(false).connect(url).await?)
}
