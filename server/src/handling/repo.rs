//! Cases at windows and their logs, as they are stored.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::{
    PostId, ServiceCaseId,
    handling::{POST_KIND, ServiceCaseQueue, ServiceCaseStatus},
};
use entity::{post, service_case, service_case_event};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, Order,
    sea_query::{Expr, ExprTrait, Func, LikeExpr},
};

use crate::{
    db::{ReadTx, WriteTx},
    error::Result,
    posts::repo::one,
};

/// Cases whose details are removed at once.
const AT_ONCE: u64 = 500;

/// What a list is narrowed by.
#[derive(Clone, Debug)]
pub struct Filter {
    /// Which cases.
    pub queue: ServiceCaseQueue,
    /// One status.
    pub status: Option<ServiceCaseStatus>,
    /// A part of the number, as typed.
    pub search: Option<String>,
    /// Of which windows; none for all.
    pub at: Option<BTreeSet<PostId>>,
}

/// What the promised day and the day for filing are measured by: cases as they stand on a day.
#[derive(Clone, Copy, Debug)]
pub struct Today(pub NaiveDate);

impl Today {
    /// The result is not at the window, and the promised day is over.
    fn late(self) -> Condition {
        use service_case::Column as C;
        Condition::all().add(C::Status.is_in(ServiceCaseStatus::PROMISED)).add(C::DueOn.lt(self.0))
    }

    /// Fetched, and not filed in time.
    fn unfiled(self) -> Condition {
        use service_case::Column as C;
        Condition::all().add(C::Status.eq(ServiceCaseStatus::Collected)).add(C::ArchiveDueOn.lt(self.0))
    }

    fn queue(self, queue: ServiceCaseQueue) -> Condition {
        use service_case::Column as C;
        let all = Condition::all();
        match queue {
            ServiceCaseQueue::Open => all.add(C::Status.is_not_in(ServiceCaseStatus::OVER)),
            ServiceCaseQueue::Late => all.add(self.late()),
            ServiceCaseQueue::Archive => all.add(C::Status.eq(ServiceCaseStatus::Collected)),
            ServiceCaseQueue::Over => all.add(C::Status.is_in(ServiceCaseStatus::OVER)),
            ServiceCaseQueue::All => all,
        }
    }

    fn condition(self, filter: &Filter) -> Condition {
        use service_case::Column as C;
        self.queue(filter.queue)
            .add_option(filter.status.map(|status| C::Status.eq(status)))
            .add_option(filter.search.as_deref().map(numbered))
            .add_option(filter.at.as_ref().map(|posts| C::PostId.is_in(posts.iter().copied())))
    }
}

/// With `text` in its number, in capitals or not: one database tells them apart, the other does not.
fn numbered(text: &str) -> Expr {
    let plain = text.to_lowercase();
    let plain = plain.chars().flat_map(|c| if "%_\\".contains(c) { vec!['\\', c] } else { vec![c] });
    let pattern = format!("%{}%", plain.collect::<String>());
    Func::lower(Expr::col(service_case::Column::ExternalNo)).like(LikeExpr::new(pattern).escape('\\'))
}

/// Cases: what is late first, then what is not filed in time, then the oldest of those that go on and the newest of
/// those that are over.
pub async fn cases(tx: &ReadTx, filter: &Filter, today: Today, most: usize) -> Result<Vec<service_case::Model>> {
    use service_case::Column as C;
    let order = match filter.queue {
        ServiceCaseQueue::Over | ServiceCaseQueue::All => Order::Desc,
        ServiceCaseQueue::Open | ServiceCaseQueue::Late | ServiceCaseQueue::Archive => Order::Asc,
    };
    let rank: Expr = Expr::case(today.late(), 0).case(today.unfiled(), 1).finally(2).into();
    let found = tx.select::<service_case::Entity>()?.filter(today.condition(filter));
    let found = found.order_by(rank, Order::Asc).order_by(C::ReceivedAt, order);
    found.order_by(C::Id, Order::Asc).limit(u64::try_from(most).unwrap_or(u64::MAX)).all().await
}

/// How many there are.
pub async fn count(tx: &ReadTx, filter: &Filter, today: Today) -> Result<u64> {
    tx.select::<service_case::Entity>()?.filter(today.condition(filter)).count().await
}

/// How many were fetched and not filed in time.
pub async fn unfiled(tx: &ReadTx, filter: &Filter, today: Today) -> Result<u64> {
    let found = tx.select::<service_case::Entity>()?.filter(today.condition(filter));
    found.filter(today.unfiled()).count().await
}

/// One case.
pub async fn case(tx: &ReadTx, id: ServiceCaseId) -> Result<service_case::Model> {
    one::<service_case::Entity>(tx, service_case::Column::Id.eq(id)).await
}

/// Its log, oldest first.
pub async fn events(tx: &ReadTx, case: ServiceCaseId) -> Result<Vec<service_case_event::Model>> {
    use service_case_event::Column as C;
    let found = tx.select::<service_case_event::Entity>()?.filter(C::CaseId.eq(case));
    found.order_by(C::At, Order::Asc).order_by(C::Id, Order::Asc).all().await
}

/// The handling posts, windows and back offices.
pub async fn handling_posts(tx: &ReadTx) -> Result<Vec<post::Model>> {
    tx.select::<post::Entity>()?.filter(post::Column::Kind.eq(POST_KIND)).all().await
}

/// Which cases keep what is no longer needed on `today`.
pub async fn kept_too_long(tx: &ReadTx, today: NaiveDate) -> Result<Vec<ServiceCaseId>> {
    let over = tx.select::<service_case::Entity>()?.filter(service_case::Column::PurgeOn.lt(today)).limit(AT_ONCE);
    Ok(over.all().await?.into_iter().map(|row| row.id).collect())
}

/// Removes of cases who it was and what was said. Why one was refused stays: that it was told is to be shown (6.5.4).
pub async fn purge(tx: &mut WriteTx, ids: &[ServiceCaseId]) -> Result<u64> {
    let nobody = service_case::ActiveModel { recipient_enc: Set(None), purge_on: Set(None), ..Default::default() };
    let gone = tx.update_where(service_case::Column::Id.is_in(ids.iter().copied()), nobody).await?;
    let silent = service_case_event::ActiveModel { body_enc: Set(None), ..Default::default() };
    tx.update_where(service_case_event::Column::CaseId.is_in(ids.iter().copied()), silent).await?;
    Ok(gone)
}
