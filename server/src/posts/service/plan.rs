//! Who belongs where, who is away and who works besides.

use chrono::NaiveDate;
use domain::{
    AbsenceId, AssignmentId, DutyId, PostId, StaffId, Violation,
    calendar::local_date,
    permission::Permission,
    posts::{
        AbsenceReason, Capacity, PostStatus,
        assign::{Assignment, Days, fits},
        kind::PostCheck,
    },
};
use entity::{absence, duty, post, post_assignment};
use sea_orm::ActiveValue::{Set, Unchanged};

use super::{Seen, kinds, leading, me, past, repo, working};
use crate::{
    db::{AuditEvent, ReadTx, Verb, WriteTx},
    error::Result,
    graphql::context::Cx,
    training,
};

/// Somebody's time at a post, as filled in.
#[derive(Clone, Copy, Debug)]
pub struct NewAssignment {
    /// Where.
    pub post: PostId,
    /// Who.
    pub staff: StaffId,
    /// How.
    pub capacity: Capacity,
    /// When.
    pub days: Days,
}

/// Days away, as filled in.
#[derive(Clone, Copy, Debug)]
pub struct NewAbsence {
    /// Who.
    pub staff: StaffId,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
    /// Why.
    pub reason: AbsenceReason,
    /// Who stands in.
    pub substitute: Option<StaffId>,
}

/// Assigns somebody to a post.
pub async fn assign(cx: &Cx, new: NewAssignment) -> Result<post_assignment::Model> {
    let mut tx = leading(cx, new.post).await?;
    let post = in_life(&tx, new.post).await?;
    working(&tx, "staff", new.staff).await?;
    repo::hold(&mut tx, new.staff).await?;
    inducted(&tx, ("staff", new.staff), &[post], new.days.from).await?;
    let id = AssignmentId(cx.app.ids.next());
    let rule = Assignment { id, post: new.post, capacity: new.capacity, days: new.days };
    let others: Vec<_> = repo::assignments_of(&tx, new.staff).await?.iter().map(repo::as_rule).collect();
    if let Some(violation) = fits(&rule, &others) {
        return Err(violation.into());
    }
    let row = post_assignment::ActiveModel {
        id: Set(id),
        post_id: Set(new.post),
        staff_id: Set(new.staff),
        capacity: Set(new.capacity),
        from_on: Set(new.days.from),
        until_on: Set(new.days.until),
        cancelled: Set(false),
        version: Set(1),
        ..Default::default()
    };
    let row = tx.insert(row).await?;
    tx.commit(AuditEvent::on(new.post.0, Verb::StaffAssigned).with_detail(new.staff.to_string())).await?;
    Ok(row)
}

/// Ends somebody's time at a post, or moves its end.
pub async fn end(cx: &Cx, seen: Seen<AssignmentId>, until: NaiveDate) -> Result<post_assignment::Model> {
    let (mut tx, row) = known_assignment(cx, seen.id).await?;
    repo::hold(&mut tx, row.staff_id).await?;
    let rule = Assignment { days: Days { from: row.from_on, until: Some(until) }, ..repo::as_rule(&row) };
    let others: Vec<_> = repo::assignments_of(&tx, row.staff_id).await?.iter().map(repo::as_rule).collect();
    if let Some(violation) = fits(&rule, &others) {
        return Err(violation.into());
    }
    let change = post_assignment::ActiveModel { until_on: Set(Some(until)), ..Default::default() };
    change_assignment(tx, &row, seen, change, Verb::AssignmentEnded).await
}

/// Takes an assignment back that was a mistake.
pub async fn cancel_assignment(cx: &Cx, seen: Seen<AssignmentId>) -> Result<post_assignment::Model> {
    let (tx, row) = known_assignment(cx, seen.id).await?;
    let change = post_assignment::ActiveModel { cancelled: Set(true), ..Default::default() };
    change_assignment(tx, &row, seen, change, Verb::AssignmentCancelled).await
}

