//! What is shown: the board of a day, a post, a person, a week, one's own desk. Each in a number of statements that does
//! not grow with the rows.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate};
use domain::{
    PostId, StaffId, Violation,
    calendar::local_date,
    files::OwnerKind,
    permission::Permission,
    posts::{
        PostStatus,
        check::{Checked, PostFacts, checks},
        roster::{self, Place, Plan, Presence},
    },
};
use entity::{absence, clause, duty, handover, post, post_assignment, staff_member};

use super::{
    kinds::{self, Kind},
    me, repo,
    repo::People,
};
use crate::{
    db::ReadTx,
    error::{Error, Kind as Missing, Result},
    files::{self, graphql::AttachedFile},
    graphql::context::Cx,
    training::service::record::Record,
};

/// Who is where on a day.
pub struct Board {
    /// The day.
    pub on: NaiveDate,
    /// Whether the center works on it.
    pub is_working: bool,
    /// The posts, by code.
    pub posts: Vec<BoardPost>,
    /// The kinds.
    pub kinds: Vec<Kind>,
    /// Who they are.
    pub people: People,
}

/// A post on a day.
pub struct BoardPost {
    /// The post.
    pub row: post::Model,
    /// Who is there.
    pub there: Vec<Place>,
    /// What it lacks; nothing is said of another day than today.
    pub lacks: Vec<Checked>,
}

/// A post with everything about it.
pub struct Page {
    /// The post.
    pub post: post::Model,
    /// Its kind.
    pub kind: Kind,
    /// What its clause asks for.
    pub clauses: Vec<clause::Model>,
    /// Everybody's time there, newest first.
    pub assignments: Vec<post_assignment::Model>,
    /// Who is there today.
    pub today: Vec<Place>,
    /// What was passed on, newest first.
    pub handovers: Vec<handover::Model>,
    /// How it stands.
    pub checks: Vec<Checked>,
    /// Who they are.
    pub people: People,
    /// Whether the viewer keeps its roster.
    pub may_plan: bool,
    /// The viewer, where they are on the staff.
    pub me: Option<StaffId>,
    /// The photo of its signboard.
    pub signboard: Option<AttachedFile>,
}

/// A person with everything that colleagues may see.
pub struct Person {
    /// Who.
    pub staff: staff_member::Model,
    /// Their time at posts, newest first.
    pub assignments: Vec<post_assignment::Model>,
    /// When they are away.
    pub absences: Vec<absence::Model>,
    /// The posts that these name.
    pub posts: Vec<post::Model>,
    /// Who stands in.
    pub people: People,
}

/// A day of a week.
pub struct RosterDay {
    /// The day.
    pub on: NaiveDate,
    /// Whether the center works on it; none where no calendar is published for its year.
    pub is_working: Option<bool>,
    /// Who is where.
    pub places: BTreeMap<PostId, BTreeSet<Place>>,
}

/// A week, Monday first.
pub struct Week {
    /// Its days.
    pub days: Vec<RosterDay>,
    /// The posts in life, by code.
    pub posts: Vec<post::Model>,
    /// Extra duties in it.
    pub duties: Vec<duty::Model>,
    /// Who they are.
    pub people: People,
}

/// What somebody sees first.
pub struct Desk {
    /// The viewer; none when they are not on the staff.
    pub me: Option<staff_member::Model>,
    /// Where they are today, and how.
    pub today: Vec<(post::Model, Place)>,
    /// What they have still to take, newest first.
    pub to_take: Vec<handover::Model>,
    /// Posts that they lead which lack something.
    pub lacking: Vec<(post::Model, Vec<Checked>)>,
    /// Who passed it on.
    pub people: People,
}

/// Every post, whatever its status.
pub async fn posts(cx: &Cx) -> Result<Vec<post::Model>> {
    cx.scope()?.require(Permission::PostRead)?;
    repo::posts(&*cx.read().await?).await
}

/// Everybody, also former staff where asked for.
pub async fn staff(cx: &Cx, former: bool) -> Result<Vec<staff_member::Model>> {
    cx.scope()?.require(Permission::PostRead)?;
    repo::staff(&*cx.read().await?, former).await
}

