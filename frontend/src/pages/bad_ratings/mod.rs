//! `/desk/bad-ratings`: the cases that bad ratings have opened, what is due first, with both totals.

pub mod log;
pub mod page;
mod steps;

use domain::bad_ratings::{BadRatingQueue, BadRatingStatus};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::posts::Office;
use crate::{
    api::bad_ratings::{Case, Count, List, Row, Totals, cases},
    components::{AsyncView, Chip, Deadline, Due, Empty, ExportButton, Icon, Mark, PageHeading, Tone, refresh},
    i18n::{Locale, label, t, t_string, td_string, use_i18n},
};

/// The page.
#[component]
pub fn BadRatingList() -> impl IntoView {
    let i18n = use_i18n();
    let query = use_query_map();
    let chosen = move || query.with(|query| query.get("queue")).and_then(|key| BadRatingQueue::from_key(&key));
    let queue = Memo::new(move |_| chosen().unwrap_or(BadRatingQueue::Open));
    let found = LocalResource::new(move || cases(queue.get()));
    refresh::every_minute(move || found.refetch());
    view! {
        <div class="title-line">
            <PageHeading title=move || t_string!(i18n, bad_ratings.title) />
            <ExportButton list="bad_ratings" query=move || format!("queue={}", queue.get().key()) />
        </div>
        <p class="desk-lead">{t!(i18n, bad_ratings.lead)}</p>
        <AsyncView resource=found ready=move |data| view! { <Body data queue /> } />
    }
}

#[component]
fn Body(data: List, queue: Memo<BadRatingQueue>) -> impl IntoView {
    let i18n = use_i18n();
    let List { counts, rows, totals } = data;
    let none = rows.is_empty();
    let rows = rows.into_iter().map(|row| view! { <Line row /> }).collect_view();
    let title = move || label(i18n.get_locale(), "bad_rating_queue", queue.get().key());
    view! {
        {totals.map(|totals| view! { <BothTotals totals /> })}
        <div class="inbox">
            <Queues counts queue />
            <section class="sheet" aria-labelledby="bad-ratings">
                <h2 class="sheet-title" id="bad-ratings">{title}</h2>
                {none.then(|| view! { <Empty text=move || t_string!(i18n, bad_ratings.none) /> })}
                <ul class="settings-list">{rows}</ul>
            </section>
        </div>
    }
}

/// What is excluded stays in sight.
#[component]
fn BothTotals(totals: Totals) -> impl IntoView {
    let i18n = use_i18n();
    let Totals { since, all, excluded, counted } = totals;
    let since = since.to_string();
    let text = move || {
        t_string!(i18n, bad_ratings.totals, since = since.as_str(), all = all, excluded = excluded, counted = counted)
    };
    view! { <p class="hint" data-totals="">{text}</p> }
}

/// The queues, each with how many are in it.
#[component]
fn Queues(counts: Vec<Count>, queue: Memo<BadRatingQueue>) -> impl IntoView {
    let i18n = use_i18n();
    let lines = counts.into_iter().map(|Count { queue: one, count }| {
        let urgent = one == BadRatingQueue::Late && count > 0;
        let current = move || (queue.get() == one).then_some("page");
        let path = format!("/desk/bad-ratings?queue={}", one.key());
        view! {
            <li>
                <a href=path aria-current=current data-queue=one.key()>
                    <span class="flex items-center gap-2">
                        {urgent.then(|| view! { <Icon mark=Mark::Alert class="icon text-error" /> })}
                        {move || label(i18n.get_locale(), "bad_rating_queue", one.key())}
                    </span>
                    <span class="queue-count" class:queue-late=urgent>{count}</span>
                </a>
            </li>
        }
    });
    view! {
        <nav class="queues" aria-label=move || t_string!(i18n, bad_ratings.queues)>
            <ul>{lines.collect_view()}</ul>
        </nav>
    }
}

#[component]
fn Line(row: Row) -> impl IntoView {
    let i18n = use_i18n();
    let href = format!("/desk/bad-ratings/{}", row.case.id);
    let (status, named) = (row.case.status.key(), row.clone());
    view! {
        <li class="person-role" data-case=status>
            <a class="link font-semibold" href=href>{move || what(&named, i18n.get_locale())}</a>
            <Standing row />
        </li>
    }
}

/// The day, the level and the post of a rating.
fn what(row: &Row, locale: Locale) -> String {
    let level = label(locale, "five_level", row.case.level.key());
    let post = row.post.as_deref().unwrap_or_else(|| td_string!(locale, bad_ratings.center));
    format!("{} · {level} · {post}", row.case.rated_on)
}

/// Where a case stands, and what is owed.
#[component]
fn Standing(row: Row) -> impl IntoView {
    use BadRatingStatus as S;
    let i18n = use_i18n();
    let Row { case, days_left, late, .. } = row;
    let Case { status, due_at, named, excluded, .. } = case;
    let (tone, mark) = match status {
        S::Received => (Tone::Warn, Mark::Clock),
        S::Contacted | S::Valid | S::Rectifying => (Tone::Active, Mark::Clock),
        S::Mistaken => (Tone::Plain, Mark::Info),
        S::Appealed => (Tone::Warn, Mark::Flag),
        S::FedBack | S::FollowedUp => (Tone::Good, Mark::Check),
        S::Closed => (Tone::Still, Mark::Lock),
    };
    let due = Due { at: due_at, days_left, late, paused: None };
    view! {
        <span class="person-facts">
            <Chip tone mark text=move || label(i18n.get_locale(), "bad_rating_status", status.key()) />
            {named.then(|| view! { <Chip tone=Tone::Plain mark=Mark::Phone text=move || t_string!(i18n, bad_ratings.named) /> })}
            {excluded.then(|| view! { <Chip tone=Tone::Still mark=Mark::Close text=move || t_string!(i18n, bad_ratings.excluded) /> })}
            <Deadline due />
        </span>
    }
}
