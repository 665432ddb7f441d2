//! Light records of applications at windows (办件; 6.5; domain section C.1).
//!
//! Invariants: a case is received where its item is served; a refusal tells why, when and where; a promised day stays as
//! it was told; the recipient's reference and what was said are encrypted, and removed some time after the case is over;
//! each step is a line in the log.

pub mod demo;
pub mod graphql;
pub mod repo;
pub mod service;
