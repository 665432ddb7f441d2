//! Tidal windows.

use chrono::{DateTime, NaiveDate, Utc};
use cynic::QueryBuilder;
use domain::{
    PostId, TidalCallId, TidalProposalId, TidalSessionId, TidalWorkId,
    tidal::{BackWork, OpenReason, ProposalStatus, ReadingSource, TidalAction, TidalPhase},
};

use super::{ApiError, account::questions, run, schema};

/// Where a window stands.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "TidalState")]
pub struct State {
    pub post_id: PostId,
    pub phase: TidalPhase,
    pub high_since: Option<DateTime<Utc>>,
    pub low_since: Option<DateTime<Utc>>,
    pub closing: bool,
}

/// A window.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "TidalWindow")]
pub struct Window {
    pub state: State,
    pub name: String,
    pub location: Option<String>,
}

/// How many wait.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "QueueReading")]
pub struct Reading {
    pub at: DateTime<Utc>,
    pub waiting: i32,
    pub minutes: Option<i32>,
    pub source: ReadingSource,
}

/// A peak that lasted.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "TidalProposal")]
pub struct Proposal {
    pub id: TidalProposalId,
    pub peak_from: DateTime<Utc>,
    pub waiting: i32,
    pub status: ProposalStatus,
    pub decider: Option<String>,
    pub reason: Option<String>,
}

/// A time in which a window was open.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "TidalSession")]
pub struct Session {
    pub id: TidalSessionId,
    pub reason: OpenReason,
    pub opened_at: DateTime<Utc>,
    pub opener: String,
    pub waiting: Option<i32>,
    pub fewest: Option<i32>,
    pub closed_at: Option<DateTime<Utc>>,
    pub served: Option<i32>,
    pub no_relief: bool,
}

/// A call.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "TidalCall")]
pub struct Call {
    pub id: TidalCallId,
    pub version: i32,
    pub called_at: DateTime<Utc>,
    pub answered: bool,
    pub tail: Option<String>,
    pub note: Option<String>,
    pub due_on: Option<NaiveDate>,
    pub returned_at: Option<DateTime<Utc>>,
    pub returner: Option<String>,
    pub outcome: Option<String>,
    pub late: bool,
}

/// Work in the back.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "TidalWork")]
pub struct Work {
    pub id: TidalWorkId,
    pub on: NaiveDate,
    pub who: Option<String>,
    pub work: BackWork,
    pub cases: i32,
    pub minutes: i32,
    pub note: Option<String>,
}

/// What thirty days lacked.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "TidalChecks")]
pub struct Checks {
    pub unopened: i32,
    pub no_relief: i32,
    pub late_calls: i32,
}

/// What many and few are.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "TidalLevels")]
pub struct Levels {
    pub open_waiting: i32,
    pub open_minutes: i32,
    pub close_waiting: i32,
}

/// A window with everything about it.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "TidalWindowPage")]
pub struct Page {
    pub window: Window,
    pub readings: Vec<Reading>,
    pub proposals: Vec<Proposal>,
    pub sessions: Vec<Session>,
    pub calls: Vec<Call>,
    pub works: Vec<Work>,
    pub checks: Checks,
    pub may_keep: bool,
    pub actions: Vec<TidalAction>,
    pub levels: Levels,
    pub today: NaiveDate,
}

#[derive(cynic::InputObject)]
pub struct RecordQueueReadingInput {
    pub post: PostId,
    pub waiting: i32,
    pub minutes: Option<i32>,
}

#[derive(cynic::InputObject)]
pub struct NamedTidalWindowInput {
    pub post: PostId,
}

#[derive(cynic::InputObject)]
pub struct DeclineTidalOpeningInput {
    pub post: PostId,
    pub reason: String,
}

#[derive(cynic::InputObject)]
pub struct CloseTidalWindowInput {
    pub post: PostId,
    pub served: i32,
}

#[derive(cynic::InputObject)]
pub struct RecordTidalCallInput {
    pub post: PostId,
    pub called_at: DateTime<Utc>,
    pub answered: bool,
    pub tail: Option<String>,
    pub note: Option<String>,
}

#[derive(cynic::InputObject)]
pub struct ReturnTidalCallInput {
    pub id: TidalCallId,
    pub version: i32,
    pub outcome: String,
}

#[derive(cynic::InputObject)]
pub struct RecordTidalWorkInput {
    pub post: PostId,
    pub on: NaiveDate,
    pub work: BackWork,
    pub cases: i32,
    pub minutes: i32,
    pub note: Option<String>,
}

/// What was written down; the page then asks for all of it.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "TidalCall")]
pub struct DoneCall {
    #[expect(dead_code, reason = "a selection cannot be empty")]
    id: TidalCallId,
}

/// The same of work in the back.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "TidalWork")]
pub struct DoneWork {
    #[expect(dead_code, reason = "a selection cannot be empty")]
    id: TidalWorkId,
}

questions! {
    record_queue_reading = "recordQueueReading" (RecordQueueReadingInput) -> State;
    open_tidal_window = "openTidalWindow" (NamedTidalWindowInput) -> State;
    decline_tidal_opening = "declineTidalOpening" (DeclineTidalOpeningInput) -> State;
    drain_tidal_window = "drainTidalWindow" (NamedTidalWindowInput) -> State;
    close_tidal_window = "closeTidalWindow" (CloseTidalWindowInput) -> State;
    record_tidal_call = "recordTidalCall" (RecordTidalCallInput) -> DoneCall;
    return_tidal_call = "returnTidalCall" (ReturnTidalCallInput) -> DoneCall;
    record_tidal_work = "recordTidalWork" (RecordTidalWorkInput) -> DoneWork;
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query")]
struct WindowsQuery {
    tidal_windows: Vec<Window>,
}

#[derive(cynic::QueryVariables)]
struct OfWindow {
    post: PostId,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "OfWindow")]
struct WindowQuery {
    #[arguments(post: $post)]
    tidal_window: Page,
}

/// The windows, and of one of them everything: the one asked for, or the first.
///
/// # Errors
/// Whatever the server or the network says.
pub async fn windows(chosen: Option<PostId>) -> Result<(Vec<Window>, Option<Page>), ApiError> {
    let all = run(WindowsQuery::build(())).await?.tidal_windows;
    let known = chosen.filter(|id| all.iter().any(|row| row.state.post_id == *id));
    let page = match known.or(all.first().map(|row| row.state.post_id)) {
        Some(post) => Some(run(WindowQuery::build(OfWindow { post })).await?.tidal_window),
        None => None,
    };
    Ok((all, page))
}
