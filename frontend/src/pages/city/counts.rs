//! Complaints by center.

use std::cmp::Reverse;

use chrono::{DateTime, Utc};
use cynic::QueryBuilder;
use leptos::prelude::*;

use crate::{
    api::{run, schema},
    components::{AsyncView, Empty, ExportButton, Icon, Mark, PageHeading, refresh},
    i18n::{Locale, pick, t, t_string, td_string, use_i18n},
    time,
};

#[derive(cynic::QueryFragment, Clone)]
#[cynic(graphql_type = "Query")]
struct CountsQuery {
    center_counts: Vec<CenterCounts>,
}

#[derive(cynic::QueryFragment, Clone, PartialEq, Eq)]
struct CenterCounts {
    center: CenterName,
    open: i32,
    due_today: i32,
    overdue: i32,
    escalated: i32,
    received30: i32,
    closed30: i32,
    as_of: Option<DateTime<Utc>>,
}

#[derive(cynic::QueryFragment, Clone, PartialEq, Eq)]
#[cynic(graphql_type = "Place")]
struct CenterName {
    code: String,
    name_zh: String,
    name_en: String,
}

/// A column of numbers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Open,
    DueToday,
    Overdue,
    Escalated,
    Received,
    Closed,
}

impl Column {
    const ALL: [Self; 6] = [Self::Open, Self::DueToday, Self::Overdue, Self::Escalated, Self::Received, Self::Closed];

    const fn of(self, counts: &CenterCounts) -> i32 {
        match self {
            Self::Open => counts.open,
            Self::DueToday => counts.due_today,
            Self::Overdue => counts.overdue,
            Self::Escalated => counts.escalated,
            Self::Received => counts.received30,
            Self::Closed => counts.closed30,
        }
    }

    fn title(self, locale: Locale) -> &'static str {
        match self {
            Self::Open => td_string!(locale, desk.city.open),
            Self::DueToday => td_string!(locale, desk.city.due_today),
            Self::Overdue => td_string!(locale, desk.city.overdue),
            Self::Escalated => td_string!(locale, desk.city.escalated),
            Self::Received => td_string!(locale, desk.city.received),
            Self::Closed => td_string!(locale, desk.city.closed),
        }
    }
}

/// By which column, the largest first; none: the city's own order of its centers.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Order(Option<Column>);

impl Order {
    fn apply(self, rows: &mut [CenterCounts]) {
        if let Some(column) = self.0 {
            // Stable: equal numbers keep the city's order. Centers without figures come last.
            rows.sort_by_key(|row| Reverse(row.as_of.map(|_| column.of(row))));
        }
    }
}

/// The page.
#[component]
pub fn Counts() -> impl IntoView {
    let i18n = use_i18n();
    let found = LocalResource::new(|| async { run(CountsQuery::build(())).await });
    refresh::every_minute(move || found.refetch());
    let order = RwSignal::new(Order(None));
    let ready = move |found: CountsQuery| {
        if found.center_counts.is_empty() {
            view! { <Empty text=move || t_string!(i18n, desk.city.empty) /> }.into_any()
        } else {
            view! { <Table rows=found.center_counts order /> }.into_any()
        }
    };
    view! {
        <div class="title-line">
            <PageHeading title=move || t_string!(i18n, desk.city.title) />
            <ExportButton list="centers" query=String::new() />
        </div>
        <p class="desk-lead">{t!(i18n, desk.city.lead)}</p>
        <AsyncView resource=found ready />
        <p class="hint">{t!(i18n, desk.city.note)}</p>
    }
}

#[component]
fn Table(rows: Vec<CenterCounts>, order: RwSignal<Order>) -> impl IntoView {
    let i18n = use_i18n();
    let oldest = rows.iter().filter_map(|row| row.as_of).min().map(time::date_time);
    let newest = rows.iter().filter_map(|row| row.as_of).max().map(time::date_time);
    let as_of = oldest.zip(newest);
    let some_missing = rows.iter().any(|row| row.as_of.is_none());
    let total = move |column: Column, rows: &[CenterCounts]| {
        rows.iter().filter(|row| row.as_of.is_some()).map(|row| column.of(row)).sum::<i32>()
    };
    let totals = Column::ALL.map(|column| view! { <td class="number">{total(column, &rows)}</td> });
    let lines = move || {
        let mut rows = rows.clone();
        order.get().apply(&mut rows);
        rows.into_iter().map(|row| view! { <Line row /> }).collect_view()
    };
    view! {
        {as_of.map(|(from, to)| {
            let text = move || {
                if from == to {
                    t_string!(i18n, desk.city.as_of, at = to.as_str())
                } else {
                    t_string!(i18n, desk.city.as_of_range, from = from.as_str(), to = to.as_str())
                }
            };
            view! { <p class="hint">{text}</p> }
        })}
        // Scrolls inside itself on a phone; the keyboard can reach it.
        <div class="table-box" tabindex="0" role="region" aria-label=move || t_string!(i18n, desk.city.title)>
            <table class="figures">
                <thead>
                    <tr>
                        <th scope="col" aria-sort=move || (order.get().0.is_none()).then_some("other")>
                            <SortButton column=None order />
                        </th>
                        {Column::ALL.map(|column| {
                            let sort = move || (order.get().0 == Some(column)).then_some("descending");
                            view! {
                                <th scope="col" class="number" aria-sort=sort>
                                    <SortButton column=Some(column) order />
                                </th>
                            }
                        })}
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
                <tfoot>
                    <tr>
                        <th scope="row">{t!(i18n, desk.city.total)}</th>
                        {totals}
                    </tr>
                </tfoot>
            </table>
        </div>
        {some_missing.then(|| view! { <p class="hint">{t!(i18n, desk.city.no_data_hint)}</p> })}
    }
}

#[component]
fn SortButton(column: Option<Column>, order: RwSignal<Order>) -> impl IntoView {
    let i18n = use_i18n();
    let name = move || {
        let locale = i18n.get_locale();
        column.map_or_else(|| td_string!(locale, desk.city.center), |column| column.title(locale))
    };
    view! {
        <button type="button" class="sort" on:click=move |_| order.set(Order(column))>
            {name}
            <Show when=move || { order.get().0 == column && column.is_some() }>
                <Icon mark=Mark::ChevronDown />
            </Show>
        </button>
    }
}

#[component]
fn Line(row: CenterCounts) -> impl IntoView {
    let i18n = use_i18n();
    let (zh, en) = (row.center.name_zh.clone(), row.center.name_en.clone());
    let known = row.as_of.is_some();
    let cells = Column::ALL.map(|column| {
        let value = column.of(&row);
        // Red never stands alone: overdue cases carry the icon too.
        let late = known && column == Column::Overdue && value > 0;
        view! {
            <td class="number" class:number-late=late>
                {late.then(|| view! { <Icon mark=Mark::Alert /> })}
                {if known { value.to_string() } else { "—".to_owned() }}
            </td>
        }
    });
    view! {
        <tr>
            <th scope="row">{move || pick(i18n.get_locale(), &zh, &en)}</th>
            {cells}
        </tr>
    }
}
