//! No such page, or no such center.

use leptos::prelude::*;

use crate::{
    components::PageHeading,
    i18n::{t, t_string, use_i18n},
};

/// Says so and leads back to the start.
#[component]
pub fn MissingPage() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <PageHeading title=move || t_string!(i18n, common.not_found_title) />
        <p>{t!(i18n, common.not_found_text)}</p>
        <p>
            <a class="btn btn-primary" href="/">
                {t!(i18n, common.back_home)}
            </a>
        </p>
    }
}
