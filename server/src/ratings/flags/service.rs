//! Flags are written from what was noticed, listed, and decided about.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Days, NaiveDate};
use domain::{
    CenterId, PostId, RatingFlagId, RatingPointId,
    calendar::local_date,
    evaluation::{
        flags::{Flag, Point, RatingFlagState, Usual, check_decision, closing, may_decide},
        levels::FiveLevel,
        ratings::RatingOrigin,
    },
    permission::Permission,
};
use entity::{post, rating_flag, rating_point};
use sea_orm::ActiveValue::{Set, Unchanged};

use super::repo;
use crate::{
    auth::scope::Scope,
    db::{AuditEvent, ReadTx, Verb, identity::Center},
    error::{Error, Kind, Result},
    graphql::context::{App, Cx},
    posts::{
        self,
        service::{Seen, reading::own_posts},
    },
    ratings, tenancy,
};

/// Flags shown at most.
const SHOWN: u64 = 200;
/// So many days before say how it usually is.
const PAST: Days = Days::new(28);

/// A flag as somebody sees it.
pub struct Found {
    /// The row.
    pub row: rating_flag::Model,
    /// Its center, where the city reads.
    pub center: Option<Center>,
    /// Who has decided, where the center reads.
    pub decided_by: Option<String>,
    /// Whether the viewer may decide.
    pub may_decide: bool,
}

/// Flags of the viewer's center, or of all centers of their city.
pub async fn list(cx: &Cx, state: RatingFlagState) -> Result<Vec<Found>> {
    cx.scope()?.require(Permission::RatingFlagRead)?;
    let tx = cx.read().await?;
    let rows = repo::flags(&tx, state, SHOWN).await?;
    found(cx, &tx, rows).await
}

/// Says of a flag whether it stands, with a reason.
pub async fn decide(cx: &Cx, seen: Seen<RatingFlagId>, state: RatingFlagState, reason: &str) -> Result<Found> {
    let granted = cx.scope()?.require(Permission::RatingFlagDecide)?;
    ratings::service::fine(check_decision(state, reason))?;
    let mut tx = cx.write(&granted).await?;
    let row = repo::flag(&tx, seen.id).await?;
    may_decide(row.state, Own::of(cx, &tx).await?.holds(&row))?;
    let change = rating_flag::ActiveModel {
        id: Unchanged(seen.id),
        state: Set(state),
        reason: Set(Some(reason.trim().to_owned())),
        decided_by: Set(granted.scope().account()),
        decided_at: Set(Some(tx.now())),
        ..Default::default()
    };
    let row = tx.update(change, seen.version).await?;
    let verb = if state == RatingFlagState::Kept { Verb::RatingFlagKept } else { Verb::RatingFlagDismissed };
    tx.commit(AuditEvent::on(row.id.0, verb).with_detail(format!("{} {}", row.day, row.kind.key()))).await?;
    let tx = cx.read().await?;
    found(cx, &tx, vec![row]).await?.pop().ok_or(Error::NotFound(Kind::Row))
}

/// Names of centers and people, in a number of statements that does not grow with the rows.
async fn found(cx: &Cx, tx: &ReadTx, rows: Vec<rating_flag::Model>) -> Result<Vec<Found>> {
    if cx.scope()?.tenant().is_none() {
        let centers: HashMap<CenterId, Center> =
            tx.city_centers().await?.into_iter().map(|(center, _)| (center.id, center)).collect();
        let at_city = |row: rating_flag::Model| Found {
            center: centers.get(&row.center_id).cloned(),
            decided_by: None,
            may_decide: false,
            row,
        };
        return Ok(rows.into_iter().map(at_city).collect());
    }
    let names = tenancy::service::names(tx, rows.iter().filter_map(|row| row.decided_by).collect()).await?;
    let may = cx.scope()?.require(Permission::RatingFlagDecide).is_ok();
    let own = Own::of(cx, tx).await?;
    let here = |row: rating_flag::Model| Found {
        center: None,
        decided_by: row.decided_by.and_then(|id| names.get(&id)).map(|member| member.display_name.clone()),
        may_decide: may && may_decide(row.state, own.holds(&row)).is_ok(),
        row,
    };
    Ok(rows.into_iter().map(here).collect())
}

/// The points of posts where the viewer works or that they lead; whoever administers all posts has them all.
struct Own {
    posts: Option<BTreeSet<PostId>>,
    of: HashMap<RatingPointId, Option<PostId>>,
}

impl Own {
    async fn of(cx: &Cx, tx: &ReadTx) -> Result<Self> {
        let of = ratings::repo::points(tx).await?.into_iter().map(|row| (row.id, row.post_id)).collect();
        Ok(Self { posts: own_posts(cx, tx).await?, of })
    }

    fn holds(&self, row: &rating_flag::Model) -> bool {
        let post = row.point_id.and_then(|point| self.of.get(&point).copied().flatten());
        self.posts.as_ref().is_none_or(|posts| post.is_some_and(|post| posts.contains(&post)))
    }
}

