//! The register of standards as a workbook, narrowed as its page is.

use std::collections::HashMap;

use domain::{ManagedStandardId, standardisation::StandardStatus};
use entity::managed_standard;

use super::lists::{Asked, Column, Found, table};
use crate::{error::Result, graphql::context::Cx, standardisation::service::reading};

struct Standard {
    row: managed_standard::Model,
    owner: Option<String>,
    successor: Option<String>,
}

const STANDARDS: &[Column<Standard>] = &[
    ("standard_no", |standard, _| standard.row.number.as_str().into()),
    ("standard_title", |standard, _| standard.row.title.as_str().into()),
    ("level", |standard, language| language.label("standard_level", standard.row.level.key()).into()),
    ("edition", |standard, _| standard.row.edition.as_str().into()),
    ("status", |standard, language| language.label("standard_status", standard.row.status.key()).into()),
    ("adopted_on", |standard, _| standard.row.adopted_on.into()),
    ("owner", |standard, _| standard.owner.clone().into()),
    ("review_due", |standard, _| standard.row.review_due.into()),
    ("successor", |standard, _| standard.successor.clone().into()),
];

/// The rows, as the page would show them.
pub(super) async fn find(cx: &Cx, asked: &Asked) -> Result<Found> {
    let language = asked.language();
    let status = asked.value("status", StandardStatus::from_key)?;
    let words = asked.text("q").map(str::to_lowercase);
    let (rows, people) = reading::register(cx).await?;
    let numbers: HashMap<ManagedStandardId, String> = rows.iter().map(|row| (row.id, row.number.clone())).collect();
    // As the page does: it has all rows, and shows those with the status and the words.
    let fits = |row: &managed_standard::Model| {
        let texts = [&row.number, &row.title];
        let found = |words: &String| texts.iter().any(|text| text.to_lowercase().contains(words));
        status.is_none_or(|status| row.status == status) && words.as_ref().is_none_or(found)
    };
    let standard = |row: managed_standard::Model| Standard {
        owner: people.get(&row.owner_id).map(|person| person.name.clone()),
        successor: row.successor_id.and_then(|id| numbers.get(&id).cloned()),
        row,
    };
    let rows: Vec<_> = rows.into_iter().filter(fits).map(standard).collect();
    let shown = status.map(|status| language.label("standard_status", status.key()));
    Ok(table(&rows, STANDARDS, language).narrowed("status", shown, status.map_or("", |status| status.key())).narrowed(
        "words",
        words.clone(),
        "yes",
    ))
}
