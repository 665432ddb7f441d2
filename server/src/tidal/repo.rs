//! Readings, windows, proposals, sessions and logs, as they are stored.

use chrono::{DateTime, Utc};
use domain::{
    AccountId, PostId, TidalCallId,
    tidal::{POST_KIND, ProposalStatus, watch::Watch},
};
use entity::{post, queue_reading, tidal_call, tidal_proposal, tidal_session, tidal_window, tidal_work};
use sea_orm::{
    ActiveValue::{Set, Unchanged},
    ColumnTrait, Condition, Order,
};

use crate::{
    analytics::{self, counting::Counted},
    db::{ReadTx, WriteTx},
    error::Result,
    posts::repo::one,
};

/// The tidal windows of the center, by code.
pub async fn posts(tx: &ReadTx) -> Result<Vec<post::Model>> {
    tx.select::<post::Entity>()?
        .filter(post::Column::Kind.eq(POST_KIND))
        .order_by(post::Column::Code, Order::Asc)
        .all()
        .await
}

/// One of them.
pub async fn post(tx: &ReadTx, id: PostId) -> Result<post::Model> {
    one::<post::Entity>(tx, Condition::all().add(post::Column::Id.eq(id)).add(post::Column::Kind.eq(POST_KIND))).await
}

/// One of them by its code.
pub async fn post_by_code(tx: &ReadTx, code: &str) -> Result<post::Model> {
    one::<post::Entity>(tx, Condition::all().add(post::Column::Code.eq(code)).add(post::Column::Kind.eq(POST_KIND)))
        .await
}

/// Where every window stands.
pub async fn windows(tx: &ReadTx) -> Result<Vec<tidal_window::Model>> {
    tx.select::<tidal_window::Entity>()?.all().await
}

/// Where a window stands; none before its first reading.
pub async fn window(tx: &ReadTx, post: PostId) -> Result<Option<tidal_window::Model>> {
    tx.select::<tidal_window::Entity>()?.filter(tidal_window::Column::PostId.eq(post)).one().await
}

/// Writes where a window stands. The post is held.
pub async fn keep(tx: &mut WriteTx, post: PostId, was: bool, watch: Watch) -> Result<tidal_window::Model> {
    let row = tidal_window::ActiveModel {
        post_id: if was { Unchanged(post) } else { Set(post) },
        phase: Set(watch.phase),
        last_at: Set(watch.last_at),
        high_since: Set(watch.high_since),
        low_since: Set(watch.low_since),
        declined: Set(watch.declined),
        closing: Set(watch.closing),
        ..Default::default()
    };
    if was { tx.update_plain(row).await } else { tx.insert(row).await }
}

/// What the rule knows of a window.
pub fn as_watch(row: Option<&tidal_window::Model>) -> Watch {
    row.map_or(Watch::NEW, |row| Watch {
        phase: row.phase,
        last_at: row.last_at,
        high_since: row.high_since,
        low_since: row.low_since,
        declined: row.declined,
        closing: row.closing,
    })
}

/// The readings of a window since `since`, oldest first; of many, the newest.
pub async fn readings(tx: &ReadTx, post: PostId, since: DateTime<Utc>, most: u64) -> Result<Vec<queue_reading::Model>> {
    use queue_reading::Column as C;
    let found = tx.select::<queue_reading::Entity>()?.filter(C::PostId.eq(post)).filter(C::At.gte(since));
    let mut rows = found.order_by(C::At, Order::Desc).order_by(C::Id, Order::Desc).limit(most).all().await?;
    rows.reverse();
    Ok(rows)
}

/// Proposals since `since`, newest first.
pub async fn proposals(
    tx: &ReadTx,
    post: PostId,
    since: DateTime<Utc>,
    most: u64,
) -> Result<Vec<tidal_proposal::Model>> {
    use tidal_proposal::Column as C;
    let found = tx.select::<tidal_proposal::Entity>()?.filter(C::PostId.eq(post)).filter(C::ProposedAt.gte(since));
    found.order_by(C::ProposedAt, Order::Desc).limit(most).all().await
}

/// The proposal that waits.
pub async fn proposal(tx: &ReadTx, post: PostId) -> Result<Option<tidal_proposal::Model>> {
    use tidal_proposal::Column as C;
    tx.select::<tidal_proposal::Entity>()?.filter(C::PostId.eq(post)).filter(C::Live.eq(true)).one().await
}

/// Ends the proposal that waits, if one does, and counts its peak.
pub async fn decide(
    tx: &mut WriteTx,
    post: PostId,
    status: ProposalStatus,
    by: Option<AccountId>,
    reason: Option<String>,
) -> Result<()> {
    let Some(waits) = proposal(tx, post).await? else { return Ok(()) };
    let change = tidal_proposal::ActiveModel {
        id: Unchanged(waits.id),
        status: Set(status),
        decided_at: Set(Some(tx.now())),
        decider_id: Set(by),
        reason: Set(reason),
        live: Set(None),
        ..Default::default()
    };
    let mut counted = Counted::default();
    counted.peak(&tx.update_plain(change).await?);
    analytics::service::count(tx, counted).await
}

/// Sessions since `since`, newest first.
pub async fn sessions(tx: &ReadTx, post: PostId, since: DateTime<Utc>, most: u64) -> Result<Vec<tidal_session::Model>> {
    use tidal_session::Column as C;
    let found = tx.select::<tidal_session::Entity>()?.filter(C::PostId.eq(post)).filter(C::OpenedAt.gte(since));
    found.order_by(C::OpenedAt, Order::Desc).limit(most).all().await
}

/// The session that goes on.
pub async fn session(tx: &ReadTx, post: PostId) -> Result<Option<tidal_session::Model>> {
    use tidal_session::Column as C;
    tx.select::<tidal_session::Entity>()?.filter(C::PostId.eq(post)).filter(C::Live.eq(true)).one().await
}

/// Calls since `since`, newest first.
pub async fn calls(tx: &ReadTx, post: PostId, since: DateTime<Utc>, most: u64) -> Result<Vec<tidal_call::Model>> {
    use tidal_call::Column as C;
    let found = tx.select::<tidal_call::Entity>()?.filter(C::PostId.eq(post)).filter(C::CalledAt.gte(since));
    found.order_by(C::CalledAt, Order::Desc).limit(most).all().await
}

/// One call.
pub async fn call(tx: &ReadTx, id: TidalCallId) -> Result<tidal_call::Model> {
    one::<tidal_call::Entity>(tx, tidal_call::Column::Id.eq(id)).await
}

/// Work in the back since `since`, newest first.
pub async fn works(tx: &ReadTx, post: PostId, since: DateTime<Utc>, most: u64) -> Result<Vec<tidal_work::Model>> {
    use tidal_work::Column as C;
    let found = tx.select::<tidal_work::Entity>()?.filter(C::PostId.eq(post)).filter(C::CreatedAt.gte(since));
    found.order_by(C::OnDay, Order::Desc).order_by(C::CreatedAt, Order::Desc).limit(most).all().await
}
