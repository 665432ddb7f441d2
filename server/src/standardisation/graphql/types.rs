//! Standards management as GraphQL shows it.

use std::collections::HashMap;

use async_graphql::SimpleObject;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    AuditFindingId, ManagedStandardId, PlanTaskId, RectificationTaskId, SelfAuditId, StaffId, StandardEventId,
    StandardsOfficerId, YearPlanId,
    standardisation::{
        FindingResult, StandardAction, StandardLevel, StandardStatus, TaskProgress,
        checks::{Checked, StandardsCheck, StandardsStanding},
    },
};
use entity::{
    managed_standard, self_audit, self_audit_finding, standard_event, standards_officer, year_plan, year_plan_task,
};
use uuid::Uuid;

use super::super::service::reading::{Audit, Desk, Names, Officer, Page, Plan, is_finding_late, is_review_late};
use crate::{improvement::service::Followed, posts::repo::People};

/// A standard in the register.
#[derive(SimpleObject)]
pub struct ManagedStandard {
    /// Its id.
    id: ManagedStandardId,
    /// How often it was changed.
    version: i32,
    /// Its number with the year in it.
    number: String,
    /// What it is called.
    title: String,
    /// Who issued it.
    level: StandardLevel,
    /// Which version of it.
    edition: String,
    /// Since when the center works by it.
    adopted_on: Option<NaiveDate>,
    /// Who answers for it.
    owner: StaffId,
    /// By when it is to be reviewed.
    review_due: Option<NaiveDate>,
    /// Where it stands.
    status: StandardStatus,
    /// What has taken its place.
    successor: Option<ManagedStandardId>,
}

/// A standard in the list.
#[derive(SimpleObject)]
pub struct ManagedStandardRow {
    /// The standard.
    standard: ManagedStandard,
    /// Whether it should have been reviewed by now.
    review_late: bool,
}

/// A standard by its number and title.
#[derive(SimpleObject)]
pub struct ManagedStandardName {
    /// Its id.
    id: ManagedStandardId,
    /// Its number.
    number: String,
    /// What it is called.
    title: String,
}

/// A step in the life of a standard.
#[derive(SimpleObject)]
pub struct ManagedStandardEvent {
    /// Its id.
    id: StandardEventId,
    /// What was done; null where it was registered.
    action: Option<StandardAction>,
    /// Where the standard stood then.
    status: StandardStatus,
    /// What was said.
    note: Option<String>,
    /// By whom.
    actor: String,
    /// When.
    at: DateTime<Utc>,
}

/// Somebody's name.
#[derive(SimpleObject)]
pub struct StandardsPerson {
    /// Their id.
    id: StaffId,
    /// Their name.
    name: String,
}

/// A standard with everything about it.
#[derive(SimpleObject)]
pub struct ManagedStandardPage {
    /// The standard.
    row: ManagedStandardRow,
    /// Who answers for it.
    owner: String,
    /// What has taken its place.
    successor: Option<ManagedStandardName>,
    /// Whose place it has taken.
    replaces: Vec<ManagedStandardName>,
    /// What could take its place, where that may be said now.
    successors: Vec<ManagedStandardName>,
    /// The log, oldest first.
    events: Vec<ManagedStandardEvent>,
    /// What the viewer may do.
    actions: Vec<StandardAction>,
}

/// How a check stands.
#[derive(SimpleObject)]
pub struct StandardsCheckResult {
    /// What was looked at.
    check: StandardsCheck,
    /// Whether something is missing, and whether it is too late.
    standing: StandardsStanding,
    /// The first day of the breach that has come, or comes if nothing is done; null where no day is known.
    breach_on: Option<NaiveDate>,
    /// How many it concerns.
    count: usize,
}

/// A task of a plan.
#[derive(SimpleObject)]
pub struct PlanTask {
    /// Its id.
    id: PlanTaskId,
    /// How often it was changed.
    version: i32,
    /// Of which year.
    year: i32,
    /// What is to be done.
    title: String,
    /// Who does it.
    owner: StaffId,
    /// By when.
    due_on: NaiveDate,
    /// How far it is.
    progress: TaskProgress,
    /// Why it was dropped.
    reason: Option<String>,
    /// When it was done.
    done_on: Option<NaiveDate>,
}

/// A task in the list.
#[derive(SimpleObject)]
pub struct PlanTaskRow {
    /// The task.
    task: PlanTask,
    /// Whether it is, or was, late.
    late: bool,
}

/// That the plan of a year was adopted.
#[derive(SimpleObject)]
pub struct YearPlanAdoption {
    /// Its id.
    id: YearPlanId,
    /// Of which year.
    year: i32,
    /// When.
    adopted_on: NaiveDate,
}

