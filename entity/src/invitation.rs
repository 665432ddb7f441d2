//! A one-time link, by the hash of its token: to take up a role, or to choose a new password.

use domain::{AccountId, CenterId, CityId, identity::InvitationKind};
use sea_orm::entity::prelude::DateTimeUtc;

use crate::{ownership::Platform, table};

table! {
    /// A one-time link, by the hash of its token: to take up a role, or to choose a new password.
    "invitation", key(TokenHash: String) {
        TokenHash => token_hash: String,
        Kind => kind: InvitationKind,
        AccountId => account_id: AccountId,
        ForCity => for_city: CityId,
        ForCenter => for_center: Option<CenterId>,
        CreatedBy => created_by: Option<AccountId>,
        CreatedAt => created_at: DateTimeUtc,
        ExpiresAt => expires_at: DateTimeUtc,
        UsedAt => used_at: Option<DateTimeUtc>,
    }
}

impl Platform for Entity {}
