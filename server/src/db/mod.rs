//! The only place that holds a database connection.
//!
//! ```text
//! Scope ── Db::read ──▶ ReadTx ── select::<E>() ──▶ ScopedSelect: bound to the center in scope
//! Granted ─ Db::write ─▶ WriteTx ─ insert, update … commit(AuditEvent); dropped = rolled back
//! ```
//! Invariants: no value that leaves this module implements sea-orm's `ConnectionTrait`; each
//! tenant's row is read and written under its owner's id; on PostgreSQL each transaction
//! carries that id in its settings, for the row-level security of `migration::rls`.
//! Before a scope exists (login, sessions, public codes) only the functions of [`identity`] run.

mod accounts;
pub mod appeals;
pub mod audit;
pub mod centers;
pub mod chain;
mod connect;
pub mod credentials;
mod files;
pub mod identity;
pub mod metrics;
pub mod platform;
mod ratings;
pub mod referrals;
pub mod reports;
mod select;
pub mod sessions;
mod settings;
pub mod takeaway;
mod tx;
pub mod volunteers;
mod wall;

use std::sync::Arc;

use domain::audit::AuditOutcome;
use sea_orm::DatabaseConnection;
use tokio::sync::Mutex;

pub use audit::{AuditEvent, Verb};
pub use select::ScopedSelect;
pub use tx::{ReadTx, WriteTx};

use self::settings::{Mode, Settings};
use crate::{
    auth::scope::{Granted, Scope},
    clock::{Clock, IdSource},
    config,
    error::Result,
};

/// The database of this process.
#[derive(Clone)]
pub struct Db {
    conn: DatabaseConnection,
    /// Connections of their own for [`identity`], whose functions hold one for a statement or two
    /// and wait for nothing meanwhile: a request may call them inside its transaction. From one
    /// pool, requests that each hold a connection and want a second would wait for each other.
    lobby: DatabaseConnection,
    clock: Clock,
    ids: IdSource,
    /// SQLite has one writer at a time: here they queue, instead of each asking again and again.
    turn: Option<Arc<Mutex<()>>>,
    /// Who adds to a chain of the audit next.
    chains: chain::Queues,
    /// Wall 1.
    filter: wall::Filter,
}

impl std::fmt::Debug for Db {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Db")
    }
}

impl Db {
    /// Opens the database that the settings name, ready to serve.
    ///
    /// # Errors
    /// When it cannot be reached, is not migrated, or would not hold the walls: a role on
    /// PostgreSQL that is superuser, may bypass row-level security or owns a table, durability
    /// switched off, or a SQLite that may corrupt its file.
    pub async fn open(cfg: &config::Database) -> anyhow::Result<Self> {
        let (conn, lobby) = connect::serving(cfg).await?;
        let turn = (cfg.kind()? == config::DatabaseKind::Sqlite).then(Arc::default);
        Ok(Self {
            conn,
            lobby,
            clock: Clock::system(),
            ids: IdSource::system(),
            turn,
            chains: chain::Queues::default(),
            filter: wall::Filter::STANDING,
        })
    }

    /// The same database, dating and numbering its audit events by another clock and source.
    #[must_use]
    pub fn with_clock(mut self, clock: Clock, ids: IdSource) -> Self {
        self.clock = clock;
        self.ids = ids;
        self
    }

    /// The same database without wall 1, to show that wall 2 stands alone (T-6).
    #[cfg(feature = "testing")]
    #[must_use]
    pub fn without_own_filter(self) -> Self {
        Self { filter: wall::Filter::dropped(), ..self }
    }

    /// Brings the tables up to date, as the owner, and gives the serving role its grants.
    ///
    /// # Errors
    /// When the database cannot be reached or a migration fails; a failed one leaves no trace.
    pub async fn migrate(cfg: &config::Database) -> anyhow::Result<()> {
        connect::migrate(cfg).await
    }

    /// A snapshot of what `scope` may see. Dropped when done.
    ///
    /// # Errors
    /// [`Error::Internal`](crate::error::Error::Internal) from the database.
    pub async fn read(&self, scope: &Scope) -> Result<ReadTx> {
        let tx = settings::begin(&self.conn, Mode::Read, &Settings::of(scope)).await?;
        Ok(ReadTx::new(tx, scope.clone(), self.filter))
    }

    /// The one transaction of a change. Dropped without a commit, it changes nothing.
    ///
    /// # Errors
    /// [`Error::Internal`](crate::error::Error::Internal) from the database.
    pub async fn write(&self, granted: &Granted) -> Result<WriteTx> {
        let turn = self.turn().await;
        let scope = granted.scope();
        let tx = settings::begin(&self.conn, Mode::Write, &Settings::of(scope)).await?;
        let read = ReadTx::new(tx, scope.clone(), self.filter);
        Ok(WriteTx::new(read, self.clock.now(), self.ids.next(), self.chains.clone(), turn))
    }

    /// Records that somebody tried what they may not, in the chain of their own place.
    ///
    /// # Errors
    /// [`Error::Internal`](crate::error::Error::Internal) from the database.
    pub async fn refused(&self, scope: &Scope, event: AuditEvent) -> Result<()> {
        let _turn = self.turn().await;
        let tx = settings::begin(&self.conn, Mode::Write, &Settings::of(scope)).await?;
        let record = chain::record(scope, self.ids.next(), event, AuditOutcome::Refused, self.clock.now());
        let _place = self.chains.turn(scope.owner()).await;
        chain::append(&tx, scope.owner(), record).await?;
        Ok(tx.commit().await?)
    }

    /// What may be asked before a scope exists.
    #[must_use]
    pub const fn identity(&self) -> identity::Identity<'_> {
        identity::Identity::new(self)
    }

    /// Setting up a city and its centers.
    #[must_use]
    pub const fn platform(&self) -> platform::Platform<'_> {
        platform::Platform::new(self)
    }

    /// Whether the database answers and has exactly this program's migrations.
    ///
    /// # Errors
    /// What is wrong.
    pub async fn ready(&self) -> anyhow::Result<()> {
        connect::check_migrated(&self.conn).await
    }

    /// Connections that are open, and those of them that nobody uses.
    #[must_use]
    pub fn connections(&self) -> (u64, u64) {
        let (open, idle) = connect::connections(&self.conn);
        (open.into(), u64::try_from(idle).unwrap_or_default())
    }

    /// Waits for the connections to end, e.g. before a test drops its database.
    pub async fn close(&self) {
        // Nothing to do about a connection that fails to close.
        let _ = self.lobby.clone().close().await;
        let _ = self.conn.clone().close().await;
    }

    /// Runs a query on each of the pool's `connections` at once, outside of any transaction of
    /// ours, and returns the first column of each answer: what a request would find left behind.
    ///
    /// # Errors
    /// When the database fails.
    #[cfg(feature = "testing")]
    pub async fn on_each_connection(&self, connections: usize, sql: &str) -> anyhow::Result<Vec<String>> {
        connect::on_each_connection(&self.conn, connections, sql).await
    }

    pub(crate) async fn turn(&self) -> Option<tokio::sync::OwnedMutexGuard<()>> {
        match &self.turn {
            Some(turn) => Some(turn.clone().lock_owned().await),
            None => None,
        }
    }
}
