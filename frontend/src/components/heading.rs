//! The heading of a page: names the document too, and takes the focus after a move from page to page.

use std::sync::atomic::{AtomicBool, Ordering};

use leptos::{html, prelude::*};

use crate::i18n::{t_string, use_i18n};

// The first page of a visit leaves the focus at the top, where the skip link is.
static MOVED: AtomicBool = AtomicBool::new(false);

/// The id of every page's heading.
pub const PAGE_HEADING: &str = "page-heading";

/// The one `h1` of a page.
#[component]
pub fn PageHeading(
    #[prop(into)] title: TextProp,
    #[prop(default = "page-title")] class: &'static str,
) -> impl IntoView {
    let i18n = use_i18n();
    let node = NodeRef::<html::H1>::new();
    let name = title.clone();
    Effect::new(move |_| document().set_title(&format!("{} · {}", name.get(), t_string!(i18n, common.product))));
    node.on_load(|heading| {
        if MOVED.swap(true, Ordering::Relaxed) {
            let _ = heading.focus();
        }
    });
    view! {
        <h1 class=class id=PAGE_HEADING tabindex="-1" node_ref=node>
            {move || title.get()}
        </h1>
    }
}
