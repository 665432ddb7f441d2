//! Complaints as a workbook, narrowed as the inbox is; who complains stays masked.

use domain::{
    AccountId,
    complaints::{ComplaintChannel, ComplaintQueue, ComplaintStatus, ComplaintSubject},
};
use entity::complaint;

use super::lists::{Asked, Column, Found, page, table};
use crate::{
    complaints::{repo::Filter, service::reading},
    error::Result,
    graphql::context::Cx,
    tenancy::{self, repo::Names},
};

struct Case {
    row: complaint::Summary,
    days_left: Option<i32>,
    handler: Option<String>,
    assignee: Option<String>,
}

const CASES: &[Column<Case>] = &[
    ("number", |case, _| case.row.number.as_str().into()),
    ("status", |case, language| language.label("complaint_status", case.row.status.key()).into()),
    ("class", |case, language| language.label("complaint_class", case.row.class.key()).into()),
    ("subject", |case, language| language.label("complaint_subject", case.row.subject.key()).into()),
    ("channel", |case, language| language.label("complaint_channel", case.row.channel.key()).into()),
    ("text", |case, _| case.row.body.as_str().into()),
    ("complainant", |case, _| case.row.name_mask.clone().into()),
    ("phone", |case, _| case.row.phone_mask.clone().into()),
    ("received_at", |case, _| case.row.received_at.into()),
    ("due_at", |case, _| case.row.due_at.into()),
    ("days_left", |case, _| case.days_left.into()),
    ("escalation", |case, language| language.label("escalation_level", case.row.escalation.key()).into()),
    ("handler", |case, _| case.handler.clone().into()),
    ("assignee", |case, _| case.assignee.clone().into()),
    ("outcome", |case, language| case.row.outcome.map(|it| language.label("complaint_outcome", it.key())).into()),
    ("finding", |case, _| case.row.finding.clone().into()),
];

/// The cases, as the inbox or the overdue page would show them.
pub(super) async fn find(cx: &Cx, asked: &Asked) -> Result<Found> {
    let language = asked.language();
    let queue = asked.value("queue", ComplaintQueue::from_key)?.unwrap_or(ComplaintQueue::All);
    let status = asked.value("status", ComplaintStatus::from_key)?;
    let subject = asked.value("subject", ComplaintSubject::from_key)?;
    let channel = asked.value("channel", ComplaintChannel::from_key)?;
    let words = asked.text("q").map(ToOwned::to_owned);
    let filter = Filter { queue, search: reading::search(cx, words.clone())?, status, subject, channel };
    let rows = reading::list(cx, &filter, page()).await?;
    let mut people: Vec<AccountId> = rows.iter().flat_map(|row| [row.handler_id, row.assignee_id]).flatten().collect();
    people.sort_unstable();
    people.dedup();
    let names: Names = tenancy::service::names(&*cx.read().await?, people).await?;
    let rules = cx.rules().await?;
    let name = |id: Option<AccountId>| id.and_then(|id| Some(names.get(&id)?.display_name.clone()));
    let case = |row: complaint::Summary| Case {
        days_left: reading::days_left(row.due_at, cx.now(), &rules),
        handler: name(row.handler_id),
        assignee: name(row.assignee_id),
        row,
    };
    let rows: Vec<_> = rows.into_iter().map(case).collect();
    Ok(table(&rows, CASES, language)
        .chosen("queue", "queue", Some(queue.key()), language)
        .chosen("status", "complaint_status", status.map(ComplaintStatus::key), language)
        .chosen("subject", "complaint_subject", subject.map(ComplaintSubject::key), language)
        .chosen("channel", "complaint_channel", channel.map(ComplaintChannel::key), language)
        .narrowed("words", words, "yes"))
}
