//! What supervision found, rectification tasks and improvement plans (7.1.3, 7.3; domain sections F.10 and G).
//!
//! Invariants: a source leads to one task at most; nobody judges what they did themselves; each step is a line in the log;
//! the same cause at the same post, soon after it was accepted as gone, opens the task again instead of a new one.
//! Other contexts open tasks by [`service::open`] in their own transaction.

pub mod demo;
pub mod graphql;
pub mod repo;
pub mod service;
