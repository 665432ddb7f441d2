//! Checks of appearance as a workbook: what the page's list says of each, and what was not in order.

use domain::StaffId;

use super::{
    lists::{Asked, Column, Found, joined, table},
    texts::Language,
};
use crate::{
    appearance::service::reading::{self, Line},
    error::Result,
    graphql::context::Cx,
};

/// What was not in order, as pages name it.
fn failed(line: &Line, language: Language) -> String {
    joined(line.failed.iter().map(|item| language.label("appearance_item", item.key())))
}

const CHECKS: &[Column<Line>] = &[
    ("day", |line, _| line.check.on_day.into()),
    ("staff_no", |line, _| line.staff.as_ref().map(|(number, _)| number.clone()).into()),
    ("name", |line, _| line.staff.as_ref().map(|(_, name)| name.clone()).into()),
    ("post_name", |line, _| line.post.clone().into()),
    ("passed", |line, _| line.check.passed.into()),
    ("asked", |line, _| line.check.asked.into()),
    ("not_in_order", |line, language| failed(line, language).into()),
    ("note", |line, _| line.check.note.clone().into()),
    ("answer", |line, _| line.check.answer.clone().into()),
    ("checker", |line, _| line.checker.clone().into()),
];

/// The rows, as the page would show them.
pub(super) async fn find(cx: &Cx, asked: &Asked) -> Result<Found> {
    let staff: Option<StaffId> = asked.value("staff", |text| text.parse().ok())?;
    let lines = reading::lines(cx, staff).await?;
    let name = lines.first().filter(|_| staff.is_some()).and_then(|line| Some(line.staff.clone()?.1));
    let told = staff.map(|id| id.to_string()).unwrap_or_default();
    Ok(table(&lines, CHECKS, asked.language()).narrowed("person", name, &told))
}
