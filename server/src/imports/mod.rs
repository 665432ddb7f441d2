//! Tables read in from workbooks: a form to fill in, a dry run that tells every fault by row and column, all rows or the
//! sound ones in one transaction, and the whole batch taken back.

pub mod graphql;
mod judge;
mod repo;
pub mod service;
mod tables;
pub mod template;
