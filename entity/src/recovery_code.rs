//! A code that stands in for the second factor once, by its hash.

use domain::AccountId;
use sea_orm::entity::prelude::DateTimeUtc;

use crate::{ownership::Platform, table};

table! {
    /// A code that stands in for the second factor once, by its hash.
    "recovery_code", key(CodeHash: String) {
        CodeHash => code_hash: String,
        AccountId => account_id: AccountId,
        UsedAt => used_at: Option<DateTimeUtc>,
    }
}

impl Platform for Entity {}
