//! Workbooks: what a list shows as a table to keep, and tables that are read in (docs/adr/0018-workbooks.md).

mod appearance;
pub mod book;
pub mod export;
pub mod inspect;
pub mod lists;
pub mod read;
mod standards;
pub mod texts;
mod windows;
