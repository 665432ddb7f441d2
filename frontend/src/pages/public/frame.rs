//! `/c/:code/…`: loads the center once for the pages below it.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::MissingPage;
use crate::{
    api::portal::{self, PublicCenter},
    components::{
        AsyncView, Icon, Mark,
        layout::public::{use_demo, use_known_center},
    },
    i18n::{Locale, pick, t, t_string, use_i18n},
};

impl PublicCenter {
    /// Its name in a language.
    pub fn name(&self, locale: Locale) -> String {
        pick(locale, &self.name_zh, &self.name_en)
    }

    /// The address of one of its pages; of its front page when `page` is empty.
    pub fn path(&self, page: &str) -> String {
        if page.is_empty() { format!("/c/{}", self.code) } else { format!("/c/{}/{page}", self.code) }
    }
}

/// The center of the page.
pub fn use_center() -> PublicCenter {
    expect_context()
}

/// Loads the center named in the address, once for all its pages, and shows one of them.
#[component]
pub fn CenterFrame(#[prop(into)] page: ViewFn) -> impl IntoView {
    let params = use_params_map();
    let demo = use_demo();
    let known = use_known_center();
    let code = Memo::new(move |_| params.read().get("code").unwrap_or_default());
    let center = LocalResource::new(move || {
        let code = code.get();
        let known = known.get_value().filter(|center| center.code == code);
        async move {
            match known {
                Some(center) => Ok(Some(center)),
                None => portal::center(code).await,
            }
        }
    });
    let ready = move |center: Option<PublicCenter>| match center {
        Some(center) => {
            demo.mark(center.demo);
            known.set_value(Some(center.clone()));
            provide_context(center);
            page.run()
        }
        None => view! { <MissingPage /> }.into_any(),
    };
    view! { <AsyncView resource=center ready /> }
}

/// The way back: to all centers and, from a page below it, to the center.
#[component]
pub(super) fn Crumbs(#[prop(optional)] center: Option<PublicCenter>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <nav class="crumbs" aria-label=move || t_string!(i18n, portal.crumbs)>
            <a class="link" href="/">
                {t!(i18n, portal.all_centers)}
            </a>
            {center
                .map(|center| {
                    let href = center.path("");
                    view! {
                        <Icon mark=Mark::ChevronRight />
                        <a class="link" href=href>
                            {move || center.name(i18n.get_locale())}
                        </a>
                    }
                })}
        </nav>
    }
}
