//! `/desk/improvement`: the plans, by where they stand.

use domain::{improvement::plan::ImprovementStatus, permission::Permission};
use leptos::prelude::*;

use super::{PLANS, Rooms, plan_steps::StartForm};
use crate::{
    api::improvement_plans::{Plan, PlanRow, plans},
    components::{AsyncView, Chip, Dialog, Empty, Icon, Mark, NoticeLine, PageHeading, Tone},
    i18n::{label, t, t_string, use_i18n},
    pages::posts::Office,
    session::use_session,
};

/// The columns of the board.
const COLUMNS: [(&str, &[ImprovementStatus]); 4] = {
    use ImprovementStatus as S;
    [
        ("plan", &[S::Identified, S::GoalSet, S::Planned]),
        ("do", &[S::Approved, S::Executing]),
        ("check", &[S::Checking, S::Effective, S::NotEffective]),
        ("over", &[S::Applied, S::Closed]),
    ]
};

/// The page.
#[component]
pub fn PlansPage() -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let found = LocalResource::new(plans);
    let office = Office::<()>::new(move || found.refetch());
    let form = move || view! { <StartForm task=None /> };
    view! {
        <PageHeading title=move || t_string!(i18n, improvement.plans.title) />
        <p class="desk-lead">{t!(i18n, improvement.plans.lead)}</p>
        <Rooms here=PLANS />
        <NoticeLine notice=office.notice />
        <Show when=move || session.can(Permission::ImprovementDirect)>
            <div class="person-acts">
                <button type="button" class="btn btn-primary" on:click=move |_| office.begin(())>
                    <Icon mark=Mark::Plus />
                    {t!(i18n, improvement.plans.start)}
                </button>
            </div>
        </Show>
        <AsyncView resource=found ready=move |rows| view! { <Board rows /> } />
        <Dialog id="improvement-start" open=office.open title=move || t_string!(i18n, improvement.plans.start)>{form}</Dialog>
    }
}

#[component]
fn Board(rows: Vec<PlanRow>) -> impl IntoView {
    let i18n = use_i18n();
    if rows.is_empty() {
        return view! { <Empty text=move || t_string!(i18n, improvement.plans.none) /> }.into_any();
    }
    let columns = COLUMNS.iter().map(|(name, statuses)| {
        let own: Vec<_> = rows.iter().filter(|row| statuses.contains(&row.plan.status)).cloned().collect();
        let count = own.len();
        let title = move || match *name {
            "plan" => t_string!(i18n, improvement.plans.column_plan),
            "do" => t_string!(i18n, improvement.plans.column_do),
            "check" => t_string!(i18n, improvement.plans.column_check),
            _ => t_string!(i18n, improvement.plans.column_over),
        };
        let id = format!("improvement-{name}");
        let own = own.into_iter().map(|row| view! { <Card row /> }).collect_view();
        let heading = id.clone();
        view! {
            <section class="sheet" aria-labelledby=id data-column=*name>
                <h2 class="sheet-title" id=heading>{title} " " <span class="queue-count">{count}</span></h2>
                <ul class="grid gap-3">{own}</ul>
            </section>
        }
    });
    let columns = columns.collect_view();
    view! { <div class="grid gap-4 lg:grid-cols-2">{columns}</div> }.into_any()
}

#[component]
fn Card(row: PlanRow) -> impl IntoView {
    let i18n = use_i18n();
    let PlanRow { plan, post, owner, measures, done, late } = row;
    let Plan { status, result, .. } = plan;
    view! {
        <li class="grid gap-1" data-plan=status.key()>
            <a class="link font-semibold" href=format!("{PLANS}/{}", plan.id)>{plan.problem}</a>
            <span class="person-facts">
                <PlanStatus status />
                {result.map(|result| view! { <span>{move || label(i18n.get_locale(), "improvement_result", result.key())}</span> })}
                {(late > 0).then(|| view! {
                    <Chip tone=Tone::Bad mark=Mark::Alert text=move || t_string!(i18n, improvement.plans.late, count = late) />
                })}
                <span>{owner}</span>
                <span>{post}</span>
                {(measures > 0).then(|| view! {
                    <span>{move || t_string!(i18n, improvement.plans.done, done = done, all = measures)}</span>
                })}
                {plan.goal_on.map(|day| {
                    let day = day.to_string();
                    view! { <span class="tabular-nums">{move || t_string!(i18n, improvement.plans.by, day = day.as_str())}</span> }
                })}
            </span>
        </li>
    }
}

/// Where a plan stands.
#[component]
pub(super) fn PlanStatus(status: ImprovementStatus) -> impl IntoView {
    use ImprovementStatus as S;
    let i18n = use_i18n();
    let (tone, mark) = match status {
        S::Identified | S::GoalSet => (Tone::Plain, Mark::Info),
        S::Planned | S::Checking => (Tone::Warn, Mark::Eye),
        S::Approved | S::Executing => (Tone::Active, Mark::Clock),
        S::Effective | S::Applied => (Tone::Good, Mark::Check),
        S::NotEffective => (Tone::Bad, Mark::Alert),
        S::Closed => (Tone::Still, Mark::Lock),
    };
    view! { <Chip tone mark text=move || label(i18n.get_locale(), "improvement_status", status.key()) /> }
}
