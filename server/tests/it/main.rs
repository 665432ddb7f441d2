//! The API as its users meet it, on both databases: sign-in, filing, handling, following.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a helper that cannot go on stops its test")]

mod administration;
mod appearance;
mod audit;
mod browser;
mod calendar;
mod care;
mod complaints;
mod cost;
mod deadlines;
mod edge;
mod files;
mod guesses;
mod handling;
mod hostile;
mod http;
mod identity;
mod inputs;
mod items;
mod model_posts;
mod passwords;
mod phrases;
mod portal;
mod posts;
mod referrals;
mod settings;
mod sheets;
mod standards;
mod statements;
mod talents;
mod tidal;
mod training;
mod volunteers;
mod world;
