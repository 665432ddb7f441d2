//! Black-box access to a running server: HTTP only, no crate of the product's.

pub mod http;
