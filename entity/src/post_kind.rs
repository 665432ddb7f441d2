//! A kind of post (岗位) that the standard describes.

use crate::{ownership::Shared, table};

table! {
    /// A kind of post (岗位) that the standard describes.
    "post_kind", key(Code: String) {
        Code => code: String,
        Clause => clause: Option<String>,
        Position => position: i32,
        TitleZh => title_zh: String,
        TitleEn => title_en: String,
        SummaryZh => summary_zh: String,
        SummaryEn => summary_en: String,
        Fields => fields: String,
        Checks => checks: String,
    }
}

impl Shared for Entity {}
