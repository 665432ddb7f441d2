//! Changes of accounts that belong to a change in a center or a city office: an invitation makes
//! the account of who has none, taking it up sets the password. Part of [`WriteTx`], so that the
//! account, the membership and the audit event are written together or not at all.

use std::collections::{HashMap, HashSet};

use domain::{
    AccountId,
    identity::{InvitationKind, password::COMPAT_LAST},
};
use entity::{account, invitation, known_device, old_password, recovery_code, second_factor, web_session};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::ExprTrait,
};

use super::{ReadTx, WriteTx, credentials::Invitation};
use crate::error::{Error, Kind, Result};

impl ReadTx {
    /// The logins of `accounts`, who are members of the place in scope, and whether they have a
    /// second factor.
    ///
    /// # Errors
    /// [`Error::Internal`] from the database.
    pub async fn logins(&self, accounts: Vec<AccountId>) -> Result<HashMap<AccountId, (String, bool)>> {
        let of_factors = second_factor::Column::AccountId.is_in(accounts.iter().copied());
        let factors = second_factor::Entity::find().filter(of_factors).all(self.conn()).await?;
        let factors: HashSet<_> = factors.into_iter().map(|row| row.account_id).collect();
        let rows = account::Entity::find().filter(account::Column::Id.is_in(accounts)).all(self.conn()).await?;
        Ok(rows.into_iter().map(|row| (row.id, (row.login, factors.contains(&row.id)))).collect())
    }
}

impl WriteTx {
    /// The account of `login`: the one there is, or a new one without a password.
    ///
    /// # Errors
    /// [`Error::Internal`] from the database, as in every function here.
    pub async fn account_of(&mut self, login: &str, display_name: &str, new: AccountId) -> Result<AccountId> {
        let known = account::Entity::find().filter(account::Column::Login.eq(login)).one(self.conn()).await?;
        if let Some(row) = known {
            return Ok(row.id);
        }
        let row = account::ActiveModel {
            id: Set(new),
            login: Set(login.to_owned()),
            display_name: Set(display_name.to_owned()),
            // No password has this hash.
            password_hash: Set(String::new()),
            status: Set("active".to_owned()),
            password_set_at: Set(None),
            created_at: Set(self.now()),
        };
        account::Entity::insert(row).exec_without_returning(self.conn()).await?;
        Ok(new)
    }

    /// Sets a password, remembers the one before, and ends every session and link that stood on it.
    ///
    /// # Errors
    /// [`Error::NotFound`] for an unknown account.
    pub async fn set_password(&mut self, id: AccountId, hash: String) -> Result<()> {
        self.remember_password(id).await?;
        let change = account::ActiveModel {
            password_hash: Set(hash),
            password_set_at: Set(Some(self.now())),
            ..Default::default()
        };
        let which = account::Column::Id.eq(id);
        let updated = account::Entity::update_many().set(change).filter(which).exec(self.conn()).await?;
        if updated.rows_affected != 1 {
            return Err(Error::NotFound(Kind::Account));
        }
        self.revoke_links(id, InvitationKind::PasswordReset, Condition::all()).await?;
        self.end_sessions(id).await
    }

    /// Keeps the present password among the latest ones, and forgets what is older.
    async fn remember_password(&self, id: AccountId) -> Result<()> {
        use old_password::Column as C;
        let present = account::Entity::find().filter(account::Column::Id.eq(id)).one(self.conn()).await?;
        let Some(present) = present.filter(|row| !row.password_hash.is_empty()) else { return Ok(()) };
        let row = old_password::ActiveModel {
            password_hash: Set(present.password_hash),
            account_id: Set(id),
            replaced_at: Set(self.now()),
        };
        old_password::Entity::insert(row).exec_without_returning(self.conn()).await?;
        // With the new one there are as many as are asked for.
        let latest = old_password::Entity::find().filter(C::AccountId.eq(id)).order_by_desc(C::ReplacedAt);
        let latest = latest.limit(COMPAT_LAST - 1).all(self.conn()).await?;
        let kept = C::PasswordHash.is_not_in(latest.into_iter().map(|row| row.password_hash));
        old_password::Entity::delete_many().filter(C::AccountId.eq(id).and(kept)).exec(self.conn()).await?;
        Ok(())
    }

