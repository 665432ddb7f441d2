//! A feature of this product, to be named beside the clauses it serves.

use crate::{ownership::Shared, table};

table! {
    /// A feature of this product, to be named beside the clauses it serves.
    "feature", key(Code: String) {
        Code => code: String,
        TitleZh => title_zh: String,
        TitleEn => title_en: String,
        Context => context: String,
    }
}

impl Shared for Entity {}
