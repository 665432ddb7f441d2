//! The roster of representatives by the three groups, with their terms and interests (F.7).

use std::collections::BTreeMap;

use domain::{
    PostId, RepresentativeConflictId, RepresentativeId, StaffId,
    campaigns::draw::{Interest, RepresentativeForm, check_conflict},
};
use entity::{representative, representative_conflict};
use sea_orm::ActiveValue::{Set, Unchanged};

use super::{manage, repo, sound};
use crate::{
    db::{AuditEvent, ReadTx, Verb},
    error::Result,
    graphql::context::Cx,
    posts::{self, service::Seen},
};

/// A representative with their interests.
pub struct Listed {
    /// Who.
    pub row: representative::Model,
    /// In how many rounds they were drawn.
    pub drawn: u32,
    /// Their interests, each with what it is in.
    pub conflicts: Vec<(representative_conflict::Model, String)>,
}

/// The whole roster, by group and name.
pub async fn list(cx: &Cx) -> Result<Vec<Listed>> {
    cx.scope()?.require(domain::permission::Permission::CampaignManage)?;
    let tx = cx.read().await?;
    all(&tx).await
}

async fn all(tx: &ReadTx) -> Result<Vec<Listed>> {
    let drawn = repo::times_drawn(tx).await?;
    let rows = repo::representatives(tx).await?;
    let conflicts = repo::conflicts(tx).await?;
    let people = posts::repo::people(tx, conflicts.iter().filter_map(|row| row.staff_id).collect()).await?;
    let posts: BTreeMap<_, _> = posts::repo::posts(tx).await?.into_iter().map(|row| (row.id, row.name)).collect();
    let about = |row: &representative_conflict::Model| {
        let post = row.post_id.and_then(|id| posts.get(&id).cloned());
        post.or_else(|| row.staff_id.and_then(|id| Some(people.get(&id)?.name.clone()))).unwrap_or_default()
    };
    let mut of: BTreeMap<RepresentativeId, Vec<_>> = BTreeMap::new();
    for row in conflicts {
        let about = about(&row);
        of.entry(row.representative_id).or_default().push((row, about));
    }
    let listed = rows.into_iter().map(|row| Listed {
        drawn: drawn.get(&row.id).copied().unwrap_or(0),
        conflicts: of.remove(&row.id).unwrap_or_default(),
        row,
    });
    Ok(listed.collect())
}

/// Everybody's interests, for the draw and for standing back.
pub(super) async fn interests(tx: &ReadTx) -> Result<BTreeMap<RepresentativeId, Vec<Interest>>> {
    let mut of: BTreeMap<RepresentativeId, Vec<Interest>> = BTreeMap::new();
    for row in repo::conflicts(tx).await? {
        let interest = row.post_id.map(Interest::Post).or(row.staff_id.map(Interest::Staff));
        of.entry(row.representative_id).or_default().extend(interest);
    }
    Ok(of)
}

/// Puts somebody on the roster.
pub async fn add(cx: &Cx, form: RepresentativeForm) -> Result<representative::Model> {
    sound(form.check())?;
    let mut tx = manage(cx).await?;
    if let Some(staff) = form.staff {
        posts::service::working(&tx, "staff", staff).await?;
    }
    let row = representative::ActiveModel {
        id: Set(RepresentativeId(cx.app.ids.next())),
        demo: Set(cx.app.demo),
        version: Set(1),
        ..columns(form)
    };
    let row = tx.insert(row).await?;
    tx.commit(AuditEvent::on(row.id.0, Verb::RepresentativeAdded).with_detail(row.role.key())).await?;
    Ok(row)
}

/// Changes what was filled in; a term that ends early gets another last day.
pub async fn edit(cx: &Cx, seen: Seen<RepresentativeId>, form: RepresentativeForm) -> Result<representative::Model> {
    sound(form.check())?;
    let mut tx = manage(cx).await?;
    if let Some(staff) = form.staff {
        posts::repo::person(&tx, staff).await?;
    }
    let change = representative::ActiveModel { id: Unchanged(seen.id), ..columns(form) };
    let row = tx.update(change, seen.version).await?;
    tx.commit(AuditEvent::on(row.id.0, Verb::RepresentativeEdited)).await?;
    Ok(row)
}

/// An interest, as it is filled in.
pub struct NewConflict {
    /// Whose.
    pub representative: RepresentativeId,
    /// In which post.
    pub post: Option<PostId>,
    /// Or in whom of the staff.
    pub staff: Option<StaffId>,
    /// Why.
    pub reason: String,
}

/// Writes down an interest of a representative.
pub async fn add_conflict(cx: &Cx, new: NewConflict) -> Result<representative_conflict::Model> {
    check_conflict(new.post, new.staff, &new.reason)?;
    let mut tx = manage(cx).await?;
    let whose = repo::representative(&tx, new.representative).await?;
    if let Some(post) = new.post {
        posts::repo::post(&tx, post).await?;
    }
    if let Some(staff) = new.staff {
        posts::repo::person(&tx, staff).await?;
    }
    let row = representative_conflict::ActiveModel {
        id: Set(RepresentativeConflictId(cx.app.ids.next())),
        representative_id: Set(whose.id),
        post_id: Set(new.post),
        staff_id: Set(new.staff),
        reason: Set(new.reason),
        ..Default::default()
    };
    let row = tx.insert(row).await?;
    tx.commit(AuditEvent::on(whose.id.0, Verb::RepresentativeConflictAdded)).await?;
    Ok(row)
}

/// Takes an interest off again.
pub async fn lift_conflict(cx: &Cx, id: RepresentativeConflictId) -> Result<bool> {
    let mut tx = manage(cx).await?;
    repo::lift(&mut tx, id).await?;
    tx.commit(AuditEvent::on(id.0, Verb::RepresentativeConflictLifted)).await?;
    Ok(true)
}

fn columns(form: RepresentativeForm) -> representative::ActiveModel {
    let RepresentativeForm { group, name, unit, from, until, staff } = form;
    representative::ActiveModel {
        role: Set(group),
        name: Set(name),
        unit: Set(unit),
        from_on: Set(from),
        until_on: Set(until),
        staff_id: Set(staff),
        ..Default::default()
    }
}
