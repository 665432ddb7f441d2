//! A browser that has signed in before, by the hash of its cookie: its owner gets in while others guess.

use domain::AccountId;
use sea_orm::entity::prelude::DateTimeUtc;

use crate::{ownership::Platform, table};

table! {
    /// A browser that has signed in before, by the hash of its cookie: its owner gets in while others guess.
    "known_device", key(TokenHash: String) {
        TokenHash => token_hash: String,
        AccountId => account_id: AccountId,
        CreatedAt => created_at: DateTimeUtc,
        UsedAt => used_at: DateTimeUtc,
    }
}

impl Platform for Entity {}
