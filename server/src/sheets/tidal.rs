//! What is on record of a tidal window as workbooks: the last hours' queue and thirty days of the rest, as on the page.

use domain::{AccountId, PostId};
use entity::{queue_reading, tidal_call, tidal_proposal, tidal_session, tidal_work};

use super::lists::{Asked, Column, Found, all, table, yes};
use crate::{
    error::Result,
    graphql::context::Cx,
    tidal::service::reading::{self, Page},
};

/// A row with whether it is amiss, who did it or began it, and who ended it.
struct Line<R> {
    row: R,
    amiss: bool,
    by: Option<String>,
    then: Option<String>,
}

impl<R> Line<R> {
    fn new(row: R, amiss: bool, by: Option<String>) -> Self {
        Self { row, amiss, by, then: None }
    }
}

/// The window that is named.
async fn window(cx: &Cx, asked: &Asked) -> Result<Page> {
    reading::page(cx, asked.needed("post", |text| text.parse::<PostId>().ok())?, all().open).await
}

fn name(page: &Page, id: Option<AccountId>) -> Option<String> {
    page.names.get(&id?).cloned()
}

fn found<R>(page: &Page, rows: &[R], columns: &[Column<R>], asked: &Asked) -> Found {
    let post = &page.listed.post;
    table(rows, columns, asked.language()).narrowed("post", Some(post.name.as_str()), &post.id.to_string())
}

const SESSIONS: &[Column<Line<tidal_session::Model>>] = &[
    ("opened_at", |line, _| line.row.opened_at.into()),
    ("open_reason", |line, language| language.label("open_reason", line.row.reason.key()).into()),
    ("opener", |line, _| line.by.clone().into()),
    ("waiting_then", |line, _| line.row.waiting.into()),
    ("fewest", |line, _| line.row.fewest.into()),
    ("no_relief", |line, language| yes(line.amiss, language)),
    ("draining_at", |line, _| line.row.draining_at.into()),
    ("closed_at", |line, _| line.row.closed_at.into()),
    ("closer", |line, _| line.then.clone().into()),
    ("served", |line, _| line.row.served.into()),
];

/// When it was open, newest first.
pub(super) async fn sessions(cx: &Cx, asked: &Asked) -> Result<Found> {
    let page = window(cx, asked).await?;
    let line = |(row, no_relief): &(tidal_session::Model, bool)| Line {
        then: name(&page, row.closer_id),
        ..Line::new(row.clone(), *no_relief, name(&page, Some(row.opener_id)))
    };
    let rows: Vec<_> = page.sessions.iter().map(line).collect();
    Ok(found(&page, &rows, SESSIONS, asked))
}

const READINGS: &[Column<queue_reading::Model>] = &[
    ("read_at", |row, _| row.at.into()),
    ("waiting", |row, _| row.waiting.into()),
    ("wait_minutes", |row, _| row.minutes.into()),
    ("reading_source", |row, language| language.label("reading_source", row.source.key()).into()),
];

/// How many waited, oldest first.
pub(super) async fn readings(cx: &Cx, asked: &Asked) -> Result<Found> {
    let page = window(cx, asked).await?;
    Ok(found(&page, &page.readings, READINGS, asked))
}

const CALLS: &[Column<Line<tidal_call::Model>>] = &[
    ("called_at", |line, _| line.row.called_at.into()),
    ("answered", |line, language| yes(line.row.answered, language)),
    ("tail", |line, _| line.row.tail.clone().into()),
    ("call_note", |line, _| line.row.note.clone().into()),
    ("return_by", |line, _| line.row.due_on.into()),
    ("returned_at", |line, _| line.row.returned_at.into()),
    ("returner", |line, _| line.by.clone().into()),
    ("call_outcome", |line, _| line.row.outcome.clone().into()),
    ("return_late", |line, language| yes(line.amiss, language)),
];

/// Calls, newest first.
pub(super) async fn calls(cx: &Cx, asked: &Asked) -> Result<Found> {
    let page = window(cx, asked).await?;
    let line = |(row, late): &(tidal_call::Model, bool)| Line::new(row.clone(), *late, name(&page, row.returner_id));
    let rows: Vec<_> = page.calls.iter().map(line).collect();
    Ok(found(&page, &rows, CALLS, asked))
}

const WORK: &[Column<Line<tidal_work::Model>>] = &[
    ("day", |line, _| line.row.on_day.into()),
    ("name", |line, _| line.by.clone().into()),
    ("back_work", |line, language| language.label("back_work", line.row.kind.key()).into()),
    ("cases", |line, _| line.row.cases.into()),
    ("spent_minutes", |line, _| line.row.minutes.into()),
    ("note", |line, _| line.row.note.clone().into()),
];

/// Work in the back, newest first.
pub(super) async fn work(cx: &Cx, asked: &Asked) -> Result<Found> {
    let page = window(cx, asked).await?;
    let person = |row: &tidal_work::Model| page.people.get(&row.staff_id).map(|person| person.name.clone());
    let rows: Vec<_> = page.works.iter().map(|row| Line::new(row.clone(), false, person(row))).collect();
    Ok(found(&page, &rows, WORK, asked))
}

const PEAKS: &[Column<Line<tidal_proposal::Model>>] = &[
    ("peak_from", |line, _| line.row.peak_from.into()),
    ("most_waiting", |line, _| line.row.waiting.into()),
    ("longest_wait", |line, _| line.row.minutes.into()),
    ("status", |line, language| language.label("proposal_status", line.row.status.key()).into()),
    ("settled_at", |line, _| line.row.decided_at.into()),
    ("decider", |line, _| line.by.clone().into()),
    ("declined_because", |line, _| line.row.reason.clone().into()),
];

/// Peaks and what became of them, newest first.
pub(super) async fn peaks(cx: &Cx, asked: &Asked) -> Result<Found> {
    let page = window(cx, asked).await?;
    let line = |row: &tidal_proposal::Model| Line::new(row.clone(), false, name(&page, row.decider_id));
    let rows: Vec<_> = page.proposals.iter().map(line).collect();
    Ok(found(&page, &rows, PEAKS, asked))
}
