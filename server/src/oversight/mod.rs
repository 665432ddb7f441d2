//! Oversight: messages to members about a case, and the [`audit`]. A leaf: it calls no other context.
//!
//! A message is `new → acknowledged`; it names the case and the reason it was sent.

pub mod audit;
pub mod graphql;
pub mod repo;
pub mod service;
