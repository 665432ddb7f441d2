//! The self-audits, what each found, and what became of it.

use std::{collections::HashMap, sync::Arc};

use chrono::NaiveDate;
use domain::{ManagedStandardId, permission::Permission, standardisation::FindingResult};
use leptos::prelude::*;

use super::{Names, Task, name};
use crate::{
    api::standards::{AuditRow, Finding, FindingRow},
    components::{Chip, ExportButton, Icon, Mark, Tone},
    i18n::{label, t, t_string, use_i18n},
    pages::posts::Office,
    session::use_session,
};

type Known = Arc<HashMap<ManagedStandardId, String>>;

#[component]
pub(super) fn Audits(
    rows: Vec<AuditRow>,
    today: NaiveDate,
    names: Names,
    known: Vec<(ManagedStandardId, String)>,
    office: Office<Task>,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let manages = session.can(Permission::StandardsManage);
    let none = rows.is_empty();
    let by_id: Known = Arc::new(known.iter().cloned().collect());
    let known = StoredValue::new(known);
    let rows = rows.into_iter().map(|AuditRow { audit, findings }| {
        let id = audit.id;
        let (day, auditor) = (audit.on.to_string(), name(&names, audit.auditor));
        let empty = findings.is_empty();
        let lines = findings.into_iter().map(|row| {
            let owner = row.finding.owner.map(|id| name(&names, id)).unwrap_or_default();
            view! { <Line row owner known=by_id.clone() manages office /> }
        });
        let lines = lines.collect_view();
        let key = day.clone();
        view! {
            <li class="grid gap-2 border-t border-base-300 pt-3" data-audit=key>
                <h3 class="font-semibold tabular-nums">{day}</h3>
                <p>{audit.scope}</p>
                <p class="hint">{move || t_string!(i18n, standards.audits.by, name = auditor.as_str())}</p>
                {empty.then(|| view! { <p class="hint">{t!(i18n, standards.audits.no_findings)}</p> })}
                <ul class="settings-list">{lines}</ul>
                {manages.then(|| view! {
                    <div class="person-acts">
                        <button
                            type="button"
                            class="btn btn-outline btn-small"
                            on:click=move |_| office.begin(Task::Find(id, known.get_value()))
                        >
                            <Icon mark=Mark::Plus />
                            {t!(i18n, standards.audits.add)}
                        </button>
                    </div>
                })}
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="sheet" aria-labelledby="standards-audits">
            <div class="title-line">
                <h2 class="sheet-title" id="standards-audits">{t!(i18n, standards.audits.title)}</h2>
                <div class="flex flex-wrap gap-3">
                    <ExportButton list="findings" of="standards-audits" query=String::new() />
                    {manages.then(|| view! {
                        <button type="button" class="btn btn-outline" on:click=move |_| office.begin(Task::Audit(today))>
                            <Icon mark=Mark::Plus />
                            {t!(i18n, standards.audits.record)}
                        </button>
                    })}
                </div>
            </div>
            {none.then(|| view! { <p class="hint">{t!(i18n, standards.audits.none)}</p> })}
            <ul class="grid gap-4">{rows}</ul>
        </section>
    }
}

#[component]
fn Line(row: FindingRow, owner: String, known: Known, manages: bool, office: Office<Task>) -> impl IntoView {
    let i18n = use_i18n();
    let FindingRow { finding, closed_by, late, tasked, task } = row;
    let (id, closing) = (finding.id, finding.clone());
    let Finding { standard, result, clause, description, measure, due_on, closed_on, evidence, .. } = finding;
    let open = result == FindingResult::Nonconform && closed_on.is_none();
    let (tone, mark) = match result {
        FindingResult::Conform => (Tone::Good, Mark::Check),
        FindingResult::Nonconform => (Tone::Warn, Mark::Flag),
    };
    let due = due_on.map(|day| day.to_string());
    let due = due.map(|day| move || t_string!(i18n, standards.audits.due, name = owner.as_str(), day = day.as_str()));
    let closed = closed_on.map(|day| (closed_by.unwrap_or_default(), day.to_string()));
    let closed = closed
        .map(|(who, day)| move || t_string!(i18n, standards.audits.closed, name = who.as_str(), day = day.as_str()));
    let about = standard.and_then(|id| Some((id, known.get(&id)?.clone())));
    view! {
        <li class="grid gap-1 py-2" data-finding=result.key() data-open=open.to_string()>
            <span class="person-head">
                <Chip tone mark text=move || label(i18n.get_locale(), "finding_result", result.key()) />
                {open.then(|| view! { <Chip tone=Tone::Active mark=Mark::Clock text=move || t_string!(i18n, standards.audits.open) /> })}
                {late.then(|| view! { <Chip tone=Tone::Bad mark=Mark::Alert text=move || t_string!(i18n, standards.audits.late) /> })}
                {about.map(|(id, text)| view! { <a class="link" href=format!("/desk/standards/{id}")>{text}</a> })}
                {clause.map(|text| view! { <span class="tabular-nums">{text}</span> })}
            </span>
            <p class="prose-text">{description}</p>
            {measure.map(|text| view! { <p class="prose-text hint">{text}</p> })}
            {due.map(|text| view! { <p class="hint">{text}</p> })}
            {closed.map(|text| view! { <p class="hint">{text}</p> })}
            {evidence.map(|text| view! { <p class="prose-text hint">{text}</p> })}
            {tasked.then(|| view! {
                <p class="hint" data-tasked="true">
                    {t!(i18n, standards.audits.tasked)}
                    " "
                    {task.map(|id| view! {
                        <a class="link" href=format!("/desk/rectification/{id}")>{t!(i18n, standards.audits.to_task)}</a>
                    })}
                </p>
            })}
            {(manages && open).then(|| view! {
                <div class="person-acts">
                    {(!tasked).then(|| view! {
                        <a
                            class="btn btn-outline btn-small"
                            href=format!("/desk/rectification/new?auditFinding={id}")
                            data-rectify="true"
                        >
                            {t!(i18n, standards.audits.open_task)}
                        </a>
                    })}
                    <button
                        type="button"
                        class="btn btn-outline btn-small"
                        on:click=move |_| office.begin(Task::Close(closing.clone()))
                    >
                        {t!(i18n, standards.audits.close)}
                    </button>
                </div>
            })}
        </li>
    }
}
