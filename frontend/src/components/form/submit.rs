//! The button that sends a form.

use leptos::prelude::*;

use super::use_form;
use crate::i18n::{t, use_i18n};

/// Sends the form around it. While an answer is awaited it says so, and a second press does nothing.
#[component]
pub fn Submit(
    #[prop(into)] label: TextProp,
    #[prop(default = "btn btn-primary")] class: &'static str,
) -> impl IntoView {
    let form = use_form();
    let i18n = use_i18n();
    view! {
        <button type="submit" class=class aria-disabled=move || form.pending().then_some("true")>
            <Show when=move || form.pending() fallback=move || label.get()>
                <span class="spinner" aria-hidden="true"></span>
                {t!(i18n, common.sending)}
            </Show>
        </button>
    }
}
