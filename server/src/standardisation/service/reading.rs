//! What is shown: everything about a center's standards, or one of them with its log. Each in a number of statements that
//! does not grow with the rows.

use std::collections::{BTreeMap, HashMap};

use chrono::{Datelike, NaiveDate};
use domain::{
    AccountId, ManagedStandardId, SelfAuditId, StaffId, Violation,
    calendar::local_date,
    improvement::RectificationSource,
    permission::Permission,
    standardisation::{
        StandardAction, after,
        checks::{Checked, Facts, Term, checks},
        is_late, percent,
    },
    training::{Topic, days_of},
};
use entity::{
    managed_standard, self_audit, self_audit_finding, standard_event, standards_officer, year_plan, year_plan_task,
};
use uuid::Uuid;

use super::{super::repo, audits};
use crate::{
    db::ReadTx,
    error::Result,
    graphql::context::Cx,
    improvement::service::{Followed, tasks_of},
    posts::{self, repo::People},
    tenancy,
    training::service::record,
};

/// Names of accounts.
pub type Names = HashMap<AccountId, String>;

/// The plan of a year.
pub struct Plan {
    /// Which year.
    pub year: i32,
    /// That it was adopted, if it was.
    pub adopted: Option<year_plan::Model>,
    /// Its tasks, soonest first, and whether each is, or was, late.
    pub tasks: Vec<(year_plan_task::Model, bool)>,
    /// How many of a hundred are done.
    pub percent: Option<u32>,
}

/// Somebody's term.
pub struct Officer {
    /// The term.
    pub row: standards_officer::Model,
    /// Whether it has today in it.
    pub current: bool,
    /// When they were last trained about standards this year.
    pub trained_on: Option<NaiveDate>,
}

/// A self-audit with what it found, what is due first before the rest.
pub struct Audit {
    /// The audit.
    pub row: self_audit::Model,
    /// What it found.
    pub findings: Vec<self_audit_finding::Model>,
}

/// Everything about a center's standards.
pub struct Desk {
    /// Today.
    pub today: NaiveDate,
    /// How it stands.
    pub checks: Vec<Checked>,
    /// The register, by number.
    pub standards: Vec<managed_standard::Model>,
    /// The plan of the year that was asked for.
    pub plan: Plan,
    /// Everybody's terms, newest first.
    pub officers: Vec<Officer>,
    /// The last audits, and those that left something open, newest first.
    pub audits: Vec<Audit>,
    /// Who they are.
    pub people: People,
    /// Who adopted and closed.
    pub names: Names,
    /// Which tasks followed from what was found, by the finding.
    pub tasks: HashMap<Uuid, Followed>,
}

/// A standard with everything about it.
pub struct Page {
    /// Today.
    pub today: NaiveDate,
    /// The standard.
    pub row: managed_standard::Model,
    /// What has taken its place.
    pub successor: Option<managed_standard::Model>,
    /// Whose place it has taken.
    pub replaces: Vec<managed_standard::Model>,
    /// What could take its place, where that may be said now.
    pub successors: Vec<managed_standard::Model>,
    /// The log, oldest first.
    pub events: Vec<standard_event::Model>,
    /// What the viewer may do.
    pub actions: Vec<StandardAction>,
    /// Who answers for it.
    pub people: People,
    /// Who wrote the log.
    pub names: Names,
}

/// Everything about the center's standards, with the plan of `year` or of this one.
pub async fn desk(cx: &Cx, year: Option<i32>) -> Result<Desk> {
    cx.scope()?.require(Permission::StandardsRead)?;
    let today = local_date(cx.now());
    let year = year.unwrap_or_else(|| today.year());
    if days_of(year).is_none() {
        return Err(Violation::new("year", "calendar.date_out_of_range").into());
    }
    let tx = cx.read().await?;
    let standards = repo::standards(&tx).await?;
    let years = [today.year(), year];
    let (plans, tasks) = (repo::plans(&tx, &years).await?, repo::tasks(&tx, &years).await?);
    let audits = audited(&tx).await?;
    let officers = repo::officers(&tx).await?;
    let owners = standards.iter().map(|row| row.owner_id).chain(tasks.iter().map(|row| row.owner_id));
    let found = audits.iter().flat_map(|audit| &audit.findings);
    let who = owners.chain(officers.iter().map(|row| row.staff_id)).chain(found.clone().filter_map(|row| row.owner_id));
    let people = posts::repo::people(&tx, who.chain(audits.iter().map(|audit| audit.row.auditor_id)).collect()).await?;
    let accounts = plans.iter().map(|row| row.adopter_id).chain(found.filter_map(|row| row.closer_id)).collect();
    let names = names(&tx, accounts).await?;
    let officers = in_office(&tx, officers, &people, today).await?;
    let plan = |year| plan(year, &plans, &tasks, today);
    let facts = facts(&standards, &plan(today.year()), &officers, &audits);
    let checks = checks(&facts, today, &cx.rules().await?.policy);
    let plan = plan(year);
    let officers = officers.into_iter().map(|(officer, _)| officer).collect();
    let found: Vec<_> = audits.iter().flat_map(|audit| &audit.findings).map(|row| row.id.0).collect();
    let tasks = tasks_of(&tx, RectificationSource::SelfAudit, &found).await?;
    Ok(Desk { today, checks, standards, plan, officers, audits, people, names, tasks })
}

