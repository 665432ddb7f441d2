//! The deadline sweep: warnings, overdue marks, escalation by lateness, pauses that have used
//! up their time, clocks that waited for a calendar, and the figures that change with the day.

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use domain::{
    AccountId, ComplaintEventId,
    calendar::local_date,
    complaints::{
        ComplaintEventKind as Event, EscalationCause, EscalationLevel,
        deadline::{DueMove, is_near, overdue_level, paused_days},
    },
    permission::Role,
    policy::PolicyKey,
};
use entity::{complaint, complaint_event};
use sea_orm::ActiveValue::{Set, Unchanged};

use crate::{
    analytics::{self, counting::Counted},
    auth::scope::Scope,
    bad_ratings,
    complaints::{
        referrals::service::{Why, put},
        repo,
        service::{clock, days, moved_by, running, set_due},
    },
    db::{AuditEvent, Verb, WriteTx, identity::Center},
    error::Result,
    graphql::context::{App, CityRules, Cx},
    http::session,
    improvement,
    oversight::service::{Notice, notify},
    tenancy,
};

/// How often the sweep runs.
const EVERY: Duration = Duration::from_secs(60);
/// Cases of one center that one sweep takes on; the rest wait a minute.
const AT_ONCE: u64 = 500;

/// Sweeps until the process ends, and removes sessions that have ended. A center that fails is logged and tried again.
pub async fn run(app: App) {
    let mut every = tokio::time::interval(EVERY);
    loop {
        every.tick().await;
        if let Err(error) = sweep(&app).await {
            tracing::error!(?error, "deadline sweep failed");
        }
        if let Err(error) = session::expire(&app).await {
            tracing::error!(?error, "removing old sessions failed");
        }
    }
}

/// One sweep over all centers.
///
/// # Errors
/// From the database, when not even the centers can be listed.
pub async fn sweep(app: &App) -> Result<()> {
    for center in app.db.identity().all_working_centers().await? {
        if let Err(error) = sweep_center(app, &center).await {
            tracing::error!(?error, center = center.code, "deadline sweep of a center failed");
        }
        if let Err(error) = improvement::service::clocks::sweep(app, &center).await {
            tracing::error!(?error, center = center.code, "marking late rectifications failed");
        }
        if let Err(error) = bad_ratings::service::clock::sweep(app, &center).await {
            tracing::error!(?error, center = center.code, "deadline sweep of bad ratings failed");
        }
    }
    Ok(())
}

async fn sweep_center(app: &App, center: &Center) -> Result<()> {
    let scope = Scope::job(center, "deadlines");
    let cx = Cx::new(app.clone(), Some(scope), None, app.ids.next().to_string());
    let (now, rules) = (cx.now(), cx.rules().await?);
    let rows = repo::to_sweep(&*cx.read().await?, AT_ONCE).await?;
    let rows: Vec<_> = rows.into_iter().filter(|row| needs_work(row, now, &rules)).collect();
    let stale = analytics::service::is_stale(&*cx.read().await?, now).await?;
    if rows.is_empty() && !stale {
        return Ok(());
    }
    let granted = cx.scope()?.require(domain::permission::Permission::ComplaintSupervise)?;
    let mut tx = cx.write(&granted).await?;
    let (mut changed, mut counted) = (false, Counted::default());
    for row in rows {
        changed |= Sweep { cx: &cx, tx: &mut tx, counted: &mut counted, row, now, rules: &rules }.act().await?;
    }
    if !changed && !stale {
        return Ok(());
    }
    analytics::service::recount(&mut tx, now).await?;
    analytics::service::count(&mut tx, counted).await?;
    tx.commit(AuditEvent::of(Verb::DeadlinesSwept)).await
}

