//! Appearance checks (annex A; domain section I.1): somebody at their post, looked at item by item.
//!
//! Invariants: nobody checks themself; what a check may tell of a person is decided in `domain::appearance` (sex is read to
//! choose a limit and words and is kept nowhere; the party badge lies apart, encrypted); a check is never changed, its
//! person reads it with the name of whoever made it and answers once.

pub mod demo;
pub mod graphql;
pub mod repo;
pub mod service;
