//! Talents' requests, their logs and appointments, senior clerks and answers, as they are stored.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::{
    AccountId, PolicyAnswerId, PostId, StaffId, TalentAppointmentId, TalentRequestId,
    settings::EntryStatus,
    talents::{AppointmentStatus, POST_KIND, TalentStatus},
    training::{SessionKind, Topic},
};
use entity::{
    policy_answer, post, senior_clerk, talent_appointment, talent_event, talent_request, training_attendance,
};
use sea_orm::{
    ActiveValue::{Set, Unchanged},
    ColumnTrait, Condition, Order,
    sea_query::{Expr, ExprTrait, Func, LikeExpr},
};

use crate::{
    db::{ReadTx, WriteTx},
    error::Result,
    graphql::page::Most,
    posts::repo::one,
};

/// Requests whose details are removed at once.
const PURGED: u64 = 200;
/// Statuses in which nothing is to be done any more.
const ENDED: [TalentStatus; 2] = [TalentStatus::Completed, TalentStatus::Withdrawn];

/// The talent posts of the center, by code.
pub async fn posts(tx: &ReadTx) -> Result<Vec<post::Model>> {
    let found = tx.select::<post::Entity>()?.filter(post::Column::Kind.eq(POST_KIND));
    found.order_by(post::Column::Code, Order::Asc).all().await
}

/// One of them.
pub async fn post(tx: &ReadTx, id: PostId) -> Result<post::Model> {
    one::<post::Entity>(tx, Condition::all().add(post::Column::Id.eq(id)).add(post::Column::Kind.eq(POST_KIND))).await
}

/// Which requests are listed.
#[derive(Clone, Copy, Debug)]
pub enum Listed {
    /// Those that this one follows.
    Of(StaffId),
    /// Those that go on, but for those of this one.
    Open(Option<StaffId>),
    /// Those that are over.
    Over,
}

/// Requests: those that go on by the day on which something new is due, those that are over with the newest first.
pub async fn requests(tx: &ReadTx, which: Listed, most: Most) -> Result<Vec<talent_request::Model>> {
    use talent_request::Column as C;
    let found = tx.select::<talent_request::Entity>()?;
    let open = Condition::all().add(C::Status.is_not_in(ENDED));
    let open = match which {
        Listed::Over => {
            let over = found.filter(C::Status.is_in(ENDED)).order_by(C::FinishedAt, Order::Desc);
            return over.order_by(C::Id, Order::Desc).limit(most.over).all().await;
        }
        Listed::Of(steward) => open.add(C::StewardId.eq(steward)),
        Listed::Open(None) => open,
        Listed::Open(Some(but)) => open.add(Condition::any().add(C::StewardId.is_null()).add(C::StewardId.ne(but))),
    };
    let found = found.filter(open).order_by(C::ProgressDueOn, Order::Asc);
    found.order_by(C::RequestedAt, Order::Asc).order_by(C::Id, Order::Asc).limit(most.open).all().await
}

/// One request.
pub async fn request(tx: &ReadTx, id: TalentRequestId) -> Result<talent_request::Model> {
    one::<talent_request::Entity>(tx, talent_request::Column::Id.eq(id)).await
}

/// Its log, oldest first.
pub async fn events(tx: &ReadTx, request: TalentRequestId) -> Result<Vec<talent_event::Model>> {
    use talent_event::Column as C;
    let found = tx.select::<talent_event::Entity>()?.filter(C::RequestId.eq(request));
    found.order_by(C::At, Order::Asc).order_by(C::Id, Order::Asc).all().await
}

/// Its appointments, the latest first.
pub async fn appointments(tx: &ReadTx, request: TalentRequestId) -> Result<Vec<talent_appointment::Model>> {
    use talent_appointment::Column as C;
    let found = tx.select::<talent_appointment::Entity>()?.filter(C::RequestId.eq(request));
    found.order_by(C::At, Order::Desc).order_by(C::Id, Order::Desc).all().await
}

/// One of them.
pub async fn appointment(
    tx: &ReadTx,
    request: TalentRequestId,
    id: TalentAppointmentId,
) -> Result<talent_appointment::Model> {
    use talent_appointment::Column as C;
    one::<talent_appointment::Entity>(tx, Condition::all().add(C::Id.eq(id)).add(C::RequestId.eq(request))).await
}

/// Ends an appointment.
pub async fn end_appointment(tx: &mut WriteTx, id: TalentAppointmentId, outcome: AppointmentStatus) -> Result<()> {
    let row = talent_appointment::ActiveModel { id: Unchanged(id), status: Set(outcome), ..Default::default() };
    tx.update_plain(row).await.map(drop)
}

/// Cancels what is still planned with the talent of a request that ends.
pub async fn drop_appointments(tx: &mut WriteTx, request: TalentRequestId) -> Result<()> {
    use talent_appointment::Column as C;
    let planned = Condition::all().add(C::RequestId.eq(request)).add(C::Status.eq(AppointmentStatus::Planned));
    let off = talent_appointment::ActiveModel { status: Set(AppointmentStatus::Cancelled), ..Default::default() };
    tx.update_where(planned, off).await.map(drop)
}

