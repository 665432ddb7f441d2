//! What may be done with posts and the people at them: one verb, one transaction, one entry in the audit.
//!
//! The administrator keeps posts and people; who leads a post keeps its roster. Everybody who works in the center sees
//! who is where.

pub mod handovers;
pub mod kinds;
pub mod people;
pub mod plan;
pub mod reading;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{
    AttachmentId, PostId, StaffId, Violation,
    calendar::local_date,
    files::OwnerKind,
    permission::Permission,
    posts::{self, PostForm, PostStatus, PostStep},
    settings::EntryStatus,
};
use entity::{post, staff_member};
use sea_orm::ActiveValue::{Set, Unchanged};

use super::repo;
use crate::{
    db::{AuditEvent, ReadTx, Verb, WriteTx},
    error::{Error, Kind, Result},
    files,
    graphql::context::Cx,
    settings, tenancy,
};

pub use crate::settings::service::Seen;

/// Adds a post, planned.
pub async fn add(cx: &Cx, form: PostForm) -> Result<post::Model> {
    let mut tx = manage(cx).await?;
    check(&tx, &form, None).await?;
    let row = tx.insert(new(cx, form)?).await.map_err(|error| taken(error, "code"))?;
    tx.commit(AuditEvent::on(row.id.0, Verb::PostAdded).with_detail(&row.code)).await?;
    Ok(row)
}

/// Adds posts whose forms are sound, in another context's transaction.
pub async fn add_all(cx: &Cx, tx: &mut WriteTx, all: Vec<PostForm>) -> Result<Vec<PostId>> {
    let (mut ids, mut rows) = (Vec::with_capacity(all.len()), Vec::with_capacity(all.len()));
    for form in all {
        let row = new(cx, form)?;
        ids.extend(row.id.try_as_ref().copied());
        rows.push(row);
    }
    tx.insert_many(rows).await.map_err(|error| taken(error, "code"))?;
    Ok(ids)
}

fn new(cx: &Cx, form: PostForm) -> Result<post::ActiveModel> {
    Ok(post::ActiveModel {
        id: Set(PostId(cx.app.ids.next())),
        status: Set(PostStatus::Planned),
        demo: Set(cx.app.demo),
        version: Set(1),
        ..columns(form)?
    })
}

/// Changes what was filled in.
pub async fn edit(cx: &Cx, seen: Seen<PostId>, form: PostForm) -> Result<post::Model> {
    let tx = manage(cx).await?;
    check(&tx, &form, Some(&repo::post(&tx, seen.id).await?)).await?;
    change(tx, seen, columns(form)?, Verb::PostEdited).await
}

/// Puts a post into use, out of it, or gives it up.
pub async fn step(cx: &Cx, seen: Seen<PostId>, step: PostStep) -> Result<post::Model> {
    let tx = manage(cx).await?;
    let row = repo::post(&tx, seen.id).await?;
    let status = posts::after(row.status, step)?;
    if status == PostStatus::Closed {
        let today = local_date(cx.now());
        let people = repo::assignments_at(&tx, seen.id).await?;
        if people.iter().any(|row| row.until_on.is_none_or(|until| until > today)) {
            return Err(Violation::new("", "posts.still_staffed").into());
        }
    }
    let verb = match step {
        PostStep::Activate => Verb::PostActivated,
        PostStep::Suspend => Verb::PostSuspended,
        PostStep::Close => Verb::PostClosed,
    };
    change(tx, seen, post::ActiveModel { status: Set(status), ..Default::default() }, verb).await
}

/// Names who leads a post, or nobody.
pub async fn name_lead(cx: &Cx, seen: Seen<PostId>, lead: Option<StaffId>) -> Result<post::Model> {
    let tx = manage(cx).await?;
    if let Some(lead) = lead {
        working(&tx, "lead", lead).await?;
    }
    change(tx, seen, post::ActiveModel { lead_id: Set(lead), ..Default::default() }, Verb::PostLeadNamed).await
}

/// Hangs up a photo of the post's signboard in place of the one before, or takes it down.
pub async fn set_signboard(cx: &Cx, seen: Seen<PostId>, photo: Option<AttachmentId>) -> Result<post::Model> {
    let mut tx = manage(cx).await?;
    repo::post(&tx, seen.id).await?;
    let photo: Vec<_> = photo.into_iter().collect();
    files::service::give_pictures(&mut tx, &photo, OwnerKind::Post, seen.id.0).await?;
    change(tx, seen, post::ActiveModel::default(), Verb::SignboardSet).await
}

/// Confirms today that the duties, as they stand, still hold.
pub async fn review_duties(cx: &Cx, seen: Seen<PostId>) -> Result<post::Model> {
    let tx = leading(cx, seen.id).await?;
    if repo::post(&tx, seen.id).await?.duties.is_none() {
        return Err(Violation::new("", "posts.no_duties").into());
    }
    let reviewed = post::ActiveModel { duties_reviewed_on: Set(Some(local_date(cx.now()))), ..Default::default() };
    change(tx, seen, reviewed, Verb::DutiesReviewed).await
}

