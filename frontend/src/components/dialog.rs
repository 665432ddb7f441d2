//! A native modal dialog: the browser keeps the focus inside, closes on Escape and gives the focus back.

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;

use crate::{
    components::{Icon, Mark},
    dom,
    i18n::{t_string, use_i18n},
};

// By itself the browser would choose the part that scrolls.
fn focus_first(dialog: &web_sys::HtmlDialogElement) {
    let first = dialog.query_selector("input, select, textarea, button").ok().flatten();
    if let Some(first) = first.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = first.focus();
    }
}

/// A dialog that is shown while `open` is true. Its content is built anew each time, so a form in it starts empty
/// unless its signals live outside.
#[component]
pub fn Dialog(
    /// Distinguishes the dialogs of a page: the heading's id is made of it.
    id: &'static str,
    open: RwSignal<bool>,
    #[prop(into)] title: TextProp,
    children: ChildrenFn,
) -> impl IntoView {
    let i18n = use_i18n();
    let node = NodeRef::<html::Dialog>::new();
    // Whether it was shown and neither closed by us nor asked for since: then whoever closes it is the browser.
    let shown = StoredValue::new(false);
    Effect::new(move |_| {
        if !open.get() {
            // At once: until it is closed, the page behind takes no key.
            shown.set_value(false);
            if let Some(dialog) = node.get_untracked().filter(|dialog| dialog.open()) {
                dialog.close();
            }
            return;
        }
        // Asked for again before the browser told that it had closed it: what it tells then is of the time before.
        shown.set_value(node.get_untracked().is_some_and(|dialog| dialog.open()));
        dom::next_frame(node, move |dialog| {
            if !dialog.open() && open.try_get_untracked() == Some(true) {
                let _ = dialog.show_modal();
                let _ = shown.try_set_value(true);
                focus_first(&dialog);
            }
        });
    });
    // The event comes late: by then somebody may have asked for the dialog again, or have it.
    let closed = move |_| {
        let ours = shown.try_get_value() != Some(true);
        if !ours && node.get_untracked().is_some_and(|dialog| !dialog.open()) {
            let _ = open.try_set(false);
        }
    };
    let heading = format!("{id}-title");
    let labelled_by = heading.clone();
    view! {
        <dialog class="dialog" node_ref=node aria-labelledby=labelled_by on:close=closed>
            <Show when=move || open.get()>
                <div class="dialog-box">
                    <h2 class="dialog-title" id=heading.clone()>
                        {
                            let title = title.clone();
                            move || title.get()
                        }
                    </h2>
                    <div class="dialog-body">{children()}</div>
                    // Last in the order of focus, first in the corner.
                    <button
                        type="button"
                        class="dialog-close"
                        aria-label=move || t_string!(i18n, common.close)
                        on:click=move |_| open.set(false)
                    >
                        <Icon mark=Mark::Close />
                    </button>
                </div>
            </Show>
        </dialog>
    }
}
