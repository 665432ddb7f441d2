//! Readings of the queue, by hand and from the ticket machine: each moves the window's watch at once.

use domain::{
    DeviceId, PostId, QueueReadingId, TidalProposalId, Violation,
    permission::Permission,
    tidal::{Level, ProposalStatus, ReadingSource, TidalPhase, watch::Signal},
};
use entity::{post, queue_reading, tidal_proposal, tidal_session, tidal_window};
use sea_orm::ActiveValue::{Set, Unchanged};

use super::{in_use, keeping, repo};
use crate::{
    db::{AuditEvent, Verb, WriteTx},
    error::{Error, Result},
    graphql::context::Cx,
    posts,
};

/// Takes down what somebody sees.
pub async fn by_hand(cx: &Cx, post: PostId, level: Level) -> Result<tidal_window::Model> {
    check(level)?;
    let (tx, post) = keeping(cx, post).await?;
    take(cx, tx, post, level, None).await
}

/// Takes down what a ticket machine tells of the window with this code.
pub async fn by_machine(cx: &Cx, device: DeviceId, code: &str, level: Level) -> Result<tidal_window::Model> {
    check(level)?;
    let tx = cx.write(&cx.scope()?.require(Permission::QueueReport)?).await?;
    let post = repo::post_by_code(&tx, code).await?;
    take(cx, tx, post, level, Some(device)).await
}

fn check(level: Level) -> Result<()> {
    let found = level.check();
    if found.is_empty() { Ok(()) } else { Err(Error::Invalid(found)) }
}

async fn take(
    cx: &Cx,
    mut tx: WriteTx,
    post: post::Model,
    level: Level,
    device: Option<DeviceId>,
) -> Result<tidal_window::Model> {
    in_use(&post)?;
    posts::repo::hold_post(&mut tx, &post).await?;
    let was = repo::window(&tx, post.id).await?;
    let (rules, now) = (cx.rules().await?, cx.now());
    if was.as_ref().and_then(|row| row.last_at).is_some_and(|last| last > now) {
        // Another one was quicker: the order of readings is what the rule lives on.
        return Err(Violation::new("", "tidal.out_of_order").into());
    }
    let (watch, signal) = repo::as_watch(was.as_ref()).read(level, now, &rules.policy);
    let (waiting, minutes) = (count(level.waiting), level.minutes.map(count));
    let reading = queue_reading::ActiveModel {
        id: Set(QueueReadingId(cx.app.ids.next())),
        post_id: Set(post.id),
        at: Set(now),
        waiting: Set(waiting),
        minutes: Set(minutes),
        source: Set(if device.is_some() { ReadingSource::Machine } else { ReadingSource::Hand }),
        device_id: Set(device),
        reporter_id: Set(cx.scope()?.account()),
        ..Default::default()
    };
    tx.insert(reading).await?;
    let row = repo::keep(&mut tx, post.id, was.is_some(), watch).await?;
    match signal {
        Some(Signal::ProposeOpening) => {
            let proposal = tidal_proposal::ActiveModel {
                id: Set(TidalProposalId(cx.app.ids.next())),
                post_id: Set(post.id),
                peak_from: Set(watch.high_since.unwrap_or(now)),
                proposed_at: Set(now),
                waiting: Set(waiting),
                minutes: Set(minutes),
                status: Set(ProposalStatus::Pending),
                decided_at: Set(None),
                decider_id: Set(None),
                reason: Set(None),
                live: Set(Some(true)),
                ..Default::default()
            };
            tx.insert(proposal).await?;
        }
        Some(Signal::PeakPassed) => repo::decide(&mut tx, post.id, ProposalStatus::Passed, None, None).await?,
        Some(Signal::ProposeClosing | Signal::StayOpen) | None => follow(&mut tx, &row, waiting, minutes).await?,
    }
    let told = match signal {
        Some(Signal::ProposeOpening) => "propose_opening",
        Some(Signal::PeakPassed) => "peak_passed",
        Some(Signal::ProposeClosing) => "propose_closing",
        Some(Signal::StayOpen) => "stay_open",
        None => "",
    };
    let from = device.map(|id| id.to_string()).unwrap_or_default();
    let detail = [told, &from].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    tx.commit(AuditEvent::on(post.id.0, Verb::QueueRead).with_detail(detail)).await?;
    Ok(row)
}

/// A proposal keeps the peak's height, an open window the fewest who waited since.
async fn follow(tx: &mut WriteTx, row: &tidal_window::Model, waiting: i32, minutes: Option<i32>) -> Result<()> {
    match row.phase {
        TidalPhase::Proposed => {
            let Some(proposal) = repo::proposal(tx, row.post_id).await? else { return Ok(()) };
            let change = tidal_proposal::ActiveModel {
                id: Unchanged(proposal.id),
                waiting: Set(proposal.waiting.max(waiting)),
                minutes: Set(proposal.minutes.max(minutes)),
                ..Default::default()
            };
            tx.update_plain(change).await.map(|_| ())
        }
        TidalPhase::Open | TidalPhase::Draining => {
            let Some(session) = repo::session(tx, row.post_id).await? else { return Ok(()) };
            let change = tidal_session::ActiveModel {
                id: Unchanged(session.id),
                fewest: Set(Some(session.fewest.map_or(waiting, |fewest| fewest.min(waiting)))),
                ..Default::default()
            };
            tx.update_plain(change).await.map(|_| ())
        }
        TidalPhase::Closed => Ok(()),
    }
}

fn count(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}
