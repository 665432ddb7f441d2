//! `/`: choose your center.

use cynic::QueryBuilder;
use leptos::prelude::*;

use crate::{
    api::{run, schema},
    components::{AsyncView, Empty, Icon, Mark, PageHeading, layout::public::use_demo},
    i18n::{pick, t, t_string, use_i18n},
};

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query")]
struct HomeQuery {
    public_centers: Vec<Center>,
}

#[derive(cynic::QueryFragment, Clone)]
#[cynic(graphql_type = "PublicCenter")]
struct Center {
    code: String,
    name_zh: String,
    name_en: String,
    demo: bool,
}

impl Center {
    fn matches(&self, typed: &str) -> bool {
        let typed = typed.trim().to_ascii_lowercase();
        self.name_zh.contains(&typed)
            || self.name_en.to_ascii_lowercase().contains(&typed)
            || self.code.contains(&typed)
    }
}

/// The list of centers, to be found by name.
#[component]
pub fn HomePage() -> impl IntoView {
    let i18n = use_i18n();
    let demo = use_demo();
    let typed = RwSignal::new(String::new());
    let centers = LocalResource::new(|| async { Ok(run(HomeQuery::build(())).await?.public_centers) });
    Effect::new(move |_| {
        demo.mark(centers.with(|c| matches!(c, Some(Ok(all)) if all.iter().any(|center| center.demo))));
    });
    view! {
        <div class="grid gap-2">
            <PageHeading title=move || t_string!(i18n, portal.home.title) />
            <p class="hint">{t!(i18n, portal.home.lead)}</p>
        </div>
        <div class="search" role="search">
            <label class="sr-only" for="center-search">
                {t!(i18n, portal.home.search)}
            </label>
            <Icon mark=Mark::Search />
            <input
                class="input-line"
                id="center-search"
                type="search"
                autocomplete="off"
                placeholder=move || t_string!(i18n, portal.home.search)
                prop:value=move || typed.get()
                on:input=move |event| typed.set(event_target_value(&event))
            />
        </div>
        <AsyncView resource=centers ready=move |centers| view! { <Found centers typed /> } />
    }
}

#[component]
fn Found(centers: Vec<Center>, typed: RwSignal<String>) -> impl IntoView {
    let i18n = use_i18n();
    let centers = StoredValue::new(centers);
    let found = Memo::new(move |_| {
        let typed = typed.get();
        centers.with_value(|all| all.iter().filter(|c| c.matches(&typed)).map(|c| c.code.clone()).collect::<Vec<_>>())
    });
    let links = move || {
        let (locale, found) = (i18n.get_locale(), found.get());
        centers.with_value(|all| {
            all.iter()
                .filter(|c| found.contains(&c.code))
                .map(|c| {
                    view! {
                        <li>
                            <a class="center-link" href=format!("/c/{}", c.code)>
                                {pick(locale, &c.name_zh, &c.name_en)}
                                <Icon mark=Mark::ChevronRight />
                            </a>
                        </li>
                    }
                })
                .collect_view()
        })
    };
    let count = move || found.with(Vec::len);
    view! {
        <p class="sr-only" role="status">
            {move || t_string!(i18n, portal.home.count, n = count())}
        </p>
        <Show when=move || { count() > 0 } fallback=move || view! { <Empty text=move || t_string!(i18n, portal.home.none) /> }>
            <ul class="centers">{links}</ul>
        </Show>
    }
}
