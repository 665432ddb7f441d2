//! Oversight: messages to members about a case. (The audit log is written by the
//! transaction itself, see `db::tx`.) A leaf: it calls no other context.
//!
//! A message is `new → acknowledged`; it names the case and the reason it was sent.

pub mod graphql;
pub mod repo;
pub mod service;
