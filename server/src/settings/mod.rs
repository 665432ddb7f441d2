//! Settings: what a center keeps about itself, by its administrator.
//!
//! Invariants: nothing is deleted that a case may refer to, it is retired; at least one way to complain stays published
//! (6.8.2); a device's credential is shown once and stored as a hash; a kiosk stays one, and its PIN is stored as what it
//! is checked by.

pub mod graphql;
pub mod repo;
pub mod service;
