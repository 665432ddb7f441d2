//! Tidal windows (6.13; domain section C.9): the queue, what is proposed from it, and what a lead made of that.
//!
//! Invariants: a reading moves the window's watch in its own transaction, under a lock on the post; the product proposes,
//! a lead decides; readings and work in the back stay as they were written down.

pub mod demo;
pub mod graphql;
pub mod repo;
pub mod service;
