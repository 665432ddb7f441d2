//! `/desk/talents`: what talents ask for and who follows it, the most urgent first; what is asked of the stewards; answers
//! to questions of policy.

mod answers;
mod forms;
pub mod page;
mod steps;

use std::collections::HashMap;

use domain::{StaffId, talents::TalentStatus};
use leptos::prelude::*;

use self::{
    answers::Answers,
    forms::{SeniorForm, TakeForm},
};
use super::posts::Office;
use crate::{
    api::talents::{List, Person, Post, Request, Row, Steward, requests},
    components::{AsyncView, Chip, Dialog, ExportButton, Icon, Mark, NoticeLine, PageHeading, Tone, refresh},
    i18n::{Locale, label, t, t_string, td_string, use_i18n},
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
    Take(Vec<Post>),
    Senior(Steward),
}

/// The page.
#[component]
pub fn TalentList() -> impl IntoView {
    let i18n = use_i18n();
    let found = LocalResource::new(requests);
    refresh::every_minute(move || found.refetch());
    let office = Office::<Task>::new(move || found.refetch());
    let heading = move || {
        let locale = i18n.get_locale();
        office.task.with(|task| match task {
            Some(Task::Take(_)) => td_string!(locale, talents.take),
            Some(Task::Senior(_)) => td_string!(locale, talents.senior.mark),
            None => "",
        })
    };
    let form = move || {
        let done = move || office.done();
        office.task.get().map(|task| match task {
            Task::Take(posts) => view! { <TakeForm posts done /> }.into_any(),
            Task::Senior(steward) => view! { <SeniorForm steward done /> }.into_any(),
        })
    };
    view! {
        <div class="title-line">
            <PageHeading title=move || t_string!(i18n, talents.title) />
            <ExportButton list="talents" query=String::new() />
        </div>
        <p class="desk-lead">{t!(i18n, talents.lead)}</p>
        <NoticeLine notice=office.notice />
        <AsyncView resource=found ready=move |data| view! { <Body data office /> } />
        <Answers />
        <Dialog id="talent-task" open=office.open title=heading>{form}</Dialog>
    }
}

#[component]
fn Body(data: List, office: Office<Task>) -> impl IntoView {
    let i18n = use_i18n();
    let List { posts, mine, open, over, stewards, people, directs } = data;
    let names = names(people);
    let rows = |rows: Vec<Row>| {
        let lines = rows.into_iter().map(|row| {
            let steward = row.request.steward.and_then(|id| names.get(&id).cloned());
            view! { <Line row steward /> }
        });
        lines.collect_view()
    };
    let (none_mine, none_open, none_over) = (mine.is_empty(), open.is_empty(), over.is_empty());
    let takes = !posts.is_empty();
    view! {
        {if takes {
            view! {
                <div class="person-acts">
                    <button type="button" class="btn btn-primary" on:click=move |_| office.begin(Task::Take(posts.clone()))>
                        <Icon mark=Mark::Plus />
                        {t!(i18n, talents.take)}
                    </button>
                </div>
            }
            .into_any()
        } else {
            view! { <p class="banner banner-still"><Icon mark=Mark::Info />{t!(i18n, talents.no_post)}</p> }.into_any()
        }}
        <section class="sheet" aria-labelledby="talents-mine">
            <h2 class="sheet-title" id="talents-mine">{t!(i18n, talents.mine)}</h2>
            {none_mine.then(|| view! { <p class="hint">{t!(i18n, talents.none_mine)}</p> })}
            <ul class="settings-list">{rows(mine)}</ul>
        </section>
        <section class="sheet" aria-labelledby="talents-open">
            <h2 class="sheet-title" id="talents-open">{t!(i18n, talents.open)}</h2>
            {none_open.then(|| view! { <p class="hint">{t!(i18n, talents.none_open)}</p> })}
            <ul class="settings-list">{rows(open)}</ul>
        </section>
        <section class="sheet" aria-labelledby="talents-over">
            <h2 class="sheet-title" id="talents-over">{t!(i18n, talents.over)}</h2>
            {none_over.then(|| view! { <p class="hint">{t!(i18n, talents.none_over)}</p> })}
            <ul class="settings-list">{rows(over)}</ul>
        </section>
        <Stewards stewards directs office />
    }
}

#[component]
fn Line(row: Row, steward: Option<String>) -> impl IntoView {
    let i18n = use_i18n();
    let request = row.request.clone();
    let status = request.status.key();
    let href = format!("/desk/talents/{}", request.id);
    let enterprise = request.enterprise.clone();
    view! {
        <li class="person-role" data-talent=status>
            <a class="link font-semibold" href=href>{move || who(&request, i18n.get_locale())}</a>
            <span>{enterprise}</span>
            <span>{steward}</span>
            <Standing row />
        </li>
    }
}

