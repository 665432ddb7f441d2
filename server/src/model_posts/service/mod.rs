//! What may be done with model posts: one verb, one transaction, one entry in the audit.
//!
//! Who keeps a ledger sees the posts of its kind; who leads a post appraises that one; the administrator decides.

pub mod checks;
pub mod facts;
pub mod ledger;
pub mod reading;
pub mod titles;

use domain::{
    LedgerEntryId, PostId,
    complaints::{Who, form},
    model_posts::{
        ModelKind,
        title::{Hand, holds},
    },
    permission::{Role, RoleSet},
};
use entity::post;

use super::repo;
use crate::{
    complaints,
    db::ReadTx,
    error::{Error, Kind, Result},
    graphql::context::Cx,
    posts,
};

/// The kinds whose posts the viewer sees.
pub fn kinds(cx: &Cx) -> Result<Vec<ModelKind>> {
    let roles = cx.scope()?.roles();
    Ok(ModelKind::ALL.iter().copied().filter(|kind| holds(roles, Hand::Read, *kind)).collect())
}

/// A post that bears a title or may, if the viewer sees its kind; else it is not there.
async fn model_post(cx: &Cx, tx: &ReadTx, id: PostId) -> Result<(post::Model, ModelKind)> {
    let row = posts::repo::post(tx, id).await?;
    let kind = ModelKind::of_post(&row.kind).filter(|kind| holds(&roles(cx), Hand::Read, *kind));
    kind.map(|kind| (row, kind)).ok_or(Error::NotFound(Kind::Row))
}

/// Whether a record of the ledger is one that a scope sees: those of the kinds whose posts it sees.
///
/// # Errors
/// From the database.
pub async fn sees_entry(tx: &ReadTx, id: LedgerEntryId) -> Result<bool> {
    match repo::entry(tx, id).await {
        Ok(row) => Ok(holds(tx.scope().roles(), Hand::Read, row.kind)),
        Err(Error::NotFound(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

fn roles(cx: &Cx) -> RoleSet {
    cx.scope().map(|scope| scope.roles().clone()).unwrap_or_default()
}

/// The viewer at a post: who leads another one leads nothing here.
async fn who(cx: &Cx, tx: &ReadTx, post: &post::Model) -> Result<Who> {
    let me = posts::service::me(cx, tx).await?.map(|me| me.id);
    who_as(cx, me.is_some() && me == post.lead_id)
}

fn who_as(cx: &Cx, leads: bool) -> Result<Who> {
    let Who { account, roles } = complaints::service::who(cx.scope()?);
    let kept = roles.roles().iter().copied().filter(|role| leads || *role != Role::PostLead);
    Ok(Who { account, roles: RoleSet::new(kept) })
}

/// What somebody wrote besides, where they did.
fn check_note(field: &'static str, note: Option<&str>) -> Result<()> {
    note.map_or(Ok(()), |text| Ok(form::entry(field, text)?))
}
