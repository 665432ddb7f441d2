//! Complaints on the server (clauses 6.8.1–6.8.11, C.8, 7.1.3, 7.3.4).
//!
//! The rules and the diagram of states are `domain::complaints`; here are the queries, the
//! use cases and the API. Invariants kept here: one step, one transaction, one timeline
//! entry, one audit event; the person complained about finds no trace of the case.

pub mod graphql;
pub mod referrals;
pub mod repo;
pub mod service;
