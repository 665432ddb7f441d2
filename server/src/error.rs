//! The only error that leaves a service. No prose: texts live in `locales/*/errors.json`.

use std::time::Duration;

use domain::{Violation, permission::Permission};
use sea_orm::{ConnAcquireErr, DbErr, SqlErr};

/// What could not be found. Another center's row is not found, never forbidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A person.
    Account,
    /// A round of evaluation.
    Campaign,
    /// A center.
    Center,
    /// A case.
    Complaint,
    /// A department.
    Department,
    /// A file.
    File,
    /// A member of the center.
    Member,
    /// A message.
    Notification,
    /// A case put before the city.
    Referral,
    /// A browser's session.
    Session,
    /// Any other row.
    Row,
}

/// Why a write lost against another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conflict {
    /// The row changed since it was read.
    Stale,
    /// The row changed since it was read, and has this version now.
    Newer(i32),
    /// The idempotency key was used with another body.
    KeyReused,
    /// A unique value is taken.
    Taken,
}

/// No `Display` on purpose: async-graphql would send it to the client as it is.
#[derive(Debug)]
pub enum Error {
    /// Nobody is signed in.
    Unauthenticated,
    /// Something weighty is asked for, and the password was shown too long ago.
    Reauthenticate {
        /// Whether a code of the authenticator has to be shown with it.
        second_factor: bool,
    },
    /// The role lacks a permission.
    Forbidden(Permission),
    /// The scope cannot reach this kind of row at all, e.g. the city a center's case.
    OutOfReach,
    /// There is none that the scope may see.
    NotFound(Kind),
    /// Another write was first.
    Conflict(Conflict),
    /// Rules are broken; each by name.
    Invalid(Vec<Violation>),
    /// Too often; try again later.
    RateLimited(Duration),
    /// Too much is asked at once; try again in a moment.
    Busy,
    /// Database and I/O: logged with the request id, never shown.
    Internal(anyhow::Error),
}

/// What services return.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) {
            return Self::Conflict(Conflict::Taken);
        }
        if matches!(error, DbErr::ConnectionAcquire(ConnAcquireErr::Timeout)) {
            tracing::warn!("no connection to the database was free in time");
            return Self::Busy;
        }
        Self::Internal(error.into())
    }
}

impl From<anyhow::Error> for Error {
    fn from(error: anyhow::Error) -> Self {
        Self::Internal(error)
    }
}

/// For the command line, where the cause may be shown.
impl From<Error> for anyhow::Error {
    fn from(error: Error) -> Self {
        match error {
            Error::Internal(cause) => cause,
            other => Self::msg(format!("{other:?}")),
        }
    }
}

impl From<Violation> for Error {
    fn from(violation: Violation) -> Self {
        Self::Invalid(vec![violation])
    }
}

impl Error {
    /// The code sent in GraphQL `extensions.code`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Reauthenticate { .. } => "REAUTHENTICATE",
            Self::Forbidden(_) | Self::OutOfReach => "FORBIDDEN",
            Self::NotFound(_) => "NOT_FOUND",
            Self::Conflict(Conflict::Stale | Conflict::Newer(_)) => "STALE",
            Self::Conflict(Conflict::KeyReused) => "KEY_REUSED",
            Self::Conflict(Conflict::Taken) => "TAKEN",
            Self::Invalid(_) => "INVALID",
            Self::RateLimited(_) => "RATE_LIMITED",
            Self::Busy => "BUSY",
            Self::Internal(_) => "INTERNAL",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_waited_in_vain_for_a_connection_is_told_that_there_is_a_lot_going_on() {
        assert_eq!(Error::from(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout)).code(), "BUSY");
        assert_eq!(Error::from(DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed)).code(), "INTERNAL");
    }
}
