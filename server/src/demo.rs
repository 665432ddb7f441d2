//! Demo data: invented accounts and cases, marked as such, told by the services themselves at
//! the times they would have happened. Runs once on a database; refused where real cases are.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use domain::{
    AccountId,
    calendar::{WorkingCalendar, local_date, shanghai},
    complaints::{
        ComplaintChannel, ComplaintClass, ComplaintOutcome, ComplaintSubject, Draft, FeedbackMode,
        HandlingSatisfaction, NOTICE_VERSION, PauseReason,
    },
};
use entity::complaint;
use serde::Deserialize;

use crate::{
    analytics, appearance,
    auth::scope::Scope,
    bad_ratings, campaigns, care,
    clock::Clock,
    complaints::service::{Seen, clocks, filing, people, steps},
    db::identity::Center,
    error::Result,
    graphql::context::{App, Cx},
    handling, improvement, items, jobs, model_posts, posts, ratings, standardisation, talents, tidal, training,
    volunteers,
};

/// The password of every demo account.
pub const PASSWORD: &str = "demo-gangping-2026";

#[derive(Deserialize)]
struct Texts {
    demo_cases: Vec<Case>,
}

/// One invented story.
#[derive(Deserialize)]
struct Case {
    key: String,
    subject: String,
    class: String,
    channel: String,
    conclusion: String,
    follow_up: String,
    text: String,
    place: String,
    window: String,
    complainant_name: String,
    phone: String,
    assign_note: String,
    finding: String,
    reply: String,
    follow_up_note: String,
}

/// How far a story has been told.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Registered,
    Screened,
    Accepted,
    Assigned,
    Investigating,
    Paused,
    Proposed,
    Concluded,
    Answered,
    FollowedUp,
    Closed,
}

/// The stories of the center that a newcomer sees first: which, received how many working days
/// ago, told how far. Together they fill every queue.
const FIRST: &[(usize, u32, Stage)] = &[
    (0, 0, Stage::Registered),
    (1, 0, Stage::Screened),
    (2, 1, Stage::Accepted),
    (3, 2, Stage::Paused),
    (4, 5, Stage::Investigating),
    (5, 9, Stage::Closed),
    (6, 3, Stage::Proposed),
    (7, 7, Stage::Closed),
    (8, 0, Stage::Assigned),
    (9, 8, Stage::Investigating),
    (10, 4, Stage::Proposed),
    (11, 4, Stage::Answered),
    (12, 11, Stage::FollowedUp),
    (13, 4, Stage::Concluded),
];

const STAGES: &[(Stage, u32)] = &[
    (Stage::Closed, 9),
    (Stage::Registered, 0),
    (Stage::Investigating, 3),
    (Stage::Answered, 5),
    (Stage::Closed, 12),
    (Stage::Investigating, 9),
    (Stage::Accepted, 1),
];

/// Who acts in a center's stories.
pub struct Cast {
    /// The center.
    pub center: Center,
    /// Complaint handler.
    pub handler: Scope,
    /// Post staff.
    pub staff: Scope,
    /// Center administrator.
    pub admin: Scope,
    /// Supervision officer.
    pub supervisor: Scope,
    /// Who is there for the model posts, at the center that a newcomer sees first.
    pub ledgers: Option<Ledgers>,
    /// Standards officer, there as well.
    pub standards: Option<Scope>,
}

/// Who leads the model posts of a center, and who keeps their ledgers.
pub struct Ledgers {
    /// Post lead.
    pub lead: Scope,
    /// Keeper of the party pioneer post's ledger.
    pub party: Scope,
    /// … of the women's.
    pub women: Scope,
    /// … of the youth post's.
    pub youth: Scope,
}

