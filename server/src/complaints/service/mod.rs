//! What may be done with complaints. Every step goes through [`Acting`]: permission, one
//! transaction, the rules of `domain`, the clock, a timeline entry, the figures, the audit.

pub mod clocks;
pub mod entries;
pub mod filing;
pub mod people;
pub mod reading;
pub mod steps;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::{
    AccountId, ComplaintEventId, ComplaintId, Violation,
    calendar::WorkingCalendar,
    complaints::{
        Action, Clock, ComplaintClass, ComplaintEventKind, ComplaintStatus, Facts, Pause, Step, Who,
        deadline::{by_new_calendar, queue_position},
        effect::OpenClock,
        form, may, next, permission,
    },
    policy::Policy,
};
use entity::{complaint, complaint_event};
use sea_orm::ActiveValue::{Set, Unchanged};

use super::repo;
use crate::{
    analytics,
    auth::scope::Scope,
    db::{AuditEvent, ReadTx, Verb, WriteTx},
    error::{Conflict, Error, Result},
    graphql::context::{CityRules, Cx},
    oversight::service::{Notice, notify},
};

/// A case as the client last saw it.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    /// The case.
    pub id: ComplaintId,
    /// Its version then.
    pub version: i32,
}

/// What a step leaves in the timeline.
#[derive(Debug)]
pub struct Entry {
    kind: ComplaintEventKind,
    body: Option<String>,
    public: bool,
}

impl Entry {
    /// A move, without words.
    pub const fn moved() -> Self {
        Self { kind: ComplaintEventKind::Moved, body: None, public: false }
    }

    /// Words for colleagues.
    pub fn internal(kind: ComplaintEventKind, body: Option<String>) -> Self {
        Self { kind, body: body.map(|text| text.trim().to_owned()), public: false }
    }

    /// Words that the complainant reads too.
    pub fn public(kind: ComplaintEventKind, body: String) -> Self {
        Self { kind, body: Some(body.trim().to_owned()), public: true }
    }
}

/// A step under way: checked, inside its transaction, not written yet.
pub struct Acting<'a> {
    cx: &'a Cx,
    /// The transaction.
    pub tx: WriteTx,
    /// The case before the step.
    pub row: complaint::Model,
    /// The step.
    pub action: Action,
    /// The city's calendar and policy.
    pub rules: Arc<CityRules>,
    /// Now.
    pub now: DateTime<Utc>,
    /// Who acts.
    pub who: Who,
    status: ComplaintStatus,
    notices: Vec<(Vec<AccountId>, Notice)>,
}

/// Whether the client must have seen the newest version.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// A decision on the case as it is.
    Newest,
    /// An entry that is true whatever has happened since, e.g. a note.
    Any,
}

impl<'a> Acting<'a> {
    /// Opens the transaction and asks the rules.
    pub async fn begin(cx: &'a Cx, seen: Seen, action: Action, version: Version) -> Result<Self> {
        let granted = cx.scope()?.require(permission(action))?;
        let tx = cx.write(&granted).await?;
        let row = repo::get(&tx, seen.id).await?;
        if version == Version::Newest && row.version != seen.version {
            return Err(Error::Conflict(Conflict::Newer(row.version)));
        }
        Self::checked(cx, tx, row, action).await
    }

    /// The same for a case that was found in another way, e.g. by its receipt.
    pub async fn checked(cx: &'a Cx, tx: WriteTx, row: complaint::Model, action: Action) -> Result<Self> {
        let rules = cx.rules().await?;
        let (now, who) = (cx.now(), who(cx.scope()?));
        may(action, &facts(&row, &rules.policy), &who, now)?;
        let status = next(action, row.status);
        Ok(Self { cx, tx, row, action, rules, now, who, status, notices: Vec::new() })
    }

    /// The person acting; none for a complainant.
    pub fn me(&self) -> Option<AccountId> {
        self.who.account
    }

    /// A new id.
    pub fn new_id(&self) -> uuid::Uuid {
        self.cx.app.ids.next()
    }

    /// The step leads elsewhere than the table of steps says, e.g. a bad answer at follow-up.
    pub fn lead_to(&mut self, status: ComplaintStatus) {
        self.status = status;
    }

