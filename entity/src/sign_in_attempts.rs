//! Tries at one thing (an account, an account from one address, a known browser), by a keyed hash of its name.

use chrono::NaiveDate;
use sea_orm::entity::prelude::DateTimeUtc;

use crate::{ownership::Platform, table};

table! {
    /// Tries at one thing (an account, an account from one address, a known browser), by a keyed hash of its name.
    "sign_in_attempts", key(Key: String) {
        Key => key: String,
        Failures => failures: i32,
        LockedUntil => locked_until: Option<DateTimeUtc>,
        Day => day: NaiveDate,
        Tries => tries: i32,
        UpdatedAt => updated_at: DateTimeUtc,
    }
}

impl Platform for Entity {}