/// Tells the stories of every center, the first one's in full, then lets the deadlines catch up.
///
/// # Errors
/// From the services.
pub async fn tell(app: &App, casts: &[Cast]) -> Result<usize> {
    let texts: Texts =
        serde_json::from_str(include_str!("../../migration/data/demo_texts.json")).map_err(anyhow::Error::from)?;
    let cases = &texts.demo_cases;
    let now = app.clock.now();
    let mut told = 0;
    for (i, cast) in casts.iter().enumerate() {
        let rules = app.rules(cast.center.city_id).await?;
        let teller = Teller { app, cast, calendar: &rules.calendar, now };
        if i == 0 {
            posts::demo::tell(app, cast).await?;
            if let Some(ledgers) = &cast.ledgers {
                model_posts::demo::tell(app, cast, ledgers).await?;
            }
            training::demo::tell(app, cast).await?;
            tidal::demo::tell(app, cast).await?;
            care::demo::tell(app, cast).await?;
            standardisation::demo::tell(app, cast).await?;
            talents::demo::tell(app, cast).await?;
            items::demo::tell(app, cast).await?;
            handling::demo::tell(app, cast).await?;
            volunteers::demo::tell(app, cast).await?;
            appearance::demo::tell(app, cast).await?;
            improvement::demo::tell(app, cast).await?;
            ratings::demo::tell(app, cast).await?;
            // After the ratings, whose bad ones it goes on with.
            bad_ratings::demo::tell(app, cast).await?;
            campaigns::demo::tell(app, cast).await?;
            for (case, ago, stage) in FIRST {
                told += teller.tell(&cases[case % cases.len()], *ago, *stage).await?;
            }
        } else {
            // A few in each other center, never the same mix twice running.
            for k in 0..2 + i % 5 {
                let (stage, ago) = STAGES[(i * 3 + k) % STAGES.len()];
                told += teller.tell(&cases[(i + k * 5) % cases.len()], ago, stage).await?;
            }
        }
        // Before the ratings that the first center has by now.
        analytics::demo::tell(app, cast).await?;
    }
    jobs::deadlines::sweep(app).await?;
    // Last of all: it closes the months that are over.
    jobs::metrics::sweep(app).await?;
    Ok(told)
}

struct Teller<'a> {
    app: &'a App,
    cast: &'a Cast,
    calendar: &'a WorkingCalendar,
    now: DateTime<Utc>,
}

