//! The server, as the pages see it: typed operations against `schema.graphql`, one POST, coded errors.

pub mod account;
pub mod appearance;
pub mod calendar;
pub mod care;
pub mod city;
mod client;
pub mod complaints;
pub mod files;
pub mod handling;
pub mod imports;
pub mod items;
pub mod model_posts;
pub mod people;
pub mod phrases;
pub mod portal;
pub mod posts;
pub mod referrals;
pub mod schema;
pub mod settings;
pub mod standards;
pub mod talents;
pub mod tenancy;
pub mod tidal;
pub mod training;
pub mod volunteers;

pub use client::{
    ApiError, FieldViolation, fetch, fetch_by_form, on_reauthenticate, on_signed_out, reauthenticated, request, run,
    send, send_file,
};
