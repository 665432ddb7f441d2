//! The city's forms and their versions (7.2.1.1, 7.2.2.2; annexes D and E). `domain::evaluation::forms` has the rules.
//!
//! ```text
//! start, copy ─▶ draft ─ edit ─▶ draft ─ publish ─▶ published ─ retire ─▶ retired
//!                  └──── withdraw ─▶ withdrawn
//! ```
//! Invariants: what was published is never changed, since each change asks for a draft in the version that was read; a
//! version's content is one document that was checked as a whole; centers read what was published, drafts are the city's.

pub mod graphql;
mod repo;
pub mod service;
