//! The entries of a list, those in use before the others.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Office, list, shown, title};
use crate::{
    api::settings::{Entry, Kind, List, Sent, channel_kind, device_kind},
    components::Empty,
    dom,
    i18n::{Locale, label, settings_text},
    time,
};

/// The list that is shown. Built anew when it, or the language, changes: its texts need not follow by themselves.
pub(super) fn entries(office: Office) -> AnyView {
    let locale = office.i18n.get_locale();
    let list = list(office.query);
    let points = [office.points(locale, &|_| true), office.kiosk_points()].concat();
    let rows = office.lists.with(|lists| lists.get(shown(office.query)).cloned()).unwrap_or_default();
    let count = rows.iter().filter(|entry| entry.active).count();
    let gone = rows.len() - count;
    let (mut active, mut retired) = (Vec::new(), Vec::new());
    for entry in rows {
        let lines = if entry.active { &mut active } else { &mut retired };
        let place = (lines.len(), count);
        lines.push(line(office, locale, list, entry, place, &points));
    }
    let summary = if list.ordered { "withdrawn" } else { "retired" };
    let summary = settings_text(locale, "page", summary).replace("{count}", &gone.to_string());
    let past = (gone > 0).then(|| {
        view! {
            <details class="card">
                <summary class="link">{summary}</summary>
                <ul class="settings-list">{retired}</ul>
            </details>
        }
    });
    let present = if count > 0 {
        view! { <ul class="card settings-list">{active}</ul> }.into_any()
    } else {
        view! { <Empty text=office.prop("page", "empty") /> }.into_any()
    };
    view! { {present} {past} }.into_any()
}

fn line(
    office: Office,
    locale: Locale,
    list: &'static List,
    entry: Arc<Entry>,
    (at, count): (usize, usize),
    points: &[(String, String)],
) -> AnyView {
    let name = title(locale, list, &entry.values).to_owned();
    let facts = facts(locale, list, &entry, points);
    let button = |word: &'static str, id: Option<String>, stuck: bool, press: Box<dyn Fn()>| {
        // Many buttons say the same: each is named with what it is about.
        let text = settings_text(locale, "button", word);
        let full = format!("{text} {name}");
        view! {
            <button
                type="button"
                class="btn btn-outline btn-small"
                id=id
                aria-label=full
                aria-disabled=stuck.then_some("true")
                on:click=move |_| press()
            >
                {text}
            </button>
        }
        .into_any()
    };
    let asks = |word, verb| {
        let entry = entry.clone();
        button(word, None, false, Box::new(move || office.begin(verb, Some(entry.clone()))))
    };
    let moves = |word: &'static str, stuck: bool| {
        let entry = entry.clone();
        let id = format!("{word}-{}", entry.id);
        let own = id.clone();
        let go = move || {
            if stuck {
                return;
            }
            let id = id.clone();
            // The list is built anew: the focus goes back to the button.
            let done = Box::new(move |_| request_animation_frame(move || dom::focus(&id)));
            office.send(office.moving, "moveChannel", Sent::moving(&entry, word == "up"), done);
        };
        button(word, Some(own), stuck, Box::new(go))
    };
    let mut buttons = Vec::new();
    match (entry.active, list.back) {
        (false, None) => {}
        (false, Some(verb)) => buttons.push(asks("restore", verb)),
        (true, back) => {
            if list.ordered {
                buttons.extend([moves("up", at == 0), moves("down", at + 1 == count)]);
            }
            buttons.push(asks("edit", list.edit));
            if back.is_none() {
                buttons.push(asks("renew", "renewDevice"));
            }
            buttons.push(asks(list.end.1, list.end.0));
        }
    }
    view! {
        <li class="person-role">
            <div class="min-w-0">
                <h3 class="font-semibold">{name.clone()}</h3>
                <p class="hint break-words">{facts}</p>
            </div>
            <span class="person-acts">{buttons}</span>
        </li>
    }
    .into_any()
}

/// What else is known of an entry.
fn facts(locale: Locale, list: &List, entry: &Entry, points: &[(String, String)]) -> String {
    let mut known = String::new();
    let mut add = |fact: &str| {
        if !fact.is_empty() {
            if !known.is_empty() {
                known.push_str(" · ");
            }
            known.push_str(fact);
        }
    };
    for (field, value) in list.fields.iter().zip(&entry.values) {
        if field.language.is_some_and(|language| language != locale) {
            continue;
        }
        match field.kind {
            Kind::Title => {}
            Kind::Text => add(value),
            Kind::Flag if value == "true" => add(settings_text(locale, "field", field.name)),
            Kind::Flag => {}
            Kind::Channel => add(channel_kind(value).map_or("", |kind| label(locale, "channel_kind", kind.key()))),
            Kind::Device => add(device_kind(value).map_or("", |kind| label(locale, "device_kind", kind.key()))),
            Kind::Point | Kind::KioskPoint => {
                add(points.iter().find(|(id, _)| id == value).map_or("", |(_, name)| name));
            }
        }
    }
    if let Ok(at) = entry.since.parse() {
        add(&settings_text(locale, "page", "since").replace("{at}", &time::date_time(at)));
    }
    known
}
