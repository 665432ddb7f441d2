//! Workbooks: what a list shows as a table to keep, and tables that are read in (docs/adr/0018-workbooks.md).

mod appearance;
pub mod book;
mod care;
mod complaints;
pub mod export;
mod improvement;
pub mod inspect;
pub mod lists;
mod metrics;
mod model_posts;
mod phrases;
mod ratings;
pub mod read;
mod standards;
mod talents;
pub mod texts;
mod tidal;
mod training;
mod volunteers;
mod windows;
