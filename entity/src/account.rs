//! A person who signs in. One account may hold memberships in several places.

use domain::AccountId;
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{ownership::Platform, table};

table! {
    /// A person who signs in. One account may hold memberships in several places.
    "account", key(Id: Uuid) {
        Id => id: AccountId,
        Login => login: String,
        DisplayName => display_name: String,
        PasswordHash => password_hash: String,
        Status => status: String,
        PasswordSetAt => password_set_at: Option<DateTimeUtc>,
        CreatedAt => created_at: DateTimeUtc,
    }
}

impl Platform for Entity {}
