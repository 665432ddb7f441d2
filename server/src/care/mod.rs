//! The care window and its home visits (6.15; domain section C.11).
//!
//! Invariants: need, log and whereabouts of a person are encrypted, leave by a logged look of whoever works at the window,
//! and are removed some time after the service is over; each step is a line in the log.

pub mod demo;
pub mod graphql;
pub mod repo;
pub mod service;