    /// Tells `people` about it, except the one who acts.
    pub fn tell(&mut self, people: impl IntoIterator<Item = AccountId>, kind: ComplaintEventKind, body: Option<&str>) {
        let (me, respondent) = (self.me(), self.row.respondent_id);
        let people = people.into_iter().filter(|p| Some(*p) != me && Some(*p) != respondent).collect();
        let notice = Notice::of_case(self.row.id, kind, body.map(ToOwned::to_owned));
        self.notices.push((people, notice));
    }

    /// A change of nothing yet, with the clock of the new state where that differs.
    pub fn change(&self, class: ComplaintClass) -> Result<complaint::ActiveModel> {
        let mut change = complaint::ActiveModel { id: Unchanged(self.row.id), ..Default::default() };
        let step = Step::of(self.status);
        if step != self.row.due_step {
            set_step(&mut change, &self.row, step, class, self.now, &self.rules)?;
        }
        Ok(change)
    }

    /// Writes the step.
    pub async fn finish(self, change: complaint::ActiveModel, entry: Entry, verb: Verb) -> Result<complaint::Model> {
        let Self { cx, mut tx, row, action, now, who, status, notices, .. } = self;
        let change = complaint::ActiveModel {
            status: Set(status),
            is_open: Set(status.is_open()),
            last_event_kind: Set(entry.kind),
            last_event_at: Set(now),
            ..in_time(change, &row, Step::of(status), now)
        };
        let updated = tx.update(change, row.version).await?;
        let event = complaint_event::ActiveModel {
            id: Set(ComplaintEventId(cx.app.ids.next())),
            complaint_id: Set(row.id),
            kind: Set(entry.kind),
            action: Set(Some(action)),
            from_status: Set(Some(row.status)),
            status: Set(status),
            actor_id: Set(who.account),
            body: Set(entry.body),
            is_public: Set(entry.public),
            created_at: Set(now),
            ..Default::default()
        };
        tx.insert(event).await?;
        for (people, notice) in notices {
            notify(&mut tx, || cx.app.ids.next(), now, people, &notice).await?;
        }
        analytics::service::recount(&mut tx, now).await?;
        analytics::service::complaint(&mut tx, Some(&row), &updated).await?;
        tx.commit(AuditEvent::on(row.id.0, verb)).await?;
        Ok(updated)
    }
}

/// Keeps of a first look and of a reply whether they were in time, once they have ended: their dates go with the step.
fn in_time(
    change: complaint::ActiveModel,
    row: &complaint::Model,
    next: Option<Step>,
    now: DateTime<Utc>,
) -> complaint::ActiveModel {
    let in_time = Set(Some(row.overdue_at.is_none() && row.due_at.is_none_or(|due| now <= due)));
    match row.due_step {
        Some(Step::Ack) if next != row.due_step => complaint::ActiveModel { acked_in_time: in_time, ..change },
        Some(Step::Reply) if next != row.due_step => complaint::ActiveModel { replied_in_time: in_time, ..change },
        _ => change,
    }
}

/// Sets the clock of a step that begins now.
pub fn set_step(
    change: &mut complaint::ActiveModel,
    row: &complaint::Model,
    step: Option<Step>,
    class: ComplaintClass,
    now: DateTime<Utc>,
    rules: &CityRules,
) -> Result<()> {
    change.due_step = Set(step);
    change.warned_at = Set(None);
    change.overdue_at = Set(None);
    let Some(step) = step else {
        set_due(change, row, None);
        change.step_days = Set(None);
        return Ok(());
    };
    // Whether to accept is decided from receipt on, not from the first look.
    let started_at = if step == Step::AcceptDecision { row.received_at } else { now };
    let clock = Clock { step, started_at, days: step.days(class, &rules.policy) };
    change.step_started_at = Set(clock.started_at);
    change.step_days = Set(Some(days(clock.days)));
    let due = clock.due_at(&[], now, &rules.calendar)?;
    set_due(change, row, Some(due));
    Ok(())
}

/// Sets when the case is due and, with it, its place in every queue.
pub fn set_due(change: &mut complaint::ActiveModel, row: &complaint::Model, due: Option<DateTime<Utc>>) {
    change.due_at = Set(due);
    change.queue_at = Set(queue_position(due, row.received_at));
}

