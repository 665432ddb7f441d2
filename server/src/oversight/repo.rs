//! Notifications of one member.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::{AccountId, ComplaintId, NotificationId, notices::NoticeReason};
use entity::{complaint, notification};
use sea_orm::{ActiveValue::Set, ColumnTrait, Order, sea_query::ExprTrait};
use uuid::Uuid;

use crate::{
    db::{ReadTx, ScopedSelect, WriteTx},
    error::{Error, Kind, Result},
};

/// How many a member sees.
const NEWEST: u64 = 50;

/// The newest messages to `account`, unread first.
pub async fn list(tx: &ReadTx, account: AccountId) -> Result<Vec<notification::Model>> {
    let unread = tx.select::<notification::Entity>()?.filter(notification::Column::AccountId.eq(account));
    let unread = unread.filter(notification::Column::AcknowledgedAt.is_null());
    let mut rows = newest(unread).limit(NEWEST).all().await?;
    let read = tx.select::<notification::Entity>()?.filter(notification::Column::AccountId.eq(account));
    let read = read.filter(notification::Column::AcknowledgedAt.is_not_null());
    let left = NEWEST.saturating_sub(u64::try_from(rows.len()).unwrap_or(NEWEST));
    rows.extend(newest(read).limit(left).all().await?);
    Ok(rows)
}

/// Those of one instant by id: otherwise their order would follow where the database has put them, which depends on what
/// other centers write (T-7).
fn newest(select: ScopedSelect<'_, notification::Entity>) -> ScopedSelect<'_, notification::Entity> {
    select.order_by(notification::Column::CreatedAt, Order::Desc).order_by(notification::Column::Id, Order::Desc)
}

/// The cases that `rows` are about, without those about `account` themself.
pub async fn cases(tx: &ReadTx, account: AccountId, rows: &[notification::Model]) -> Result<Vec<complaint::Model>> {
    let of_cases = rows.iter().filter(|row| row.reason == NoticeReason::Case);
    let ids: Vec<_> = of_cases.map(|row| ComplaintId(row.subject_id)).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let about_others = complaint::Column::RespondentId.is_null().or(complaint::Column::RespondentId.ne(account));
    tx.select::<complaint::Entity>()?.filter(complaint::Column::Id.is_in(ids)).filter(about_others).all().await
}

/// Of which of these subjects somebody was told for a reason.
pub async fn told(tx: &ReadTx, reason: NoticeReason, subjects: Vec<Uuid>) -> Result<BTreeSet<Uuid>> {
    use notification::Column as C;
    if subjects.is_empty() {
        return Ok(BTreeSet::new());
    }
    let rows = tx.select::<notification::Entity>()?.filter(C::SubjectId.is_in(subjects)).filter(C::Reason.eq(reason));
    Ok(rows.all().await?.into_iter().map(|row| row.subject_id).collect())
}

/// A message to `account`.
pub async fn get(tx: &ReadTx, account: AccountId, id: NotificationId) -> Result<notification::Model> {
    let mine = tx.select::<notification::Entity>()?.filter(notification::Column::AccountId.eq(account));
    mine.filter(notification::Column::Id.eq(id)).one().await?.ok_or(Error::NotFound(Kind::Notification))
}

/// Marks a message as read.
pub async fn acknowledge(
    tx: &mut WriteTx,
    row: notification::Model,
    now: DateTime<Utc>,
) -> Result<notification::Model> {
    let change = notification::ActiveModel { id: Set(row.id), acknowledged_at: Set(Some(now)), ..Default::default() };
    tx.update_plain(change).await
}
