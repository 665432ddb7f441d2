//! `/desk/handling/:id`: a case step by step, with its log.

use chrono::NaiveDate;
use domain::{
    ServiceCaseId,
    handling::{ServiceCaseAction, ServiceCaseStatus},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{Office, Standing, steps::StepForm};
use crate::{
    api::{
        ApiError,
        handling::{Case, Event, Page, Row, case},
    },
    components::{AsyncView, Dialog, Icon, Mark, NoticeLine, PageHeading},
    i18n::{label, t, t_string, use_i18n},
    time,
};

/// The step that the dialog is open for, and today there.
type Task = (Case, ServiceCaseAction, NaiveDate);

/// The page.
#[component]
pub fn HandlingPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")).and_then(|id| id.parse::<ServiceCaseId>().ok()));
    let i18n = use_i18n();
    let title = RwSignal::new(None::<String>);
    let found = LocalResource::new(move || async move {
        let id = id.get_untracked().ok_or_else(|| ApiError::of("NOT_FOUND"))?;
        let data = case(id).await?;
        let _ = title.try_set(Some(data.row.case.external_no.clone()));
        Ok(data)
    });
    let office = Office::<Task>::new(move || found.refetch());
    let heading = move || {
        let locale = i18n.get_locale();
        office
            .task
            .with(|task| task.as_ref().map_or("", |(_, action, _)| label(locale, "service_case_action", action.key())))
    };
    let form = move || {
        let done = move || office.done();
        office.task.get().map(|(case, action, today)| view! { <StepForm case action today done /> })
    };
    let named = move || title.get().unwrap_or_else(|| t_string!(i18n, handling.title).to_owned());
    view! {
        <p>
            <a class="link back" href="/desk/handling">
                <Icon mark=Mark::Back />
                {t!(i18n, handling.back)}
            </a>
        </p>
        <PageHeading title=named />
        <NoticeLine notice=office.notice />
        <AsyncView resource=found ready=move |data| view! { <Body data office /> } />
        <Dialog id="handling-step" open=office.open title=heading>{form}</Dialog>
    }
}

#[component]
fn Body(data: Page, office: Office<Task>) -> impl IntoView {
    let i18n = use_i18n();
    let Page { row, recipient, reason, events, actions, today } = data;
    let Row { case, item, post, late, unfiled } = row;
    let buttons = actions.into_iter().enumerate().map(|(n, action)| {
        let case = case.clone();
        let class = if n == 0 { "btn btn-primary" } else { "btn btn-outline" };
        view! {
            <button
                type="button"
                class=class
                data-action=action.key()
                on:click=move |_| office.begin((case.clone(), action, today))
            >
                {move || label(i18n.get_locale(), "service_case_action", action.key())}
            </button>
        }
    });
    let buttons = buttons.collect_view();
    view! {
        <div class="case-columns">
            <div class="case-main">
                <section class="sheet" aria-labelledby="handling-now" data-case=case.status.key()>
                    <div class="person-head">
                        <h2 class="sheet-title" id="handling-now">{item}</h2>
                        <Standing case=case.clone() late unfiled />
                    </div>
                    <Refused case=case.clone() reason />
                    <div class="person-acts">{buttons}</div>
                </section>
                <Log events />
            </div>
            <aside class="case-side">
                <Facts case post recipient />
            </aside>
        </div>
    }
}

/// What whoever was not taken on was told (6.5.4).
#[component]
fn Refused(case: Case, reason: Option<String>) -> impl IntoView {
    let i18n = use_i18n();
    let told = matches!(case.status, ServiceCaseStatus::ReturnNotified | ServiceCaseStatus::PapersCollected);
    told.then(|| {
        view! {
            <dl class="desk-facts">
                {reason.map(|text| view! { <dt>{t!(i18n, handling.reason)}</dt><dd class="prose-text">{text}</dd> })}
                {case.pickup_at.map(|at| view! {
                    <dt>{t!(i18n, handling.pickup_at)}</dt><dd class="tabular-nums">{time::date_time(at)}</dd>
                })}
                {case.pickup_place.map(|text| view! { <dt>{t!(i18n, handling.pickup_place)}</dt><dd>{text}</dd> })}
            </dl>
        }
    })
}

