//! One case: what happened, what was done, and what can be done now.

mod compose;
mod facts;
mod result;
mod reveal;
pub mod timeline;

use cynic::QueryBuilder;
use domain::{
    ComplaintId,
    complaints::{Action, EscalationLevel},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

pub use facts::Similar;

use self::{compose::Compose, facts::Facts, result::Results, timeline::Timeline};
use super::{
    actions::{ActionButtons, ActionDialog, Chosen, Desk},
    filter,
};
use crate::{
    api::{
        ApiError,
        complaints::{Case, actions::CaseInput},
        run, schema,
    },
    components::{AsyncView, Chip, Deadline, Due, Icon, Mark, Notice, NoticeLine, PageHeading, StatusChip, Tone},
    i18n::{label, t, t_string, use_i18n},
    time,
};

#[derive(cynic::QueryVariables)]
struct CaseVariables {
    id: ComplaintId,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "CaseVariables")]
struct CaseQuery {
    #[arguments(id: $id)]
    complaint: Option<Case>,
}

/// The page.
#[component]
pub fn Complaint() -> impl IntoView {
    let params = use_params_map();
    // Another case on the same route is another page.
    let id = Memo::new(move |_| params.with(|params| params.get("id")).and_then(|id| id.parse::<ComplaintId>().ok()));
    move || view! { <CasePage id=id.get() /> }
}

#[component]
fn CasePage(id: Option<ComplaintId>) -> impl IntoView {
    let i18n = use_i18n();
    let desk = Desk::new();
    let done = Notice::new();
    let number = RwSignal::new(String::new());
    let found = LocalResource::new(move || async move {
        let id = id.ok_or_else(not_found)?;
        let case = run(CaseQuery::build(CaseVariables { id })).await?.complaint.ok_or_else(not_found)?;
        let _ = number.try_set(case.number.clone());
        Ok(case)
    });
    let changed = Callback::new(move |action: Option<Action>| {
        found.refetch();
        if let Some(action) = action {
            done.show(move |locale| label(locale, "action_done", action.key()).to_owned());
        }
    });
    view! {
        <p>
            <a class="link back" href=filter::last_list()>
                <Icon mark=Mark::Back />
                {t!(i18n, complaints.case.back)}
            </a>
        </p>
        <PageHeading title=move || t_string!(i18n, complaints.case.title, number = number.get()) />
        <NoticeLine notice=done />
        <AsyncView resource=found ready=move |case| view! { <Body case desk changed /> } />
        <ActionDialog desk changed />
    }
}

fn not_found() -> ApiError {
    ApiError { code: "NOT_FOUND".to_owned(), request_id: None, violations: Vec::new() }
}

#[component]
fn Body(case: Case, desk: Desk, changed: Callback<Option<Action>>) -> impl IntoView {
    let i18n = use_i18n();
    let key = CaseInput { id: case.id, version: case.version };
    let chosen = {
        let (key, number, similar) = (key.clone(), case.number.clone(), case.similar.clone());
        move |action| Chosen { action, case: key.clone(), number: number.clone(), similar: similar.clone() }
    };
    let actions = case.actions.clone();
    let idle = actions.iter().all(|action| matches!(action, Action::Note | Action::Reply | Action::Reveal));
    view! {
        <Headline case=case.clone() />
        <section class="action-bar" aria-label=move || t_string!(i18n, complaints.case.actions)>
            {if idle {
                view! { <p class="hint">{t!(i18n, complaints.case.no_actions)}</p> }.into_any()
            } else {
                view! { <ActionButtons desk actions=actions.clone() chosen /> }.into_any()
            }}
        </section>
        <div class="case-columns">
            <div class="case-main">
                <What case=case.clone() />
                <Results case=case.clone() />
                <Compose key actions changed />
                <Timeline events=case.events.clone() />
            </div>
            <Facts case />
        </div>
    }
}

/// Where the case stands, at a glance.
#[component]
fn Headline(case: Case) -> impl IntoView {
    let i18n = use_i18n();
    let due = Due { at: case.due_at, days_left: case.days_left, late: case.late, paused: case.paused };
    let (subject, class) = (case.subject, case.class);
    let escalation = case.escalation;
    let escalated = (escalation != EscalationLevel::None).then(|| {
        let text = move || {
            let level = label(i18n.get_locale(), "escalation_level", escalation.key());
            t_string!(i18n, desk.overdue.escalated_to, level = level)
        };
        view! { <Chip tone=Tone::Warn mark=Mark::Flag text /> }
    });
    let late = case.due_step.filter(|_| case.late && case.paused.is_none()).map(|step| {
        let text = move || {
            let step = label(i18n.get_locale(), "step", step.key());
            t_string!(i18n, complaints.case.overdue, step = step)
        };
        view! {
            <p class="banner banner-bad">
                <Icon mark=Mark::Alert />
                {text}
            </p>
        }
    });
    let paused = case.paused.map(|reason| {
        let text = move || {
            let reason = label(i18n.get_locale(), "pause_reason", reason.key());
            t_string!(i18n, complaints.case.paused, reason = reason)
        };
        view! {
            <p class="banner banner-still">
                <Icon mark=Mark::Pause />
                {text}
            </p>
        }
    });
    let referred = case.referred_at.map(|at| {
        let at = time::date_time(at);
        view! {
            <p class="banner banner-still">
                <Icon mark=Mark::Flag />
                {move || t_string!(i18n, complaints.case.referred, at = at.as_str())}
            </p>
        }
    });
    view! {
        <div class="flex flex-wrap items-center gap-2">
            <StatusChip status=case.status />
            <Chip tone=Tone::Plain mark=Mark::Note text=move || label(i18n.get_locale(), "complaint_subject", subject.key()) />
            <Chip tone=Tone::Plain mark=Mark::Info text=move || label(i18n.get_locale(), "complaint_class", class.key()) />
            <Deadline due />
            {escalated}
        </div>
        {late}
        {paused}
        {referred}
    }
}

/// What the complainant said.
#[component]
fn What(case: Case) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <section class="sheet" aria-labelledby="case-text">
            <h2 class="sheet-title" id="case-text">{t!(i18n, complaints.case.text)}</h2>
            <p class="prose-text">{case.text}</p>
            <dl class="desk-facts">
                {case.happened_on.map(|day| view! { <dt>{t!(i18n, complaints.case.happened_on)}</dt><dd>{day.to_string()}</dd> })}
                {case.place.map(|place| view! { <dt>{t!(i18n, complaints.case.place)}</dt><dd>{place}</dd> })}
                {case.window.map(|window| view! { <dt>{t!(i18n, complaints.case.window)}</dt><dd>{window}</dd> })}
            </dl>
        </section>
    }
}