/// The open cases of the center in scope that have a date, as far as another policy could move them.
pub async fn open_clocks(tx: &ReadTx) -> Result<Vec<OpenClock>> {
    let count = |days: i32| u32::try_from(days).unwrap_or(0);
    let open = |row: complaint::Model| {
        Some(OpenClock {
            clock: clock(&row)?,
            class: row.class,
            extended: count(row.extended_days),
            paused: count(row.paused_days),
            due_at: row.due_at?,
            escalation: row.escalation,
            warned: row.warned_at.is_some(),
        })
    };
    Ok(running(tx).await?.into_iter().filter_map(open).collect())
}

/// The running clock of a case, from its stored parts.
pub fn clock(row: &complaint::Model) -> Option<Clock> {
    let days = u32::try_from(row.step_days?).ok()?;
    Some(Clock { step: row.due_step?, started_at: row.step_started_at, days })
}

/// When the case is due by `calendar`, if that is another date than was told. A case that stands still, and one whose date
/// still leaves the published lists, have none.
pub fn moved_by(row: &complaint::Model, calendar: &WorkingCalendar, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let clock = clock(row).filter(|_| row.paused.is_none())?;
    // Only a reply is ever paused.
    let paused = if clock.step == Step::Reply { u32::try_from(row.paused_days).unwrap_or(0) } else { 0 };
    by_new_calendar(row.due_at, clock.due_after(paused, calendar).ok()?, now)
}

/// The open cases of the center in scope whose clock runs, or waits for a calendar.
pub async fn running(tx: &ReadTx) -> Result<Vec<complaint::Model>> {
    repo::to_sweep(tx, u64::MAX >> 1).await
}

/// When the case is due with `pauses`, after its number of days has changed to `days`.
pub fn due_with(
    row: &complaint::Model,
    days: u32,
    pauses: &[Pause],
    now: DateTime<Utc>,
    rules: &CityRules,
) -> Result<DateTime<Utc>> {
    let clock = clock(row).ok_or_else(|| Violation::new("", "complaint.no_clock"))?;
    Ok(Clock { days, ..clock }.due_at(pauses, now, &rules.calendar)?)
}

/// What the rules need to know of a row, whole or the summary of a list, under the city's policy.
macro_rules! facts_of {
    ($row:expr, $policy:expr) => {{
        let (row, policy) = (&$row, &$policy);
        let left =
            |key, used| domain::policy::Policy::get(policy, key).saturating_sub(u32::try_from(used).unwrap_or(0));
        domain::complaints::Facts {
            status: row.status,
            subject: row.subject,
            handler: row.handler_id,
            assignee: row.assignee_id,
            respondent: row.respondent_id,
            proposer: row.proposer_id,
            approver: row.approver_id,
            reviewer: row.reviewer_id,
            outcome: row.outcome,
            extensions_left: left(domain::policy::PolicyKey::ComplaintExtensionMaxCount, row.extensions),
            pause_days_left: left(domain::policy::PolicyKey::ComplaintPauseMax, row.paused_days),
            paused: row.paused.is_some(),
            due_at: row.due_at,
            review_until: row.review_until,
            reviewed: row.review_outcome.is_some(),
            referred: row.referred_at.is_some(),
        }
    }};
}
pub(crate) use facts_of;

/// The same of a whole row.
pub fn facts(row: &complaint::Model, policy: &Policy) -> Facts {
    facts_of!(*row, *policy)
}

/// Who acts under a scope.
pub fn who(scope: &Scope) -> Who {
    Who { account: scope.account(), roles: scope.roles().clone() }
}

/// Checks text fields of a step, all at once.
pub fn check(fields: &[(&'static str, &str)]) -> Result<()> {
    let found: Vec<_> = fields.iter().filter_map(|(field, text)| form::entry(field, text).err()).collect();
    if found.is_empty() { Ok(()) } else { Err(Error::Invalid(found)) }
}

/// Working days as the database keeps them: policy values are far below the limit.
pub fn days(days: u32) -> i32 {
    i32::try_from(days).unwrap_or(i32::MAX)
}
