//! Filling in an entry, a second look before one is taken out of use, and the credential shown once.

use domain::{
    Violation,
    settings::{ChannelKind, DeviceKind},
};
use leptos::prelude::*;

use super::{Made, Office, Task, list, title};
use crate::{
    api::settings::{Input, Kind, List, Sent, device_kind},
    components::{
        CopyButton, Dialog,
        form::{Field, Form, FormState, SelectField, Submit},
    },
    dom,
    i18n::{label, settings_text},
};

/// Where the credential stands.
const MADE: &str = "credential";

#[component]
pub(super) fn TaskDialog(office: Office) -> impl IntoView {
    let heading = move || {
        let verb = office.task.with(|task| task.as_ref().map_or("", |task| task.verb));
        settings_text(office.i18n.get_locale(), "verb", verb)
    };
    // Closed, nothing of a credential is left.
    Effect::new(move |_| {
        if !office.open.get() {
            office.task.set(None);
        }
    });
    view! {
        <Dialog id="settings" open=office.open title=heading>
            {move || office.task.get().map(|task| content(office, task))}
        </Dialog>
    }
}

fn content(office: Office, task: Task) -> AnyView {
    let Some(Made { name, credential, address }) = task.made else { return form(office, task) };
    let address = address.map(|address| {
        view! {
            <p>{office.text("page", "kiosk")}</p>
            <p class="address" data-kiosk="">{address.clone()}</p>
            <div class="flex flex-wrap gap-3">
                <CopyButton text=address />
            </div>
        }
    });
    view! {
        <p class="font-semibold">{name}</p>
        <p class="address" id=MADE tabindex="-1">{credential.clone()}</p>
        <div class="flex flex-wrap gap-3">
            <CopyButton text=credential />
        </div>
        <p>{office.text("page", "once")}</p>
        {address}
    }
    .into_any()
}

/// Whether what was typed is a kiosk.
fn is_kiosk(list: &List, typed: &[String]) -> bool {
    let kind = list.fields.iter().position(|field| field.kind == Kind::Device).and_then(|at| typed.get(at));
    kind.and_then(|kind| device_kind(kind)) == Some(DeviceKind::Kiosk)
}

fn form(office: Office, Task { verb, entry, .. }: Task) -> AnyView {
    let state = FormState::new("settings");
    let list = untrack(|| list(office.query));
    let fills = verb == list.add || verb == list.edit;
    let about = entry.as_ref().filter(|_| !fills).map(|entry| {
        let name = title(office.i18n.get_locale_untracked(), list, &entry.values).to_owned();
        view! {
            <p class="quote font-semibold">{name}</p>
            <p>{office.text("means", verb)}</p>
        }
    });
    let mut values = Vec::new();
    for n in 0..list.fields.len() {
        let before = entry.as_ref().and_then(|entry| entry.values.get(n)).cloned().unwrap_or_default();
        values.push(RwSignal::new(before));
    }
    let typed_into = values.clone();
    // Built inside of the form, where its fields find it.
    let inputs = move || {
        let fields = list.fields.iter().zip(typed_into).filter(|_| fills);
        fields.map(|(field, value)| input(office, field, value)).collect::<Vec<_>>()
    };
    let submit = move || {
        let sent = Sent::about(entry.as_deref());
        let mut missing = Vec::new();
        let mut typed = Vec::new();
        for (field, value) in list.fields.iter().zip(&values) {
            let text = value.with_untracked(|text| text.trim().to_owned());
            if fills {
                if text.is_empty() && !field.optional {
                    missing.push(Violation::new(field.name, "form.required"));
                }
                sent.value(field, &text);
            }
            typed.push(text);
        }
        if !state.check(missing) {
            return;
        }
        let done = move |credential: String| {
            if credential.is_empty() {
                office.open.set(false);
                office.notice.show(move |locale| {
                    let what = format!("{} · {}", settings_text(locale, "verb", verb), title(locale, list, &typed));
                    settings_text(locale, "page", "done").replace("{what}", &what)
                });
            } else {
                let name = title(office.i18n.get_locale_untracked(), list, &typed).to_owned();
                let address = is_kiosk(list, &typed).then(|| office.kiosk_address(&credential));
                office.task.set(Some(Task { verb: MADE, entry: None, made: Some(Made { name, credential, address }) }));
                request_animation_frame(|| dom::focus(MADE));
            }
        };
        office.send(state, verb, sent, Box::new(done));
    };
    view! {
        {about}
        <Form state on_submit=submit>
            {inputs()}
            <Submit label=office.prop("verb", verb) />
        </Form>
    }
    .into_any()
}

fn input(office: Office, field: &'static Input, value: RwSignal<String>) -> AnyView {
    let Input { name, kind, optional, .. } = *field;
    let locale = office.i18n.get_locale_untracked();
    let named = office.prop("field", name);
    let choices = match kind {
        Kind::Title | Kind::Text => {
            return match settings_text(locale, "hint", name) {
                "" => view! { <Field name label=named value optional /> }.into_any(),
                hint => view! { <Field name label=named value optional hint=hint /> }.into_any(),
            };
        }
        // Nobody changes the language while the dialog is open.
        Kind::Channel => {
            let kinds = ChannelKind::ALL.iter().map(|kind| kind.key());
            Signal::stored(
                kinds.map(|key| (key.to_ascii_uppercase(), label(locale, "channel_kind", key).to_owned())).collect(),
            )
        }
        Kind::Device => {
            let kinds = DeviceKind::ALL.iter().map(|kind| kind.key());
            let kinds: Vec<_> =
                kinds.map(|key| (key.to_ascii_uppercase(), label(locale, "device_kind", key).to_owned())).collect();
            if let Some((first, _)) = kinds.first().filter(|_| value.with_untracked(String::is_empty)) {
                value.set(first.clone());
            }
            Signal::stored(kinds)
        }
        Kind::Flag => {
            if value.with_untracked(String::is_empty) {
                value.set("false".to_owned());
            }
            let word = |key: &'static str, word| (key.to_owned(), settings_text(locale, "page", word).to_owned());
            Signal::stored(vec![word("true", "yes"), word("false", "no")])
        }
        // What comes from a list may come after the dialog was opened.
        Kind::KioskPoint => Signal::derive(move || office.kiosk_points()),
        // One that was retired since stays chosen where it was.
        Kind::Point => {
            let before = value.get_untracked();
            Signal::derive(move || office.points(locale, &|point| point.active || point.id == before))
        }
    };
    match settings_text(locale, "hint", name) {
        "" => view! { <SelectField name label=named choices value optional /> }.into_any(),
        hint => view! { <SelectField name label=named choices value optional hint=hint /> }.into_any(),
    }
}
