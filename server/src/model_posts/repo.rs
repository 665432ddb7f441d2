//! Titles, ledgers, looks and tallies, as they are stored.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use domain::{
    LedgerEntryId, ModelTitleId, ObjectionId, PostId, StaffId, TallyId,
    model_posts::{
        CheckKind, ModelKind,
        gaps::Look,
        ledger::{EntryStatus, Tally},
    },
};
use entity::{
    activity_tally, check_standing, clause, evidence_tally, ledger_entry, ledger_participant, model_title,
    model_title_event, post, post_assignment, post_check, title_objection, training_tally,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, Order,
    sea_query::{Expr, ExprTrait},
};

use super::service::reading::Filter;
use crate::{
    db::{ReadTx, WriteTx},
    error::Result,
    graphql::page::Page,
    posts::repo::one,
};

/// Entries shown of what waits for approval.
const QUEUE: u64 = 100;

/// Looks shown of a post.
const LOOKS: u64 = 50;

/// Titles of these kinds that go on, or all of them; newest first.
pub async fn titles(tx: &ReadTx, kinds: &[ModelKind], all: bool) -> Result<Vec<model_title::Model>> {
    use model_title::Column as C;
    let mut select = tx.select::<model_title::Entity>()?.filter(C::Kind.is_in(kinds.iter().copied()));
    if !all {
        select = select.filter(C::Live.eq(true));
    }
    select.order_by(C::AppliedOn, Order::Desc).order_by(C::Id, Order::Desc).all().await
}

/// One title.
pub async fn title(tx: &ReadTx, id: ModelTitleId) -> Result<model_title::Model> {
    one::<model_title::Entity>(tx, model_title::Column::Id.eq(id)).await
}

/// What happened to a title, oldest first.
pub async fn events(tx: &ReadTx, title: ModelTitleId) -> Result<Vec<model_title_event::Model>> {
    use model_title_event::Column as C;
    let found = tx.select::<model_title_event::Entity>()?.filter(C::TitleId.eq(title));
    found.order_by(C::At, Order::Asc).order_by(C::Id, Order::Asc).all().await
}

/// What is held against a title, oldest first.
pub async fn objections(tx: &ReadTx, title: ModelTitleId) -> Result<Vec<title_objection::Model>> {
    use title_objection::Column as C;
    let found = tx.select::<title_objection::Entity>()?.filter(C::TitleId.eq(title));
    found.order_by(C::TakenAt, Order::Asc).order_by(C::Id, Order::Asc).all().await
}

/// One objection.
pub async fn objection(tx: &ReadTx, id: ObjectionId) -> Result<title_objection::Model> {
    one::<title_objection::Entity>(tx, title_objection::Column::Id.eq(id)).await
}

/// Clauses by number.
pub async fn clauses(tx: &ReadTx, numbers: Vec<&str>) -> Result<HashMap<String, clause::Model>> {
    let rows = tx.shared::<clause::Entity>().filter(clause::Column::Number.is_in(numbers)).all().await?;
    Ok(rows.into_iter().map(|row| (row.number.clone(), row)).collect())
}

/// Posts by id.
pub async fn posts(tx: &ReadTx, ids: &[PostId]) -> Result<Vec<post::Model>> {
    tx.select::<post::Entity>()?.filter(post::Column::Id.is_in(ids.iter().copied())).all().await
}

/// Everybody's time at some posts.
pub async fn assignments(tx: &ReadTx, posts: &[PostId]) -> Result<Vec<post_assignment::Model>> {
    use post_assignment::Column as C;
    let valid = tx.select::<post_assignment::Entity>()?.filter(C::Cancelled.eq(false));
    valid.filter(C::PostId.is_in(posts.iter().copied())).order_by(C::FromOn, Order::Asc).all().await
}

/// How many entries the ledgers of some posts hold about each activity, from the quarter of `from` on.
pub async fn tallies(tx: &ReadTx, posts: &[PostId], from: NaiveDate) -> Result<Vec<activity_tally::Model>> {
    use activity_tally::Column as C;
    let found = tx.select::<activity_tally::Entity>()?.filter(C::PostId.is_in(posts.iter().copied()));
    found.filter(C::Quarter.gte(Tally::quarter(from))).all().await
}

/// How many entries of `year` the ledgers of some posts hold by each kind of proof.
pub async fn proved(tx: &ReadTx, posts: &[PostId], year: i32) -> Result<Vec<evidence_tally::Model>> {
    use evidence_tally::Column as C;
    let found = tx.select::<evidence_tally::Entity>()?.filter(C::PostId.is_in(posts.iter().copied()));
    found.filter(C::Year.eq(year)).all().await
}

