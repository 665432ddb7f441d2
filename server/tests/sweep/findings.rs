//! What went wrong and what was covered.

use std::collections::{BTreeMap, BTreeSet};

/// The report of one configuration.
#[derive(Debug, Default)]
pub struct Findings {
    /// Each with the operation that it is about.
    pub leaks: Vec<String>,
    /// Refusals that prove nothing, since nobody is let in, and places without a value to try.
    pub vacuous: Vec<String>,
    /// Operations called.
    pub operations: BTreeSet<String>,
    /// Places for ids that were tried.
    pub positions: BTreeSet<String>,
    /// Other channels that were tried.
    pub channels: BTreeSet<String>,
    /// Who called.
    pub callers: BTreeSet<String>,
    /// Fields of answers that were asked for.
    pub fields: BTreeSet<String>,
    /// Operations that succeeded for somebody.
    pub proven: BTreeSet<String>,
    /// Refused attempts by the place whose audit tells of them, and the operation.
    pub denied: BTreeMap<(&'static str, String), usize>,
    /// Pairs of answers that were compared.
    pub compared: usize,
}

impl Findings {
    /// Something of another's came through, or moved.
    pub fn leak(&mut self, oracle: &str, operation: &str, who: &str, what: &str) {
        self.leaks.push(format!("{oracle} {operation}: {who}: {what}"));
    }

    /// Denominators, and whether all is well.
    pub fn report(&self, name: &str, calls: usize, took: std::time::Duration) {
        println!(
            "sweep {name}: {} operations, {} id positions, {} other channels, {} callers, {} calls, {} pairs compared, {} fields read; \
             {} leaks, {} vacuous refusals; {} s",
            self.operations.len(),
            self.positions.len(),
            self.channels.len(),
            self.callers.len(),
            calls,
            self.compared,
            self.fields.len(),
            self.leaks.len(),
            self.vacuous.len(),
            took.as_secs(),
        );
        let all: Vec<_> = self.leaks.iter().chain(&self.vacuous).take(40).map(String::as_str).collect();
        assert!(all.is_empty(), "sweep {name} found {}:\n{}", self.leaks.len() + self.vacuous.len(), all.join("\n"));
    }
}
