//! A clause of the standard, in our own words. `features` lists the codes that serve it, separated by commas.

use crate::{ownership::Shared, table};

table! {
    /// A clause of the standard, in our own words. `features` lists the codes that serve it, separated by commas.
    "clause", key(Number: String) {
        Number => number: String,
        Parent => parent: Option<String>,
        Position => position: i32,
        TitleZh => title_zh: String,
        TitleEn => title_en: String,
        SummaryZh => summary_zh: String,
        SummaryEn => summary_en: String,
        Status => status: String,
        Features => features: String,
    }
}

impl Shared for Entity {}
