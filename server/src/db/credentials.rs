//! What signing in needs besides the account: counted tries, known browsers, second factors and
//! one-time links. Part of [`Identity`]: nobody is known yet.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    AccountId, CenterId, CityId,
    identity::{DEVICE_LIFETIME, InvitationKind, attempts::Attempts},
};
use entity::{invitation, known_device, old_password, recovery_code, second_factor, sign_in_attempts};
use sea_orm::{
    ActiveValue::{Set, Unchanged},
    ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect,
    sea_query::{ExprTrait, OnConflict},
};

use super::{
    identity::Identity,
    settings::{self, Mode, Settings},
};
use crate::error::Result;

/// A one-time link that still works.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// What it is for.
    pub kind: InvitationKind,
    /// Whose it is.
    pub account: AccountId,
    /// The city, also of a center.
    pub city: CityId,
    /// The center; none for a city office.
    pub center: Option<CenterId>,
    /// By the hash of its token.
    pub token_hash: String,
}

impl Identity<'_> {
    /// Counts a try at each of `keys`, or at none when one of them is locked; then says until when.
    ///
    /// # Errors
    /// As [`ping`](Self::ping).
    pub async fn admit(&self, keys: &[String], now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>> {
        let _turn = self.db.turn().await;
        let tx = settings::begin(&self.db.lobby, Mode::Write, &Settings::default()).await?;
        let mut before = Vec::new();
        for key in keys {
            before.push(attempts(&tx, key, now).await?);
        }
        let counted: std::result::Result<Vec<_>, _> = before.iter().map(|attempts| attempts.admit(now)).collect();
        // What is refused is written as it was: a lock takes as long as a try.
        let (after, until) = counted.map_or_else(|until| (before, Some(until)), |after| (after, None));
        for (key, attempts) in keys.iter().zip(after) {
            write(&tx, key, attempts, now).await?;
        }
        tx.commit().await?;
        Ok(until)
    }

    /// Takes back the tries that were right.
    ///
    /// # Errors
    /// As [`ping`](Self::ping).
    pub async fn passed(&self, keys: &[String], now: DateTime<Utc>) -> Result<()> {
        let _turn = self.db.turn().await;
        let tx = settings::begin(&self.db.lobby, Mode::Write, &Settings::default()).await?;
        for key in keys {
            let next = attempts(&tx, key, now).await?.passed();
            write(&tx, key, next, now).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Whose browser this is, if it has signed in before and not too long ago.
    ///
    /// # Errors
    /// As [`ping`](Self::ping).
    pub async fn device_owner(&self, token_hash: &str, now: DateTime<Utc>) -> Result<Option<AccountId>> {
        let known = known_device::Entity::find()
            .filter(known_device::Column::TokenHash.eq(token_hash))
            .filter(known_device::Column::UsedAt.gt(now - DEVICE_LIFETIME));
        Ok(known.one(&self.db.lobby).await?.map(|row| row.account_id))
    }

    /// Remembers a browser that has signed in.
    ///
    /// # Errors
    /// As [`ping`](Self::ping).
    pub async fn remember_device(&self, token_hash: &str, account: AccountId, now: DateTime<Utc>) -> Result<()> {
        use known_device::Column as C;
        let row = known_device::ActiveModel {
            token_hash: Set(token_hash.to_owned()),
            account_id: Set(account),
            created_at: Set(now),
            used_at: Set(now),
        };
        let known = OnConflict::column(C::TokenHash).update_columns([C::AccountId, C::UsedAt]).to_owned();
        known_device::Entity::insert(row).on_conflict(known).exec_without_returning(&self.db.lobby).await?;
        Ok(())
    }

    /// The encrypted secret of somebody's authenticator.
    ///
    /// # Errors
    /// As [`ping`](Self::ping).
    pub async fn second_factor(&self, account: AccountId) -> Result<Option<String>> {
        let found = second_factor::Entity::find().filter(second_factor::Column::AccountId.eq(account));
        let found = found.one(&self.db.lobby).await?;
        Ok(found.map(|row| row.secret_enc))
    }

    /// Uses up a step of an authenticator; false when it, or a later one, was used before.
    ///
    /// # Errors
    /// As [`ping`](Self::ping).
    pub async fn use_step(&self, account: AccountId, step: i64) -> Result<bool> {
        use second_factor::Column as C;
        let change = second_factor::ActiveModel { last_step: Set(step), ..Default::default() };
        let which = C::AccountId.eq(account).and(C::LastStep.lt(step));
        let updated = second_factor::Entity::update_many().set(change).filter(which).exec(&self.db.lobby).await?;
        Ok(updated.rows_affected == 1)
    }

    /// Uses up a recovery code; false when it is not one of theirs or was used before.
    ///
    /// # Errors
    /// As [`ping`](Self::ping).
    pub async fn use_recovery_code(&self, account: AccountId, hash: &str, now: DateTime<Utc>) -> Result<bool> {
        use recovery_code::Column as C;
        let change = recovery_code::ActiveModel { used_at: Set(Some(now)), ..Default::default() };
        let which = C::AccountId.eq(account).and(C::CodeHash.eq(hash)).and(C::UsedAt.is_null());
        let updated = recovery_code::Entity::update_many().set(change).filter(which).exec(&self.db.lobby).await?;
        Ok(updated.rows_affected == 1)
    }

    /// How many recovery codes are left.
    ///
    /// # Errors
    /// As [`ping`](Self::ping).
    pub async fn recovery_codes_left(&self, account: AccountId) -> Result<u64> {
        use recovery_code::Column as C;
        let left = recovery_code::Entity::find().filter(C::AccountId.eq(account)).filter(C::UsedAt.is_null());
        Ok(left.count(&self.db.lobby).await?)
    }

    /// The hashes of the passwords that somebody had before the present one, as many as are remembered.
    ///
    /// # Errors
    /// As [`ping`](Self::ping).
    pub async fn old_passwords(&self, account: AccountId) -> Result<Vec<String>> {
        let theirs = old_password::Entity::find().filter(old_password::Column::AccountId.eq(account));
        Ok(theirs.all(&self.db.lobby).await?.into_iter().map(|row| row.password_hash).collect())
    }

    /// A one-time link that was neither used nor has expired.
    ///
    /// # Errors
    /// As [`ping`](Self::ping).
    pub async fn invitation(&self, token_hash: &str, now: DateTime<Utc>) -> Result<Option<Invitation>> {
        use invitation::Column as C;
        let open = invitation::Entity::find()
            .filter(C::TokenHash.eq(token_hash))
            .filter(C::UsedAt.is_null())
            .filter(C::ExpiresAt.gt(now));
        let found = open.one(&self.db.lobby).await?;
        Ok(found.map(|row| Invitation {
            kind: row.kind,
            account: row.account_id,
            city: row.for_city,
            center: row.for_center,
            token_hash: row.token_hash,
        }))
    }

    /// Forgets what is over: counts of two days ago, links and browsers of long ago.
    ///
    /// # Errors
    /// As [`ping`](Self::ping).
    pub async fn credentials_expire(&self, now: DateTime<Utc>) -> Result<()> {
        let conn = &self.db.lobby;
        let old = sign_in_attempts::Column::UpdatedAt.lt(now - TimeDelta::days(2));
        sign_in_attempts::Entity::delete_many().filter(old).exec(conn).await?;
        let old = invitation::Column::ExpiresAt.lt(now - TimeDelta::days(30));
        invitation::Entity::delete_many().filter(old).exec(conn).await?;
        let old = known_device::Column::UsedAt.lt(now - DEVICE_LIFETIME);
        known_device::Entity::delete_many().filter(old).exec(conn).await?;
        Ok(())
    }
}

/// The count under `key`, locked until the transaction ends.
async fn attempts(tx: &DatabaseTransaction, key: &str, now: DateTime<Utc>) -> Result<Attempts> {
    let none = sign_in_attempts::ActiveModel {
        key: Set(key.to_owned()),
        failures: Set(0),
        locked_until: Set(None),
        day: Set(domain::calendar::local_date(now)),
        tries: Set(0),
        updated_at: Set(now),
    };
    let known = OnConflict::column(sign_in_attempts::Column::Key).do_nothing().to_owned();
    sign_in_attempts::Entity::insert(none).on_conflict(known).exec_without_returning(tx).await?;
    let row = sign_in_attempts::Entity::find().filter(sign_in_attempts::Column::Key.eq(key));
    let Some(row) = row.lock_exclusive().one(tx).await? else { return Ok(Attempts::default()) };
    let count = |stored: i32| u32::try_from(stored).unwrap_or(0);
    Ok(Attempts {
        failures: count(row.failures),
        locked_until: row.locked_until,
        day: Some(row.day),
        tries: count(row.tries),
    })
}

async fn write(tx: &DatabaseTransaction, key: &str, attempts: Attempts, now: DateTime<Utc>) -> Result<()> {
    let count = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
    let row = sign_in_attempts::ActiveModel {
        key: Unchanged(key.to_owned()),
        failures: Set(count(attempts.failures)),
        locked_until: Set(attempts.locked_until),
        day: Set(attempts.day.unwrap_or_else(|| domain::calendar::local_date(now))),
        tries: Set(count(attempts.tries)),
        updated_at: Set(now),
    };
    sign_in_attempts::Entity::update(row).exec(tx).await?;
    Ok(())
}
