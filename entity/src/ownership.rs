//! Who owns the rows of a table. Each entity implements exactly one of the first four traits
//! (a test checks), and the orphan rule keeps the server from adding impls of its own.

use sea_orm::EntityTrait;

/// Owned by one center: `center_id` leads its primary key, and every query of it is bound to
/// the center in scope.
pub trait CenterOwned: EntityTrait {
    /// The column that names the owner.
    const CENTER: Self::Column;
    /// The column that names the case a row is about. Only tables that have one are in reach of a city clerk inside a
    /// case that was put before the city; of those, the rows of that case.
    const CASE: Option<Self::Column> = None;
    /// The column that names the round of evaluation a row belongs to. An evaluator reaches tables that have one, and of
    /// those the rows of their round.
    const CAMPAIGN: Option<Self::Column> = None;
    /// The column that names whose a row is, where it belongs to no round: of such a table an evaluator reaches their own.
    const KEEPER: Option<Self::Column> = None;
}

/// Owned by a city: read by the city and its centers, written by the city alone.
pub trait CityOwned: EntityTrait {
    /// The column that names the owner.
    const CITY: Self::Column;
}

/// Changed by several clerks of a city at once: an update names the version it has seen.
pub trait CityVersioned: CityOwned {
    /// The column that counts the changes.
    const VERSION: Self::Column;
}

/// The standard: read by all, written by migrations.
pub trait Shared: EntityTrait {}

/// Accounts, sessions, cities and centers: touched by named functions of `server::db` only.
pub trait Platform: EntityTrait {}

/// Written inside its center, read by its city.
pub trait Reported: CenterOwned {
    /// The column that names the city which may read the row.
    const CITY: Self::Column;
}

/// Changed by several people at once: an update names the version it has seen.
pub trait Versioned: CenterOwned {
    /// The column that counts the changes.
    const VERSION: Self::Column;
}

/// Rows that may go again, while nothing refers to them: those of a batch that is taken back.
pub trait Removable: CenterOwned {}

/// May be changed without a version, because the last writer may win. A table with neither
/// this nor [`Versioned`] (the audit log, a timeline) cannot be updated at all.
pub trait Amendable: CenterOwned {}
