//! Databases on a PostgreSQL server for tests.
//!
//! Tests run in several processes at once: the roles and the template are made by whoever comes
//! first, under a lock that the server holds.

use std::{path::Path, str::FromStr};

use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, postgres::PgConnectOptions};

use super::database;
use crate::{clock::IdSource, config::Database, db::Db};

const OWNER: &str = "gangping_owner";
const APP: &str = "gangping_app";
/// Any number, the same in each process.
const LOCK: i64 = 0x6761_6e67_7465;

/// A server for tests.
pub struct Server {
    superuser: PgConnectOptions,
    template: String,
}

/// A database of one test.
pub struct Fresh {
    pub cfg: Database,
    pub superuser_url: String,
    name: String,
}

impl Server {
    /// The server at a superuser's address, with roles and template ready.
    pub async fn at(url: &str) -> anyhow::Result<Self> {
        let superuser = PgConnectOptions::from_str(url)?;
        let server = Self { superuser, template: format!("gangping_template_{}", fingerprint()?) };
        let mut conn = server.connect().await?;
        run(&mut conn, format!("SELECT pg_advisory_lock({LOCK})")).await?;
        let ready = server.prepare(&mut conn).await;
        run(&mut conn, format!("SELECT pg_advisory_unlock({LOCK})")).await?;
        conn.close().await?;
        ready.map(|()| server)
    }

    async fn prepare(&self, conn: &mut PgConnection) -> anyhow::Result<()> {
        for role in [OWNER, APP] {
            let known = conn.fetch_optional(AssertSqlSafe(format!("SELECT 1 FROM pg_roles WHERE rolname = '{role}'")));
            if known.await?.is_none() {
                let rights = "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE";
                run(conn, format!("CREATE ROLE {role} {rights} PASSWORD '{role}'")).await?;
            }
        }
        let template = &self.template;
        let known =
            conn.fetch_optional(AssertSqlSafe(format!("SELECT 1 FROM pg_database WHERE datname = '{template}'")));
        if known.await?.is_some() {
            return Ok(());
        }
        // Under another name until it is complete: a migration that fails leaves no half template.
        let draft = format!("{template}_draft");
        run(conn, format!("DROP DATABASE IF EXISTS {draft} WITH (FORCE)")).await?;
        run(conn, format!("CREATE DATABASE {draft} OWNER {OWNER}")).await?;
        Db::migrate(&self.cfg(&draft)).await?;
        run(conn, format!("ALTER DATABASE {draft} RENAME TO {template}")).await
    }

    /// A copy of the template.
    pub async fn fresh(&self) -> anyhow::Result<Fresh> {
        let name = format!("gangping_test_{}", IdSource::system().unordered().simple());
        let mut conn = self.connect().await?;
        // By files, not through the log of writes: a copy took a fifth of the time when it was measured.
        let template = &self.template;
        run(&mut conn, format!("CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy OWNER {OWNER}")).await?;
        conn.close().await?;
        let user = self.superuser.get_username();
        Ok(Fresh { cfg: self.cfg(&name), superuser_url: self.url(user, "", &name), name })
    }

    /// Drops a database of a test. One that stays behind harms nobody.
    pub async fn drop(&self, fresh: &Fresh) {
        if let Ok(mut conn) = self.connect().await {
            let _ = run(&mut conn, format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", fresh.name)).await;
        }
    }

    fn cfg(&self, name: &str) -> Database {
        let as_role = |role| self.url(role, &format!(":{role}"), name);
        database(as_role(APP), Some(as_role(OWNER)))
    }

    fn url(&self, user: &str, password: &str, name: &str) -> String {
        format!("postgres://{user}{password}@{}:{}/{name}", self.superuser.get_host(), self.superuser.get_port())
    }

    async fn connect(&self) -> anyhow::Result<PgConnection> {
        Ok(PgConnection::connect_with(&self.superuser).await?)
    }
}

async fn run(conn: &mut PgConnection, sql: String) -> anyhow::Result<()> {
    conn.execute(AssertSqlSafe(sql)).await?;
    Ok(())
}

/// Twelve digits that change with any file of the migrations.
fn fingerprint() -> anyhow::Result<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../migration");
    let mut files = Vec::new();
    for folder in ["src", "data"] {
        for entry in std::fs::read_dir(root.join(folder))? {
            files.push(entry?.path());
        }
    }
    files.sort();
    let mut hash = Sha256::new();
    for file in files {
        hash.update(std::fs::read(file)?);
    }
    Ok(hash.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect())
}
