//! The official calendar of a city: which years are published, what a list would move, and publishing it.
//!
//! Invariant: the city sees how many cases move and by how much, never which; each center's cases move inside the center.

pub mod graphql;
mod repo;
pub mod service;
