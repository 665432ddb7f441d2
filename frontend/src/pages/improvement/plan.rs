//! `/desk/improvement/:id`: a plan from its goal to its second measurement, with its measures and log.

use domain::{
    ImprovementPlanId,
    improvement::plan::{ImprovementAction, ImprovementIndicator, ImprovementResult, written},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    HOME, PLANS,
    plan_steps::{DropForm, FinishForm, StepForm},
    plans::PlanStatus,
};
use crate::{
    api::{
        ApiError,
        improvement_plans::{Measure, Plan, PlanEvent, PlanPage, PlanRow, plan},
    },
    components::{AsyncView, Chip, Dialog, Icon, Mark, NoticeLine, PageHeading, Tone},
    i18n::{Locale, label, t, t_string, td_string, use_i18n},
    pages::posts::Office,
    time,
};

/// What the dialog is open for.
#[derive(Clone)]
enum Task {
    Step(Plan, ImprovementAction),
    Finish(Plan, Measure),
    Drop(Plan, Measure),
}

impl Task {
    const fn action(&self) -> ImprovementAction {
        match self {
            Self::Step(_, action) => *action,
            Self::Finish(..) => ImprovementAction::FinishMeasure,
            Self::Drop(..) => ImprovementAction::DropMeasure,
        }
    }
}

/// The page.
#[component]
pub fn ImprovementPage() -> impl IntoView {
    let params = use_params_map();
    let id =
        Memo::new(move |_| params.with(|params| params.get("id")).and_then(|id| id.parse::<ImprovementPlanId>().ok()));
    // Another plan on the same route is another page.
    move || view! { <OnePlan id=id.get() /> }
}

#[component]
fn OnePlan(id: Option<ImprovementPlanId>) -> impl IntoView {
    let i18n = use_i18n();
    let title = RwSignal::new(None::<String>);
    let found = LocalResource::new(move || async move {
        let id = id.ok_or_else(|| ApiError::of("NOT_FOUND"))?;
        let data = plan(id).await?;
        let _ = title.try_set(Some(data.row.plan.problem.clone()));
        Ok(data)
    });
    let office = Office::<Task>::new(move || found.refetch());
    let heading = move || {
        let locale = i18n.get_locale();
        office
            .task
            .with(|task| task.as_ref().map_or("", |task| label(locale, "improvement_action", task.action().key())))
    };
    let form = move || {
        let done = move || office.done();
        office.task.get().map(|task| match task {
            Task::Step(plan, action) => view! { <StepForm plan action done /> }.into_any(),
            Task::Finish(plan, measure) => view! { <FinishForm plan measure done /> }.into_any(),
            Task::Drop(plan, measure) => view! { <DropForm plan measure done /> }.into_any(),
        })
    };
    let named = move || {
        let locale = i18n.get_locale();
        title.with(|title| title.clone().unwrap_or_else(|| td_string!(locale, improvement.plans.title).to_owned()))
    };
    view! {
        <p>
            <a class="link back" href=PLANS>
                <Icon mark=Mark::Back />
                {t!(i18n, improvement.plans.back)}
            </a>
        </p>
        <PageHeading title=named />
        <NoticeLine notice=office.notice />
        <AsyncView resource=found ready=move |data| view! { <Body data office /> } />
        <Dialog id="improvement-step" open=office.open title=heading>{form}</Dialog>
    }
}

#[component]
fn Body(data: PlanPage, office: Office<Task>) -> impl IntoView {
    let i18n = use_i18n();
    let PlanPage { row, measures, events, actions, drops, next } = data;
    let plan = row.plan.clone();
    let buttons = actions.into_iter().enumerate().map(|(n, action)| {
        let plan = plan.clone();
        let class = if n == 0 { "btn btn-primary" } else { "btn btn-outline" };
        view! {
            <button
                type="button"
                class=class
                data-action=action.key()
                on:click=move |_| office.begin(Task::Step(plan.clone(), action))
            >
                {move || label(i18n.get_locale(), "improvement_action", action.key())}
            </button>
        }
    });
    let buttons = buttons.collect_view();
    let status = plan.status;
    view! {
        <div class="case-columns">
            <div class="case-main">
                <section class="sheet" aria-labelledby="improvement" data-status=status.key()>
                    <div class="person-head">
                        <h2 class="sheet-title" id="improvement">{t!(i18n, improvement.plans.goal)}</h2>
                        <PlanStatus status />
                    </div>
                    <Goal plan=plan.clone() />
                    {plan.root_cause.clone().map(|text| view! {
                        <h3 class="sheet-part">{t!(i18n, improvement.root_cause)}</h3>
                        <p class="prose-text">{text}</p>
                    })}
                    <div class="person-acts">{buttons}</div>
                </section>
                <Measures measures plan=plan.clone() drops office />
                <Log events />
            </div>
            <aside class="case-side">
                <Facts row next />
            </aside>
        </div>
    }
}

