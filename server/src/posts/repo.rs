//! Posts, people, assignments and the roster, as they are stored.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::{
    AbsenceId, AccountId, AssignmentId, DutyId, HandoverId, PostId, StaffId,
    posts::{
        HandoverStatus,
        assign::{Assignment, Days},
        roster,
    },
};
use entity::{
    absence, city_post_kind, clause, duty, handover, ownership::CenterOwned, post, post_assignment, post_kind,
    staff_member,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, Order, sea_query::IntoCondition};
use uuid::Uuid;

use crate::{
    db::{ReadTx, WriteTx},
    error::{Error, Kind, Result},
};

/// Handovers shown of a post.
const HANDOVERS: u64 = 50;

/// Names of people and what they do.
pub type People = HashMap<StaffId, staff_member::Model>;

/// The catalogue's kinds, in its order.
pub async fn catalogue_kinds(tx: &ReadTx) -> Result<Vec<post_kind::Model>> {
    tx.shared::<post_kind::Entity>().order_by(post_kind::Column::Position, Order::Asc).all().await
}

/// The city's own kinds, by code, the retired ones included.
pub async fn city_kinds(tx: &ReadTx) -> Result<Vec<city_post_kind::Model>> {
    tx.city::<city_post_kind::Entity>().order_by(city_post_kind::Column::Code, Order::Asc).all().await
}

/// The clauses below `number`, in order.
pub async fn clauses_below(tx: &ReadTx, number: &str) -> Result<Vec<clause::Model>> {
    let below = tx.shared::<clause::Entity>().filter(clause::Column::Parent.eq(number));
    below.order_by(clause::Column::Position, Order::Asc).all().await
}

/// All posts, by code.
pub async fn posts(tx: &ReadTx) -> Result<Vec<post::Model>> {
    tx.select::<post::Entity>()?.order_by(post::Column::Code, Order::Asc).all().await
}

/// Removes posts that nobody has changed since they were added; none when something refers to one.
pub async fn remove_posts(tx: &mut WriteTx, ids: &[Uuid]) -> Result<Option<u64>> {
    use post::Column as C;
    let untouched = Condition::all().add(C::Id.is_in(ids.iter().copied())).add(C::Version.eq(1));
    tx.remove_where::<post::Entity>(untouched).await
}

/// Removes people, as [`remove_posts`] does posts.
pub async fn remove_staff(tx: &mut WriteTx, ids: &[Uuid]) -> Result<Option<u64>> {
    use staff_member::Column as C;
    let untouched = Condition::all().add(C::Id.is_in(ids.iter().copied())).add(C::Version.eq(1));
    tx.remove_where::<staff_member::Entity>(untouched).await
}

/// One post.
pub async fn post(tx: &ReadTx, id: PostId) -> Result<post::Model> {
    one::<post::Entity>(tx, post::Column::Id.eq(id)).await
}

/// Everybody, by number; with `former` also those who have left.
pub async fn staff(tx: &ReadTx, former: bool) -> Result<Vec<staff_member::Model>> {
    let mut select = tx.select::<staff_member::Entity>()?;
    if !former {
        select = select.filter(staff_member::Column::LeftOn.is_null());
    }
    select.order_by(staff_member::Column::StaffNo, Order::Asc).all().await
}

/// One person.
pub async fn person(tx: &ReadTx, id: StaffId) -> Result<staff_member::Model> {
    one::<staff_member::Entity>(tx, staff_member::Column::Id.eq(id)).await
}

/// The person that an account belongs to.
pub async fn person_of(tx: &ReadTx, account: AccountId) -> Result<Option<staff_member::Model>> {
    tx.select::<staff_member::Entity>()?.filter(staff_member::Column::AccountId.eq(account)).one().await
}

/// People by id.
pub async fn people(tx: &ReadTx, mut ids: Vec<StaffId>) -> Result<People> {
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(People::new());
    }
    let rows = tx.select::<staff_member::Entity>()?.filter(staff_member::Column::Id.is_in(ids)).all().await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// Nobody changes what depends on this person until the transaction ends: two assignments at once would not see each
