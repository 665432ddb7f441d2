//! Model posts as workbooks: what they lack, their titles, the ledger of one; of the kinds that the viewer sees.

use std::cmp::Reverse;

use chrono::NaiveDate;
use domain::{
    PostId,
    calendar::local_date,
    model_posts::{EvidenceKind, Gap, ModelKind, ledger::EntryStatus},
};
use entity::{ledger_entry, model_title};

use super::{
    book::Cell,
    lists::{Asked, Column, Found, joined, page, table, yes},
};
use crate::{
    error::Result,
    graphql::context::Cx,
    model_posts::service::reading::{self, Filter, Lacking, Listed},
    posts::{self, repo::People},
};

/// Something that a post lacks, or that it lacks nothing.
struct Line {
    code: String,
    name: String,
    title: model_title::Model,
    gap: Option<Gap>,
    breach: bool,
    people: String,
}

impl Line {
    /// What there is to say of a gap, where there is one.
    fn of(&self, cell: impl FnOnce(&Gap) -> Cell) -> Cell {
        self.gap.as_ref().map_or(Cell::Empty, cell)
    }
}

const GAPS: &[Column<Line>] = &[
    ("code", |line, _| line.code.as_str().into()),
    ("post_name", |line, _| line.name.as_str().into()),
    ("model_kind", |line, language| language.label("model_kind", line.title.kind.key()).into()),
    ("status", |line, language| language.label("title_status", line.title.status.key()).into()),
    ("gap", |line, language| match &line.gap {
        Some(gap) => language.label("gap_code", gap.code.key()).into(),
        None => language.word("word", "no_gap").into(),
    }),
    ("clause", |line, _| line.of(|gap| gap.clause.into())),
    ("severity", |line, language| line.of(|gap| language.label("gap_severity", gap.severity.key()).into())),
    ("breach", |line, language| line.of(|_| yes(line.breach, language))),
    ("breach_on", |line, _| line.of(|gap| gap.breach_on.into())),
    ("have", |line, _| line.of(|gap| gap.have.map(i64::from).into())),
    ("need", |line, _| line.of(|gap| gap.need.map(i64::from).into())),
    ("total", |line, _| line.of(|gap| gap.total.map(i64::from).into())),
    ("activity", |line, language| {
        line.of(|gap| gap.activity.map(|it| language.label("ledger_activity", it.key())).into())
    }),
    ("check", |line, language| line.of(|gap| gap.check.map(|it| language.label("check_kind", it.key())).into())),
    ("period_from", |line, _| line.of(|gap| gap.period_from.into())),
    ("evidence", |line, language| {
        line.of(|gap| joined(gap.evidence.iter().map(|kind| language.label("evidence_kind", kind.key()))).into())
    }),
    ("people", |line, _| line.people.as_str().into()),
];

fn lines(Lacking { listed, gaps }: Lacking, known: &People, today: NaiveDate) -> Vec<Line> {
    let Listed { title, post } = listed;
    let line = |gap: Option<Gap>| {
        let people = gap.iter().flat_map(|gap| &gap.people).filter_map(|id| Some(known.get(id)?.name.as_str()));
        Line {
            code: post.code.clone(),
            name: post.name.clone(),
            title: title.clone(),
            people: joined(people),
            breach: gap.as_ref().is_some_and(|gap| gap.is_breach(today)),
            gap,
        }
    };
    if gaps.is_empty() { vec![line(None)] } else { gaps.into_iter().map(Some).map(line).collect() }
}

/// What each post lacks, those with most that counts first, as on the page.
pub(super) async fn gaps(cx: &Cx, asked: &Asked) -> Result<Found> {
    let language = asked.language();
    let kind = asked.value("kind", ModelKind::from_key)?;
    let today = local_date(cx.now());
    let mut found = reading::gaps(cx).await?;
    found.retain(|row| kind.is_none_or(|kind| row.listed.title.kind == kind));
    found.sort_by_key(|row| Reverse(row.gaps.iter().filter(|gap| gap.is_breach(today)).count()));
    let who = found.iter().flat_map(|row| &row.gaps).flat_map(|gap| gap.people.iter().copied()).collect();
    let people = posts::repo::people(&*cx.read().await?, who).await?;
    let rows: Vec<_> = found.into_iter().flat_map(|row| lines(row, &people, today)).collect();
    Ok(table(&rows, GAPS, language).chosen("model_kind", "model_kind", kind.map(ModelKind::key), language))
}

