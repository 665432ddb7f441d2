//! The standard's catalogue (DB4420/T 29—2023): edition, clauses, post kinds, features.
//! Shared by all tenants, written by migrations only; a leaf that calls no other context.

pub mod graphql;
pub mod repo;
pub mod service;
