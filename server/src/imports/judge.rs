//! The dry run: every line becomes a form, or is told what is wrong with it.

use std::collections::{HashMap, HashSet};

use chrono::{Days, NaiveDate};
use domain::{
    Arg, StaffId, Violation,
    imports::ImportTable,
    posts::PostForm,
    training::{MARKS_MAX, Mark, SessionForm, SessionStatus},
};
use serde::Serialize;

use super::tables::{Column, Known, Line, NOBODY, columns};
use crate::{
    db::ReadTx,
    error::Result,
    posts::{self, service::people::Typed},
    sheets::{
        read::{Row, Sheet, Value, letters},
        texts::Language,
    },
    training,
};

/// Something wrong, at its place in the sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Fault {
    /// The line, as a spreadsheet shows it.
    pub row: u32,
    /// The letters of the column; empty for the whole line.
    pub column: String,
    /// What stands over it.
    pub name: String,
    /// Key of the message in `errors.json`.
    pub code: &'static str,
    /// Values for its placeholders.
    pub args: Vec<Arg>,
}

/// The lines that are sound.
#[derive(Debug)]
pub enum Forms {
    /// Of people.
    Staff(Vec<Typed>),
    /// Of posts.
    Posts(Vec<PostForm>),
    /// Of people's parts in sessions.
    Training(Vec<(SessionForm, Mark)>),
}

impl Forms {
    /// How many.
    #[must_use]
    pub const fn len(&self) -> usize {
        match self {
            Self::Staff(forms) => forms.len(),
            Self::Posts(forms) => forms.len(),
            Self::Training(forms) => forms.len(),
        }
    }
}

/// What a sheet comes to.
#[derive(Debug)]
pub struct Judged {
    /// Lines that hold something, the example left out.
    pub rows: usize,
    /// Those without a fault.
    pub sound: Forms,
    /// What is wrong, in the order of the sheet.
    pub faults: Vec<Fault>,
}

/// Where each column of the table stands in the sheet.
type Places = HashMap<&'static str, usize>;

/// Judges every line, in a number of statements that does not grow with them.
///
/// # Errors
/// From the database.
pub async fn judge(
    tx: &ReadTx,
    table: ImportTable,
    sheet: &Sheet,
    language: Language,
    today: NaiveDate,
) -> Result<Judged> {
    let (places, mut faults) = head(table, &sheet.head, language);
    let lines: Vec<_> = sheet.rows.iter().filter(|row| !is_example(row, &places, table)).collect();
    let rows = lines.len();
    let empty = match table {
        ImportTable::Staff => Forms::Staff(Vec::new()),
        ImportTable::Posts => Forms::Posts(Vec::new()),
        ImportTable::Training => Forms::Training(Vec::new()),
    };
    // Of a sheet whose columns are not known no line says anything.
    if !faults.is_empty() {
        return Ok(Judged { rows, sound: empty, faults });
    }
    let known = Known::read(tx).await?;
    let taken = Taken::read(tx, table, today).await?;
    let (mut sound, mut seen) = (empty, HashMap::<String, u32>::new());
    let mut sessions = HashMap::<String, (u32, SessionForm, usize)>::new();
    for row in lines {
        let cell = |at: &usize| row.cells.get(*at).unwrap_or(&Value::Empty);
        let cells = places.iter().map(|(key, at)| (*key, cell(at))).collect();
        let mut line = Line { known: &known, cells, faults: Vec::new() };
        let (unique, form) = match table {
            ImportTable::Staff => {
                let typed = line.staff(today);
                (typed.form.staff_no.clone(), Form::Staff(typed))
            }
            ImportTable::Posts => {
                let form = line.post();
                (form.code.clone(), Form::Post(form))
            }
            ImportTable::Training => {
                let (form, mark) = line.training(&taken.people, today);
                let session = session_key(form.on, &form.start, &form.title);
                let (first, same, people) =
                    sessions.entry(session.clone()).or_insert_with(|| (row.number, form.clone(), 0));
                *people += 1;
                if *same != form {
                    let fault = Violation::new("", "import.session_differs").with("row", *first);
                    line.faults.push(("training_title", fault));
                }
                if *people > MARKS_MAX {
                    line.faults
                        .push(("training_title", Violation::new("", "training.too_many").with("max", MARKS_MAX)));
                }
                if taken.sessions.contains(&session) {
                    line.faults.push(("training_title", Violation::new("", "import.session_known")));
                }
                let unique = if mark.staff == NOBODY { String::new() } else { format!("{session} {}", mark.staff) };
                (unique, Form::Training(form, mark))
            }
        };
        let [first, ..] = columns(table) else { continue };
        if !unique.is_empty() {
            match seen.get(&unique) {
                Some(other) => line.faults.push((first.key, Violation::new("", "import.twice").with("row", other))),
                None if taken.keys.contains(&unique) => {
                    line.faults.push((first.key, Violation::new("", "posts.taken")))
                }
                None => {}
            }
            seen.entry(unique).or_insert(row.number);
        }
        if line.faults.is_empty() {
            match (&mut sound, form) {
                (Forms::Staff(forms), Form::Staff(typed)) => forms.push(typed),
                (Forms::Posts(forms), Form::Post(form)) => forms.push(form),
                (Forms::Training(forms), Form::Training(form, mark)) => forms.push((form, mark)),
                _ => {}
            }
        }
        faults
            .extend(line.faults.into_iter().map(|(key, violation)| at(row.number, key, &places, language, violation)));
    }
    Ok(Judged { rows, sound, faults })
}