/// Who is where on `on`, or today.
pub async fn board(cx: &Cx, on: Option<NaiveDate>) -> Result<Board> {
    cx.scope()?.require(Permission::PostRead)?;
    let on = on.unwrap_or_else(|| local_date(cx.now()));
    let tx = cx.read().await?;
    let is_working = cx.rules().await?.calendar.is_working(on)?;
    let planned = Planned::between(&tx, on, on).await?;
    let mut places = planned.on(on, is_working);
    let kinds = kinds::all(&tx).await?;
    let today = local_date(cx.now());
    let assigned: Vec<_> = planned.assignments.iter().map(|(staff, _)| *staff).collect();
    let record = Record::of(cx, &tx, &assigned, today).await?;
    let posts: Vec<_> = repo::posts(&tx).await?;
    let posts = posts.into_iter().filter(|row| row.status != PostStatus::Closed);
    let posts: Vec<_> = posts
        .map(|row| {
            let kind = kinds.iter().find(|kind| kind.code == row.kind && on == today);
            let found = kind.map(|kind| lacks(kind, &row, &planned.assigned(row.id, today), &record, today));
            let lacks = found.unwrap_or_default().into_iter().filter(|check| !check.fine).collect();
            let there = places.remove(&row.id).unwrap_or_default().into_iter().collect();
            BoardPost { row, there, lacks }
        })
        .collect();
    let there = posts.iter().flat_map(|post| post.there.iter().flat_map(|p| [Some(p.staff), p.instead_of]));
    let leads = posts.iter().map(|post| post.row.lead_id);
    let lacking = posts.iter().flat_map(|post| post.lacks.iter().flat_map(|check| check.people.clone()).map(Some));
    let who = there.chain(leads).chain(lacking).flatten().collect();
    let people = repo::people(&tx, who).await?;
    Ok(Board { on, is_working, posts, kinds, people })
}

/// One post.
pub async fn post(cx: &Cx, id: PostId) -> Result<Page> {
    cx.scope()?.require(Permission::PostRead)?;
    let tx = cx.read().await?;
    let post = repo::post(&tx, id).await?;
    let today = local_date(cx.now());
    let is_working = cx.rules().await?.calendar.is_working(today).unwrap_or(true);
    let kind = kinds::all(&tx).await?.into_iter().find(|kind| kind.code == post.kind);
    let kind = kind.ok_or(Error::NotFound(Missing::Row))?;
    let clauses = match &kind.clause {
        Some(number) => repo::clauses_below(&tx, number).await?,
        None => Vec::new(),
    };
    let assignments = repo::assignments_at(&tx, id).await?;
    let mut places = Planned::between(&tx, today, today).await?.on(today, is_working);
    let handovers = repo::handovers_at(&tx, id).await?;
    let there: Vec<_> = places.remove(&id).unwrap_or_default().into_iter().collect();
    let who = assignments.iter().map(|row| row.staff_id);
    let who = who.chain(handovers.iter().flat_map(|row| [row.giver_id, row.taker_id]));
    let who = who.chain(there.iter().flat_map(|p| [Some(p.staff), p.instead_of]).flatten()).chain(post.lead_id);
    let who = who.collect();
    let people = repo::people(&tx, who).await?;
    let assigned = assignments.iter().filter(|row| repo::as_rule(row).days.contain(today));
    let assigned: Vec<_> = assigned.map(|row| row.staff_id).collect();
    let record = Record::of(cx, &tx, &assigned, today).await?;
    let checks = lacks(&kind, &post, &assigned, &record, today);
    let me = me(cx, &tx).await?.map(|me| me.id);
    let leads = me.is_some() && me == post.lead_id;
    let manages = cx.scope()?.require(Permission::PostManage).is_ok();
    let may_plan = manages || leads && cx.scope()?.require(Permission::RosterManage).is_ok();
    let signboard = files::service::of(&tx, OwnerKind::Post, &[id.0]).await?.pop();
    let keys = cx.app.keys.center(post.center_id);
    let signboard = signboard.map(|file| AttachedFile::new(&file, &keys)).transpose()?;
    Ok(Page { post, kind, clauses, assignments, today: there, handovers, checks, people, may_plan, me, signboard })
}

