//! Rectification tasks as a workbook, narrowed as the page is.

use domain::{
    PostId,
    improvement::{RectificationQueue, RectificationSource, RectificationStatus},
};

use super::{
    book::MAX_ROWS,
    lists::{Asked, Column, Found, table, yes},
};
use crate::{
    error::Result,
    graphql::context::Cx,
    improvement::service::reading::{self, Row},
};

const TASKS: &[Column<Row>] = &[
    ("problem", |row, _| row.task.problem.as_str().into()),
    ("status", |row, language| language.label("rectification_status", row.task.status.key()).into()),
    ("source", |row, language| language.label("rectification_source", row.task.source.key()).into()),
    ("cause", |row, language| language.label("rectification_cause", row.task.cause.key()).into()),
    ("post_name", |row, _| row.post.clone().into()),
    ("owner", |row, _| row.owner.clone().into()),
    ("opened_on", |row, _| row.task.opened_on.into()),
    ("due_on", |row, _| row.task.due_on.into()),
    ("overdue", |row, language| yes(row.late, language)),
    ("root_cause", |row, _| row.task.root_cause.clone().into()),
    ("measures", |row, _| row.task.measures.clone().into()),
    ("accepted_on", |row, _| row.task.accepted_on.into()),
    ("recheck_on", |row, _| row.task.recheck_on.into()),
    ("rechecked_on", |row, _| row.task.rechecked_on.into()),
    ("closed_on", |row, _| row.task.closed_on.into()),
    ("recurrences", |row, _| row.task.recurrences.into()),
];

/// The tasks that the viewer sees.
pub(super) async fn find(cx: &Cx, asked: &Asked) -> Result<Found> {
    let language = asked.language();
    let queue = asked.value("queue", RectificationQueue::from_key)?.unwrap_or(RectificationQueue::Open);
    let status = asked.value("status", RectificationStatus::from_key)?;
    let source = asked.value("source", RectificationSource::from_key)?;
    let post: Option<PostId> = asked.value("post", |text| text.parse().ok())?;
    let words = asked.text("q").map(ToOwned::to_owned);
    let wanted = reading::Asked { queue, status, source, post, search: words.clone(), complaint: None };
    let rows = reading::list(cx, wanted, MAX_ROWS + 1).await?.rows;
    // Rows of one post all name it.
    let named = post.map(|id| rows.first().and_then(|row| row.post.clone()).unwrap_or_else(|| id.to_string()));
    let told = post.map(|id| id.to_string()).unwrap_or_default();
    let label = |group: &str, key: &'static str| language.label(group, key);
    Ok(table(&rows, TASKS, language)
        .narrowed("queue", Some(label("rectification_queue", queue.key())), queue.key())
        .narrowed("status", status.map(|it| label("rectification_status", it.key())), status.map_or("", |it| it.key()))
        .narrowed("source", source.map(|it| label("rectification_source", it.key())), source.map_or("", |it| it.key()))
        .narrowed("post", named, &told)
        .narrowed("words", words, "yes"))
}
