//! The API as its users meet it, on both databases: sign-in, filing, handling, following.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a helper that cannot go on stops its test")]

mod audit;
mod complaints;
mod deadlines;
mod http;
mod inputs;
mod portal;
mod world;
