//! The first sheet of a workbook as rows: the first line that holds something names the columns.

use std::{fs::File, io::BufReader, path::Path};

use calamine::{DataRef, Reader, Xlsx};
use chrono::{NaiveDate, NaiveTime};
use domain::Violation;

use super::inspect::{self, wrong};
use crate::error::Result;

/// Most rows of a table, without its head.
pub const MAX_ROWS: usize = 5000;
/// Most columns.
pub const MAX_COLUMNS: usize = 50;
/// Characters of a cell that are looked at: more than any field takes.
const CELL_MAX: usize = 5000;
/// Bytes of all cells together: many may refer to one long text.
const TEXT_MAX: usize = 16 * 1024 * 1024;

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing, or blanks alone.
    Empty,
    /// A text, without blanks around it.
    Text(String),
    /// A number.
    Number(f64),
    /// A day.
    Date(NaiveDate),
    /// Yes or no.
    Flag(bool),
    /// A time of day, or a day with one.
    Time,
    /// Something to be computed.
    Formula,
    /// What a formula could not compute.
    Broken,
}

/// A line of the sheet.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its number, as a spreadsheet shows it.
    pub number: u32,
    /// Its cells, from the first column on.
    pub cells: Vec<Value>,
}

/// A sheet.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The names of the columns.
    pub head: Row,
    /// What stands below.
    pub rows: Vec<Row>,
}

/// Reads the workbook at `path`, within our limits.
///
/// # Errors
/// `files.*` and `import.*` at `file`: what is wrong with it as a whole.
pub fn read(path: &Path) -> Result<Sheet> {
    inspect::check(path)?;
    let damaged = |_| wrong("files.damaged");
    let file = File::open(path).map_err(anyhow::Error::from)?;
    let mut book = Xlsx::new(BufReader::new(file)).map_err(damaged)?;
    let name = book.sheet_names().first().cloned().ok_or_else(|| wrong("import.no_sheet"))?;
    if let Some(first) = book.merge_cells_by_sheet_name(&name).map_err(damaged)?.first() {
        let cell = format!("{}{}", letters(first.start.1), first.start.0.saturating_add(1));
        return Err(Violation::new("file", "import.merged").with("cell", cell).into());
    }
    let mut rows: Vec<Row> = Vec::new();
    let mut left = TEXT_MAX;
    let mut cells = book.worksheet_cells_reader(&name).map_err(damaged)?;
    while let Some(record) = cells.next_cell_with_formula_metadata().map_err(damaged)? {
        let value = if record.formula.is_some() { Value::Formula } else { value(&record.value) };
        if value == Value::Empty {
            continue;
        }
        let (line, at) = record.pos;
        let at = usize::try_from(at).unwrap_or(usize::MAX);
        if at >= MAX_COLUMNS {
            return Err(Violation::new("file", "import.too_many_columns").with("max", MAX_COLUMNS).into());
        }
        if let Value::Text(text) = &value {
            left = left.checked_sub(text.len()).ok_or_else(|| wrong("import.too_large"))?;
        }
        let number = line.saturating_add(1);
        if rows.last().is_none_or(|row| row.number != number) {
            // Lines that go back would let one be written twice.
            if rows.last().is_some_and(|row| row.number > number) {
                return Err(wrong("files.damaged"));
            }
            if rows.len() > MAX_ROWS {
                return Err(Violation::new("file", "import.too_many_rows").with("max", MAX_ROWS).into());
            }
            rows.push(Row { number, cells: Vec::new() });
        }
        if let Some(row) = rows.last_mut() {
            if row.cells.len() <= at {
                row.cells.resize(at + 1, Value::Empty);
            }
            row.cells[at] = value;
        }
    }
    if rows.is_empty() {
        return Err(wrong("import.no_rows"));
    }
    let head = rows.remove(0);
    Ok(Sheet { head, rows })
}

fn value(cell: &DataRef<'_>) -> Value {
    match cell {
        DataRef::Empty => Value::Empty,
        DataRef::Int(number) => i32::try_from(*number).map_or(Value::Broken, |number| Value::Number(number.into())),
        DataRef::Float(number) => Value::Number(*number),
        DataRef::String(text) => tidy(text),
        DataRef::SharedString(text) => tidy(text),
        DataRef::Bool(flag) => Value::Flag(*flag),
        DataRef::DateTime(at) if at.is_duration() => Value::Time,
        DataRef::DateTime(at) => at
            .as_datetime()
            .map_or(Value::Time, |at| if at.time() == NaiveTime::MIN { Value::Date(at.date()) } else { Value::Time }),
        DataRef::DateTimeIso(text) => text.get(..10).and_then(|day| day.parse().ok()).map_or(Value::Time, Value::Date),
        DataRef::DurationIso(_) => Value::Time,
        DataRef::Error(_) => Value::Broken,
    }
}

/// Without blanks around it, the full-width one (U+3000) and those that nobody sees included.
fn tidy(text: &str) -> Value {
    let blank = |c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}');
    let text: String = text.trim_matches(blank).chars().take(CELL_MAX).collect();
    if text.is_empty() { Value::Empty } else { Value::Text(text) }
}

/// The name of a column, as a spreadsheet shows it.
#[must_use]
pub fn letters(at: u32) -> String {
    let letter = |n: u32| char::from(b'A' + u8::try_from(n % 26).unwrap_or(0));
    match at.checked_div(26) {
        Some(0) | None => letter(at).to_string(),
        Some(more) => format!("{}{}", letters(more - 1), letter(at)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_a_spreadsheet_does() {
        assert_eq!([0, 25, 26, 49, 701, 702].map(letters), ["A", "Z", "AA", "AX", "ZZ", "AAA"]);
    }

    #[test]
    fn blanks_around_a_text_go_the_full_width_ones_too() {
        assert_eq!(tidy("\u{3000}张 三\u{3000}\u{200b} "), Value::Text("张 三".to_owned()));
        assert_eq!(tidy("\u{3000} "), Value::Empty);
    }
}
