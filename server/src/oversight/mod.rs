//! Oversight: messages to members about what is theirs to know of, and the [`audit`]. A leaf: it calls no other context.
//!
//! A message is `new → acknowledged`. Its reason says why it was sent and of what kind its subject is; it is written in the
//! transaction of what it tells about. Each reads their own; whoever rates from outside, those about their round.

pub mod audit;
pub mod graphql;
pub mod repo;
pub mod service;
