//! Gangping's server: GraphQL over axum, SQLite or PostgreSQL.
//!
//! ```text
//! HTTP ─ session ─ Scope ─▶ <context>/graphql ─▶ service ─▶ repo ─▶ db::{ReadTx, WriteTx}
//!                                            domain::<context> ◀──┘ rules
//! ```
// Each context merged into the schema is one level more of the type of its futures.
#![recursion_limit = "256"]

pub mod analytics;
pub mod appearance;
pub mod auth;
pub mod bad_ratings;
pub mod calendar;
pub mod campaigns;
pub mod care;
pub mod cli;
pub mod clock;
pub mod complaints;
pub mod config;
pub mod crypto;
pub mod db;
pub mod demo;
pub mod error;
pub mod evaluation;
pub mod files;
pub mod graphql;
pub mod handling;
pub mod http;
pub mod imports;
pub mod improvement;
pub mod items;
pub mod jobs;
pub mod load;
pub mod model_posts;
pub mod oversight;
pub mod phrases;
pub mod policy;
pub mod portal;
pub mod posts;
pub mod qr;
pub mod ratings;
pub mod settings;
pub mod setup;
pub mod sheets;
pub mod standard;
pub mod standardisation;
pub mod talents;
pub mod tenancy;
#[cfg(feature = "testing")]
pub mod testing;
pub mod tidal;
pub mod training;
pub mod volunteers;
