//! Invented posts of one center: people who come and go, titles of model posts, and ledgers as long as one likes. People,
//! posts and assignments are told by the services; entries are written at once and counted as the services count them.

use std::collections::{BTreeMap, HashMap};

use anyhow::Context;
use chrono::{Datelike, Days, Months, NaiveDate, NaiveTime};
use domain::{
    LedgerEntryId, ModelTitleId, ParticipantId, PostCheckId, PostId, StaffId, TallyId,
    calendar::{local_date, shanghai},
    model_posts::{
        Activity, CheckKind, EvidenceKind, ModelKind, definition,
        ledger::{EntryStatus, Tally},
        title::{Term, TitleStatus},
    },
    permission::Permission,
    policy::Policy,
    posts::{Capacity, PostForm, PostStep, Restricted, Sex, StaffForm, assign::Days as Interval},
};
use entity::{activity_tally, evidence_tally, ledger_entry, ledger_participant, model_title, post_check};
use fastrand::Rng;
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use uuid::Uuid;

use crate::{
    auth::scope::Scope,
    clock::Clock,
    db::{AuditEvent, Verb, WriteTx},
    graphql::context::{App, Cx},
    model_posts::repo,
    posts::service::{
        self, Seen, people,
        plan::{self, NewAssignment},
    },
};

/// The past that the entries come from: a term.
const MONTHS: u32 = 24;
/// Entries written at once.
const AT_ONCE: usize = 200;
/// Who took part in an entry.
const TOGETHER: usize = 3;

/// How much there is to be.
#[derive(Clone, Copy, Debug)]
pub struct PostLoad {
    /// Posts; three of five are model posts.
    pub posts: usize,
    /// People, at one post each.
    pub staff: usize,
    /// Entries of ledgers, over all model posts.
    pub entries: usize,
    /// Another seed, other people.
    pub seed: u64,
}

struct Team {
    post: PostId,
    model: Option<ModelKind>,
    people: Vec<StaffId>,
}

/// Fills the center of `admin`, who is its administrator.
///
/// # Errors
/// When the center has such posts or people already, or the database fails.
pub async fn fill(app: &App, admin: &Scope, load: PostLoad) -> anyhow::Result<()> {
    let mut rng = Rng::with_seed(load.seed);
    let today = local_date(app.clock.now());
    let first = today - Months::new(MONTHS);
    let at = first.and_time(NaiveTime::MIN).and_local_timezone(shanghai()).single().context("midnight")?;
    let then = Cx::new(app.at(Clock::fixed(at.to_utc())), Some(admin.clone()), None, "load".to_owned());
    let mut teams = Vec::new();
    for i in 0..load.posts {
        teams.push(post(&then, i).await?);
    }
    for i in 0..load.staff {
        let team = teams.get_mut(i % load.posts.max(1)).context("people need posts")?;
        let days = Interval { from: first, until: None };
        let staff = person(&then, &mut rng, i, first).await?;
        plan::assign(&then, NewAssignment { post: team.post, staff, capacity: Capacity::Main, days }).await?;
        team.people.push(staff);
    }
    for Team { post, people, .. } in &teams {
        let row = crate::posts::repo::post(&*then.read().await?, *post).await?;
        service::name_lead(&then, Seen { id: *post, version: row.version }, people.first().copied()).await?;
    }
    let granted = admin.require(Permission::PostManage)?;
    let mut tx = app.db.write(&granted).await?;
    let models: Vec<_> = teams.iter().filter(|team| team.model.is_some()).collect();
    let policy = app.rules(admin.city()).await?.policy.clone();
    for (i, team) in models.iter().enumerate() {
        let entries = load.entries / models.len() + usize::from(i < load.entries % models.len());
        let writer = Writer { app, admin, team, first, today };
        writer.title(&mut tx, &policy).await?;
        writer.ledger(&mut tx, &mut rng, entries).await?;
    }
    let detail = format!("{} posts, {} people, {} entries", load.posts, load.staff, load.entries);
    tx.commit(AuditEvent::of(Verb::SampleLoaded).with_detail(detail)).await?;
    Ok(())
}

async fn post(then: &Cx, i: usize) -> anyhow::Result<Team> {
    let model = ModelKind::ALL.get(i % 5).copied();
    let form = PostForm {
        code: format!("x{i:03}"),
        name: format!("演示岗位{i:03}"),
        kind: model.map_or("guide_post", ModelKind::post_kind).to_owned(),
        department: None,
        window_no: Some(format!("{i}")),
        location: None,
        public_phone: None,
        open_hours: None,
        duties: Some("按岗位职责提供服务。".to_owned()),
        extra: Vec::new(),
    };
    let row = service::add(then, form).await?;
    let row = service::step(then, Seen { id: row.id, version: row.version }, PostStep::Activate).await?;
    Ok(Team { post: row.id, model, people: Vec::new() })
}

async fn person(then: &Cx, rng: &mut Rng, i: usize, joined: NaiveDate) -> anyhow::Result<StaffId> {
    let form = StaffForm {
        staff_no: format!("X{i:04}"),
        name: format!("演示人员{i:04}"),
        department: None,
        title: None,
        joined_on: Some(joined),
    };
    let restricted = Restricted {
        sex: Some(if rng.u32(0..100) < 65 { Sex::Female } else { Sex::Male }),
        born_on: joined.checked_sub_months(Months::new(12 * rng.u32(22..55))),
        party_member: Some(rng.u32(0..100) < 40),
    };
    Ok(people::add(then, people::Typed { form, account: None, restricted: Some(restricted) }).await?.id)
}