/// other.
pub async fn hold(tx: &mut WriteTx, id: StaffId) -> Result<staff_member::Model> {
    // Writing what is there already locks the row.
    let same = staff_member::ActiveModel { id: Set(id), demo: Set(person(tx, id).await?.demo), ..Default::default() };
    tx.update_where(staff_member::Column::Id.eq(id), same).await?;
    person(tx, id).await
}

/// Nobody changes what is kept of this post until the transaction ends: two at once would not see each other.
pub async fn hold_post(tx: &mut WriteTx, row: &post::Model) -> Result<()> {
    let same = post::ActiveModel { demo: Set(row.demo), ..Default::default() };
    tx.update_where(post::Column::Id.eq(row.id), same).await.map(|_| ())
}

/// Assignments that count on some day from `from` to `until`.
pub async fn assignments_between(
    tx: &ReadTx,
    from: NaiveDate,
    until: NaiveDate,
) -> Result<Vec<post_assignment::Model>> {
    use post_assignment::Column as C;
    let ends = Condition::any().add(C::UntilOn.is_null()).add(C::UntilOn.gte(from));
    assignments(tx, Condition::all().add(C::FromOn.lte(until)).add(ends)).await
}

/// Everybody's time at a post, newest first.
pub async fn assignments_at(tx: &ReadTx, post: PostId) -> Result<Vec<post_assignment::Model>> {
    assignments(tx, Condition::all().add(post_assignment::Column::PostId.eq(post))).await
}

/// Somebody's time at posts, newest first.
pub async fn assignments_of(tx: &ReadTx, staff: StaffId) -> Result<Vec<post_assignment::Model>> {
    assignments(tx, Condition::all().add(post_assignment::Column::StaffId.eq(staff))).await
}

/// One assignment.
pub async fn assignment(tx: &ReadTx, id: AssignmentId) -> Result<post_assignment::Model> {
    one::<post_assignment::Entity>(tx, post_assignment::Column::Id.eq(id)).await
}

async fn assignments(tx: &ReadTx, which: Condition) -> Result<Vec<post_assignment::Model>> {
    use post_assignment::Column as C;
    let valid = tx.select::<post_assignment::Entity>()?.filter(C::Cancelled.eq(false)).filter(which);
    valid.order_by(C::FromOn, Order::Desc).order_by(C::Id, Order::Desc).all().await
}

/// Ends with `on` what somebody has at posts after it; what would only begin later is cancelled. Their absences and
/// extra duties after it are cancelled too, and they lead nothing any more.
pub async fn end_all(tx: &mut WriteTx, staff: StaffId, on: NaiveDate) -> Result<()> {
    use post_assignment::Column as A;
    let theirs = |column: A| Condition::all().add(A::StaffId.eq(staff)).add(A::Cancelled.eq(false)).add(column.gt(on));
    let cancel = post_assignment::ActiveModel { cancelled: Set(true), ..Default::default() };
    tx.update_where(theirs(A::FromOn), cancel).await?;
    let goes_on = Condition::any().add(A::UntilOn.is_null()).add(A::UntilOn.gt(on));
    let running = Condition::all().add(A::StaffId.eq(staff)).add(A::Cancelled.eq(false)).add(goes_on);
    let end = post_assignment::ActiveModel { until_on: Set(Some(on)), ..Default::default() };
    tx.update_where(running, end).await?;
    let later = Condition::all().add(absence::Column::StaffId.eq(staff)).add(absence::Column::FromOn.gt(on));
    tx.update_where(later, absence::ActiveModel { cancelled: Set(true), ..Default::default() }).await?;
    let later = Condition::all().add(duty::Column::StaffId.eq(staff)).add(duty::Column::OnDay.gt(on));
    tx.update_where(later, duty::ActiveModel { cancelled: Set(true), ..Default::default() }).await?;
    let nobody = post::ActiveModel { lead_id: Set(None), ..Default::default() };
    tx.update_where(post::Column::LeadId.eq(staff), nobody).await.map(|_| ())
}

