//! Sessions in the table, each under the hash of its id. Part of [`Identity`]: they are loaded
//! before anybody is known.

use chrono::{DateTime, Utc};
use entity::web_session;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, sea_query::OnConflict};

use super::identity::Identity;
use crate::error::Result;

impl Identity<'_> {
    /// Stores a new session by the hash of its id; false when the id is taken.
    ///
    /// # Errors
    /// As [`ping`](Self::ping).
    pub async fn session_create(&self, id_hash: &str, data: &str, expires_at: DateTime<Utc>) -> Result<bool> {
        let row = web_session::ActiveModel {
            id_hash: Set(id_hash.to_owned()),
            account_id: Set(None),
            data: Set(data.to_owned()),
            created_at: Set(self.db.clock.now()),
            expires_at: Set(expires_at),
        };
        let taken = OnConflict::column(web_session::Column::IdHash).do_nothing().to_owned();
        let inserted = web_session::Entity::insert(row).on_conflict(taken);
        Ok(inserted.exec_without_returning(&self.db.conn).await? == 1)
    }

    /// Changes a stored session. Never brings back one that was deleted meanwhile.
    ///
    /// # Errors
    /// As [`ping`](Self::ping).
    pub async fn session_save(&self, id_hash: &str, data: &str, expires_at: DateTime<Utc>) -> Result<()> {
        let change =
            web_session::ActiveModel { data: Set(data.to_owned()), expires_at: Set(expires_at), ..Default::default() };
        let which = web_session::Column::IdHash.eq(id_hash);
        web_session::Entity::update_many().set(change).filter(which).exec(&self.db.conn).await?;
        Ok(())
    }

    /// The data of a session that has not expired.
    ///
    /// # Errors
    /// As [`ping`](Self::ping).
    pub async fn session_load(&self, id_hash: &str, now: DateTime<Utc>) -> Result<Option<String>> {
        let found = web_session::Entity::find()
            .filter(web_session::Column::IdHash.eq(id_hash))
            .filter(web_session::Column::ExpiresAt.gt(now))
            .one(&self.db.conn)
            .await?;
        Ok(found.map(|row| row.data))
    }

    /// Ends a session.
    ///
    /// # Errors
    /// As [`ping`](Self::ping).
    pub async fn session_delete(&self, id_hash: &str) -> Result<()> {
        let which = web_session::Column::IdHash.eq(id_hash);
        web_session::Entity::delete_many().filter(which).exec(&self.db.conn).await?;
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
        let deleted = web_session::Entity::delete_many().filter(which).exec(&self.db.conn).await?;
        Ok(deleted.rows_affected)
    }
}