/// How often people were trained at some posts, from `year` on.
pub async fn trained(tx: &ReadTx, posts: &[PostId], year: i32) -> Result<Vec<training_tally::Model>> {
    use training_tally::Column as C;
    let found = tx.select::<training_tally::Entity>()?.filter(C::PostId.is_in(posts.iter().copied()));
    found.filter(C::Year.gte(year)).all().await
}

/// How the checks of some posts stand.
pub async fn standings(tx: &ReadTx, posts: &[PostId]) -> Result<Vec<check_standing::Model>> {
    let found = tx.select::<check_standing::Entity>()?;
    found.filter(check_standing::Column::PostId.is_in(posts.iter().copied())).all().await
}

/// The latest looks at a post, newest first.
pub async fn looks(tx: &ReadTx, post: PostId) -> Result<Vec<post_check::Model>> {
    use post_check::Column as C;
    let found = tx.select::<post_check::Entity>()?.filter(C::PostId.eq(post));
    found.order_by(C::OnDay, Order::Desc).order_by(C::Id, Order::Desc).limit(LOOKS).all().await
}

/// One entry.
pub async fn entry(tx: &ReadTx, id: LedgerEntryId) -> Result<ledger_entry::Model> {
    one::<ledger_entry::Entity>(tx, ledger_entry::Column::Id.eq(id)).await
}

/// A page of a post's ledger and one row more, newest first.
pub async fn entries(tx: &ReadTx, filter: Filter, page: Page) -> Result<Vec<ledger_entry::Model>> {
    use ledger_entry::Column as C;
    let Filter { post, status, evidence } = filter;
    let which = Condition::all().add(C::PostId.eq(post)).add_option(status.map(|status| C::Status.eq(status)));
    let which = which.add_option(evidence.map(|kind| C::Evidence.eq(kind)));
    let mut select = tx.select::<ledger_entry::Entity>()?.filter(which);
    if let Some(after) = page.after {
        let place = Expr::tuple([Expr::col(C::HappenedOn), Expr::col(C::Id)]);
        select = select.filter(place.lt(Expr::tuple([after.at.date_naive().into(), after.id.into()])));
    }
    let ordered = select.order_by(C::HappenedOn, Order::Desc).order_by(C::Id, Order::Desc);
    ordered.limit(u64::from(page.first) + 1).all().await
}

