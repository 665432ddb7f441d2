//! Signs that ratings were not given freely (7.2.1.2; R-4): written when their day is over, looked into by somebody who
//! supervises, read by the city.
//!
//! ```text
//! watch (memory) ─▶ a day is over, or the process stops ─▶ open ─▶ kept | dismissed, with a reason
//! ```
//! Invariants: a flag names no rating and says only roughly how many; whoever works at a post or leads it says nothing of
//! it; a flag changes no figure, and none goes: what is dismissed stays with its reason; beside the results stands what is
//! open or kept, and only at rows that are shown.

pub mod graphql;
pub mod repo;
pub mod service;
