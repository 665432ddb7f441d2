//! What a title's page is made of.

use chrono::NaiveDate;
use domain::{
    model_posts::{
        definition,
        gaps::GapCode,
        title::{ObjectionStatus, TitleAction, TitleStatus, steps},
    },
    permission::Permission,
};
use leptos::prelude::*;

use super::{
    account,
    title::{Desk, Task},
};
use crate::{
    api::{
        model_posts::{Look, ModelGap, ModelTitle, TitleCriterion, TitleEvent, TitleObjection},
        posts::Member,
    },
    components::{Chip, Icon, Mark, Tone},
    i18n::{label, pick, t, t_string, use_i18n},
    session::use_session,
    time,
};

/// The states on the way, in order; the review begins anew from the one before it.
const WAY: [TitleStatus; 6] = [
    TitleStatus::Applied,
    TitleStatus::Reviewed,
    TitleStatus::Publicised,
    TitleStatus::Awarded,
    TitleStatus::UnderReview,
    TitleStatus::Assessed,
];

/// The way of a title, and how far it has come.
#[component]
pub(super) fn Track(status: TitleStatus) -> impl IntoView {
    use TitleStatus as S;
    let i18n = use_i18n();
    // What a review ends with is held as after the award.
    let at = match status {
        S::Retained | S::Warned | S::StarsChanged => 3,
        S::Declined | S::Withdrawn => WAY.len(),
        other => WAY.iter().position(|state| *state == other).unwrap_or(0),
    };
    let over = status.is_over();
    let states = WAY.iter().enumerate().map(move |(n, state)| {
        let shown = if n == at { status } else { *state };
        let class = match n {
            _ if over => "track-step",
            n if n < at => "track-step track-done",
            n if n == at => "track-step track-here",
            _ => "track-step",
        };
        let here = n == at;
        view! {
            <li class=class aria-current=here.then_some("step")>
                <span class="track-dot" aria-hidden="true">{(n < at && !over).then(|| view! { <Icon mark=Mark::Check /> })}</span>
                <span>{move || label(i18n.get_locale(), "title_status", shown.key())}</span>
            </li>
        }
    });
    let end = over.then(|| {
        view! {
            <li class="track-step track-over" aria-current="step">
                <span class="track-dot" aria-hidden="true"><Icon mark=Mark::Close /></span>
                <span>{move || label(i18n.get_locale(), "title_status", status.key())}</span>
            </li>
        }
    });
    view! { <ol class="track" aria-label=move || t_string!(i18n, models.title.way)>{states.collect_view()} {end}</ol> }
}

/// What comes next, and who does it.
#[component]
pub(super) fn Next(status: TitleStatus) -> impl IntoView {
    let i18n = use_i18n();
    let next = move || {
        let locale = i18n.get_locale();
        let line = |(action, hand): (TitleAction, domain::model_posts::title::Hand)| {
            let who = label(locale, "title_hand", hand.key());
            view! { <li>{label(locale, "title_action", action.key())} " · " <span class="hint">{who}</span></li> }
        };
        steps(status).map(line).collect_view()
    };
    let over = status.is_over();
    view! {
        <p>{move || if over { t_string!(i18n, models.title.over) } else { t_string!(i18n, models.title.nothing) }}</p>
        <ul class="next-steps">{next}</ul>
    }
}

