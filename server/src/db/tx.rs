//! Transactions bound to a scope (wall 1).
//!
//! Both keep their connection in a private field and do not deref to it: an `Entity::find()`
//! written elsewhere has nothing to run on.

use std::ops::Deref;

use chrono::{DateTime, Utc};
use domain::audit::{AuditOutcome, Record};
use entity::ownership::{Amendable, CenterOwned, CityOwned, CityVersioned, Removable, Reported, Shared, Versioned};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, DatabaseTransaction, EntityTrait, IdenStatic, IntoActiveModel, Iterable,
    PrimaryKeyToColumn, QueryFilter, SqlErr,
    sea_query::{Expr, IntoCondition, OnConflict},
};
use tokio::sync::OwnedMutexGuard;
use uuid::Uuid;

use super::{
    AuditEvent, ScopedSelect,
    chain::{self, Queues},
    wall::Filter,
};
use crate::{
    auth::scope::{Reach, Scope},
    error::{Conflict, Error, Kind, Result},
};

/// Both databases take fewer than 32,766 values in one statement.
const VALUES: usize = 30_000;

/// The row that a change of it is about.
type ModelOf<A> = <<A as ActiveModelTrait>::Entity as EntityTrait>::Model;

/// One snapshot of what a scope may see.
pub struct ReadTx {
    tx: DatabaseTransaction,
    scope: Scope,
    filter: Filter,
}

impl ReadTx {
    pub(super) const fn new(tx: DatabaseTransaction, scope: Scope, filter: Filter) -> Self {
        Self { tx, scope, filter }
    }

    /// The connection, for the reports of this module.
    pub(super) const fn conn(&self) -> &DatabaseTransaction {
        &self.tx
    }

    /// Wall 1, for the same.
    pub(super) const fn wall(&self) -> Filter {
        self.filter
    }

    /// The scope it is bound to.
    #[must_use]
    pub const fn scope(&self) -> &Scope {
        &self.scope
    }

    /// The rows of the center in scope; inside a case put before the city, those of the case; for an evaluator, those of
    /// their round.
    ///
    /// # Errors
    /// [`Error::OutOfReach`] in a city office; inside a case or a round, for a table that is not about cases or rounds.
    pub fn select<E: CenterOwned>(&self) -> Result<ScopedSelect<'_, E>> {
        Ok(ScopedSelect::new(&self.tx, E::find().filter(self.reached::<E>()?)))
    }

    /// Which rows of a center's table are in reach.
    fn reached<E: CenterOwned>(&self) -> Result<Condition> {
        let own = |center| self.filter.only(E::CENTER.eq(center));
        match self.scope.reach() {
            Reach::Referred(center, case) => Ok(own(center).add(E::CASE.ok_or(Error::OutOfReach)?.eq(case.id()))),
            Reach::Assigned(campaign, center) => match (E::CAMPAIGN, E::KEEPER, self.scope.account()) {
                (Some(round), ..) => Ok(own(center).add(round.eq(campaign))),
                (None, Some(keeper), Some(account)) => Ok(own(center).add(keeper.eq(account))),
                _ => Err(Error::OutOfReach),
            },
            _ => Ok(own(self.scope.center()?)),
        }
    }

    /// The rows of the city, also for its centers.
    pub fn city<E: CityOwned>(&self) -> ScopedSelect<'_, E> {
        ScopedSelect::new(&self.tx, E::find().filter(self.filter.only(E::CITY.eq(self.scope.city()))))
    }

    /// Rows that belong to everybody.
    pub fn shared<E: Shared>(&self) -> ScopedSelect<'_, E> {
        ScopedSelect::new(&self.tx, E::find())
    }

    /// What the centers of the city report: the one read across centers.
    ///
    /// # Errors
    /// [`Error::OutOfReach`] outside of a city office.
    pub fn reported<E: Reported>(&self) -> Result<ScopedSelect<'_, E>> {
        let city = self.city_office()?;
        Ok(ScopedSelect::new(&self.tx, E::find().filter(self.filter.only(<E as Reported>::CITY.eq(city)))))
    }

    pub(super) fn city_office(&self) -> Result<domain::CityId> {
        match self.scope.reach() {
            Reach::City => Ok(self.scope.city()),
            Reach::Center(..) | Reach::Assigned(..) | Reach::Appointing(_) | Reach::Referred(..) | Reach::Public(_) => {
                Err(Error::OutOfReach)
            }
        }
    }
}

