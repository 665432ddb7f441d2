//! One small writer of workbooks: a table with a frozen head, and a second sheet that says what it is.

use chrono::{DateTime, NaiveDate, Utc};
use domain::calendar::shanghai;
use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet, XlsxError};

use crate::error::Result;

/// Most rows of a table: a workbook is built in memory.
pub const MAX_ROWS: usize = 20_000;
/// What a cell of a workbook holds, in characters.
const CELL_MAX: usize = 32_767;
/// Widths of a column, in characters.
const WIDTH: std::ops::RangeInclusive<usize> = 8..=48;
/// Rows that are measured for the width of a column.
const MEASURED: usize = 200;

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// A text, whatever it looks like.
    Text(String),
    /// A number.
    Number(i64),
    /// A share from 0 to 1, shown as one of a hundred.
    Share(f64),
    /// A number with a fraction.
    Decimal(f64),
    /// A day.
    Date(NaiveDate),
    /// An instant, shown in the center's time.
    Time(DateTime<Utc>),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text.to_owned()) }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<i32> for Cell {
    fn from(number: i32) -> Self {
        Self::Number(number.into())
    }
}

impl From<NaiveDate> for Cell {
    fn from(day: NaiveDate) -> Self {
        Self::Date(day)
    }
}

impl From<DateTime<Utc>> for Cell {
    fn from(at: DateTime<Utc>) -> Self {
        Self::Time(at)
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

/// A sheet of a table.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// What it is called.
    pub name: String,
    /// What stands over the columns.
    pub head: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
}

/// A table, and what is told of it.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// What its sheet is called.
    pub name: String,
    /// What stands over the columns.
    pub head: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
    /// What it was made of, on a sheet of its own, where that is more than the table.
    pub raw: Option<Sheet>,
    /// What the last sheet is called.
    pub about_name: String,
    /// What stands on it: a name and a value on each line.
    pub about: Vec<(String, Cell)>,
}

/// The formats of a workbook.
pub struct Formats {
    /// Over the columns.
    pub head: Format,
    /// A text; it stays one when somebody edits the cell.
    pub text: Format,
    /// A day.
    pub date: Format,
    time: Format,
    share: Format,
    decimal: Format,
    /// Words that explain.
    pub hint: Format,
}

impl Default for Formats {
    fn default() -> Self {
        let top = || Format::new().set_align(FormatAlign::Top);
        Self {
            head: Format::new().set_bold().set_background_color("#DCE6F1").set_text_wrap(),
            text: top().set_num_format("@").set_text_wrap(),
            date: top().set_num_format("yyyy-mm-dd"),
            time: top().set_num_format("yyyy-mm-dd hh:mm"),
            share: top().set_num_format("0.00%"),
            decimal: top().set_num_format("0.0###"),
            hint: top().set_italic().set_font_color("#606060").set_num_format("@").set_text_wrap(),
        }
    }
}

/// The bytes of a workbook with this table.
///
/// # Errors
/// When it cannot be written, which is a fault of ours.
pub fn write(table: &Table) -> Result<Vec<u8>> {
    built(table).map_err(|error| anyhow::Error::from(error).into())
}

fn built(table: &Table) -> Result<Vec<u8>, XlsxError> {
    let formats = Formats::default();
    let mut book = Workbook::new();
    fill(book.add_worksheet(), &formats, &table.name, &table.head, &table.rows)?;
    if let Some(Sheet { name, head, rows }) = &table.raw {
        fill(book.add_worksheet(), &formats, name, head, rows)?;
    }
    let about = book.add_worksheet();
    about.set_name(sheet_name(&table.about_name))?.set_column_width(0, 20)?.set_column_width(1, 60)?;
    for (at, (name, value)) in table.about.iter().enumerate() {
        about.write_string_with_format(line(at), 0, name, &formats.head)?;
        put(about, &formats, line(at), 1, value)?;
    }
    book.save_to_buffer()
}

fn fill(
    sheet: &mut Worksheet,
    formats: &Formats,
    name: &str,
    heads: &[String],
    rows: &[Vec<Cell>],
) -> Result<(), XlsxError> {
    sheet.set_name(sheet_name(name))?.set_freeze_panes(1, 0)?;
    for (at, head) in heads.iter().enumerate() {
        let cells = rows.iter().take(MEASURED).filter_map(|row| row.get(at)).map(width);
        let widest = cells.chain([text_width(head) + 2]).max().unwrap_or(0);
        sheet.set_column_width(column(at), chars(widest.clamp(*WIDTH.start(), *WIDTH.end())))?;
        sheet.write_string_with_format(0, column(at), head, &formats.head)?;
    }
    for (at, row) in rows.iter().enumerate() {
        for (column_at, cell) in row.iter().enumerate() {
            put(sheet, formats, line(at + 1), column(column_at), cell)?;
        }
    }
    Ok(())
}