#[component]
fn Facts(case: Case, post: String, recipient: Option<String>) -> impl IntoView {
    let i18n = use_i18n();
    let kept = case.purge_on.map(|day| day.to_string());
    let retention = move || kept.as_ref().map(|day| t_string!(i18n, handling.kept, day = day.as_str()));
    let days = case.promised_days;
    let promised = case.due_on.map(|day| {
        let day = day.to_string();
        move || match days {
            Some(days) => t_string!(i18n, handling.promised_days, day = day.as_str(), days = days),
            None => day.clone(),
        }
    });
    view! {
        <section class="sheet" aria-labelledby="handling-facts">
            <h2 class="sheet-title" id="handling-facts">{t!(i18n, handling.facts)}</h2>
            <dl class="desk-facts">
                <dt>{t!(i18n, handling.window)}</dt><dd>{post}</dd>
                {recipient.map(|text| view! { <dt>{t!(i18n, handling.recipient)}</dt><dd>{text}</dd> })}
                <dt>{t!(i18n, handling.received_at)}</dt><dd class="tabular-nums">{time::date_time(case.received_at)}</dd>
                {promised.map(|text| view! { <dt>{t!(i18n, handling.promised)}</dt><dd class="tabular-nums">{text}</dd> })}
                {case.result_ready_at.map(|at| view! { <dt>{t!(i18n, handling.result_ready_at)}</dt><dd class="tabular-nums">{time::date_time(at)}</dd> })}
                {case.at_window_at.map(|at| view! { <dt>{t!(i18n, handling.at_window_at)}</dt><dd class="tabular-nums">{time::date_time(at)}</dd> })}
                {case.collected_at.map(|at| view! { <dt>{t!(i18n, handling.collected_at)}</dt><dd class="tabular-nums">{time::date_time(at)}</dd> })}
                {case.archive_due_on.map(|day| view! { <dt>{t!(i18n, handling.archive_due_on)}</dt><dd class="tabular-nums">{day.to_string()}</dd> })}
                {case.archived_at.map(|at| view! { <dt>{t!(i18n, handling.archived_at)}</dt><dd class="tabular-nums">{time::date_time(at)}</dd> })}
                {case.archive_ref.map(|text| view! { <dt>{t!(i18n, handling.reference)}</dt><dd>{text}</dd> })}
            </dl>
            <p class="hint">{retention}</p>
        </section>
    }
}

#[component]
fn Log(events: Vec<Event>) -> impl IntoView {
    let i18n = use_i18n();
    let rows = events.into_iter().map(|row| {
        let (action, status) = (row.action, row.status);
        let mark = match action {
            None => Mark::Plus,
            Some(ServiceCaseAction::AskCorrection | ServiceCaseAction::Refuse) => Mark::Flag,
            Some(ServiceCaseAction::Collect | ServiceCaseAction::ReturnPapers) => Mark::Check,
            Some(ServiceCaseAction::Archive) => Mark::Lock,
            Some(_) => Mark::Send,
        };
        let what = move || match action {
            Some(action) => label(i18n.get_locale(), "service_case_action", action.key()),
            None => label(i18n.get_locale(), "service_case_status", status.key()),
        };
        view! {
            <li class="log-line">
                <span class="log-mark"><Icon mark /></span>
                <div class="log-body">
                    <p class="log-title"><strong>{what}</strong></p>
                    {row.body.map(|text| view! { <p class="prose-text">{text}</p> })}
                    <p class="log-meta"><span>{row.actor}</span><span class="tabular-nums">{time::date_time(row.at)}</span></p>
                </div>
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="sheet" aria-labelledby="handling-log">
            <h2 class="sheet-title" id="handling-log">{t!(i18n, handling.log)}</h2>
            <ol class="log">{rows}</ol>
        </section>
    }
}
