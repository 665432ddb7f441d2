//! A phrase that comes with the product (annex B).

use domain::{
    PhraseId,
    phrases::{PhraseCategory, PhraseKind},
};
use sea_orm::entity::prelude::Uuid;

use crate::{ownership::Shared, table};

table! {
    /// A phrase that comes with the product (annex B).
    "phrase_seed", key(Id: Uuid) {
        Id => id: PhraseId,
        Kind => kind: PhraseKind,
        Category => category: PhraseCategory,
        Text => text: String,
        Situation => situation: Option<String>,
        ReplacementFor => replacement_for: Option<PhraseId>,
        Source => source: Option<String>,
    }
}

impl Shared for Entity {}