/// Sets one of its kind's own fields, whose values the caller knows, in another context's transaction.
pub(crate) async fn fill(
    tx: &mut WriteTx,
    row: &post::Model,
    seen: Seen<PostId>,
    (key, value): (&str, &str),
) -> Result<post::Model> {
    let mut extra: BTreeMap<String, String> = serde_json::from_str(&row.extra).map_err(anyhow::Error::from)?;
    extra.insert(key.to_owned(), value.to_owned());
    let extra = serde_json::to_string(&extra).map_err(anyhow::Error::from)?;
    let change = post::ActiveModel { id: Unchanged(seen.id), extra: Set(extra), ..Default::default() };
    tx.update(change, seen.version).await
}

/// The value of one of its kind's own fields.
pub(crate) fn filled(row: &post::Model, key: &str) -> Option<String> {
    let extra: BTreeMap<String, String> = serde_json::from_str(&row.extra).ok()?;
    extra.get(key).cloned()
}

async fn change(mut tx: WriteTx, seen: Seen<PostId>, change: post::ActiveModel, verb: Verb) -> Result<post::Model> {
    let row = post::ActiveModel { id: Unchanged(seen.id), ..change };
    let row = tx.update(row, seen.version).await.map_err(|error| taken(error, "code"))?;
    tx.commit(AuditEvent::on(seen.id.0, verb).with_detail(&row.code)).await?;
    Ok(row)
}

/// `was` keeps a kind and a department that are offered no more.
async fn check(tx: &ReadTx, form: &PostForm, was: Option<&post::Model>) -> Result<()> {
    let kinds = kinds::all(tx).await?;
    let kept = |code: &str| was.is_some_and(|row| row.kind == code);
    let kind = kinds.iter().find(|kind| kind.code == form.kind && (kind.offered || kept(&kind.code)));
    let found = form.check(kind.map(|kind| kind.fields.as_slice()));
    if !found.is_empty() {
        return Err(Error::Invalid(found));
    }
    department(tx, form.department, was.and_then(|row| row.department_id)).await
}

/// Whether a department may be chosen; `kept` stays even when it is offered no more.
async fn department(tx: &ReadTx, id: Option<domain::DepartmentId>, kept: Option<domain::DepartmentId>) -> Result<()> {
    match id {
        Some(id) if Some(id) != kept => {
            let row = tenancy::service::department(tx, id).await?;
            if row.status == EntryStatus::Retired {
                return Err(Violation::new("department", "complaint.department_retired").into());
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

fn columns(form: PostForm) -> Result<post::ActiveModel> {
    let PostForm { code, name, kind, department, window_no, location, public_phone, open_hours, duties, extra } = form;
    let extra: BTreeMap<_, _> = extra.into_iter().collect();
    Ok(post::ActiveModel {
        code: Set(code),
        name: Set(name),
        kind: Set(kind),
        department_id: Set(department),
        window_no: Set(window_no),
        location: Set(location),
        public_phone: Set(public_phone),
        open_hours: Set(open_hours),
        duties: Set(duties),
        extra: Set(serde_json::to_string(&extra).map_err(anyhow::Error::from)?),
        ..Default::default()
    })
}

/// Somebody who works here and has not left.
pub(crate) async fn working(tx: &ReadTx, field: &'static str, id: StaffId) -> Result<staff_member::Model> {
    let row = repo::person(tx, id).await?;
    if row.left_on.is_some() {
        return Err(Violation::new(field, "posts.has_left").into());
    }
    Ok(row)
}

async fn manage(cx: &Cx) -> Result<WriteTx> {
    cx.write(&cx.scope()?.require(Permission::PostManage)?).await
}

/// A write of whoever keeps the roster of `post`: the administrator, or the one who leads it.
async fn leading(cx: &Cx, post: PostId) -> Result<WriteTx> {
    let tx = cx.write(&cx.scope()?.require(Permission::RosterManage)?).await?;
    if leads(cx, &tx, &repo::post(&tx, post).await?).await? {
        return Ok(tx);
    }
    Err(Violation::new("", "posts.not_your_post").into())
}

/// Whether the viewer leads `post`, or administers the center.
pub(crate) async fn leads(cx: &Cx, tx: &ReadTx, post: &post::Model) -> Result<bool> {
    if cx.scope()?.require(Permission::PostManage).is_ok() {
        return Ok(true);
    }
    let me = me(cx, tx).await?.map(|me| me.id);
    Ok(me.is_some() && me == post.lead_id)
}

/// The viewer as somebody who works here, if they are one.
pub(crate) async fn me(cx: &Cx, tx: &ReadTx) -> Result<Option<staff_member::Model>> {
    match cx.scope()?.account() {
        Some(account) => repo::person_of(tx, account).await,
        None => Ok(None),
    }
}

fn taken(error: Error, field: &'static str) -> Error {
    settings::service::taken(error, field, "posts.taken")
}

/// A day that lies before today.
fn past(field: &'static str, day: NaiveDate, today: NaiveDate) -> Option<Violation> {
    (day < today).then(|| Violation::new(field, "posts.day_past"))
}

/// Nothing of this kind is there any more.
const fn gone() -> Error {
    Error::NotFound(Kind::Row)
}