impl std::fmt::Debug for ReadTx {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ReadTx").field("scope", &self.scope).finish_non_exhaustive()
    }
}

/// The one transaction of a change: it also reads, and ends with exactly one audit event.
#[must_use = "dropped without a commit, the change is rolled back"]
pub struct WriteTx {
    // The transaction before the turn: on drop it has to end first.
    read: ReadTx,
    now: DateTime<Utc>,
    audit_id: Uuid,
    // What is on record before the last event.
    earlier: Vec<Record>,
    queues: Queues,
    _turn: Option<OwnedMutexGuard<()>>,
}

impl std::fmt::Debug for WriteTx {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WriteTx").field("read", &self.read).finish_non_exhaustive()
    }
}

impl Deref for WriteTx {
    type Target = ReadTx;

    fn deref(&self) -> &ReadTx {
        &self.read
    }
}

impl WriteTx {
    pub(super) const fn new(
        read: ReadTx,
        now: DateTime<Utc>,
        audit_id: Uuid,
        queues: Queues,
        turn: Option<OwnedMutexGuard<()>>,
    ) -> Self {
        Self { read, now, audit_id, earlier: Vec::new(), queues, _turn: turn }
    }

    /// When it began: the time of what it writes.
    #[must_use]
    pub const fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// Adds a row to the center in scope, whichever center it names; inside a case, to that case.
    ///
    /// # Errors
    /// [`Error::OutOfReach`] in a city office; [`Conflict::Taken`] for a unique value.
    pub async fn insert<A>(&mut self, row: A) -> Result<ModelOf<A>>
    where
        A: ActiveModelTrait + Send,
        A::Entity: CenterOwned + EntityTrait<ActiveModel = A>,
        ModelOf<A>: IntoActiveModel<A>,
    {
        let row = self.owned(row)?;
        Ok(A::Entity::insert(row).exec_with_returning(&self.read.tx).await?)
    }

    /// Adds rows as [`insert`](Self::insert) does, in few statements.
    ///
    /// # Errors
    /// As [`insert`](Self::insert).
    pub async fn insert_many<A>(&mut self, rows: Vec<A>) -> Result<()>
    where
        A: ActiveModelTrait + Send,
        A::Entity: CenterOwned + EntityTrait<ActiveModel = A>,
    {
        let rows = rows.into_iter().map(|row| self.owned(row)).collect::<Result<Vec<_>>>()?;
        for chunk in chunks::<A>(rows) {
            A::Entity::insert_many(chunk).exec_without_returning(&self.read.tx).await?;
        }
        Ok(())
    }

    /// Changes the row that `row` names by its key, if nobody changed it since `seen`.
    ///
    /// # Errors
    /// [`Conflict::Newer`] when somebody did, [`Error::NotFound`] when the center has no such row.
    pub async fn update<A>(&mut self, mut row: A, seen: i32) -> Result<ModelOf<A>>
    where
        A: ActiveModelTrait + Send,
        A::Entity: Versioned + EntityTrait<ActiveModel = A>,
    {
        let key = self.take_key(&mut row)?;
        match self.replace(row, <A::Entity as Versioned>::VERSION, &key, seen).await? {
            Some(row) => Ok(row),
            None => Err(lost(self.select::<A::Entity>()?.filter(key), <A::Entity as Versioned>::VERSION).await?),
        }
    }

