//! Putting off, stopping and restarting the reply's clock; changing the class.

use domain::{
    ComplaintPauseId,
    calendar::local_date,
    complaints::{
        Action, ComplaintClass, ComplaintEventKind as Event, ComplaintSubject, EscalationCause, EscalationLevel,
        PauseReason, Step,
        deadline::{extend as extension, paused_days},
    },
};
use entity::{complaint, complaint_pause};
use sea_orm::ActiveValue::Set;

use super::{Acting, Entry, Seen, Version::Newest, check, days, due_with, set_due};
use crate::{complaints::repo, db::Verb, error::Result, graphql::context::Cx};

/// Put the reply off, once and before it is due; the complainant is told the reason and the new date.
pub async fn extend(cx: &Cx, seen: Seen, more: u32, reason: String) -> Result<complaint::Model> {
    check(&[("reason", &reason)])?;
    let step = Acting::begin(cx, seen, Action::Extend, Newest).await?;
    extension(more, &step.rules.policy)?;
    let allowed = u32::try_from(step.row.step_days.unwrap_or(0)).unwrap_or(0) + more;
    let pauses = repo::intervals(&repo::pauses(&step.tx, step.row.id).await?);
    let due = due_with(&step.row, allowed, &pauses, step.now, &step.rules)?;
    let mut change = complaint::ActiveModel {
        extensions: Set(step.row.extensions + 1),
        extended_days: Set(step.row.extended_days + days(more)),
        step_days: Set(Some(days(allowed))),
        warned_at: Set(None),
        ..step.change(step.row.class)?
    };
    set_due(&mut change, &step.row, Some(due));
    step.finish(change, Entry::public(Event::Extended, reason), Verb::ComplaintExtended).await
}

/// Stop the clock for a reason of the list; the note is for colleagues.
pub async fn pause(cx: &Cx, seen: Seen, reason: PauseReason, note: String) -> Result<complaint::Model> {
    check(&[("note", &note)])?;
    let mut step = Acting::begin(cx, seen, Action::Pause, Newest).await?;
    let row = complaint_pause::ActiveModel {
        id: Set(ComplaintPauseId(step.new_id())),
        complaint_id: Set(step.row.id),
        reason: Set(reason),
        note: Set(note.trim().to_owned()),
        from_day: Set(local_date(step.now)),
        to_day: Set(None),
        ..Default::default()
    };
    step.tx.insert(row).await?;
    let mut change = complaint::ActiveModel { paused: Set(Some(reason)), ..step.change(step.row.class)? };
    set_due(&mut change, &step.row, None);
    step.finish(change, Entry::internal(Event::Paused, Some(note)), Verb::ComplaintPaused).await
}

/// Let the clock go on.
pub async fn resume(cx: &Cx, seen: Seen) -> Result<complaint::Model> {
    let mut step = Acting::begin(cx, seen, Action::Resume, Newest).await?;
    let mut change = step.change(step.row.class)?;
    restart(&mut step, &mut change).await?;
    step.finish(change, Entry::internal(Event::Resumed, None), Verb::ComplaintResumed).await
}

async fn restart(step: &mut Acting<'_>, change: &mut complaint::ActiveModel) -> Result<()> {
    let today = local_date(step.now);
    let mut rows = repo::pauses(&step.tx, step.row.id).await?;
    for row in rows.iter_mut().filter(|row| row.to_day.is_none()) {
        repo::end_pause(&mut step.tx, row, today).await?;
        row.to_day = Some(today);
    }
    let pauses = repo::intervals(&rows);
    let allowed = u32::try_from(step.row.step_days.unwrap_or(0)).unwrap_or(0);
    let due = due_with(&step.row, allowed, &pauses, step.now, &step.rules)?;
    change.paused = Set(None);
    change.paused_days = Set(days(paused_days(&pauses, step.now, &step.rules.calendar)?));
    set_due(change, &step.row, Some(due));
    Ok(())
}

/// Change class and subject. Start and past pauses stay; only the number of days changes.
pub async fn reclassify(
    cx: &Cx,
    seen: Seen,
    class: ComplaintClass,
    subject: ComplaintSubject,
    reason: String,
) -> Result<complaint::Model> {
    check(&[("reason", &reason)])?;
    let step = Acting::begin(cx, seen, Action::Reclassify, Newest).await?;
    let extended = u32::try_from(step.row.extended_days).unwrap_or(0);
    let allowed = Step::Reply.days(class, &step.rules.policy) + extended;
    let mut change = complaint::ActiveModel {
        class: Set(class),
        subject: Set(subject),
        step_days: Set(Some(days(allowed))),
        warned_at: Set(None),
        overdue_at: Set(None),
        ..step.change(class)?
    };
    if subject == ComplaintSubject::Integrity {
        change.escalation = Set(step.row.escalation.max(EscalationLevel::Supervision));
        change.escalation_cause = Set(step.row.escalation_cause.or(Some(EscalationCause::Integrity)));
    }
    if step.row.paused.is_none() {
        let pauses = repo::intervals(&repo::pauses(&step.tx, step.row.id).await?);
        set_due(&mut change, &step.row, Some(due_with(&step.row, allowed, &pauses, step.now, &step.rules)?));
    }
    step.finish(change, Entry::internal(Event::Reclassified, Some(reason)), Verb::ComplaintReclassified).await
}
