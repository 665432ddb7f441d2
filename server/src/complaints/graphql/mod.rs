//! Complaints over GraphQL: names and types only.

mod inputs;
mod mutation;
mod query;
mod summary;
mod types;

pub use mutation::ComplaintsMutation;
pub use query::ComplaintsQuery;
pub use types::{ComplainantNode, ComplaintNode, ComplaintRef, MaskedComplainant};
