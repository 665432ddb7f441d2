//! What is shown: services that wait and those that are over, volunteers with what they lack, how many are confirmed; one
//! service.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Datelike, NaiveDate};
use domain::{
    PostId, ServiceRecordId, StaffId,
    calendar::local_date,
    permission::Permission,
    policy::PolicyKey,
    posts::PostStatus,
    training::days_of,
    volunteers::{
        KitLook, ServiceRecordAction as Action, ServiceRecordStatus, VolunteerCheckKind, VolunteerFacts, VolunteerLack,
        after, lacks, rate,
    },
};
use entity::{post, post_assignment, service_record, staff_member, volunteer_check};

use super::{
    repo::{self, Sight},
    seen, sight,
};
use crate::{
    db::{
        ReadTx,
        volunteers::{Answered, Served},
    },
    error::Result,
    graphql::{context::Cx, page::Most},
    posts::{self, repo::People},
    tenancy, training,
};

/// A service with who did it.
pub struct Found {
    /// The service.
    pub row: service_record::Model,
    /// Who.
    pub name: String,
    /// Days left for a confirmation; none when nothing is awaited.
    pub days_left: Option<i64>,
}

/// A post's services of the year, as they were answered.
pub struct PostRate {
    /// The post.
    pub post: post::Model,
    /// How many are decided.
    pub decided: u32,
    /// How many of these were confirmed.
    pub confirmed: u32,
    /// How many a recipient said were not so.
    pub disputed: u32,
    /// Of a hundred; none where there are too few.
    pub rate: Option<u32>,
}

/// A look or a word with who gave it.
pub struct Check {
    /// The look or the word.
    pub row: volunteer_check::Model,
    /// By whom.
    pub by: String,
}

/// A volunteer.
pub struct Volunteer {
    /// Who.
    pub id: StaffId,
    /// Their name.
    pub name: String,
    /// Minutes of this year's confirmed services.
    pub confirmed_minutes: i64,
    /// Minutes of all of this year's that were handed in.
    pub minutes: i64,
    /// How many these were.
    pub records: i64,
    /// When they first passed an induction.
    pub inducted_on: Option<NaiveDate>,
    /// The last look at the kit.
    pub kit: Option<Check>,
    /// The last word that they can work alone.
    pub competence: Option<Check>,
    /// What is missing.
    pub lacks: Vec<VolunteerLack>,
    /// Whether the viewer may look at the kit.
    pub may_check: bool,
    /// Whether the viewer may say that they can work alone.
    pub may_sign: bool,
}

/// Everything that the viewer sees.
pub struct Board {
    /// The year that is added up.
    pub year: i32,
    /// Where the viewer serves today, and may write of it.
    pub serves: Vec<post::Model>,
    /// What waits for a recipient, the fewest days left first.
    pub waiting: Vec<Found>,
    /// The others, the newest first.
    pub recent: Vec<Found>,
    /// The volunteers, by number.
    pub people: Vec<Volunteer>,
    /// How many were confirmed, post by post.
    pub rates: Vec<PostRate>,
    /// For how many days a look at the kit counts.
    pub kit_days: u32,
    /// Below how many services there is no rate.
    pub rate_least: u32,
}

/// One service with everything about it.
pub struct Page {
    /// The service.
    pub found: Found,
    /// Where.
    pub post: post::Model,
    /// Which colleague took the confirmation down.
    pub witness: Option<String>,
    /// What they stated.
    pub statement: Option<String>,
    /// The last digits of the recipient's phone.
    pub tail: Option<String>,
    /// What the recipient drew, as text.
    pub signature: Option<String>,
    /// What the viewer may do.
    pub actions: Vec<Action>,
}

