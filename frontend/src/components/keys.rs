//! Single keys on the desk. None fires while somebody types or an input method composes.

use leptos::{
    ev::{self, KeyboardEvent},
    leptos_dom::helpers::window_event_listener,
    prelude::*,
};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::{
    components::Dialog,
    dom,
    i18n::{t, t_string, use_i18n},
};

/// The id of a page's search box, for `/`.
pub const SEARCH: &str = "search";

/// Listens for as long as the caller is shown.
pub fn listen(help: RwSignal<bool>) {
    let handle = window_event_listener(ev::keydown, move |event| {
        if !is_for_us(&event) {
            return;
        }
        match event.key().as_str() {
            "/" => dom::focus(SEARCH),
            "?" => help.set(true),
            "j" => move_row(1),
            "k" => move_row(-1),
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || handle.remove());
}

fn is_for_us(event: &KeyboardEvent) -> bool {
    let modified = event.ctrl_key() || event.alt_key() || event.meta_key();
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let typing = target.is_some_and(|element| {
        matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
            || element.closest("dialog, [contenteditable]").is_ok_and(|found| found.is_some())
    });
    !modified && !typing && !event.is_composing()
}

/// Moves the focus among the rows of the list; the row itself is a link, so Enter opens it.
fn move_row(step: i32) {
    let Ok(rows) = document().query_selector_all("[data-row]") else { return };
    let rows: Vec<HtmlElement> =
        (0..rows.length()).filter_map(|i| rows.item(i)?.dyn_into::<HtmlElement>().ok()).collect();
    let active = document().active_element();
    let here = rows.iter().position(|row| active.as_ref().is_some_and(|active| row.is_same_node(Some(active))));
    let next = match (here, step > 0) {
        (None, _) => Some(0),
        (Some(i), true) => Some(i + 1),
        (Some(i), false) => i.checked_sub(1),
    };
    if let Some(row) = next.and_then(|i| rows.get(i)) {
        let _ = row.focus();
    }
}

/// The list of keys, opened by `?`.
#[component]
pub fn KeyHelp(open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Dialog id="help" open title=move || t_string!(i18n, desk.help.title)>
            <dl class="desk-facts">
                <dt><kbd class="kbd">"/"</kbd></dt>
                <dd>{t!(i18n, desk.help.search)}</dd>
                <dt><kbd class="kbd">"j"</kbd></dt>
                <dd>{t!(i18n, desk.help.down)}</dd>
                <dt><kbd class="kbd">"k"</kbd></dt>
                <dd>{t!(i18n, desk.help.up)}</dd>
                <dt><kbd class="kbd">"Enter"</kbd></dt>
                <dd>{t!(i18n, desk.help.open)}</dd>
                <dt><kbd class="kbd">"?"</kbd></dt>
                <dd>{t!(i18n, desk.help.help)}</dd>
            </dl>
            <p class="hint">{t!(i18n, desk.help.lead)}</p>
        </Dialog>
    }
}
