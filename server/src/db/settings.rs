//! Beginning a transaction, with the tenant's ids in its settings (wall 2).
#![expect(clippy::disallowed_methods, reason = "the one place that sends settings, made of ids only")]

use std::{future::poll_fn, task::Poll};

use domain::{AccountId, CenterId, CityId};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};

use crate::auth::scope::Scope;

/// What a transaction is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// One snapshot.
    Read,
    /// Changes, seen by itself at once.
    Write,
}

/// What row-level security compares with. Absent is set to `''`, which matches no row.
#[derive(Clone, Copy, Debug, Default)]
pub struct Settings {
    pub center: Option<CenterId>,
    pub city: Option<CityId>,
    pub account: Option<AccountId>,
}

impl Settings {
    /// Those of a scope.
    pub fn of(scope: &Scope) -> Self {
        Self { center: scope.tenant(), city: Some(scope.city()), account: scope.account() }
    }

    /// As SQL. The values are ids, so their text holds nothing but digits, letters and dashes.
    fn statement(&self) -> String {
        let text = |id: Option<String>| id.unwrap_or_default();
        format!(
            "SELECT set_config('app.center_id', '{}', true), set_config('app.city_id', '{}', true), \
             set_config('app.account_id', '{}', true)",
            text(self.center.map(|id| id.to_string())),
            text(self.city.map(|id| id.to_string())),
            text(self.account.map(|id| id.to_string())),
        )
    }

    /// Changes the settings of a transaction that is under way.
    pub async fn apply(&self, tx: &DatabaseTransaction) -> Result<(), DbErr> {
        if tx.get_database_backend() == DbBackend::Postgres {
            tx.execute_unprepared(&self.statement()).await?;
        }
        Ok(())
    }
}

/// Begins a transaction under `settings`.
pub async fn begin(conn: &DatabaseConnection, mode: Mode, settings: &Settings) -> Result<DatabaseTransaction, DbErr> {
    if conn.get_database_backend() != DbBackend::Postgres {
        let sqlite_transaction_mode = match mode {
            Mode::Read => SqliteTransactionMode::Deferred,
            // Taking the lock at once: a read that turned into a write could not be repeated.
            Mode::Write => SqliteTransactionMode::Immediate,
        };
        let options =
            TransactionOptions { sqlite_transaction_mode: Some(sqlite_transaction_mode), ..Default::default() };
        return conn.begin_with_options(options).await;
    }
    // In a task, which nobody cuts off: sqlx 0.9.0 knows of a transaction only once BEGIN has answered, and a request
    // that goes away in between would leave it open, with the tenant's settings, for the next one.
    let conn = conn.clone();
    let mut begun = Box::pin(async move { conn.begin().await });
    // Begun here, so that whoever asks first is served first: two fields of one request could wait for each other else.
    let tx = match poll_fn(|cx| Poll::Ready(begun.as_mut().poll(cx))).await {
        Poll::Ready(tx) => tx?,
        Poll::Pending => tokio::spawn(begun).await.map_err(|error| DbErr::Custom(error.to_string()))??,
    };
    // One round trip for everything that must hold before the first query.
    let statement = match mode {
        Mode::Read => {
            format!("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY; {}", settings.statement())
        }
        Mode::Write => settings.statement(),
    };
    tx.execute_unprepared(&statement).await?;
    Ok(tx)
}
