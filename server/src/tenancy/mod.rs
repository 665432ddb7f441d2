//! Tenancy: who signs in, where they may work, and who works beside them.
//!
//! Invariants: roles are read at every request, never from the cookie; signing in and
//! choosing a place renew the session id; a place is one of the person's active
//! memberships or it does not exist for them.

pub mod centers;
pub mod graphql;
pub mod repo;
pub mod service;
