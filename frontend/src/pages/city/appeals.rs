//! `/desk/appeals`: appeals against ratings that wait for the city's reviewer, or were decided.

use domain::bad_ratings::appeal::RatingAppealStatus;
use leptos::prelude::*;

use crate::{
    api::bad_ratings::{Appeal, appeals},
    components::{AsyncView, Chip, Empty, Mark, PageHeading, Tone},
    i18n::{Locale, label, pick, t, t_string, td_string, use_i18n},
    time,
};

/// The page.
#[component]
pub fn Appeals() -> impl IntoView {
    let i18n = use_i18n();
    let status = RwSignal::new(RatingAppealStatus::Open);
    let found = LocalResource::new(move || appeals(status.get()));
    let tabs = RatingAppealStatus::ALL.iter().map(|tab| {
        view! {
            <button
                type="button"
                class="btn"
                class:btn-primary=move || status.get() == *tab
                class:btn-outline=move || status.get() != *tab
                aria-pressed=move || (status.get() == *tab).to_string()
                on:click=move |_| status.set(*tab)
            >
                {move || label(i18n.get_locale(), "rating_appeal_status", tab.key())}
            </button>
        }
    });
    let ready = move |rows: Vec<Appeal>| {
        if rows.is_empty() {
            return view! { <Empty text=move || t_string!(i18n, bad_ratings.city.none) /> }.into_any();
        }
        let rows = rows.into_iter().map(|row| view! { <li><Card row /></li> }).collect_view();
        view! { <ul class="case-cards">{rows}</ul> }.into_any()
    };
    view! {
        <PageHeading title=move || t_string!(i18n, bad_ratings.city.title) />
        <p class="desk-lead">{t!(i18n, bad_ratings.city.lead)}</p>
        <div class="flex flex-wrap gap-2 mb-4" role="group" aria-label=move || t_string!(i18n, bad_ratings.city.status)>
            {tabs.collect_view()}
        </div>
        <AsyncView resource=found ready />
    }
}

#[component]
fn Card(row: Appeal) -> impl IntoView {
    let i18n = use_i18n();
    let href = format!("/desk/appeals/{}", row.id);
    let (named, status) = (row.clone(), row.status);
    view! {
        <article class="card-case" data-appeal=status.key()>
            <div class="person-head">
                <h2 class="card-title">
                    <a class="link" href=href>{move || title(&named, i18n.get_locale())}</a>
                </h2>
                <StateChip row=row.clone() />
            </div>
            <Summary row />
        </article>
    }
}

/// The center and the post of a rating.
pub fn title(row: &Appeal, locale: Locale) -> String {
    let center = pick(locale, &row.center.name_zh, &row.center.name_en);
    let post = row.post.as_deref().unwrap_or_else(|| td_string!(locale, bad_ratings.center));
    format!("{center} · {post}")
}

/// Whether it waits, is being looked into, or is decided.
#[component]
pub fn StateChip(
    /// The line of the list.
    row: Appeal,
) -> impl IntoView {
    let i18n = use_i18n();
    let (tone, mark) = match row.status {
        RatingAppealStatus::Decided => (Tone::Good, Mark::Check),
        RatingAppealStatus::Open if row.late => (Tone::Bad, Mark::Alert),
        RatingAppealStatus::Open if row.mine => (Tone::Active, Mark::Eye),
        RatingAppealStatus::Open => (Tone::Warn, Mark::Clock),
    };
    let text = move || {
        let locale = i18n.get_locale();
        match row.decision {
            Some(decision) => label(locale, "rating_appeal_decision", decision.key()),
            None if row.late => td_string!(locale, bad_ratings.city.late),
            None if row.mine => td_string!(locale, bad_ratings.city.mine),
            None => label(locale, "rating_appeal_status", row.status.key()),
        }
    };
    view! { <Chip tone mark text /> }
}

/// What the city knows of a case without opening it.
#[component]
pub fn Summary(
    /// The line of the list.
    row: Appeal,
) -> impl IntoView {
    let i18n = use_i18n();
    let Appeal { level, ground, rated_on, appealed_at, due_at, status, reason, opened_by, mine, .. } = row;
    let open = status == RatingAppealStatus::Open;
    let (day, since) = (rated_on.to_string(), time::date_time(appealed_at));
    let due = due_at.filter(|_| open).map(time::date);
    let opened = opened_by.filter(|_| open && !mine);
    view! {
        <p class="person-facts">
            <span>{move || label(i18n.get_locale(), "five_level", level.key())}</span>
            <span>{move || label(i18n.get_locale(), "rating_appeal_ground", ground.key())}</span>
            <span class="tabular-nums">{move || t_string!(i18n, bad_ratings.city.rated_on, day = day.as_str())}</span>
            <span class="tabular-nums">{move || t_string!(i18n, bad_ratings.city.since, at = since.as_str())}</span>
            {due.map(|due| view! {
                <span class="tabular-nums">{move || t_string!(i18n, bad_ratings.city.due, day = due.as_str())}</span>
            })}
            {opened.map(|name| view! {
                <span>{move || t_string!(i18n, bad_ratings.city.opened_by, name = name.as_str())}</span>
            })}
        </p>
        <p class="prose-text">{reason}</p>
    }
}
