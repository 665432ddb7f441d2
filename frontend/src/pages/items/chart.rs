//! A picture of what is served where: for each type of window a column, and one for the dedicated windows.

use std::sync::Arc;

use domain::{
    items::{PlatformLink, ServedAt, WindowType},
    posts::PostStatus,
    settings::EntryStatus,
};
use leptos::prelude::*;

use super::{Lists, Office, Task};
use crate::{
    api::items::{Item, Post, Window},
    components::{Chip, Mark, Tone},
    i18n::{label, t, t_string, use_i18n},
    time,
};

/// Items that a column names before the rest is only counted.
const SHOWN: usize = 12;

#[component]
pub(super) fn Chart(
    windows: Vec<Window>,
    items: Vec<Item>,
    lists: Arc<Lists>,
    may_manage: bool,
    office: Office<Task>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (dedicated, integrated): (Vec<_>, Vec<_>) = items
        .into_iter()
        .filter(|item| item.status == EntryStatus::Active)
        .partition(|item| item.served_at == ServedAt::Dedicated);
    let served = integrated.len();
    let of = |kind: Option<WindowType>| windows.iter().filter(|row| row.kind == kind).cloned().collect::<Vec<_>>();
    let columns = WindowType::ALL.iter().map(|kind| {
        let items = if *kind == WindowType::Intake { integrated.clone() } else { Vec::new() };
        view! { <Column kind=Some(*kind) windows=of(Some(*kind)) items served may_manage office /> }
    });
    let columns = columns.collect_view();
    let nameless = of(None);
    let nameless = (!nameless.is_empty()).then(|| {
        view! { <Column kind=None windows=nameless items=Vec::new() served may_manage office /> }
    });
    view! {
        <section class="grid gap-3" aria-labelledby="items-chart">
            <h2 class="section-title" id="items-chart">{t!(i18n, items.chart)}</h2>
            <div class="grid items-start gap-3 sm:grid-cols-2 xl:grid-cols-4">
                {columns}
                <Dedicated items=dedicated posts=lists.posts.clone() />
                {nameless}
            </div>
        </section>
    }
}

/// The windows of a type, with the items that they serve.
#[component]
fn Column(
    kind: Option<WindowType>,
    windows: Vec<Window>,
    items: Vec<Item>,
    served: usize,
    may_manage: bool,
    office: Office<Task>,
) -> impl IntoView {
    let i18n = use_i18n();
    let title = move || match kind {
        Some(kind) => label(i18n.get_locale(), "window_type", kind.key()),
        None => t_string!(i18n, items.no_type),
    };
    let about = move || match kind {
        Some(WindowType::Intake) => t_string!(i18n, items.takes_in, count = served),
        Some(WindowType::Issue) => t_string!(i18n, items.issues, count = served),
        Some(WindowType::Enquiry) => t_string!(i18n, items.answers).to_owned(),
        None => t_string!(i18n, items.no_type_hint).to_owned(),
    };
    let none = windows.is_empty();
    let rows = windows.into_iter().map(|window| view! { <WindowLine window may_manage office /> }).collect_view();
    view! {
        <section class="sheet" data-column=kind.map_or("none", WindowType::key)>
            <h3 class="card-title">{title}</h3>
            <p class="hint">{about}</p>
            {none.then(|| view! {
                <p><Chip tone=Tone::Bad mark=Mark::Alert text=move || t_string!(i18n, items.no_window) /></p>
            })}
            <ul class="settings-list">{rows}</ul>
            <Names names=items.into_iter().map(|item| (item.code, item.name)).collect() />
        </section>
    }
}

/// Items by name; of many the first.
#[component]
fn Names(names: Vec<(String, String)>) -> impl IntoView {
    let i18n = use_i18n();
    if names.is_empty() {
        return ().into_any();
    }
    let more = names.len().saturating_sub(SHOWN);
    let rows = names.into_iter().take(SHOWN).map(|(code, name)| {
        view! { <li>{name} " " <span class="hint tabular-nums">{code}</span></li> }
    });
    let rows = rows.collect_view();
    view! {
        <ul class="list-inside list-disc">{rows}</ul>
        {(more > 0).then(|| view! { <p class="hint">{move || t_string!(i18n, items.others, count = more)}</p> })}
    }
    .into_any()
}

