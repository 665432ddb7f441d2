//! Copies a text, and says that it did: the clipboard shows nothing by itself.

use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen_futures::JsFuture;

use crate::{
    components::{Icon, Mark},
    i18n::{t, t_string, use_i18n},
};

/// The button, and what became of it.
#[component]
pub fn CopyButton(text: String, #[prop(default = "btn btn-primary")] class: &'static str) -> impl IntoView {
    let i18n = use_i18n();
    let done = RwSignal::new(None::<bool>);
    let copy = move |_| {
        let text = text.clone();
        // Without https the browser has no clipboard at all.
        if !window().is_secure_context() {
            done.set(Some(false));
            return;
        }
        spawn_local(async move {
            let copied = JsFuture::from(window().navigator().clipboard().write_text(&text)).await;
            let _ = done.try_set(Some(copied.is_ok()));
        });
    };
    let outcome = move || {
        done.get().map(|fine| if fine { t_string!(i18n, desk.copy.done) } else { t_string!(i18n, desk.copy.failed) })
    };
    view! {
        <button type="button" class=class on:click=copy>
            <Icon mark=Mark::Copy />
            {t!(i18n, desk.copy.copy)}
        </button>
        <p class="self-center" role="status">{outcome}</p>
    }
}
