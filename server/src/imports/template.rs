//! The form to fill in: the columns of a table, an example, a list to choose from for each coded column.

use domain::{calendar::local_date, imports::ImportTable};
use rust_xlsxwriter::{DataValidation, Formula, Workbook, Worksheet, XlsxError};

use super::{
    service::admit,
    tables::{Column, Known, Takes, columns},
};
use crate::{
    error::Result,
    graphql::context::Cx,
    sheets::{
        book::{self, Formats, chars, sheet_name, text_width},
        export::Exported,
        read::{MAX_ROWS, letters},
        texts::Language,
    },
};

/// The empty form of a table.
///
/// # Errors
/// [`Error::Forbidden`](crate::error::Error::Forbidden) without the permission to add its rows one by one.
pub async fn make(cx: &Cx, table: ImportTable, language: Language) -> Result<Exported> {
    admit(cx, table)?;
    let known = Known::read(&*cx.read().await?).await?;
    let title = language.word("list", table.key());
    let bytes = built(table, &known, language).map_err(anyhow::Error::from)?;
    Ok(Exported { name: format!("{title}-{}", local_date(cx.now())), bytes })
}

fn built(table: ImportTable, known: &Known, language: Language) -> Result<Vec<u8>, XlsxError> {
    let formats = Formats::default();
    let mut workbook = Workbook::new();
    let lists = sheet_name(language.word("template", "lists"));
    let sheet = workbook.add_worksheet();
    sheet.set_name(sheet_name(language.word("list", table.key())))?.set_freeze_panes(1, 0)?;
    for (at, spec) in columns(table).iter().enumerate() {
        form_column(sheet, &formats, at, spec, known, language)?;
        if spec.takes == Takes::Choice && !known.choices(spec.key).is_empty() {
            let name = letters(book::line(at));
            let last = known.choices(spec.key).len() + 1;
            let list = Formula::new(format!("='{lists}'!${name}$2:${name}${last}"));
            let choice = DataValidation::new().allow_list_formula(list);
            sheet.add_data_validation(1, book::column(at), book::line(MAX_ROWS), book::column(at), &choice)?;
        }
    }
    guide(workbook.add_worksheet(), &formats, table, language)?;
    let choices = workbook.add_worksheet();
    choices.set_name(&lists)?.set_freeze_panes(1, 0)?;
    for (at, spec) in columns(table).iter().enumerate().filter(|(_, spec)| spec.takes == Takes::Choice) {
        let column = book::column(at);
        choices.write_string_with_format(0, column, language.word("column", spec.key), &formats.head)?;
        choices.set_column_width(column, 24)?;
        for (row, choice) in known.choices(spec.key).iter().enumerate() {
            choices.write_string_with_format(book::line(row + 1), column, choice.name(language), &formats.text)?;
        }
    }
    workbook.save_to_buffer()
}

fn form_column(
    sheet: &mut Worksheet,
    formats: &Formats,
    at: usize,
    spec: &Column,
    known: &Known,
    language: Language,
) -> Result<(), XlsxError> {
    let column = book::column(at);
    let name = language.word("column", spec.key);
    let head = if spec.required { format!("{name} *") } else { name.to_owned() };
    // A whole column of texts, so that a spreadsheet leaves 0012 and +86 as they are typed.
    sheet.set_column_format(column, if spec.takes == Takes::Date { &formats.date } else { &formats.text })?;
    sheet.set_column_width(column, chars((text_width(&head) + 4).clamp(14, 48)))?;
    sheet.write_string_with_format(0, column, head, &formats.head)?;
    let first = known.choices(spec.key).first().map_or(spec.example, |choice| choice.name(language));
    let example = match (at, spec.takes) {
        (0, _) => format!("{} {}", language.word("template", "example"), spec.example),
        (_, Takes::Choice) => first.to_owned(),
        _ => spec.example.to_owned(),
    };
    sheet.write_string_with_format(1, column, example, &formats.hint)?;
    Ok(())
}

fn guide(sheet: &mut Worksheet, formats: &Formats, table: ImportTable, language: Language) -> Result<(), XlsxError> {
    sheet.set_name(sheet_name(language.word("template", "guide")))?.set_column_width(0, 22)?.set_column_width(1, 60)?;
    let lead = language.word("template", "lead");
    sheet.merge_range(0, 0, 0, 1, lead, &formats.text)?.set_row_height(0, 60)?;
    for (at, spec) in columns(table).iter().enumerate() {
        let row = book::line(at + 1);
        let takes = match spec.takes {
            _ if at == 0 && table == ImportTable::Training => "known_staff_no",
            _ if at == 0 => spec.key,
            Takes::Date => "date",
            Takes::Choice => "choice",
            Takes::Text => "text",
        };
        let needed = if spec.required { "required" } else { "optional" };
        let words = format!("{} · {}", language.word("template", needed), language.word("template", takes));
        sheet.write_string_with_format(row, 0, language.word("column", spec.key), &formats.head)?;
        sheet.write_string_with_format(row, 1, words, &formats.text)?;
    }
    Ok(())
}
