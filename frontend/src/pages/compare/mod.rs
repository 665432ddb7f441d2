//! The city compares its centers: which of them differ from the rest by more than chance, and how sure that is. A funnel
//! first, never a ranking; each figure opens its definition.

pub mod center;
mod chosen;
mod definition;
mod differences;
mod figures;
pub mod funnel;
pub mod multiples;
pub mod periods;
pub mod publications;
pub mod ranking;
pub mod report;
pub mod services;
pub mod standing;
mod table;
pub mod trend;
pub mod wall;

use domain::permission::Permission;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use self::definition::WithDefinitions;
use crate::{
    components::PageHeading,
    i18n::{t, t_string, use_i18n},
    session::use_session,
};

const HOME: &str = "/desk/compare";
const TREND: &str = "/desk/compare/trend";
const MULTIPLES: &str = "/desk/compare/multiples";
const PERIODS: &str = "/desk/compare/periods";
const RANKING: &str = "/desk/compare/ranking";
const REPORT: &str = "/desk/compare/report";
const PUBLICATIONS: &str = "/desk/compare/publications";
const WALL: &str = "/desk/wall";

/// The page of a center, with what the page before was about.
fn center_path(code: &str, query: &str) -> String {
    format!("{HOME}/centers/{code}?{query}")
}

/// The frame of a page of this room: its heading, the ways between the pages, and the dialog of the definitions.
#[component]
fn Room(
    here: &'static str,
    #[prop(into)] title: TextProp,
    #[prop(into)] lead: TextProp,
    children: Children,
) -> impl IntoView {
    view! {
        <WithDefinitions>
            <div class="grid gap-3 no-print">
                <PageHeading title=title />
                <p class="desk-lead">{move || lead.get()}</p>
                <Ways here />
            </div>
            {children()}
        </WithDefinitions>
    }
}

/// The pages of this room; each is about what the present one is about.
#[component]
fn Ways(here: &'static str) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let search = use_location().search;
    let link = move |href: &'static str, text: AnyView| {
        let current = (href == here).then_some("page");
        let to = move || {
            let query = search.get();
            let query = query.trim_start_matches('?');
            if query.is_empty() { href.to_owned() } else { format!("{href}?{query}") }
        };
        view! { <li><a href=to aria-current=current>{text}</a></li> }
    };
    let publishes = move || session.can(Permission::ComparePublish);
    view! {
        <nav class="ways-between" aria-label=move || t_string!(i18n, compare.rooms)>
            <ul>
                {link(HOME, t!(i18n, compare.funnel.nav).into_any())}
                {link(TREND, t!(i18n, compare.trend.nav).into_any())}
                {link(MULTIPLES, t!(i18n, compare.multiples.nav).into_any())}
                {link(PERIODS, t!(i18n, compare.periods.nav).into_any())}
                {link(RANKING, t!(i18n, compare.ranking.nav).into_any())}
                {move || publishes().then(|| link(REPORT, t!(i18n, compare.report.nav).into_any()))}
                {move || publishes().then(|| link(PUBLICATIONS, t!(i18n, compare.publications.nav).into_any()))}
                {link(WALL, t!(i18n, compare.wall.nav).into_any())}
            </ul>
        </nav>
    }
}
