//! Complaints, their timeline and pauses, seen through the viewer's scope.

use chrono::{DateTime, Utc};
use domain::{
    AccountId, ComplaintId,
    complaints::{ComplaintChannel, ComplaintOutcome, ComplaintQueue, ComplaintStatus, ComplaintSubject, Pause},
};
use entity::{complaint, complaint_event, complaint_pause, idempotency_key};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, Order,
    sea_query::{Expr, ExprTrait, LikeExpr},
};

use crate::{
    auth::scope::Within,
    db::{ReadTx, ScopedSelect, WriteTx},
    error::{Error, Kind, Result},
    graphql::page::Page,
};

/// What a list is narrowed by.
#[derive(Clone, Debug)]
pub struct Filter {
    /// One of the handler's queues.
    pub queue: ComplaintQueue,
    /// Words, a number, or a phone's index.
    pub search: Option<Search>,
    /// One status.
    pub status: Option<ComplaintStatus>,
    /// One subject.
    pub subject: Option<ComplaintSubject>,
    /// One channel.
    pub channel: Option<ComplaintChannel>,
}

/// What somebody typed into the search field.
#[derive(Clone, Debug)]
pub struct Search {
    /// As typed.
    pub text: String,
    /// Keyed hash, when it can be a phone number.
    pub phone_index: Option<String>,
}

/// The instants that "due today" and "overdue" are measured by.
#[derive(Clone, Copy, Debug)]
pub struct Today {
    /// Now.
    pub now: DateTime<Utc>,
    /// The last second of today in Asia/Shanghai.
    pub end: DateTime<Utc>,
}

/// Complaints the viewer may see: never one about themself, and for post staff only their own.
fn visible(tx: &ReadTx) -> Result<ScopedSelect<'_, complaint::Entity>> {
    Ok(tx.select::<complaint::Entity>()?.filter(seen_by(tx)))
}

/// The same as a condition, for counting.
pub fn seen_by(tx: &ReadTx) -> Condition {
    let mut seen = Condition::all();
    if let Some(me) = tx.scope().account() {
        let about_others = complaint::Column::RespondentId.is_null().or(complaint::Column::RespondentId.ne(me));
        seen = seen.add(about_others);
    }
    if let Some(Within::Own(me)) = tx.scope().within() {
        seen = seen.add(mine(me).add(complaint::Column::RegisteredBy.eq(me)));
    }
    seen
}

fn mine(me: AccountId) -> Condition {
    Condition::any().add(complaint::Column::HandlerId.eq(me)).add(complaint::Column::AssigneeId.eq(me))
}

/// A complaint.
pub async fn get(tx: &ReadTx, id: ComplaintId) -> Result<complaint::Model> {
    find(tx, id).await?.ok_or(Error::NotFound(Kind::Complaint))
}

/// A complaint, if the viewer may see one by this id.
pub async fn find(tx: &ReadTx, id: ComplaintId) -> Result<Option<complaint::Model>> {
    visible(tx)?.filter(complaint::Column::Id.eq(id)).one().await
}

/// The numbers of those of `ids` that the viewer may see.
pub async fn numbers(tx: &ReadTx, ids: Vec<ComplaintId>) -> Result<Vec<(ComplaintId, String)>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = visible(tx)?.filter(complaint::Column::Id.is_in(ids)).all().await?;
    Ok(rows.into_iter().map(|row| (row.id, row.number)).collect())
}

/// The complaint of a receipt.
pub async fn find_by_receipt(tx: &ReadTx, hash: &str) -> Result<Option<complaint::Model>> {
    visible(tx)?.filter(complaint::Column::ReceiptHash.eq(hash)).one().await
}

/// Those merged into `id`.
pub async fn merged_into(tx: &ReadTx, id: ComplaintId) -> Result<Vec<complaint::Model>> {
    visible(tx)?.filter(complaint::Column::MergedInto.eq(id)).all().await
}

/// One page and one row more, by due time.
pub async fn list(tx: &ReadTx, filter: &Filter, today: Today, page: Page) -> Result<Vec<complaint::Summary>> {
    let mut select = visible(tx)?.filter(condition(tx, filter, today));
    if let Some(after) = page.after {
        let place = Expr::tuple([Expr::col(complaint::Column::QueueAt), Expr::col(complaint::Column::Id)]);
        select = select.filter(place.gt(Expr::tuple([after.at.into(), after.id.into()])));
    }
    select
        .order_by(complaint::Column::QueueAt, Order::Asc)
        .order_by(complaint::Column::Id, Order::Asc)
        .limit(u64::from(page.first) + 1)
        .all_as()
        .await
}

/// How many the filter holds.
pub async fn count(tx: &ReadTx, filter: &Filter, today: Today) -> Result<u64> {
    visible(tx)?.filter(condition(tx, filter, today)).count().await
}

fn condition(tx: &ReadTx, filter: &Filter, today: Today) -> Condition {
    let mut all = Condition::all().add(in_queue(filter.queue, tx.scope().account(), today));
    all = all.add_option(filter.status.map(|v| complaint::Column::Status.eq(v)));
    all = all.add_option(filter.subject.map(|v| complaint::Column::Subject.eq(v)));
    all = all.add_option(filter.channel.map(|v| complaint::Column::Channel.eq(v)));
    all.add_option(filter.search.as_ref().map(found_by))
}

