//! Calls, work in the back, and when the window was open or should have been.

use chrono::NaiveDate;
use domain::{PostId, tidal::ProposalStatus};
use leptos::prelude::*;

use super::{Office, Task};
use crate::{
    api::tidal::{Call, Proposal, Session, Work},
    components::{Chip, ExportButton, Mark, Tone},
    i18n::{label, t, t_string, use_i18n},
    time,
};

/// Calls, newest first.
#[component]
pub(super) fn Calls(
    calls: Vec<Call>,
    may_keep: bool,
    office: Office<Task>,
    post: PostId,
    today: NaiveDate,
) -> impl IntoView {
    let i18n = use_i18n();
    let none = calls.is_empty();
    let rows = calls.into_iter().map(|row| view! { <CallLine row may_keep office /> }).collect_view();
    view! {
        <section class="sheet" aria-labelledby="tidal-calls">
            <div class="title-line">
                <h2 class="sheet-title" id="tidal-calls">{t!(i18n, tidal.calls)}</h2>
                <ExportButton list="tidal_calls" of="tidal-calls" query=format!("post={post}") />
            </div>
            {none.then(|| view! { <p class="hint">{t!(i18n, tidal.no_calls)}</p> })}
            <ul class="settings-list">{rows}</ul>
            {may_keep.then(|| view! {
                <button type="button" class="btn btn-outline btn-small" on:click=move |_| office.begin(Task::Call(post, today))>
                    {t!(i18n, tidal.call)}
                </button>
            })}
        </section>
    }
}

#[component]
fn CallLine(row: Call, may_keep: bool, office: Office<Task>) -> impl IntoView {
    let i18n = use_i18n();
    let (answered, late) = (row.answered, row.late);
    let waits = !answered && row.returned_at.is_none();
    let (tone, mark) = match (answered, waits, late) {
        (true, ..) => (Tone::Good, Mark::Phone),
        (false, _, true) => (Tone::Bad, Mark::Alert),
        (false, true, false) => (Tone::Warn, Mark::Clock),
        (false, false, false) => (Tone::Good, Mark::Check),
    };
    let word = move || {
        let word = if answered { t_string!(i18n, tidal.yes) } else { t_string!(i18n, tidal.no) };
        if late { format!("{word} · {}", t_string!(i18n, tidal.late)) } else { word.to_owned() }
    };
    let due = row.due_on.filter(|_| waits).map(|day| day.to_string());
    let due = move || due.as_ref().map(|day| t_string!(i18n, tidal.due, day = day.as_str()));
    let returned = row.returned_at.map(|at| (time::date_time(at), row.outcome.clone().unwrap_or_default()));
    let returned = move || {
        let (at, outcome) = returned.as_ref()?;
        Some(t_string!(i18n, tidal.returned, at = at.as_str(), outcome = outcome.as_str()))
    };
    let tail = row.tail.clone().map(|tail| format!("····{tail}"));
    let call = row.clone();
    view! {
        <li class="person-role" data-call=row.tail.clone()>
            <span class="tabular-nums">{time::date_time(row.called_at)} " " {tail}</span>
            <Chip tone mark text=word />
            <span>{row.note}</span>
            <span class="hint">{due} {returned}</span>
            {(may_keep && waits).then(|| view! {
                <span class="person-acts">
                    <button type="button" class="btn btn-outline btn-small" on:click=move |_| office.begin(Task::Return(call.clone()))>
                        {t!(i18n, tidal.give_return)}
                    </button>
                </span>
            })}
        </li>
    }
}

