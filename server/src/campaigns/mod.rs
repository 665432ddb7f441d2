//! Rounds of evaluation (7.2.3; domain sections F.1, F.5 to F.7): the roster of representatives, rounds with their
//! targets and raters, what raters fill in, and what becomes of it. `domain::campaigns` has the rules.
//!
//! ```text
//! plan ─▶ planned ─ open ─▶ open ─ close ─▶ closed ─ publish ─▶ published
//!           │ draw, invite     │ save, hand in   │ classify, reply
//! ```
//! Invariants: nobody rates themself, what is not theirs, by another form than the round's, or twice; what is being
//! filled in is sealed, and a form once handed in is never changed; where the vote is secret, who has voted is known
//! and what was voted stays sealed until the round is closed: then the forms are written without their raters, in an
//! order that says nothing. An evaluator reaches the rows of their round and no others: `db::tx` narrows every query,
//! not this module.

pub mod city;
pub mod demo;
pub mod graphql;
pub mod repo;
pub mod service;
