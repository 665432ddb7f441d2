//! The cases that bad ratings open (差评; domain section E.3, clauses 7.2.3.4.1 and 7.3.4). `domain::bad_ratings` has the states.
//!
//! ```text
//! job of the ratings: open ──▶ contact ─ verify ─ rectify ─ feed back ─ call back ─ close
//! rated side:  appeal ──▶ a row that names nobody ──▶ city's reviewer: list ─ open (a reason) ─ read ─ decide
//! ```
//! Invariants: whoever worked at the rated post on that day sees nothing of the case before it is verified, afterwards
//! neither remark nor contact, and takes no step in it; remark, contact and what was said are encrypted and removed some
//! time after it is closed; the city reads a case only inside [`Reach::Referred`](crate::auth::scope::Reach::Referred),
//! between opening an appeal and deciding it; a rating that is excluded stays, and so does the row that says so.

pub mod demo;
pub mod graphql;
pub mod repo;
pub mod service;
