//! Pools, and what must hold of a database before it may serve.
#![expect(clippy::disallowed_methods, reason = "the one place that opens connections and looks at settings")]

use std::{str::FromStr, time::Duration};

use anyhow::{Context, bail, ensure};
use migration::{Migrator, MigratorTrait, rls};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, SqlxPostgresConnector, SqlxSqliteConnector, Statement};
use sqlx::{
    Connection,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use crate::config::{self, DatabaseKind};

/// How long a statement may run on PostgreSQL (G-8).
const STATEMENT_TIMEOUT: &str = "3s";
/// How long a request waits for a connection.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);
/// Below this SQLite's WAL can corrupt a file that a pool has open twice.
const SQLITE_AT_LEAST: [u32; 3] = [3, 51, 3];
/// So many rows of a result are read ahead: the largest page of a list, or the centers of a large city.
const SQLITE_ROWS: usize = 1_000;
/// Any number, the same in each process: two migrations at once would trip over each other.
const MIGRATION_LOCK: i64 = 0x6761_6e67;

/// Two pools that may serve: for requests, and a quarter of its size for identity.
pub async fn serving(cfg: &config::Database) -> anyhow::Result<(DatabaseConnection, DatabaseConnection)> {
    let beside = cfg.max_connections.div_ceil(4);
    let (conn, lobby) = match cfg.kind()? {
        DatabaseKind::Sqlite => (sqlite(cfg, cfg.max_connections).await?, sqlite(cfg, beside).await?),
        DatabaseKind::Postgres => {
            let conn = postgres(&cfg.url, cfg.max_connections, STATEMENT_TIMEOUT).await?;
            check_role(&conn).await?;
            if !cfg.allow_unsafe_durability {
                check_durability(&conn).await?;
            }
            (conn, postgres(&cfg.url, beside, STATEMENT_TIMEOUT).await?)
        }
    };
    check_migrated(&conn).await?;
    Ok((conn, lobby))
}

/// One connection of the role that owns the tables.
pub async fn owner(cfg: &config::Database) -> anyhow::Result<DatabaseConnection> {
    match cfg.kind()? {
        DatabaseKind::Sqlite => sqlite(cfg, 1).await,
        DatabaseKind::Postgres => {
            let owner = cfg.owner_url.as_deref().context(
                "database.owner_url is not set: this is done as the role that owns the tables on PostgreSQL",
            )?;
            postgres(owner, 1, "0").await
        }
    }
}

/// Migrates; see [`Db::migrate`](super::Db::migrate).
pub async fn migrate(cfg: &config::Database) -> anyhow::Result<()> {
    match cfg.kind()? {
        DatabaseKind::Sqlite => {
            let conn = owner(cfg).await?;
            let done = Migrator::up(&conn, None).await.context("migrating the database");
            conn.close().await?;
            done
        }
        DatabaseKind::Postgres => {
            let app = PgConnectOptions::from_str(&cfg.url).context("database.url")?;
            // One connection: the lock belongs to it.
            let conn = owner(cfg).await?;
            conn.execute_unprepared(&format!("SELECT pg_advisory_lock({MIGRATION_LOCK})")).await?;
            let done = Migrator::up(&conn, None).await.context("migrating the database");
            let done = match done {
                Ok(()) => rls::grant(&conn, app.get_username()).await.context("granting to the serving role"),
                failed => failed,
            };
            conn.close().await?;
            done
        }
    }
}

async fn sqlite(cfg: &config::Database, connections: u32) -> anyhow::Result<DatabaseConnection> {
    let options = SqliteConnectOptions::from_str(&cfg.url)
        .context("database.url")?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // An acknowledged write survives a power cut.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        // Of a thousand rows each fiftieth would wait until it is asked for.
        .row_buffer_size(SQLITE_ROWS)
        .busy_timeout(Duration::from_secs(5));
    let pool = SqlitePoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .test_before_acquire(false)
        .connect_with(options)
        .await
        .context("opening the SQLite database")?;
    let conn = SqlxSqliteConnector::from_sqlx_sqlite_pool(pool);
    let version: String = ask(&conn, "SELECT sqlite_version() AS answer").await?;
    check_sqlite_version(&version)?;
    Ok(conn)
}

fn check_sqlite_version(version: &str) -> anyhow::Result<()> {
    let parts: Vec<u32> = version.split('.').map_while(|part| part.parse().ok()).collect();
    ensure!(
        parts.as_slice() >= SQLITE_AT_LEAST.as_slice(),
        "SQLite {version} may corrupt the database (WAL reset); at least 3.51.3 is needed"
    );
    Ok(())
}

async fn postgres(url: &str, connections: u32, timeout: &str) -> anyhow::Result<DatabaseConnection> {
    let options = PgConnectOptions::from_str(url)
        .context("the PostgreSQL address")?
        .options([("statement_timeout", timeout), ("client_min_messages", "error")]);
    let pool = PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        // A check at each use would cost a round trip; one that lay idle is checked below.
        .test_before_acquire(false)
        .before_acquire(|conn, meta| {
            Box::pin(async move {
                if meta.idle_for > Duration::from_secs(30) {
                    conn.ping().await?;
                }
                Ok(true)
            })
        })
        .connect_with(options)
        .await
        .context("connecting to PostgreSQL")?;
    Ok(SqlxPostgresConnector::from_sqlx_postgres_pool(pool))
}

/// Row-level security holds against neither a superuser nor, without FORCE, an owner (T-3).
async fn check_role(conn: &DatabaseConnection) -> anyhow::Result<()> {
    let wrong: String = ask(
        conn,
        "SELECT concat_ws(', ', \
           CASE WHEN bool_or(r.rolsuper) THEN 'is superuser' END, \
           CASE WHEN bool_or(r.rolbypassrls) THEN 'bypasses row-level security' END, \
           CASE WHEN EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
                  WHERE n.nspname = 'public' AND pg_has_role(current_user, c.relowner, 'MEMBER')) \
                THEN 'owns tables, or belongs to their owner' END, \
           CASE WHEN EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
                  WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') \
                  AND has_table_privilege(c.oid, 'TRUNCATE, REFERENCES, TRIGGER')) \
                THEN 'may truncate, reference or put triggers on a table' END) AS answer \
         FROM pg_roles r WHERE pg_has_role(current_user, r.oid, 'MEMBER')",
    )
    .await?;
    ensure!(
        wrong.is_empty(),
        "the PostgreSQL role of database.url {wrong}: the walls between centers would not hold. \
         Serve as a role without those rights, and migrate as the owner (database.owner_url)"
    );
    let open: i64 = ask(
        conn,
        "SELECT count(DISTINCT c.oid) AS answer FROM pg_class c \
         JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid \
         WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND a.attname = 'center_id' \
         AND NOT (c.relrowsecurity AND c.relforcerowsecurity)",
    )
    .await?;
    ensure!(open == 0, "{open} tables of centers have no forced row-level security");
    Ok(())
}

