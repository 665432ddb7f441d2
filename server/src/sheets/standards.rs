//! The register of standards, narrowed as its page is, the plan of a year, and what self-audits found, as workbooks.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::{ManagedStandardId, StaffId, standardisation::StandardStatus};
use entity::{managed_standard, self_audit, self_audit_finding, year_plan_task};

use super::{
    book::Cell,
    lists::{Asked, Column, Found, table, yes},
};
use crate::{error::Result, graphql::context::Cx, standardisation::service::reading};

struct Standard {
    row: managed_standard::Model,
    owner: Option<String>,
    successor: Option<String>,
}

const STANDARDS: &[Column<Standard>] = &[
    ("standard_no", |standard, _| standard.row.number.as_str().into()),
    ("standard_title", |standard, _| standard.row.title.as_str().into()),
    ("level", |standard, language| language.label("standard_level", standard.row.level.key()).into()),
    ("edition", |standard, _| standard.row.edition.as_str().into()),
    ("status", |standard, language| language.label("standard_status", standard.row.status.key()).into()),
    ("adopted_on", |standard, _| standard.row.adopted_on.into()),
    ("owner", |standard, _| standard.owner.clone().into()),
    ("review_due", |standard, _| standard.row.review_due.into()),
    ("successor", |standard, _| standard.successor.clone().into()),
];

/// The register, as the page would show it.
pub(super) async fn register(cx: &Cx, asked: &Asked) -> Result<Found> {
    let language = asked.language();
    let status = asked.value("status", StandardStatus::from_key)?;
    let words = asked.text("q").map(str::to_lowercase);
    let (rows, people) = reading::register(cx).await?;
    let numbers: HashMap<ManagedStandardId, String> = rows.iter().map(|row| (row.id, row.number.clone())).collect();
    // As the page does: it has all rows, and shows those with the status and the words.
    let fits = |row: &managed_standard::Model| {
        let texts = [&row.number, &row.title];
        let found = |words: &String| texts.iter().any(|text| text.to_lowercase().contains(words));
        status.is_none_or(|status| row.status == status) && words.as_ref().is_none_or(found)
    };
    let standard = |row: managed_standard::Model| Standard {
        owner: people.get(&row.owner_id).map(|person| person.name.clone()),
        successor: row.successor_id.and_then(|id| numbers.get(&id).cloned()),
        row,
    };
    let rows: Vec<_> = rows.into_iter().filter(fits).map(standard).collect();
    Ok(table(&rows, STANDARDS, language)
        .chosen("status", "standard_status", status.map(StandardStatus::key), language)
        .narrowed("words", words.clone(), "yes"))
}

struct Task {
    row: year_plan_task::Model,
    owner: Option<String>,
    late: bool,
}

const PLAN: &[Column<Task>] = &[
    ("task", |task, _| task.row.title.as_str().into()),
    ("owner", |task, _| task.owner.clone().into()),
    ("task_due_on", |task, _| task.row.due_on.into()),
    ("progress", |task, language| language.label("task_progress", task.row.progress.key()).into()),
    ("done_on", |task, _| task.row.done_on.into()),
    ("task_late", |task, language| yes(task.late, language)),
    ("dropped_because", |task, _| task.row.reason.clone().into()),
];

/// The tasks of a year, soonest first.
pub(super) async fn plan(cx: &Cx, asked: &Asked) -> Result<Found> {
    let desk = reading::desk(cx, asked.value("year", |text| text.parse().ok())?).await?;
    let task = |(row, late): (year_plan_task::Model, bool)| Task {
        owner: desk.people.get(&row.owner_id).map(|person| person.name.clone()),
        row,
        late,
    };
    let rows: Vec<_> = desk.plan.tasks.into_iter().map(task).collect();
    let year = desk.plan.year.to_string();
    Ok(table(&rows, PLAN, asked.language()).narrowed("year", Some(year.as_str()), &year))
}

/// Something that an audit found, or that it found nothing.
struct Line {
    on: NaiveDate,
    scope: String,
    auditor: Option<String>,
    finding: Option<self_audit_finding::Model>,
    standard: Option<(String, String)>,
    owner: Option<String>,
    late: bool,
    closer: Option<String>,
}

impl Line {
    /// What there is to say of a finding, where there is one.
    fn of(&self, cell: impl FnOnce(&self_audit_finding::Model) -> Cell) -> Cell {
        self.finding.as_ref().map_or(Cell::Empty, cell)
    }
}

const FINDINGS: &[Column<Line>] = &[
    ("audited_on", |line, _| line.on.into()),
    ("audit_scope", |line, _| line.scope.as_str().into()),
    ("auditor", |line, _| line.auditor.clone().into()),
    ("audit_result", |line, language| line.of(|finding| language.label("finding_result", finding.result.key()).into())),
    ("standard_no", |line, _| line.standard.as_ref().map(|(number, _)| number.clone()).into()),
    ("standard_title", |line, _| line.standard.as_ref().map(|(_, title)| title.clone()).into()),
    ("clause", |line, _| line.of(|finding| finding.clause.clone().into())),
    ("found", |line, _| line.of(|finding| finding.description.as_str().into())),
    ("measure", |line, _| line.of(|finding| finding.measure.clone().into())),
    ("owner", |line, _| line.owner.clone().into()),
    ("right_by", |line, _| line.of(|finding| finding.due_on.into())),
    ("right_late", |line, language| line.of(|_| yes(line.late, language))),
    ("closed_on", |line, _| line.of(|finding| finding.closed_on.into())),
    ("closed_by", |line, _| line.closer.clone().into()),
    ("seen_to_be_right", |line, _| line.of(|finding| finding.evidence.clone().into())),
];

/// What the audits of the page found, newest audit first.
pub(super) async fn findings(cx: &Cx, asked: &Asked) -> Result<Found> {
    let desk = reading::desk(cx, None).await?;
    let known: HashMap<_, _> =
        desk.standards.iter().map(|row| (row.id, (row.number.clone(), row.title.clone()))).collect();
    let person = |id: StaffId| desk.people.get(&id).map(|person| person.name.clone());
    let line = |audit: &self_audit::Model, finding: Option<self_audit_finding::Model>| Line {
        on: audit.on_day,
        scope: audit.scope.clone(),
        auditor: person(audit.auditor_id),
        standard: finding.as_ref().and_then(|row| known.get(&row.standard_id?).cloned()),
        owner: finding.as_ref().and_then(|row| person(row.owner_id?)),
        late: finding.as_ref().is_some_and(|row| reading::is_finding_late(row, desk.today)),
        closer: finding.as_ref().and_then(|row| desk.names.get(&row.closer_id?).cloned()),
        finding,
    };
    let mut rows = Vec::new();
    for audit in desk.audits {
        if audit.findings.is_empty() {
            rows.push(line(&audit.row, None));
        }
        rows.extend(audit.findings.into_iter().map(|finding| line(&audit.row, Some(finding))));
    }
    Ok(table(&rows, FINDINGS, asked.language()))
}
