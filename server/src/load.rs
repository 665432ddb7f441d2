//! Invented complaints in any number, ratings ([`ratings`]), and posts of one center ([`posts`]), for trials and
//! measurements: `gangping load`. The same seed at the same moment invents the same cases, apart from the nonces of
//! encryption and the ids of people. Each case stands where its dates, clock and timeline say it stands, so that the
//! deadline sweep finds nothing to mend. Refused where real cases are.

mod course;
mod luck;
pub mod posts;
pub mod ratings;
mod story;
#[cfg(test)]
mod tests;
mod timeline;

use anyhow::{Context, ensure};
use chrono::{DateTime, Datelike, Months, NaiveDate, Utc};
use domain::{
    AccountId, DepartmentId,
    calendar::{WorkingCalendar, local_date},
    permission::{Permission, Role},
};
use entity::{complaint, complaint_event, complaint_pause, department};
use sea_orm::{ActiveModelTrait, ColumnTrait};
use serde::Deserialize;

use self::story::{Inventor, Story};
use crate::{
    analytics::{self, counting::Counted},
    auth::scope::Scope,
    db::{AuditEvent, ReadTx, Verb, WriteTx, identity::Center},
    graphql::context::{App, CityRules},
    tenancy,
};

/// The past that the cases come from.
const MONTHS: u32 = 18;
/// Cases written at once: one statement each for them and their events.
const AT_ONCE: usize = 100;

/// How many cases there are to be, and which.
#[derive(Clone, Copy, Debug)]
pub struct Load {
    /// Cases, over all centers.
    pub complaints: usize,
    /// Another seed, other cases.
    pub seed: u64,
}

/// What the stories are made of (`demo_texts.json`).
#[derive(Deserialize)]
struct Texts {
    templates: Vec<Template>,
    people_zh: Vec<String>,
    places: Vec<String>,
    windows: Vec<String>,
    days: Vec<String>,
    items: Vec<String>,
    item_departments: std::collections::HashMap<String, String>,
    replies: Vec<String>,
    notes: Vec<String>,
    findings: Vec<String>,
}

/// A complaint with places to fill in.
#[derive(Deserialize)]
struct Template {
    subject: String,
    text: String,
}

/// Who works in a center; each list has somebody in it.
struct People {
    handlers: Vec<AccountId>,
    staff: Vec<AccountId>,
    admins: Vec<AccountId>,
    supervisors: Vec<AccountId>,
    departments: Vec<(String, DepartmentId)>,
}

/// Fills every center alike, each in one transaction.
///
/// # Errors
/// When a center holds a real case or lacks people, or the database fails: the centers before it
/// are filled then.
pub async fn fill(app: &App, load: Load) -> anyhow::Result<()> {
    let centers = app.db.identity().all_centers().await?;
    ensure!(!centers.is_empty(), "there is no center to fill");
    for center in &centers {
        refuse_real(&app.db.read(&Scope::job(center, "load")).await?, center).await?;
    }
    let texts: Texts = serde_json::from_str(include_str!("../../migration/data/demo_texts.json"))?;
    let (share, rest) = (load.complaints / centers.len(), load.complaints % centers.len());
    for (i, center) in centers.iter().enumerate() {
        let complaints = share + usize::from(i < rest);
        // Another row of numbers for each center: 2^64 divided by the golden ratio keeps them apart.
        let seed = load.seed.wrapping_add(u64::try_from(i)?.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        fill_center(app, center, &texts, Load { complaints, seed }).await.with_context(|| center.code.clone())?;
    }
    Ok(())
}

async fn refuse_real(tx: &ReadTx, center: &Center) -> anyhow::Result<()> {
    let real = tx.select::<complaint::Entity>()?.filter(complaint::Column::Demo.eq(false)).limit(1).all().await?;
    ensure!(
        real.is_empty(),
        "this database holds real cases (center {}): invented ones need a database of their own",
        center.code
    );
    Ok(())
}

async fn fill_center(app: &App, center: &Center, texts: &Texts, load: Load) -> anyhow::Result<()> {
    let rules = app.rules(center.city_id).await?;
    let keys = app.keys.center(center.id);
    let granted = Scope::job(center, "load").require(Permission::ComplaintRegister)?;
    let mut tx = app.db.write(&granted).await?;
    // Once more, now that nobody else can write: on SQLite there is one writer, elsewhere it is as good as it gets.
    refuse_real(&tx, center).await?;
    let people = People::of(&tx).await?;
    let now = app.clock.now();
    let days = working_days(&rules, now)?;
    let mut inventor = Inventor::new(load.seed, texts, &people, &rules, &keys, &center.name_zh, now, days);
    let (mut left, mut counted) = (load.complaints, Counted::default());
    while left > 0 {
        let stories = (0..left.min(AT_ONCE)).map(|_| inventor.invent()).collect::<Result<Vec<_>, _>>()?;
        left -= stories.len();
        stories.iter().for_each(|story| counted.complaint(&(&story.row).into(), 1));
        write(&mut tx, stories).await?;
    }
    analytics::service::recount(&mut tx, now).await?;
    analytics::service::count(&mut tx, counted).await?;
    let detail = format!("{} complaints, seed {}", load.complaints, load.seed);
    tx.commit(AuditEvent::of(Verb::SampleLoaded).with_detail(detail)).await?;
    Ok(())
}

async fn write(tx: &mut WriteTx, stories: Vec<Story>) -> anyhow::Result<()> {
    let (mut rows, mut events, mut pauses) = (Vec::new(), Vec::new(), Vec::new());
    for story in stories {
        rows.push(complaint::ActiveModel::from(story.row).reset_all());
        events.extend(story.events.map(|event| complaint_event::ActiveModel::from(event).reset_all()));
        pauses.extend(story.pause.map(|pause| complaint_pause::ActiveModel::from(pause).reset_all()));
    }
    tx.insert_many(rows).await?;
    tx.insert_many(events).await?;
    tx.insert_many(pauses).await?;
    Ok(())
}

impl People {
    async fn of(tx: &ReadTx) -> anyhow::Result<Self> {
        let departments = tx.select::<department::Entity>()?.all().await?;
        Ok(Self {
            handlers: holders(tx, Role::ComplaintHandler).await?,
            staff: holders(tx, Role::PostStaff).await?,
            admins: holders(tx, Role::CenterAdmin).await?,
            supervisors: holders(tx, Role::SupervisionOfficer).await?,
            departments: departments.into_iter().map(|row| (row.code, row.id)).collect(),
        })
    }
}

async fn holders(tx: &ReadTx, role: Role) -> anyhow::Result<Vec<AccountId>> {
    let mut people = tenancy::service::holders(tx, role).await?;
    ensure!(!people.is_empty(), "the center has no {}: fill a database set up for a demo", role.key());
    people.sort_unstable();
    Ok(people)
}

/// The working days of the last months up to today, as far as the calendar reaches.
fn working_days(rules: &CityRules, now: DateTime<Utc>) -> anyhow::Result<Vec<NaiveDate>> {
    let today = local_date(now);
    let first = today - Months::new(MONTHS);
    let days: Vec<_> =
        first.iter_days().take_while(|day| *day <= today).filter(|day| is_working(&rules.calendar, *day)).collect();
    ensure!(
        !days.is_empty(),
        "the calendar ends with {}: it has no working day of the last {MONTHS} months before {today}",
        rules.calendar.last_year().unwrap_or(today.year())
    );
    Ok(days)
}

/// A day that no published list covers is none.
fn is_working(calendar: &WorkingCalendar, day: NaiveDate) -> bool {
    calendar.is_working(day).unwrap_or(false)
}