/// Lets the dates of one center follow the calendar, all at once; how many moved. The sweep would find those that waited
/// for a list, minute by minute, but not those that a correction moves.
///
/// # Errors
/// From the database; nothing has moved then.
pub async fn follow_calendar(app: &App, center: &Center) -> Result<u32> {
    let others = bad_ratings::service::clock::follow_calendar(app, center).await?;
    let scope = Scope::job(center, "calendar");
    let cx = Cx::new(app.clone(), Some(scope), None, app.ids.next().to_string());
    let (now, rules) = (cx.now(), cx.rules().await?);
    let granted = cx.scope()?.require(domain::permission::Permission::ComplaintSupervise)?;
    let mut tx = cx.write(&granted).await?;
    let (mut moved, mut counted) = (0, Counted::default());
    for row in running(&tx).await? {
        let sweep = &mut Sweep { cx: &cx, tx: &mut tx, counted: &mut counted, row, now, rules: &rules };
        let following = sweep.follow_calendar().await?;
        moved += u32::from(following);
    }
    if moved > 0 {
        analytics::service::recount(&mut tx, now).await?;
        analytics::service::count(&mut tx, counted).await?;
        tx.commit(AuditEvent::of(Verb::DeadlinesMoved).with_detail(moved.to_string())).await?;
    }
    Ok(moved + others)
}

/// Whether time alone has changed something about the case. Faults of the calendar count as none:
/// the list of next year is awaited.
fn needs_work(row: &complaint::Model, now: DateTime<Utc>, rules: &CityRules) -> bool {
    let Some(due) = row.due_at else { return true };
    let level = overdue_level(due, now, &rules.policy, &rules.calendar).unwrap_or(EscalationLevel::None);
    let newly_late = now > due && row.overdue_at.is_none();
    let days = row.step_days.and_then(|days| u32::try_from(days).ok()).unwrap_or(0);
    let near = row.warned_at.is_none() && is_near(due, days, now, &rules.policy, &rules.calendar).unwrap_or(false);
    newly_late || near || level > row.escalation
}

struct Sweep<'a> {
    cx: &'a Cx,
    tx: &'a mut WriteTx,
    counted: &'a mut Counted,
    row: complaint::Model,
    now: DateTime<Utc>,
    rules: &'a Arc<CityRules>,
}

