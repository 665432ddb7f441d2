//! The records: a table on a desk, cards on a phone, a table for a spreadsheet.

use domain::{
    audit::AuditOutcome,
    csv::{self, BOM},
    permission::Role,
};
use leptos::prelude::*;

use super::AuditRecord;
use crate::{
    components::{Icon, Mark},
    i18n::{Locale, label, label_of, t, t_string, td_string, use_i18n},
    time,
};

/// The roles are said again because a phone's layout takes the table's own away.
#[component]
pub fn Rows(rows: Vec<AuditRecord>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <table class="cases" role="table" aria-label=move || t_string!(i18n, desk.audit.list)>
            <thead role="rowgroup">
                <tr role="row">
                    <th role="columnheader" scope="col">{t!(i18n, desk.audit.when)}</th>
                    <th role="columnheader" scope="col">{t!(i18n, desk.audit.who)}</th>
                    <th role="columnheader" scope="col">{t!(i18n, desk.audit.what)}</th>
                    <th role="columnheader" scope="col">{t!(i18n, desk.audit.object)}</th>
                    <th role="columnheader" scope="col">{t!(i18n, desk.audit.detail)}</th>
                </tr>
            </thead>
            <tbody role="rowgroup">{rows.into_iter().map(|row| view! { <Row row /> }).collect_view()}</tbody>
        </table>
    }
}

#[component]
fn Row(row: AuditRecord) -> impl IntoView {
    let i18n = use_i18n();
    let refused = row.outcome == Some(AuditOutcome::Refused);
    let (roles, verb) = (row.roles.clone(), row.verb.clone());
    let who = who(&row);
    // What was done is told by the verb; the object by its number, where a person can know it.
    let object = row
        .complaint
        .map(|case| view! { <a class="link" href=format!("/desk/complaints/{}", case.id)>{case.number}</a> });
    // On a phone each cell is a line: an empty one would be a gap.
    let bare = object.is_none();
    let empty = row.detail.is_none() && row.source.is_none();
    view! {
        <tr role="row" class="case-row" data-record=row.id.to_string()>
            <td role="cell" class="case-small whitespace-nowrap tabular-nums">{time::date_time(row.at)}</td>
            <td role="cell">
                {move || who(i18n.get_locale())}
                <p class="hint">{move || role_names(i18n.get_locale(), &roles)}</p>
            </td>
            <td role="cell" class:text-error=refused>
                {refused.then(|| view! { <Icon mark=Mark::Alert /> " " })}
                {move || label_of(i18n.get_locale(), "verb", &verb)}
            </td>
            <td role="cell" class="case-small" class:max-lg:hidden=bare>{object}</td>
            <td role="cell" class="case-small break-words" class:max-lg:hidden=empty>
                {row.detail}
                {row.source.map(|source| view! { <p class="hint">{source}</p> })}
            </td>
        </tr>
    }
}

/// A person by name; whoever has none by what they are.
fn who(row: &AuditRecord) -> impl Fn(Locale) -> String + Send + Sync + Clone + 'static {
    let name = row.person.as_ref().map(|person| person.display_name.clone()).filter(|name| !name.is_empty());
    let kind = row.actor_kind.clone();
    move |locale| name.clone().unwrap_or_else(|| label_of(locale, "actor_kind", &kind))
}

fn role_names(locale: Locale, roles: &[Role]) -> String {
    let names: Vec<_> = roles.iter().map(|role| label(locale, "role", role.key())).collect();
    names.join(td_string!(locale, desk.list_separator))
}

/// The records as a table for a spreadsheet.
pub fn table(locale: Locale, rows: &[AuditRecord]) -> String {
    let head = [
        td_string!(locale, desk.audit.when),
        td_string!(locale, desk.audit.who),
        td_string!(locale, desk.audit.roles),
        td_string!(locale, desk.audit.what),
        td_string!(locale, desk.audit.outcome),
        td_string!(locale, desk.audit.case),
        td_string!(locale, desk.audit.object),
        td_string!(locale, desk.audit.detail),
        td_string!(locale, desk.audit.source),
        td_string!(locale, desk.audit.request),
    ];
    let mut table = String::from(BOM);
    table.push_str(&csv::line(head));
    for row in rows {
        let outcome = row.outcome.map(|outcome| label(locale, "audit_outcome", outcome.key()));
        let cells = [
            // To the second: the page's minutes are not enough for evidence.
            row.at.to_rfc3339(),
            who(row)(locale),
            role_names(locale, &row.roles),
            label_of(locale, "verb", &row.verb),
            outcome.unwrap_or_default().to_owned(),
            row.complaint.as_ref().map(|case| case.number.clone()).unwrap_or_default(),
            row.object.clone().unwrap_or_default(),
            row.detail.clone().unwrap_or_default(),
            row.source.clone().unwrap_or_default(),
            row.request_id.clone(),
        ];
        table.push_str(&csv::line(cells.iter().map(String::as_str)));
    }
    table
}