/// One person.
pub async fn person(cx: &Cx, id: StaffId) -> Result<Person> {
    cx.scope()?.require(Permission::PostRead)?;
    let tx = cx.read().await?;
    let staff = repo::person(&tx, id).await?;
    let assignments = repo::assignments_of(&tx, id).await?;
    let absences = repo::absences_of(&tx, id).await?;
    let posts = repo::posts(&tx).await?;
    let who = absences.iter().filter_map(|row| row.substitute_id).collect();
    let people = repo::people(&tx, who).await?;
    Ok(Person { staff, assignments, absences, posts, people })
}

/// The week that `day` lies in.
pub async fn week(cx: &Cx, day: Option<NaiveDate>) -> Result<Week> {
    cx.scope()?.require(Permission::PostRead)?;
    let day = day.unwrap_or_else(|| local_date(cx.now()));
    let too_far = || Error::from(Violation::new("day", "calendar.date_out_of_range"));
    let monday = day.checked_sub_days(Days::new(day.weekday().num_days_from_monday().into())).ok_or_else(too_far)?;
    let dates = (0..7).map(|n| monday.checked_add_days(Days::new(n)).ok_or_else(too_far));
    let dates = dates.collect::<Result<Vec<_>>>()?;
    let sunday = dates.last().copied().unwrap_or(monday);
    let tx = cx.read().await?;
    let rules = cx.rules().await?;
    let planned = Planned::between(&tx, monday, sunday).await?;
    let days: Vec<_> = dates
        .into_iter()
        .map(|on| {
            let is_working = rules.calendar.is_working(on).ok();
            RosterDay { on, is_working, places: planned.on(on, is_working.unwrap_or(false)) }
        })
        .collect();
    let posts: Vec<_> = repo::posts(&tx).await?;
    let posts = posts.into_iter().filter(|row| row.status != PostStatus::Closed).collect();
    let places = days.iter().flat_map(|day| day.places.values().flatten());
    let who = places.flat_map(|place| [Some(place.staff), place.instead_of]).flatten().collect();
    let people = repo::people(&tx, who).await?;
    Ok(Week { days, posts, duties: repo::duties_between(&tx, monday, sunday).await?, people })
}

/// The viewer's own desk.
pub async fn desk(cx: &Cx) -> Result<Desk> {
    cx.scope()?.require(Permission::PostRead)?;
    let tx = cx.read().await?;
    let Some(me) = me(cx, &tx).await? else {
        let (today, to_take, lacking) = (Vec::new(), Vec::new(), Vec::new());
        return Ok(Desk { me: None, today, to_take, lacking, people: People::new() });
    };
    let today = local_date(cx.now());
    let is_working = cx.rules().await?.calendar.is_working(today).unwrap_or(true);
    let planned = Planned::between(&tx, today, today).await?;
    let places = planned.on(today, is_working);
    let posts = repo::posts(&tx).await?;
    let kinds = kinds::all(&tx).await?;
    let mine = |row: &post::Model| places.get(&row.id)?.iter().find(|place| place.staff == me.id).copied();
    let own = posts.iter().filter_map(|row| Some((row.clone(), mine(row)?))).collect::<Vec<_>>();
    let led: Vec<_> = posts.iter().filter(|row| row.lead_id == Some(me.id)).collect();
    let theirs: Vec<_> = led.iter().flat_map(|row| planned.assigned(row.id, today)).collect();
    let record = Record::of(cx, &tx, &theirs, today).await?;
    let lacking = led.into_iter().filter_map(|row| {
        let kind = kinds.iter().find(|kind| kind.code == row.kind)?;
        let mut found = lacks(kind, row, &planned.assigned(row.id, today), &record, today);
        found.retain(|check| !check.fine);
        (!found.is_empty()).then(|| (row.clone(), found))
    });
    let lacking: Vec<_> = lacking.collect();
    let to_take = repo::handovers_to(&tx, me.id).await?;
    let who = to_take.iter().map(|row| row.giver_id).chain(own.iter().filter_map(|(_, place)| place.instead_of));
    let who = who.chain(lacking.iter().flat_map(|(_, found)| found.iter().flat_map(|check| check.people.clone())));
    let who = who.collect();
    let people = repo::people(&tx, who).await?;
    Ok(Desk { me: Some(me), today: own, to_take, lacking, people })
}

