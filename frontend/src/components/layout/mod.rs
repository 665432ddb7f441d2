//! The frame around the pages of each entry point.

pub mod public;
pub mod staff;
