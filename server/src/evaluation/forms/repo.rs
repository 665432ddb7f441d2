//! Versions of the city in scope.

use std::{cmp::Reverse, collections::BTreeSet};

use domain::{
    FormVersionId,
    evaluation::forms::{FormKind, FormStatus},
};
use entity::form_version::{ActiveModel, Column, Entity, Model, Summary};
use sea_orm::{ColumnTrait, Condition, Order};

use crate::{
    db::{ReadTx, WriteTx},
    error::{Error, Kind, Result},
};

/// Versions shown at most.
const SHOWN: u64 = 200;

/// Whose versions are read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// All, for those who write them.
    All,
    /// Those that count or have counted.
    Public,
}

impl Which {
    fn condition(self) -> Condition {
        match self {
            Self::All => Condition::all(),
            Self::Public => Column::Status.is_in([FormStatus::Published, FormStatus::Retired]).into(),
        }
    }
}

/// Versions without their content, by kind, the newest first. Where they are too many, those go that matter least: by
/// the alphabet drafts and what was published come before what is retired, and that before what was withdrawn.
pub async fn list(tx: &ReadTx, which: Which) -> Result<Vec<Summary>> {
    let all = tx.city::<Entity>().filter(which.condition());
    let kept = all.order_by(Column::Status, Order::Asc).order_by(Column::Number, Order::Desc).limit(SHOWN);
    let mut rows: Vec<Summary> = kept.all_as().await?;
    rows.sort_by_key(|row| (row.kind, Reverse(row.number)));
    Ok(rows)
}

/// Those of one kind, whatever their state.
pub async fn of_kind(tx: &ReadTx, kind: FormKind) -> Result<Vec<Summary>> {
    tx.city::<Entity>().filter(Column::Kind.eq(kind)).all_as().await
}

/// One version.
pub async fn get(tx: &ReadTx, id: FormVersionId, which: Which) -> Result<Model> {
    let found = tx.city::<Entity>().filter(which.condition()).filter(Column::Id.eq(id)).one().await?;
    found.ok_or(Error::NotFound(Kind::Row))
}

/// Some that count or have counted.
pub async fn some(tx: &ReadTx, ids: BTreeSet<FormVersionId>) -> Result<Vec<Model>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    tx.city::<Entity>().filter(Which::Public.condition()).filter(Column::Id.is_in(ids)).all().await
}

/// Adds a version.
pub async fn add(tx: &mut WriteTx, row: ActiveModel) -> Result<Model> {
    tx.city_insert(row).await
}

/// Changes a version that is still as it was `seen`.
pub async fn change(tx: &mut WriteTx, row: ActiveModel, seen: i32) -> Result<Model> {
    tx.city_update(row, seen).await
}
