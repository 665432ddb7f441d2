//! Taking a rating: the one change that leaves no record in the audit.
//!
//! A record would say when, and in which request; together with the order of the rows it would say who. That the token
//! was used and the sealed row stand in one transaction, and nothing else does.

use entity::{sealed_rating, spent_token};
use sea_orm::{ActiveValue::Set, EntityTrait};

use super::{
    Db,
    settings::{self, Mode, Settings},
};
use crate::{
    auth::scope::Granted,
    error::{Error, Result},
};

impl Db {
    /// Uses a token up and keeps what was given for it.
    ///
    /// # Errors
    /// [`Conflict::Taken`](crate::error::Conflict::Taken) when the token was used before: nothing is kept then.
    pub(crate) async fn cast(&self, granted: &Granted, mark: String, sealed: sealed_rating::ActiveModel) -> Result<()> {
        let _turn = self.turn().await;
        let scope = granted.scope();
        let center = scope.center()?;
        let tx = settings::begin(&self.conn, Mode::Write, &Settings::of(scope)).await?;
        let spent = spent_token::ActiveModel { center_id: Set(center), mark: Set(mark) };
        spent_token::Entity::insert(spent).exec_without_returning(&tx).await?;
        let sealed = sealed_rating::ActiveModel { center_id: Set(center), ..sealed };
        // A taken id would be a fault of ours, no answer to whoever rates.
        let kept = sealed_rating::Entity::insert(sealed).exec_without_returning(&tx).await;
        kept.map_err(|error| Error::Internal(error.into()))?;
        Ok(tx.commit().await?)
    }
}
