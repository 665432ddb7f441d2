//! `/desk/referrals`: cases that centers, or their lateness, have put before the city.

use domain::complaints::referral::ReferralStatus;
use leptos::prelude::*;

use crate::{
    api::referrals::{Listed, Referral, list},
    components::{AsyncView, Chip, Empty, Mark, PageHeading, Tone},
    i18n::{label, pick, t, t_string, use_i18n},
    time,
};

/// The page.
#[component]
pub fn Referrals() -> impl IntoView {
    let i18n = use_i18n();
    let status = RwSignal::new(ReferralStatus::Open);
    let center = RwSignal::new(String::new());
    let after = RwSignal::new(None::<String>);
    let found = LocalResource::new(move || {
        let (status, center, after) = (status.get(), center.get().parse().ok(), after.get());
        async move { list(status, center, after).await }
    });
    let narrow = move |event| {
        after.set(None);
        center.set(event_target_value(&event));
    };
    let centers = Memo::new(move |_| found.get().and_then(Result::ok).map(|found| found.centers).unwrap_or_default());
    let options = move || {
        let locale = i18n.get_locale();
        let option = |named: crate::api::city::Named| {
            let id = named.center_id.map(|id| id.to_string()).unwrap_or_default();
            view! { <option value=id>{pick(locale, &named.name_zh, &named.name_en)}</option> }
        };
        centers.get().into_iter().map(option).collect_view()
    };
    let tabs = ReferralStatus::ALL.iter().map(|tab| {
        let choose = move |_| {
            after.set(None);
            status.set(*tab);
        };
        view! {
            <button
                type="button"
                class="btn"
                class:btn-primary=move || status.get() == *tab
                class:btn-outline=move || status.get() != *tab
                aria-pressed=move || (status.get() == *tab).to_string()
                on:click=choose
            >
                {move || label(i18n.get_locale(), "referral_status", tab.key())}
            </button>
        }
    });
    let ready = move |found: Listed| view! { <List found after status=status.get_untracked() /> };
    view! {
        <PageHeading title=move || t_string!(i18n, desk.referrals.title) />
        <p class="desk-lead">{t!(i18n, desk.referrals.lead)}</p>
        <div class="grid gap-3 sm:flex sm:items-end sm:justify-between mb-4">
            <div class="flex flex-wrap gap-2" role="group" aria-label=move || t_string!(i18n, desk.referrals.status)>
                {tabs.collect_view()}
            </div>
            <div class="field">
                <label class="field-label" for="referral-center">{t!(i18n, desk.city.center)}</label>
                <select id="referral-center" class="input-line" prop:value=move || center.get() on:change=narrow>
                    <option value="">{t!(i18n, desk.referrals.all_centers)}</option>
                    {options}
                </select>
            </div>
        </div>
        <AsyncView resource=found ready />
    }
}

#[component]
fn List(found: Listed, after: RwSignal<Option<String>>, status: ReferralStatus) -> impl IntoView {
    let i18n = use_i18n();
    let Listed { nodes, page_info, total_count, .. } = found;
    if nodes.is_empty() {
        let text = move || match status {
            ReferralStatus::Open => t_string!(i18n, desk.referrals.empty_open),
            ReferralStatus::Answered => t_string!(i18n, desk.referrals.empty_answered),
        };
        return view! { <Empty text /> }.into_any();
    }
    let back = after.with_untracked(Option::is_some).then(|| {
        view! {
            <button type="button" class="btn btn-ghost" on:click=move |_| after.set(None)>
                {t!(i18n, desk.referrals.first_page)}
            </button>
        }
    });
    let more = page_info.end_cursor.filter(|_| page_info.has_next_page).map(|cursor| {
        view! {
            <button type="button" class="btn btn-outline" on:click=move |_| after.set(Some(cursor.clone()))>
                {t!(i18n, desk.referrals.next_page)}
            </button>
        }
    });
    view! {
        <p class="hint" role="status">{move || t_string!(i18n, complaints.inbox.count, count = total_count)}</p>
        <ul class="case-cards">
            {nodes.into_iter().map(|row| view! { <li><Card row /></li> }).collect_view()}
        </ul>
        <div class="flex flex-wrap gap-2 pt-4">{back} {more}</div>
    }
    .into_any()
}

#[component]
fn Card(row: Referral) -> impl IntoView {
    let (number, marked) = (row.number.clone(), row.number.clone());
    let href = format!("/desk/referrals/{}", row.id);
    view! {
        <article class="card-case" data-referral=marked>
            <div class="person-head">
                <h2 class="card-title">
                    <a class="link" href=href>{number}</a>
                </h2>
                <StateChip row=row.clone() />
            </div>
            <Summary row />
        </article>
    }
}

/// Whether it waits, is being looked into, or is answered.
#[component]
pub fn StateChip(
    /// The line of the list.
    row: Referral,
) -> impl IntoView {
    let i18n = use_i18n();
    let (tone, mark) = match row.status {
        ReferralStatus::Answered => (Tone::Good, Mark::Check),
        ReferralStatus::Open if row.mine => (Tone::Active, Mark::Eye),
        ReferralStatus::Open => (Tone::Warn, Mark::Clock),
    };
    let status = row.status;
    let text = move || {
        if status == ReferralStatus::Open && row.mine {
            t_string!(i18n, desk.referrals.mine)
        } else {
            label(i18n.get_locale(), "referral_status", status.key())
        }
    };
    view! { <Chip tone mark text /> }
}

/// What the city knows of a case without opening it.
#[component]
pub fn Summary(
    /// The line of the list.
    row: Referral,
) -> impl IntoView {
    let i18n = use_i18n();
    let (zh, en) = (row.center.name_zh, row.center.name_en);
    let (subject, cause, days) = (row.subject, row.cause, row.days);
    let at = time::date_time(row.referred_at);
    let open = row.status == ReferralStatus::Open;
    let opened = row.opened_by.filter(|_| open && !row.mine);
    let why = row.reason.map_or_else(
        || {
            cause.map(|cause| {
                view! { <p>{move || label(i18n.get_locale(), "escalation_cause", cause.key())}</p> }.into_any()
            })
        },
        |reason| Some(view! { <p class="prose-text">{reason}</p> }.into_any()),
    );
    view! {
        <p class="person-facts">
            <span>{move || pick(i18n.get_locale(), &zh, &en)}</span>
            <span>{move || label(i18n.get_locale(), "complaint_subject", subject.key())}</span>
            <span class="tabular-nums">{move || t_string!(i18n, desk.referrals.since, at = at.as_str())}</span>
            {open.then(|| view! { <span>{move || t_string!(i18n, desk.referrals.days, count = days)}</span> })}
            {opened.map(|name| view! {
                <span>{move || t_string!(i18n, desk.referrals.opened_by, name = name.as_str())}</span>
            })}
        </p>
        {why}
    }
}