impl Teller<'_> {
    async fn tell(&self, case: &Case, ago: u32, stage: Stage) -> Result<usize> {
        let day = self.working_days_ago(ago)?;
        let mut row = self.file(case, day).await?;
        for step in STEPS.iter().filter(|step| step.0 <= stage) {
            // A pause is a way aside, not a step on the way.
            if step.0 == Stage::Paused && stage != Stage::Paused {
                continue;
            }
            row = self.step(case, row, *step, day).await?;
        }
        Ok(1)
    }

    async fn file(&self, case: &Case, day: NaiveDate) -> Result<complaint::Model> {
        let channel = ComplaintChannel::from_key(&case.channel).unwrap_or(ComplaintChannel::Web);
        let by_visitor = matches!(channel, ComplaintChannel::Web | ComplaintChannel::Kiosk);
        let scope = if by_visitor { Scope::public(&self.cast.center) } else { self.cast.handler.clone() };
        let cx = self.at(scope, day, 0, 9, 10)?;
        let draft = Draft {
            text: case.text.clone(),
            happened_on: Some(local_date(cx.now())),
            place: Some(case.place.clone()),
            window: Some(case.window.clone()),
            name: Some(case.complainant_name.clone()),
            phone: Some(case.phone.clone()),
            address: None,
            notice_version: NOTICE_VERSION.to_owned(),
        };
        let key = self.app.ids.next().to_string();
        let subject = ComplaintSubject::from_key(&case.subject).unwrap_or(ComplaintSubject::Other);
        tracing::debug!(case.key, center = self.cast.center.code, "telling");
        let (_, row) = filing::file(&cx, filing::Filing { key, channel, subject, draft, cause: None }).await?;
        Ok(row)
    }

    async fn step(
        &self,
        case: &Case,
        row: complaint::Model,
        (stage, after, hour, minute): (Stage, u32, u32, u32),
        day: NaiveDate,
    ) -> Result<complaint::Model> {
        let by = |scope: &Scope, more: u32| self.at(scope.clone(), day, after, hour, minute + more);
        let Cast { handler, staff, admin, supervisor, .. } = self.cast;
        let seen = |row: &complaint::Model| Seen { id: row.id, version: row.version };
        let outcome = ComplaintOutcome::from_key(&case.conclusion).unwrap_or(ComplaintOutcome::Partly);
        let class = ComplaintClass::from_key(&case.class).unwrap_or(ComplaintClass::Normal);
        match stage {
            Stage::Registered => Ok(row),
            Stage::Screened => steps::screen(&by(handler, 0)?, seen(&row)).await,
            Stage::Accepted => steps::accept(&by(handler, 0)?, seen(&row), class).await,
            Stage::Assigned => {
                let to = staff.account().unwrap_or(AccountId(uuid::Uuid::nil()));
                people::assign(&by(handler, 0)?, seen(&row), to, None, Some(case.assign_note.clone())).await
            }
            Stage::Investigating => steps::investigate(&by(staff, 0)?, seen(&row)).await,
            Stage::Paused => {
                let note = "等待投诉人补充当天的取号单照片。".to_owned();
                clocks::pause(&by(handler, 0)?, seen(&row), PauseReason::AwaitingComplainant, note).await
            }
            Stage::Proposed => steps::propose(&by(staff, 0)?, seen(&row), outcome, case.finding.clone(), None).await,
            Stage::Concluded => {
                let row = steps::approve(&by(admin, 0)?, seen(&row)).await?;
                steps::conclude(&by(handler, 20)?, seen(&row)).await
            }
            Stage::Answered => {
                steps::give_feedback(&by(handler, 0)?, seen(&row), FeedbackMode::Phone, case.reply.clone()).await
            }
            Stage::FollowedUp => {
                let level = HandlingSatisfaction::from_key(&case.follow_up).unwrap_or(HandlingSatisfaction::Satisfied);
                let note = Some(case.follow_up_note.clone());
                steps::record_follow_up(&by(supervisor, 0)?, seen(&row), level, note).await
            }
            Stage::Closed => steps::close(&by(handler, 0)?, seen(&row)).await,
        }
    }

    /// A request of `scope` so many working days after `day`, never later than now.
    fn at(&self, scope: Scope, day: NaiveDate, after: u32, hour: u32, minute: u32) -> Result<Cx> {
        let date = self.calendar.add(day, after)?;
        let time = NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default();
        let at = date.and_time(time).and_local_timezone(shanghai()).single().map(|at| at.to_utc());
        let at = at.unwrap_or(self.now).min(self.now - TimeDelta::minutes(1));
        Ok(Cx::new(self.app.at(Clock::fixed(at)), Some(scope), None, "demo".to_owned()))
    }

    fn working_days_ago(&self, n: u32) -> Result<NaiveDate> {
        let today = local_date(self.now);
        let mut day = today;
        while !self.calendar.is_working(day)? || self.calendar.between(day, today)? < i32::try_from(n).unwrap_or(0) {
            day = day - Days::new(1);
        }
        Ok(day)
    }
}

/// Each step with its working day after receipt and its time of day.
const STEPS: &[(Stage, u32, u32, u32)] = &[
    (Stage::Screened, 0, 10, 0),
    (Stage::Accepted, 0, 11, 0),
    (Stage::Assigned, 0, 11, 30),
    (Stage::Investigating, 1, 9, 30),
    (Stage::Paused, 1, 15, 0),
    (Stage::Proposed, 2, 15, 0),
    (Stage::Concluded, 3, 9, 20),
    (Stage::Answered, 3, 10, 0),
    (Stage::FollowedUp, 5, 10, 30),
    (Stage::Closed, 5, 11, 0),
];