struct Writer<'a> {
    app: &'a App,
    admin: &'a Scope,
    team: &'a Team,
    first: NaiveDate,
    today: NaiveDate,
}

impl Writer<'_> {
    fn id(&self) -> Uuid {
        self.app.ids.next()
    }

    /// Awarded when the term began, and everything looked at since.
    async fn title(&self, tx: &mut WriteTx, policy: &Policy) -> anyhow::Result<()> {
        let account = self.admin.account().context("an administrator has an account")?;
        let (post, kind) = (self.team.post, self.team.model.context("a model post")?);
        let term = Term::first(kind, self.first, policy);
        let title = model_title::ActiveModel {
            id: Set(ModelTitleId(self.id())),
            post_id: Set(post),
            kind: Set(kind),
            status: Set(TitleStatus::Awarded),
            live: Set(Some(true)),
            applicant_id: Set(account),
            applied_on: Set(self.first),
            awarded_on: Set(Some(self.first)),
            since_on: Set(self.first),
            recheck_on: Set(Some(term.recheck_on)),
            ends_on: Set(Some(term.ends_on)),
            version: Set(1),
            ..Default::default()
        };
        tx.insert(title).await?;
        for check in CheckKind::ALL {
            let look = post_check::ActiveModel {
                id: Set(PostCheckId(self.id())),
                post_id: Set(post),
                looked_at: Set(*check),
                on_day: Set(self.today),
                fine: Set(true),
                checker_id: Set(account),
                created_at: Set(self.app.clock.now()),
                ..Default::default()
            };
            tx.insert(look).await?;
            repo::keep_standing(tx, TallyId(self.id()), post, *check).await?;
        }
        Ok(())
    }

    async fn ledger(&self, tx: &mut WriteTx, rng: &mut Rng, entries: usize) -> anyhow::Result<()> {
        let (mut about, mut proved) = (HashMap::new(), HashMap::new());
        let mut left = entries;
        while left > 0 {
            let rows: Vec<_> = (0..left.min(AT_ONCE)).map(|_| self.entry(rng)).collect::<Result<_, _>>()?;
            left -= rows.len();
            let mut taking_part = Vec::new();
            for row in &rows {
                *about.entry((row.activity, Tally::quarter(row.happened_on))).or_insert(0) += 1;
                *proved.entry((row.evidence, row.happened_on.year())).or_insert(0) += 1;
                let team = &self.team.people;
                let start = rng.usize(0..team.len().max(1));
                let people: Vec<_> = team.iter().cycle().skip(start).take(TOGETHER.min(team.len())).copied().collect();
                if row.activity == Activity::Training {
                    let each: BTreeMap<_, _> = people.iter().map(|staff| (*staff, TallyId(self.id()))).collect();
                    repo::count_training(tx, self.team.post, row.happened_on.year(), each.into_iter().collect(), 1)
                        .await?;
                }
                taking_part.extend(people.into_iter().map(|staff| ledger_participant::ActiveModel {
                    id: Set(ParticipantId(self.id())),
                    entry_id: Set(row.id),
                    staff_id: Set(staff),
                    removed: Set(false),
                    ..Default::default()
                }));
            }
            tx.insert_many(rows.into_iter().map(|row| ledger_entry::ActiveModel::from(row).reset_all()).collect())
                .await?;
            tx.insert_many(taking_part).await?;
        }
        let about = about.into_iter().map(|((activity, quarter), entries)| activity_tally::ActiveModel {
            id: Set(TallyId(self.id())),
            post_id: Set(self.team.post),
            activity: Set(activity),
            quarter: Set(quarter),
            entries: Set(entries),
            ..Default::default()
        });
        tx.insert_many(about.collect()).await?;
        let proved = proved.into_iter().map(|((evidence, year), entries)| evidence_tally::ActiveModel {
            id: Set(TallyId(self.id())),
            post_id: Set(self.team.post),
            evidence: Set(evidence),
            year: Set(year),
            entries: Set(entries),
            ..Default::default()
        });
        tx.insert_many(proved.collect()).await?;
        Ok(())
    }

    fn entry(&self, rng: &mut Rng) -> anyhow::Result<ledger_entry::Model> {
        let days = u64::try_from((self.today - self.first).num_days())?;
        let account = self.admin.account().context("an administrator has an account")?;
        let kind = self.team.model.context("a model post")?;
        let activity = *rng.choice(definition(kind).activities).context("activities")?;
        let now = self.app.clock.now();
        Ok(ledger_entry::Model {
            center_id: self.admin.center()?,
            id: LedgerEntryId(self.id()),
            post_id: self.team.post,
            kind,
            status: EntryStatus::Approved,
            author_id: account,
            submitter_id: Some(account),
            decider_id: Some(account),
            decided_at: Some(now),
            return_reason: None,
            happened_on: self.first + Days::new(rng.u64(0..=days)),
            activity,
            evidence: *rng.choice(EvidenceKind::ALL).context("kinds of evidence")?,
            title: format!("演示记录{:06}", rng.u32(0..1_000_000)),
            detail: None,
            hours: Some(2),
            kept_at: None,
            created_at: now,
            submitted_at: Some(now),
            version: 1,
        })
    }
}
