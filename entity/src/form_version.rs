//! A version of one of the city's forms; `content` is the JSON of `domain::evaluation::forms::FormContent`.

use chrono::NaiveDate;
use domain::{
    CityId, FormVersionId,
    evaluation::forms::{FormKind, FormStatus},
};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{
    ownership::{CityOwned, CityVersioned},
    table,
};

table! {
    /// A version of one of the city's forms; `content` is the JSON of `domain::evaluation::forms::FormContent`.
    "form_version", key(CityId: Uuid, Id: Uuid) {
        CityId => city_id: CityId,
        Id => id: FormVersionId,
        Kind => kind: FormKind,
        Number => number: i32,
        Status => status: FormStatus,
        Edition => edition: String,
        CopiedFrom => copied_from: Option<i32>,
        ValidFrom => valid_from: Option<NaiveDate>,
        Content => content: String,
        ChangedAt => changed_at: DateTimeUtc,
        Version => version: i32,
    }
}

/// What a list shows of a version: everything but the document, which may be long.
#[derive(Clone, Debug, sea_orm::DerivePartialModel)]
#[sea_orm(entity = "Entity")]
#[expect(missing_docs, reason = "the columns of the same names")]
pub struct Summary {
    pub id: FormVersionId,
    pub kind: FormKind,
    pub number: i32,
    pub status: FormStatus,
    pub edition: String,
    pub copied_from: Option<i32>,
    pub valid_from: Option<NaiveDate>,
    pub changed_at: DateTimeUtc,
    pub version: i32,
}

impl CityOwned for Entity {
    const CITY: Column = Column::CityId;
}

impl CityVersioned for Entity {
    const VERSION: Column = Column::Version;
}

impl From<Model> for Summary {
    fn from(row: Model) -> Self {
        let Model { id, kind, number, status, edition, copied_from, valid_from, changed_at, version, .. } = row;
        Self { id, kind, number, status, edition, copied_from, valid_from, changed_at, version }
    }
}
