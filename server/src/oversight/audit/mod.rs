//! The audit: what was done, refused, revealed and exported, read and verified by whoever administers the place. The
//! records themselves are written by the transactions they tell of, see `db::chain`.
//!
//! Invariants: one chain for each center and each city office; nobody reads another's; whoever reads finds no record
//! about a case in which they are complained about; looking is free, verifying and exporting are on record themselves.

pub mod anchors;
pub mod chain;
pub mod graphql;
pub mod repo;
pub mod service;
