//! The portal: the anonymous face of a center (6.8.2, C.4). No tables of its own.
//!
//! A visitor has no account: the center's public code gives a scope that may file, and a
//! receipt code opens one case, in the words meant for its complainant. What happens between
//! colleagues, names and unfinished findings are not in these answers.

pub mod graphql;
pub mod repo;
pub mod service;