    /// Changes the row that `row` names by its key; the last writer wins.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the center has no such row.
    pub async fn update_plain<A>(&mut self, mut row: A) -> Result<ModelOf<A>>
    where
        A: ActiveModelTrait + Send,
        A::Entity: Amendable + EntityTrait<ActiveModel = A>,
    {
        let key = self.take_key(&mut row)?;
        let updated = A::Entity::update_many().set(row).filter(key).exec_with_returning(&self.read.tx).await?;
        updated.into_iter().next().ok_or(Error::NotFound(Kind::Row))
    }

    /// Sets what `change` sets in every row of the center for which `condition` holds, and
    /// returns how many they were.
    ///
    /// # Errors
    /// [`Error::OutOfReach`] in a city office.
    pub async fn update_where<A>(&mut self, condition: impl IntoCondition, mut change: A) -> Result<u64>
    where
        A: ActiveModelTrait + Send,
        A::Entity: Amendable + EntityTrait<ActiveModel = A>,
    {
        let reached = self.reached::<A::Entity>()?;
        for column in key_columns::<A::Entity>() {
            change.not_set(column);
        }
        let updated = A::Entity::update_many()
            .set(change)
            .filter(reached)
            .filter(condition.into_condition())
            .exec(&self.read.tx)
            .await?;
        Ok(updated.rows_affected)
    }

