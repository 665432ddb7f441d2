//! Files of records: their rows.

use chrono::{DateTime, Utc};
use domain::{
    AccountId, AttachmentId,
    files::{OwnerKind, ScanState},
};
use entity::attachment::{ActiveModel, Column, Entity, Model};
use sea_orm::{
    ActiveValue::{Set, Unchanged},
    ColumnTrait, Condition, Order,
};
use uuid::Uuid;

use crate::{
    db::{ReadTx, WriteTx},
    error::Result,
};

/// Rows that one run of the job takes on.
const AT_ONCE: u64 = 500;

/// A file that is there.
pub async fn find(tx: &ReadTx, id: AttachmentId) -> Result<Option<Model>> {
    tx.select::<Entity>()?.filter(Column::Id.eq(id)).filter(Column::DeletedAt.is_null()).one().await
}

/// The files of records of one kind that the viewer may see once they may see the records, oldest first.
pub async fn of(tx: &ReadTx, kind: OwnerKind, owners: &[Uuid]) -> Result<Vec<Model>> {
    let mut seen = Condition::any().add(Column::Scan.eq(ScanState::Clean));
    if let Some(me) = tx.scope().account() {
        seen = seen.add(Column::UploadedBy.eq(me));
    }
    tx.select::<Entity>()?
        .filter(belongs(kind).add(Column::OwnerId.is_in(owners.iter().copied())))
        .filter(seen)
        .order_by(Column::CreatedAt, Order::Asc)
        .order_by(Column::Id, Order::Asc)
        .all()
        .await
}

/// How many files a record has, whoever sees them.
pub async fn count(tx: &ReadTx, kind: OwnerKind, owner: Uuid) -> Result<u64> {
    tx.select::<Entity>()?.filter(belongs(kind).add(Column::OwnerId.eq(owner))).count().await
}

fn belongs(kind: OwnerKind) -> Condition {
    Condition::all().add(Column::OwnerKind.eq(kind)).add(Column::DeletedAt.is_null())
}

/// Those of one person that belong to nothing yet.
pub fn loose(me: AccountId) -> Condition {
    Condition::all().add(Column::OwnerKind.is_null()).add(Column::DeletedAt.is_null()).add(Column::UploadedBy.eq(me))
}

/// Gives loose files of a person a record; how many there were.
pub async fn attach(tx: &mut WriteTx, me: AccountId, ids: &[AttachmentId], record: (OwnerKind, Uuid)) -> Result<u64> {
    let (kind, owner) = record;
    let (now, retention) = (tx.now(), kind.retention());
    let change = ActiveModel {
        owner_kind: Set(Some(kind)),
        owner_id: Set(Some(owner)),
        retention: Set(Some(retention)),
        attached_at: Set(Some(now)),
        delete_after: Set(retention.days().map(|days| now + chrono::TimeDelta::days(days))),
        ..Default::default()
    };
    tx.update_where(loose(me).add(Column::Id.is_in(ids.iter().copied())), change).await
}

/// Marks files as deleted; how many there were. Their bytes go when the job comes by.
pub async fn delete(tx: &mut WriteTx, which: Condition) -> Result<u64> {
    let change = ActiveModel { deleted_at: Set(Some(tx.now())), ..Default::default() };
    tx.update_where(which.add(Column::DeletedAt.is_null()), change).await
}

/// Files of a record.
pub fn of_record(kind: OwnerKind, owner: Uuid, ids: &[AttachmentId]) -> Condition {
    belongs(kind).add(Column::OwnerId.eq(owner)).add(Column::Id.is_in(ids.iter().copied()))
}

/// Files whose time is over: loose ones that came before `since`, and kept ones that are to go.
pub fn over(now: DateTime<Utc>, since: DateTime<Utc>) -> Condition {
    let loose = Condition::all().add(Column::OwnerKind.is_null()).add(Column::CreatedAt.lte(since));
    let kept = Condition::all().add(Column::DeleteAfter.lte(now));
    Condition::all().add(Column::DeletedAt.is_null()).add(Condition::any().add(loose).add(kept))
}

/// Whether there are any.
pub async fn any(tx: &ReadTx, which: Condition) -> Result<bool> {
    Ok(tx.select::<Entity>()?.filter(which).limit(1).one().await?.is_some())
}

/// Deleted files whose bytes are still there.
pub async fn to_remove(tx: &ReadTx) -> Result<Vec<Model>> {
    tx.select::<Entity>()?
        .filter(Column::DeletedAt.is_not_null())
        .filter(Column::Object.is_not_null())
        .limit(AT_ONCE)
        .all()
        .await
}

/// Remembers that the bytes are gone.
pub async fn removed(tx: &mut WriteTx, ids: Vec<AttachmentId>) -> Result<u64> {
    tx.update_where(Column::Id.is_in(ids), ActiveModel { object: Set(None), ..Default::default() }).await
}

/// Files that nobody has looked into yet.
pub async fn to_scan(tx: &ReadTx) -> Result<Vec<Model>> {
    tx.select::<Entity>()?
        .filter(Column::DeletedAt.is_null())
        .filter(Column::Scan.eq(ScanState::Pending))
        .limit(AT_ONCE)
        .all()
        .await
}

/// Keeps what the scanner said; what was refused is deleted.
pub async fn scanned(tx: &mut WriteTx, id: AttachmentId, scan: ScanState) -> Result<()> {
    let gone = (scan == ScanState::Refused).then(|| tx.now());
    let change = ActiveModel { id: Unchanged(id), scan: Set(scan), deleted_at: Set(gone), ..Default::default() };
    tx.update_plain(change).await.map(|_| ())
}