/// Absences with a day from `from` to `until`.
pub async fn absences_between(tx: &ReadTx, from: NaiveDate, until: NaiveDate) -> Result<Vec<absence::Model>> {
    use absence::Column as C;
    absences(tx, Condition::all().add(C::FromOn.lte(until)).add(C::UntilOn.gte(from))).await
}

/// Somebody's absences, newest first.
pub async fn absences_of(tx: &ReadTx, staff: StaffId) -> Result<Vec<absence::Model>> {
    absences(tx, Condition::all().add(absence::Column::StaffId.eq(staff))).await
}

/// One absence.
pub async fn absence(tx: &ReadTx, id: AbsenceId) -> Result<absence::Model> {
    one::<absence::Entity>(tx, absence::Column::Id.eq(id)).await
}

async fn absences(tx: &ReadTx, which: Condition) -> Result<Vec<absence::Model>> {
    use absence::Column as C;
    let valid = tx.select::<absence::Entity>()?.filter(C::Cancelled.eq(false)).filter(which);
    valid.order_by(C::FromOn, Order::Desc).order_by(C::Id, Order::Desc).all().await
}

/// Extra duties from `from` to `until`.
pub async fn duties_between(tx: &ReadTx, from: NaiveDate, until: NaiveDate) -> Result<Vec<duty::Model>> {
    use duty::Column as C;
    let valid = tx.select::<duty::Entity>()?.filter(C::Cancelled.eq(false));
    valid.filter(C::OnDay.between(from, until)).order_by(C::OnDay, Order::Asc).all().await
}

/// One extra duty.
pub async fn duty(tx: &ReadTx, id: DutyId) -> Result<duty::Model> {
    one::<duty::Entity>(tx, duty::Column::Id.eq(id)).await
}

/// A post's handovers, newest first.
pub async fn handovers_at(tx: &ReadTx, post: PostId) -> Result<Vec<handover::Model>> {
    handovers(tx, Condition::all().add(handover::Column::PostId.eq(post))).await
}

/// What somebody has still to take.
pub async fn handovers_to(tx: &ReadTx, taker: StaffId) -> Result<Vec<handover::Model>> {
    use handover::Column as C;
    handovers(tx, Condition::all().add(C::TakerId.eq(taker)).add(C::Status.eq(HandoverStatus::Given))).await
}

/// One handover.
pub async fn handover(tx: &ReadTx, id: HandoverId) -> Result<handover::Model> {
    one::<handover::Entity>(tx, handover::Column::Id.eq(id)).await
}

async fn handovers(tx: &ReadTx, which: Condition) -> Result<Vec<handover::Model>> {
    use handover::Column as C;
    let found = tx.select::<handover::Entity>()?.filter(which);
    found.order_by(C::GivenAt, Order::Desc).order_by(C::Id, Order::Desc).limit(HANDOVERS).all().await
}

/// The row that `which` names, if the center has it.
pub async fn one<E: CenterOwned>(tx: &ReadTx, which: impl IntoCondition) -> Result<E::Model> {
    tx.select::<E>()?.filter(which).one().await?.ok_or(Error::NotFound(Kind::Row))
}

/// An assignment as the rules want it.
pub const fn as_rule(row: &post_assignment::Model) -> Assignment {
    let days = Days { from: row.from_on, until: row.until_on };
    Assignment { id: row.id, post: row.post_id, capacity: row.capacity, days }
}

/// An absence as the rules want it.
pub const fn as_absence(row: &absence::Model) -> roster::Absence {
    let days = Days { from: row.from_on, until: Some(row.until_on) };
    roster::Absence { staff: row.staff_id, days, reason: row.reason, substitute: row.substitute_id }
}

/// An extra duty as the rules want it.
pub const fn as_duty(row: &duty::Model) -> roster::Duty {
    roster::Duty { staff: row.staff_id, post: row.post_id, on: row.on_day }
}
