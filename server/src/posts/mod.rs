//! Posts of a center, who works at them and who is where (chapter 6; domain section C).
//!
//! Invariants: nothing is deleted, what was a mistake is cancelled and stays to be read; one main post at a time for
//! each person; what only some may know of a person is one encrypted field and leaves by a logged look alone.

pub mod demo;
pub mod graphql;
pub mod repo;
pub mod service;
