//! Phrases (annex B; domain section I.2): what to say at a window and what never to say.
//!
//! Invariants: those that come with the product are everybody's and change by migration only; what a center makes of one
//! stands in its own table under the same id, and hides it. Nothing is deleted: a phrase is retired, and whatever names it
//! still shows it.

pub mod graphql;
pub mod repo;
pub mod service;
