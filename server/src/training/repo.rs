//! Sessions and attendance, as they are stored.

use chrono::NaiveDate;
use domain::{
    StaffId, TrainingId,
    training::{SessionKind, SessionStatus, TestResult, Topic},
};
use entity::{training_attendance, training_session, training_tally};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, Order};
use uuid::Uuid;

use crate::{
    db::{ReadTx, WriteTx},
    error::Result,
    posts::repo::one,
};

/// Trainings and tests shown of one person, and of what lies ahead.
const SHOWN: u64 = 50;

/// The sessions from `from` to `until`, newest first.
pub async fn sessions(tx: &ReadTx, from: NaiveDate, until: NaiveDate) -> Result<Vec<training_session::Model>> {
    use training_session::Column as C;
    let found = tx.select::<training_session::Entity>()?.filter(C::OnDay.between(from, until));
    found.order_by(C::OnDay, Order::Desc).order_by(C::Id, Order::Desc).all().await
}

/// What is planned from `today` on and told before, soonest first.
pub async fn ahead(tx: &ReadTx, today: NaiveDate) -> Result<Vec<training_session::Model>> {
    use training_session::Column as C;
    let told = Condition::all().add(C::Status.eq(SessionStatus::Planned)).add(C::Unscheduled.eq(false));
    let found = tx.select::<training_session::Entity>()?.filter(told.add(C::OnDay.gte(today)));
    found.order_by(C::OnDay, Order::Asc).order_by(C::Id, Order::Asc).limit(SHOWN).all().await
}

/// One session.
pub async fn session(tx: &ReadTx, id: TrainingId) -> Result<training_session::Model> {
    one::<training_session::Entity>(tx, training_session::Column::Id.eq(id)).await
}

/// Sessions by id.
pub async fn named(tx: &ReadTx, ids: Vec<TrainingId>) -> Result<Vec<training_session::Model>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    tx.select::<training_session::Entity>()?.filter(training_session::Column::Id.is_in(ids)).all().await
}

/// Who took part in a session, and how.
pub async fn marks(tx: &ReadTx, session: TrainingId) -> Result<Vec<training_attendance::Model>> {
    use training_attendance::Column as C;
    valid(tx, Condition::all().add(C::SessionId.eq(session)), None).await
}

/// Somebody's part in sessions, newest first.
pub async fn marks_of(tx: &ReadTx, staff: StaffId) -> Result<Vec<training_attendance::Model>> {
    use training_attendance::Column as C;
    valid(tx, Condition::all().add(C::StaffId.eq(staff)), Some(SHOWN)).await
}

/// The inductions that these people have passed.
pub async fn inductions(tx: &ReadTx, people: &[StaffId]) -> Result<Vec<training_attendance::Model>> {
    use training_attendance::Column as C;
    let passed = Condition::all().add(C::Topic.eq(Topic::VolunteerInduction)).add(C::Result.eq(TestResult::Passed));
    valid(tx, passed.add(C::StaffId.is_in(people.iter().copied())), None).await
}

/// These people's parts in the trainings of `year` about `topic` at which they were, newest first. A test is none.
pub async fn trained(
    tx: &ReadTx,
    topic: Topic,
    people: &[StaffId],
    year: i32,
) -> Result<Vec<training_attendance::Model>> {
    use training_attendance::Column as C;
    let there = Condition::all().add(C::Topic.eq(topic)).add(C::Year.eq(year)).add(C::Attended.eq(true));
    let there = there.add(C::Kind.eq(SessionKind::Training)).add(C::StaffId.is_in(people.iter().copied()));
    valid(tx, there, None).await
}

async fn valid(tx: &ReadTx, which: Condition, limit: Option<u64>) -> Result<Vec<training_attendance::Model>> {
    use training_attendance::Column as C;
    let found = tx.select::<training_attendance::Entity>()?.filter(C::Removed.eq(false)).filter(which);
    let ordered = found.order_by(C::OnDay, Order::Desc).order_by(C::Id, Order::Desc);
    match limit {
        Some(limit) => ordered.limit(limit).all().await,
        None => ordered.all().await,
    }
}

/// Takes everybody out of a session.
pub async fn clear_marks(tx: &mut WriteTx, session: TrainingId) -> Result<()> {
    use training_attendance::Column as C;
    let gone = training_attendance::ActiveModel { removed: Set(true), ..Default::default() };
    tx.update_where(Condition::all().add(C::SessionId.eq(session)).add(C::Removed.eq(false)), gone).await.map(|_| ())
}

/// Removes sessions that nobody has corrected since, with everybody in them. `None` when something refers to one.
pub async fn remove(tx: &mut WriteTx, ids: &[Uuid]) -> Result<Option<u64>> {
    use training_attendance::Column as A;
    use training_session::Column as S;
    tx.remove_where::<training_attendance::Entity>(A::SessionId.is_in(ids.iter().copied())).await?;
    let untouched = Condition::all().add(S::Id.is_in(ids.iter().copied())).add(S::Version.eq(1));
    tx.remove_where::<training_session::Entity>(untouched).await
}

/// What the ledgers of model posts count of a year's trainings, post by post.
pub async fn tallies(tx: &ReadTx, year: i32) -> Result<Vec<training_tally::Model>> {
    tx.select::<training_tally::Entity>()?.filter(training_tally::Column::Year.eq(year)).all().await
}
