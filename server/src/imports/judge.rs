//! The dry run: every line becomes a form, or is told what is wrong with it.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use domain::{Arg, Violation, imports::ImportTable, posts::PostForm};
use serde::Serialize;

use super::tables::{Column, Known, Line, columns};
use crate::{
    db::ReadTx,
    error::Result,
    posts::{self, service::people::Typed},
    sheets::{
        read::{Row, Sheet, Value, letters},
        texts::Language,
    },
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
}

impl Forms {
    /// How many.
    #[must_use]
    pub const fn len(&self) -> usize {
        match self {
            Self::Staff(forms) => forms.len(),
            Self::Posts(forms) => forms.len(),
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
    };
    // Of a sheet whose columns are not known no line says anything.
    if !faults.is_empty() {
        return Ok(Judged { rows, sound: empty, faults });
    }
    let known = Known::read(tx).await?;
    let taken: HashSet<String> = match table {
        ImportTable::Staff => posts::repo::staff(tx, true).await?.into_iter().map(|row| row.staff_no).collect(),
        ImportTable::Posts => posts::repo::posts(tx).await?.into_iter().map(|row| row.code).collect(),
    };
    let (mut sound, mut seen) = (empty, HashMap::<String, u32>::new());
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
        };
        let [first, ..] = columns(table) else { continue };
        if !unique.is_empty() {
            match seen.get(&unique) {
                Some(other) => line.faults.push((first.key, Violation::new("", "import.twice").with("row", other))),
                None if taken.contains(&unique) => line.faults.push((first.key, Violation::new("", "posts.taken"))),
                None => {}
            }
            seen.entry(unique).or_insert(row.number);
        }
        if line.faults.is_empty() {
            match (&mut sound, form) {
                (Forms::Staff(forms), Form::Staff(typed)) => forms.push(typed),
                (Forms::Posts(forms), Form::Post(form)) => forms.push(form),
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