/// Work in the back, newest first.
#[component]
pub(super) fn Works(
    works: Vec<Work>,
    may_keep: bool,
    office: Office<Task>,
    post: PostId,
    today: NaiveDate,
) -> impl IntoView {
    let i18n = use_i18n();
    let none = works.is_empty();
    let rows = works.into_iter().map(|row| {
        let (kind, cases, minutes) = (row.work, row.cases, row.minutes);
        view! {
            <li class="person-role">
                <span class="tabular-nums">{row.on.to_string()}</span>
                <strong>{move || label(i18n.get_locale(), "back_work", kind.key())}</strong>
                <span>{row.who}</span>
                <span class="hint">{move || t_string!(i18n, tidal.work_line, cases = cases, minutes = minutes)}</span>
                <span>{row.note}</span>
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="sheet" aria-labelledby="tidal-works">
            <div class="title-line">
                <h2 class="sheet-title" id="tidal-works">{t!(i18n, tidal.works)}</h2>
                <ExportButton list="tidal_work" of="tidal-works" query=format!("post={post}") />
            </div>
            {none.then(|| view! { <p class="hint">{t!(i18n, tidal.no_works)}</p> })}
            <ul class="settings-list">{rows}</ul>
            {may_keep.then(|| view! {
                <button type="button" class="btn btn-outline btn-small" on:click=move |_| office.begin(Task::Work(post, today))>
                    {t!(i18n, tidal.work)}
                </button>
            })}
        </section>
    }
}

/// When the window was open, newest first.
#[component]
pub(super) fn Sessions(sessions: Vec<Session>, post: PostId) -> impl IntoView {
    let i18n = use_i18n();
    let none = sessions.is_empty();
    let rows = sessions.into_iter().map(|row| {
        let closed = row.closed_at.map(time::date_time);
        let until = move || closed.clone().unwrap_or_else(|| t_string!(i18n, tidal.going_on).to_owned());
        let number = |value: Option<i32>| value.map_or_else(|| "–".to_owned(), |value| value.to_string());
        let no_relief = row.no_relief;
        view! {
            <li class="grid gap-1" data-session=row.reason.key()>
                <p class="tabular-nums"><strong>{time::date_time(row.opened_at)} " – " {until}</strong></p>
                <p class="hint">{move || label(i18n.get_locale(), "open_reason", row.reason.key())} " · " {row.opener}</p>
                <dl class="desk-facts">
                    <dt>{t!(i18n, tidal.was_waiting)}</dt><dd>{number(row.waiting)}</dd>
                    <dt>{t!(i18n, tidal.fewest)}</dt><dd>{number(row.fewest)}</dd>
                    <dt>{t!(i18n, tidal.served_count)}</dt><dd>{number(row.served)}</dd>
                </dl>
                {no_relief.then(|| view! { <Chip tone=Tone::Bad mark=Mark::Alert text=move || t_string!(i18n, tidal.no_relief_short) /> })}
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="sheet" aria-labelledby="tidal-sessions">
            <div class="title-line">
                <h2 class="sheet-title" id="tidal-sessions">{t!(i18n, tidal.sessions)}</h2>
                <ExportButton list="tidal_sessions" of="tidal-sessions" query=format!("post={post}") />
            </div>
            {none.then(|| view! { <p class="hint">{t!(i18n, tidal.no_sessions)}</p> })}
            <ul class="grid gap-4">{rows}</ul>
        </section>
    }
}

/// Peaks, and what became of them.
#[component]
pub(super) fn Peaks(proposals: Vec<Proposal>, post: PostId) -> impl IntoView {
    let i18n = use_i18n();
    let none = proposals.is_empty();
    let rows = proposals.into_iter().map(|row| {
        let (tone, mark) = match row.status {
            ProposalStatus::Pending => (Tone::Warn, Mark::Clock),
            ProposalStatus::Opened => (Tone::Good, Mark::Check),
            ProposalStatus::Declined | ProposalStatus::Passed => (Tone::Bad, Mark::Alert),
        };
        let (status, waiting) = (row.status, row.waiting);
        view! {
            <li class="grid gap-1">
                <p class="person-facts">
                    <span class="tabular-nums">{time::date_time(row.peak_from)}</span>
                    <Chip tone mark text=move || label(i18n.get_locale(), "proposal_status", status.key()) />
                </p>
                <p class="hint">{move || t_string!(i18n, tidal.peak, waiting = waiting)} " " {row.decider}</p>
                {row.reason.map(|text| view! { <p class="prose-text">{text}</p> })}
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="sheet" aria-labelledby="tidal-peaks">
            <div class="title-line">
                <h2 class="sheet-title" id="tidal-peaks">{t!(i18n, tidal.peaks)}</h2>
                <ExportButton list="tidal_peaks" of="tidal-peaks" query=format!("post={post}") />
            </div>
            {none.then(|| view! { <p class="hint">{t!(i18n, tidal.no_peaks)}</p> })}
            <ul class="grid gap-4">{rows}</ul>
        </section>
    }
}
