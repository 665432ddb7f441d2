//! Analytics: figures that a center reports about itself and its city may read.
//!
//! Invariant: the city never reads a case. Each center's transactions write its figures
//! to `center_metric`; the city reads those.

pub mod graphql;
pub mod repo;
pub mod service;
