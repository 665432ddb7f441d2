//! Services of care windows and their logs, as they are stored.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::{
    CareRecordId, PostId,
    care::{CareStatus, POST_KIND},
};
use entity::{care_event, care_record, post};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, Order};

use crate::{
    db::{ReadTx, WriteTx},
    error::Result,
    graphql::page::Most,
    posts::repo::one,
};

/// Services whose details are removed at once.
const PURGED: u64 = 200;

/// The care windows of the center, by code.
pub async fn posts(tx: &ReadTx) -> Result<Vec<post::Model>> {
    let windows = tx.select::<post::Entity>()?.filter(post::Column::Kind.eq(POST_KIND));
    windows.order_by(post::Column::Code, Order::Asc).all().await
}

/// One of them.
pub async fn post(tx: &ReadTx, id: PostId) -> Result<post::Model> {
    one::<post::Entity>(tx, Condition::all().add(post::Column::Id.eq(id)).add(post::Column::Kind.eq(POST_KIND))).await
}

/// Services at some windows, or at all: those that go on, the oldest first, or those that are over, the newest first.
pub async fn records(
    tx: &ReadTx,
    at: Option<&BTreeSet<PostId>>,
    over: bool,
    most: Most,
) -> Result<Vec<care_record::Model>> {
    use care_record::Column as C;
    let mut found = tx.select::<care_record::Entity>()?;
    if let Some(posts) = at {
        found = found.filter(C::PostId.is_in(posts.iter().copied()));
    }
    let ended = [CareStatus::Done, CareStatus::Cancelled];
    if over {
        found.filter(C::Status.is_in(ended)).order_by(C::GreetedAt, Order::Desc).limit(most.over).all().await
    } else {
        found.filter(C::Status.is_not_in(ended)).order_by(C::GreetedAt, Order::Asc).limit(most.open).all().await
    }
}

/// One service.
pub async fn record(tx: &ReadTx, id: CareRecordId) -> Result<care_record::Model> {
    one::<care_record::Entity>(tx, care_record::Column::Id.eq(id)).await
}

/// Its log, oldest first.
pub async fn events(tx: &ReadTx, record: CareRecordId) -> Result<Vec<care_event::Model>> {
    use care_event::Column as C;
    let found = tx.select::<care_event::Entity>()?.filter(C::RecordId.eq(record));
    found.order_by(C::At, Order::Asc).order_by(C::Id, Order::Asc).all().await
}

/// Which services keep details that are no longer needed on `today`.
pub async fn kept_too_long(tx: &ReadTx, today: NaiveDate) -> Result<Vec<CareRecordId>> {
    use care_record::Column as C;
    let over = tx.select::<care_record::Entity>()?.filter(C::PurgeOn.lt(today)).limit(PURGED);
    Ok(over.all().await?.into_iter().map(|row| row.id).collect())
}

/// Removes the details of services: who it was, where, and what was said.
pub async fn purge(tx: &mut WriteTx, ids: &[CareRecordId]) -> Result<u64> {
    let nobody = care_record::ActiveModel {
        need_enc: Set(None),
        name_enc: Set(None),
        phone_enc: Set(None),
        address_enc: Set(None),
        name_mask: Set(None),
        phone_mask: Set(None),
        purge_on: Set(None),
        ..Default::default()
    };
    let gone = tx.update_where(care_record::Column::Id.is_in(ids.iter().copied()), nobody).await?;
    let silent = care_event::ActiveModel { body_enc: Set(None), ..Default::default() };
    tx.update_where(care_event::Column::RecordId.is_in(ids.iter().copied()), silent).await?;
    Ok(gone)
}
