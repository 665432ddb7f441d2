//! Evaluation (7.2; annexes D and E): the city's forms in versions, the levels that raters choose, and the named rules
//! that make numbers of what was given.

pub mod flags;
pub mod forms;
pub mod kiosk;
pub mod levels;
pub mod merkle;
pub mod ratings;
pub mod scoring;
pub mod share;
pub mod suppress;
pub mod tally;

#[cfg(test)]
mod year_tests;
