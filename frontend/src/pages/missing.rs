//! An address that leads nowhere on the desk.

use leptos::prelude::*;

use crate::{
    components::{Icon, Mark, PageHeading},
    i18n::{t, t_string, use_i18n},
};

/// The page.
#[component]
pub fn Missing() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <PageHeading title=move || t_string!(i18n, common.not_found_title) />
        <p class="desk-lead">{t!(i18n, common.not_found_text)}</p>
        <a class="btn btn-primary" href="/desk">
            <Icon mark=Mark::Home />
            {t!(i18n, common.back_home)}
        </a>
    }
}
