//! `/desk/care`: who is served at the care window and who is visited at home; what is over.

mod forms;
pub mod page;
mod steps;

use std::collections::HashMap;

use domain::{StaffId, care::CareStatus};
use leptos::prelude::*;

use self::forms::{BookForm, GreetForm};
use super::posts::Office;
use crate::{
    api::care::{List, Person, Record, Row, Window, records},
    components::{AsyncView, Chip, Dialog, ExportButton, Icon, Mark, NoticeLine, PageHeading, Tone, refresh},
    i18n::{label, t, t_string, td_string, use_i18n},
    time,
};

/// Names by id.
type Names = HashMap<StaffId, String>;

fn names(people: Vec<Person>) -> Names {
    people.into_iter().map(|row| (row.id, row.name)).collect()
}

/// What the dialog is open for.
#[derive(Clone)]
enum Task {
    Greet(Vec<Window>),
    Book(Vec<Window>),
}

/// The page.
#[component]
pub fn CareList() -> impl IntoView {
    let i18n = use_i18n();
    let found = LocalResource::new(records);
    refresh::every_minute(move || found.refetch());
    let office = Office::<Task>::new(move || found.refetch());
    let heading = move || {
        let locale = i18n.get_locale();
        office.task.with(|task| match task {
            Some(Task::Greet(_)) => td_string!(locale, care.greet),
            Some(Task::Book(_)) => td_string!(locale, care.book),
            None => "",
        })
    };
    let form = move || {
        let done = move || office.done();
        office.task.get().map(|task| match task {
            Task::Greet(windows) => view! { <GreetForm windows done /> }.into_any(),
            Task::Book(windows) => view! { <BookForm windows done /> }.into_any(),
        })
    };
    view! {
        <div class="title-line">
            <PageHeading title=move || t_string!(i18n, care.title) />
            <ExportButton list="care" query=String::new() />
        </div>
        <p class="desk-lead">{t!(i18n, care.lead)}</p>
        <NoticeLine notice=office.notice />
        <AsyncView resource=found ready=move |data| view! { <Body data office /> } />
        <Dialog id="care-task" open=office.open title=heading>{form}</Dialog>
    }
}

#[component]
fn Body(data: List, office: Office<Task>) -> impl IntoView {
    let i18n = use_i18n();
    let List { windows, open, over, people } = data;
    let names = names(people);
    let serves = !windows.is_empty();
    let (greeting, booking) = (windows.clone(), windows);
    let rows = |rows: Vec<Row>| {
        let lines = rows.into_iter().map(|row| {
            let visitor = row.record.visitor.and_then(|id| names.get(&id).cloned());
            view! { <Line row visitor /> }
        });
        lines.collect_view()
    };
    let (none_open, none_over) = (open.is_empty(), over.is_empty());
    view! {
        {if serves {
            view! {
                <div class="person-acts">
                    <button type="button" class="btn btn-primary" on:click=move |_| office.begin(Task::Greet(greeting.clone()))>
                        <Icon mark=Mark::User />
                        {t!(i18n, care.greet)}
                    </button>
                    <button type="button" class="btn btn-outline" on:click=move |_| office.begin(Task::Book(booking.clone()))>
                        <Icon mark=Mark::Home />
                        {t!(i18n, care.book)}
                    </button>
                </div>
            }
            .into_any()
        } else {
            view! { <p class="banner banner-still"><Icon mark=Mark::Info />{t!(i18n, care.no_window)}</p> }.into_any()
        }}
        <section class="sheet" aria-labelledby="care-open">
            <h2 class="sheet-title" id="care-open">{t!(i18n, care.open)}</h2>
            {none_open.then(|| view! { <p class="hint">{t!(i18n, care.none_open)}</p> })}
            <ul class="settings-list">{rows(open)}</ul>
        </section>
        <section class="sheet" aria-labelledby="care-over">
            <h2 class="sheet-title" id="care-over">{t!(i18n, care.over)}</h2>
            {none_over.then(|| view! { <p class="hint">{t!(i18n, care.none_over)}</p> })}
            <ul class="settings-list">{rows(over)}</ul>
        </section>
    }
}

#[component]
fn Line(row: Row, visitor: Option<String>) -> impl IntoView {
    let i18n = use_i18n();
    let record = row.record.clone();
    let status = record.status.key();
    let href = format!("/desk/care/{}", record.id);
    let when = match record.booked_for {
        Some(day) => day.to_string(),
        None => time::date_time(record.greeted_at),
    };
    view! {
        <li class="person-role" data-care=status>
            <a class="link font-semibold" href=href>{move || who(&record, i18n.get_locale())}</a>
            <span class="tabular-nums">{when}</span>
            <span>{visitor}</span>
            <Standing row />
        </li>
    }
}

/// The family name, or the kind of people somebody belongs to.
fn who(record: &Record, locale: crate::i18n::Locale) -> String {
    let category = label(locale, "recipient_category", record.category.key());
    let mode = label(locale, "care_mode", record.mode.key());
    match &record.name {
        Some(name) => format!("{name} · {category} · {mode}"),
        None => format!("{category} · {mode}"),
    }
}

/// Where a service stands, and what its checks found.
#[component]
fn Standing(row: Row) -> impl IntoView {
    let i18n = use_i18n();
    let Row { record: Record { status, satisfaction, due_on, .. }, slow, late } = row;
    let (tone, mark) = match status {
        CareStatus::Greeted | CareStatus::Booked => (Tone::Warn, Mark::Clock),
        CareStatus::Done => (Tone::Good, Mark::Check),
        CareStatus::Cancelled => (Tone::Still, Mark::Close),
        _ => (Tone::Active, Mark::User),
    };
    let due = due_on.filter(|_| !status.is_over() && !late).map(|day| day.to_string());
    view! {
        <span class="person-facts">
            <Chip tone mark text=move || label(i18n.get_locale(), "care_status", status.key()) />
            {slow.then(|| view! { <Chip tone=Tone::Bad mark=Mark::Alert text=move || t_string!(i18n, care.slow) /> })}
            {late.then(|| view! { <Chip tone=Tone::Bad mark=Mark::Alert text=move || t_string!(i18n, care.late) /> })}
            {satisfaction.map(|level| view! { <span>{move || label(i18n.get_locale(), "handling_satisfaction", level.key())}</span> })}
            {move || due.as_ref().map(|day| t_string!(i18n, care.due, day = day.as_str()))}
        </span>
    }
}
