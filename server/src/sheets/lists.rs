//! The lists that leave as workbooks: for each its columns, and the service that already gives the rows to a page. What a
//! page masks stays masked.

use std::{collections::HashMap, fmt::Write};

use chrono::NaiveDate;
use domain::{
    AccountId, DepartmentId, PostId, StaffId, Violation,
    calendar::local_date,
    complaints::{ComplaintChannel, ComplaintQueue, ComplaintStatus, ComplaintSubject},
    model_posts::{EvidenceKind, ledger::EntryStatus},
};
use entity::{complaint, department, ledger_entry, post, staff_member};

use super::{
    appearance,
    book::{Cell, MAX_ROWS},
    standards,
    texts::Language,
    windows,
};
use crate::{
    analytics,
    analytics::service::CenterCounts,
    complaints::{self, repo::Filter},
    error::Result,
    graphql::{context::Cx, page::Page},
    model_posts, posts, settings,
    tenancy::{
        self,
        repo::{Membership, Names},
    },
};

/// A list that leaves as a workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// Complaints, as the inbox or the overdue page narrows them.
    Complaints,
    /// The people of the center.
    Staff,
    /// Its posts.
    Posts,
    /// Who is where in a week.
    Roster,
    /// Who has an account here.
    Members,
    /// The ledger of a model post.
    Ledger,
    /// The register of standards.
    Standards,
    /// Items and the window of each.
    Items,
    /// Cases at windows.
    Handling,
    /// Checks of appearance.
    Appearance,
    /// The figures of the city's centers.
    Centers,
}

impl List {
    /// Every list.
    pub const ALL: [Self; 11] = [
        Self::Complaints,
        Self::Staff,
        Self::Posts,
        Self::Roster,
        Self::Members,
        Self::Ledger,
        Self::Standards,
        Self::Items,
        Self::Handling,
        Self::Appearance,
        Self::Centers,
    ];

    /// What it is called in an address, in the audit and in `sheets.json`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Complaints => "complaints",
            Self::Staff => "staff",
            Self::Posts => "posts",
            Self::Roster => "roster",
            Self::Members => "members",
            Self::Ledger => "ledger",
            Self::Standards => "standards",
            Self::Items => "items",
            Self::Handling => "handling",
            Self::Appearance => "appearance",
            Self::Centers => "centers",
        }
    }
}

/// What is asked for: the language, and what narrows the page's list.
#[derive(Clone, Debug, Default)]
pub struct Asked(pub HashMap<String, String>);

impl Asked {
    /// The language of the page.
    #[must_use]
    pub fn language(&self) -> Language {
        Language::of(self.text("lang"))
    }

    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|text| text.trim()).filter(|text| !text.is_empty())
    }

    pub(super) fn value<T>(&self, name: &str, read: impl FnOnce(&str) -> Option<T>) -> Result<Option<T>> {
        match self.text(name) {
            None => Ok(None),
            Some(text) => Ok(Some(read(text).ok_or_else(|| Violation::new("filter", "sheets.filter"))?)),
        }
    }
}

