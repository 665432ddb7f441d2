//! GraphQL: one schema merged from the contexts, one `Cx` a request.

pub mod context;
pub mod document;
pub mod error;
pub mod page;
pub mod refusals;
pub mod schema;
