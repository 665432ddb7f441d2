//! What is typed about tidal windows.

use async_graphql::InputObject;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    PostId, TidalCallId,
    tidal::{BackWork, CallForm, Level, WorkForm},
};

/// How many wait.
#[derive(InputObject)]
pub struct RecordQueueReadingInput {
    /// At which window.
    post: PostId,
    /// Tickets that wait.
    waiting: u32,
    /// Minutes that the next one would wait, as estimated.
    minutes: Option<u32>,
}

/// A window.
#[derive(InputObject)]
pub struct NamedTidalWindowInput {
    /// Its post.
    pub post: PostId,
}

/// A proposal that is declined.
#[derive(InputObject)]
pub struct DeclineTidalOpeningInput {
    /// Of which window.
    pub post: PostId,
    /// Why.
    pub reason: String,
}

/// A window that closes.
#[derive(InputObject)]
pub struct CloseTidalWindowInput {
    /// Its post.
    pub post: PostId,
    /// How many it served.
    pub served: u32,
}

/// A call.
#[derive(InputObject)]
pub struct RecordTidalCallInput {
    /// To which window.
    post: PostId,
    /// When.
    called_at: DateTime<Utc>,
    /// Whether somebody answered.
    answered: bool,
    /// The last four digits of the number.
    tail: Option<String>,
    /// What it was about.
    note: Option<String>,
}

/// A missed call that was returned.
#[derive(InputObject)]
pub struct ReturnTidalCallInput {
    /// Its id.
    pub id: TidalCallId,
    /// Its version.
    pub version: i32,
    /// What came of it.
    pub outcome: String,
}

/// Work in the back.
#[derive(InputObject)]
pub struct RecordTidalWorkInput {
    /// At which window.
    post: PostId,
    /// On which day.
    on: NaiveDate,
    /// What.
    work: BackWork,
    /// How many cases.
    cases: u32,
    /// For how many minutes.
    minutes: u32,
    /// What there is to say.
    note: Option<String>,
}

impl RecordQueueReadingInput {
    pub fn parts(self) -> (PostId, Level) {
        let Self { post, waiting, minutes } = self;
        (post, Level { waiting, minutes })
    }
}

impl RecordTidalCallInput {
    pub fn parts(self) -> (PostId, CallForm) {
        let Self { post, called_at, answered, tail, note } = self;
        (post, CallForm { called_at, answered, tail: given(tail), note: given(note) })
    }
}

impl RecordTidalWorkInput {
    pub fn parts(self) -> (PostId, WorkForm) {
        let Self { post, on, work, cases, minutes, note } = self;
        (post, WorkForm { on, kind: work, cases, minutes, note: given(note) })
    }
}

fn given(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}
