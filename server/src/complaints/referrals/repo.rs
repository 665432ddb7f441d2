//! Rows of cases put before the city: the city's list, and the one row inside a case.

use domain::{CenterId, ReferralId, complaints::referral::ReferralStatus};
use entity::case_referral::{self, Column as C, Entity};
use sea_orm::{
    ColumnTrait, Condition, Order,
    sea_query::{Expr, ExprTrait},
};

use crate::{
    db::ReadTx,
    error::{Error, Kind, Result},
    graphql::page::Page,
};

/// What the city's list is narrowed by.
#[derive(Clone, Copy, Debug)]
pub struct Filter {
    /// Waiting or answered.
    pub status: ReferralStatus,
    /// One center.
    pub center: Option<CenterId>,
}

impl Filter {
    fn condition(self) -> Condition {
        Condition::all().add(C::Status.eq(self.status)).add_option(self.center.map(|center| C::CenterId.eq(center)))
    }
}

/// One page and one row more: of those waiting, the longest first; of those answered, the newest.
pub async fn list(tx: &ReadTx, filter: Filter, page: Page) -> Result<Vec<case_referral::Model>> {
    let mut select = tx.reported::<Entity>()?.filter(filter.condition());
    let newest_first = filter.status == ReferralStatus::Answered;
    if let Some(after) = page.after {
        let place = Expr::tuple([Expr::col(C::ReferredAt), Expr::col(C::Id)]);
        let after = Expr::tuple([after.at.into(), after.id.into()]);
        select = select.filter(if newest_first { place.lt(after) } else { place.gt(after) });
    }
    let order = if newest_first { Order::Desc } else { Order::Asc };
    select.order_by(C::ReferredAt, order.clone()).order_by(C::Id, order).limit(u64::from(page.first) + 1).all().await
}

/// How many the filter holds.
pub async fn count(tx: &ReadTx, filter: Filter) -> Result<u64> {
    tx.reported::<Entity>()?.filter(filter.condition()).count().await
}

/// One of the city's, if it has one by this id.
pub async fn find(tx: &ReadTx, id: ReferralId) -> Result<Option<case_referral::Model>> {
    tx.reported::<Entity>()?.filter(C::Id.eq(id)).one().await
}

/// The row of the case in scope.
pub async fn get(tx: &ReadTx, id: ReferralId) -> Result<case_referral::Model> {
    tx.select::<Entity>()?.filter(C::Id.eq(id)).one().await?.ok_or(Error::NotFound(Kind::Referral))
}