/// Everything that the viewer sees, at most so many of each.
pub async fn board(cx: &Cx, most: Most) -> Result<Board> {
    let scope = cx.scope()?;
    scope.require(Permission::VolunteerRead)?;
    let tx = cx.read().await?;
    let today = local_date(cx.now());
    let rules = cx.rules().await?;
    let kit_days = rules.policy.get(PolicyKey::VolunteerKitDays);
    let rate_least = rules.policy.get(PolicyKey::VolunteerRateLeast);
    let (sight, me) = sight(cx, &tx).await?;
    let all = repo::posts(&tx).await?;
    let there = match me {
        Some(me) if scope.require(Permission::VolunteerServe).is_ok() => {
            posts::service::reading::posts_on(&tx, me, today).await?
        }
        _ => BTreeSet::new(),
    };
    let serves = all.iter().filter(|row| row.status == PostStatus::Active && there.contains(&row.id)).cloned();
    let serves = serves.collect();
    let year = Year::of(&tx, &all, &sight, today).await?;
    let (waiting, recent) = (repo::waiting(&tx, &sight, most).await?, repo::recent(&tx, &sight, me, most).await?);
    let shown = waiting.iter().chain(&recent).map(|row| row.staff_id);
    let ids: Vec<_> = shown.chain(year.volunteers.iter().copied()).collect();
    let names = posts::repo::people(&tx, ids).await?;
    let found = |rows: Vec<_>| rows.into_iter().map(|row| found(row, &names, today)).collect();
    let (waiting, recent) = (found(waiting), found(recent));
    let viewer = Viewer::of(cx, me, &all)?;
    let people = year.people(&tx, &names, &viewer, today, kit_days, most).await?;
    let rates = rates(all, &sight, year.answers, rate_least);
    Ok(Board { year: today.year(), serves, waiting, recent, people, rates, kit_days, rate_least })
}

/// One of them.
pub async fn page(cx: &Cx, id: ServiceRecordId) -> Result<Page> {
    let scope = cx.scope()?;
    scope.require(Permission::VolunteerRead)?;
    let tx = cx.read().await?;
    let (row, me) = seen(cx, &tx, id).await?;
    let today = local_date(cx.now());
    let post = repo::post(&tx, row.post_id).await?;
    let names = posts::repo::people(&tx, vec![row.staff_id]).await?;
    let witness = tenancy::service::names(&tx, row.witness_id.into_iter().collect()).await?;
    let witness = witness.into_values().next().map(|member| member.display_name);
    let keys = cx.app.keys.center(row.center_id);
    let open = |field, text: &Option<String>| text.as_deref().map(|text| keys.open(field, text)).transpose();
    let statement = open("statement", &row.statement_enc)?;
    let tail = open("tail", &row.tail_enc)?;
    let signature = open("signature", &row.signature_enc)?;
    let own = me == Some(row.staff_id);
    let may = |action: &Action| {
        let needed = match action {
            Action::Witness if !own => Permission::ServiceWitness,
            Action::Edit | Action::Ask | Action::ShowCode | Action::Sign if own => Permission::VolunteerServe,
            _ => return false,
        };
        scope.require(needed).is_ok() && after(row.status, row.due_on, *action, today).is_ok()
    };
    let actions = Action::ALL.iter().copied().filter(may).collect();
    Ok(Page { found: found(row, &names, today), post, witness, statement, tail, signature, actions })
}

fn found(row: service_record::Model, names: &People, today: NaiveDate) -> Found {
    let name = names.get(&row.staff_id).map(|person| person.name.clone()).unwrap_or_default();
    let waits = row.status == ServiceRecordStatus::AwaitingConfirmation;
    let days_left = row.due_on.filter(|_| waits).map(|due| (due - today).num_days());
    Found { row, name, days_left }
}

fn rates(all: Vec<post::Model>, sight: &Sight, answers: Vec<Answered>, least: u32) -> Vec<PostRate> {
    let answers: HashMap<PostId, Answered> = answers.into_iter().map(|row| (row.post, row)).collect();
    let shown = |row: &post::Model| match sight {
        Sight::All => row.status != PostStatus::Planned || answers.contains_key(&row.id),
        Sight::At(posts, _) => posts.contains(&row.id),
        Sight::Own(_) => false,
    };
    let count = |number: i64| u32::try_from(number).unwrap_or_default();
    let of = |post: post::Model| {
        let known = answers.get(&post.id);
        let [decided, confirmed, disputed] =
            known.map_or([0; 3], |row| [count(row.decided), count(row.confirmed), count(row.disputed)]);
        PostRate { post, decided, confirmed, disputed, rate: rate(confirmed, decided, least) }
    };
    all.into_iter().filter(|row| shown(row)).map(of).collect()
}

/// What the viewer may do about people.
struct Viewer {
    me: Option<StaffId>,
    checks: bool,
    signs: bool,
    /// At everybody's, or at the posts that they lead.
    everywhere: bool,
    led: BTreeSet<PostId>,
}

