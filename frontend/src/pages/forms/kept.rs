//! What was typed into a draft and is not saved, kept in the tab: neither a reload nor a way to another page takes it.

use domain::{FormVersionId, evaluation::forms::FormContent};
use serde::{Deserialize, Serialize};

use crate::dom::Keep;

/// A draft as it was typed, and how often it had been changed when it was read: where somebody has saved since, that is
/// noticed as it would have been without the way round.
#[derive(Serialize, Deserialize)]
pub(super) struct Kept {
    pub version: i32,
    pub content: FormContent,
}

impl Kept {
    /// What is kept of a version, if anything.
    pub(super) fn of(id: FormVersionId) -> Option<Self> {
        serde_json::from_str(&Keep::Tab.get(&key(id))?).ok()
    }

    /// Keeps it.
    pub(super) fn keep(&self, id: FormVersionId) {
        if let Ok(text) = serde_json::to_string(self) {
            Keep::Tab.set(&key(id), &text);
        }
    }

    /// Forgets it.
    pub(super) fn forget(id: FormVersionId) {
        Keep::Tab.remove(&key(id));
    }
}

fn key(id: FormVersionId) -> String {
    format!("gangping.form.{id}")
}
