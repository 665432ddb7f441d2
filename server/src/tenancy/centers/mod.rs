//! The centers of a city, as its office administers them, and what a center takes along when it leaves
//! (`domain::center` has the states; T-11, Z-9).
//!
//! Invariant: the city moves a center from state to state and sees when its data was taken; the data itself is handed to
//! the center's own administrator alone.

pub mod export;
pub mod graphql;
mod repo;
pub mod service;
