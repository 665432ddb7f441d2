//! Says that something was done, where the focus then is.

use leptos::{html, prelude::*};

use crate::{
    components::{Icon, Mark},
    dom,
    i18n::{Locale, use_i18n},
};

type Words = std::sync::Arc<dyn Fn(Locale) -> String + Send + Sync>;

/// The message of a page, if any.
#[derive(Clone, Copy)]
pub struct Notice(RwSignal<Option<Words>>);

impl Notice {
    /// No message yet.
    pub fn new() -> Self {
        Self(RwSignal::new(None))
    }

    /// Shows `words` until the next message, and moves the focus there.
    pub fn show(self, words: impl Fn(Locale) -> String + Send + Sync + 'static) {
        self.0.set(Some(std::sync::Arc::new(words)));
    }
}

/// Where the message of the page stands.
#[component]
pub fn NoticeLine(notice: Notice) -> impl IntoView {
    let i18n = use_i18n();
    let node = NodeRef::<html::P>::new();
    Effect::new(move |_| {
        if notice.0.with(Option::is_some) {
            dom::next_frame(node, |line| drop(line.focus()));
        }
    });
    move || {
        notice.0.get().map(|words| {
            view! {
                <p class="done-line no-print" role="status" tabindex="-1" node_ref=node>
                    <Icon mark=Mark::Check />
                    {move || words(i18n.get_locale())}
                </p>
            }
        })
    }
}
