//! Trainings as workbooks: the sessions of a year, who was at one of them, who is still to be trained.

use chrono::Datelike;
use domain::{TrainingId, calendar::local_date, training::SessionStatus};
use entity::training_attendance;

use super::{
    book::Cell,
    lists::{Asked, Column, Found, joined, table, yes},
};
use crate::{
    error::Result,
    graphql::context::Cx,
    training::service::{
        facts,
        reading::{self, Listed},
    },
};

/// A count of a session that was held; there is none of another.
fn held(session: &Listed, count: u32) -> Cell {
    (session.row.status == SessionStatus::Held).then(|| i64::from(count)).into()
}

const SESSIONS: &[Column<Listed>] = &[
    ("day", |session, _| session.row.on_day.into()),
    ("start", |session, _| session.row.start.as_str().into()),
    ("hours", |session, _| session.row.hours.into()),
    ("training_kind", |session, language| language.label("training_kind", session.row.kind.key()).into()),
    ("topic", |session, language| language.label("training_topic", session.row.topic.key()).into()),
    ("training_title", |session, _| session.row.title.as_str().into()),
    ("trainer", |session, _| session.row.trainer.clone().into()),
    ("place", |session, _| session.row.place.clone().into()),
    ("unscheduled", |session, language| yes(session.row.unscheduled, language)),
    ("status", |session, language| language.label("training_status", session.row.status.key()).into()),
    ("were_there", |session, _| held(session, session.attended)),
    ("were_absent", |session, _| held(session, session.absent)),
    ("have_passed", |session, _| {
        if facts(&session.row).is_passed_or_failed() { held(session, session.passed) } else { Cell::Empty }
    }),
    ("cancel_reason", |session, _| session.row.cancel_reason.clone().into()),
];

/// The year of the page, or this one.
fn year(cx: &Cx, asked: &Asked) -> Result<i32> {
    Ok(asked.value("year", |text| text.parse().ok())?.unwrap_or_else(|| local_date(cx.now()).year()))
}

/// The sessions of a year, newest first.
pub(super) async fn sessions(cx: &Cx, asked: &Asked) -> Result<Found> {
    let year = year(cx, asked)?;
    let rows = reading::sessions(cx, year).await?;
    let year = year.to_string();
    Ok(table(&rows, SESSIONS, asked.language()).narrowed("year", Some(year.as_str()), &year))
}

struct Part {
    row: training_attendance::Model,
    staff_no: String,
    name: String,
}

const PARTS: &[Column<Part>] = &[
    ("staff_no", |part, _| part.staff_no.as_str().into()),
    ("name", |part, _| part.name.as_str().into()),
    ("attended", |part, language| yes(part.row.attended, language)),
    ("result", |part, language| part.row.result.map(|it| language.label("training_result", it.key())).into()),
    ("score", |part, _| part.row.score.into()),
];

/// Who was at the session that is named, by number.
pub(super) async fn attendance(cx: &Cx, asked: &Asked) -> Result<Found> {
    let id: TrainingId = asked.needed("session", |text| text.parse().ok())?;
    let page = reading::session(cx, id).await?;
    let part = |row: training_attendance::Model| {
        let person = page.people.get(&row.staff_id);
        let (staff_no, name) = person.map(|person| (person.staff_no.clone(), person.name.clone())).unwrap_or_default();
        Part { row, staff_no, name }
    };
    let mut rows: Vec<_> = page.marks.into_iter().map(part).collect();
    rows.sort_by(|a, b| a.staff_no.cmp(&b.staff_no));
    let title = format!("{} {}", page.row.on_day, page.row.title);
    Ok(table(&rows, PARTS, asked.language()).narrowed("training", Some(title), &id.to_string()))
}

struct Person {
    staff_no: String,
    name: String,
    posts: String,
    times: u32,
    asked: u32,
}

const UNTRAINED: &[Column<Person>] = &[
    ("staff_no", |person, _| person.staff_no.as_str().into()),
    ("name", |person, _| person.name.as_str().into()),
    ("at_posts", |person, _| person.posts.as_str().into()),
    ("times", |person, _| i64::from(person.times).into()),
    ("times_asked", |person, _| i64::from(person.asked).into()),
];

/// Who is still to be trained in a year, by number.
pub(super) async fn untrained(cx: &Cx, asked: &Asked) -> Result<Found> {
    let year = year(cx, asked)?;
    let found = reading::coverage(cx, year).await?;
    let person = |row: &reading::Missing| {
        let posts = found.posts.iter().filter(|post| row.posts.contains(&post.id));
        let posts = joined(posts.map(|post| post.name.as_str()));
        let person = found.people.get(&row.staff)?;
        let (staff_no, name) = (person.staff_no.clone(), person.name.clone());
        Some(Person { staff_no, name, posts, times: row.times, asked: found.asked })
    };
    let rows: Vec<_> = found.missing.iter().filter_map(person).collect();
    let year = year.to_string();
    Ok(table(&rows, UNTRAINED, asked.language()).narrowed("year", Some(year.as_str()), &year))
}
