//! Voluntary service (6.7; domain section C.3).
//!
//! Invariants: nobody writes of a day on which they did not serve at the post, nor of one before their induction; a
//! recipient confirms, by a code on their phone, by signing, or to a colleague; never the volunteer. Signatures and digits
//! of phones are encrypted and removed some time after.

pub mod demo;
pub mod graphql;
pub mod repo;
pub mod service;