async fn check_durability(conn: &DatabaseConnection) -> anyhow::Result<()> {
    for setting in ["fsync", "synchronous_commit"] {
        let value: String = ask(conn, &format!("SELECT current_setting('{setting}') AS answer")).await?;
        ensure!(value != "off", "PostgreSQL runs with {setting} = off: a power cut would lose acknowledged writes");
    }
    Ok(())
}

/// See [`Db::ready`](super::Db::ready).
pub async fn check_migrated(conn: &DatabaseConnection) -> anyhow::Result<()> {
    // Not by the Migrator: it would first create its table, which the serving role may not.
    let applied = conn
        .query_all_raw(plain(conn.get_database_backend(), "SELECT version FROM seaql_migrations"))
        .await
        .context("the database is not migrated (run `gangping migrate`), or the role may not read it")?;
    let mut names = Vec::new();
    for row in applied {
        names.push(row.try_get::<String>("", "version")?);
    }
    let known: Vec<String> = Migrator::migrations().iter().map(|migration| migration.name().to_owned()).collect();
    if let Some(pending) = known.iter().find(|name| !names.contains(name)) {
        bail!("migration {pending} is not applied: run `gangping migrate`");
    }
    if let Some(newer) = names.iter().find(|name| !known.contains(name)) {
        bail!("the database has migration {newer}, which this program does not know: it is older than the data");
    }
    Ok(())
}

/// The size of the pool and how many of it are idle.
pub fn connections(conn: &DatabaseConnection) -> (u32, usize) {
    if conn.get_database_backend() == DbBackend::Postgres {
        let pool = conn.get_postgres_connection_pool();
        (pool.size(), pool.num_idle())
    } else {
        let pool = conn.get_sqlite_connection_pool();
        (pool.size(), pool.num_idle())
    }
}

async fn ask<T: sea_orm::TryGetable>(conn: &DatabaseConnection, sql: &str) -> anyhow::Result<T> {
    let row = conn.query_one_raw(plain(conn.get_database_backend(), sql)).await?;
    Ok(row.context("the database gave no answer")?.try_get("", "answer")?)
}

/// See [`Db::on_each_connection`](super::Db::on_each_connection).
#[cfg(feature = "testing")]
pub async fn on_each_connection(
    conn: &DatabaseConnection,
    connections: usize,
    sql: &str,
) -> anyhow::Result<Vec<String>> {
    use sqlx::{AssertSqlSafe, Executor, Row};
    let mut answers = Vec::new();
    if conn.get_database_backend() == DbBackend::Postgres {
        let pool = conn.get_postgres_connection_pool();
        let mut held = Vec::new();
        for _ in 0..connections {
            held.push(pool.acquire().await?);
        }
        for conn in &mut held {
            answers.push(conn.fetch_one(AssertSqlSafe(sql.to_owned())).await?.try_get(0)?);
        }
    } else {
        let pool = conn.get_sqlite_connection_pool();
        let mut held = Vec::new();
        for _ in 0..connections {
            held.push(pool.acquire().await?);
        }
        for conn in &mut held {
            answers.push(conn.fetch_one(AssertSqlSafe(sql.to_owned())).await?.try_get(0)?);
        }
    }
    Ok(answers)
}

fn plain(backend: DbBackend, sql: &str) -> Statement {
    Statement::from_string(backend, sql)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_sqlite_that_may_corrupt_its_file_is_refused() {
        for old in ["3.46.0", "3.51.2", "3.7.17", "2.99.99", ""] {
            assert!(check_sqlite_version(old).is_err(), "{old}");
        }
        for good in ["3.51.3", "3.51.10", "3.52.0", "4.0.0"] {
            assert!(check_sqlite_version(good).is_ok(), "{good}");
        }
    }
}