    /// Removes the rows of the center for which `condition` holds, and returns how many they were; none when something
    /// refers to one of them, and the transaction is over then.
    ///
    /// # Errors
    /// [`Error::OutOfReach`] in a city office.
    pub async fn remove_where<E: Removable>(&mut self, condition: impl IntoCondition) -> Result<Option<u64>> {
        let which = self.reached::<E>()?;
        let removed = E::delete_many().filter(which).filter(condition.into_condition()).exec(&self.read.tx).await;
        match removed {
            Ok(removed) => Ok(Some(removed.rows_affected)),
            Err(error) if matches!(error.sql_err(), Some(SqlErr::ForeignKeyConstraintViolation(_))) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Writes figures of the center in scope, over those of the same name.
    ///
    /// # Errors
    /// [`Error::OutOfReach`] in a city office.
    pub async fn upsert_metrics<A>(&mut self, rows: Vec<A>) -> Result<()>
    where
        A: ActiveModelTrait + Send,
        A::Entity: Reported + EntityTrait<ActiveModel = A>,
    {
        let city = self.scope().city();
        let mut owned = Vec::with_capacity(rows.len());
        for row in rows {
            let mut row = self.owned(row)?;
            row.try_set(<A::Entity as Reported>::CITY, city.into())?;
            owned.push(row);
        }
        self.upsert(owned).await
    }

    /// Adds a row to the city in scope, whichever city it names.
    ///
    /// # Errors
    /// [`Error::OutOfReach`] outside of a city office; [`Conflict::Taken`] for a unique value.
    pub async fn city_insert<A>(&mut self, row: A) -> Result<ModelOf<A>>
    where
        A: ActiveModelTrait + Send,
        A::Entity: CityOwned + EntityTrait<ActiveModel = A>,
        ModelOf<A>: IntoActiveModel<A>,
    {
        let row = self.city_row(row)?;
        Ok(A::Entity::insert(row).exec_with_returning(&self.read.tx).await?)
    }

    /// Adds rows as [`city_insert`](Self::city_insert) does, in few statements.
    ///
    /// # Errors
    /// As [`city_insert`](Self::city_insert).
    pub async fn city_insert_many<A>(&mut self, rows: Vec<A>) -> Result<()>
    where
        A: ActiveModelTrait + Send,
        A::Entity: CityOwned + EntityTrait<ActiveModel = A>,
    {
        let rows = rows.into_iter().map(|row| self.city_row(row)).collect::<Result<Vec<_>>>()?;
        for chunk in chunks::<A>(rows) {
            A::Entity::insert_many(chunk).exec_without_returning(&self.read.tx).await?;
        }
        Ok(())
    }

    /// Writes rows of the city in scope, over those of the same key.
    ///
    /// # Errors
    /// [`Error::OutOfReach`] outside of a city office.
    pub async fn city_upsert<A>(&mut self, rows: Vec<A>) -> Result<()>
    where
        A: ActiveModelTrait + Send,
        A::Entity: CityOwned + EntityTrait<ActiveModel = A>,
    {
        let rows = rows.into_iter().map(|row| self.city_row(row)).collect::<Result<Vec<_>>>()?;
        self.upsert(rows).await
    }

    /// Changes the row of the city in scope that `row` names by its key, if nobody changed it since `seen`.
    ///
    /// # Errors
    /// [`Error::OutOfReach`] outside of a city office; [`Conflict::Newer`] when somebody did, [`Error::NotFound`] when the
    /// city has no such row.
    pub async fn city_update<A>(&mut self, mut row: A, seen: i32) -> Result<ModelOf<A>>
    where
        A: ActiveModelTrait + Send,
        A::Entity: CityVersioned + EntityTrait<ActiveModel = A>,
    {
        let owner = <A::Entity as CityOwned>::CITY;
        let own = Condition::all().add(owner.eq(self.read.city_office()?));
        let key = narrowed(own, &mut row, owner)?;
        match self.replace(row, <A::Entity as CityVersioned>::VERSION, &key, seen).await? {
            Some(row) => Ok(row),
            None => Err(lost(self.city::<A::Entity>().filter(key), <A::Entity as CityVersioned>::VERSION).await?),
        }
    }

    /// Removes the rows of the city in scope that `which` names.
    ///
    /// # Errors
    /// [`Error::OutOfReach`] outside of a city office.
    pub async fn city_delete<E: CityOwned>(&mut self, which: Condition) -> Result<()> {
        let own = E::CITY.eq(self.read.city_office()?);
        E::delete_many().filter(own).filter(which).exec(&self.read.tx).await?;
        Ok(())
    }

    /// Puts on record, before the event with which this ends, another one by an id of its own: for what is done many times
    /// at once.
    pub fn record(&mut self, id: Uuid, event: AuditEvent) {
        let record = chain::record(self.scope(), id, event, AuditOutcome::Done, self.now);
        self.earlier.push(record);
    }

    /// Writes the audit event and makes the change last. The event is written last of all: from then on, whoever
    /// changes something of the same owner waits.
    ///
    /// # Errors
    /// [`Error::Internal`] from the database; nothing was changed then (L-6).
    pub async fn commit(self, audit: AuditEvent) -> Result<()> {
        let owner = self.scope().owner();
        let record = chain::record(self.scope(), self.audit_id, audit, AuditOutcome::Done, self.now);
        let _turn = self.queues.turn(owner).await;
        for record in self.earlier.into_iter().chain([record]) {
            chain::append(&self.read.tx, owner, record).await?;
        }
        self.read.tx.commit().await?;
        Ok(())
    }

    fn owned<A>(&self, mut row: A) -> Result<A>
    where
        A: ActiveModelTrait,
        A::Entity: CenterOwned,
    {
        let center = <A::Entity as CenterOwned>::CENTER;
        if let Reach::Referred(inside, case) = self.scope().reach() {
            row.try_set(<A::Entity as CenterOwned>::CASE.ok_or(Error::OutOfReach)?, case.id().into())?;
            row.try_set(center, inside.into())?;
        } else {
            if let Reach::Assigned(campaign, _) = self.scope().reach() {
                match (<A::Entity as CenterOwned>::CAMPAIGN, <A::Entity as CenterOwned>::KEEPER, self.scope().account())
                {
                    (Some(round), ..) => row.try_set(round, campaign.into())?,
                    (None, Some(keeper), Some(account)) => row.try_set(keeper, account.into())?,
                    _ => return Err(Error::OutOfReach),
                }
            }
            row.try_set(center, self.scope().center()?.into())?;
        }
        Ok(row)
    }

    fn city_row<A>(&self, mut row: A) -> Result<A>
    where
        A: ActiveModelTrait,
        A::Entity: CityOwned,
    {
        row.try_set(<A::Entity as CityOwned>::CITY, self.read.city_office()?.into())?;
        Ok(row)
    }

    /// The condition for exactly the row that `row` names, in the center in scope; see [`narrowed`].
    fn take_key<A>(&self, row: &mut A) -> Result<Condition>
    where
        A: ActiveModelTrait,
        A::Entity: CenterOwned,
    {
        narrowed(self.reached::<A::Entity>()?, row, <A::Entity as CenterOwned>::CENTER)
    }

    /// The row at `key` after the change, if it was still of the version `seen`.
    async fn replace<A>(
        &self,
        mut row: A,
        version: <A::Entity as EntityTrait>::Column,
        key: &Condition,
        seen: i32,
    ) -> Result<Option<ModelOf<A>>>
    where
        A: ActiveModelTrait + Send,
        A::Entity: EntityTrait<ActiveModel = A>,
    {
        row.not_set(version);
        let updated = A::Entity::update_many()
            .set(row)
            .col_expr(version, Expr::val(seen + 1))
            .filter(key.clone())
            .filter(version.eq(seen))
            .exec_with_returning(&self.read.tx)
            .await?;
        Ok(updated.into_iter().next())
    }

    async fn upsert<A>(&self, rows: Vec<A>) -> Result<()>
    where
        A: ActiveModelTrait + Send,
        A::Entity: EntityTrait<ActiveModel = A>,
    {
        let keys: Vec<_> = key_columns::<A::Entity>().collect();
        let is_key =
            |column: &<A::Entity as EntityTrait>::Column| keys.iter().any(|key| key.as_str() == column.as_str());
        let rest = <A::Entity as EntityTrait>::Column::iter().filter(|column| !is_key(column));
        let conflict = OnConflict::columns(keys.iter().copied()).update_columns(rest).to_owned();
        for chunk in chunks::<A>(rows) {
            A::Entity::insert_many(chunk).on_conflict(conflict.clone()).exec_without_returning(&self.read.tx).await?;
        }
        Ok(())
    }
}

/// Why the one row of `found` did not change: its version is another one by now, or it is not there.
async fn lost<E: EntityTrait>(found: ScopedSelect<'_, E>, version: E::Column) -> Result<Error> {
    let now = found.number(version).await?;
    Ok(now.map_or(Error::NotFound(Kind::Row), |now| Error::Conflict(Conflict::Newer(now))))
}

/// `owned`, the rows of the owner, narrowed to the one that `row` names; the key is taken out of `row`, so that no change
/// moves a row to another key.
fn narrowed<A: ActiveModelTrait>(
    owned: Condition,
    row: &mut A,
    owner: <A::Entity as EntityTrait>::Column,
) -> Result<Condition> {
    let mut key = owned;
    for column in key_columns::<A::Entity>() {
        let value = row.take(column).into_value();
        if column.as_str() != owner.as_str() {
            let value = value.ok_or_else(|| anyhow::anyhow!("a change without {}", column.as_str()))?;
            key = key.add(column.eq(value));
        }
    }
    Ok(key)
}

pub(super) fn key_columns<E: EntityTrait>() -> impl Iterator<Item = E::Column> {
    E::PrimaryKey::iter().map(PrimaryKeyToColumn::into_column)
}

fn chunks<A: ActiveModelTrait>(rows: Vec<A>) -> impl Iterator<Item = Vec<A>> {
    let columns = <A::Entity as EntityTrait>::Column::iter().count().max(1);
    let mut rows = rows.into_iter();
    std::iter::from_fn(move || {
        let chunk: Vec<_> = rows.by_ref().take(VALUES / columns).collect();
        (!chunk.is_empty()).then_some(chunk)
    })
}
