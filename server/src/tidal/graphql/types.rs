//! Tidal windows as GraphQL shows them.

use std::collections::HashMap;

use async_graphql::SimpleObject;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    AccountId, PostId, TidalCallId, TidalProposalId, TidalSessionId, TidalWorkId,
    posts::PostStatus,
    tidal::{BackWork, OpenReason, ProposalStatus, ReadingSource, TidalAction, TidalPhase},
};
use entity::{queue_reading, tidal_call, tidal_proposal, tidal_session, tidal_window, tidal_work};

use super::super::{
    repo::as_watch,
    service::reading::{Levels, Listed, Page},
};

/// Where a window stands.
#[derive(SimpleObject)]
pub struct TidalState {
    /// Its post.
    post_id: PostId,
    /// The phase.
    phase: TidalPhase,
    /// When the last reading came.
    last_at: Option<DateTime<Utc>>,
    /// Since when many wait.
    high_since: Option<DateTime<Utc>>,
    /// Since when few wait.
    low_since: Option<DateTime<Utc>>,
    /// Whether closing is proposed.
    closing: bool,
}

/// A tidal window.
#[derive(SimpleObject)]
pub struct TidalWindow {
    /// Where it stands.
    state: TidalState,
    /// The post's short code.
    code: String,
    /// What it is called.
    name: String,
    /// The number over it.
    window_no: Option<String>,
    /// Where it is.
    location: Option<String>,
    /// Where the post is in its life.
    status: PostStatus,
}

/// How many wait.
#[derive(SimpleObject)]
pub struct QueueReading {
    /// When.
    at: DateTime<Utc>,
    /// Tickets that wait.
    waiting: i32,
    /// Minutes that the next one would wait, as estimated.
    minutes: Option<i32>,
    /// Where it comes from.
    source: ReadingSource,
}

/// A peak that lasted, and what a lead said to it.
#[derive(SimpleObject)]
pub struct TidalProposal {
    /// Its id.
    id: TidalProposalId,
    /// Since when many waited.
    peak_from: DateTime<Utc>,
    /// When opening was proposed.
    proposed_at: DateTime<Utc>,
    /// The most who waited.
    waiting: i32,
    /// The longest wait that was estimated.
    minutes: Option<i32>,
    /// What became of it.
    status: ProposalStatus,
    /// When that was decided.
    decided_at: Option<DateTime<Utc>>,
    /// By whom.
    decider: Option<String>,
    /// Why it was declined.
    reason: Option<String>,
}

/// A time in which a window was open.
#[derive(SimpleObject)]
pub struct TidalSession {
    /// Its id.
    id: TidalSessionId,
    /// Why it was opened.
    reason: OpenReason,
    /// When.
    opened_at: DateTime<Utc>,
    /// By whom.
    opener: String,
    /// How many waited then; null where nobody had counted.
    waiting: Option<i32>,
    /// How long, as estimated.
    minutes: Option<i32>,
    /// The fewest who waited since.
    fewest: Option<i32>,
    /// Since when it takes nobody more.
    draining_at: Option<DateTime<Utc>>,
    /// When it was closed.
    closed_at: Option<DateTime<Utc>>,
    /// By whom.
    closer: Option<String>,
    /// How many it served.
    served: Option<i32>,
    /// Whether as many wait as before, half an hour after it was opened.
    no_relief: bool,
}

/// A call to a window.
#[derive(SimpleObject)]
pub struct TidalCall {
    /// Its id.
    id: TidalCallId,
    /// How often it was changed.
    version: i32,
    /// When it came.
    called_at: DateTime<Utc>,
    /// Whether somebody answered.
    answered: bool,
    /// The last four digits of the number.
    tail: Option<String>,
    /// What it was about.
    note: Option<String>,
    /// The day on which a missed one is returned at the latest.
    due_on: Option<NaiveDate>,
    /// When it was returned.
    returned_at: Option<DateTime<Utc>>,
    /// By whom.
    returner: Option<String>,
    /// What came of it.
    outcome: Option<String>,
    /// Whether it was returned later, or still is not.
    late: bool,
}

/// Work in the back at a quiet time.
#[derive(SimpleObject)]
pub struct TidalWork {
    /// Its id.
    id: TidalWorkId,
    /// On which day.
    on: NaiveDate,
    /// Who.
    who: Option<String>,
    /// What.
    work: BackWork,
    /// How many cases.
    cases: i32,
    /// For how many minutes.
    minutes: i32,
    /// What there is to say.
    note: Option<String>,
}

/// What the last thirty days lacked.
#[derive(SimpleObject)]
pub struct TidalChecks {
    /// Peaks in which the window was not opened.
    unopened: usize,
    /// Times in which it was open and helped nobody.
    no_relief: usize,
    /// Missed calls that were not returned in time.
    late_calls: usize,
}

/// What many and few are, for the city.
#[derive(SimpleObject)]
pub struct TidalLevels {
    /// So many who wait are a peak.
    open_waiting: u32,
    /// So many minutes of waiting are one too.
    open_minutes: u32,
    /// No more than so many who wait are few.
    close_waiting: u32,
}

