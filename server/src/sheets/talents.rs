//! Talents' requests and the answers to questions of policy as workbooks. Who a talent is stays masked, and what was said
//! is not in them.

use super::lists::{Asked, Column, Found, all, table, yes};
use crate::{
    error::Result,
    graphql::context::Cx,
    talents::service::{
        answers::{self, Found as Answer},
        reading::{self, Found as Request},
    },
};

struct Line {
    request: Request,
    steward: Option<String>,
}

const REQUESTS: &[Column<Line>] = &[
    ("status", |line, language| language.label("talent_status", line.request.row.status.key()).into()),
    ("name_masked", |line, _| line.request.row.name_mask.clone().into()),
    ("talent_type", |line, language| language.label("talent_type", line.request.row.kind.key()).into()),
    ("enterprise", |line, _| line.request.row.enterprise.clone().into()),
    ("talent_field", |line, language| language.label("talent_field", line.request.row.field.key()).into()),
    ("talent_channel", |line, language| language.label("talent_channel", line.request.row.channel.key()).into()),
    ("matter", |line, language| language.label("talent_matter", line.request.row.matter.key()).into()),
    ("key_project", |line, language| yes(line.request.row.key_project, language)),
    ("steward", |line, _| line.steward.clone().into()),
    ("requested_at", |line, _| line.request.row.requested_at.into()),
    ("progress_due_on", |line, _| line.request.row.progress_due_on.into()),
    ("without_news", |line, language| yes(line.request.overdue, language)),
    ("next_contact_on", |line, _| line.request.row.next_contact_on.into()),
    ("contact_passed", |line, language| yes(line.request.contact_passed, language)),
    ("settled_on", |line, _| line.request.row.settled_on.into()),
    ("told_on", |line, _| line.request.row.told_on.into()),
    ("finished_at", |line, _| line.request.row.finished_at.into()),
    ("satisfaction", |line, language| {
        line.request.row.satisfaction.map(|it| language.label("handling_satisfaction", it.key())).into()
    }),
];

/// What the viewer follows, what others follow or nobody yet, what is over, as on the page.
pub(super) async fn requests(cx: &Cx, asked: &Asked) -> Result<Found> {
    let list = reading::list(cx, all()).await?;
    let line = |request: Request| Line {
        steward: request.row.steward_id.and_then(|id| Some(list.people.get(&id)?.name.clone())),
        request,
    };
    let rows: Vec<_> = list.mine.into_iter().chain(list.open).chain(list.over).map(line).collect();
    Ok(table(&rows, REQUESTS, asked.language()))
}

const ANSWERS: &[Column<Answer>] = &[
    ("question", |answer, _| answer.row.question.as_str().into()),
    ("policy_answer", |answer, _| answer.row.answer.as_str().into()),
    ("policy_source", |answer, _| answer.row.source.as_str().into()),
    ("source_on", |answer, _| answer.row.source_on.into()),
    ("reviewed_on", |answer, _| answer.row.reviewed_on.into()),
    ("look_due_on", |answer, _| answer.review_due_on.into()),
    ("look_late", |answer, language| yes(answer.overdue, language)),
];

/// The answers that hold the words looked for.
pub(super) async fn answers(cx: &Cx, asked: &Asked) -> Result<Found> {
    let words = asked.text("q").map(ToOwned::to_owned);
    let list = answers::list(cx, words.clone(), all()).await?;
    Ok(table(&list.answers, ANSWERS, asked.language()).narrowed("words", words, "yes"))
}