#[component]
fn WindowLine(window: Window, may_manage: bool, office: Office<Task>) -> impl IntoView {
    let i18n = use_i18n();
    let Window { id, status, link, synced_at, stale, .. } = window;
    let idle = status != PostStatus::Active;
    let name = window.name.clone();
    let link_text = move || match link {
        Some(link) => label(i18n.get_locale(), "platform_link", link.key()),
        None => t_string!(i18n, items.no_link),
    };
    let (tone, mark) = match link {
        Some(PlatformLink::Linked) => (Tone::Good, Mark::Link),
        Some(PlatformLink::Partly) => (Tone::Warn, Mark::Link),
        Some(PlatformLink::NotLinked) | None => (Tone::Bad, Mark::Alert),
    };
    let synced = synced_at.map(|at| {
        let at = time::date_time(at);
        move || t_string!(i18n, items.synced, at = at.as_str())
    });
    view! {
        <li class="grid gap-1 border-t border-base-300 py-3 last:pb-0" data-window=id.to_string()>
            <a class="link font-semibold" href=format!("/desk/posts/{id}")>{window.name.clone()}</a>
            <span class="chips">
                {idle.then(|| view! {
                    <Chip tone=Tone::Still mark=Mark::Pause text=move || label(i18n.get_locale(), "post_status", status.key()) />
                })}
                <Chip tone mark text=link_text />
                {stale.then(|| view! { <Chip tone=Tone::Bad mark=Mark::Clock text=move || t_string!(i18n, items.stale) /> })}
            </span>
            {synced.map(|text| view! { <span class="hint">{text}</span> })}
            {may_manage.then(|| view! {
                <button
                    type="button"
                    class="btn btn-outline btn-small"
                    aria-label=move || t_string!(i18n, items.set_up_named, name = name.as_str())
                    on:click=move |_| office.begin(Task::SetUp(window.clone()))
                >
                    {t!(i18n, items.set_up)}
                </button>
            })}
        </li>
    }
}

/// Posts that serve items of their own, each with why.
#[component]
fn Dedicated(items: Vec<Item>, posts: Vec<Post>) -> impl IntoView {
    let i18n = use_i18n();
    let none = items.is_empty();
    let rows = posts.into_iter().filter_map(|post| {
        let own: Vec<_> = items.iter().filter(|item| item.post == Some(post.id)).cloned().collect();
        (!own.is_empty()).then(|| view! { <DedicatedPost post items=own /> })
    });
    let rows = rows.collect_view();
    view! {
        <section class="sheet" data-column="dedicated">
            <h3 class="card-title">{move || label(i18n.get_locale(), "served_at", ServedAt::Dedicated.key())}</h3>
            <p class="hint">{t!(i18n, items.dedicated_hint)}</p>
            {none.then(|| view! { <p class="hint">{t!(i18n, items.no_dedicated)}</p> })}
            <ul class="settings-list">{rows}</ul>
        </section>
    }
}

#[component]
fn DedicatedPost(post: Post, items: Vec<Item>) -> impl IntoView {
    let i18n = use_i18n();
    let status = post.status;
    let idle = status != PostStatus::Active;
    let rows = items.into_iter().map(|item| {
        view! {
            <li>
                {item.name} " " <span class="hint tabular-nums">{item.code}</span>
                <p class="hint">{item.reason}</p>
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <li class="grid gap-1 border-t border-base-300 py-3 last:pb-0">
            <a class="link font-semibold" href=format!("/desk/posts/{}", post.id)>{post.name}</a>
            {idle.then(|| view! {
                <span>
                    <Chip tone=Tone::Bad mark=Mark::Alert text=move || label(i18n.get_locale(), "post_status", status.key()) />
                </span>
            })}
            <ul class="list-inside list-disc">{rows}</ul>
        </li>
    }
}
