//! `/desk/appearance`: the checks that one sees, and what they come to; of one person where the address names one.

pub mod check;
pub mod new;
mod pictures;

use std::collections::HashMap;

use domain::{PostId, StaffId, appearance::Item, permission::Permission};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use self::pictures::Pictures;
use crate::{
    api::appearance::{Check, Failing, Last, List, Repeat, checks},
    components::{AsyncView, Chip, ExportButton, Icon, Mark, Notice, NoticeLine, PageHeading, Tone},
    i18n::{Locale, label, t, t_string, use_i18n},
    session::use_session,
};

/// The address of the page.
const HOME: &str = "/desk/appearance";

/// Names by id.
type People = HashMap<StaffId, String>;
type Posts = HashMap<PostId, String>;

/// An item with its code, as results show it: in the words for everybody.
fn item_name(locale: Locale, item: Item) -> String {
    format!("{} {}", item.key(), label(locale, "appearance_item", item.key()))
}

/// The page.
#[component]
pub fn AppearancePage() -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let query = use_query_map();
    let of = Memo::new(move |_| query.with(|query| query.get("staff")).and_then(|id| id.parse::<StaffId>().ok()));
    let found = LocalResource::new(move || checks(of.get()));
    let notice = Notice::new();
    let checking = move || session.can(Permission::AppearanceCheck);
    let as_shown = move || of.get().map(|id| format!("staff={id}")).unwrap_or_default();
    let ready = move |data: List| {
        view! { <Body data of=of.get_untracked() checking=checking() notice again=move || found.refetch() /> }
    };
    view! {
        <div class="title-line">
            <PageHeading title=move || t_string!(i18n, appearance.title) />
            <div class="person-acts">
                <ExportButton list="appearance" query=as_shown />
                <Show when=checking>
                    <a class="btn btn-primary" href=format!("{HOME}/new")>
                        <Icon mark=Mark::Plus />
                        {t!(i18n, appearance.check)}
                    </a>
                </Show>
            </div>
        </div>
        <p class="desk-lead">{t!(i18n, appearance.lead)}</p>
        <p class="banner banner-still"><Icon mark=Mark::Info />{t!(i18n, appearance.privacy)}</p>
        <NoticeLine notice />
        <AsyncView resource=found ready />
    }
}

#[component]
fn Body(
    data: List,
    of: Option<StaffId>,
    checking: bool,
    notice: Notice,
    again: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let i18n = use_i18n();
    let List { checks, more, last, failing, repeats, posts, people, pictures } = data;
    let people: People = people.into_iter().map(|row| (row.id, row.name)).collect();
    let posts: Posts = posts.into_iter().map(|row| (row.id, row.name)).collect();
    let name = of.and_then(|id| people.get(&id).cloned());
    let none = checks.is_empty();
    let of_checks = checks.into_iter().map(|check| {
        let who = people.get(&check.staff).cloned().unwrap_or_default();
        let post = posts.get(&check.post_id).cloned().unwrap_or_default();
        view! { <Line check who post /> }
    });
    let of_checks = of_checks.collect_view();
    let whole = of.is_none();
    let totals = checking.then(|| {
        view! {
            <div class="pair">
                {whole.then(|| view! { <FailedMost failing /> })}
                <Repeated repeats people=people.clone() />
            </div>
            <LastChecks last people=people.clone() posts=posts.clone() />
        }
    });
    view! {
        {(!whole).then(|| view! {
            <p class="person-head">
                <strong>{move || name.clone().map(|name| t_string!(i18n, appearance.last.of, name = name.as_str()))}</strong>
                <a class="link" href=HOME>{t!(i18n, appearance.last.all)}</a>
            </p>
        })}
        {totals}
        <section class="sheet" aria-labelledby="appearance-checks">
            <h2 class="sheet-title" id="appearance-checks">{t!(i18n, appearance.checks)}</h2>
            {none.then(|| view! {
                <p class="hint">
                    {move || if checking { t_string!(i18n, appearance.none) } else { t_string!(i18n, appearance.none_own) }}
                </p>
            })}
            <ul class="settings-list">{of_checks}</ul>
            {more.then(|| view! { <p class="hint">{t!(i18n, appearance.more)}</p> })}
        </section>
        {whole.then(|| view! { <Pictures pictures notice again /> })}
    }
}

