//! A phrase of a center: one that it has added, or what it has made of one of the product's, under the same id.

use domain::{
    CenterId, PhraseId,
    phrases::{PhraseCategory, PhraseKind},
    settings::EntryStatus,
};
use sea_orm::entity::prelude::Uuid;

use crate::{
    ownership::{CenterOwned, Versioned},
    table,
};

table! {
    /// A phrase of a center: one that it has added, or what it has made of one of the product's, under the same id.
    #[derive(serde::Serialize)]
    "phrase", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: PhraseId,
        Kind => kind: PhraseKind,
        Category => category: PhraseCategory,
        Text => text: String,
        Situation => situation: Option<String>,
        ReplacementFor => replacement_for: Option<PhraseId>,
        Source => source: Option<String>,
        Status => status: EntryStatus,
        Version => version: i32,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}

impl Versioned for Entity {
    const VERSION: Column = Column::Version;
}
