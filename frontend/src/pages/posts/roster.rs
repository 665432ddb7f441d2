//! `/desk/roster`: a week, posts by days.

use chrono::{Days, NaiveDate};
use domain::posts::{PostStatus, roster::Presence};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};

use super::{name, names};
use crate::{
    api::posts::{RosterWeek, week},
    components::{AsyncView, ExportButton, Icon, Mark, PageHeading},
    i18n::{label, t, t_string, use_i18n, weekday},
    time,
};

/// The page.
#[component]
pub fn Roster() -> impl IntoView {
    let i18n = use_i18n();
    let query = use_query_map();
    let day = Memo::new(move |_| query.with(|query| query.get("day")).and_then(|day| day.parse::<NaiveDate>().ok()));
    let found = LocalResource::new(move || week(day.get()));
    let navigate = StoredValue::new_local(use_navigate());
    let go = move |forward: bool| {
        let from = day.get_untracked().unwrap_or_else(time::today);
        let next = if forward { from.checked_add_days(Days::new(7)) } else { from.checked_sub_days(Days::new(7)) };
        let next = next.unwrap_or(from);
        navigate.with_value(|go| go(&format!("/desk/roster?day={next}"), leptos_router::NavigateOptions::default()));
    };
    view! {
        <PageHeading title=move || t_string!(i18n, posts.roster.title) />
        <p class="desk-lead">{t!(i18n, posts.roster.lead)}</p>
        <div class="person-acts no-print">
            <button type="button" class="btn btn-outline btn-small" on:click=move |_| go(false)>
                <Icon mark=Mark::Back />
                {t!(i18n, posts.roster.before)}
            </button>
            <a class="btn btn-outline btn-small" href="/desk/roster">{t!(i18n, posts.roster.this)}</a>
            <button type="button" class="btn btn-outline btn-small" on:click=move |_| go(true)>
                {t!(i18n, posts.roster.after)}
                <Icon mark=Mark::ChevronRight />
            </button>
            <ExportButton
                list="roster"
                query=move || day.get().map(|day| format!("day={day}")).unwrap_or_default()
            />
            <button type="button" class="btn btn-ghost btn-small" on:click=move |_| drop(window().print())>
                <Icon mark=Mark::Print />
                {t!(i18n, posts.roster.print)}
            </button>
        </div>
        <AsyncView resource=found ready=move |data| view! { <Week data /> } />
    }
}

#[component]
fn Week(data: RosterWeek) -> impl IntoView {
    let i18n = use_i18n();
    let RosterWeek { days, posts, people } = data;
    let names = names(&people);
    let range = (days.first().map(|d| d.on.to_string()), days.last().map(|d| d.on.to_string()));
    let caption = move || {
        let (from, to) = (range.0.as_deref().unwrap_or_default(), range.1.as_deref().unwrap_or_default());
        t_string!(i18n, posts.roster.week, from = from, until = to)
    };
    let today = time::today();
    let heads = days.iter().map(|day| {
        let (text, working) = (day.on.format("%m-%d").to_string(), day.is_working);
        let on = day.on;
        let off = move || match working {
            Some(true) => "",
            Some(false) => t_string!(i18n, posts.roster.off),
            None => t_string!(i18n, posts.roster.unknown),
        };
        let current = (day.on == today).then_some("date");
        view! {
            <th scope="col" aria-current=current>
                {move || weekday(i18n.get_locale(), on)}
                <span class="hint tabular-nums">{text} " " {off}</span>
            </th>
        }
    });
    let heads = heads.collect_view();
    let rows = posts.into_iter().filter(|post| post.status == PostStatus::Active).map(|post| {
        let cells = days.iter().map(|day| {
            let there = day.posts.iter().find(|row| row.post_id == post.id);
            let people = there.map(|row| row.places.clone()).unwrap_or_default().into_iter().map(|place| {
                let away = place.presence == Presence::Away;
                let plain = place.presence == Presence::Main;
                let who = name(&names, place.staff);
                let key = place.presence.key();
                view! {
                    <li class:roster-away=away>
                        {who}
                        {(!plain).then(|| view! { <span class="hint">" " {move || label(i18n.get_locale(), "presence", key)}</span> })}
                    </li>
                }
            });
            view! { <td><ul>{people.collect_view()}</ul></td> }
        });
        let cells = cells.collect_view();
        view! {
            <tr>
                <th scope="row"><a class="link" href=format!("/desk/posts/{}", post.id)>{post.name}</a></th>
                {cells}
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        // Wider than a phone: it scrolls by itself, also by keyboard.
        <div class="roster-scroll" tabindex="0" role="region" aria-label=move || t_string!(i18n, posts.roster.title)>
            <table class="roster">
                <caption class="hint">{caption}</caption>
                <thead><tr><th scope="col">{t!(i18n, posts.roster.post)}</th>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
