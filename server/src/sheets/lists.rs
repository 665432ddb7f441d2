//! The lists that leave as workbooks: for each its columns, and the service that already gives the rows to a page. What a
//! page masks stays masked.

use std::{
    collections::{HashMap, HashSet},
    fmt::Write,
};

use chrono::NaiveDate;
use domain::{DepartmentId, PostId, StaffId, Violation, calendar::local_date, identity::MemberStatus};
use entity::{department, post, staff_member};

use super::{
    appearance,
    book::{Cell, MAX_ROWS},
    care, complaints, improvement, metrics, model_posts, phrases, ratings, standards, talents,
    texts::Language,
    tidal, training, volunteers, windows,
};
use crate::{
    analytics,
    analytics::service::CenterCounts,
    error::Result,
    graphql::{
        context::Cx,
        page::{Most, Page},
    },
    posts::{self, service::reading::BoardPost},
    settings,
    tenancy::{self, repo::Membership},
};

macro_rules! lists {
    ($($(#[$meta:meta])* $name:ident = $key:literal,)+) => {
        /// A list that leaves as a workbook.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum List {
            $($(#[$meta])* $name,)+
        }

        impl List {
            /// Every list.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// What it is called in an address, in the audit and in `sheets.json`.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self {
                    $(Self::$name => $key,)+
                }
            }
        }
    };
}

lists! {
    /// Complaints, as the inbox or the overdue page narrows them.
    Complaints = "complaints",
    /// The people of the center.
    Staff = "staff",
    /// Its posts.
    Posts = "posts",
    /// Who is where in a week.
    Roster = "roster",
    /// Who has an account here.
    Members = "members",
    /// What model posts lack.
    Gaps = "gaps",
    /// Their titles.
    Titles = "titles",
    /// The ledger of one.
    Ledger = "ledger",
    /// Trainings and tests of a year.
    Training = "training",
    /// Who was at one of them.
    Attendance = "attendance",
    /// Who is still to be trained in a year.
    Untrained = "untrained",
    /// What volunteers did.
    Services = "services",
    /// The volunteers.
    Volunteers = "volunteers",
    /// What talents ask for.
    Talents = "talents",
    /// Answers to questions of policy.
    Answers = "answers",
    /// Who was served at care windows and at home.
    Care = "care",
    /// When a tidal window was open.
    TidalSessions = "tidal_sessions",
    /// How many waited at it.
    TidalReadings = "tidal_readings",
    /// Calls to it.
    TidalCalls = "tidal_calls",
    /// Work in the back at its quiet times.
    TidalWork = "tidal_work",
    /// Its peaks.
    TidalPeaks = "tidal_peaks",
    /// The register of standards.
    Standards = "standards",
    /// The plan of a year.
    Plan = "plan",
    /// What self-audits found.
    Findings = "findings",
    /// Items and the window of each.
    Items = "items",
    /// Cases at windows.
    Handling = "handling",
    /// Checks of appearance.
    Appearance = "appearance",
    /// Rectification tasks.
    Rectifications = "rectifications",
    /// What was given in a week.
    RatingWeek = "rating_week",
    /// The cases of bad ratings.
    BadRatings = "bad_ratings",
    /// What to say and what never to say.
    Phrases = "phrases",
    /// The figures of the city's centers.
    Centers = "centers",
    /// The centers of the city by one figure.
    Compare = "compare",
    /// A figure through time.
    Trend = "trend",
    /// All figures of a center.
    Profile = "profile",
    /// Two periods beside each other.
    Periods = "periods",
    /// How the viewer's center stands.
    Standing = "standing",
    /// How many services it has rendered.
    ServiceDays = "service_days",
    /// Figures that no longer agree with what they count.
    Differences = "differences",
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

    /// What a list cannot be asked for without.
    pub(super) fn needed<T>(&self, name: &str, read: impl FnOnce(&str) -> Option<T>) -> Result<T> {
        Ok(self.value(name, read)?.ok_or_else(|| Violation::new("filter", "sheets.filter"))?)
    }
}

/// Keys of columns, and rows.
pub type Raw = (Vec<&'static str>, Vec<Vec<Cell>>);

/// Rows, and by what they were narrowed.
#[derive(Debug, Default)]
pub struct Found {
    /// Keys of the columns.
    pub head: Vec<&'static str>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
    /// What they were made of, where that is more: keys of the columns, and rows.
    pub raw: Option<Raw>,
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

    /// The same by one of the values that have labels.
    pub(super) fn chosen(self, name: &'static str, group: &str, key: Option<&'static str>, language: Language) -> Self {
        self.narrowed(name, key.map(|key| language.label(group, key)), key.unwrap_or_default())
    }
}

/// The rows of a list, as its page would show them to the viewer.
///
/// # Errors
/// Those of the list's own service; `sheets.filter` for a filter that says nothing, `sheets.too_many_rows` beyond
/// [`MAX_ROWS`].
pub async fn find(cx: &Cx, list: List, asked: &Asked) -> Result<Found> {
    let found = match list {
        List::Complaints => complaints::find(cx, asked).await?,
        List::Staff => staff(cx, asked).await?,
        List::Posts => all_posts(cx, asked).await?,
        List::Roster => roster(cx, asked).await?,
        List::Members => members(cx, asked).await?,
        List::Gaps => model_posts::gaps(cx, asked).await?,
        List::Titles => model_posts::titles(cx, asked).await?,
        List::Ledger => model_posts::ledger(cx, asked).await?,
        List::Training => training::sessions(cx, asked).await?,
        List::Attendance => training::attendance(cx, asked).await?,
        List::Untrained => training::untrained(cx, asked).await?,
        List::Services => volunteers::services(cx, asked).await?,
        List::Volunteers => volunteers::people(cx, asked).await?,
        List::Talents => talents::requests(cx, asked).await?,
        List::Answers => talents::answers(cx, asked).await?,
        List::Care => care::find(cx, asked).await?,
        List::TidalSessions => tidal::sessions(cx, asked).await?,
        List::TidalReadings => tidal::readings(cx, asked).await?,
        List::TidalCalls => tidal::calls(cx, asked).await?,
        List::TidalWork => tidal::work(cx, asked).await?,
        List::TidalPeaks => tidal::peaks(cx, asked).await?,
        List::Standards => standards::register(cx, asked).await?,
        List::Plan => standards::plan(cx, asked).await?,
        List::Findings => standards::findings(cx, asked).await?,
        List::Items => windows::items(cx, asked).await?,
        List::Handling => windows::handling(cx, asked).await?,
        List::Appearance => appearance::find(cx, asked).await?,
        List::Rectifications => improvement::find(cx, asked).await?,
        List::RatingWeek => ratings::week(cx, asked).await?,
        List::BadRatings => ratings::cases(cx, asked).await?,
        List::Phrases => phrases::find(cx, asked).await?,
        List::Centers => centers(cx, asked).await?,
        List::Compare => metrics::compare(cx, asked).await?,
        List::Trend => metrics::trend(cx, asked).await?,
        List::Profile => metrics::profile(cx, asked).await?,
        List::Periods => metrics::periods(cx, asked).await?,
        List::Standing => metrics::standing(cx, asked).await?,
        List::ServiceDays => metrics::service_days(cx, asked).await?,
        List::Differences => metrics::differences(cx, asked).await?,
    };
    if found.rows.len() > MAX_ROWS {
        return Err(Violation::new("", "sheets.too_many_rows").with("max", MAX_ROWS).into());
    }
    Ok(found)
}

/// As many as a workbook holds; the service reads one more.
pub(super) fn page() -> Page {
    Page { first: u32::try_from(MAX_ROWS).unwrap_or(u32::MAX), after: None }
}

/// As many as a workbook holds, and one more, by which it is told that there are too many.
pub(super) fn all() -> Most {
    let rows = u64::from(page().first).saturating_add(1);
    Most { open: rows, over: rows }
}

/// Names, one after the other.
pub(super) fn joined<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.collect::<Vec<_>>().join("、")
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
    let day = asked.value("day", |text| text.parse::<NaiveDate>().ok())?;
    let words = asked.text("q").map(str::to_lowercase);
    let mut rows = posts::service::reading::posts(cx).await?;
    if let Some(words) = &words {
        let known = found_on_board(cx, day, words).await?;
        rows.retain(|row| known.contains(&row.id));
    }
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
    Ok(table(&rows, POSTS, language).narrowed("words", words.clone(), "yes"))
}

/// As the board finds posts: by name, by code, and by who is there on the day.
async fn found_on_board(cx: &Cx, day: Option<NaiveDate>, words: &str) -> Result<HashSet<PostId>> {
    let board = posts::service::reading::board(cx, day).await?;
    let fits = |post: &&BoardPost| {
        let people = post.there.iter().filter_map(|place| Some(&board.people.get(&place.staff)?.name));
        [&post.row.name, &post.row.code].into_iter().chain(people).any(|text| text.to_lowercase().contains(words))
    };
    Ok(board.posts.iter().filter(fits).map(|post| post.row.id).collect())
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
    let language = asked.language();
    let status = asked.value("status", MemberStatus::from_key)?;
    let words = asked.text("q").map(str::to_lowercase);
    let mut rows = tenancy::service::people::list(cx).await?;
    // As the page does: people by what they are called, of whom one role has the status, with all their roles.
    let fits = |row: &&Membership| {
        let found = |words: &String| [&row.display_name, &row.login].iter().any(|it| it.to_lowercase().contains(words));
        status.is_none_or(|status| row.status == status) && words.as_ref().is_none_or(found)
    };
    let people: HashSet<_> = rows.iter().filter(fits).map(|row| row.account_id).collect();
    rows.retain(|row| people.contains(&row.account_id));
    Ok(table(&rows, MEMBERS, language)
        .chosen("status", "member_status", status.map(MemberStatus::key), language)
        .narrowed("words", words.clone(), "yes"))
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
