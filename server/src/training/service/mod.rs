//! What may be done with sessions: one verb, one transaction, one entry in the audit.
//!
//! Administrator, leads, standards officer and volunteer coordinator keep them for the whole center; everybody on the
//! staff sees their own part.

pub mod reading;
pub mod record;

use chrono::Datelike;
use domain::{
    ParticipantId, TrainingId,
    calendar::local_date,
    permission::Permission,
    training::{Mark, SessionFacts, SessionForm, SessionStatus, check_reason},
};
use entity::{training_attendance, training_session};
use sea_orm::ActiveValue::{Set, Unchanged};

use super::repo;
use crate::{
    db::{AuditEvent, Verb, WriteTx},
    error::{Error, Kind, Result},
    graphql::context::Cx,
    posts::{self, service::Seen},
};

/// Plans a session.
pub async fn plan(cx: &Cx, form: SessionForm) -> Result<training_session::Model> {
    let mut tx = manage(cx, Some(&form)).await?;
    let id = TrainingId(cx.app.ids.next());
    let row = training_session::ActiveModel {
        id: Set(id),
        status: Set(SessionStatus::Planned),
        cancel_reason: Set(None),
        author_id: Set(cx.scope()?.account().ok_or(Error::Unauthenticated)?),
        recorder_id: Set(None),
        demo: Set(cx.app.demo),
        version: Set(1),
        ..columns(form)
    };
    let row = tx.insert(row).await?;
    tx.commit(AuditEvent::on(id.0, Verb::TrainingPlanned)).await?;
    Ok(row)
}

/// Changes what is planned.
pub async fn edit(cx: &Cx, seen: Seen<TrainingId>, form: SessionForm) -> Result<training_session::Model> {
    let tx = manage(cx, Some(&form)).await?;
    facts(&repo::session(&tx, seen.id).await?).is_open()?;
    write(tx, seen, columns(form), Verb::TrainingEdited).await
}

/// Writes down who was there and how they did; the session was held then. Done again it corrects what was written.
pub async fn record(cx: &Cx, seen: Seen<TrainingId>, marks: Vec<Mark>) -> Result<training_session::Model> {
    let mut tx = manage(cx, None).await?;
    let row = repo::session(&tx, seen.id).await?;
    let found = facts(&row).check_marks(&marks, local_date(cx.now()));
    if !found.is_empty() {
        return Err(Error::Invalid(found));
    }
    if posts::repo::people(&tx, marks.iter().map(|mark| mark.staff).collect()).await?.len() < marks.len() {
        return Err(Error::NotFound(Kind::Row));
    }
    let rows = marks.into_iter().map(|mark| attendance(cx, row.id, facts(&row), mark)).collect();
    repo::clear_marks(&mut tx, seen.id).await?;
    tx.insert_many(rows).await?;
    let verb = match row.status {
        SessionStatus::Held => Verb::AttendanceCorrected,
        SessionStatus::Planned | SessionStatus::Cancelled => Verb::TrainingHeld,
    };
    let change = training_session::ActiveModel {
        status: Set(SessionStatus::Held),
        recorder_id: Set(cx.scope()?.account()),
        ..Default::default()
    };
    write(tx, seen, change, verb).await
}

/// Adds sessions that were held, with who was there; each form and its marks have been judged. Returns the sessions' ids.
pub async fn add_held(cx: &Cx, tx: &mut WriteTx, all: Vec<(SessionForm, Vec<Mark>)>) -> Result<Vec<TrainingId>> {
    let author = cx.scope()?.account().ok_or(Error::Unauthenticated)?;
    let (mut ids, mut sessions, mut marked) =
        (Vec::with_capacity(all.len()), Vec::with_capacity(all.len()), Vec::new());
    for (form, marks) in all {
        let id = TrainingId(cx.app.ids.next());
        let facts = SessionFacts { status: SessionStatus::Held, on: form.on, kind: form.kind, topic: form.topic };
        marked.extend(marks.into_iter().map(|mark| attendance(cx, id, facts, mark)));
        sessions.push(training_session::ActiveModel {
            id: Set(id),
            status: Set(SessionStatus::Held),
            cancel_reason: Set(None),
            author_id: Set(author),
            recorder_id: Set(Some(author)),
            demo: Set(cx.app.demo),
            version: Set(1),
            ..columns(form)
        });
        ids.push(id);
    }
    tx.insert_many(sessions).await?;
    tx.insert_many(marked).await?;
    Ok(ids)
}

fn attendance(cx: &Cx, session: TrainingId, facts: SessionFacts, mark: Mark) -> training_attendance::ActiveModel {
    training_attendance::ActiveModel {
        id: Set(ParticipantId(cx.app.ids.next())),
        session_id: Set(session),
        staff_id: Set(mark.staff),
        on_day: Set(facts.on),
        year: Set(facts.on.year()),
        kind: Set(facts.kind),
        topic: Set(facts.topic),
        attended: Set(mark.attended),
        result: Set(mark.result),
        score: Set(mark.score.and_then(|score| i32::try_from(score).ok())),
        removed: Set(false),
        ..Default::default()
    }
}

/// Calls a planned session off.
pub async fn cancel(cx: &Cx, seen: Seen<TrainingId>, reason: String) -> Result<training_session::Model> {
    let tx = manage(cx, None).await?;
    facts(&repo::session(&tx, seen.id).await?).is_open()?;
    if let Some(violation) = check_reason(&reason) {
        return Err(violation.into());
    }
    let change = training_session::ActiveModel {
        status: Set(SessionStatus::Cancelled),
        cancel_reason: Set(Some(reason)),
        ..Default::default()
    };
    write(tx, seen, change, Verb::TrainingCancelled).await
}

/// What the rules need to know of a session.
pub const fn facts(row: &training_session::Model) -> SessionFacts {
    SessionFacts { status: row.status, on: row.on_day, kind: row.kind, topic: row.topic }
}

async fn manage(cx: &Cx, form: Option<&SessionForm>) -> Result<WriteTx> {
    let granted = cx.scope()?.require(Permission::TrainingManage)?;
    let found = form.map(|form| form.check(local_date(cx.now()))).unwrap_or_default();
    if !found.is_empty() {
        return Err(Error::Invalid(found));
    }
    cx.write(&granted).await
}

async fn write(
    mut tx: WriteTx,
    seen: Seen<TrainingId>,
    change: training_session::ActiveModel,
    verb: Verb,
) -> Result<training_session::Model> {
    let row = tx.update(training_session::ActiveModel { id: Unchanged(seen.id), ..change }, seen.version).await?;
    tx.commit(AuditEvent::on(seen.id.0, verb)).await?;
    Ok(row)
}

fn columns(form: SessionForm) -> training_session::ActiveModel {
    let SessionForm { on, start, hours, kind, topic, title, trainer, place, unscheduled } = form;
    training_session::ActiveModel {
        on_day: Set(on),
        start: Set(start),
        hours: Set(i32::try_from(hours).unwrap_or(i32::MAX)),
        kind: Set(kind),
        topic: Set(topic),
        title: Set(title),
        trainer: Set(trainer),
        place: Set(place),
        unscheduled: Set(unscheduled),
        ..Default::default()
    }
}