/// Which requests keep details that are no longer needed on `today`.
pub async fn kept_too_long(tx: &ReadTx, today: NaiveDate) -> Result<Vec<TalentRequestId>> {
    let over = tx.select::<talent_request::Entity>()?.filter(talent_request::Column::PurgeOn.lt(today)).limit(PURGED);
    Ok(over.all().await?.into_iter().map(|row| row.id).collect())
}

/// Removes the details of requests: who it was, where they worked and met, and what was said.
pub async fn purge(tx: &mut WriteTx, ids: &[TalentRequestId]) -> Result<u64> {
    let ids = || ids.iter().copied();
    let nobody = talent_request::ActiveModel {
        enterprise: Set(None),
        name_enc: Set(None),
        phone_enc: Set(None),
        description_enc: Set(None),
        result_enc: Set(None),
        name_mask: Set(None),
        phone_mask: Set(None),
        purge_on: Set(None),
        ..Default::default()
    };
    let gone = tx.update_where(talent_request::Column::Id.is_in(ids()), nobody).await?;
    let silent = talent_event::ActiveModel { body_enc: Set(None), ..Default::default() };
    tx.update_where(talent_event::Column::RequestId.is_in(ids()), silent).await?;
    let nowhere = talent_appointment::ActiveModel { place_enc: Set(None), ..Default::default() };
    tx.update_where(talent_appointment::Column::RequestId.is_in(ids()), nowhere).await?;
    Ok(gone)
}

/// Since when each of these people is a senior clerk.
pub async fn senior_clerks(tx: &ReadTx, people: &BTreeSet<StaffId>) -> Result<BTreeMap<StaffId, NaiveDate>> {
    use senior_clerk::Column as C;
    let found = tx.select::<senior_clerk::Entity>()?.filter(C::StaffId.is_in(people.iter().copied()));
    Ok(found.all().await?.into_iter().filter_map(|row| Some((row.staff_id, row.since_on?))).collect())
}

/// Writes since when somebody is one, over what was known. The person is held.
pub async fn mark_senior(
    tx: &mut WriteTx,
    staff: StaffId,
    since: Option<NaiveDate>,
    recorder: AccountId,
) -> Result<()> {
    let known = tx.select::<senior_clerk::Entity>()?.filter(senior_clerk::Column::StaffId.eq(staff)).count().await? > 0;
    let row = senior_clerk::ActiveModel {
        staff_id: if known { Unchanged(staff) } else { Set(staff) },
        since_on: Set(since),
        recorder_id: Set(recorder),
        recorded_at: Set(tx.now()),
        ..Default::default()
    };
    if known { tx.update_plain(row).await.map(drop) } else { tx.insert(row).await.map(drop) }
}

/// The first day of `year` on which each of these people was trained in talent policy.
pub async fn policy_training(
    tx: &ReadTx,
    people: &BTreeSet<StaffId>,
    year: i32,
) -> Result<BTreeMap<StaffId, NaiveDate>> {
    use training_attendance::Column as C;
    let there = Condition::all()
        .add(C::StaffId.is_in(people.iter().copied()))
        .add(C::Year.eq(year))
        .add(C::Topic.eq(Topic::TalentPolicy))
        .add(C::Kind.eq(SessionKind::Training))
        .add(C::Attended.eq(true))
        .add(C::Removed.eq(false));
    let rows = tx.select::<training_attendance::Entity>()?.filter(there).order_by(C::OnDay, Order::Desc).all().await?;
    // Newest first, so the first day stays.
    Ok(rows.into_iter().map(|row| (row.staff_id, row.on_day)).collect())
}

/// Answers in use that hold `words`, those that were looked at longest ago first.
pub async fn answers(tx: &ReadTx, words: Option<&str>, most: Most) -> Result<Vec<policy_answer::Model>> {
    use policy_answer::Column as C;
    let mut found = tx.select::<policy_answer::Entity>()?.filter(C::Status.eq(EntryStatus::Active));
    if let Some(words) = words {
        let plain: String = words
            .to_ascii_lowercase()
            .chars()
            .flat_map(|c| if "%_\\".contains(c) { vec!['\\', c] } else { vec![c] })
            .collect();
        let holds = |column: C| Func::lower(Expr::col(column)).like(LikeExpr::new(format!("%{plain}%")).escape('\\'));
        found = found.filter(Condition::any().add(holds(C::Question)).add(holds(C::Answer)).add(holds(C::Source)));
    }
    found.order_by(C::ReviewedOn, Order::Asc).order_by(C::Id, Order::Asc).limit(most.open).all().await
}

/// One answer in use.
pub async fn answer(tx: &ReadTx, id: PolicyAnswerId) -> Result<policy_answer::Model> {
    use policy_answer::Column as C;
    one::<policy_answer::Entity>(tx, Condition::all().add(C::Id.eq(id)).add(C::Status.eq(EntryStatus::Active))).await
}
