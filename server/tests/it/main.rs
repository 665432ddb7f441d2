//! The API as its users meet it, on both databases: sign-in, filing, handling, following.

mod complaints;
mod deadlines;
mod http;
mod inputs;
mod portal;
mod world;
