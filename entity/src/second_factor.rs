//! A person's second factor: the encrypted secret of their authenticator, and the last step it was used in.

use domain::AccountId;
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{ownership::Platform, table};

table! {
    /// A person's second factor: the encrypted secret of their authenticator, and the last step it was used in.
    "second_factor", key(AccountId: Uuid) {
        AccountId => account_id: AccountId,
        SecretEnc => secret_enc: String,
        Since => since: DateTimeUtc,
        LastStep => last_step: i64,
    }
}

impl Platform for Entity {}
