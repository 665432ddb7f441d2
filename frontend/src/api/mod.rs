//! The server, as the pages see it: typed operations against `schema.graphql`, one POST, coded errors.

pub mod account;
pub mod analytics;
pub mod appearance;
pub mod bad_ratings;
pub mod calendar;
pub mod campaigns;
pub mod care;
pub mod city;
pub mod city_rounds;
mod client;
pub mod complaints;
pub mod files;
pub mod forms;
pub mod handling;
pub mod imports;
pub mod improvement;
pub mod improvement_plans;
pub mod items;
pub mod kiosk;
pub mod model_posts;
pub mod notices;
pub mod people;
pub mod phrases;
pub mod portal;
pub mod posts;
pub mod rating;
pub mod rating_flags;
pub mod ratings;
pub mod referrals;
pub mod representatives;
pub mod schema;
pub mod service_days;
pub mod settings;
pub mod standards;
pub mod talents;
pub mod tenancy;
pub mod third_party;
pub mod tidal;
pub mod training;
mod versions;
pub mod volunteers;

pub use client::{
    ApiError, FieldViolation, fetch, fetch_by_form, on_reauthenticate, on_signed_out, on_stale, reauthenticated,
    request, run, send, send_file,
};
