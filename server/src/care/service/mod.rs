//! What may be done at a care window: one verb, one transaction, one line in the log, one entry in the audit.
//!
//! Whoever works at the window today, or leads it, serves there; the administrator everywhere.

pub mod contact;
pub mod reading;
pub mod steps;

use domain::{
    CareEventId, CareRecordId, PostId, Violation,
    care::{CareAction, CareStatus},
    permission::Permission,
    posts::PostStatus,
};
use entity::{care_event, care_record, post};
use sea_orm::ActiveValue::Set;

use super::repo;
use crate::{
    db::{ReadTx, Verb, WriteTx},
    error::{Error, Kind, Result},
    graphql::context::Cx,
    posts,
};

/// The encrypted text of a line in the log.
const BODY: &str = "body";

/// A write at a window where the viewer works.
async fn at_post(cx: &Cx, post: PostId) -> Result<(WriteTx, post::Model)> {
    let tx = cx.write(&cx.scope()?.require(Permission::CareKeep)?).await?;
    let row = repo::post(&tx, post).await?;
    match posts::service::reading::own_posts(cx, &tx).await? {
        Some(own) if !own.contains(&row.id) => Err(Violation::new("", "care.not_there").into()),
        _ if row.status != PostStatus::Active => Err(Violation::new("", "care.not_in_use").into()),
        _ => Ok((tx, row)),
    }
}

/// A service at a window where the viewer works; another window's is not there.
async fn own(cx: &Cx, tx: &ReadTx, id: CareRecordId) -> Result<care_record::Model> {
    let row = repo::record(tx, id).await?;
    match posts::service::reading::own_posts(cx, tx).await? {
        Some(own) if !own.contains(&row.post_id) => Err(Error::NotFound(Kind::Row)),
        _ => Ok(row),
    }
}

/// Whether nobody is to be asked any more how satisfied they are: they were, or their details were removed, and what
/// they say would stay for ever.
const fn asked(row: &care_record::Model) -> bool {
    row.satisfaction.is_some() || row.status.is_over() && row.purge_on.is_none()
}

/// Writes a line into the log.
async fn tell(
    cx: &Cx,
    tx: &mut WriteTx,
    record: CareRecordId,
    action: Option<CareAction>,
    status: CareStatus,
    body: Option<&str>,
) -> Result<()> {
    let keys = cx.app.keys.center(cx.scope()?.center()?);
    let line = care_event::ActiveModel {
        id: Set(CareEventId(cx.app.ids.next())),
        record_id: Set(record),
        action: Set(action),
        status: Set(status),
        body_enc: Set(body.map(|text| keys.seal(BODY, text)).transpose()?),
        actor_id: Set(cx.scope()?.account().ok_or(Error::Unauthenticated)?),
        at: Set(tx.now()),
        ..Default::default()
    };
    tx.insert(line).await.map(drop)
}

/// What the audit says of a step.
const fn verb(action: CareAction) -> Verb {
    match action {
        CareAction::RecordNeed => Verb::CareNeedRecorded,
        CareAction::HandleHere => Verb::CareHandledHere,
        CareAction::HandOver => Verb::CareHandedOver,
        CareAction::Assign => Verb::CareVisitAssigned,
        CareAction::Reschedule => Verb::CareVisitRescheduled,
        CareAction::Visit => Verb::CareVisited,
        CareAction::Finish => Verb::CareFinished,
        CareAction::Cancel => Verb::CareCancelled,
        CareAction::Note => Verb::CareNoted,
        CareAction::Rate => Verb::CareRated,
    }
}
