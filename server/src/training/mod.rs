//! Training sessions, skill tests, who took part, and who is still to be trained (6.7.1, 6.11.3, 6.12.10).
//!
//! Invariants: what counts is read off the attendance of sessions that were held, nothing is counted besides; a
//! session that was held keeps its day, kind and topic; nothing is deleted.

pub mod demo;
pub mod graphql;
pub mod repo;
pub mod service;
