//! What is typed about sessions and who took part.

use async_graphql::InputObject;
use chrono::NaiveDate;
use domain::{
    StaffId, TrainingId,
    training::{Mark, SessionForm, SessionKind, TestResult, Topic},
};

use crate::graphql::{given, tidy};

/// A session, as filled in.
#[derive(InputObject)]
pub struct TrainingInput {
    /// When.
    on: NaiveDate,
    /// From when on, `HH:MM`.
    start: String,
    /// How many hours it takes.
    hours: u32,
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
    /// Whether nobody is told before: of a test alone.
    #[graphql(default)]
    unscheduled: bool,
}

/// A session as it was seen, and how it shall be.
#[derive(InputObject)]
pub struct EditTrainingInput {
    /// Its id.
    pub id: TrainingId,
    /// Its version.
    pub version: i32,
    #[graphql(flatten)]
    pub typed: TrainingInput,
}

/// How somebody took part.
#[derive(InputObject)]
pub struct TrainingMarkInput {
    /// Who.
    staff: StaffId,
    /// Whether they were there.
    attended: bool,
    /// How they did: in a test, and in a volunteer's induction.
    result: Option<TestResult>,
    /// Points of 100.
    score: Option<u32>,
}

/// Who was there, in full: who is not named was not expected.
#[derive(InputObject)]
pub struct RecordAttendanceInput {
    /// The session's id.
    pub id: TrainingId,
    /// Its version.
    pub version: i32,
    /// Each of them once.
    pub marks: Vec<TrainingMarkInput>,
}

/// A session that does not take place.
#[derive(InputObject)]
pub struct CancelTrainingInput {
    /// Its id.
    pub id: TrainingId,
    /// Its version.
    pub version: i32,
    /// Why.
    pub reason: String,
}

impl From<TrainingInput> for SessionForm {
    fn from(input: TrainingInput) -> Self {
        let TrainingInput { on, start, hours, kind, topic, title, trainer, place, unscheduled } = input;
        let (start, title) = (tidy(&start), tidy(&title));
        Self { on, start, hours, kind, topic, title, trainer: given(trainer), place: given(place), unscheduled }
    }
}

impl From<TrainingMarkInput> for Mark {
    fn from(TrainingMarkInput { staff, attended, result, score }: TrainingMarkInput) -> Self {
        Self { staff, attended, result, score }
    }
}