/// The plan of a year.
#[derive(SimpleObject)]
pub struct YearPlan {
    /// Which year.
    year: i32,
    /// That it was adopted; null while it was not.
    adoption: Option<YearPlanAdoption>,
    /// By whom.
    adopted_by: Option<String>,
    /// How many of a hundred tasks are done; null where there is none to do.
    percent: Option<u32>,
    /// The tasks, soonest first.
    tasks: Vec<PlanTaskRow>,
}

/// Somebody's term as a standards officer.
#[derive(SimpleObject)]
pub struct StandardsTerm {
    /// Its id.
    id: StandardsOfficerId,
    /// How often it was changed.
    version: i32,
    /// Who.
    staff: StaffId,
    /// Whether they do nothing else.
    full_time: bool,
    /// What they answer for.
    duties: String,
    /// Their first day.
    from: NaiveDate,
    /// Their last day.
    until: Option<NaiveDate>,
}

/// A term in the list.
#[derive(SimpleObject)]
pub struct StandardsTermRow {
    /// The term.
    term: StandardsTerm,
    /// Whether it has today in it.
    current: bool,
    /// When they were last trained about standards this year.
    trained_on: Option<NaiveDate>,
}

/// What a self-audit found in one place.
#[derive(SimpleObject)]
pub struct AuditFinding {
    /// Its id.
    id: AuditFindingId,
    /// How often it was changed.
    version: i32,
    /// About which standard.
    standard: Option<ManagedStandardId>,
    /// Whether it is as it should be.
    result: FindingResult,
    /// Which clause it is about.
    clause: Option<String>,
    /// What was seen.
    description: String,
    /// What is done about it.
    measure: Option<String>,
    /// Who does it.
    owner: Option<StaffId>,
    /// By when.
    due_on: Option<NaiveDate>,
    /// When it was closed.
    closed_on: Option<NaiveDate>,
    /// What showed that it was put right.
    evidence: Option<String>,
}

/// A finding in the list.
#[derive(SimpleObject)]
pub struct AuditFindingRow {
    /// The finding.
    finding: AuditFinding,
    /// Who closed it.
    closed_by: Option<String>,
    /// Whether it is open, and should not be by now.
    late: bool,
    /// Whether a rectification task follows from it.
    tasked: bool,
    /// That task, where the viewer sees it.
    task: Option<RectificationTaskId>,
}

/// A self-audit.
#[derive(SimpleObject)]
pub struct SelfAudit {
    /// Its id.
    id: SelfAuditId,
    /// When.
    on: NaiveDate,
    /// What was looked at.
    scope: String,
    /// Who looked.
    auditor: StaffId,
}

/// A self-audit in the list.
#[derive(SimpleObject)]
pub struct SelfAuditRow {
    /// The audit.
    audit: SelfAudit,
    /// What it found.
    findings: Vec<AuditFindingRow>,
}

/// Everything about a center's standards.
#[derive(SimpleObject)]
pub struct StandardsDesk {
    /// Today.
    today: NaiveDate,
    /// How it stands.
    checks: Vec<StandardsCheckResult>,
    /// The register, by number.
    standards: Vec<ManagedStandardRow>,
    /// The plan of the year that was asked for.
    plan: YearPlan,
    /// Everybody's terms, newest first.
    officers: Vec<StandardsTermRow>,
    /// The last self-audits, and those that left something open, newest first.
    audits: Vec<SelfAuditRow>,
    /// Who they are.
    people: Vec<StandardsPerson>,
}

impl From<managed_standard::Model> for ManagedStandard {
    fn from(row: managed_standard::Model) -> Self {
        Self {
            id: row.id,
            version: row.version,
            number: row.number,
            title: row.title,
            level: row.level,
            edition: row.edition,
            adopted_on: row.adopted_on,
            owner: row.owner_id,
            review_due: row.review_due,
            status: row.status,
            successor: row.successor_id,
        }
    }
}

impl From<managed_standard::Model> for ManagedStandardName {
    fn from(managed_standard::Model { id, number, title, .. }: managed_standard::Model) -> Self {
        Self { id, number, title }
    }
}

impl From<year_plan_task::Model> for PlanTask {
    fn from(row: year_plan_task::Model) -> Self {
        Self {
            id: row.id,
            version: row.version,
            year: row.year,
            title: row.title,
            owner: row.owner_id,
            due_on: row.due_on,
            progress: row.progress,
            reason: row.reason,
            done_on: row.done_on,
        }
    }
}

