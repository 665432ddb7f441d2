//! The rules of Gangping, run by the server and the browser alike.
//!
//! Nothing here waits, reads a clock, logs or knows a database: callers pass the
//! instant, the calendar and the policy in. The features `db` and `graphql` add
//! derives to ids and enums only.

mod macros;

pub mod access;
pub mod appearance;
pub mod audit;
pub mod bad_ratings;
pub mod calendar;
pub mod calendar_list;
pub mod campaigns;
pub mod care;
pub mod center;
pub mod complaints;
pub mod csv;
pub mod evaluation;
pub mod files;
pub mod handling;
pub mod identity;
pub mod ids;
pub mod imports;
pub mod improvement;
pub mod items;
pub mod metrics;
pub mod model_posts;
pub mod notices;
pub mod permission;
pub mod phrases;
pub mod policy;
pub mod posts;
pub mod settings;
pub mod standardisation;
pub mod statistics;
pub mod talents;
pub mod tidal;
pub mod training;
pub mod violation;
pub mod volunteers;

pub use ids::*;
pub use violation::{Arg, Violation};