impl Sweep<'_> {
    /// Does what is due; whether there was anything.
    async fn act(mut self) -> Result<bool> {
        match self.row.due_at {
            None if self.row.paused.is_some() => self.end_long_pause().await,
            None => self.follow_calendar().await,
            Some(due) if self.now > due => self.mark_late(due).await,
            Some(_) => self.warn().await,
        }
    }

    /// A pause has a maximum; then the clock goes on by itself.
    async fn end_long_pause(&mut self) -> Result<bool> {
        let mut pauses = repo::pauses(self.tx, self.row.id).await?;
        let intervals = repo::intervals(&pauses);
        let Ok(paused) = paused_days(&intervals, self.now, &self.rules.calendar) else { return Ok(false) };
        if paused < self.rules.policy.get(PolicyKey::ComplaintPauseMax) {
            return Ok(false);
        }
        let today = local_date(self.now);
        for pause in pauses.iter_mut().filter(|pause| pause.to_day.is_none()) {
            repo::end_pause(self.tx, pause, today).await?;
            pause.to_day = Some(today);
        }
        let due = clock(&self.row).map(|c| c.due_at(&repo::intervals(&pauses), self.now, &self.rules.calendar));
        let Some(Ok(due)) = due else { return Ok(false) };
        let mut change = self.change(Event::Resumed);
        change.paused = Set(None);
        change.paused_days = Set(days(paused));
        set_due(&mut change, &self.row, Some(due));
        self.write(change, Event::Resumed, self.working()).await
    }

    /// The date by the calendar of now: of a case that came in before the list of its year, or whose list was corrected.
    async fn follow_calendar(&mut self) -> Result<bool> {
        let Some(due) = moved_by(&self.row, &self.rules.calendar, self.now) else { return Ok(false) };
        let mut change = self.change(Event::CalendarChanged);
        change.warned_at = Set(None);
        set_due(&mut change, &self.row, Some(due));
        let (told, people) = (DueMove::of(self.row.due_at, due).to_string(), self.leads().await?);
        self.write_with(change, Event::CalendarChanged, Some(told), people).await
    }

    async fn warn(&mut self) -> Result<bool> {
        let mut change = self.change(Event::Warned);
        change.warned_at = Set(Some(self.now));
        let people = self.leads().await?;
        self.write(change, Event::Warned, people).await
    }

    async fn mark_late(&mut self, due: DateTime<Utc>) -> Result<bool> {
        let level = overdue_level(due, self.now, &self.rules.policy, &self.rules.calendar)?;
        let first = self.row.overdue_at.is_none();
        let raised = level > self.row.escalation;
        if !first && !raised {
            return Ok(false);
        }
        let kind = if first { Event::Overdue } else { Event::Escalated };
        let mut change = self.change(kind);
        change.overdue_at = Set(Some(self.row.overdue_at.unwrap_or(self.now)));
        if raised {
            change.escalation = Set(level);
            change.escalation_cause = Set(self.row.escalation_cause.or(Some(EscalationCause::Overdue)));
        }
        if raised && level == EscalationLevel::City && self.row.referred_at.is_none() {
            put(self.tx, self.cx.app.ids.next(), &self.row, Why::Cause(EscalationCause::Overdue)).await?;
            change.referred_at = Set(Some(self.now));
        }
        let mut people = self.leads().await?;
        for (reached, role) in
            [(EscalationLevel::Center, Role::CenterAdmin), (EscalationLevel::Supervision, Role::SupervisionOfficer)]
        {
            if level >= reached {
                people.extend(tenancy::service::holders(self.tx, role).await?);
            }
        }
        self.write(change, kind, people).await
    }

    fn working(&self) -> Vec<AccountId> {
        self.row.handler_id.into_iter().chain(self.row.assignee_id).collect()
    }

    /// Those who work on it, or every handler while nobody does.
    async fn leads(&self) -> Result<Vec<AccountId>> {
        let working = self.working();
        if working.is_empty() { tenancy::service::holders(self.tx, Role::ComplaintHandler).await } else { Ok(working) }
    }

    fn change(&self, kind: Event) -> complaint::ActiveModel {
        complaint::ActiveModel {
            id: Unchanged(self.row.id),
            last_event_kind: Set(kind),
            last_event_at: Set(self.now),
            ..Default::default()
        }
    }

    async fn write(&mut self, change: complaint::ActiveModel, kind: Event, people: Vec<AccountId>) -> Result<bool> {
        self.write_with(change, kind, None, people).await
    }

    async fn write_with(
        &mut self,
        change: complaint::ActiveModel,
        kind: Event,
        body: Option<String>,
        people: Vec<AccountId>,
    ) -> Result<bool> {
        let updated = self.tx.update(change, self.row.version).await?;
        self.counted.complaint(&(&self.row).into(), -1);
        self.counted.complaint(&(&updated).into(), 1);
        let event = complaint_event::ActiveModel {
            id: Set(ComplaintEventId(self.cx.app.ids.next())),
            complaint_id: Set(self.row.id),
            kind: Set(kind),
            action: Set(None),
            from_status: Set(Some(self.row.status)),
            status: Set(self.row.status),
            actor_id: Set(None),
            body: Set(body),
            is_public: Set(false),
            created_at: Set(self.now),
            ..Default::default()
        };
        self.tx.insert(event).await?;
        let respondent = self.row.respondent_id;
        let people = people.into_iter().filter(|person| Some(*person) != respondent).collect();
        let notice = Notice::of_case(self.row.id, kind, None);
        notify(self.tx, || self.cx.app.ids.next(), self.now, people, &notice).await?;
        Ok(true)
    }
}