impl From<year_plan::Model> for YearPlanAdoption {
    fn from(year_plan::Model { id, year, adopted_on, .. }: year_plan::Model) -> Self {
        Self { id, year, adopted_on }
    }
}

impl From<standards_officer::Model> for StandardsTerm {
    fn from(row: standards_officer::Model) -> Self {
        Self {
            id: row.id,
            version: row.version,
            staff: row.staff_id,
            full_time: row.full_time,
            duties: row.duties,
            from: row.from_on,
            until: row.until_on,
        }
    }
}

impl From<self_audit::Model> for SelfAudit {
    fn from(self_audit::Model { id, on_day, scope, auditor_id, .. }: self_audit::Model) -> Self {
        Self { id, on: on_day, scope, auditor: auditor_id }
    }
}

impl From<self_audit_finding::Model> for AuditFinding {
    fn from(row: self_audit_finding::Model) -> Self {
        Self {
            id: row.id,
            version: row.version,
            standard: row.standard_id,
            result: row.result,
            clause: row.clause,
            description: row.description,
            measure: row.measure,
            owner: row.owner_id,
            due_on: row.due_on,
            closed_on: row.closed_on,
            evidence: row.evidence,
        }
    }
}

impl From<Checked> for StandardsCheckResult {
    fn from(Checked { check, standing, breach_on, count }: Checked) -> Self {
        Self { check, standing, breach_on, count }
    }
}

impl From<Officer> for StandardsTermRow {
    fn from(Officer { row, current, trained_on }: Officer) -> Self {
        Self { term: row.into(), current, trained_on }
    }
}

fn listed(row: managed_standard::Model, today: NaiveDate) -> ManagedStandardRow {
    ManagedStandardRow { review_late: is_review_late(&row, today), standard: row.into() }
}

fn planned(Plan { year, adopted, tasks, percent }: Plan, names: &Names) -> YearPlan {
    let adopted_by = adopted.as_ref().and_then(|row| names.get(&row.adopter_id)).cloned();
    let tasks = tasks.into_iter().map(|(task, late)| PlanTaskRow { task: task.into(), late }).collect();
    YearPlan { year, adoption: adopted.map(Into::into), adopted_by, percent, tasks }
}

fn audited(
    Audit { row, findings }: Audit,
    names: &Names,
    tasks: &HashMap<Uuid, Followed>,
    today: NaiveDate,
) -> SelfAuditRow {
    let finding = |row: self_audit_finding::Model| AuditFindingRow {
        closed_by: row.closer_id.and_then(|id| names.get(&id)).cloned(),
        late: is_finding_late(&row, today),
        tasked: tasks.contains_key(&row.id.0),
        task: tasks.get(&row.id.0).and_then(|followed| followed.task),
        finding: row.into(),
    };
    SelfAuditRow { audit: row.into(), findings: findings.into_iter().map(finding).collect() }
}

/// Names, by number.
fn named(people: People) -> Vec<StandardsPerson> {
    let mut rows: Vec<_> = people.into_values().collect();
    rows.sort_by(|a, b| a.staff_no.cmp(&b.staff_no));
    rows.into_iter().map(|row| StandardsPerson { id: row.id, name: row.name }).collect()
}

impl From<Desk> for StandardsDesk {
    fn from(desk: Desk) -> Self {
        let Desk { today, checks, standards, plan, officers, audits, people, names, tasks } = desk;
        Self {
            today,
            checks: checks.into_iter().map(Into::into).collect(),
            standards: standards.into_iter().map(|row| listed(row, today)).collect(),
            plan: planned(plan, &names),
            officers: officers.into_iter().map(Into::into).collect(),
            audits: audits.into_iter().map(|audit| audited(audit, &names, &tasks, today)).collect(),
            people: named(people),
        }
    }
}

impl From<Page> for ManagedStandardPage {
    fn from(page: Page) -> Self {
        let Page { today, row, successor, replaces, successors, events, actions, people, names } = page;
        let all = |rows: Vec<managed_standard::Model>| rows.into_iter().map(Into::into).collect();
        let event = |row: standard_event::Model| ManagedStandardEvent {
            id: row.id,
            action: row.action,
            status: row.status,
            note: row.note,
            actor: names.get(&row.actor_id).cloned().unwrap_or_default(),
            at: row.at,
        };
        Self {
            owner: people.get(&row.owner_id).map(|person| person.name.clone()).unwrap_or_default(),
            row: listed(row, today),
            successor: successor.map(Into::into),
            replaces: all(replaces),
            successors: all(successors),
            events: events.into_iter().map(event).collect(),
            actions,
        }
    }
}