/// What an indicator is called.
fn indicator(locale: Locale, plan: &Plan) -> String {
    match (plan.indicator, &plan.indicator_name) {
        (Some(ImprovementIndicator::Other), Some(name)) => name.clone(),
        (Some(indicator), _) => label(locale, "improvement_indicator", indicator.key()).to_owned(),
        (None, _) => String::new(),
    }
}

/// What is to be better, and what came of it: as it was, as it shall be, as it is.
#[component]
fn Goal(plan: Plan) -> impl IntoView {
    let i18n = use_i18n();
    if plan.indicator.is_none() {
        return view! { <p class="hint">{t!(i18n, improvement.plans.no_goal)}</p> }.into_any();
    }
    let number = |value: Option<i32>| value.map(written).unwrap_or_default();
    let (baseline, target) = (number(plan.baseline), number(plan.target));
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let (by, from) =
        (day(plan.goal_on), plan.check_from.filter(|_| plan.measured.is_none()).map(|day| day.to_string()));
    let (measured, on, method) = (plan.measured.map(written), day(plan.measured_on), plan.method.clone());
    let result = plan.result.map(|result| {
        let (tone, mark) = match result {
            ImprovementResult::Met => (Tone::Good, Mark::Check),
            ImprovementResult::Partly => (Tone::Warn, Mark::Alert),
            ImprovementResult::Not => (Tone::Bad, Mark::Alert),
        };
        view! { <Chip tone mark text=move || label(i18n.get_locale(), "improvement_result", result.key()) /> }
    });
    let name = move || indicator(i18n.get_locale(), &plan);
    view! {
        <dl class="desk-facts">
            <dt>{t!(i18n, improvement.plans.indicator)}</dt><dd>{name}</dd>
            <dt>{t!(i18n, improvement.plans.baseline)}</dt><dd class="tabular-nums">{baseline}</dd>
            <dt>{t!(i18n, improvement.plans.target)}</dt><dd class="tabular-nums">{target}</dd>
            <dt>{t!(i18n, improvement.plans.goal_on)}</dt><dd class="tabular-nums">{by}</dd>
            {from.map(|day| view! { <dt>{t!(i18n, improvement.plans.check_from)}</dt><dd class="tabular-nums">{day}</dd> })}
            {measured.map(|number| view! {
                <dt>{t!(i18n, improvement.plans.measured)}</dt>
                <dd class="tabular-nums" data-measured="true">{number} " " {result} " " {on}</dd>
            })}
            {method.map(|text| view! { <dt>{t!(i18n, improvement.plans.method)}</dt><dd>{text}</dd> })}
        </dl>
    }
    .into_any()
}