/// Writes a cell by its kind. A text is written as a text, so that none is ever a formula.
pub fn put(sheet: &mut Worksheet, formats: &Formats, row: u32, column: u16, cell: &Cell) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => return Ok(()),
        Cell::Text(text) => {
            let text: String = text.chars().filter(is_xml).take(CELL_MAX).collect();
            sheet.write_string_with_format(row, column, text, &formats.text)?
        }
        // A file holds numbers up to 2^53; counts are smaller.
        Cell::Number(number) => sheet.write_number(row, column, i32::try_from(*number).unwrap_or(i32::MAX))?,
        Cell::Share(share) => sheet.write_number_with_format(row, column, *share, &formats.share)?,
        Cell::Decimal(number) => sheet.write_number_with_format(row, column, *number, &formats.decimal)?,
        Cell::Date(day) => sheet.write_datetime_with_format(row, column, *day, &formats.date)?,
        Cell::Time(at) => {
            let local = at.with_timezone(&shanghai()).naive_local();
            sheet.write_datetime_with_format(row, column, local, &formats.time)?
        }
    };
    Ok(())
}

/// Control characters are none of XML's.
fn is_xml(c: &char) -> bool {
    !c.is_control() || matches!(c, '\t' | '\n')
}

/// 31 characters, none of which a reference to the sheet would trip over.
#[must_use]
pub fn sheet_name(name: &str) -> String {
    name.chars().filter(|c| !"[]:*?/\\'".contains(*c)).take(31).collect()
}

fn width(cell: &Cell) -> usize {
    match cell {
        Cell::Empty => 0,
        Cell::Text(text) => text.lines().map(text_width).max().unwrap_or(0),
        Cell::Number(number) => number.to_string().len(),
        Cell::Share(_) | Cell::Decimal(_) => 8,
        Cell::Date(_) => 11,
        Cell::Time(_) => 17,
    }
}

/// A Chinese character is as wide as two letters.
#[must_use]
pub fn text_width(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// As the writer counts characters.
#[must_use]
pub fn chars(width: usize) -> f64 {
    u32::try_from(width).map_or(0.0, f64::from)
}

/// As the writer counts lines.
#[must_use]
pub fn line(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// As the writer counts columns.
#[must_use]
pub fn column(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, DataType, Reader, Xlsx, open_workbook_from_rs};

    use super::*;

    #[test]
    fn a_table_comes_back_as_it_was_typed() {
        let day: NaiveDate = "2026-02-13".parse().unwrap();
        let at: DateTime<Utc> = "2026-02-13T16:30:00Z".parse().unwrap();
        let risky = ["=1+1", "+86", "-1", "@SUM(A1)", "\tx", "\rx"];
        let mut rows = vec![vec![Cell::from("岗位"), Cell::from(7_i64), Cell::from(day), Cell::from(at), Cell::Empty]];
        rows.extend(risky.map(|text| vec![Cell::from(text)]));
        let table = Table {
            name: "人员/名册".into(),
            head: ["名称", "数", "日", "时", "无"].map(ToOwned::to_owned).to_vec(),
            rows,
            raw: Some(Sheet { name: "明细".into(), head: vec!["率".into()], rows: vec![vec![Cell::Share(0.954)]] }),
            about_name: "说明".into(),
            about: vec![("行数".into(), Cell::from(7_i64))],
        };
        let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(write(&table).unwrap())).unwrap();
        assert_eq!(book.sheet_names(), ["人员名册", "明细", "说明"]);
        assert_eq!(book.worksheet_range("明细").unwrap().get_value((1, 0)).and_then(Data::get_float), Some(0.954));
        let sheet = book.worksheet_range("人员名册").unwrap();
        let first: Vec<Data> = sheet.rows().nth(1).unwrap().to_vec();
        assert_eq!(first[0].get_string(), Some("岗位"));
        assert_eq!(first[1].get_float(), Some(7.0));
        assert_eq!(first[2].as_date(), Some(day));
        assert_eq!(first[3].as_datetime().map(|at| at.to_string()).as_deref(), Some("2026-02-14 00:30:00"));
        for (row, text) in sheet.rows().skip(2).zip(risky) {
            assert_eq!(row[0].get_string().map(str::trim), Some(text.trim()));
        }
        assert!(book.worksheet_formula("人员名册").unwrap().used_cells().next().is_none());
    }

    #[test]
    fn a_chinese_character_is_two_letters_wide() {
        assert_eq!((text_width("abc"), text_width("岗位a")), (3, 5));
    }
}
