//! Model posts (6.9, 6.10, 6.12; domain sections C.5, C.6, C.8): titles, their ledgers and what is missing.
//!
//! Invariants: each keeper sees the posts of one kind, another kind's are not there for them; nothing is deleted; what
//! the gaps count of a ledger is counted as entries are approved; sex, birth and party membership go into the rules and
//! come out as counts.

pub mod demo;
pub mod graphql;
pub mod repo;
pub mod service;