#[component]
fn Measures(measures: Vec<Measure>, plan: Plan, drops: bool, office: Office<Task>) -> impl IntoView {
    let i18n = use_i18n();
    let none = measures.is_empty();
    let rows = measures.into_iter().map(|row| {
        let (finish, drop) = ((plan.clone(), row.clone()), (plan.clone(), row.clone()));
        let Measure { text, owner, due_on, resources, done_on, note, late, may_finish, .. } = row;
        let due = due_on.to_string();
        let state = if done_on.is_some() { "done" } else { "open" };
        let when = move || match done_on {
            Some(day) => {
                let day = day.to_string();
                t_string!(i18n, improvement.plans.done_on, day = day.as_str())
            }
            None => t_string!(i18n, improvement.plans.by, day = due.as_str()),
        };
        view! {
            <li class="person-role" data-measure=state>
                <span class="grid gap-1">
                    <strong>{text}</strong>
                    {resources.map(|text| view! { <span class="hint">{text}</span> })}
                    {note.map(|text| view! { <span class="prose-text">{text}</span> })}
                    <span class="person-facts">
                        <span>{owner}</span>
                        <span class="tabular-nums">{when}</span>
                        {late.then(|| view! { <Chip tone=Tone::Bad mark=Mark::Alert text=move || t_string!(i18n, improvement.plans.overdue) /> })}
                    </span>
                </span>
                <span class="person-acts">
                    {may_finish.then(|| view! {
                        <button
                            type="button"
                            class="btn btn-primary btn-small"
                            on:click=move |_| office.begin(Task::Finish(finish.0.clone(), finish.1.clone()))
                        >
                            {move || label(i18n.get_locale(), "improvement_action", ImprovementAction::FinishMeasure.key())}
                        </button>
                    })}
                    {drops.then(|| view! {
                        <button
                            type="button"
                            class="btn btn-outline btn-small"
                            on:click=move |_| office.begin(Task::Drop(drop.0.clone(), drop.1.clone()))
                        >
                            {move || label(i18n.get_locale(), "improvement_action", ImprovementAction::DropMeasure.key())}
                        </button>
                    })}
                </span>
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="sheet" aria-labelledby="improvement-measures">
            <h2 class="sheet-title" id="improvement-measures">{t!(i18n, improvement.plans.measures)}</h2>
            {none.then(|| view! { <p class="hint">{t!(i18n, improvement.plans.no_measures)}</p> })}
            <ul class="settings-list">{rows}</ul>
        </section>
    }
}

#[component]
fn Facts(row: PlanRow, next: Option<ImprovementPlanId>) -> impl IntoView {
    let i18n = use_i18n();
    let PlanRow { plan, post, owner, .. } = row;
    let (cause, applied) = (plan.cause.key(), plan.applied_as);
    view! {
        <section class="sheet" aria-labelledby="improvement-facts">
            <h2 class="sheet-title" id="improvement-facts">{t!(i18n, improvement.facts)}</h2>
            <dl class="desk-facts">
                <dt>{t!(i18n, improvement.owner)}</dt><dd>{owner}</dd>
                {post.map(|name| view! { <dt>{t!(i18n, improvement.post)}</dt><dd>{name}</dd> })}
                <dt>{t!(i18n, improvement.cause)}</dt>
                <dd>{move || label(i18n.get_locale(), "rectification_cause", cause)}</dd>
                <dt>{t!(i18n, improvement.opened_on)}</dt><dd class="tabular-nums">{plan.started_on.to_string()}</dd>
                {applied.map(|kind| view! {
                    <dt>{t!(i18n, improvement.plans.applied_as)}</dt>
                    <dd>{move || label(i18n.get_locale(), "applied_as", kind.key())}</dd>
                })}
            </dl>
            {plan.task.map(|id| view! { <p><a class="link" href=format!("{HOME}/{id}")>{t!(i18n, improvement.plans.from_task)}</a></p> })}
            {plan.follows.map(|id| view! { <p><a class="link" href=format!("{PLANS}/{id}")>{t!(i18n, improvement.plans.follows)}</a></p> })}
            {next.map(|id| view! { <p><a class="link" href=format!("{PLANS}/{id}")>{t!(i18n, improvement.plans.next)}</a></p> })}
        </section>
    }
}

#[component]
fn Log(events: Vec<PlanEvent>) -> impl IntoView {
    use ImprovementAction as A;
    let i18n = use_i18n();
    let rows = events.into_iter().map(|row| {
        let PlanEvent { action, at, actor, body, .. } = row;
        let mark = match action {
            A::Start | A::AddMeasure => Mark::Plus,
            A::SetGoal | A::Renew => Mark::Flag,
            A::DropMeasure => Mark::Close,
            A::Plan => Mark::Send,
            A::Approve | A::FinishMeasure => Mark::Check,
            A::SendBack => Mark::Back,
            A::Execute => Mark::Clock,
            A::Verify => Mark::Eye,
            A::Apply => Mark::Book,
            A::Close => Mark::Lock,
        };
        view! {
            <li class="log-line" data-log=action.key()>
                <span class="log-mark"><Icon mark /></span>
                <div class="log-body">
                    <p class="log-title">
                        <strong>{move || label(i18n.get_locale(), "improvement_action", action.key())}</strong>
                    </p>
                    {body.map(|text| view! { <p class="prose-text">{text}</p> })}
                    <p class="log-meta"><span>{actor}</span><span class="tabular-nums">{time::date_time(at)}</span></p>
                </div>
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="sheet" aria-labelledby="improvement-log">
            <h2 class="sheet-title" id="improvement-log">{t!(i18n, improvement.log)}</h2>
            <ol class="log">{rows}</ol>
        </section>
    }
}
