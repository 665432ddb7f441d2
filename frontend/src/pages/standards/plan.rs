//! The plan of a year: how far it is, whether it was adopted, and its tasks.

use chrono::{Datelike, NaiveDate};
use domain::{permission::Permission, standardisation::TaskProgress};
use leptos::prelude::*;

use super::{Names, Task, name};
use crate::{
    api::standards::{Plan, TaskRow},
    components::{Chip, ExportButton, Icon, Mark, Tone},
    i18n::{label, t, t_string, use_i18n},
    pages::posts::Office,
    session::use_session,
};

#[component]
pub(super) fn PlanSheet(
    plan: Plan,
    today: NaiveDate,
    names: Names,
    office: Office<Task>,
    year: RwSignal<Option<i32>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let Plan { year: shown, adoption, adopted_by, percent, tasks } = plan;
    let this = today.year();
    let manages = session.can(Permission::StandardsManage);
    let plans = manages && (shown == this || shown == this + 1);
    let adopts = plans && adoption.is_none() && percent.is_some();
    let edits = plans && adoption.is_none();
    let choose = move |event| year.set(event_target_value(&event).parse().ok());
    let years =
        (this - 2..=this + 1).rev().map(|one| view! { <option value=one selected={one == shown}>{one}</option> });
    let years = years.collect_view();
    let adopted = adoption.map(|adoption| (adopted_by.unwrap_or_default(), adoption.adopted_on.to_string()));
    let is_adopted = adopted.is_some();
    let standing = move || match &adopted {
        Some((who, day)) => t_string!(i18n, standards.plan.adopted, name = who.as_str(), day = day.as_str()),
        None => t_string!(i18n, standards.plan.not_adopted).to_owned(),
    };
    let (tone, mark) = if is_adopted { (Tone::Good, Mark::Check) } else { (Tone::Warn, Mark::Clock) };
    let none = tasks.is_empty();
    let rows = tasks.into_iter().map(|row| {
        let owner = name(&names, row.task.owner);
        view! { <Line row owner manages edits office /> }
    });
    let rows = rows.collect_view();
    let done = percent.map(|percent| {
        let text = move || t_string!(i18n, standards.plan.percent, percent = percent);
        view! {
            <p class="font-semibold" data-percent=percent.to_string()>{text}</p>
            <progress class="coverage-bar" aria-label=text max=100 value=percent></progress>
        }
    });
    view! {
        <section class="sheet" aria-labelledby="standards-plan">
            <div class="title-line">
                <h2 class="sheet-title" id="standards-plan">{t!(i18n, standards.plan.title)}</h2>
                <div class="flex flex-wrap items-end gap-3">
                    <label class="field">
                        <span class="field-label">{t!(i18n, standards.plan.year)}</span>
                        <select class="input-line" name="year" on:change=choose>{years}</select>
                    </label>
                    <ExportButton list="plan" of="standards-plan" query=format!("year={shown}") />
                </div>
            </div>
            <p class="check-row" data-adopted=is_adopted.to_string()><Chip tone mark text=standing /></p>
            {done}
            {none.then(|| view! { <p class="hint">{t!(i18n, standards.plan.none)}</p> })}
            <ul class="settings-list">{rows}</ul>
            <div class="person-acts">
                {plans.then(|| view! {
                    <button type="button" class="btn btn-outline" on:click=move |_| office.begin(Task::Planned(shown))>
                        <Icon mark=Mark::Plus />
                        {t!(i18n, standards.plan.add)}
                    </button>
                })}
                {adopts.then(|| view! {
                    <button type="button" class="btn btn-primary" on:click=move |_| office.begin(Task::Adopt(shown))>
                        <Icon mark=Mark::Check />
                        {t!(i18n, standards.plan.adopt)}
                    </button>
                })}
            </div>
        </section>
    }
}

#[component]
fn Line(row: TaskRow, owner: String, manages: bool, edits: bool, office: Office<Task>) -> impl IntoView {
    let i18n = use_i18n();
    let TaskRow { task, late } = row;
    let progress = task.progress;
    let (tone, mark) = match progress {
        TaskProgress::Open => (Tone::Plain, Mark::Clock),
        TaskProgress::Doing => (Tone::Active, Mark::Clock),
        TaskProgress::Done => (Tone::Good, Mark::Check),
        TaskProgress::Dropped => (Tone::Still, Mark::Close),
    };
    let (due, done) = (task.due_on.to_string(), task.done_on.map(|day| day.to_string()));
    let when = move || match &done {
        Some(day) => t_string!(i18n, standards.plan.done, day = day.as_str()),
        None => t_string!(i18n, standards.plan.due, day = due.as_str()),
    };
    let reason = task.reason.clone();
    let (moving, editing) = (task.clone(), task.clone());
    let (title, key) = (task.title.clone(), task.title.clone());
    let (of_move, of_edit) = (title.clone(), title.clone());
    let open = progress != TaskProgress::Dropped;
    view! {
        <li class="person-role" data-task=key>
            <span class="font-semibold">{title}</span>
            <span class="person-facts">
                <Chip tone mark text=move || label(i18n.get_locale(), "task_progress", progress.key()) />
                {late.then(|| view! { <Chip tone=Tone::Bad mark=Mark::Alert text=move || t_string!(i18n, standards.plan.late) /> })}
                <span>{owner}</span>
                <span class="tabular-nums">{when}</span>
                {reason.map(|text| view! { <span>{move || t_string!(i18n, standards.plan.because, reason = text.as_str())}</span> })}
            </span>
            <span class="person-acts">
                {(manages && open).then(|| view! {
                    <button
                        type="button"
                        class="btn btn-ghost btn-small"
                        aria-label=move || format!("{}: {of_move}", t_string!(i18n, standards.plan.move_on))
                        on:click=move |_| office.begin(Task::Moved(moving.clone()))
                    >
                        {t!(i18n, standards.plan.move_on)}
                    </button>
                })}
                {(edits && open).then(|| view! {
                    <button
                        type="button"
                        class="btn btn-ghost btn-small"
                        aria-label=move || format!("{}: {of_edit}", t_string!(i18n, standards.plan.edit))
                        on:click=move |_| office.begin(Task::Replanned(editing.clone()))
                    >
                        {t!(i18n, standards.plan.edit)}
                    </button>
                })}
            </span>
        </li>
    }
}