    /// Makes a one-time link, in place of an older one of the same kind to the same place. Another center's offer to the
    /// same person is not ours to take back.
    ///
    /// # Errors
    /// As [`account_of`](Self::account_of).
    pub async fn add_invitation(&mut self, link: Invitation) -> Result<()> {
        use invitation::Column as C;
        let center = link.center.map_or_else(|| C::ForCenter.is_null(), |center| C::ForCenter.eq(center));
        let here = Condition::all().add(C::ForCity.eq(link.city)).add(center);
        self.revoke_links(link.account, link.kind, here).await?;
        let row = invitation::ActiveModel {
            token_hash: Set(link.token_hash),
            kind: Set(link.kind),
            account_id: Set(link.account),
            for_city: Set(link.city),
            for_center: Set(link.center),
            created_by: Set(self.scope().account()),
            created_at: Set(self.now()),
            expires_at: Set(self.now() + link.kind.lifetime()),
            used_at: Set(None),
        };
        invitation::Entity::insert(row).exec_without_returning(self.conn()).await?;
        Ok(())
    }

    /// Uses up a one-time link; false when somebody was faster.
    ///
    /// # Errors
    /// As [`account_of`](Self::account_of).
    pub async fn use_invitation(&mut self, token_hash: &str) -> Result<bool> {
        use invitation::Column as C;
        let change = invitation::ActiveModel { used_at: Set(Some(self.now())), ..Default::default() };
        let which = C::TokenHash.eq(token_hash).and(C::UsedAt.is_null());
        let updated = invitation::Entity::update_many().set(change).filter(which).exec(self.conn()).await?;
        Ok(updated.rows_affected == 1)
    }

    /// Ends every session of somebody.
    ///
    /// # Errors
    /// As [`account_of`](Self::account_of).
    pub async fn end_sessions(&mut self, id: AccountId) -> Result<()> {
        let theirs = web_session::Column::AccountId.eq(id);
        web_session::Entity::delete_many().filter(theirs).exec(self.conn()).await?;
        Ok(())
    }

    /// Replaces somebody's authenticator by one that they have shown a code of, and their
    /// recovery codes by new ones.
    ///
    /// # Errors
    /// As [`account_of`](Self::account_of).
    pub async fn set_second_factor(
        &mut self,
        id: AccountId,
        secret_enc: String,
        step: i64,
        code_hashes: Vec<String>,
    ) -> Result<()> {
        self.remove_second_factor(id).await?;
        let row = second_factor::ActiveModel {
            account_id: Set(id),
            secret_enc: Set(secret_enc),
            since: Set(self.now()),
            last_step: Set(step),
        };
        second_factor::Entity::insert(row).exec_without_returning(self.conn()).await?;
        self.add_recovery_codes(id, code_hashes).await
    }

    /// Removes somebody's authenticator, recovery codes and known browsers.
    ///
    /// # Errors
    /// As [`account_of`](Self::account_of).
    pub async fn remove_second_factor(&mut self, id: AccountId) -> Result<()> {
        let conn = self.conn();
        second_factor::Entity::delete_many().filter(second_factor::Column::AccountId.eq(id)).exec(conn).await?;
        recovery_code::Entity::delete_many().filter(recovery_code::Column::AccountId.eq(id)).exec(conn).await?;
        known_device::Entity::delete_many().filter(known_device::Column::AccountId.eq(id)).exec(conn).await?;
        Ok(())
    }

    async fn add_recovery_codes(&mut self, id: AccountId, hashes: Vec<String>) -> Result<()> {
        let rows = hashes.into_iter().map(|hash| recovery_code::ActiveModel {
            code_hash: Set(hash),
            account_id: Set(id),
            used_at: Set(None),
        });
        recovery_code::Entity::insert_many(rows).exec_without_returning(self.conn()).await?;
        Ok(())
    }

    async fn revoke_links(&mut self, id: AccountId, kind: InvitationKind, which: Condition) -> Result<()> {
        use invitation::Column as C;
        let open = C::AccountId.eq(id).and(C::Kind.eq(kind)).and(C::UsedAt.is_null());
        invitation::Entity::delete_many().filter(open).filter(which).exec(self.conn()).await?;
        Ok(())
    }
}