/// How many items of a check were in order.
#[component]
fn Score(passed: i32, asked: i32) -> impl IntoView {
    let i18n = use_i18n();
    let (tone, mark) = if passed == asked { (Tone::Good, Mark::Check) } else { (Tone::Warn, Mark::Flag) };
    view! { <Chip tone mark text=move || t_string!(i18n, appearance.score, passed = passed, asked = asked) /> }
}

#[component]
fn Line(check: Check, who: String, post: String) -> impl IntoView {
    let i18n = use_i18n();
    let Check { id, on, passed, asked, answered, .. } = check;
    view! {
        <li class="person-role" data-check=id.to_string()>
            <a class="link font-semibold" href=format!("{HOME}/{id}")>{who} " · " {on.to_string()}</a>
            <span>{post}</span>
            <span class="person-facts">
                <Score passed asked />
                {answered.then(|| view! { <Chip tone=Tone::Plain mark=Mark::Chat text=move || t_string!(i18n, appearance.answered) /> })}
            </span>
        </li>
    }
}

#[component]
fn FailedMost(failing: Vec<Failing>) -> impl IntoView {
    let i18n = use_i18n();
    let none = failing.is_empty();
    let rows = failing.into_iter().map(|row| {
        let Failing { item, people } = row;
        view! {
            <li class="check-row" data-failing=item.key()>
                <span>{move || item_name(i18n.get_locale(), item)}</span>
                <span class="hint">{move || t_string!(i18n, appearance.failing.people, count = people)}</span>
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="sheet" aria-labelledby="appearance-failing">
            <h2 class="sheet-title" id="appearance-failing">{t!(i18n, appearance.failing.title)}</h2>
            {none.then(|| view! { <p class="hint">{t!(i18n, appearance.failing.none)}</p> })}
            <ul class="grid gap-2">{rows}</ul>
        </section>
    }
}

#[component]
fn Repeated(repeats: Vec<Repeat>, people: People) -> impl IntoView {
    let i18n = use_i18n();
    let none = repeats.is_empty();
    let rows = repeats.into_iter().map(|row| {
        let Repeat { staff, item, times } = row;
        let who = people.get(&staff).cloned().unwrap_or_default();
        view! {
            <li class="check-row" data-repeat=item.key()>
                <strong>{who}</strong>
                <span>{move || item_name(i18n.get_locale(), item)}</span>
                <span class="hint">{move || t_string!(i18n, appearance.repeats.times, count = times)}</span>
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="sheet" aria-labelledby="appearance-repeats">
            <h2 class="sheet-title" id="appearance-repeats">{t!(i18n, appearance.repeats.title)}</h2>
            {none.then(|| view! { <p class="hint">{t!(i18n, appearance.repeats.none)}</p> })}
            <ul class="grid gap-2">{rows}</ul>
        </section>
    }
}

#[component]
fn LastChecks(last: Vec<Last>, people: People, posts: Posts) -> impl IntoView {
    let i18n = use_i18n();
    let none = last.is_empty();
    let rows = last.into_iter().map(|row| {
        let Last { staff, post_id, check } = row;
        let who = people.get(&staff).cloned().unwrap_or_default();
        let post = posts.get(&post_id).cloned().unwrap_or_default();
        let standing = match check {
            Some(Check { id, on, passed, asked, .. }) => view! {
                <a class="link tabular-nums" href=format!("{HOME}/{id}")>{on.to_string()}</a>
                <Score passed asked />
            }
            .into_any(),
            None => {
                view! { <Chip tone=Tone::Still mark=Mark::Clock text=move || t_string!(i18n, appearance.last.never) /> }
                    .into_any()
            }
        };
        view! {
            <li class="person-role" data-last=staff.to_string()>
                <a class="link font-semibold" href=format!("{HOME}?staff={staff}")>{who}</a>
                <span>{post}</span>
                <span class="person-facts">{standing}</span>
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="sheet" aria-labelledby="appearance-last">
            <h2 class="sheet-title" id="appearance-last">{t!(i18n, appearance.last.title)}</h2>
            {none.then(|| view! { <p class="hint">{t!(i18n, appearance.last.none)}</p> })}
            <ul class="settings-list">{rows}</ul>
        </section>
    }
}