/// A window with everything about it.
#[derive(SimpleObject)]
pub struct TidalWindowPage {
    /// The window.
    window: TidalWindow,
    /// Readings of the last two hours, oldest first.
    readings: Vec<QueueReading>,
    /// Peaks of the last thirty days, newest first; so in all below.
    proposals: Vec<TidalProposal>,
    /// When it was open.
    sessions: Vec<TidalSession>,
    /// Calls.
    calls: Vec<TidalCall>,
    /// Work in the back.
    works: Vec<TidalWork>,
    /// What they lacked.
    checks: TidalChecks,
    /// Whether the viewer writes down here.
    may_keep: bool,
    /// What the viewer may decide now.
    actions: Vec<TidalAction>,
    /// What many and few are.
    levels: TidalLevels,
    /// Today there.
    today: NaiveDate,
}

impl From<tidal_window::Model> for TidalState {
    fn from(row: tidal_window::Model) -> Self {
        let tidal_window::Model { post_id, phase, last_at, high_since, low_since, closing, .. } = row;
        Self { post_id, phase, last_at, high_since, low_since, closing }
    }
}

impl From<Listed> for TidalWindow {
    fn from(Listed { post, window }: Listed) -> Self {
        let watch = as_watch(window.as_ref());
        let state = TidalState {
            post_id: post.id,
            phase: watch.phase,
            last_at: watch.last_at,
            high_since: watch.high_since,
            low_since: watch.low_since,
            closing: watch.closing,
        };
        let (window_no, location) = (post.window_no, post.location);
        Self { state, code: post.code, name: post.name, window_no, location, status: post.status }
    }
}

impl From<queue_reading::Model> for QueueReading {
    fn from(row: queue_reading::Model) -> Self {
        let queue_reading::Model { at, waiting, minutes, source, .. } = row;
        Self { at, waiting, minutes, source }
    }
}

type Names = HashMap<AccountId, String>;

fn name(names: &Names, id: Option<AccountId>) -> Option<String> {
    id.and_then(|id| names.get(&id).cloned())
}

impl TidalProposal {
    fn of(row: tidal_proposal::Model, names: &Names) -> Self {
        let decider = name(names, row.decider_id);
        let tidal_proposal::Model { id, peak_from, proposed_at, waiting, minutes, status, decided_at, reason, .. } =
            row;
        Self { id, peak_from, proposed_at, waiting, minutes, status, decided_at, decider, reason }
    }
}

impl TidalSession {
    fn of((row, no_relief): (tidal_session::Model, bool), names: &Names) -> Self {
        Self {
            id: row.id,
            reason: row.reason,
            opened_at: row.opened_at,
            opener: name(names, Some(row.opener_id)).unwrap_or_default(),
            waiting: row.waiting,
            minutes: row.minutes,
            fewest: row.fewest,
            draining_at: row.draining_at,
            closed_at: row.closed_at,
            closer: name(names, row.closer_id),
            served: row.served,
            no_relief,
        }
    }
}

impl From<tidal_call::Model> for TidalCall {
    fn from(row: tidal_call::Model) -> Self {
        let tidal_call::Model { id, version, called_at, answered, tail, note, due_on, returned_at, outcome, .. } = row;
        let (returner, late) = (None, false);
        Self { id, version, called_at, answered, tail, note, due_on, returned_at, returner, outcome, late }
    }
}

impl From<tidal_work::Model> for TidalWork {
    fn from(row: tidal_work::Model) -> Self {
        let tidal_work::Model { id, on_day, kind, cases, minutes, note, .. } = row;
        Self { id, on: on_day, who: None, work: kind, cases, minutes, note }
    }
}

impl From<Page> for TidalWindowPage {
    fn from(page: Page) -> Self {
        let checks = TidalChecks {
            unopened: page.unopened(),
            no_relief: page.sessions.iter().filter(|(_, no_relief)| *no_relief).count(),
            late_calls: page.calls.iter().filter(|(_, late)| *late).count(),
        };
        let Page {
            listed,
            readings,
            proposals,
            sessions,
            calls,
            works,
            names,
            people,
            may_keep,
            actions,
            levels,
            today,
        } = page;
        let Levels { open_waiting, open_minutes, close_waiting } = levels;
        let names = &names;
        let call = |(row, late): (tidal_call::Model, bool)| {
            let returner = name(names, row.returner_id);
            TidalCall { returner, late, ..row.into() }
        };
        let work = |row: tidal_work::Model| {
            let who = people.get(&row.staff_id).map(|person| person.name.clone());
            TidalWork { who, ..row.into() }
        };
        Self {
            window: listed.into(),
            readings: readings.into_iter().map(Into::into).collect(),
            proposals: proposals.into_iter().map(|row| TidalProposal::of(row, names)).collect(),
            sessions: sessions.into_iter().map(|row| TidalSession::of(row, names)).collect(),
            calls: calls.into_iter().map(call).collect(),
            works: works.into_iter().map(work).collect(),
            checks,
            may_keep,
            actions,
            levels: TidalLevels { open_waiting, open_minutes, close_waiting },
            today,
        }
    }
}
