//! What can be done with a case: a table of fields, one dialog and the typed mutations behind it.

mod buttons;
mod case_picker;
mod dialog;
mod fields;
mod perform;

use domain::{ComplaintId, complaints::Action};
use leptos::prelude::*;

use crate::{
    api::complaints::{SimilarComplaint, actions::CaseInput},
    dom::Keep,
};

pub use buttons::ActionButtons;
pub use dialog::ActionDialog;
pub use fields::Field;
pub use perform::{Typed, check, perform};

/// An action somebody wants to take.
#[derive(Clone, Debug)]
pub struct Chosen {
    pub action: Action,
    pub case: CaseInput,
    pub number: String,
    /// Where a merge may lead.
    pub similar: Vec<SimilarComplaint>,
}

/// The action of a page that is being filled in, if any. Buttons set it, the dialog shows it.
#[derive(Clone, Copy)]
pub struct Desk {
    pub chosen: RwSignal<Option<Chosen>>,
    pub open: RwSignal<bool>,
}

impl Desk {
    pub fn new() -> Self {
        Self { chosen: RwSignal::new(None), open: RwSignal::new(false) }
    }

    pub fn start(self, chosen: Chosen) {
        self.chosen.set(Some(chosen));
        self.open.set(true);
    }
}

/// What was typed for an action survives an error, a reload and a new login, until the tab is closed.
pub struct Draft(String);

impl Draft {
    pub fn of(case: ComplaintId, action: Action) -> Self {
        Self(format!("gangping.{}.{case}", action.key()))
    }

    pub fn load(&self) -> Typed {
        Keep::Tab.get(&self.0).and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
    }

    pub fn save(&self, typed: &Typed) {
        if let Ok(text) = serde_json::to_string(typed) {
            Keep::Tab.set(&self.0, &text);
        }
    }

    pub fn forget(&self) {
        Keep::Tab.remove(&self.0);
    }
}
