//! A half-filled complaint: kept as it is typed, so that an error, a reload or a call in between loses nothing.

use domain::{
    Violation,
    complaints::{ComplaintSubject, Draft, NOTICE_VERSION, validate},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    api::{
        ApiError,
        portal::{self, FileComplaintInput, FiledComplaint},
    },
    dom::{Keep, new_uuid},
    time,
};

/// The fields of the form, and the key that makes sending it twice harmless.
#[derive(Clone, Copy)]
pub(super) struct DraftFields {
    center: StoredValue<String>,
    key: RwSignal<String>,
    pub(super) subject: RwSignal<String>,
    pub(super) text: RwSignal<String>,
    pub(super) happened_on: RwSignal<String>,
    pub(super) place: RwSignal<String>,
    pub(super) window: RwSignal<String>,
    pub(super) name: RwSignal<String>,
    pub(super) phone: RwSignal<String>,
    pub(super) address: RwSignal<String>,
}

// What happened may wait on the device for days…
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Matter {
    key: String,
    subject: String,
    text: String,
    happened_on: String,
    place: String,
    window: String,
}

// …but who complains is forgotten with the tab: the device may be shared.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Person {
    name: String,
    phone: String,
    address: String,
}

fn storage_key(center: &str) -> String {
    format!("gangping.draft.{center}")
}

fn kept<T: Default + for<'a> Deserialize<'a>>(keep: Keep, center: &str) -> T {
    keep.get(&storage_key(center)).and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

fn keep<T: Serialize>(keep: Keep, center: &str, value: &T) {
    if let Ok(text) = serde_json::to_string(value) {
        keep.set(&storage_key(center), &text);
    }
}

impl DraftFields {
    /// The draft kept for a center, or an empty one; kept again at every change.
    pub(super) fn restore(center: &str) -> Self {
        let matter: Matter = kept(Keep::Device, center);
        let person: Person = kept(Keep::Tab, center);
        let key = if matter.key.is_empty() { new_uuid() } else { matter.key };
        let fields = Self {
            center: StoredValue::new(center.to_owned()),
            key: RwSignal::new(key),
            subject: RwSignal::new(matter.subject),
            text: RwSignal::new(matter.text),
            happened_on: RwSignal::new(matter.happened_on),
            place: RwSignal::new(matter.place),
            window: RwSignal::new(matter.window),
            name: RwSignal::new(person.name),
            phone: RwSignal::new(person.phone),
            address: RwSignal::new(person.address),
        };
        Effect::new(move |_| fields.keep());
        fields
    }

    fn all(&self) -> [RwSignal<String>; 8] {
        [self.subject, self.text, self.happened_on, self.place, self.window, self.name, self.phone, self.address]
    }

    fn keep(self) {
        let matter = Matter {
            key: self.key.get(),
            subject: self.subject.get(),
            text: self.text.get(),
            happened_on: self.happened_on.get(),
            place: self.place.get(),
            window: self.window.get(),
        };
        let person = Person { name: self.name.get(), phone: self.phone.get(), address: self.address.get() };
        // Nothing typed: nothing to leave behind.
        if self.is_empty() {
            self.center.with_value(|center| {
                Keep::Device.remove(&storage_key(center));
                Keep::Tab.remove(&storage_key(center));
            });
            return;
        }
        self.center.with_value(|center| {
            keep(Keep::Device, center, &matter);
            keep(Keep::Tab, center, &person);
        });
    }

    /// Whether nothing is filled in. Reactive.
    pub(super) fn is_empty(&self) -> bool {
        self.all().iter().all(|field| field.with(String::is_empty))
    }

    /// Whether something was kept from before.
    pub(super) fn was_begun(&self) -> bool {
        self.all().iter().any(|field| !field.with_untracked(String::is_empty))
    }

    /// Forgets everything, on the device too, and begins a new draft.
    pub(super) fn clear(self) {
        self.key.set(new_uuid());
        for field in self.all() {
            field.set(String::new());
        }
        // The effect would do it at the next tick, but the page may be left before.
        self.center.with_value(|center| {
            Keep::Device.remove(&storage_key(center));
            Keep::Tab.remove(&storage_key(center));
        });
    }

    fn draft(self) -> Draft {
        Draft {
            text: self.text.get_untracked(),
            happened_on: self.happened_on.get_untracked().parse().ok(),
            place: filled(self.place),
            window: filled(self.window),
            name: filled(self.name),
            phone: filled(self.phone),
            address: filled(self.address),
            notice_version: NOTICE_VERSION.to_owned(),
        }
    }

    /// Every broken rule, in the order of the steps.
    pub(super) fn violations(self) -> Vec<Violation> {
        let mut found = Vec::new();
        if self.chosen().is_none() {
            found.push(Violation::new("subject", "form.required"));
        }
        let draft = self.draft();
        if draft.happened_on.is_none() && filled(self.happened_on).is_some() {
            found.push(Violation::new("happenedOn", "form.date"));
        }
        found.extend(validate(&draft, time::now()));
        found
    }

    fn chosen(self) -> Option<ComplaintSubject> {
        ComplaintSubject::from_key(&self.subject.get_untracked())
    }

    /// Sends the complaint.
    pub(super) async fn file(self) -> Result<FiledComplaint, ApiError> {
        let Some(input) = self.input() else { return Err(ApiError::of("INVALID")) };
        let answer = portal::file(input).await;
        // It was filed before, with other words: pressing again files the present words as another complaint.
        if answer.as_ref().is_err_and(|error| error.is(ApiError::KEY_REUSED)) {
            self.key.set(new_uuid());
        }
        answer
    }

    /// The center's code.
    pub(super) fn with_center(self, read: impl FnOnce(&str)) {
        self.center.with_value(|code| read(code));
    }

    // None while no subject is chosen.
    fn input(self) -> Option<FileComplaintInput> {
        let draft = self.draft();
        Some(FileComplaintInput {
            idempotency_key: self.key.get_untracked(),
            center: self.center.get_value(),
            subject: self.chosen()?,
            text: draft.text,
            happened_on: draft.happened_on,
            place: draft.place,
            window: draft.window,
            name: draft.name,
            phone: draft.phone,
            address: draft.address,
            notice_version: draft.notice_version,
        })
    }
}

fn filled(field: RwSignal<String>) -> Option<String> {
    field.with_untracked(|text| Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned))
}