impl Viewer {
    fn of(cx: &Cx, me: Option<StaffId>, posts: &[post::Model]) -> Result<Self> {
        let scope = cx.scope()?;
        let may = |permission| scope.require(permission).is_ok();
        let led = posts.iter().filter(|row| me.is_some() && row.lead_id == me).map(|row| row.id).collect();
        Ok(Self {
            me,
            checks: may(Permission::KitCheck),
            signs: may(Permission::CompetenceSign),
            everywhere: may(Permission::VolunteerReadAll),
            led,
        })
    }
}

/// What was done in a year, and who belongs to the posts today.
struct Year {
    served: HashMap<StaffId, Served>,
    answers: Vec<Answered>,
    assigned: Vec<post_assignment::Model>,
    volunteers: BTreeSet<StaffId>,
}

impl Year {
    async fn of(tx: &ReadTx, all: &[post::Model], sight: &Sight, today: NaiveDate) -> Result<Self> {
        let days = days_of(today.year()).unwrap_or((today, today));
        let served = tx.served(days, sight.condition()).await?;
        let answers = tx.answers(days, sight.condition()).await?;
        let known: BTreeSet<_> = all.iter().map(|row| row.id).collect();
        let mut assigned = posts::repo::assignments_between(tx, today, today).await?;
        assigned.retain(|row| known.contains(&row.post_id));
        let shown = assigned.iter().filter(|row| match sight {
            Sight::All => true,
            Sight::At(posts, me) => posts.contains(&row.post_id) || *me == Some(row.staff_id),
            Sight::Own(me) => *me == Some(row.staff_id),
        });
        let volunteers = shown.map(|row| row.staff_id).chain(served.iter().map(|row| row.staff)).collect();
        let served = served.into_iter().map(|row| (row.staff, row)).collect();
        Ok(Self { served, answers, assigned, volunteers })
    }

    async fn people(
        &self,
        tx: &ReadTx,
        names: &People,
        viewer: &Viewer,
        today: NaiveDate,
        kit_days: u32,
        most: Most,
    ) -> Result<Vec<Volunteer>> {
        let mut people: Vec<_> = self.volunteers.iter().filter_map(|id| names.get(id)).collect();
        people.sort_by(|a, b| a.staff_no.cmp(&b.staff_no));
        people.truncate(usize::try_from(most.open).unwrap_or(usize::MAX));
        let ids: Vec<_> = people.iter().map(|row| row.id).collect();
        let inducted = training::service::record::inductions(tx, &ids).await?;
        let rows = repo::checks(tx, &ids).await?;
        let by = tenancy::service::names(tx, rows.iter().map(|row| row.checker_id).collect()).await?;
        let mut checks: BTreeMap<(StaffId, VolunteerCheckKind), Check> = BTreeMap::new();
        for row in rows {
            let by = by.get(&row.checker_id).map(|member| member.display_name.clone()).unwrap_or_default();
            checks.insert((row.staff_id, row.kind), Check { row, by });
        }
        let volunteer = |row: &staff_member::Model| {
            let done = self.served.get(&row.id);
            let inducted_on = inducted.get(&row.id).copied();
            let kit = checks.remove(&(row.id, VolunteerCheckKind::Kit));
            let competence = checks.remove(&(row.id, VolunteerCheckKind::Competence));
            let look = kit.as_ref().map(|check| KitLook {
                on: check.row.on_day,
                vest: check.row.vest == Some(true),
                armband: check.row.armband == Some(true),
            });
            let competent_on = competence.as_ref().map(|check| check.row.on_day);
            let facts = VolunteerFacts { inducted_on, competent_on, kit: look };
            let other = viewer.me != Some(row.id) && row.left_on.is_none();
            let led = self.assigned.iter().any(|at| at.staff_id == row.id && viewer.led.contains(&at.post_id));
            Volunteer {
                id: row.id,
                name: row.name.clone(),
                confirmed_minutes: done.map_or(0, |done| done.confirmed),
                minutes: done.map_or(0, |done| done.minutes),
                records: done.map_or(0, |done| done.records),
                inducted_on,
                kit,
                competence,
                lacks: lacks(&facts, today, kit_days),
                may_check: other && viewer.checks && (viewer.everywhere || led),
                may_sign: other && viewer.signs,
            }
        };
        Ok(people.into_iter().map(volunteer).collect())
    }
}