/// The family name, the kind of talent and what is asked for.
fn who(request: &Request, locale: Locale) -> String {
    let kind = label(locale, "talent_type", request.kind.key());
    let matter = label(locale, "talent_matter", request.matter.key());
    match &request.name {
        Some(name) => format!("{name} · {kind} · {matter}"),
        None => format!("{kind} · {matter}"),
    }
}

/// Where a request stands, and what its checks found.
#[component]
fn Standing(row: Row) -> impl IntoView {
    let i18n = use_i18n();
    let Row { request, overdue, contact_passed } = row;
    let Request { status, satisfaction, key_project, .. } = request;
    let (tone, mark) = match status {
        TalentStatus::Requested => (Tone::Warn, Mark::Clock),
        TalentStatus::Assigned | TalentStatus::InProgress => (Tone::Active, Mark::User),
        TalentStatus::FeedbackDue => (Tone::Warn, Mark::Chat),
        TalentStatus::Completed => (Tone::Good, Mark::Check),
        TalentStatus::Withdrawn => (Tone::Still, Mark::Close),
    };
    let text = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let (due, contact) = (text(request.progress_due_on), text(request.next_contact_on));
    let (late, soon) = (due.clone(), due);
    let (missed, next) = (contact.clone(), contact);
    let came = time::date(request.requested_at);
    let news = !overdue && !soon.is_empty();
    let plans = !contact_passed && !next.is_empty();
    view! {
        <span class="person-facts">
            <Chip tone mark text=move || label(i18n.get_locale(), "talent_status", status.key()) />
            {overdue.then(|| view! {
                <Chip tone=Tone::Bad mark=Mark::Alert text=move || t_string!(i18n, talents.overdue, day = late.as_str()) />
            })}
            {contact_passed.then(|| view! {
                <Chip tone=Tone::Bad mark=Mark::Phone text=move || t_string!(i18n, talents.contact_passed, day = missed.as_str()) />
            })}
            {key_project.then(|| view! { <Chip tone=Tone::Plain mark=Mark::Flag text=move || t_string!(i18n, talents.key_project) /> })}
            {satisfaction.map(|level| view! { <span>{move || label(i18n.get_locale(), "handling_satisfaction", level.key())}</span> })}
            {news.then(|| view! { <span>{move || t_string!(i18n, talents.due, day = soon.as_str())}</span> })}
            {plans.then(|| view! { <span>{move || t_string!(i18n, talents.next, day = next.as_str())}</span> })}
            <span class="tabular-nums">{move || t_string!(i18n, talents.came, day = came.as_str())}</span>
        </span>
    }
}

/// Who is at the posts, and what is asked of them.
#[component]
fn Stewards(stewards: Vec<Steward>, directs: bool, office: Office<Task>) -> impl IntoView {
    let i18n = use_i18n();
    let none = stewards.is_empty();
    let rows = stewards.into_iter().map(|row| {
        let change = row.clone();
        let senior = row.senior_since.map(|day| day.to_string());
        let trained = row.trained_on.map(|day| day.to_string());
        let (key, named) = (row.name.clone(), row.name.clone());
        view! {
            <li class="person-role" data-steward=key>
                <strong>{row.name}</strong>
                <span class="person-facts">
                    <Asked
                        fine=senior.is_some()
                        text=move || match &senior {
                            Some(day) => t_string!(i18n, talents.senior.since, day = day.as_str()),
                            None => t_string!(i18n, talents.senior.none).to_owned(),
                        }
                    />
                    <Asked
                        fine=trained.is_some()
                        text=move || match &trained {
                            Some(day) => t_string!(i18n, talents.trained, day = day.as_str()),
                            None => t_string!(i18n, talents.untrained).to_owned(),
                        }
                    />
                </span>
                {directs.then(|| view! {
                    <button
                        type="button"
                        class="btn btn-outline btn-small"
                        aria-label=move || t_string!(i18n, talents.senior.mark_of, name = named.as_str())
                        on:click=move |_| office.begin(Task::Senior(change.clone()))
                    >
                        {t!(i18n, talents.senior.mark)}
                    </button>
                })}
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="sheet" aria-labelledby="talents-stewards">
            <h2 class="sheet-title" id="talents-stewards">{t!(i18n, talents.stewards)}</h2>
            {none.then(|| view! { <p class="hint">{t!(i18n, talents.none_stewards)}</p> })}
            <ul class="settings-list">{rows}</ul>
        </section>
    }
}

/// Something that is asked of a steward.
#[component]
fn Asked(fine: bool, #[prop(into)] text: TextProp) -> impl IntoView {
    let (tone, mark) = if fine { (Tone::Good, Mark::Check) } else { (Tone::Warn, Mark::Alert) };
    view! { <Chip tone mark text /> }
}
