//! Queries that already know whose rows they may return.

use sea_orm::{
    DatabaseTransaction, EntityTrait, IntoSimpleExpr, Order, PartialModelTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select,
    sea_query::{Asterisk, Expr, ExprTrait, IntoCondition},
};

use crate::error::Result;

/// A query bound to its owner. A filter narrows it and cannot widen it: each is joined by AND.
#[must_use = "a query does nothing until it is run"]
pub struct ScopedSelect<'a, E: EntityTrait> {
    tx: &'a DatabaseTransaction,
    select: Select<E>,
}

impl<'a, E: EntityTrait> ScopedSelect<'a, E> {
    pub(super) fn new(tx: &'a DatabaseTransaction, select: Select<E>) -> Self {
        Self { tx, select }
    }

    /// Only rows for which `condition` holds.
    pub fn filter(mut self, condition: impl IntoCondition) -> Self {
        self.select = self.select.filter(condition.into_condition());
        self
    }

    /// Orders by one more expression.
    pub fn order_by(mut self, by: impl IntoSimpleExpr, order: Order) -> Self {
        self.select = self.select.order_by(by, order);
        self
    }

    /// At most so many rows.
    pub fn limit(mut self, rows: u64) -> Self {
        self.select = self.select.limit(rows);
        self
    }

    /// The first row, if any.
    ///
    /// # Errors
    /// [`Error::Internal`](crate::error::Error::Internal) from the database, as below.
    pub async fn one(self) -> Result<Option<E::Model>> {
        Ok(self.select.one(self.tx).await?)
    }

    /// Every row.
    ///
    /// # Errors
    /// As [`one`](Self::one).
    pub async fn all(self) -> Result<Vec<E::Model>> {
        Ok(self.select.all(self.tx).await?)
    }

    /// Every row, with the columns of `P` only.
    ///
    /// # Errors
    /// As [`one`](Self::one).
    pub async fn all_as<P: PartialModelTrait>(self) -> Result<Vec<P>> {
        Ok(self.select.into_partial_model::<P>().all(self.tx).await?)
    }

    /// A number in the first row, if there is one.
    ///
    /// # Errors
    /// As [`one`](Self::one).
    pub(super) async fn number(self, column: E::Column) -> Result<Option<i32>> {
        Ok(self.select.select_only().column(column).into_tuple().one(self.tx).await?)
    }

    /// How many rows there are; a limit and an order make no difference.
    ///
    /// # Errors
    /// As [`one`](Self::one).
    pub async fn count(self) -> Result<u64> {
        let mut counted = self.select.select_only().expr(Expr::col(Asterisk).count());
        QueryTrait::query(&mut counted).clear_order_by().reset_limit();
        let count: Option<i64> = counted.into_tuple().one(self.tx).await?;
        Ok(count.and_then(|count| u64::try_from(count).ok()).unwrap_or(0))
    }
}
