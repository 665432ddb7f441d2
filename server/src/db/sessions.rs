//! Sessions in the table, each under the hash of its id. Part of [`Identity`]: they are loaded
//! before anybody is known.

use chrono::{DateTime, Utc};
use domain::AccountId;
use entity::web_session;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    sea_query::{ExprTrait, OnConflict},
};

use super::identity::Identity;
use crate::error::Result;

/// A session as the table keeps it.
#[derive(Clone, Debug)]
pub struct StoredSession {
    /// The hash of its id: a dump of the table opens none.
    pub id_hash: String,
    /// Whose it is.
    pub account: Option<AccountId>,
    /// Browser and system.
    pub browser: Option<String>,
    /// What it knows.
    pub data: String,
    /// When it ends.
    pub expires_at: DateTime<Utc>,
}

impl Identity<'_> {
    /// Stores a new session by the hash of its id; false when the id is taken.
    ///
    /// # Errors
    /// As [`ping`](Self::ping).
    pub async fn session_create(&self, session: &StoredSession) -> Result<bool> {
        let row = web_session::ActiveModel {
            id_hash: Set(session.id_hash.clone()),
            account_id: Set(session.account),
            data: Set(session.data.clone()),
            browser: Set(session.browser.clone()),
            created_at: Set(self.db.clock.now()),
            expires_at: Set(session.expires_at),
        };
        let taken = OnConflict::column(web_session::Column::IdHash).do_nothing().to_owned();
        let inserted = web_session::Entity::insert(row).on_conflict(taken);
        Ok(inserted.exec_without_returning(&self.db.lobby).await? == 1)
    }

    /// Changes a stored session. Never brings back one that was deleted meanwhile.
    ///
    /// # Errors
    /// As [`ping`](Self::ping).
    pub async fn session_save(&self, session: &StoredSession) -> Result<()> {
        let change = web_session::ActiveModel {
            account_id: Set(session.account),
            data: Set(session.data.clone()),
            browser: Set(session.browser.clone()),
            expires_at: Set(session.expires_at),
            ..Default::default()
        };
        let which = web_session::Column::IdHash.eq(&session.id_hash);
        web_session::Entity::update_many().set(change).filter(which).exec(&self.db.lobby).await?;
        Ok(())
    }

    /// The sessions of somebody, newest first.
    ///
    /// # Errors
    /// As [`ping`](Self::ping).
    pub async fn sessions_of(&self, account: AccountId, now: DateTime<Utc>) -> Result<Vec<web_session::Model>> {
        use web_session::Column as C;
        let theirs = web_session::Entity::find().filter(C::AccountId.eq(account)).filter(C::ExpiresAt.gt(now));
        Ok(theirs.order_by_desc(C::CreatedAt).order_by_asc(C::IdHash).all(&self.db.lobby).await?)
    }

    /// Ends a session of somebody by the hash of its id; false when they have none.
    ///
    /// # Errors
    /// As [`ping`](Self::ping).
    pub async fn session_end(&self, account: AccountId, id_hash: &str) -> Result<bool> {
        use web_session::Column as C;
        let theirs = C::AccountId.eq(account).and(C::IdHash.eq(id_hash));
        Ok(web_session::Entity::delete_many().filter(theirs).exec(&self.db.lobby).await?.rows_affected == 1)
    }

    /// The data of a session that has not expired.
    ///
    /// # Errors
    /// As [`ping`](Self::ping).
    pub async fn session_load(&self, id_hash: &str, now: DateTime<Utc>) -> Result<Option<String>> {
        let found = web_session::Entity::find()
            .filter(web_session::Column::IdHash.eq(id_hash))
            .filter(web_session::Column::ExpiresAt.gt(now))
            .one(&self.db.lobby)
            .await?;
        Ok(found.map(|row| row.data))
    }

    /// Ends a session.
    ///
    /// # Errors
    /// As [`ping`](Self::ping).
    pub async fn session_delete(&self, id_hash: &str) -> Result<()> {
        let which = web_session::Column::IdHash.eq(id_hash);
        web_session::Entity::delete_many().filter(which).exec(&self.db.lobby).await?;
        Ok(())
    }

    /// How many sessions have not expired.
    ///
    /// # Errors
    /// As [`ping`](Self::ping).
    pub async fn sessions_count(&self, now: DateTime<Utc>) -> Result<u64> {
        let live = web_session::Entity::find().filter(web_session::Column::ExpiresAt.gt(now));
        Ok(live.count(&self.db.conn).await?)
    }

    /// Deletes the sessions that have expired; returns how many.
    ///
    /// # Errors
    /// As [`ping`](Self::ping).
    pub async fn sessions_expire(&self, now: DateTime<Utc>) -> Result<u64> {
        let which = web_session::Column::ExpiresAt.lte(now);
        let deleted = web_session::Entity::delete_many().filter(which).exec(&self.db.lobby).await?;
        Ok(deleted.rows_affected)
    }
}
