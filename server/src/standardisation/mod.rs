//! Standards management (6.11; domain section C.7): the register of standards, the plan of a year, officers, self-audits.
//!
//! Invariants: of standards that are not over each number is there once; each step is a line in the log; a plan is adopted
//! once, by somebody, and its tasks stay as they are from then on; nobody audits what they answer for, nor closes what
//! they put right; the officers' trainings are read where they are kept (`training`), and nowhere else.

pub mod demo;
pub mod graphql;
pub mod repo;
pub mod service;
