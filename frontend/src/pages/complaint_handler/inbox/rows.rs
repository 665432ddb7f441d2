//! The list of cases: a table on a desk, cards on a phone, and the way from page to page.

use leptos::prelude::*;

use super::Filter;
use crate::{
    api::complaints::{CaseRow, PageInfo},
    components::{Deadline, Due, Icon, Mark, StatusChip},
    i18n::{label, t, t_string, use_i18n},
};

/// One table for both: the roles are said again because a phone's layout takes the table's own away.
#[component]
pub fn Rows(rows: Vec<CaseRow>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <table class="cases" role="table" aria-label=move || t_string!(i18n, complaints.inbox.list)>
            <thead role="rowgroup">
                <tr role="row">
                    <th role="columnheader" scope="col">{t!(i18n, complaints.row.what)}</th>
                    <th role="columnheader" scope="col">{t!(i18n, complaints.row.channel)}</th>
                    <th role="columnheader" scope="col">{t!(i18n, complaints.row.complainant)}</th>
                    <th role="columnheader" scope="col">{t!(i18n, complaints.row.handler)}</th>
                    <th role="columnheader" scope="col">{t!(i18n, complaints.row.status)}</th>
                    <th role="columnheader" scope="col">{t!(i18n, complaints.row.due)}</th>
                </tr>
            </thead>
            <tbody role="rowgroup">{rows.into_iter().map(|row| view! { <Row row /> }).collect_view()}</tbody>
        </table>
    }
}

#[component]
fn Row(row: CaseRow) -> impl IntoView {
    let i18n = use_i18n();
    let due = Due { at: row.due_at, days_left: row.days_left, late: row.late, paused: row.paused };
    let (subject, channel) = (row.subject, row.channel);
    let (name, anonymous) = (row.complainant.name.clone(), row.complainant.anonymous);
    let complainant = move || match &name {
        Some(name) if !anonymous => name.clone(),
        _ => t_string!(i18n, complaints.row.anonymous).to_owned(),
    };
    let handler = row.handler.map(|person| person.display_name);
    let handler = move || handler.clone().unwrap_or_else(|| t_string!(i18n, complaints.row.nobody).to_owned());
    view! {
        <tr role="row" class="case-row">
            <td role="cell" class="case-what">
                // The link's area covers the whole row.
                <a class="case-link" data-row="" href=format!("/desk/complaints/{}", row.id)>
                    {row.number} " · " {move || label(i18n.get_locale(), "complaint_subject", subject.key())}
                </a>
                <p class="case-text">{row.text}</p>
            </td>
            <td role="cell" class="case-small">
                <Caption text=move || t_string!(i18n, complaints.row.channel) />
                {move || label(i18n.get_locale(), "complaint_channel", channel.key())}
            </td>
            <td role="cell" class="case-small">
                <Caption text=move || t_string!(i18n, complaints.row.complainant) />
                {complainant}
            </td>
            <td role="cell" class="case-small">
                <Caption text=move || t_string!(i18n, complaints.row.handler) />
                {handler}
            </td>
            <td role="cell"><StatusChip status=row.status /></td>
            <td role="cell"><Deadline due /></td>
        </tr>
    }
}

/// Names a value where the column's heading is not shown.
#[component]
fn Caption(#[prop(into)] text: TextProp) -> impl IntoView {
    view! { <span class="case-caption" aria-hidden="true">{move || text.get()} " "</span> }
}

/// Next and previous page.
#[component]
pub fn Pages(filter: Filter, page_info: PageInfo, trail: RwSignal<Vec<Option<String>>>) -> impl IntoView {
    let i18n = use_i18n();
    let here = filter.after.clone();
    let before = trail.try_update(|passed| pass(passed, &here)).flatten();
    let to = |after: Option<String>| Filter { after, ..filter.clone() }.path();
    let next = page_info.end_cursor.filter(|_| page_info.has_next_page).map(|cursor| {
        view! {
            <a class="btn btn-outline" rel="next" href=to(Some(cursor))>
                {t!(i18n, complaints.inbox.next)}
                <Icon mark=Mark::ChevronRight />
            </a>
        }
    });
    let previous = match (&here, before) {
        (Some(_), Some(before)) => Some(
            view! { <a class="btn btn-outline" rel="prev" href=to(before)>{t!(i18n, complaints.inbox.previous)}</a> }
                .into_any(),
        ),
        // Reached by a bookmark: the pages before are not known.
        (Some(_), None) => {
            Some(view! { <a class="btn btn-outline" href=to(None)>{t!(i18n, complaints.inbox.first)}</a> }.into_any())
        }
        (None, _) => None,
    };
    let any = next.is_some() || previous.is_some();
    any.then(|| view! { <nav class="pages" aria-label=move || t_string!(i18n, complaints.inbox.pages)>{previous} {next}</nav> })
}

/// Notes in the trail that the page at `here` is shown, and says which page came before it, if known. The browser's own
/// Back may have been used, so a page seen before cuts the trail there.
fn pass(trail: &mut Vec<Option<String>>, here: &Option<String>) -> Option<Option<String>> {
    if here.is_none() {
        trail.clear();
    }
    match trail.iter().position(|page| page == here) {
        Some(i) => trail.truncate(i + 1),
        None => trail.push(here.clone()),
    }
    trail.len().checked_sub(2).and_then(|i| trail.get(i).cloned())
}
