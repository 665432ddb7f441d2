//! What somebody at a post works with.

pub mod today;
