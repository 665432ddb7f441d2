//! A password that somebody had before, by its hash.

use domain::AccountId;
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{ownership::Platform, table};

table! {
    /// A password that somebody had before, by its hash.
    "old_password", key(AccountId: Uuid, PasswordHash: String) {
        AccountId => account_id: AccountId,
        PasswordHash => password_hash: String,
        ReplacedAt => replaced_at: DateTimeUtc,
    }
}

impl Platform for Entity {}
