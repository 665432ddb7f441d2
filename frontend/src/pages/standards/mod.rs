//! `/desk/standards`: how the center's standards stand, the register, the plan of a year, the officers, the self-audits.

mod audits;
mod findings;
mod forms;
mod officers;
pub mod page;
mod plan;
mod register;
mod steps;

use std::{collections::HashMap, sync::Arc};

use chrono::NaiveDate;
use domain::{
    ManagedStandardId, SelfAuditId, StaffId,
    standardisation::{StandardStatus, checks::StandardsStanding},
};
use leptos::prelude::*;

use self::{
    audits::Audits,
    findings::{AuditForm, CloseForm, FindingForm},
    forms::{AdoptForm, AppointForm, EndForm, MoveForm, StandardForm, TaskForm},
    officers::Officers,
    plan::PlanSheet,
    register::Register,
};
use super::posts::Office;
use crate::{
    api::standards::{CheckResult, Desk, Finding, Person, Task as PlanTask, Term, desk},
    components::{AsyncView, Chip, Dialog, Mark, NoticeLine, PageHeading, Tone},
    i18n::{label, t, t_string, td_string, use_i18n},
};

/// Names by id.
type Names = Arc<HashMap<StaffId, String>>;

fn name(names: &Names, id: StaffId) -> String {
    names.get(&id).cloned().unwrap_or_default()
}

/// What the dialog is open for. Where it begins with a day, that is the server's.
#[derive(Clone)]
enum Task {
    Register,
    Planned(i32),
    Replanned(PlanTask),
    Moved(PlanTask),
    Adopt(i32),
    Appoint(NaiveDate),
    End(Term, String, NaiveDate),
    Audit(NaiveDate),
    /// About one of these standards, or none.
    Find(SelfAuditId, Vec<(ManagedStandardId, String)>),
    Close(Finding),
}

/// What narrows the register; it stays while the page asks again.
#[derive(Clone, Copy)]
struct Narrowed {
    status: RwSignal<String>,
    words: RwSignal<String>,
}

/// The page.
#[component]
pub fn StandardsPage() -> impl IntoView {
    let i18n = use_i18n();
    let year = RwSignal::new(None::<i32>);
    let found = LocalResource::new(move || desk(year.get()));
    let office = Office::<Task>::new(move || found.refetch());
    let narrowed = Narrowed { status: RwSignal::new(String::new()), words: RwSignal::new(String::new()) };
    let heading = move || {
        let locale = i18n.get_locale();
        office.task.with(|task| match task {
            Some(Task::Register) => td_string!(locale, standards.register.add),
            Some(Task::Planned(_)) => td_string!(locale, standards.plan.add),
            Some(Task::Replanned(_)) => td_string!(locale, standards.plan.edit),
            Some(Task::Moved(_)) => td_string!(locale, standards.plan.move_on),
            Some(Task::Adopt(_)) => td_string!(locale, standards.plan.adopt),
            Some(Task::Appoint(_)) => td_string!(locale, standards.officers.appoint),
            Some(Task::End(..)) => td_string!(locale, standards.officers.end),
            Some(Task::Audit(_)) => td_string!(locale, standards.audits.record),
            Some(Task::Find(..)) => td_string!(locale, standards.audits.add),
            Some(Task::Close(_)) => td_string!(locale, standards.audits.close),
            None => "",
        })
    };
    let form = move || {
        let done = move || office.done();
        office.task.get().map(|task| match task {
            Task::Register => view! { <StandardForm standard=None done /> }.into_any(),
            Task::Planned(year) => view! { <TaskForm year task=None done /> }.into_any(),
            Task::Replanned(task) => view! { <TaskForm year=task.year task=Some(task) done /> }.into_any(),
            Task::Moved(task) => view! { <MoveForm task done /> }.into_any(),
            Task::Adopt(year) => view! { <AdoptForm year done /> }.into_any(),
            Task::Appoint(today) => view! { <AppointForm today done /> }.into_any(),
            Task::End(term, who, today) => view! { <EndForm term who today done /> }.into_any(),
            Task::Audit(today) => view! { <AuditForm today done /> }.into_any(),
            Task::Find(audit, standards) => view! { <FindingForm audit standards done /> }.into_any(),
            Task::Close(finding) => view! { <CloseForm finding done /> }.into_any(),
        })
    };
    view! {
        <PageHeading title=move || t_string!(i18n, standards.title) />
        <p class="desk-lead">{t!(i18n, standards.lead)}</p>
        <NoticeLine notice=office.notice />
        <AsyncView resource=found ready=move |data| view! { <Body data office narrowed year /> } />
        <Dialog id="standards-task" open=office.open title=heading>{form}</Dialog>
    }
}

