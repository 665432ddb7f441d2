//! What whoever was served does with a code on their own phone, without an account (6.7.5).
//!
//! A code that is wrong, used, too old, replaced or another center's has one answer; so has a code that somebody signed in
//! holds: whoever works here is no recipient.

use domain::{
    Violation,
    calendar::local_date,
    permission::Permission,
    volunteers::{ConfirmationMeans, ServiceRecordStatus, answered, check_tail},
};
use entity::{post, service_record};
use sea_orm::ActiveValue::{Set, Unchanged};

use super::{decided, repo};
use crate::{
    auth::scope::Scope,
    crypto::sha256_hex,
    db::{AuditEvent, ReadTx, Verb},
    error::{Conflict, Error, Result},
    graphql::context::Cx,
    http::edge::VisitorAct,
};

/// Looks at the service that a code is for, and where it was; none for any code that does not work.
pub async fn look(cx: &Cx, center: &str, token: &str) -> Result<Option<(service_record::Model, post::Model)>> {
    cx.admit(VisitorAct::Confirm)?;
    let Some(cx) = visitor(cx, center).await? else { return Ok(None) };
    let tx = cx.read().await?;
    let Some(row) = find(&cx, &tx, token).await? else { return Ok(None) };
    let post = repo::post(&tx, row.post_id).await?;
    Ok(Some((row, post)))
}

/// Confirms the service, or says that it was not so; the code is used up.
pub async fn answer(cx: &Cx, center: &str, token: &str, happened: bool, tail: Option<&str>) -> Result<bool> {
    cx.admit(VisitorAct::Confirm)?;
    if let Some(violation) = tail.and_then(check_tail) {
        return Err(violation.into());
    }
    let cx = visitor(cx, center).await?.ok_or_else(unknown)?;
    let mut tx = cx.write(&cx.scope()?.require(Permission::ServiceConfirm)?).await?;
    let row = find(&cx, &tx, token).await?.ok_or_else(unknown)?;
    let status = answered(row.status, row.due_on, happened, local_date(cx.now())).ok_or_else(unknown)?;
    let rules = cx.rules().await?;
    let confirmed = status == ServiceRecordStatus::Confirmed;
    let change = service_record::ActiveModel {
        id: Unchanged(row.id),
        disputed: Set(!confirmed),
        tail_enc: Set(tail.map(|tail| cx.app.keys.center(row.center_id).seal("tail", tail)).transpose()?),
        ..decided(&cx, &rules.policy, status, confirmed.then_some(ConfirmationMeans::Code))
    };
    // Somebody was faster: the code is used.
    let used = |error: Error| if matches!(error, Error::Conflict(Conflict::Newer(_))) { unknown() } else { error };
    let row = tx.update(change, row.version).await.map_err(used)?;
    let verb = if confirmed { Verb::ServiceConfirmed } else { Verb::ServiceDisputed };
    tx.commit(AuditEvent::on(row.id.0, verb)).await?;
    Ok(confirmed)
}

/// The request as a visitor of a center; none where somebody is signed in, or there is no such center.
async fn visitor(cx: &Cx, center: &str) -> Result<Option<Cx>> {
    if cx.scope().is_ok_and(|scope| scope.account().is_some()) {
        return Ok(None);
    }
    match cx.app.db.identity().center_by_code(center).await? {
        Some(center) => Ok(Some(cx.under(Scope::public(&center)).await)),
        None => Ok(None),
    }
}

async fn find(cx: &Cx, tx: &ReadTx, token: &str) -> Result<Option<service_record::Model>> {
    let found = repo::by_code(tx, &sha256_hex(token.trim()), cx.now()).await?;
    let today = local_date(cx.now());
    Ok(found.filter(|row| answered(row.status, row.due_on, true, today).is_some()))
}

fn unknown() -> Error {
    Violation::new("", "confirm.unknown").into()
}
