//! A one-time link just made: shown once, handed over by the administrator.

use domain::identity::InvitationKind;
use leptos::prelude::*;

use crate::{
    api::people::InvitationLink,
    components::{CopyButton, Dialog},
    i18n::{t, t_string, use_i18n},
    pages::elsewhere::EVALUATE,
    time,
};

/// A link and whose it is.
#[derive(Clone)]
pub(in crate::pages) struct Made {
    pub name: String,
    pub login: String,
    pub link: InvitationLink,
}

/// The dialog of the page.
#[component]
pub(in crate::pages) fn LinkDialog(made: RwSignal<Option<Made>>, showing: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    // Closed, nothing of it is left on the page.
    Effect::new(move |_| {
        if !showing.get() {
            made.set(None);
        }
    });
    view! {
        <Dialog id="link" open=showing title=move || t_string!(i18n, desk.link.title)>
            {move || made.get().map(|made| view! { <Shown made /> })}
        </Dialog>
    }
}

#[component]
fn Shown(made: Made) -> impl IntoView {
    let i18n = use_i18n();
    let Made { name, login, link } = made;
    let origin = window().location().origin().unwrap_or_default();
    let page = if link.kind == InvitationKind::Evaluator { EVALUATE } else { "/desk/invitation" };
    let address = format!("{origin}{page}#{}", link.token);
    let expires = time::date_time(link.expires_at);
    view! {
        <p class="font-semibold">{name} " · " <code>{login}</code></p>
        <p class="address">{address.clone()}</p>
        <div class="flex flex-wrap gap-3">
            <CopyButton text=address />
        </div>
        <p>{move || t_string!(i18n, desk.link.expires, at = expires.as_str())}</p>
        <p class="hint">{t!(i18n, desk.link.advice)}</p>
    }
}
