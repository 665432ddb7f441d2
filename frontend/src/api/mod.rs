//! The server, as the pages see it: typed operations against `schema.graphql`, one POST, coded errors.

pub mod account;
pub mod calendar;
pub mod care;
pub mod city;
mod client;
pub mod complaints;
pub mod files;
pub mod imports;
pub mod model_posts;
pub mod people;
pub mod portal;
pub mod posts;
pub mod referrals;
pub mod schema;
pub mod settings;
pub mod tenancy;
pub mod tidal;
pub mod training;

pub use client::{
    ApiError, FieldViolation, fetch, fetch_by_form, on_reauthenticate, on_signed_out, reauthenticated, request, run,
    send, send_file,
};
