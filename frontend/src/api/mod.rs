//! The server, as the pages see it: typed operations against `schema.graphql`, one POST, coded errors.

pub mod account;
pub mod calendar;
pub mod city;
mod client;
pub mod complaints;
pub mod people;
pub mod portal;
pub mod schema;
pub mod settings;
pub mod tenancy;

pub use client::{ApiError, FieldViolation, on_signed_out, request, run, send};