/// Posts that somebody leads.
pub async fn led(tx: &ReadTx, lead: StaffId) -> Result<Vec<PostId>> {
    let rows = tx.select::<post::Entity>()?.filter(post::Column::LeadId.eq(lead)).all().await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// What waits for approval in ledgers of these kinds, at all posts or some, longest first.
pub async fn submitted(tx: &ReadTx, kinds: &[ModelKind], posts: Option<&[PostId]>) -> Result<Vec<ledger_entry::Model>> {
    use ledger_entry::Column as C;
    let found = tx.select::<ledger_entry::Entity>()?.filter(C::Status.eq(EntryStatus::Submitted));
    let found = found.filter(C::Kind.is_in(kinds.iter().copied()));
    let at = Condition::all().add_option(posts.map(|posts| C::PostId.is_in(posts.iter().copied())));
    let found = found.filter(at);
    found.order_by(C::SubmittedAt, Order::Asc).order_by(C::Id, Order::Asc).limit(QUEUE).all().await
}

/// Who took part in some entries.
pub async fn participants(tx: &ReadTx, entries: &[LedgerEntryId]) -> Result<Vec<ledger_participant::Model>> {
    use ledger_participant::Column as C;
    if entries.is_empty() {
        return Ok(Vec::new());
    }
    let found = tx.select::<ledger_participant::Entity>()?.filter(C::EntryId.is_in(entries.iter().copied()));
    found.filter(C::Removed.eq(false)).order_by(C::Id, Order::Asc).all().await
}

/// Takes everybody out of an entry.
pub async fn clear_participants(tx: &mut WriteTx, entry: LedgerEntryId) -> Result<()> {
    let gone = ledger_participant::ActiveModel { removed: Set(true), ..Default::default() };
    tx.update_where(ledger_participant::Column::EntryId.eq(entry), gone).await.map(|_| ())
}

/// Counts `by` more, or fewer, approved entries like `entry`, with an id for each tally that may be new; the post is held.
pub async fn count_entry(tx: &mut WriteTx, ids: [TallyId; 2], entry: &ledger_entry::Model, by: i32) -> Result<()> {
    let quarter = Tally::quarter(entry.happened_on);
    {
        use activity_tally::Column as C;
        let of_post = tx.select::<activity_tally::Entity>()?.filter(C::PostId.eq(entry.post_id));
        let known = of_post.filter(C::Activity.eq(entry.activity)).filter(C::Quarter.eq(quarter)).one().await?;
        let row = activity_tally::ActiveModel {
            entries: Set(counted(known.as_ref().map_or(0, |row| row.entries), by)),
            ..Default::default()
        };
        match known {
            Some(known) => tx.update_plain(activity_tally::ActiveModel { id: Set(known.id), ..row }).await?,
            None => {
                let (post_id, activity) = (Set(entry.post_id), Set(entry.activity));
                let new =
                    activity_tally::ActiveModel { id: Set(ids[0]), post_id, activity, quarter: Set(quarter), ..row };
                tx.insert(new).await?
            }
        };
    }
    use evidence_tally::Column as C;
    let year = entry.happened_on.year();
    let of_post = tx.select::<evidence_tally::Entity>()?.filter(C::PostId.eq(entry.post_id));
    let known = of_post.filter(C::Evidence.eq(entry.evidence)).filter(C::Year.eq(year)).one().await?;
    let row = evidence_tally::ActiveModel {
        entries: Set(counted(known.as_ref().map_or(0, |row| row.entries), by)),
        ..Default::default()
    };
    match known {
        Some(known) => tx.update_plain(evidence_tally::ActiveModel { id: Set(known.id), ..row }).await?,
        None => {
            let (post_id, evidence) = (Set(entry.post_id), Set(entry.evidence));
            let new = evidence_tally::ActiveModel { id: Set(ids[1]), post_id, evidence, year: Set(year), ..row };
            tx.insert(new).await?
        }
    };
    Ok(())
}

/// Counts `by` more, or fewer, trainings in `year` of these people, who come with an id for a new tally each; the post
/// is held. Two statements for those who were counted before for each number of times, one for the rest.
pub async fn count_training(
    tx: &mut WriteTx,
    post: PostId,
    year: i32,
    people: Vec<(StaffId, TallyId)>,
    by: i32,
) -> Result<()> {
    use training_tally::Column as C;
    let known =
        tx.select::<training_tally::Entity>()?.filter(C::PostId.eq(post)).filter(C::Year.eq(year)).all().await?;
    let mut by_times = std::collections::BTreeMap::<i32, Vec<TallyId>>::new();
    let mut new = Vec::new();
    for (staff, id) in people {
        match known.iter().find(|row| row.staff_id == staff) {
            Some(row) => by_times.entry(row.times).or_default().push(row.id),
            None => new.push(training_tally::ActiveModel {
                id: Set(id),
                post_id: Set(post),
                staff_id: Set(staff),
                year: Set(year),
                times: Set(counted(0, by)),
                ..Default::default()
            }),
        }
    }
    for (times, ids) in by_times {
        let times = Set(counted(times, by));
        tx.update_where(C::Id.is_in(ids), training_tally::ActiveModel { times, ..Default::default() }).await?;
    }
    tx.insert_many(new).await
}

/// Writes down how a check stands after all the looks at it; the post is held.
pub async fn keep_standing(tx: &mut WriteTx, id: TallyId, post: PostId, check: CheckKind) -> Result<()> {
    let looks = tx.select::<post_check::Entity>()?.filter(post_check::Column::PostId.eq(post));
    let looks = looks.filter(post_check::Column::LookedAt.eq(check)).all().await?;
    let looks: Vec<_> = looks.iter().map(|row| (row.on_day, row.fine)).collect();
    let Look { passed_on, failed_on, .. } = Look::after(check, &looks);
    let row =
        check_standing::ActiveModel { passed_on: Set(passed_on), failed_on: Set(failed_on), ..Default::default() };
    let known = standings(tx, &[post]).await?.into_iter().find(|row| row.looked_at == check);
    match known {
        Some(known) => tx.update_plain(check_standing::ActiveModel { id: Set(known.id), ..row }).await?,
        None => {
            let (post_id, looked_at) = (Set(post), Set(check));
            tx.insert(check_standing::ActiveModel { id: Set(id), post_id, looked_at, ..row }).await?
        }
    };
    Ok(())
}

/// `by` more than there were, and never fewer than none.
const fn counted(were: i32, by: i32) -> i32 {
    let now = were.saturating_add(by);
    if now > 0 { now } else { 0 }
}
