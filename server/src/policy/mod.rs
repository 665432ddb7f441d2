//! The values that the rules read (domain section K): what is in force, what was, and what a change would mean.
//!
//! Invariant: the city sets values and sees counts; which cases are counted, it does not see.

pub mod graphql;
mod repo;
pub mod service;