enum Form {
    Staff(Typed),
    Post(PostForm),
    Training(SessionForm, Mark),
}

/// What is on record already.
#[derive(Default)]
struct Taken {
    /// What no second line may be called.
    keys: HashSet<String>,
    /// People by number.
    people: HashMap<String, StaffId>,
    /// Sessions, by what tells them apart.
    sessions: HashSet<String>,
}

impl Taken {
    async fn read(tx: &ReadTx, table: ImportTable, today: NaiveDate) -> Result<Self> {
        let mut taken = Self::default();
        match table {
            ImportTable::Staff => {
                taken.keys = posts::repo::staff(tx, true).await?.into_iter().map(|row| row.staff_no).collect();
            }
            ImportTable::Posts => taken.keys = posts::repo::posts(tx).await?.into_iter().map(|row| row.code).collect(),
            ImportTable::Training => {
                let people = posts::repo::staff(tx, true).await?;
                taken.people = people.into_iter().map(|row| (row.staff_no, row.id)).collect();
                // What is older is refused by its day.
                let known = training::repo::sessions(tx, today - Days::new(731), today).await?;
                let stand = known.into_iter().filter(|row| row.status != SessionStatus::Cancelled);
                taken.sessions = stand.map(|row| session_key(row.on_day, &row.start, &row.title)).collect();
            }
        }
        Ok(taken)
    }
}

/// What tells a session apart: the paper has no number for it.
fn session_key(on: NaiveDate, start: &str, title: &str) -> String {
    format!("{on} {start} {title}")
}

fn at(row: u32, key: &str, places: &Places, language: Language, violation: Violation) -> Fault {
    let place = places.get(key).and_then(|at| u32::try_from(*at).ok());
    Fault {
        row,
        column: place.map(letters).unwrap_or_default(),
        name: if key.is_empty() { String::new() } else { language.word("column", key).to_owned() },
        code: violation.code,
        args: violation.args,
    }
}

/// Which column stands where: named in either language, in any order, each once.
fn head(table: ImportTable, head: &Row, language: Language) -> (Places, Vec<Fault>) {
    let (mut places, mut faults) = (Places::new(), Vec::new());
    let mut fault = |at: Option<usize>, name: String, code| {
        let column = at.and_then(|at| u32::try_from(at).ok()).map(letters).unwrap_or_default();
        faults.push(Fault { row: head.number, column, name, code, args: Vec::new() });
    };
    for (at, cell) in head.cells.iter().enumerate() {
        let text = match cell {
            Value::Empty => continue,
            Value::Text(text) => text.as_str(),
            _ => "",
        };
        let column = columns(table).iter().find(|column| is_named(column, text));
        match column {
            None => fault(Some(at), text.chars().take(40).collect(), "import.column_unknown"),
            Some(column) if places.insert(column.key, at).is_some() => {
                fault(Some(at), text.to_owned(), "import.column_twice");
            }
            Some(_) => {}
        }
    }
    for column in columns(table).iter().filter(|column| column.required && !places.contains_key(column.key)) {
        fault(None, language.word("column", column.key).to_owned(), "import.column_missing");
    }
    (places, faults)
}

fn is_named(column: &Column, text: &str) -> bool {
    let text = text.trim_end_matches(['*', ' ']);
    Language::ALL.iter().any(|language| language.word("column", column.key).eq_ignore_ascii_case(text))
}

/// The line that the form brings along begins with the word for it.
fn is_example(row: &Row, places: &Places, table: ImportTable) -> bool {
    let [first, ..] = columns(table) else { return false };
    let cell = places.get(first.key).and_then(|at| row.cells.get(*at));
    let Some(Value::Text(text)) = cell else { return false };
    Language::ALL.iter().any(|language| text.starts_with(language.word("template", "example")))
}
