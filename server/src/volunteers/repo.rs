//! Services of volunteers and what is looked at of them, as they are stored.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    PostId, ServiceRecordId, StaffId,
    volunteers::{POST_KIND, ServiceRecordStatus, VolunteerCheckKind},
};
use entity::{post, service_record, volunteer_check};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, Order};

use crate::{
    db::{ReadTx, WriteTx},
    error::Result,
    graphql::page::Most,
    posts::repo::one,
};

/// Whose services somebody sees.
#[derive(Clone, Debug)]
pub enum Sight {
    /// Everybody's.
    All,
    /// Those at some posts, and one's own.
    At(BTreeSet<PostId>, Option<StaffId>),
    /// One's own.
    Own(Option<StaffId>),
}

impl Sight {
    /// Whether a service is one of them.
    #[must_use]
    pub fn holds(&self, row: &service_record::Model) -> bool {
        match self {
            Self::All => true,
            Self::At(posts, me) => posts.contains(&row.post_id) || *me == Some(row.staff_id),
            Self::Own(me) => *me == Some(row.staff_id),
        }
    }

    /// The same for the database; none for everybody's.
    #[must_use]
    pub fn condition(&self) -> Option<Condition> {
        use service_record::Column as C;
        match self {
            Self::All => None,
            Self::At(posts, me) => {
                let there = C::PostId.is_in(posts.iter().copied());
                Some(Condition::any().add(there).add(C::StaffId.is_in(*me)))
            }
            Self::Own(me) => Some(Condition::all().add(C::StaffId.is_in(*me))),
        }
    }
}

/// The volunteers' posts of the center, by code.
pub async fn posts(tx: &ReadTx) -> Result<Vec<post::Model>> {
    let all = tx.select::<post::Entity>()?.filter(post::Column::Kind.eq(POST_KIND));
    all.order_by(post::Column::Code, Order::Asc).all().await
}

/// One of them.
pub async fn post(tx: &ReadTx, id: PostId) -> Result<post::Model> {
    one::<post::Entity>(tx, Condition::all().add(post::Column::Id.eq(id)).add(post::Column::Kind.eq(POST_KIND))).await
}

/// One service.
pub async fn record(tx: &ReadTx, id: ServiceRecordId) -> Result<service_record::Model> {
    one::<service_record::Entity>(tx, service_record::Column::Id.eq(id)).await
}

/// The service whose code is out, by the hash of the code, while it works.
pub async fn by_code(tx: &ReadTx, hash: &str, now: DateTime<Utc>) -> Result<Option<service_record::Model>> {
    use service_record::Column as C;
    let found = tx.select::<service_record::Entity>()?.filter(C::TokenHash.eq(hash)).filter(C::TokenUntil.gt(now));
    found.one().await
}

/// A service of somebody's that overlaps one from `start` to `end` on a day, other than `but`.
pub async fn overlapping(
    tx: &ReadTx,
    staff: StaffId,
    on: NaiveDate,
    (start, end): (&str, &str),
    but: Option<ServiceRecordId>,
) -> Result<Option<service_record::Model>> {
    use service_record::Column as C;
    let theirs = tx.select::<service_record::Entity>()?.filter(C::StaffId.eq(staff)).filter(C::OnDay.eq(on));
    // Times as texts of five characters are in the order of the clock.
    let at_once = theirs.filter(C::Start.lt(end)).filter(C::Finish.gt(start)).filter(C::Id.is_not_in(but));
    at_once.one().await
}

/// Services that wait for a recipient, those with the fewest days left first.
pub async fn waiting(tx: &ReadTx, sight: &Sight, most: Most) -> Result<Vec<service_record::Model>> {
    use service_record::Column as C;
    let mut found =
        tx.select::<service_record::Entity>()?.filter(C::Status.eq(ServiceRecordStatus::AwaitingConfirmation));
    if let Some(within) = sight.condition() {
        found = found.filter(within);
    }
    found.order_by(C::DueOn, Order::Asc).order_by(C::Id, Order::Asc).limit(most.open).all().await
}

/// The others, the newest first; drafts only of `me`.
pub async fn recent(tx: &ReadTx, sight: &Sight, me: Option<StaffId>, most: Most) -> Result<Vec<service_record::Model>> {
    use service_record::Column as C;
    let handed_in = C::Status.ne(ServiceRecordStatus::Draft);
    let mut found = tx
        .select::<service_record::Entity>()?
        .filter(C::Status.ne(ServiceRecordStatus::AwaitingConfirmation))
        .filter(Condition::any().add(handed_in).add(C::StaffId.is_in(me)));
    if let Some(within) = sight.condition() {
        found = found.filter(within);
    }
    found.order_by(C::OnDay, Order::Desc).order_by(C::Start, Order::Desc).limit(most.over).all().await
}

/// The last look at each of these people's kit, and the last word about each.
pub async fn checks(tx: &ReadTx, people: &[StaffId]) -> Result<Vec<volunteer_check::Model>> {
    use volunteer_check::Column as C;
    let found = tx.select::<volunteer_check::Entity>()?.filter(C::StaffId.is_in(people.iter().copied()));
    found.filter(C::Latest.eq(true)).all().await
}

/// Adds a look or a word, which is now the last one of its kind.
pub async fn add_check(
    tx: &mut WriteTx,
    staff: StaffId,
    kind: VolunteerCheckKind,
    row: volunteer_check::ActiveModel,
) -> Result<volunteer_check::Model> {
    use volunteer_check::Column as C;
    let before = Condition::all().add(C::StaffId.eq(staff)).add(C::Kind.eq(kind)).add(C::Latest.eq(true));
    let older = volunteer_check::ActiveModel { latest: Set(None), ..Default::default() };
    tx.update_where(before, older).await?;
    let row = volunteer_check::ActiveModel { staff_id: Set(staff), kind: Set(kind), latest: Set(Some(true)), ..row };
    tx.insert(row).await
}

/// Services whose days for a confirmation have gone by on `today`.
pub fn lapsed(today: NaiveDate) -> Condition {
    use service_record::Column as C;
    Condition::all().add(C::Status.eq(ServiceRecordStatus::AwaitingConfirmation)).add(C::DueOn.lt(today))
}

/// Confirmed services of days up to `until`.
pub fn of_old_years(until: NaiveDate) -> Condition {
    use service_record::Column as C;
    Condition::all().add(C::Status.eq(ServiceRecordStatus::Confirmed)).add(C::OnDay.lte(until))
}

/// Services whose proof is kept too long on `today`.
pub fn kept_too_long(today: NaiveDate) -> Condition {
    Condition::all().add(service_record::Column::PurgeOn.lt(today))
}

/// Whether there is one of these services.
pub async fn any(tx: &ReadTx, which: Condition) -> Result<bool> {
    Ok(tx.select::<service_record::Entity>()?.filter(which).one().await?.is_some())
}
