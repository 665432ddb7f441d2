//! Integrated windows and the window of each item (6.6; domain section C.2).
//!
//! Invariants: the type of a window is its post's own field, written here as there; an item in use is served at the
//! integrated windows or at one dedicated post for a reason, never both and never neither; nothing is deleted.

pub mod demo;
pub mod graphql;
pub mod repo;
pub mod service;
