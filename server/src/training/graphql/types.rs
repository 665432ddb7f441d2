//! Sessions, attendance and coverage as GraphQL shows them.

use async_graphql::SimpleObject;
use chrono::NaiveDate;
use domain::{
    PostId, StaffId, TrainingId,
    training::{SessionKind, SessionStatus, TestResult, Topic},
};
use entity::{training_attendance, training_session};

use super::super::service::{
    facts,
    reading::{Listed, Missing, OwnMark, OwnTraining, SessionPage, YearCoverage},
};
use crate::{
    error::Result,
    posts::graphql::{Post, StaffName, names},
};

/// A training session or skill test.
#[derive(SimpleObject)]
pub struct TrainingSession {
    /// Its id.
    id: TrainingId,
    /// How often it was changed.
    version: i32,
    /// When.
    on: NaiveDate,
    /// From when on, `HH:MM`.
    start: String,
    /// How many hours it takes.
    hours: i32,
    /// What it is.
    kind: SessionKind,
    /// What it is about.
    topic: Topic,
    /// What it is called.
    title: String,
    /// Who trains or tests.
    trainer: Option<String>,
    /// Where.
    place: Option<String>,
    /// Whether nobody was told before.
    unscheduled: bool,
    /// Where it stands.
    status: SessionStatus,
    /// Why it does not take place.
    cancel_reason: Option<String>,
    /// Whether those who were there pass or fail.
    passed_or_failed: bool,
    /// Whether it was invented for a demo.
    demo: bool,
}

/// A session in a list.
#[derive(SimpleObject)]
pub struct TrainingRow {
    /// The session.
    session: TrainingSession,
    /// How many were there.
    attended: u32,
    /// How many should have been and were not.
    absent: u32,
    /// How many passed.
    passed: u32,
}

/// How somebody took part.
#[derive(SimpleObject)]
pub struct TrainingMark {
    /// Who.
    staff: StaffId,
    /// Whether they were there.
    attended: bool,
    /// How they did.
    result: Option<TestResult>,
    /// Points of 100.
    score: Option<i32>,
}

/// A session with who took part.
#[derive(SimpleObject)]
pub struct TrainingPage {
    /// The session.
    session: TrainingSession,
    /// Who took part, and how.
    marks: Vec<TrainingMark>,
    /// Everybody named here, and who works here, by number.
    people: Vec<StaffName>,
}

/// Somebody who was trained too seldom.
#[derive(SimpleObject)]
pub struct UntrainedPerson {
    /// Who.
    staff: StaffId,
    /// How often they were trained.
    times: u32,
    /// Where they work, or did in that year.
    posts: Vec<PostId>,
}

/// How far a year's people are trained.
#[derive(SimpleObject)]
pub struct TrainingCoverage {
    /// Which year.
    year: i32,
    /// How many trainings are asked for.
    asked: u32,
    /// How many people had a day at a post in use.
    total: u32,
    /// How many of them were trained as often as asked for.
    trained: u32,
    /// The others, by number.
    missing: Vec<UntrainedPerson>,
    /// How many trainings were held.
    trainings: u32,
    /// How many tests.
    tests: u32,
    /// How many of these without notice.
    unscheduled_tests: u32,
    /// The posts in use.
    posts: Vec<Post>,
    /// Everybody named here.
    people: Vec<StaffName>,
}

/// The viewer's own part in a session.
#[derive(SimpleObject)]
pub struct OwnTrainingMark {
    /// The session.
    session: TrainingSession,
    /// How they took part.
    mark: TrainingMark,
}

/// What the viewer sees of trainings.
#[derive(SimpleObject)]
pub struct OwnTrainingPage {
    /// Whether they are on the staff.
    on_staff: bool,
    /// This year.
    year: i32,
    /// How often they were trained this year.
    times: u32,
    /// How many trainings are asked for.
    asked: u32,
    /// What lies ahead, soonest first, at most 50; tests without notice are left out.
    ahead: Vec<TrainingSession>,
    /// Their own part, newest first, at most 50.
    marks: Vec<OwnTrainingMark>,
}

impl From<training_session::Model> for TrainingSession {
    fn from(row: training_session::Model) -> Self {
        let passed_or_failed = facts(&row).is_passed_or_failed();
        let training_session::Model {
            id,
            version,
            on_day,
            start,
            hours,
            kind,
            topic,
            title,
            trainer,
            place,
            unscheduled,
            status,
            cancel_reason,
            demo,
            ..
        } = row;
        Self {
            id,
            version,
            on: on_day,
            start,
            hours,
            kind,
            topic,
            title,
            trainer,
            place,
            unscheduled,
            status,
            cancel_reason,
            passed_or_failed,
            demo,
        }
    }
}

impl From<Listed> for TrainingRow {
    fn from(Listed { row, attended, absent, passed }: Listed) -> Self {
        Self { session: row.into(), attended, absent, passed }
    }
}

impl From<training_attendance::Model> for TrainingMark {
    fn from(row: training_attendance::Model) -> Self {
        let training_attendance::Model { staff_id, attended, result, score, .. } = row;
        Self { staff: staff_id, attended, result, score }
    }
}

impl From<SessionPage> for TrainingPage {
    fn from(SessionPage { row, marks, people }: SessionPage) -> Self {
        Self { session: row.into(), marks: marks.into_iter().map(Into::into).collect(), people: names(people) }
    }
}

impl From<Missing> for UntrainedPerson {
    fn from(Missing { staff, times, posts }: Missing) -> Self {
        Self { staff, times, posts }
    }
}

impl TryFrom<YearCoverage> for TrainingCoverage {
    type Error = crate::error::Error;

    fn try_from(found: YearCoverage) -> Result<Self> {
        let YearCoverage { year, asked, total, missing, trainings, tests, unscheduled, posts, people } = found;
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Ok(Self {
            year,
            asked,
            total: number(total),
            trained: number(total.saturating_sub(missing.len())),
            missing: missing.into_iter().map(Into::into).collect(),
            trainings: number(trainings),
            tests: number(tests),
            unscheduled_tests: number(unscheduled),
            posts: posts.into_iter().map(TryInto::try_into).collect::<Result<_>>()?,
            people: names(people),
        })
    }
}

impl From<OwnMark> for OwnTrainingMark {
    fn from(OwnMark { session, mark }: OwnMark) -> Self {
        Self { session: session.into(), mark: mark.into() }
    }
}

impl From<OwnTraining> for OwnTrainingPage {
    fn from(OwnTraining { me, year, times, asked, ahead, marks }: OwnTraining) -> Self {
        let (ahead, marks) = (ahead.into_iter().map(Into::into).collect(), marks.into_iter().map(Into::into).collect());
        Self { on_staff: me.is_some(), year, times, asked, ahead, marks }
    }
}
