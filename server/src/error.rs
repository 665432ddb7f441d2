//! The only error that leaves a service. No prose: texts live in `locales/*/errors.json`.

use std::time::Duration;

use domain::{Violation, permission::Permission};

/// What could not be found. Another center's row is not found, never forbidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Account,
    Center,
    Complaint,
    Department,
    Member,
    Notification,
    Row,
}

/// Why a write lost against another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conflict {
    /// The row changed since it was read.
    Stale,
    /// The idempotency key was used with another body.
    KeyReused,
    /// A unique value is taken.
    Taken,
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("unauthenticated")]
    Unauthenticated,
    #[error("forbidden: {0:?}")]
    Forbidden(Permission),
    /// The scope cannot reach this kind of row at all, e.g. the city a center's case.
    #[error("out of reach")]
    OutOfReach,
    #[error("not found: {0:?}")]
    NotFound(Kind),
    #[error("conflict: {0:?}")]
    Conflict(Conflict),
    #[error("invalid: {0:?}")]
    Invalid(Vec<Violation>),
    #[error("rate limited")]
    RateLimited(Duration),
    /// Database and I/O: logged with the request id, never shown.
    #[error("internal")]
    Internal(#[from] anyhow::Error),
}

pub type Result<T, E = Error> = std::result::Result<T, E>;

impl From<sea_orm::DbErr> for Error {
    fn from(error: sea_orm::DbErr) -> Self {
        if matches!(error.sql_err(), Some(sea_orm::SqlErr::UniqueConstraintViolation(_))) {
            return Self::Conflict(Conflict::Taken);
        }
        Self::Internal(error.into())
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
            Self::Forbidden(_) | Self::OutOfReach => "FORBIDDEN",
            Self::NotFound(_) => "NOT_FOUND",
            Self::Conflict(Conflict::Stale) => "STALE",
            Self::Conflict(Conflict::KeyReused) => "KEY_REUSED",
            Self::Conflict(Conflict::Taken) => "TAKEN",
            Self::Invalid(_) => "INVALID",
            Self::RateLimited(_) => "RATE_LIMITED",
            Self::Internal(_) => "INTERNAL",
        }
    }
}