struct Title {
    row: Listed,
    lead: Option<String>,
}

const TITLES: &[Column<Title>] = &[
    ("code", |title, _| title.row.post.code.as_str().into()),
    ("post_name", |title, _| title.row.post.name.as_str().into()),
    ("model_kind", |title, language| language.label("model_kind", title.row.title.kind.key()).into()),
    ("status", |title, language| language.label("title_status", title.row.title.status.key()).into()),
    ("stars", |title, _| title.row.title.stars.into()),
    ("lead", |title, _| title.lead.clone().into()),
    ("applied_on", |title, _| title.row.title.applied_on.into()),
    ("awarded_on", |title, _| title.row.title.awarded_on.into()),
    ("title_recheck_on", |title, _| title.row.title.recheck_on.into()),
    ("ends_on", |title, _| title.row.title.ends_on.into()),
];

/// Every title, newest first, also those that are over.
pub(super) async fn titles(cx: &Cx, asked: &Asked) -> Result<Found> {
    let rows = reading::list(cx).await?;
    let leads = rows.iter().filter_map(|row| row.post.lead_id).collect();
    let people = posts::repo::people(&*cx.read().await?, leads).await?;
    let lead = |row: &Listed| Some(people.get(&row.post.lead_id?)?.name.clone());
    let rows: Vec<_> = rows.into_iter().map(|row| Title { lead: lead(&row), row }).collect();
    Ok(table(&rows, TITLES, asked.language()))
}

struct Entry {
    row: ledger_entry::Model,
    participants: String,
    files: i64,
}

const LEDGER: &[Column<Entry>] = &[
    ("happened_on", |entry, _| entry.row.happened_on.into()),
    ("activity", |entry, language| language.label("ledger_activity", entry.row.activity.key()).into()),
    ("evidence", |entry, language| language.label("evidence_kind", entry.row.evidence.key()).into()),
    ("entry_title", |entry, _| entry.row.title.as_str().into()),
    ("detail", |entry, _| entry.row.detail.clone().into()),
    ("hours", |entry, _| entry.row.hours.into()),
    ("participants", |entry, _| entry.participants.as_str().into()),
    ("files", |entry, _| entry.files.into()),
    ("kept_at", |entry, _| entry.row.kept_at.clone().into()),
    ("status", |entry, language| language.label("ledger_entry_status", entry.row.status.key()).into()),
    ("submitted_at", |entry, _| entry.row.submitted_at.into()),
    ("decided_at", |entry, _| entry.row.decided_at.into()),
];

/// The ledger of the post that is named.
pub(super) async fn ledger(cx: &Cx, asked: &Asked) -> Result<Found> {
    let language = asked.language();
    let post: PostId = asked.needed("post", |text| text.parse().ok())?;
    let status = asked.value("status", EntryStatus::from_key)?;
    let evidence = asked.value("evidence", EvidenceKind::from_key)?;
    let found = reading::ledger(cx, Filter { post, status, evidence }, page()).await?;
    let who = found.iter().flat_map(|entry| entry.participants.iter().copied()).collect();
    let people = posts::repo::people(&*cx.read().await?, who).await?;
    let entry = |entry: reading::Entry| Entry {
        participants: joined(entry.participants.iter().filter_map(|id| Some(people.get(id)?.name.as_str()))),
        files: i64::try_from(entry.files.len()).unwrap_or(i64::MAX),
        row: entry.row,
    };
    let rows: Vec<_> = found.into_iter().map(entry).collect();
    let name = posts::repo::post(&*cx.read().await?, post).await?.name;
    Ok(table(&rows, LEDGER, language)
        .narrowed("post", Some(name), &post.to_string())
        .chosen("status", "ledger_entry_status", status.map(EntryStatus::key), language)
        .chosen("evidence", "evidence_kind", evidence.map(EvidenceKind::key), language))
}
