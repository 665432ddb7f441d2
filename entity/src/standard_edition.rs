//! An edition of the standard.

use sea_orm::entity::prelude::Date;

use crate::{ownership::Shared, table};

table! {
    /// An edition of the standard.
    "standard_edition", key(Code: String) {
        Code => code: String,
        TitleZh => title_zh: String,
        TitleEn => title_en: String,
        IssuedOn => issued_on: Date,
        EffectiveOn => effective_on: Date,
        NoteZh => note_zh: String,
        NoteEn => note_en: String,
    }
}

impl Shared for Entity {}
