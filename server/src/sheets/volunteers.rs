//! Voluntary service as workbooks: what volunteers did, and the volunteers with what they lack; as far as the viewer sees
//! them.

use std::collections::HashMap;

use domain::{PostId, volunteers::VolunteerLack};
use entity::service_record;

use super::{
    book::Cell,
    lists::{Asked, Column, Found, all, joined, table, yes},
};
use crate::{
    error::Result,
    graphql::context::Cx,
    volunteers::{
        repo,
        service::reading::{self, Check, Volunteer},
    },
};

struct Service {
    row: service_record::Model,
    name: String,
    post: Option<String>,
}

const SERVICES: &[Column<Service>] = &[
    ("name", |service, _| service.name.as_str().into()),
    ("post_name", |service, _| service.post.clone().into()),
    ("service_type", |service, language| language.label("service_type", service.row.service.key()).into()),
    ("day", |service, _| service.row.on_day.into()),
    ("start", |service, _| service.row.start.as_str().into()),
    ("finish", |service, _| service.row.finish.as_str().into()),
    ("recipients", |service, _| service.row.recipients.into()),
    ("description", |service, _| service.row.description.clone().into()),
    ("status", |service, language| language.label("service_record_status", service.row.status.key()).into()),
    ("disputed", |service, language| yes(service.row.disputed, language)),
    ("confirm_by", |service, _| service.row.due_on.into()),
    ("means", |service, language| service.row.means.map(|it| language.label("confirmation_means", it.key())).into()),
    ("settled_at", |service, _| service.row.decided_at.into()),
];

/// What waits for a recipient, then the others, as on the page.
pub(super) async fn services(cx: &Cx, asked: &Asked) -> Result<Found> {
    let board = reading::board(cx, all()).await?;
    let posts = repo::posts(&*cx.read().await?).await?;
    let posts: HashMap<PostId, String> = posts.into_iter().map(|row| (row.id, row.name)).collect();
    let service = |found: reading::Found| Service {
        name: found.name,
        post: posts.get(&found.row.post_id).cloned(),
        row: found.row,
    };
    let rows: Vec<_> = board.waiting.into_iter().chain(board.recent).map(service).collect();
    Ok(table(&rows, SERVICES, asked.language()))
}

fn of(check: Option<&Check>, cell: impl FnOnce(&Check) -> Cell) -> Cell {
    check.map_or(Cell::Empty, cell)
}

const PEOPLE: &[Column<Volunteer>] = &[
    ("name", |person, _| person.name.as_str().into()),
    ("confirmed_minutes", |person, _| person.confirmed_minutes.into()),
    ("minutes", |person, _| person.minutes.into()),
    ("services", |person, _| person.records.into()),
    ("inducted_on", |person, _| person.inducted_on.into()),
    ("competent_on", |person, _| of(person.competence.as_ref(), |check| check.row.on_day.into())),
    ("competent_by", |person, _| of(person.competence.as_ref(), |check| check.by.as_str().into())),
    ("competent_note", |person, _| of(person.competence.as_ref(), |check| check.row.note.clone().into())),
    ("kit_on", |person, _| of(person.kit.as_ref(), |check| check.row.on_day.into())),
    ("vest", |person, language| of(person.kit.as_ref(), |check| yes(check.row.vest == Some(true), language))),
    ("armband", |person, language| of(person.kit.as_ref(), |check| yes(check.row.armband == Some(true), language))),
    ("kit_by", |person, _| of(person.kit.as_ref(), |check| check.by.as_str().into())),
    ("kit_note", |person, _| of(person.kit.as_ref(), |check| check.row.note.clone().into())),
    ("lacks", |person, language| {
        let lack = |lack: &VolunteerLack| language.label("volunteer_lack", lack.key());
        joined(person.lacks.iter().map(lack)).into()
    }),
];

/// The volunteers with their hours of the year, by number.
pub(super) async fn people(cx: &Cx, asked: &Asked) -> Result<Found> {
    let board = reading::board(cx, all()).await?;
    let year = board.year.to_string();
    Ok(table(&board.people, PEOPLE, asked.language()).narrowed("year", Some(year.as_str()), &year))
}
