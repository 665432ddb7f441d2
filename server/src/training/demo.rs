//! Invented sessions of the center that a newcomer sees first, told by the services themselves.

use std::collections::HashMap;

use chrono::{Datelike, Days, NaiveDate};
use domain::{
    StaffId,
    calendar::local_date,
    training::{Mark, SessionForm, SessionKind, TestResult, Topic, days_of},
};
use serde::Deserialize;

use super::service;
use crate::{
    demo::Cast,
    error::Result,
    graphql::context::{App, Cx},
    posts::{self, service::Seen},
};

#[derive(Deserialize)]
struct Texts {
    sessions: Vec<Session>,
}

#[derive(Deserialize)]
struct Session {
    days_ago: i64,
    start: String,
    hours: u32,
    kind: SessionKind,
    topic: Topic,
    title: String,
    trainer: Option<String>,
    place: Option<String>,
    #[serde(default)]
    unscheduled: bool,
    cancelled: Option<String>,
    attended: Vec<String>,
    #[serde(default)]
    failed: Vec<String>,
    absent: Vec<String>,
}

/// Puts them in: trainings, an induction, a test without notice, one that was called off and one that lies ahead. Some
/// people are still to be trained this year.
///
/// # Errors
/// From the services.
pub async fn tell(app: &App, cast: &Cast) -> Result<()> {
    let texts: Texts = serde_json::from_str(include_str!("../../../migration/data/demo_training.json"))
        .map_err(anyhow::Error::from)?;
    let cx = Cx::new(app.clone(), Some(cast.admin.clone()), None, "demo".to_owned());
    let staff = posts::repo::staff(&*cx.read().await?, false).await?;
    let known: HashMap<_, _> = staff.into_iter().map(|row| (row.staff_no, row.id)).collect();
    let today = local_date(app.clock.now());
    for session in texts.sessions {
        let on = day(today, session.days_ago);
        let passes = session.kind == SessionKind::SkillTest || session.topic == Topic::VolunteerInduction;
        let marks = marks(&session, &known, passes);
        let Session { start, hours, kind, topic, title, trainer, place, unscheduled, cancelled, .. } = session;
        let form = SessionForm { on, start, hours, kind, topic, title, trainer, place, unscheduled };
        let row = service::plan(&cx, form).await?;
        let seen = Seen { id: row.id, version: row.version };
        match cancelled {
            Some(reason) => service::cancel(&cx, seen, reason).await?,
            None if marks.is_empty() => row,
            None => service::record(&cx, seen, marks).await?,
        };
    }
    Ok(())
}

/// What is past stays in this year, so that it counts for it.
fn day(today: NaiveDate, days_ago: i64) -> NaiveDate {
    let days = Days::new(days_ago.unsigned_abs());
    if days_ago < 0 {
        return today + days;
    }
    days_of(today.year()).map_or(today - days, |(first, _)| first.max(today - days))
}

fn marks(session: &Session, known: &HashMap<String, StaffId>, passes: bool) -> Vec<Mark> {
    let there = session.attended.iter().map(|number| (number, true));
    let all = there.chain(session.absent.iter().map(|number| (number, false)));
    let mark = |(number, attended): (&String, bool)| {
        let failed = session.failed.contains(number);
        let result = (passes && attended).then_some(if failed { TestResult::Failed } else { TestResult::Passed });
        let score = result.map(|result| if result == TestResult::Passed { 92 } else { 54 });
        Some(Mark { staff: *known.get(number)?, attended, result, score })
    };
    all.filter_map(mark).collect()
}