/// Writes the flags of a center's days before `today`, and forgets what was noticed of these.
pub async fn sweep(app: &App, center: &Center, today: NaiveDate) -> Result<()> {
    for day in app.watch.over(center.id, today) {
        let cx = Cx::new(app.clone(), Some(Scope::job(center, "ratings")), None, app.ids.next().to_string());
        write(&cx, center.id, day).await?;
        app.watch.close(center.id, day);
    }
    Ok(())
}

async fn write(cx: &Cx, center: CenterId, day: NaiveDate) -> Result<()> {
    if cx.app.watch.points(center, day).is_empty() {
        return Ok(());
    }
    let tx = cx.read().await?;
    let places = places(&tx, day).await?;
    drop(tx);
    let found = cx.app.watch.flags(center, day, |point| Place::usual(places.get(&point)));
    if found.is_empty() {
        return Ok(());
    }
    let granted = cx.scope()?.require(Permission::RatingFlagDecide)?;
    let mut tx = cx.write(&granted).await?;
    let known = repo::of_days(&tx, day, day).await?;
    let (mut new, mut changed) = (Vec::new(), 0);
    for (point, flag) in found {
        let (seen, among) = (number(flag.seen), number(flag.among));
        match known.iter().find(|row| row.point_id == point && row.kind == flag.kind) {
            None => new.push(rating_flag::ActiveModel {
                city_id: Set(granted.scope().city()),
                place: Set(places.get(&point).and_then(|place| place.name.clone())),
                ..fresh(cx, day, point, flag)
            }),
            // The process was stopped in between: what it had noticed before is on record, and this is more.
            Some(row) if row.state == RatingFlagState::Open && row.seen < seen => {
                let change = rating_flag::ActiveModel {
                    id: Unchanged(row.id),
                    seen: Set(seen),
                    among: Set(among),
                    ..Default::default()
                };
                tx.update(change, row.version).await?;
                changed += 1;
            }
            Some(_) => {}
        }
    }
    let written = new.len() + changed;
    if written == 0 {
        return Ok(());
    }
    if !new.is_empty() {
        tx.insert_many(new).await?;
    }
    tx.commit(AuditEvent::of(Verb::RatingsFlagged).with_detail(format!("{day} {written}"))).await
}

fn fresh(cx: &Cx, day: NaiveDate, point: Point, flag: Flag) -> rating_flag::ActiveModel {
    rating_flag::ActiveModel {
        id: Set(RatingFlagId(cx.app.ids.unordered())),
        point_id: Set(point),
        day: Set(day),
        kind: Set(flag.kind),
        seen: Set(number(flag.seen)),
        among: Set(number(flag.among)),
        state: Set(RatingFlagState::Open),
        reason: Set(None),
        decided_by: Set(None),
        decided_at: Set(None),
        version: Set(1),
        ..Default::default()
    }
}

fn number(count: u32) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// A point, and how many came there on each of the days before.
#[derive(Default)]
struct Place {
    name: Option<String>,
    closes: Option<u16>,
    days: BTreeMap<NaiveDate, u32>,
    top: u32,
    of: u32,
}

impl Place {
    fn usual(place: Option<&Self>) -> Usual {
        let none = Self::default();
        let Self { closes, days, top, of, .. } = place.unwrap_or(&none);
        Usual::new(days.values().copied().collect(), (*top, *of), *closes)
    }
}

async fn places(tx: &ReadTx, day: NaiveDate) -> Result<HashMap<Point, Place>> {
    let (from, until) = (day - PAST, day - Days::new(1));
    let posts: HashMap<PostId, post::Model> =
        posts::repo::posts(tx).await?.into_iter().map(|row| (row.id, row)).collect();
    let mut places: HashMap<Point, Place> = HashMap::new();
    for rating_point::Model { id, name, post_id, .. } in ratings::repo::points(tx).await? {
        let hours = post_id.and_then(|post| posts.get(&post)).and_then(|post| post.open_hours.as_deref());
        places.insert(Some(id), Place { name: Some(name), closes: hours.and_then(closing), ..Place::default() });
    }
    for row in ratings::repo::tallies(tx, from, until).await? {
        if row.origin != RatingOrigin::Active {
            continue;
        }
        let (place, came) = (places.entry(row.point_id).or_default(), u32::try_from(row.ratings).unwrap_or_default());
        *place.days.entry(row.day).or_default() += came;
        place.of += came;
        place.top += if row.level == FiveLevel::VerySatisfied { came } else { 0 };
    }
    for row in repo::answered(tx, from, until).await? {
        *places.entry(row.point_id).or_default().days.entry(row.day).or_default() += 1;
    }
    Ok(places)
}

/// Before the process ends: what was noticed until now becomes flags at once, since nothing else of it stays.
///
/// # Errors
/// From the database.
pub async fn stop(app: &App) -> Result<()> {
    let tomorrow = local_date(app.clock.now()) + Days::new(1);
    for center in app.db.identity().all_working_centers().await? {
        sweep(app, &center, tomorrow).await?;
    }
    Ok(())
}
