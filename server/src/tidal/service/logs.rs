//! Calls with the day by which they are returned, and work in the back at quiet times.

use domain::{
    PostId, TidalCallId, TidalWorkId, Violation,
    calendar::local_date,
    complaints::form,
    permission::Permission,
    policy::PolicyKey,
    tidal::{CallForm, WorkForm},
};
use entity::{tidal_call, tidal_work};
use sea_orm::ActiveValue::{Set, Unchanged};

use super::{keeping, own, repo};
use crate::{
    db::{AuditEvent, Verb},
    error::{Error, Result},
    graphql::context::Cx,
    posts::{self, service::Seen},
};

/// Writes a call down. One that was missed is to be returned.
pub async fn call(cx: &Cx, post: PostId, form: CallForm) -> Result<tidal_call::Model> {
    let found = form.check(cx.now());
    if !found.is_empty() {
        return Err(Error::Invalid(found));
    }
    let (mut tx, post) = keeping(cx, post).await?;
    let rules = cx.rules().await?;
    let days = rules.policy.get(PolicyKey::TidalReturnCall);
    let due = rules.calendar.add(local_date(form.called_at), days)?;
    let row = tidal_call::ActiveModel {
        id: Set(TidalCallId(cx.app.ids.next())),
        post_id: Set(post.id),
        called_at: Set(form.called_at),
        answered: Set(form.answered),
        tail: Set(form.tail),
        note: Set(form.note),
        recorder_id: Set(cx.scope()?.account().ok_or(Error::Unauthenticated)?),
        due_on: Set((!form.answered).then_some(due)),
        returned_at: Set(None),
        returner_id: Set(None),
        outcome: Set(None),
        version: Set(1),
        ..Default::default()
    };
    let row = tx.insert(row).await?;
    tx.commit(AuditEvent::on(post.id.0, Verb::TidalCallRecorded)).await?;
    Ok(row)
}

/// Writes down that a missed call was returned, and what came of it.
pub async fn returned(cx: &Cx, seen: Seen<TidalCallId>, outcome: &str) -> Result<tidal_call::Model> {
    form::entry("outcome", outcome)?;
    let mut tx = cx.write(&cx.scope()?.require(Permission::TidalKeep)?).await?;
    let known = repo::call(&tx, seen.id).await?;
    let post = own(cx, &tx, known.post_id).await?;
    if known.answered || known.returned_at.is_some() {
        return Err(Violation::new("", "tidal.not_missed").into());
    }
    let change = tidal_call::ActiveModel {
        id: Unchanged(seen.id),
        returned_at: Set(Some(cx.now())),
        returner_id: Set(cx.scope()?.account()),
        outcome: Set(Some(outcome.trim().to_owned())),
        ..Default::default()
    };
    let row = tx.update(change, seen.version).await?;
    tx.commit(AuditEvent::on(post.id.0, Verb::TidalCallReturned)).await?;
    Ok(row)
}

/// Writes down what the viewer did in the back.
pub async fn work(cx: &Cx, post: PostId, form: WorkForm) -> Result<tidal_work::Model> {
    let found = form.check(local_date(cx.now()));
    if !found.is_empty() {
        return Err(Error::Invalid(found));
    }
    let (mut tx, post) = keeping(cx, post).await?;
    let me = posts::service::me(cx, &tx).await?.ok_or(Violation::new("", "posts.not_staff"))?;
    let row = tidal_work::ActiveModel {
        id: Set(TidalWorkId(cx.app.ids.next())),
        post_id: Set(post.id),
        staff_id: Set(me.id),
        on_day: Set(form.on),
        kind: Set(form.kind),
        cases: Set(i32::try_from(form.cases).unwrap_or(i32::MAX)),
        minutes: Set(i32::try_from(form.minutes).unwrap_or(i32::MAX)),
        note: Set(form.note),
        created_at: Set(cx.now()),
        ..Default::default()
    };
    let row = tx.insert(row).await?;
    tx.commit(AuditEvent::on(post.id.0, Verb::TidalWorkRecorded).with_detail(form.kind.key())).await?;
    Ok(row)
}
