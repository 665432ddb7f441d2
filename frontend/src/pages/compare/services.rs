//! `/desk/standing/services`: how many services a center has rendered, day by day, as it tells itself.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};
use domain::{
    Violation,
    metrics::{DayServices, check_services},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::{
    api::{
        on_stale,
        service_days::{Day, Month, ServiceDayInput, month, tell},
    },
    components::{
        AsyncView, ExportButton, Icon, Mark, Notice, NoticeLine, PageHeading,
        form::{Field, FieldKind, Form, FormState, Submit},
    },
    i18n::{Locale, t, t_string, td_string, use_i18n, weekday},
    time,
};

/// What the form keeps when the page reads anew: somebody else was quicker, and what was typed is still to be sent.
#[derive(Clone, Copy)]
struct Kept {
    state: FormState,
    unsaved: StoredValue<BTreeMap<NaiveDate, String>>,
}

/// The page.
#[component]
pub fn ServicesPage() -> impl IntoView {
    let i18n = use_i18n();
    let query = use_query_map();
    let day = Memo::new(move |_| query.read().get("day").and_then(|day| day.parse::<NaiveDate>().ok()));
    view! {
        <p>
            <a class="link back" href="/desk/standing">
                <Icon mark=Mark::Back />
                {t!(i18n, compare.services.back)}
            </a>
        </p>
        <PageHeading title=move || t_string!(i18n, compare.services.title) />
        <p class="desk-lead">{t!(i18n, compare.services.lead)}</p>
        // Another month is another page: what was said of this one is not said of that.
        {move || view! { <OfMonth day=day.get() /> }}
    }
}

#[component]
fn OfMonth(day: Option<NaiveDate>) -> impl IntoView {
    let found = LocalResource::new(move || month(day));
    let notice = Notice::new();
    let kept = Kept { state: FormState::new("services"), unsaved: StoredValue::new(BTreeMap::new()) };
    on_stale(move || found.refetch());
    let done = move || {
        notice.show(|locale| td_string!(locale, compare.saved).to_owned());
        found.refetch();
    };
    view! {
        <NoticeLine notice />
        <AsyncView resource=found ready=move |data| view! { <Body data kept done /> } />
    }
}

#[component]
fn Body(data: Month, kept: Kept, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let Month { first, days, may_tell } = data;
    let name = first.format("%Y-%m").to_string();
    let href = |month: Option<NaiveDate>| month.map(|first| format!("/desk/standing/services?day={first}"));
    let before = href(first.checked_sub_months(Months::new(1)));
    let after = href(first.checked_add_months(Months::new(1)).filter(|next| *next <= time::today()));
    let told = days.iter().filter(|day| day.services.is_some()).count();
    let sum: i32 = days.iter().filter_map(|day| day.services).sum();
    let missing = days.iter().filter(|day| day.services.is_none() && day.worked == Some(true)).count();
    let content =
        if may_tell { view! { <Telling days kept done /> }.into_any() } else { view! { <Shown days /> }.into_any() };
    view! {
        <nav class="picks" aria-label=move || t_string!(i18n, compare.services.months)>
            <ul>
                {before.map(|href| view! { <li><a href=href>{t!(i18n, compare.services.before)}</a></li> })}
                {after.map(|href| view! { <li><a href=href>{t!(i18n, compare.services.after)}</a></li> })}
            </ul>
        </nav>
        <section class="sheet" aria-labelledby="services-month">
            <div class="title-line">
                <h2 class="sheet-title tabular-nums" id="services-month">{name}</h2>
                <ExportButton list="service_days" of="services-month" query=format!("day={first}") />
            </div>
            <p>{move || t_string!(i18n, compare.services.told, days = told, count = sum)}</p>
            {(missing > 0).then(|| view! {
                <p class="banner banner-still">
                    <Icon mark=Mark::Info />
                    {move || t_string!(i18n, compare.services.missing, count = missing)}
                </p>
            })}
            {content}
        </section>
    }
}

/// A day in words: the date, the day of the week, and that it is a day off.
fn words(locale: Locale, day: &Day) -> String {
    let weekday = weekday(locale, day.day);
    let off = if day.worked == Some(false) { td_string!(locale, compare.services.off) } else { "" };
    format!("{} {weekday} {off}", day.day.format("%m-%d")).trim_end().to_owned()
}

#[component]
fn Shown(days: Vec<Day>) -> impl IntoView {
    let i18n = use_i18n();
    let rows = days.into_iter().map(|day| {
        let services = day.services.map_or_else(|| "–".to_owned(), |services| services.to_string());
        view! {
            <dt>{move || words(i18n.get_locale(), &day)}</dt>
            <dd class="tabular-nums">{services}</dd>
        }
    });
    view! { <dl class="desk-facts">{rows.collect_view()}</dl> }
}

#[component]
fn Telling(days: Vec<Day>, kept: Kept, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let Kept { state, unsaved } = kept;
    state.name_field("days", move || t_string!(i18n, compare.services.title));
    let mut before = unsaved.try_update_value(std::mem::take).unwrap_or_default();
    let typed: Vec<_> = days
        .into_iter()
        .map(|day| (day, RwSignal::new(before.remove(&day.day).unwrap_or_else(|| told(&day)))))
        .collect();
    let typed = StoredValue::new(typed);
    on_cleanup(move || {
        let left = typed.with_value(|typed| {
            typed.iter().filter_map(|(day, value)| Some((day.day, edited(day, *value)?))).collect()
        });
        unsaved.set_value(left);
    });
    let submit = move || {
        let (rows, found) = typed.with_value(|typed| changed(typed));
        if state.check(found) {
            let days = rows.into_iter().map(|row| ServiceDayInput {
                day: row.day,
                services: i32::try_from(row.services).unwrap_or(i32::MAX),
                version: row.version,
            });
            state.send(tell(days.collect()), move |()| done());
        }
    };
    let fields = move || {
        typed.with_value(|typed| {
            let field = |(day, value): &(Day, RwSignal<String>)| {
                let (day, value) = (*day, *value);
                view! {
                    <Field
                        name=format!("days.{}", day.day)
                        label=move || words(i18n.get_locale(), &day)
                        value
                        kind=FieldKind::Number
                        optional=true
                    />
                }
            };
            typed.iter().map(field).collect_view()
        })
    };
    view! {
        <Form state on_submit=submit>
            <div class="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">{fields()}</div>
            <Submit label=move || t_string!(i18n, compare.services.save) />
        </Form>
    }
}

/// What was told of a day, as it is typed.
fn told(day: &Day) -> String {
    day.services.map(|services| services.to_string()).unwrap_or_default()
}

/// What was typed instead.
fn edited(day: &Day, value: RwSignal<String>) -> Option<String> {
    let text = value.try_get_untracked()?.trim().to_owned();
    (text != told(day)).then_some(text)
}

/// The days that were changed, and what is wrong with them, each at its day.
fn changed(typed: &[(Day, RwSignal<String>)]) -> (Vec<DayServices>, Vec<Violation>) {
    let (mut rows, mut found) = (Vec::new(), Vec::new());
    for (day, value) in typed {
        let Some(text) = edited(day, *value) else { continue };
        match text.parse() {
            Ok(services) => rows.push(DayServices { day: day.day, services, version: day.version }),
            Err(_) => found.push(Violation::new("days", "form.number").within(day.day.to_string())),
        }
    }
    if rows.is_empty() && !found.is_empty() {
        return (rows, found);
    }
    for violation in check_services(&rows, time::today()) {
        let at = violation.within.split('.').next().and_then(|at| at.parse::<usize>().ok());
        let day = at.and_then(|at| rows.get(at)).map(|row| row.day.to_string()).unwrap_or_default();
        found.push(violation.within(day));
    }
    (rows, found)
}