async fn known_assignment(cx: &Cx, id: AssignmentId) -> Result<(WriteTx, post_assignment::Model)> {
    // Whose post it is has to be known before it is known who may act; the row is read again inside the write.
    cx.scope()?.require(Permission::RosterManage)?;
    let post = repo::assignment(&*cx.read().await?, id).await?.post_id;
    let tx = leading(cx, post).await?;
    let row = repo::assignment(&tx, id).await?;
    Ok((tx, row))
}

async fn change_assignment(
    mut tx: WriteTx,
    row: &post_assignment::Model,
    seen: Seen<AssignmentId>,
    change: post_assignment::ActiveModel,
    verb: Verb,
) -> Result<post_assignment::Model> {
    let change = post_assignment::ActiveModel { id: Unchanged(seen.id), ..change };
    let changed = tx.update(change, seen.version).await?;
    tx.commit(AuditEvent::on(row.post_id.0, verb).with_detail(row.staff_id.to_string())).await?;
    Ok(changed)
}

/// Writes down that somebody is away, and who stands in. Whoever leads a post does so for its people.
pub async fn record_absence(cx: &Cx, new: NewAbsence) -> Result<absence::Model> {
    let mut tx = planning(cx, new.staff).await?;
    working(&tx, "staff", new.staff).await?;
    repo::hold(&mut tx, new.staff).await?;
    let days = Days { from: new.from, until: Some(new.until) };
    if let Some(violation) = days.check() {
        return Err(violation.into());
    }
    let same = repo::absences_of(&tx, new.staff).await?;
    if let Some(other) = same.iter().map(repo::as_absence).find(|other| other.days.overlap(&days)) {
        return Err(Violation::new("from", "posts.away_twice").with("from", other.days.from).into());
    }
    if let Some(substitute) = new.substitute {
        if substitute == new.staff {
            return Err(Violation::new("substitute", "posts.own_substitute").into());
        }
        working(&tx, "substitute", substitute).await?;
        let away = repo::absences_of(&tx, substitute).await?;
        if away.iter().map(repo::as_absence).any(|other| other.days.overlap(&days)) {
            return Err(Violation::new("substitute", "posts.substitute_away").into());
        }
        let theirs = repo::assignments_of(&tx, new.staff).await?;
        let theirs: Vec<_> =
            theirs.iter().map(repo::as_rule).filter(|rule| rule.days.overlap(&days)).map(|rule| rule.post).collect();
        let posts: Vec<_> = repo::posts(&tx).await?;
        let posts: Vec<_> = posts.into_iter().filter(|row| theirs.contains(&row.id)).collect();
        inducted(&tx, ("substitute", substitute), &posts, new.from).await?;
    }
    let id = AbsenceId(cx.app.ids.next());
    let row = absence::ActiveModel {
        id: Set(id),
        staff_id: Set(new.staff),
        from_on: Set(new.from),
        until_on: Set(new.until),
        reason: Set(new.reason),
        substitute_id: Set(new.substitute),
        cancelled: Set(false),
        version: Set(1),
        ..Default::default()
    };
    let row = tx.insert(row).await?;
    tx.commit(AuditEvent::on(new.staff.0, Verb::AbsenceRecorded)).await?;
    Ok(row)
}

/// Takes an absence back.
pub async fn cancel_absence(cx: &Cx, seen: Seen<AbsenceId>) -> Result<absence::Model> {
    cx.scope()?.require(Permission::RosterManage)?;
    let staff = repo::absence(&*cx.read().await?, seen.id).await?.staff_id;
    let mut tx = planning(cx, staff).await?;
    let change = absence::ActiveModel { id: Unchanged(seen.id), cancelled: Set(true), ..Default::default() };
    let row = tx.update(change, seen.version).await?;
    tx.commit(AuditEvent::on(staff.0, Verb::AbsenceCancelled)).await?;
    Ok(row)
}

