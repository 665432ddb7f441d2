//! What the center's administrator works with.

pub mod approvals;
pub mod export;
