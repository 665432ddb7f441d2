//! The items of windows and their cases, as workbooks.

use domain::{
    DepartmentId,
    handling::{ServiceCaseQueue, ServiceCaseStatus},
    items::ServedAt,
    settings::EntryStatus,
};
use entity::service_item;

use super::{
    book::MAX_ROWS,
    lists::{Asked, Column, Found, table, yes},
    texts::Language,
};
use crate::{
    error::Result,
    graphql::context::Cx,
    handling::service::reading::{self as cases, Found as Case},
    items::service::reading as map,
};

struct Item {
    row: service_item::Model,
    department: Option<String>,
    post: Option<String>,
}

const ITEMS: &[Column<Item>] = &[
    ("item_code", |item, _| item.row.code.as_str().into()),
    ("item", |item, _| item.row.name.as_str().into()),
    ("department", |item, _| item.department.clone().into()),
    ("served_at", |item, language| language.label("served_at", item.row.served_at.key()).into()),
    ("dedicated_post", |item, _| item.post.clone().into()),
    ("dedicated_reason", |item, _| item.row.reason.clone().into()),
    ("in_use", |item, language| yes(item.row.status == EntryStatus::Active, language)),
];

/// The items that the page's words, department, place and retired ones narrow to.
pub(super) async fn items(cx: &Cx, asked: &Asked) -> Result<Found> {
    let language = asked.language();
    let map = map::map(cx).await?;
    let words = asked.text("q").map(str::to_lowercase);
    let department: Option<DepartmentId> = asked.value("department", |text| text.parse().ok())?;
    let at = asked.value("at", ServedAt::from_key)?;
    let retired = asked.text("retired") == Some("true");
    // As the page does: it has all rows, and shows those that fit.
    let fits = |row: &service_item::Model| {
        let has = |text: &str| words.as_ref().is_none_or(|words| text.to_lowercase().contains(words));
        (retired || row.status == EntryStatus::Active)
            && department.is_none_or(|id| row.department_id == id)
            && at.is_none_or(|at| row.served_at == at)
            && (has(&row.code) || has(&row.name))
    };
    let named = |id: DepartmentId| {
        let row = map.departments.iter().find(|row| row.id == id)?;
        Some(language.pick(&row.name_zh, &row.name_en).to_owned())
    };
    let item = |row: &service_item::Model| Item {
        department: named(row.department_id),
        post: row.post_id.and_then(|id| Some(map.posts.iter().find(|post| post.id == id)?.name.clone())),
        row: row.clone(),
    };
    let rows: Vec<_> = map.items.iter().filter(|row| fits(row)).map(item).collect();
    let told = department.map(|id| id.to_string()).unwrap_or_default();
    Ok(table(&rows, ITEMS, language)
        .narrowed("department", department.and_then(named), &told)
        .chosen("served_at", "served_at", at.map(ServedAt::key), language)
        .narrowed("retired", retired.then(|| language.word("word", "yes")), "yes")
        .narrowed("words", words.clone(), "yes"))
}

fn status(case: &Case, language: Language) -> &'static str {
    language.label("service_case_status", case.row.status.key())
}

const CASES: &[Column<Case>] = &[
    ("external_no", |case, _| case.row.external_no.as_str().into()),
    ("status", |case, language| status(case, language).into()),
    ("item", |case, _| case.item.as_str().into()),
    ("post_name", |case, _| case.post.as_str().into()),
    ("received_at", |case, _| case.row.received_at.into()),
    ("promised_on", |case, _| case.row.due_on.into()),
    ("at_window_at", |case, _| case.row.at_window_at.into()),
    ("late", |case, language| yes(case.late, language)),
    ("collected_at", |case, _| case.row.collected_at.into()),
    ("archive_due_on", |case, _| case.row.archive_due_on.into()),
    ("unfiled", |case, language| yes(case.unfiled, language)),
    ("archived_at", |case, _| case.row.archived_at.into()),
    ("archive_ref", |case, _| case.row.archive_ref.clone().into()),
    ("pickup_at", |case, _| case.row.pickup_at.into()),
    ("pickup_place", |case, _| case.row.pickup_place.clone().into()),
];

/// The cases that the viewer sees, without who they are for.
pub(super) async fn handling(cx: &Cx, asked: &Asked) -> Result<Found> {
    let language = asked.language();
    let queue = asked.value("queue", ServiceCaseQueue::from_key)?.unwrap_or(ServiceCaseQueue::Open);
    let status = asked.value("status", ServiceCaseStatus::from_key)?;
    let words = asked.text("q").map(ToOwned::to_owned);
    let wanted = cases::Asked { queue, status, search: words.clone() };
    let rows = cases::list(cx, wanted, MAX_ROWS + 1).await?.rows;
    Ok(table(&rows, CASES, language)
        .chosen("queue", "service_case_queue", Some(queue.key()), language)
        .chosen("status", "service_case_status", status.map(ServiceCaseStatus::key), language)
        .narrowed("words", words, "yes"))
}