#[component]
fn Body(data: Desk, office: Office<Task>, narrowed: Narrowed, year: RwSignal<Option<i32>>) -> impl IntoView {
    let Desk { today, checks, standards, plan, officers, audits, people } = data;
    let names: Names = Arc::new(people.into_iter().map(|Person { id, name }| (id, name)).collect());
    let known: Vec<_> = standards
        .iter()
        .map(|row| (row.standard.id, format!("{} {}", row.standard.number, row.standard.title)))
        .collect();
    view! {
        <div class="grid gap-6">
            <Checks checks />
            <Register rows=standards names=names.clone() office narrowed />
            <PlanSheet plan today names=names.clone() office year />
            <Officers rows=officers today names=names.clone() office />
            <Audits rows=audits today names known office />
        </div>
    }
}

/// How everything stands, each with its day.
#[component]
fn Checks(checks: Vec<CheckResult>) -> impl IntoView {
    let i18n = use_i18n();
    let rows = checks.into_iter().map(|row| {
        let CheckResult { check, standing, breach_on, count } = row;
        let (tone, mark) = match standing {
            StandardsStanding::Fine => (Tone::Good, Mark::Check),
            StandardsStanding::Due => (Tone::Warn, Mark::Clock),
            StandardsStanding::Breach => (Tone::Bad, Mark::Alert),
        };
        let day = breach_on.map(|day| day.to_string());
        let when = move || match (standing, &day) {
            (StandardsStanding::Fine, Some(day)) => t_string!(i18n, standards.checks.holds, day = day.as_str()),
            (StandardsStanding::Due, Some(day)) => t_string!(i18n, standards.checks.from, day = day.as_str()),
            (StandardsStanding::Breach, Some(day)) => t_string!(i18n, standards.checks.since, day = day.as_str()),
            (StandardsStanding::Fine, None) => String::new(),
            (_, None) => t_string!(i18n, standards.checks.never).to_owned(),
        };
        let several = (count > 1).then_some(move || t_string!(i18n, standards.checks.count, count = count));
        view! {
            <li class="check-row" data-check=check.key() data-standing=standing.key()>
                <Chip tone mark text=move || label(i18n.get_locale(), "standards_standing", standing.key()) />
                <span>{move || label(i18n.get_locale(), "standards_check", check.key())}</span>
                {several.map(|text| view! { <span class="font-semibold">{text}</span> })}
                <span class="hint tabular-nums">{when}</span>
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="sheet" aria-labelledby="standards-checks">
            <h2 class="sheet-title" id="standards-checks">{t!(i18n, standards.checks.title)}</h2>
            <ul class="grid gap-2">{rows}</ul>
        </section>
    }
}

/// Where a standard stands.
#[component]
fn StatusOf(status: StandardStatus) -> impl IntoView {
    let i18n = use_i18n();
    let (tone, mark) = match status {
        StandardStatus::Drafting | StandardStatus::Consulted | StandardStatus::Issued => (Tone::Active, Mark::Clock),
        StandardStatus::InForce => (Tone::Good, Mark::Check),
        StandardStatus::UnderReview => (Tone::Warn, Mark::Eye),
        StandardStatus::Revised => (Tone::Still, Mark::Link),
        StandardStatus::Withdrawn => (Tone::Still, Mark::Close),
    };
    view! { <Chip tone mark text=move || label(i18n.get_locale(), "standard_status", status.key()) /> }
}