/// The posts where the viewer works today, by assignment, as a substitute or for the day, and those that they lead; none
/// where they administer the center, and with it every post.
pub async fn own_posts(cx: &Cx, tx: &ReadTx) -> Result<Option<BTreeSet<PostId>>> {
    if cx.scope()?.require(Permission::PostManage).is_ok() {
        return Ok(None);
    }
    let Some(me) = me(cx, tx).await? else { return Ok(Some(BTreeSet::new())) };
    let today = local_date(cx.now());
    // Whose post it is does not depend on the day being worked.
    let there = Planned::between(tx, today, today).await?.on(today, true);
    let there = there.into_iter().filter(|(_, places)| places.iter().any(|place| place.staff == me.id));
    let leads = repo::posts(tx).await?.into_iter().filter(|row| row.lead_id == Some(me.id));
    Ok(Some(there.map(|(post, _)| post).chain(leads.map(|row| row.id)).collect()))
}

/// The posts where somebody works on `day`: by assignment, as a substitute or for the day, and not away.
pub async fn posts_on(tx: &ReadTx, staff: StaffId, day: NaiveDate) -> Result<BTreeSet<PostId>> {
    // Whose post it is does not depend on the day being worked.
    let there = Planned::between(tx, day, day).await?.on(day, true);
    let works = |place: &Place| place.staff == staff && place.presence != Presence::Away;
    Ok(there.into_iter().filter(|(_, places)| places.iter().any(works)).map(|(post, _)| post).collect())
}

/// Who is at which post on a day, by assignment, as a substitute or for the day; whether it is worked makes no difference.
pub async fn there(tx: &ReadTx, on: NaiveDate) -> Result<BTreeMap<PostId, BTreeSet<StaffId>>> {
    let places = Planned::between(tx, on, on).await?.on(on, true);
    let present = |places: BTreeSet<Place>| {
        places.into_iter().filter(|place| place.presence != Presence::Away).map(|place| place.staff).collect()
    };
    Ok(places.into_iter().map(|(post, places)| (post, present(places))).collect())
}

/// How a post stands with these people.
fn lacks(kind: &Kind, row: &post::Model, people: &[StaffId], record: &Record, today: NaiveDate) -> Vec<Checked> {
    let facts = PostFacts {
        status: row.status,
        has_lead: row.lead_id.is_some(),
        people: people.len(),
        duties_reviewed_on: row.duties_reviewed_on,
        untrained: &record.untrained(people),
        uninducted: &record.uninducted(people),
    };
    checks(&kind.checks, &facts, today)
}

/// What is planned for some days.
struct Planned {
    assignments: Vec<(StaffId, domain::posts::assign::Assignment)>,
    absences: Vec<roster::Absence>,
    duties: Vec<roster::Duty>,
}

impl Planned {
    async fn between(tx: &ReadTx, from: NaiveDate, until: NaiveDate) -> Result<Self> {
        let assignments = repo::assignments_between(tx, from, until).await?;
        let absences = repo::absences_between(tx, from, until).await?;
        let duties = repo::duties_between(tx, from, until).await?;
        Ok(Self {
            assignments: assignments.iter().map(|row| (row.staff_id, repo::as_rule(row))).collect(),
            absences: absences.iter().map(repo::as_absence).collect(),
            duties: duties.iter().map(repo::as_duty).collect(),
        })
    }

    fn on(&self, day: NaiveDate, is_working: bool) -> BTreeMap<PostId, BTreeSet<Place>> {
        let Self { assignments, absences, duties } = self;
        roster::on(Plan { assignments, absences, duties }, day, is_working)
    }

    fn assigned(&self, post: PostId, day: NaiveDate) -> Vec<StaffId> {
        let there = self.assignments.iter().filter(|(_, rule)| rule.post == post && rule.days.contain(day));
        there.map(|(staff, _)| *staff).collect()
    }
}
