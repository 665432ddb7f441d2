//! Oversight: messages to members about a case, and the audit: what was done, refused, revealed and exported, read and
//! verified by whoever administers the place. (The records are written by the transactions themselves, see
//! `db::chain`.) A leaf: of other contexts it knows only who is who.
//!
//! A message is `new → acknowledged`; it names the case and the reason it was sent.
//! A chain of records is followed by [`chain`] and compared with heads kept elsewhere by [`anchors`].

pub mod anchors;
pub mod chain;
pub mod graphql;
pub mod repo;
pub mod service;
