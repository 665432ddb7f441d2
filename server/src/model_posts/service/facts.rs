//! What the rules of model posts want to know, for any number of posts in the same number of statements.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use domain::{
    AccountId, PostId, StaffId,
    calendar::local_date,
    model_posts::{
        Facts, Gap, gaps,
        gaps::{GapCode, Look, TrainedIn, start_of},
        ledger::{Proved, Tally},
        team::{Member, Person},
    },
    permission::Permission,
    policy::Policy,
    posts::{Restricted, Sex},
};
use entity::{activity_tally, check_standing, evidence_tally, model_title, post, staff_member, training_tally};

use super::repo;
use crate::{
    complaints::service::reading::found_right,
    db::ReadTx,
    error::Result,
    graphql::context::Cx,
    posts::{self, service::people::opened},
};

/// What is known of the posts of some titles.
#[derive(Default)]
pub struct Known {
    /// The posts, by id.
    pub posts: HashMap<PostId, post::Model>,
    teams: HashMap<PostId, Vec<Member>>,
    heads: HashMap<StaffId, Person>,
    tallies: HashMap<PostId, Vec<Tally>>,
    proved: HashMap<PostId, Vec<Proved>>,
    trained: HashMap<PostId, Vec<TrainedIn>>,
    looks: HashMap<PostId, Vec<Look>>,
    complaints: HashMap<PostId, NaiveDate>,
}

impl Known {
    /// Reads it.
    pub async fn of(cx: &Cx, tx: &ReadTx, titles: &[model_title::Model]) -> Result<Self> {
        let Some(since) = titles.iter().map(|title| title.since_on).min() else { return Ok(Self::default()) };
        let ids: Vec<_> = titles.iter().map(|title| title.post_id).collect();
        let posts = repo::posts(tx, &ids).await?.into_iter().map(|row| (row.id, row)).collect();
        let mut known = Self { posts, ..Self::default() };
        known.people(cx, tx, &ids).await?;
        for row in repo::tallies(tx, &ids, since_year(since)).await? {
            known.tallies.entry(row.post_id).or_default().push(tally(&row));
        }
        for row in repo::proved(tx, &ids, local_date(cx.now()).year()).await? {
            known.proved.entry(row.post_id).or_default().push(proved(&row));
        }
        for row in repo::trained(tx, &ids, since.year()).await? {
            known.trained.entry(row.post_id).or_default().push(trained(&row));
        }
        known.sessions(tx, since.year()).await?;
        for row in repo::standings(tx, &ids).await? {
            known.looks.entry(row.post_id).or_default().push(look(&row));
        }
        Ok(known)
    }

    /// Sessions are of the whole center: what its people had there counts for a post beside its own ledger.
    async fn sessions(&mut self, tx: &ReadTx, since: i32) -> Result<()> {
        let had = tx.trainings(since, i32::MAX).await?;
        let had = had.into_iter().map(|(staff, year, times)| TrainedIn { staff, year, times });
        for done in had {
            for (post, team) in &self.teams {
                if team.iter().any(|member| member.person.staff == done.staff) {
                    self.trained.entry(*post).or_default().push(done);
                }
            }
        }
        Ok(())
    }

    async fn people(&mut self, cx: &Cx, tx: &ReadTx, ids: &[PostId]) -> Result<()> {
        let assignments = repo::assignments(tx, ids).await?;
        let heads = self.posts.values().filter_map(|row| row.lead_id);
        let staff = posts::repo::people(tx, assignments.iter().map(|row| row.staff_id).chain(heads).collect()).await?;
        let mut persons = HashMap::new();
        for row in staff.values() {
            persons.insert(row.id, person(row, opened(cx, row)?));
        }
        for row in &assignments {
            let Some(person) = persons.get(&row.staff_id).copied() else { continue };
            let member = Member { person, from: row.from_on, until: row.until_on };
            self.teams.entry(row.post_id).or_default().push(member);
        }
        self.heads = persons;
        let accounts: HashMap<AccountId, StaffId> =
            staff.values().filter_map(|row| Some((row.account_id?, row.id))).collect();
        for (account, day) in found_right(tx, accounts.keys().copied().collect()).await? {
            // Counts against the posts where they were when it came in.
            let there = |member: &&Member| Some(&member.person.staff) == accounts.get(&account) && member.belongs(day);
            for (post, team) in &self.teams {
                if team.iter().any(|member| there(&member)) {
                    let since = self.complaints.entry(*post).or_insert(day);
                    *since = day.min(*since);
                }
            }
        }
        Ok(())
    }