fn found_by(search: &Search) -> Condition {
    let pattern: String =
        search.text.chars().flat_map(|c| if "%_\\".contains(c) { vec!['\\', c] } else { vec![c] }).collect();
    let like = |text: String| LikeExpr::new(format!("%{text}%")).escape('\\');
    Condition::any()
        .add(complaint::Column::Number.like(like(pattern.to_uppercase())))
        .add(complaint::Column::Body.like(like(pattern.clone())))
        .add(complaint::Column::Place.like(like(pattern)))
        .add_option(search.phone_index.as_ref().map(|index| complaint::Column::PhoneIndex.eq(index)))
}

/// What belongs in a queue. A paused case is neither due nor overdue.
pub fn in_queue(queue: ComplaintQueue, me: Option<AccountId>, today: Today) -> Condition {
    use ComplaintStatus as S;
    use complaint::Column as C;
    let open = Condition::all().add(C::IsOpen.eq(true));
    match queue {
        ComplaintQueue::All => Condition::all(),
        ComplaintQueue::New => Condition::all().add(C::Status.eq(S::Registered)),
        ComplaintQueue::Mine => open.add_option(me.map(mine)),
        ComplaintQueue::DueToday => open.add(C::DueAt.gte(today.now)).add(C::DueAt.lte(today.end)),
        ComplaintQueue::Overdue => open.add(C::DueAt.lt(today.now)),
        ComplaintQueue::Waiting => open.add(C::Paused.is_not_null()),
        ComplaintQueue::ToApprove => open.add(C::Status.is_in([S::Proposed, S::ReviewRequested, S::UnderReview])),
        ComplaintQueue::ToFollowUp => open.add(C::Status.eq(S::FeedbackGiven)),
    }
}

/// The timeline, oldest first.
pub async fn events(tx: &ReadTx, id: ComplaintId) -> Result<Vec<complaint_event::Model>> {
    tx.select::<complaint_event::Entity>()?
        .filter(complaint_event::Column::ComplaintId.eq(id))
        .order_by(complaint_event::Column::CreatedAt, Order::Asc)
        .order_by(complaint_event::Column::Id, Order::Asc)
        .all()
        .await
}

/// The stored pauses of a case.
pub async fn pauses(tx: &ReadTx, id: ComplaintId) -> Result<Vec<complaint_pause::Model>> {
    tx.select::<complaint_pause::Entity>()?.filter(complaint_pause::Column::ComplaintId.eq(id)).all().await
}

/// The same as the rules want them.
pub fn intervals(rows: &[complaint_pause::Model]) -> Vec<Pause> {
    rows.iter().map(|row| Pause { from: row.from_day, to: row.to_day }).collect()
}

/// Cases since `since` that may be the same matter: the newest, and those from the same phone.
pub async fn candidates(tx: &ReadTx, since: DateTime<Utc>, phone_index: Option<&str>) -> Result<Vec<complaint::Model>> {
    const NEWEST: u64 = 300;
    let recent = visible(tx)?.filter(complaint::Column::ReceivedAt.gte(since));
    let mut rows = recent.order_by(complaint::Column::ReceivedAt, Order::Desc).limit(NEWEST).all().await?;
    if let Some(index) = phone_index {
        let same = visible(tx)?.filter(complaint::Column::PhoneIndex.eq(index));
        let same = same.order_by(complaint::Column::ReceivedAt, Order::Desc).limit(50).all().await?;
        let new: Vec<_> = same.into_iter().filter(|row| rows.iter().all(|other| other.id != row.id)).collect();
        rows.extend(new);
    }
    Ok(rows)
}

/// Open cases that owe something, those due first: what time alone may change.
pub async fn to_sweep(tx: &ReadTx, limit: u64) -> Result<Vec<complaint::Model>> {
    tx.select::<complaint::Entity>()?
        .filter(complaint::Column::IsOpen.eq(true))
        .filter(complaint::Column::DueStep.is_not_null())
        .order_by(complaint::Column::QueueAt, Order::Asc)
        .limit(limit)
        .all()
        .await
}

/// Open cases about one of these people that were found right, and stood so far: what only those of the case may read
/// stays in them.
pub async fn found_right(tx: &ReadTx, people: Vec<AccountId>) -> Result<Vec<complaint::Model>> {
    use ComplaintStatus as S;
    use complaint::Column as C;
    // Before approval an outcome is a proposal.
    let standing = [
        S::OnSpotResolved,
        S::Approved,
        S::Concluded,
        S::FeedbackGiven,
        S::Satisfied,
        S::ReviewRequested,
        S::UnderReview,
        S::Reviewed,
    ];
    let right = [ComplaintOutcome::Substantiated, ComplaintOutcome::Partly];
    let found = tx.select::<complaint::Entity>()?.filter(C::IsOpen.eq(true)).filter(C::RespondentId.is_in(people));
    found.filter(C::Status.is_in(standing)).filter(C::Outcome.is_in(right)).all().await
}

/// The stored answer to a creating request, if it was made before.
pub async fn find_key(tx: &ReadTx, op: &str, key_hash: &str) -> Result<Option<idempotency_key::Model>> {
    tx.select::<idempotency_key::Entity>()?
        .filter(idempotency_key::Column::Op.eq(op))
        .filter(idempotency_key::Column::KeyHash.eq(key_hash))
        .one()
        .await
}

/// Ends the open pause of a case.
pub async fn end_pause(tx: &mut WriteTx, row: &complaint_pause::Model, day: chrono::NaiveDate) -> Result<()> {
    let change = complaint_pause::ActiveModel { id: Set(row.id), to_day: Set(Some(day)), ..Default::default() };
    tx.update_plain(change).await?;
    Ok(())
}
