//! What may be done at a tidal window: one verb, one transaction, one entry in the audit.
//!
//! Whoever works at the window today writes down; who leads it decides; the administrator does both everywhere.

pub mod logs;
pub mod reading;
pub mod readings;
pub mod sessions;

use domain::{PostId, Violation, permission::Permission, posts::PostStatus};
use entity::post;

use super::repo;
use crate::{
    db::{ReadTx, WriteTx},
    error::Result,
    graphql::context::Cx,
    posts,
};

/// A write of whoever works at a window.
async fn keeping(cx: &Cx, post: PostId) -> Result<(WriteTx, post::Model)> {
    let tx = cx.write(&cx.scope()?.require(Permission::TidalKeep)?).await?;
    let row = own(cx, &tx, post).await?;
    Ok((tx, row))
}

/// A window that the viewer works at.
async fn own(cx: &Cx, tx: &ReadTx, post: PostId) -> Result<post::Model> {
    let row = repo::post(tx, post).await?;
    match posts::service::reading::own_posts(cx, tx).await? {
        Some(own) if !own.contains(&row.id) => Err(Violation::new("", "tidal.not_there").into()),
        _ => Ok(row),
    }
}

/// A write of whoever leads a window, with the post held: what was seen of it stands until the end.
async fn deciding(cx: &Cx, post: PostId) -> Result<(WriteTx, post::Model)> {
    let mut tx = cx.write(&cx.scope()?.require(Permission::TidalDecide)?).await?;
    let row = repo::post(&tx, post).await?;
    if !posts::service::leads(cx, &tx, &row).await? {
        return Err(Violation::new("", "posts.not_your_post").into());
    }
    posts::repo::hold_post(&mut tx, &row).await?;
    Ok((tx, row))
}

/// A window that is in use.
fn in_use(row: &post::Model) -> Result<()> {
    if row.status == PostStatus::Active { Ok(()) } else { Err(Violation::new("", "tidal.not_in_use").into()) }
}

/// What a page asks before it offers something.
async fn hands(cx: &Cx, tx: &ReadTx, row: &post::Model) -> Result<(bool, bool)> {
    let scope = cx.scope()?;
    let keeps = scope.require(Permission::TidalKeep).is_ok()
        && posts::service::reading::own_posts(cx, tx).await?.is_none_or(|own| own.contains(&row.id));
    let decides = scope.require(Permission::TidalDecide).is_ok() && posts::service::leads(cx, tx, row).await?;
    Ok((keeps, decides))
}
