//! Cases of bad ratings, whom they are about, their logs, appeals and exclusions, as they are stored.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    AccountId, BadRatingId, PostId, RatingAppealId, StaffId,
    bad_ratings::{
        BadRatingQueue, BadRatingStatus as Status,
        appeal::{RatingAppealGround, RatingAppealStatus},
    },
    evaluation::levels::FiveLevel,
};
use entity::{bad_rating, bad_rating_event, bad_rating_target, rating_appeal, rating_exclusion};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, Order};

use crate::{
    db::{ReadTx, ScopedSelect, WriteTx},
    error::{Error, Kind, Result},
    posts::repo::one,
};

/// Cases that one look of the clock takes on; the rest wait a minute.
const AT_ONCE: u64 = 500;

/// Which cases somebody sees.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The whole center's, or of these only.
    pub all: bool,
    /// Those in which they are rated.
    pub rated: BTreeSet<BadRatingId>,
    /// The posts that they lead.
    pub led: BTreeSet<PostId>,
}

impl Seen {
    fn condition(&self) -> Condition {
        use bad_rating::Column as C;
        let told = || C::Status.is_not_in(Status::UNTOLD);
        let rated = || self.rated.iter().copied();
        if self.all {
            return Condition::any().add(C::Id.is_not_in(rated())).add(told());
        }
        let theirs = Condition::any().add(C::Id.is_in(rated())).add(C::PostId.is_in(self.led.iter().copied()));
        Condition::all().add(told()).add(theirs)
    }
}

fn in_queue(queue: BadRatingQueue, now: DateTime<Utc>) -> Condition {
    use bad_rating::Column as C;
    let all = Condition::all();
    match queue {
        BadRatingQueue::Open => all.add(C::Status.ne(Status::Closed)),
        BadRatingQueue::Late => all.add(C::Status.ne(Status::Closed)).add(C::DueAt.lt(now)),
        BadRatingQueue::CallBack => all.add(C::Status.eq(Status::FedBack)).add(C::Named.eq(true)),
        BadRatingQueue::Appealed => all.add(C::Status.eq(Status::Appealed)),
        BadRatingQueue::Over => all.add(C::Status.eq(Status::Closed)),
    }
}

/// Cases of a queue: what is due first comes first, of those that are over the newest.
pub async fn cases(
    tx: &ReadTx,
    seen: &Seen,
    queue: BadRatingQueue,
    now: DateTime<Utc>,
    most: u64,
) -> Result<Vec<bad_rating::Model>> {
    use bad_rating::Column as C;
    let found = tx.select::<bad_rating::Entity>()?.filter(seen.condition()).filter(in_queue(queue, now));
    let found = match queue {
        BadRatingQueue::Over => found.order_by(C::ClosedAt, Order::Desc),
        // What owes nothing has no date; where that would come differs between the databases.
        _ => found.order_by(C::DueAt.is_null(), Order::Asc).order_by(C::DueAt, Order::Asc),
    };
    found.order_by(C::Id, Order::Asc).limit(most).all().await
}

/// How many there are.
pub async fn count(tx: &ReadTx, seen: &Seen, queue: BadRatingQueue, now: DateTime<Utc>) -> Result<u64> {
    tx.select::<bad_rating::Entity>()?.filter(seen.condition()).filter(in_queue(queue, now)).count().await
}

/// How many ratings since `since` opened a case, and how many of those do not count.
pub async fn totals(tx: &ReadTx, since: NaiveDate) -> Result<(u64, u64)> {
    use bad_rating::Column as C;
    let rated = || Ok::<_, Error>(tx.select::<bad_rating::Entity>()?.filter(C::RatedOn.gte(since)));
    Ok((rated()?.count().await?, rated()?.filter(C::Excluded.eq(true)).count().await?))
}

/// One case.
pub async fn case(tx: &ReadTx, id: BadRatingId) -> Result<bad_rating::Model> {
    one::<bad_rating::Entity>(tx, bad_rating::Column::Id.eq(id)).await
}

/// Its log, oldest first.
pub async fn events(tx: &ReadTx, case: BadRatingId) -> Result<Vec<bad_rating_event::Model>> {
    use bad_rating_event::Column as C;
    let found = tx.select::<bad_rating_event::Entity>()?.filter(C::BadRatingId.eq(case));
    found.order_by(C::At, Order::Asc).order_by(C::Id, Order::Asc).all().await
}

/// Whom it is about.
pub async fn targets(tx: &ReadTx, case: BadRatingId) -> Result<Vec<bad_rating_target::Model>> {
    tx.select::<bad_rating_target::Entity>()?.filter(bad_rating_target::Column::BadRatingId.eq(case)).all().await
}

/// The cases that are about somebody, by who they are on the staff or by the account they had then.
pub async fn rated(tx: &ReadTx, staff: Option<StaffId>, account: AccountId) -> Result<BTreeSet<BadRatingId>> {
    use bad_rating_target::Column as C;
    let them = Condition::any().add(C::AccountId.eq(account)).add_option(staff.map(|staff| C::StaffId.eq(staff)));
    let found = tx.select::<bad_rating_target::Entity>()?.filter(them).all().await?;
    Ok(found.into_iter().map(|row| row.bad_rating_id).collect())
}