/// Puts somebody at a post for one day more.
pub async fn add_duty(cx: &Cx, post: PostId, staff: StaffId, on: NaiveDate) -> Result<duty::Model> {
    let mut tx = leading(cx, post).await?;
    let there = in_life(&tx, post).await?;
    working(&tx, "staff", staff).await?;
    repo::hold(&mut tx, staff).await?;
    inducted(&tx, ("staff", staff), &[there], on).await?;
    if let Some(violation) = past("on", on, local_date(cx.now())) {
        return Err(violation.into());
    }
    let there = repo::duties_between(&tx, on, on).await?;
    if there.iter().any(|row| row.post_id == post && row.staff_id == staff) {
        return Err(Violation::new("on", "posts.on_duty_twice").into());
    }
    let id = DutyId(cx.app.ids.next());
    let row = duty::ActiveModel {
        id: Set(id),
        post_id: Set(post),
        staff_id: Set(staff),
        on_day: Set(on),
        cancelled: Set(false),
        version: Set(1),
        ..Default::default()
    };
    let row = tx.insert(row).await?;
    tx.commit(AuditEvent::on(post.0, Verb::DutyAdded).with_detail(on.to_string())).await?;
    Ok(row)
}

/// Takes such a day back.
pub async fn cancel_duty(cx: &Cx, seen: Seen<DutyId>) -> Result<duty::Model> {
    cx.scope()?.require(Permission::RosterManage)?;
    let post = repo::duty(&*cx.read().await?, seen.id).await?.post_id;
    let mut tx = leading(cx, post).await?;
    let change = duty::ActiveModel { id: Unchanged(seen.id), cancelled: Set(true), ..Default::default() };
    let row = tx.update(change, seen.version).await?;
    tx.commit(AuditEvent::on(post.0, Verb::DutyCancelled).with_detail(row.on_day.to_string())).await?;
    Ok(row)
}

/// A write of the administrator, or of whoever leads a post that `staff` is assigned to today or later.
async fn planning(cx: &Cx, staff: StaffId) -> Result<WriteTx> {
    let tx = cx.write(&cx.scope()?.require(Permission::RosterManage)?).await?;
    if cx.scope()?.require(Permission::PostManage).is_ok() {
        return Ok(tx);
    }
    let today = local_date(cx.now());
    repo::person(&tx, staff).await?;
    let own = repo::assignments_of(&tx, staff).await?;
    let posts: Vec<_> =
        own.iter().filter(|row| row.until_on.is_none_or(|until| until >= today)).map(|row| row.post_id).collect();
    let me = me(cx, &tx).await?.map(|row| row.id);
    let leads = repo::posts(&tx).await?.into_iter().any(|row| posts.contains(&row.id) && row.lead_id == me);
    if me.is_some() && leads { Ok(tx) } else { Err(Violation::new("", "posts.not_your_post").into()) }
}

async fn in_life(tx: &ReadTx, post: PostId) -> Result<post::Model> {
    let row = repo::post(tx, post).await?;
    if row.status == PostStatus::Closed {
        return Err(Violation::new("post", "posts.closed").into());
    }
    Ok(row)
}

/// Nobody works from `first` on at a post whose kind asks for an induction before they have passed one (6.7.1). `who`
/// comes with the field that names them.
async fn inducted(tx: &ReadTx, who: (&'static str, StaffId), posts: &[post::Model], first: NaiveDate) -> Result<()> {
    let kinds = kinds::all(tx).await?;
    let asks = |row: &post::Model| {
        kinds.iter().any(|kind| kind.code == row.kind && kind.checks.contains(&PostCheck::Inducted))
    };
    if !posts.iter().any(asks) {
        return Ok(());
    }
    let (field, staff) = who;
    let passed = training::service::record::inductions(tx, &[staff]).await?;
    Ok(domain::training::inducted(field, passed.get(&staff).copied(), first)?)
}
