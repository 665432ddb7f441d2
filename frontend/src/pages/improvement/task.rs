//! `/desk/rectification/:id`: a task step by step, where it comes from, and its log.

use chrono::NaiveDate;
use domain::{RectificationTaskId, improvement::RectificationAction};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{HOME, PLANS, Standing, StatusOf, plan_steps::StartForm, steps::StepForm};
use crate::{
    api::{
        ApiError,
        improvement::{Event, Origin, Page, Row, Task, task},
        improvement_plans::Plan,
    },
    components::{AsyncView, Dialog, FileShown, Icon, Mark, NoticeLine, PageHeading},
    i18n::{label, pick, t, t_string, td_string, use_i18n},
    pages::posts::Office,
    time,
};

/// What the dialog is open for.
#[derive(Clone)]
enum Open {
    Step(Task, RectificationAction),
    Improve(Task),
}

/// The page.
#[component]
pub fn RectificationPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| {
        params.with(|params| params.get("id")).and_then(|id| id.parse::<RectificationTaskId>().ok())
    });
    let i18n = use_i18n();
    let title = RwSignal::new(None::<String>);
    let found = LocalResource::new(move || async move {
        let id = id.get_untracked().ok_or_else(|| ApiError::of("NOT_FOUND"))?;
        let data = task(id).await?;
        let _ = title.try_set(Some(data.row.task.problem.clone()));
        Ok(data)
    });
    let office = Office::<Open>::new(move || found.refetch());
    let heading = move || {
        let locale = i18n.get_locale();
        office.task.with(|task| match task {
            Some(Open::Step(_, action)) => label(locale, "rectification_action", action.key()),
            Some(Open::Improve(_)) => td_string!(locale, improvement.plans.start),
            None => "",
        })
    };
    let form = move || {
        let done = move || office.done();
        office.task.get().map(|open| match open {
            Open::Step(task, action) => view! { <StepForm task action done /> }.into_any(),
            Open::Improve(task) => view! { <StartForm task=Some(task) /> }.into_any(),
        })
    };
    let named = move || {
        let locale = i18n.get_locale();
        title.with(|title| title.clone().unwrap_or_else(|| td_string!(locale, improvement.title).to_owned()))
    };
    view! {
        <p>
            <a class="link back" href=HOME>
                <Icon mark=Mark::Back />
                {t!(i18n, improvement.back)}
            </a>
        </p>
        <PageHeading title=named />
        <NoticeLine notice=office.notice />
        <AsyncView resource=found ready=move |data| view! { <Body data office /> } />
        <Dialog id="rectification-step" open=office.open title=heading>{form}</Dialog>
    }
}

#[component]
fn Body(data: Page, office: Office<Open>) -> impl IntoView {
    let i18n = use_i18n();
    let Page { row, opener, origins, events, actions, plans, may_improve } = data;
    let task = row.task.clone();
    let buttons = actions.into_iter().enumerate().map(|(n, action)| {
        let task = task.clone();
        let class = if n == 0 { "btn btn-primary" } else { "btn btn-outline" };
        view! {
            <button
                type="button"
                class=class
                data-action=action.key()
                on:click=move |_| office.begin(Open::Step(task.clone(), action))
            >
                {move || label(i18n.get_locale(), "rectification_action", action.key())}
            </button>
        }
    });
    let buttons = buttons.collect_view();
    let status = task.status.key();
    view! {
        <div class="case-columns">
            <div class="case-main">
                <section class="sheet" aria-labelledby="rectification" data-status=status>
                    <div class="person-head">
                        <h2 class="sheet-title" id="rectification">{t!(i18n, improvement.problem)}</h2>
                        <Standing row=row.clone() />
                    </div>
                    <p class="prose-text">{task.problem.clone()}</p>
                    <Measures task=task.clone() />
                    <div class="person-acts">{buttons}</div>
                </section>
                <Log events />
            </div>
            <aside class="case-side">
                <Facts row opener />
                <Origins origins />
                <Plans plans task may_improve office />
            </aside>
        </div>
    }
}

/// Why it came to this and what is to be done, once the owner has said so.
#[component]
fn Measures(task: Task) -> impl IntoView {
    let i18n = use_i18n();
    let Task { root_cause, immediate_fix, measures, .. } = task;
    view! {
        {root_cause.map(|text| view! {
            <h3 class="sheet-part">{t!(i18n, improvement.root_cause)}</h3>
            <p class="prose-text">{text}</p>
        })}
        {immediate_fix.map(|text| view! {
            <h3 class="sheet-part">{t!(i18n, improvement.immediate_fix)}</h3>
            <p class="prose-text">{text}</p>
        })}
        {measures.map(|text| view! {
            <h3 class="sheet-part">{t!(i18n, improvement.measures)}</h3>
            <p class="prose-text">{text}</p>
        })}
    }
}