/// How the checks of a title stand, and a way to write a look down.
#[component]
pub(super) fn Looks(
    title: ModelTitle,
    looks: Vec<Look>,
    gaps: Vec<ModelGap>,
    people: Vec<Member>,
    today: NaiveDate,
    desk: Desk,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let writes = session.can(Permission::ModelPostPropose) && !title.status.is_over();
    let rows = definition(title.kind).checks().map(|check| {
        let last = looks.iter().find(|look| look.check == check).cloned();
        let due = gaps.iter().find(|gap| gap.code == GapCode::LookDue && gap.check == Some(check));
        let overdue = due.is_some_and(|gap| gap.breach);
        let (tone, mark) = match &last {
            Some(look) if !look.fine => (Tone::Bad, Mark::Alert),
            _ if overdue => (Tone::Bad, Mark::Clock),
            None => (Tone::Plain, Mark::Info),
            Some(_) => (Tone::Good, Mark::Check),
        };
        let state = last.as_ref().map(|look| look.fine);
        let word = move || match state {
            Some(false) => t_string!(i18n, models.look.bad),
            _ if overdue => t_string!(i18n, models.look.overdue),
            Some(true) => t_string!(i18n, models.look.fine),
            None => t_string!(i18n, models.look.never),
        };
        let by = last.as_ref().map(|look| look.checker);
        let people = people.clone();
        let who = move || by.map(|by| account(i18n, &people, by)).unwrap_or_default();
        let title = title.clone();
        view! {
            <li class="look" data-check=check.key()>
                <div class="person-head">
                    <span class="font-semibold">{move || label(i18n.get_locale(), "check_kind", check.key())}</span>
                    <Chip tone mark text=word />
                </div>
                {last.as_ref().map(|look| view! { <p class="hint"><span class="tabular-nums">{look.on.to_string()}</span> " · " {who}</p> })}
                {last.as_ref().and_then(|look| look.note.clone()).map(|note| view! { <p class="hint prose-text">{note}</p> })}
                {writes.then(|| view! {
                    <button type="button" class="btn btn-ghost btn-small" on:click=move |_| desk.begin(Task::Look(title.clone(), Some(check), today))>
                        {t!(i18n, models.look.write)}
                        <span class="sr-only">{move || label(i18n.get_locale(), "check_kind", check.key())}</span>
                    </button>
                })}
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="sheet" aria-labelledby="title-looks">
            <h2 class="sheet-title" id="title-looks">{t!(i18n, models.look.title)}</h2>
            <ul class="looks">{rows}</ul>
        </section>
    }
}

/// What the title asks for, clause by clause.
#[component]
pub(super) fn Criteria(criteria: Vec<TitleCriterion>) -> impl IntoView {
    let i18n = use_i18n();
    let rows = criteria.into_iter().map(|row| {
        let TitleCriterion { clause, title_zh, title_en, summary_zh, summary_en, computed } = row;
        view! {
            <li>
                <p>
                    <span class="font-semibold tabular-nums">{clause}</span> " "
                    {move || pick(i18n.get_locale(), &title_zh, &title_en)}
                    {(!computed).then(|| view! { <span class="hint">" · " {t!(i18n, models.title.judged)}</span> })}
                </p>
                <p class="hint">{move || pick(i18n.get_locale(), &summary_zh, &summary_en)}</p>
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <details class="sheet fold">
            <summary class="sheet-title"><Icon mark=Mark::ChevronRight class="icon branch-arrow" />{t!(i18n, models.title.criteria)}</summary>
            <ul class="grid gap-3">{rows}</ul>
        </details>
    }
}

/// What was held against the title.
#[component]
pub(super) fn Objections(objections: Vec<TitleObjection>, settles: bool, desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    if objections.is_empty() {
        return ().into_any();
    }
    let rows = objections.into_iter().map(|row| {
        let status = row.status;
        let (tone, mark) = match status {
            ObjectionStatus::Open => (Tone::Warn, Mark::Flag),
            ObjectionStatus::Upheld => (Tone::Bad, Mark::Alert),
            ObjectionStatus::Dismissed => (Tone::Still, Mark::Check),
        };
        let (taken, text, answer) = (time::date_time(row.taken_at), row.text.clone(), row.answer.clone());
        let button = (settles && status == ObjectionStatus::Open).then(|| {
            view! {
                <button type="button" class="btn btn-outline btn-small" data-action="settle" on:click=move |_| desk.begin(Task::Settle(row.clone()))>
                    {move || label(i18n.get_locale(), "title_action", "settle")}
                </button>
            }
        });
        view! {
            <li class="grid gap-1">
                <p class="person-head">
                    <Chip tone mark text=move || label(i18n.get_locale(), "objection_status", status.key()) />
                    <span class="hint tabular-nums">{taken}</span>
                </p>
                <p class="prose-text">{text}</p>
                {answer.map(|answer| view! { <p class="quote prose-text">{answer}</p> })}
                {button}
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="sheet" aria-labelledby="title-objections">
            <h2 class="sheet-title" id="title-objections">{t!(i18n, models.title.objections)}</h2>
            <ul class="grid gap-4">{rows}</ul>
        </section>
    }
    .into_any()
}

/// What happened to the title, oldest first.
#[component]
pub(super) fn Events(events: Vec<TitleEvent>, people: Vec<Member>) -> impl IntoView {
    let i18n = use_i18n();
    let rows = events.into_iter().map(|event| {
        let TitleEvent { action, actor, at, score, stars, until, note } = event;
        let people = people.clone();
        let verb = action.map_or("apply", TitleAction::key);
        let until = until.map(|day| day.to_string());
        let more = move || {
            let parts = [
                score.map(|score| t_string!(i18n, models.title.points, count = score)),
                stars.map(|stars| t_string!(i18n, models.title.stars, count = stars)),
                until.as_ref().map(|day| t_string!(i18n, models.title.until, day = day.as_str())),
            ];
            parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
        };
        view! {
            <li class="log-line">
                <span class="log-mark"><Icon mark=Mark::Flag /></span>
                <div class="log-body">
                    <p class="log-title"><span class="font-semibold">{move || label(i18n.get_locale(), "title_action", verb)}</span></p>
                    <p class="log-meta">
                        <span class="tabular-nums">{time::date_time(at)}</span>
                        <span>{move || account(i18n, &people, actor)}</span>
                        <span>{more}</span>
                    </p>
                    {note.map(|note| view! { <p class="prose-text">{note}</p> })}
                </div>
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="sheet" aria-labelledby="title-events">
            <h2 class="sheet-title" id="title-events">{t!(i18n, models.title.events)}</h2>
            <ol class="log">{rows}</ol>
        </section>
    }
}