    /// Everything that the post of a title lacks.
    pub fn gaps(&self, title: &model_title::Model, policy: &Policy, today: NaiveDate) -> Vec<Gap> {
        let members = self.team(title.post_id);
        let started_on = title.awarded_on.unwrap_or(title.applied_on);
        let lead = self.posts.get(&title.post_id).and_then(|post| post.lead_id);
        let head = lead.and_then(|lead| {
            let there = members.iter().filter(|member| member.person.staff == lead && member.belongs(today));
            let alone = |person: &Person| Member { person: *person, from: started_on, until: None };
            there.copied().next().or_else(|| self.heads.get(&lead).map(alone))
        });
        let facts = Facts {
            kind: title.kind,
            started_on,
            since: title.since_on,
            recheck_on: title.recheck_on,
            head,
            members,
            tallies: of(&self.tallies, title.post_id),
            proved: of(&self.proved, title.post_id),
            trained: of(&self.trained, title.post_id),
            looks: of(&self.looks, title.post_id),
            complaint_since: self.complaints.get(&title.post_id).copied(),
        };
        gaps(&facts, policy, today)
    }

    /// A post's people over time.
    pub fn team(&self, post: PostId) -> &[Member] {
        of(&self.teams, post)
    }
}

/// What of the gaps the viewer is told: a gap that would tell what one person is goes only to those who may know it of
/// everybody, and nobody is named; a look at a person is a look of its own, for a reason.
pub fn told(cx: &Cx, found: Vec<Gap>) -> Result<Vec<Gap>> {
    let roles = cx.scope()?.roles();
    let secret = |code| match code {
        GapCode::HeadNotWoman => Some(Permission::StaffSexRead),
        GapCode::HeadTooOld => Some(Permission::StaffBirthRead),
        GapCode::NotPartyMember => Some(Permission::StaffPartyRead),
        _ => None,
    };
    let shown = found.into_iter().filter(|gap| secret(gap.code).is_none_or(|field| roles.may(field)));
    let unnamed = |gap: Gap| if secret(gap.code).is_some() { Gap { people: Vec::new(), ..gap } } else { gap };
    Ok(shown.map(unnamed).collect())
}

/// The kinds of material are counted by the year of the calendar.
fn since_year(since: NaiveDate) -> NaiveDate {
    start_of(since, 12)
}

fn of<T>(all: &HashMap<PostId, Vec<T>>, post: PostId) -> &[T] {
    all.get(&post).map(Vec::as_slice).unwrap_or_default()
}

fn person(row: &staff_member::Model, known: Restricted) -> Person {
    let woman = known.sex.map(|sex| sex == Sex::Female);
    Person { staff: row.id, woman, born_on: known.born_on, party_member: known.party_member }
}

fn tally(row: &activity_tally::Model) -> Tally {
    Tally { activity: row.activity, quarter: row.quarter, entries: u32::try_from(row.entries).unwrap_or_default() }
}

fn proved(row: &evidence_tally::Model) -> Proved {
    Proved { evidence: row.evidence, year: row.year, entries: u32::try_from(row.entries).unwrap_or_default() }
}

fn trained(row: &training_tally::Model) -> TrainedIn {
    TrainedIn { staff: row.staff_id, year: row.year, times: u32::try_from(row.times).unwrap_or_default() }
}

const fn look(row: &check_standing::Model) -> Look {
    Look { check: row.looked_at, passed_on: row.passed_on, failed_on: row.failed_on }
}
