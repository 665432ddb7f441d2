//! Analytics: figures that a center reports about itself and its city may read.
//!
//! ```text
//! something happens in a center ─▶ its transaction counts it: metric_day, by figure, day and part
//! the city asks ─▶ one statement adds up ─▶ domain::statistics says what differs by more than chance
//! night ─▶ everything is counted again, and what differs is told ─▶ a period is over for a week ─▶ it is closed as it is
//! two persons of the city ─▶ its figures are published, by name
//! ```
//! Invariants: the city never reads a case. Each center's transactions write its figures; the city reads those. A figure
//! about too few is shown to nobody, nor what would tell it by subtraction. A closed period stays as it was, and what was
//! corrected since is shown beside it. Nothing is mended in silence.

pub mod counting;
pub mod demo;
pub mod graphql;
pub mod repo;
pub mod service;