#[component]
fn Facts(row: Row, opener: Option<String>) -> impl IntoView {
    let i18n = use_i18n();
    let Row { task, post, department, owner, .. } = row;
    let cause = task.cause.key();
    let day = |day: NaiveDate| view! { <dd class="tabular-nums">{day.to_string()}</dd> };
    view! {
        <section class="sheet" aria-labelledby="rectification-facts">
            <h2 class="sheet-title" id="rectification-facts">{t!(i18n, improvement.facts)}</h2>
            <dl class="desk-facts">
                <dt>{t!(i18n, improvement.owner)}</dt><dd>{owner}</dd>
                {department.map(|of| view! {
                    <dt>{t!(i18n, improvement.department)}</dt>
                    <dd>{move || pick(i18n.get_locale(), &of.name_zh, &of.name_en)}</dd>
                })}
                {post.map(|name| view! { <dt>{t!(i18n, improvement.post)}</dt><dd>{name}</dd> })}
                <dt>{t!(i18n, improvement.cause)}</dt>
                <dd>{move || label(i18n.get_locale(), "rectification_cause", cause)}</dd>
                <dt>{t!(i18n, improvement.opened_on)}</dt>{day(task.opened_on)}
                {opener.map(|name| view! { <dt>{t!(i18n, improvement.opener)}</dt><dd>{name}</dd> })}
                {task.due_on.map(|on| view! { <dt>{t!(i18n, improvement.due_on)}</dt>{day(on)} })}
                {task.accepted_on.map(|on| view! { <dt>{t!(i18n, improvement.accepted_on)}</dt>{day(on)} })}
                {task.recheck_on.map(|on| view! { <dt>{t!(i18n, improvement.recheck_on)}</dt>{day(on)} })}
                {task.rechecked_on.map(|on| view! { <dt>{t!(i18n, improvement.rechecked_on)}</dt>{day(on)} })}
                {task.closed_on.map(|on| view! { <dt>{t!(i18n, improvement.closed_on)}</dt>{day(on)} })}
            </dl>
        </section>
    }
}

#[component]
fn Origins(origins: Vec<Origin>) -> impl IntoView {
    let i18n = use_i18n();
    let rows = origins.into_iter().map(|row| {
        let kind = row.kind.key();
        let case = row.complaint.zip(row.number).map(|(id, number)| {
            view! { <a class="link tabular-nums" href=format!("/desk/complaints/{id}")>{number}</a> }
        });
        let rating = row.bad_rating.map(|id| {
            view! { <a class="link" href=format!("/desk/bad-ratings/{id}")>{t!(i18n, improvement.to_bad_rating)}</a> }
        });
        view! {
            <li class="grid gap-1" data-origin=kind>
                <span>
                    <strong>{move || label(i18n.get_locale(), "rectification_source", kind)}</strong>
                    " "
                    {case}
                    {rating}
                </span>
                {row.finding.map(|text| view! { <span class="prose-text">{text}</span> })}
                <span class="hint tabular-nums">{time::date(row.at)}</span>
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="sheet" aria-labelledby="rectification-origins">
            <h2 class="sheet-title" id="rectification-origins">{t!(i18n, improvement.origins)}</h2>
            <ul class="grid gap-3">{rows}</ul>
        </section>
    }
}

/// What goes on from it.
#[component]
fn Plans(plans: Vec<Plan>, task: Task, may_improve: bool, office: Office<Open>) -> impl IntoView {
    let i18n = use_i18n();
    if plans.is_empty() && !may_improve {
        return ().into_any();
    }
    let rows = plans.into_iter().map(|plan| {
        let status = plan.status.key();
        view! {
            <li class="grid gap-1">
                <a class="link" href=format!("{PLANS}/{}", plan.id)>{plan.problem}</a>
                <span class="hint">{move || label(i18n.get_locale(), "improvement_status", status)}</span>
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="sheet" aria-labelledby="rectification-plans">
            <h2 class="sheet-title" id="rectification-plans">{t!(i18n, improvement.plans_nav)}</h2>
            <ul class="grid gap-2">{rows}</ul>
            {may_improve.then(|| view! {
                <button type="button" class="btn btn-outline btn-small" on:click=move |_| office.begin(Open::Improve(task.clone()))>
                    <Icon mark=Mark::Plus />
                    {t!(i18n, improvement.plans.start)}
                </button>
            })}
        </section>
    }
    .into_any()
}

#[component]
fn Log(events: Vec<Event>) -> impl IntoView {
    use RectificationAction as A;
    let i18n = use_i18n();
    let rows = events.into_iter().map(|row| {
        let Event { action, status, on, actor, .. } = row;
        let mark = match action {
            A::Open => Mark::Plus,
            A::Assign => Mark::User,
            A::Plan | A::Note => Mark::Note,
            A::Agree | A::Accept | A::Recheck => Mark::Check,
            A::SendBack => Mark::Back,
            A::Submit => Mark::Send,
            A::Close => Mark::Lock,
            A::Reopen => Mark::Flag,
            A::Overdue => Mark::Alert,
        };
        let day = on.map(|day| day.to_string());
        let files = row.files.into_iter().map(|file| view! { <li><FileShown file /></li> }).collect_view();
        let who = move || actor.clone().unwrap_or_else(|| t_string!(i18n, improvement.product).to_owned());
        view! {
            <li class="log-line" data-log=action.key()>
                <span class="log-mark"><Icon mark /></span>
                <div class="log-body">
                    <p class="log-title">
                        <strong>{move || label(i18n.get_locale(), "rectification_action", action.key())}</strong>
                        " "
                        <StatusOf status />
                        " "
                        <span class="tabular-nums">{day}</span>
                    </p>
                    {row.body.map(|text| view! { <p class="prose-text">{text}</p> })}
                    <ul class="uploads">{files}</ul>
                    <p class="log-meta"><span>{who}</span><span class="tabular-nums">{time::date_time(row.at)}</span></p>
                </div>
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="sheet" aria-labelledby="rectification-log">
            <h2 class="sheet-title" id="rectification-log">{t!(i18n, improvement.log)}</h2>
            <ol class="log">{rows}</ol>
        </section>
    }
}
