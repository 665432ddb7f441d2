//! A browser's session: the key is the hash of the cookie, so that a dump of the table opens none.

use domain::AccountId;
use sea_orm::entity::prelude::DateTimeUtc;

use crate::{ownership::Platform, table};

table! {
    /// A browser's session: the key is the hash of the cookie, so that a dump of the table opens none.
    "web_session", key(IdHash: String) {
        IdHash => id_hash: String,
        AccountId => account_id: Option<AccountId>,
        Data => data: String,
        Browser => browser: Option<String>,
        CreatedAt => created_at: DateTimeUtc,
        ExpiresAt => expires_at: DateTimeUtc,
    }
}

impl Platform for Entity {}
