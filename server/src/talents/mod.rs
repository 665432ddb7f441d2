//! The talent service post (6.16; domain section C.12).
//!
//! Invariants: who a talent is and what was said are encrypted, leave by a logged look of whoever follows the request, and
//! are removed some time after it is over; each step is a line in the log, and each that is news says by when the next one
//! is due.

pub mod demo;
pub mod graphql;
pub mod repo;
pub mod service;
