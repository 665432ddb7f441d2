//! A lead's word: opening with or without a proposal, declining one, taking nobody more, closing.

use domain::{
    PostId, TidalSessionId,
    complaints::form,
    tidal::{OpenReason, ProposalStatus, TidalAction, TidalPhase, after, check_served, watch::Watch},
};
use entity::{tidal_session, tidal_window};
use sea_orm::ActiveValue::{Set, Unchanged};

use super::{deciding, in_use, repo};
use crate::{
    db::{AuditEvent, Verb, WriteTx},
    error::{Error, Kind, Result},
    graphql::context::Cx,
};

/// Opens a window.
pub async fn open(cx: &Cx, post: PostId) -> Result<tidal_window::Model> {
    let (mut tx, post) = deciding(cx, post).await?;
    in_use(&post)?;
    let was = repo::window(&tx, post.id).await?;
    let watch = repo::as_watch(was.as_ref());
    let phase = after(watch.phase, TidalAction::Open)?;
    let by = cx.scope()?.account().ok_or(Error::Unauthenticated)?;
    // What nobody has counted for a while says nothing about now.
    let since = cx.now() - domain::tidal::watch::GAP;
    let last = repo::readings(&tx, post.id, since, 1).await?.pop();
    let reason = if watch.phase == TidalPhase::Proposed { OpenReason::Auto } else { OpenReason::Manual };
    let session = tidal_session::ActiveModel {
        id: Set(TidalSessionId(cx.app.ids.next())),
        post_id: Set(post.id),
        reason: Set(reason),
        opened_at: Set(cx.now()),
        opener_id: Set(by),
        waiting: Set(last.as_ref().map(|row| row.waiting)),
        minutes: Set(last.and_then(|row| row.minutes)),
        fewest: Set(None),
        draining_at: Set(None),
        closed_at: Set(None),
        closer_id: Set(None),
        served: Set(None),
        live: Set(Some(true)),
        ..Default::default()
    };
    tx.insert(session).await?;
    repo::decide(&mut tx, post.id, ProposalStatus::Opened, Some(by), None).await?;
    let watch = Watch { phase, declined: false, closing: false, ..watch };
    let row = repo::keep(&mut tx, post.id, was.is_some(), watch).await?;
    tx.commit(AuditEvent::on(post.id.0, Verb::TidalOpened).with_detail(reason.key())).await?;
    Ok(row)
}

/// Leaves it closed in spite of a proposal: the same peak is not proposed again.
pub async fn decline(cx: &Cx, post: PostId, reason: &str) -> Result<tidal_window::Model> {
    form::entry("reason", reason)?;
    let (mut tx, post) = deciding(cx, post).await?;
    let (phase, watch) = step(&tx, post.id, TidalAction::Decline).await?;
    let said = Some(reason.trim().to_owned());
    repo::decide(&mut tx, post.id, ProposalStatus::Declined, cx.scope()?.account(), said).await?;
    let row = repo::keep(&mut tx, post.id, true, Watch { phase, declined: true, ..watch }).await?;
    tx.commit(AuditEvent::on(post.id.0, Verb::TidalDeclined)).await?;
    Ok(row)
}

/// Takes nobody more.
pub async fn drain(cx: &Cx, post: PostId) -> Result<tidal_window::Model> {
    let (mut tx, post) = deciding(cx, post).await?;
    let (phase, watch) = step(&tx, post.id, TidalAction::Drain).await?;
    let change = tidal_session::ActiveModel { draining_at: Set(Some(cx.now())), ..Default::default() };
    change_session(&mut tx, post.id, change).await?;
    let row = repo::keep(&mut tx, post.id, true, Watch { phase, closing: false, ..watch }).await?;
    tx.commit(AuditEvent::on(post.id.0, Verb::TidalDraining)).await?;
    Ok(row)
}

/// Closes it, with how many were served.
pub async fn close(cx: &Cx, post: PostId, served: u32) -> Result<tidal_window::Model> {
    if let Some(violation) = check_served(served) {
        return Err(violation.into());
    }
    let (mut tx, post) = deciding(cx, post).await?;
    let (phase, watch) = step(&tx, post.id, TidalAction::Close).await?;
    let change = tidal_session::ActiveModel {
        closed_at: Set(Some(cx.now())),
        closer_id: Set(cx.scope()?.account()),
        served: Set(i32::try_from(served).ok()),
        live: Set(None),
        ..Default::default()
    };
    change_session(&mut tx, post.id, change).await?;
    let row = repo::keep(&mut tx, post.id, true, Watch { phase, ..watch }).await?;
    tx.commit(AuditEvent::on(post.id.0, Verb::TidalClosed).with_detail(served.to_string())).await?;
    Ok(row)
}

/// Where a step leads, and what is known of the window before it.
async fn step(tx: &WriteTx, post: PostId, action: TidalAction) -> Result<(TidalPhase, Watch)> {
    let watch = repo::as_watch(repo::window(tx, post).await?.as_ref());
    Ok((after(watch.phase, action)?, watch))
}

async fn change_session(tx: &mut WriteTx, post: PostId, change: tidal_session::ActiveModel) -> Result<()> {
    let session = repo::session(tx, post).await?.ok_or(Error::NotFound(Kind::Row))?;
    tx.update_plain(tidal_session::ActiveModel { id: Unchanged(session.id), ..change }).await.map(|_| ())
}