/// The appeal against its rating, if somebody has appealed.
pub async fn appeal_of(tx: &ReadTx, case: BadRatingId) -> Result<Option<rating_appeal::Model>> {
    tx.select::<rating_appeal::Entity>()?.filter(rating_appeal::Column::BadRatingId.eq(case)).one().await
}

/// One appeal of the center in scope.
pub async fn appeal(tx: &ReadTx, id: RatingAppealId) -> Result<rating_appeal::Model> {
    one::<rating_appeal::Entity>(tx, rating_appeal::Column::Id.eq(id)).await
}

/// Appeals before the city: of those that wait the longest first, of those decided the newest.
pub async fn appeals(tx: &ReadTx, status: RatingAppealStatus, most: u64) -> Result<Vec<rating_appeal::Model>> {
    use rating_appeal::Column as C;
    let order = if status == RatingAppealStatus::Decided { Order::Desc } else { Order::Asc };
    let found = tx.reported::<rating_appeal::Entity>()?.filter(C::Status.eq(status));
    found.order_by(C::AppealedAt, order.clone()).order_by(C::Id, order).limit(most).all().await
}

/// One of the city's, if it has one by this id.
pub async fn find_appeal(tx: &ReadTx, id: RatingAppealId) -> Result<Option<rating_appeal::Model>> {
    tx.reported::<rating_appeal::Entity>()?.filter(rating_appeal::Column::Id.eq(id)).one().await
}

/// The appeals that a reviewer has open.
pub async fn opened_by(tx: &ReadTx, clerk: AccountId) -> Result<Vec<rating_appeal::Model>> {
    use rating_appeal::Column as C;
    let open = Condition::all().add(C::Status.eq(RatingAppealStatus::Open)).add(C::OpenedBy.eq(clerk));
    tx.reported::<rating_appeal::Entity>()?.filter(open).all().await
}

/// Ratings of some days that do not count: the level of each, and on which ground. The rows are kept beside the ratings.
pub async fn exclusions(
    tx: &ReadTx,
    from: NaiveDate,
    until: NaiveDate,
) -> Result<Vec<(FiveLevel, RatingAppealGround)>> {
    use bad_rating::Column as C;
    let excluded = Condition::all().add(C::Excluded.eq(true)).add(C::RatedOn.between(from, until));
    let cases = tx.select::<bad_rating::Entity>()?.filter(excluded).all().await?;
    if cases.is_empty() {
        return Ok(Vec::new());
    }
    let of_cases = rating_exclusion::Column::BadRatingId.is_in(cases.iter().map(|case| case.id));
    let rows = tx.select::<rating_exclusion::Entity>()?.filter(of_cases).all().await?;
    let level = |id: BadRatingId| cases.iter().find(|case| case.id == id).map(|case| case.level);
    Ok(rows.into_iter().filter_map(|row| Some((level(row.bad_rating_id)?, row.ground))).collect())
}

fn running(tx: &ReadTx) -> Result<ScopedSelect<'_, bad_rating::Entity>> {
    Ok(tx.select::<bad_rating::Entity>()?.filter(bad_rating::Column::DueStep.is_not_null()))
}

/// Cases whose clock runs or waits for a calendar.
pub async fn with_a_clock(tx: &ReadTx) -> Result<Vec<bad_rating::Model>> {
    running(tx)?.all().await
}

/// Of those, the ones that time alone may have changed.
pub async fn to_sweep(tx: &ReadTx, now: DateTime<Utc>) -> Result<Vec<bad_rating::Model>> {
    use bad_rating::Column as C;
    let late = Condition::all().add(C::DueAt.lt(now)).add(C::OverdueAt.is_null());
    let found = running(tx)?.filter(Condition::any().add(C::DueAt.is_null()).add(late));
    found.order_by(C::Id, Order::Asc).limit(AT_ONCE).all().await
}

/// Which cases keep details that are no longer needed on `today`.
pub async fn kept_too_long(tx: &ReadTx, today: NaiveDate) -> Result<Vec<BadRatingId>> {
    let over = tx.select::<bad_rating::Entity>()?.filter(bad_rating::Column::PurgeOn.lt(today)).limit(AT_ONCE);
    Ok(over.all().await?.into_iter().map(|row| row.id).collect())
}

/// Removes the details of cases: what the rater said, how to reach them, and what was written in the log.
pub async fn purge(tx: &mut WriteTx, ids: &[BadRatingId]) -> Result<u64> {
    let ids = || ids.iter().copied();
    let nobody = bad_rating::ActiveModel {
        remark_enc: Set(None),
        contact_enc: Set(None),
        purge_on: Set(None),
        ..Default::default()
    };
    let gone = tx.update_where(bad_rating::Column::Id.is_in(ids()), nobody).await?;
    let silent = bad_rating_event::ActiveModel { body_enc: Set(None), ..Default::default() };
    tx.update_where(bad_rating_event::Column::BadRatingId.is_in(ids()), silent).await?;
    Ok(gone)
}

/// The case of the appeal in scope, for the city inside of it.
pub async fn inside(tx: &ReadTx) -> Result<bad_rating::Model> {
    tx.select::<bad_rating::Entity>()?.one().await?.ok_or(Error::NotFound(Kind::Row))
}