/// Rows, and by what they were narrowed.
#[derive(Debug, Default)]
pub struct Found {
    /// Keys of the columns.
    pub head: Vec<&'static str>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
    /// For people: the name and the value of each filter.
    pub filter: Vec<(&'static str, String)>,
    /// For the audit: the same without words that somebody typed.
    pub told: String,
}

/// A column of a list: its name in `sheets.json`, and what stands in it.
pub(super) type Column<R> = (&'static str, fn(&R, Language) -> Cell);

pub(super) fn table<R>(rows: &[R], columns: &[Column<R>], language: Language) -> Found {
    let cells = |row: &R| columns.iter().map(|(_, cell)| cell(row, language)).collect();
    Found {
        head: columns.iter().map(|(name, _)| *name).collect(),
        rows: rows.iter().map(cells).collect(),
        ..Found::default()
    }
}

impl Found {
    pub(super) fn narrowed(mut self, name: &'static str, shown: Option<impl Into<String>>, told: &str) -> Self {
        if let Some(shown) = shown {
            self.filter.push((name, shown.into()));
            // Writing to a text cannot fail.
            let _ = write!(self.told, " {name}={told}");
        }
        self
    }
}

/// The rows of a list, as its page would show them to the viewer.
///
/// # Errors
/// Those of the list's own service; `sheets.filter` for a filter that says nothing, `sheets.too_many_rows` beyond
/// [`MAX_ROWS`].
pub async fn find(cx: &Cx, list: List, asked: &Asked) -> Result<Found> {
    let found = match list {
        List::Complaints => cases(cx, asked).await?,
        List::Staff => staff(cx, asked).await?,
        List::Posts => all_posts(cx, asked).await?,
        List::Roster => roster(cx, asked).await?,
        List::Members => members(cx, asked).await?,
        List::Ledger => ledger(cx, asked).await?,
        List::Standards => standards::find(cx, asked).await?,
        List::Items => windows::items(cx, asked).await?,
        List::Handling => windows::handling(cx, asked).await?,
        List::Appearance => appearance::find(cx, asked).await?,
        List::Centers => centers(cx, asked).await?,
    };
    if found.rows.len() > MAX_ROWS {
        return Err(Violation::new("", "sheets.too_many_rows").with("max", MAX_ROWS).into());
    }
    Ok(found)
}

/// As many as a workbook holds; the service reads one more.
fn page() -> Page {
    Page { first: u32::try_from(MAX_ROWS).unwrap_or(u32::MAX), after: None }
}

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

async fn cases(cx: &Cx, asked: &Asked) -> Result<Found> {
    use complaints::service::reading;
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
    let label = |group: &str, key: &'static str| language.label(group, key);
    Ok(table(&rows, CASES, language)
        .narrowed("queue", Some(label("queue", queue.key())), queue.key())
        .narrowed("status", status.map(|it| label("complaint_status", it.key())), status.map_or("", |it| it.key()))
        .narrowed("subject", subject.map(|it| label("complaint_subject", it.key())), subject.map_or("", |it| it.key()))
        .narrowed("channel", channel.map(|it| label("complaint_channel", it.key())), channel.map_or("", |it| it.key()))
        .narrowed("words", words, "yes"))
}

type Departments = HashMap<DepartmentId, department::Model>;

async fn departments(cx: &Cx) -> Result<Departments> {
    let rows = settings::repo::departments(&*cx.read().await?).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

fn department_name(found: &Departments, id: Option<DepartmentId>, language: Language) -> Option<String> {
    let row = found.get(&id?)?;
    Some(language.pick(&row.name_zh, &row.name_en).to_owned())
}

struct Person {
    row: staff_member::Model,
    department: Option<String>,
}

const STAFF: &[Column<Person>] = &[
    ("staff_no", |person, _| person.row.staff_no.as_str().into()),
    ("name", |person, _| person.row.name.as_str().into()),
    ("department", |person, _| person.department.clone().into()),
    ("title", |person, _| person.row.title.clone().into()),
    ("joined_on", |person, _| person.row.joined_on.into()),
    ("left_on", |person, _| person.row.left_on.into()),
    ("account", |person, language| yes(person.row.account_id.is_some(), language)),
];

async fn staff(cx: &Cx, asked: &Asked) -> Result<Found> {
    let language = asked.language();
    let former = asked.text("former") == Some("true");
    let rows = posts::service::reading::staff(cx, former).await?;
    let known = departments(cx).await?;
    let words = asked.text("q").map(str::to_lowercase);
    // As the page does: it has all rows, and shows those with the words.
    let fits = |row: &staff_member::Model| {
        let texts = [Some(&row.name), Some(&row.staff_no), row.title.as_ref()];
        words.as_ref().is_none_or(|words| texts.into_iter().flatten().any(|text| text.to_lowercase().contains(words)))
    };
    let person =
        |row: staff_member::Model| Person { department: department_name(&known, row.department_id, language), row };
    let rows: Vec<_> = rows.into_iter().filter(fits).map(person).collect();
    let shown = former.then(|| language.word("word", "yes"));
    Ok(table(&rows, STAFF, language).narrowed("former", shown, "yes").narrowed("words", words.clone(), "yes"))
}

pub(super) fn yes(is: bool, language: Language) -> Cell {
    language.word("word", if is { "yes" } else { "no" }).into()
}

struct Post {
    row: post::Model,
    kind: Option<String>,
    department: Option<String>,
    lead: Option<String>,
}

const POSTS: &[Column<Post>] = &[
    ("code", |post, _| post.row.code.as_str().into()),
    ("post_name", |post, _| post.row.name.as_str().into()),
    ("kind", |post, _| post.kind.clone().into()),
    ("status", |post, language| language.label("post_status", post.row.status.key()).into()),
    ("department", |post, _| post.department.clone().into()),
    ("window_no", |post, _| post.row.window_no.clone().into()),
    ("location", |post, _| post.row.location.clone().into()),
    ("lead", |post, _| post.lead.clone().into()),
    ("public_phone", |post, _| post.row.public_phone.clone().into()),
    ("open_hours", |post, _| post.row.open_hours.clone().into()),
    ("duties", |post, _| post.row.duties.clone().into()),
    ("duties_reviewed_on", |post, _| post.row.duties_reviewed_on.into()),
];

async fn all_posts(cx: &Cx, asked: &Asked) -> Result<Found> {
    let language = asked.language();
    let rows = posts::service::reading::posts(cx).await?;
    let kinds = posts::service::kinds::list(cx).await?;
    let known = departments(cx).await?;
    let leads = rows.iter().filter_map(|row| row.lead_id).collect();
    let people = posts::repo::people(&*cx.read().await?, leads).await?;
    let post = |row: post::Model| {
        let kind = kinds.iter().find(|kind| kind.code == row.kind);
        Post {
            kind: kind.map(|kind| language.pick(&kind.title_zh, &kind.title_en).to_owned()),
            department: department_name(&known, row.department_id, language),
            lead: row.lead_id.and_then(|id| Some(people.get(&id)?.name.clone())),
            row,
        }
    };
    let rows: Vec<_> = rows.into_iter().map(post).collect();
    Ok(table(&rows, POSTS, language))
}

struct Shift {
    on: NaiveDate,
    is_working: Option<bool>,
    post: (String, String),
    staff: (String, String),
    presence: &'static str,
    instead_of: Option<String>,
}

const ROSTER: &[Column<Shift>] = &[
    ("day", |shift, _| shift.on.into()),
    ("working", |shift, language| shift.is_working.map_or(Cell::Empty, |is| yes(is, language))),
    ("code", |shift, _| shift.post.0.as_str().into()),
    ("post_name", |shift, _| shift.post.1.as_str().into()),
    ("staff_no", |shift, _| shift.staff.0.as_str().into()),
    ("name", |shift, _| shift.staff.1.as_str().into()),
    ("presence", |shift, language| language.label("presence", shift.presence).into()),
    ("instead_of", |shift, _| shift.instead_of.clone().into()),
];

async fn roster(cx: &Cx, asked: &Asked) -> Result<Found> {
    let day = asked.value("day", |text| text.parse::<NaiveDate>().ok())?.unwrap_or_else(|| local_date(cx.now()));
    let week = posts::service::reading::week(cx, Some(day)).await?;
    let person = |id: StaffId| week.people.get(&id).map(|row| (row.staff_no.clone(), row.name.clone()));
    let mut rows = Vec::new();
    for day in &week.days {
        for post in &week.posts {
            for place in day.places.get(&post.id).into_iter().flatten() {
                rows.push(Shift {
                    on: day.on,
                    is_working: day.is_working,
                    post: (post.code.clone(), post.name.clone()),
                    staff: person(place.staff).unwrap_or_default(),
                    presence: place.presence.key(),
                    instead_of: place.instead_of.and_then(person).map(|(_, name)| name),
                });
            }
        }
    }
    let monday = week.days.first().map_or(day, |first| first.on).to_string();
    Ok(table(&rows, ROSTER, asked.language()).narrowed("week", Some(monday.clone()), &monday))
}

const MEMBERS: &[Column<Membership>] = &[
    ("name", |row, _| row.display_name.as_str().into()),
    ("login", |row, _| row.login.as_str().into()),
    ("title", |row, _| row.title.clone().into()),
    ("role", |row, language| language.label("role", row.role.key()).into()),
    ("status", |row, language| language.label("member_status", row.status.key()).into()),
    ("valid_from", |row, _| row.valid_from.into()),
    ("valid_until", |row, _| row.valid_until.into()),
    ("second_factor", |row, language| yes(row.second_factor, language)),
];

async fn members(cx: &Cx, asked: &Asked) -> Result<Found> {
    Ok(table(&tenancy::service::people::list(cx).await?, MEMBERS, asked.language()))
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

async fn ledger(cx: &Cx, asked: &Asked) -> Result<Found> {
    let language = asked.language();
    let post: Option<PostId> = asked.value("post", |text| text.parse().ok())?;
    let post = post.ok_or_else(|| Violation::new("filter", "sheets.filter"))?;
    let status = asked.value("status", EntryStatus::from_key)?;
    let evidence = asked.value("evidence", EvidenceKind::from_key)?;
    let filter = model_posts::service::reading::Filter { post, status, evidence };
    let found = model_posts::service::reading::ledger(cx, filter, page()).await?;
    let who = found.iter().flat_map(|entry| entry.participants.iter().copied()).collect();
    let people = posts::repo::people(&*cx.read().await?, who).await?;
    let entry = |entry: model_posts::service::reading::Entry| {
        let names = entry.participants.iter().filter_map(|id| Some(people.get(id)?.name.as_str()));
        let participants = names.collect::<Vec<_>>().join("、");
        Entry { participants, files: i64::try_from(entry.files.len()).unwrap_or(i64::MAX), row: entry.row }
    };
    let rows: Vec<_> = found.into_iter().map(entry).collect();
    let name = posts::repo::post(&*cx.read().await?, post).await?.name;
    Ok(table(&rows, LEDGER, language)
        .narrowed("post", Some(name), &post.to_string())
        .narrowed(
            "status",
            status.map(|it| language.label("ledger_entry_status", it.key())),
            status.map_or("", |it| it.key()),
        )
        .narrowed(
            "evidence",
            evidence.map(|it| language.label("evidence_kind", it.key())),
            evidence.map_or("", |it| it.key()),
        ))
}

fn figure(counts: &CenterCounts, name: &str) -> Cell {
    counts.values.get(name).copied().unwrap_or(0).into()
}

const CENTERS: &[Column<CenterCounts>] = &[
    ("center", |counts, language| language.pick(&counts.center.name_zh, &counts.center.name_en).into()),
    ("open", |counts, _| figure(counts, "open")),
    ("due_today", |counts, _| figure(counts, "due_today")),
    ("overdue", |counts, _| figure(counts, "overdue")),
    ("escalated", |counts, _| figure(counts, "escalated")),
    ("received_30", |counts, _| figure(counts, "received_30")),
    ("closed_30", |counts, _| figure(counts, "closed_30")),
    ("as_of", |counts, _| counts.as_of.into()),
];

async fn centers(cx: &Cx, asked: &Asked) -> Result<Found> {
    Ok(table(&analytics::service::center_counts(cx).await?, CENTERS, asked.language()))
}