/// The register with the names of who answers, for a workbook.
pub async fn register(cx: &Cx) -> Result<(Vec<managed_standard::Model>, People)> {
    cx.scope()?.require(Permission::StandardsRead)?;
    let tx = cx.read().await?;
    let standards = repo::standards(&tx).await?;
    let people = posts::repo::people(&tx, standards.iter().map(|row| row.owner_id).collect()).await?;
    Ok((standards, people))
}

/// One standard.
pub async fn page(cx: &Cx, id: ManagedStandardId) -> Result<Page> {
    let scope = cx.scope()?;
    scope.require(Permission::StandardsRead)?;
    let tx = cx.read().await?;
    let row = repo::standard(&tx, id).await?;
    let keeps = scope.require(Permission::StandardsManage).is_ok();
    let may = |action: &StandardAction| keeps && after(row.status, *action).is_ok();
    let actions: Vec<_> = StandardAction::ALL.iter().copied().filter(may).collect();
    let around = repo::around(&tx, id).await?;
    let (replaces, mut successors): (Vec<_>, Vec<_>) =
        around.into_iter().partition(|other| other.successor_id == Some(id));
    successors.retain(|_| actions.contains(&StandardAction::Revise));
    let successor = repo::named(&tx, row.successor_id.into_iter().collect()).await?.pop();
    let events = repo::events(&tx, id).await?;
    let names = names(&tx, events.iter().map(|event| event.actor_id).collect()).await?;
    let people = posts::repo::people(&tx, vec![row.owner_id]).await?;
    let today = local_date(cx.now());
    Ok(Page { today, row, successor, replaces, successors, events, actions, people, names })
}

/// Whether a standard should have been reviewed by now.
pub fn is_review_late(row: &managed_standard::Model, today: NaiveDate) -> bool {
    row.status.is_in_use() && row.review_due.is_some_and(|due| due < today)
}

/// Whether something is still to be put right that should have been by now.
pub fn is_finding_late(row: &self_audit_finding::Model, today: NaiveDate) -> bool {
    row.closed_on.is_none() && row.due_on.is_some_and(|due| due < today)
}

async fn names(tx: &ReadTx, mut accounts: Vec<AccountId>) -> Result<Names> {
    accounts.sort_unstable();
    accounts.dedup();
    let found = tenancy::service::names(tx, accounts).await?;
    Ok(found.into_iter().map(|(id, member)| (id, member.display_name)).collect())
}

/// The last audits, and those that left something open, with what they found.
async fn audited(tx: &ReadTx) -> Result<Vec<Audit>> {
    let mut rows = repo::audits(tx).await?;
    let shown: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut findings: BTreeMap<SelfAuditId, Vec<self_audit_finding::Model>> = BTreeMap::new();
    for row in repo::findings(tx, &shown).await? {
        findings.entry(row.audit_id).or_default().push(row);
    }
    let older: Vec<_> = findings.keys().copied().filter(|id| !shown.contains(id)).collect();
    rows.extend(repo::older_audits(tx, older).await?);
    let audit = |row: self_audit::Model| {
        let mut findings = findings.remove(&row.id).unwrap_or_default();
        findings.sort_by_key(|row| (row.due_on.is_none(), row.due_on, row.id));
        Audit { row, findings }
    };
    Ok(rows.into_iter().map(audit).collect())
}

/// Each term with what the rules need to know of it. Whoever has left is no officer any more.
async fn in_office(
    tx: &ReadTx,
    rows: Vec<standards_officer::Model>,
    people: &People,
    today: NaiveDate,
) -> Result<Vec<(Officer, Term)>> {
    let who: Vec<StaffId> = rows.iter().map(|row| row.staff_id).collect();
    let trained = record::about(tx, Topic::Standards, &who, today.year()).await?;
    let officer = |row: standards_officer::Model| {
        let left = people.get(&row.staff_id).and_then(|person| person.left_on);
        let trained_on = trained.get(&row.staff_id).copied();
        let until = row.until_on.into_iter().chain(left).min();
        let term = Term { staff: row.staff_id, from: row.from_on, until, trained_on };
        (Officer { current: term.contains(today), trained_on, row }, term)
    };
    Ok(rows.into_iter().map(officer).collect())
}

fn plan(year: i32, plans: &[year_plan::Model], tasks: &[year_plan_task::Model], today: NaiveDate) -> Plan {
    let own = tasks.iter().filter(|row| row.year == year);
    Plan {
        year,
        adopted: plans.iter().find(|row| row.year == year).cloned(),
        percent: percent(own.clone().map(|row| row.progress)),
        tasks: own.map(|row| (row.clone(), is_late(row.progress, row.due_on, row.done_on, today))).collect(),
    }
}

fn facts(standards: &[managed_standard::Model], plan: &Plan, officers: &[(Officer, Term)], audits: &[Audit]) -> Facts {
    let open = audits.iter().flat_map(|audit| &audit.findings).filter(|row| audits::facts(row).is_open());
    Facts {
        // What counts of the tasks are those that were not dropped: without one there is no share of them.
        plan: plan.adopted.is_some() && plan.percent.is_some(),
        terms: officers.iter().map(|(_, term)| *term).collect(),
        reviews: standards.iter().filter(|row| row.status.is_in_use()).filter_map(|row| row.review_due).collect(),
        audited_on: audits.iter().map(|audit| audit.row.on_day).max(),
        findings: open.filter_map(|row| row.due_on).collect(),
    }
}
