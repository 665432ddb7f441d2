//! A draft under the hands: the document as JSON, addressed by the same paths that faults are told by.

use std::collections::BTreeSet;

use domain::evaluation::forms::FormContent;
use leptos::prelude::*;
use serde_json::Value;

use crate::{components::form::FormState, dom};

/// The draft that is being edited. What is typed goes into the document at once; the fields are built anew only when a
/// line comes, goes or moves, so that no key is lost while typing.
#[derive(Clone, Copy)]
pub(super) struct Editor {
    doc: RwSignal<Value>,
    content: Memo<Option<FormContent>>,
    shape: RwSignal<u32>,
    // Codes of the lines that stand open.
    open: StoredValue<BTreeSet<String>>,
    /// What is wrong, and whether it is being sent.
    pub(super) state: FormState,
}

impl Editor {
    pub(super) fn new(content: &FormContent) -> Self {
        let doc = RwSignal::new(serde_json::to_value(content).unwrap_or_default());
        Self {
            doc,
            content: Memo::new(move |_| doc.with(|doc| serde_json::from_value(doc.clone()).ok())),
            shape: RwSignal::new(0),
            open: StoredValue::new(BTreeSet::new()),
            state: FormState::new("form-edit"),
        }
    }

    /// The draft as it stands. Reactive.
    pub(super) fn content(self) -> Signal<Option<FormContent>> {
        self.content.into()
    }

    /// The same at this moment.
    pub(super) fn content_now(self) -> Option<FormContent> {
        self.content.get_untracked()
    }

    /// The draft as it stood when a line last came, went or moved. Reactive on that alone.
    pub(super) fn shape(self) -> Option<FormContent> {
        self.shape.track();
        self.content_now()
    }

    /// The value at `path`, now.
    pub(super) fn at(self, path: &str) -> Value {
        self.doc.with_untracked(|doc| doc.pointer(&pointer(path)).cloned()).unwrap_or_default()
    }

    /// The text at `path`. Reactive.
    pub(super) fn text(self, path: &str) -> String {
        self.doc
            .with(|doc| doc.pointer(&pointer(path)).and_then(Value::as_str).map(ToOwned::to_owned))
            .unwrap_or_default()
    }

    /// Puts a value at `path`.
    pub(super) fn set(self, path: &str, value: Value) {
        self.doc.update(|doc| {
            if let Some(place) = doc.pointer_mut(&pointer(path)) {
                *place = value;
            }
        });
    }

    /// The same where other fields come or go with it; `focus` is the field that was changed.
    pub(super) fn reshape(self, path: &str, value: Value, focus: String) {
        self.set(path, value);
        self.rebuild(focus);
    }

    /// Adds a line that `make` makes of a free code, and goes to its first field.
    pub(super) fn add(self, list: &str, make: fn(&str) -> Value) {
        let code = self.free_code();
        let value = make(&code);
        let first = if value.get("title").is_some() { "title.zh" } else { "choices" };
        let mut at = 0;
        self.doc.update(|doc| {
            if let Some(lines) = doc.pointer_mut(&pointer(list)).and_then(Value::as_array_mut) {
                at = lines.len();
                lines.push(value);
            }
        });
        self.opened(&code, true);
        self.rebuild(self.state.id(&format!("content.{list}.{at}.{first}")));
    }

    /// Takes the line away; the focus goes to where one is added.
    pub(super) fn remove(self, list: &str, at: usize) {
        self.doc.update(|doc| {
            if let Some(lines) = doc.pointer_mut(&pointer(list)).and_then(Value::as_array_mut)
                && at < lines.len()
            {
                lines.remove(at);
            }
        });
        self.rebuild(self.add_id(list));
    }

    /// Changes places with the line before or after; the focus stays on the button `which` of the line that moved.
    pub(super) fn shift(self, list: &str, at: usize, to: usize, which: &str) {
        self.doc.update(|doc| {
            if let Some(lines) = doc.pointer_mut(&pointer(list)).and_then(Value::as_array_mut)
                && at < lines.len()
                && to < lines.len()
            {
                lines.swap(at, to);
            }
        });
        self.rebuild(self.tool_id(list, to, which));
    }

    /// The id of the button that adds to a list.
    pub(super) fn add_id(self, list: &str) -> String {
        self.state.id(&format!("add.{list}"))
    }

    /// The id of a button of a line.
    pub(super) fn tool_id(self, list: &str, at: usize, which: &str) -> String {
        self.state.id(&format!("{which}.{list}.{at}"))
    }

    /// Whether the line with this code stands open.
    pub(super) fn is_open(self, code: &str) -> bool {
        self.open.with_value(|open| open.contains(code))
    }

    /// Remembers whether it does.
    pub(super) fn opened(self, code: &str, open: bool) {
        self.open.update_value(|known| {
            if open {
                known.insert(code.to_owned());
            } else {
                known.remove(code);
            }
        });
    }

    fn rebuild(self, focus: String) {
        // Faults are told by place, and the places have changed.
        self.state.clear();
        self.shape.update(|n| *n += 1);
        request_animation_frame(move || dom::focus(&focus));
    }

    fn free_code(self) -> String {
        let mut known = BTreeSet::new();
        self.doc.with_untracked(|doc| codes(doc, &mut known));
        let mut codes = (1_u32..).map(|n| format!("new-{n}"));
        codes.find(|code| !known.contains(code)).unwrap_or_default()
    }
}

/// `dimensions.0.title` as a JSON pointer.
fn pointer(path: &str) -> String {
    format!("/{}", path.replace('.', "/"))
}

fn codes(value: &Value, known: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            known.extend(members.get("code").and_then(Value::as_str).map(ToOwned::to_owned));
            members.values().for_each(|member| codes(member, known));
        }
        Value::Array(members) => members.iter().for_each(|member| codes(member, known)),
        _ => {}
    }
}
