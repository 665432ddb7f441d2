//! Telling members what is theirs to know of, and their word that they have read it.

use chrono::{DateTime, Utc};
use domain::{
    AccountId, ComplaintId, NotificationId, complaints::ComplaintEventKind, notices::NoticeReason,
    permission::Permission,
};
use entity::{complaint, notification};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use super::repo;
use crate::{
    db::{AuditEvent, Verb, WriteTx},
    error::{Error, Kind, Result},
    graphql::context::Cx,
};

/// One message, to be sent to several people.
#[derive(Clone, Debug)]
pub struct Notice {
    reason: NoticeReason,
    subject: Uuid,
    event: Option<ComplaintEventKind>,
    body: Option<String>,
}

impl Notice {
    /// That something happened to a case, in words where somebody wrote any.
    #[must_use]
    pub const fn of_case(case: ComplaintId, event: ComplaintEventKind, body: Option<String>) -> Self {
        Self { reason: NoticeReason::Case, subject: case.0, event: Some(event), body }
    }

    /// About anything else, with its name.
    #[must_use]
    pub fn new(reason: NoticeReason, subject: Uuid, name: Option<&str>) -> Self {
        Self { reason, subject, event: None, body: name.map(ToOwned::to_owned) }
    }
}

/// Sends `notice` to `recipients`, each once, in the transaction of what it tells about.
pub async fn notify(
    tx: &mut WriteTx,
    new_id: impl Fn() -> Uuid,
    now: DateTime<Utc>,
    recipients: Vec<AccountId>,
    notice: &Notice,
) -> Result<()> {
    send(tx, rows(new_id, now, recipients, notice)).await
}

/// Sends messages to others than whoever acts, all of them at once, in the transaction of what they tell about.
pub async fn tell(cx: &Cx, tx: &mut WriteTx, messages: Vec<(Vec<AccountId>, Notice)>) -> Result<()> {
    let (me, now) = (tx.scope().account(), tx.now());
    let mut all = Vec::new();
    for (mut recipients, notice) in messages {
        recipients.retain(|account| Some(*account) != me);
        all.extend(rows(|| cx.app.ids.next(), now, recipients, &notice));
    }
    send(tx, all).await
}

fn rows(
    new_id: impl Fn() -> Uuid,
    now: DateTime<Utc>,
    mut recipients: Vec<AccountId>,
    notice: &Notice,
) -> Vec<notification::ActiveModel> {
    recipients.sort_unstable();
    recipients.dedup();
    recipients
        .into_iter()
        .map(|account| notification::ActiveModel {
            id: Set(NotificationId(new_id())),
            account_id: Set(account),
            reason: Set(notice.reason),
            subject_id: Set(notice.subject),
            event: Set(notice.event),
            body: Set(notice.body.clone()),
            created_at: Set(now),
            acknowledged_at: Set(None),
            ..Default::default()
        })
        .collect()
}

async fn send(tx: &mut WriteTx, rows: Vec<notification::ActiveModel>) -> Result<()> {
    if rows.is_empty() { Ok(()) } else { tx.insert_many(rows).await }
}

/// A message as its recipient reads it.
pub struct Message {
    /// The message.
    pub row: notification::Model,
    /// The case that it is about, with its number.
    pub case: Option<(ComplaintId, String)>,
}

/// The viewer's messages.
pub async fn list(cx: &Cx) -> Result<Vec<Message>> {
    let account = me(cx)?;
    let tx = cx.read().await?;
    let rows = repo::list(&tx, account).await?;
    Ok(with_cases(&repo::cases(&tx, account, &rows).await?, rows))
}

/// The viewer has read a message.
pub async fn acknowledge(cx: &Cx, id: NotificationId) -> Result<Message> {
    let account = me(cx)?;
    let granted = cx.scope()?.require(Permission::NoticeRead)?;
    let mut tx = cx.write(&granted).await?;
    let row = repo::get(&tx, account, id).await?;
    let cases = repo::cases(&tx, account, std::slice::from_ref(&row)).await?;
    let case = with_cases(&cases, vec![row.clone()]).pop().ok_or(Error::NotFound(Kind::Notification))?.case;
    let row = repo::acknowledge(&mut tx, row, cx.now()).await?;
    tx.commit(AuditEvent::on(id.0, Verb::NotificationAcknowledged)).await?;
    Ok(Message { row, case })
}

/// The messages without those about cases that are not there for the viewer.
fn with_cases(cases: &[complaint::Model], rows: Vec<notification::Model>) -> Vec<Message> {
    let message = |row: notification::Model| {
        if row.reason != NoticeReason::Case {
            return Some(Message { row, case: None });
        }
        let case = cases.iter().find(|case| case.id.0 == row.subject_id)?;
        Some(Message { case: Some((case.id, case.number.clone())), row })
    };
    rows.into_iter().filter_map(message).collect()
}

/// Messages exist inside a center only; a city administrator has none.
fn me(cx: &Cx) -> Result<AccountId> {
    let scope = cx.scope()?;
    scope.require(Permission::NoticeRead)?;
    scope.account().ok_or(Error::Unauthenticated)
}
