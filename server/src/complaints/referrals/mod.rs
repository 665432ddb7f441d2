//! Cases put before the city (提请市级督办; domain sections B and E.1, Z-5). `domain::complaints::referral` has the states.
//!
//! ```text
//! center: put ──▶ a row that names nobody ──▶ city: list ─ open (a reason) ─ read, reveal (a reason) ─ answer
//! ```
//! Invariants: the city reads a case only inside [`Reach::Referred`](crate::auth::scope::Reach::Referred), between opening
//! it and answering it; each opening and each look at personal data is in the center's audit and timeline and told to its
//! supervision officers before anything is shown; what colleagues noted for each other is not shown.

pub mod graphql;
mod repo;
pub mod service;
