//! Handing over at a post: who gives writes it down, who takes says so; until then it is still the giver's.

use domain::{
    HandoverId, PostId, StaffId, Violation,
    permission::Permission,
    posts::{HandoverStatus, check_items},
};
use entity::{handover, staff_member};
use sea_orm::ActiveValue::{Set, Unchanged};

use super::{Seen, me, repo, working};
use crate::{
    db::{AuditEvent, ReadTx, Verb, WriteTx},
    error::{Error, Result},
    graphql::context::Cx,
};

/// Passes `items` on to `taker` at a post.
pub async fn give(cx: &Cx, post: PostId, taker: StaffId, items: String) -> Result<handover::Model> {
    if let Some(violation) = check_items(&items) {
        return Err(violation.into());
    }
    let (mut tx, me) = begin(cx).await?;
    repo::post(&tx, post).await?;
    working(&tx, "taker", taker).await?;
    if taker == me.id {
        return Err(Violation::new("taker", "posts.own_handover").into());
    }
    let id = HandoverId(cx.app.ids.next());
    let row = handover::ActiveModel {
        id: Set(id),
        post_id: Set(post),
        giver_id: Set(me.id),
        taker_id: Set(taker),
        items: Set(items),
        status: Set(HandoverStatus::Given),
        given_at: Set(cx.now()),
        accepted_at: Set(None),
        version: Set(1),
        ..Default::default()
    };
    let row = tx.insert(row).await?;
    tx.commit(AuditEvent::on(post.0, Verb::HandoverGiven)).await?;
    Ok(row)
}

/// Takes what somebody passed on.
pub async fn accept(cx: &Cx, seen: Seen<HandoverId>) -> Result<handover::Model> {
    let (tx, me) = begin(cx).await?;
    let row = given(&tx, seen.id).await?;
    if row.taker_id != me.id {
        return Err(Violation::new("", "posts.not_your_handover").into());
    }
    let now = cx.now();
    let change = handover::ActiveModel {
        status: Set(HandoverStatus::Accepted),
        accepted_at: Set(Some(now)),
        ..Default::default()
    };
    write(tx, &row, seen, change, Verb::HandoverAccepted).await
}

/// Takes back what nobody has taken yet.
pub async fn withdraw(cx: &Cx, seen: Seen<HandoverId>) -> Result<handover::Model> {
    let (tx, me) = begin(cx).await?;
    let row = given(&tx, seen.id).await?;
    if row.giver_id != me.id {
        return Err(Violation::new("", "posts.not_your_handover").into());
    }
    let change = handover::ActiveModel { status: Set(HandoverStatus::Withdrawn), ..Default::default() };
    write(tx, &row, seen, change, Verb::HandoverWithdrawn).await
}

async fn given(tx: &ReadTx, id: HandoverId) -> Result<handover::Model> {
    let row = repo::handover(tx, id).await?;
    if row.status == HandoverStatus::Given { Ok(row) } else { Err(Violation::new("", "posts.handover_over").into()) }
}

async fn begin(cx: &Cx) -> Result<(WriteTx, staff_member::Model)> {
    let tx = cx.write(&cx.scope()?.require(Permission::PostRead)?).await?;
    match me(cx, &tx).await?.filter(|me| me.left_on.is_none()) {
        Some(me) => Ok((tx, me)),
        None => Err(Error::from(Violation::new("", "posts.not_staff"))),
    }
}

async fn write(
    mut tx: WriteTx,
    row: &handover::Model,
    seen: Seen<HandoverId>,
    change: handover::ActiveModel,
    verb: Verb,
) -> Result<handover::Model> {
    let change = handover::ActiveModel { id: Unchanged(seen.id), ..change };
    let changed = tx.update(change, seen.version).await?;
    tx.commit(AuditEvent::on(row.post_id.0, verb)).await?;
    Ok(changed)
}
