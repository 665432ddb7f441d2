//! What was filled in: kept until the tab is closed, because it may hold personal data.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::dom::{Keep, new_uuid};

/// The answers of the form.
#[derive(Clone, Copy)]
pub struct Answers {
    /// Makes sending twice the same as sending once.
    pub key: RwSignal<String>,
    pub channel: RwSignal<String>,
    pub subject: RwSignal<String>,
    pub text: RwSignal<String>,
    pub happened_on: RwSignal<String>,
    pub place: RwSignal<String>,
    pub window: RwSignal<String>,
    pub name: RwSignal<String>,
    pub phone: RwSignal<String>,
    pub address: RwSignal<String>,
    pub urgent: RwSignal<String>,
    pub told: RwSignal<bool>,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    key: String,
    channel: String,
    subject: String,
    text: String,
    happened_on: String,
    place: String,
    window: String,
    name: String,
    phone: String,
    address: String,
    urgent: String,
    told: bool,
}

const KEPT_AS: &str = "gangping.register";

impl Answers {
    /// The draft of this tab, or an empty form.
    pub fn restore() -> Self {
        let kept: Kept = Keep::Tab.get(KEPT_AS).and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
        let or = |text: String, default: &str| RwSignal::new(if text.is_empty() { default.to_owned() } else { text });
        Self {
            key: or(kept.key, &new_uuid()),
            channel: RwSignal::new(kept.channel),
            subject: RwSignal::new(kept.subject),
            text: RwSignal::new(kept.text),
            happened_on: RwSignal::new(kept.happened_on),
            place: RwSignal::new(kept.place),
            window: RwSignal::new(kept.window),
            name: RwSignal::new(kept.name),
            phone: RwSignal::new(kept.phone),
            address: RwSignal::new(kept.address),
            urgent: or(kept.urgent, "none"),
            told: RwSignal::new(kept.told),
        }
    }

    /// Keeps the answers; reactive, so it runs again whenever one changes.
    pub fn keep(self) {
        let kept = Kept {
            key: self.key.get(),
            channel: self.channel.get(),
            subject: self.subject.get(),
            text: self.text.get(),
            happened_on: self.happened_on.get(),
            place: self.place.get(),
            window: self.window.get(),
            name: self.name.get(),
            phone: self.phone.get(),
            address: self.address.get(),
            urgent: self.urgent.get(),
            told: self.told.get(),
        };
        if let Ok(text) = serde_json::to_string(&kept) {
            Keep::Tab.set(KEPT_AS, &text);
        }
    }

    /// The complaint is registered: nothing of it stays in the browser.
    pub fn forget(self) {
        Keep::Tab.remove(KEPT_AS);
    }
}
