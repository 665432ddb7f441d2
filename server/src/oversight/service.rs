//! Telling members about a case, and their word that they have read it.

use chrono::{DateTime, Utc};
use domain::{AccountId, ComplaintId, NotificationId, complaints::ComplaintEventKind, permission::Permission};
use entity::{complaint, notification};
use sea_orm::ActiveValue::Set;

use super::repo;
use crate::{
    db::{AuditEvent, Verb, WriteTx},
    error::{Error, Kind, Result},
    graphql::context::Cx,
};

/// One message, to be sent to several people.
pub struct Notice {
    /// The case.
    pub complaint: ComplaintId,
    /// Why it is sent.
    pub kind: ComplaintEventKind,
    /// In words, where somebody wrote any.
    pub body: Option<String>,
}

/// Sends `notice` to `recipients`, each once, in the transaction of what it tells about.
pub async fn notify(
    tx: &mut WriteTx,
    new_id: impl Fn() -> uuid::Uuid,
    now: DateTime<Utc>,
    mut recipients: Vec<AccountId>,
    notice: &Notice,
) -> Result<()> {
    recipients.sort_unstable();
    recipients.dedup();
    let rows: Vec<_> = recipients
        .into_iter()
        .map(|account| notification::ActiveModel {
            id: Set(NotificationId(new_id())),
            account_id: Set(account),
            complaint_id: Set(notice.complaint),
            kind: Set(notice.kind),
            body: Set(notice.body.clone()),
            created_at: Set(now),
            acknowledged_at: Set(None),
            ..Default::default()
        })
        .collect();
    if rows.is_empty() { Ok(()) } else { tx.insert_many(rows).await }
}

/// The viewer's messages, each with the number of its case.
pub async fn list(cx: &Cx) -> Result<Vec<(notification::Model, String)>> {
    let account = me(cx)?;
    let tx = cx.read().await?;
    let rows = repo::list(&tx, account).await?;
    Ok(with_numbers(&repo::cases(&tx, account, &rows).await?, rows))
}

/// The viewer has read a message.
pub async fn acknowledge(cx: &Cx, id: NotificationId) -> Result<(notification::Model, String)> {
    let account = me(cx)?;
    let granted = cx.scope()?.require(Permission::ComplaintReadOwn)?;
    let mut tx = cx.write(&granted).await?;
    let row = repo::get(&tx, account, id).await?;
    let cases = repo::cases(&tx, account, std::slice::from_ref(&row)).await?;
    let row = repo::acknowledge(&mut tx, row, cx.now()).await?;
    tx.commit(AuditEvent::on(id.0, Verb::NotificationAcknowledged)).await?;
    with_numbers(&cases, vec![row]).pop().ok_or(Error::NotFound(Kind::Notification))
}

fn with_numbers(cases: &[complaint::Model], rows: Vec<notification::Model>) -> Vec<(notification::Model, String)> {
    let number = |id| cases.iter().find(|case| case.id == id).map(|case| case.number.clone());
    rows.into_iter().filter_map(|row| number(row.complaint_id).map(|number| (row, number))).collect()
}

/// Messages exist inside a center only; a city administrator has none.
fn me(cx: &Cx) -> Result<AccountId> {
    let scope = cx.scope()?;
    scope.require(Permission::ComplaintReadOwn)?;
    scope.account().ok_or(Error::Unauthenticated)
}
