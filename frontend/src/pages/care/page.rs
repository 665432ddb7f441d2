//! `/desk/care/:id`: a service step by step, with its log.

use domain::{CareRecordId, care::CareAction, permission::Permission};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    Names, Office, Standing, names,
    steps::{RevealForm, StepForm},
    who,
};
use crate::{
    api::{
        ApiError,
        care::{Event, Page, Record, record},
    },
    components::{AsyncView, Dialog, Icon, Mark, NoticeLine, PageHeading},
    i18n::{label, t, t_string, td_string, use_i18n},
    session::use_session,
    time,
};

/// What the dialog is open for.
#[derive(Clone)]
enum Task {
    Step(Record, CareAction),
    Reveal(CareRecordId),
}

/// The page.
#[component]
pub fn CarePage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")).and_then(|id| id.parse::<CareRecordId>().ok()));
    let i18n = use_i18n();
    let title = RwSignal::new(None::<Record>);
    let found = LocalResource::new(move || async move {
        let id = id.get_untracked().ok_or_else(|| ApiError::of("NOT_FOUND"))?;
        let data = record(id).await?;
        let _ = title.try_set(Some(data.row.record.clone()));
        Ok(data)
    });
    let office = Office::<Task>::new(move || found.refetch());
    let heading = move || {
        let locale = i18n.get_locale();
        office.task.with(|task| match task {
            Some(Task::Step(_, action)) => label(locale, "care_action", action.key()),
            Some(Task::Reveal(_)) => td_string!(locale, care.reveal),
            None => "",
        })
    };
    let form = move || {
        let done = move || office.done();
        office.task.get().map(|task| match task {
            Task::Step(record, action) => view! { <StepForm record action done /> }.into_any(),
            Task::Reveal(id) => view! { <RevealForm id /> }.into_any(),
        })
    };
    let named = move || {
        let locale = i18n.get_locale();
        title.with(|record| {
            record.as_ref().map_or_else(|| td_string!(locale, care.title).to_owned(), |r| who(r, locale))
        })
    };
    view! {
        <p>
            <a class="link back" href="/desk/care">
                <Icon mark=Mark::Back />
                {t!(i18n, care.back)}
            </a>
        </p>
        <PageHeading title=named />
        <NoticeLine notice=office.notice />
        <AsyncView resource=found ready=move |data| view! { <Body data office /> } />
        <Dialog id="care-step" open=office.open title=heading>{form}</Dialog>
    }
}

#[component]
fn Body(data: Page, office: Office<Task>) -> impl IntoView {
    let i18n = use_i18n();
    let Page { row, window, need, events, people, actions } = data;
    let record = row.record.clone();
    let names = names(people);
    let buttons = actions.into_iter().enumerate().map(|(n, action)| {
        let record = record.clone();
        let class = if n == 0 { "btn btn-primary" } else { "btn btn-outline" };
        view! {
            <button
                type="button"
                class=class
                data-action=action.key()
                on:click=move |_| office.begin(Task::Step(record.clone(), action))
            >
                {move || label(i18n.get_locale(), "care_action", action.key())}
            </button>
        }
    });
    let buttons = buttons.collect_view();
    view! {
        <div class="case-columns">
            <div class="case-main">
                <section class="sheet" aria-labelledby="care-need" data-care=record.status.key()>
                    <div class="person-head">
                        <h2 class="sheet-title" id="care-need">{t!(i18n, care.need)}</h2>
                        <Standing row=row.clone() />
                    </div>
                    {need.map(|text| view! { <p class="prose-text">{text}</p> })}
                    <div class="person-acts">{buttons}</div>
                </section>
                <Log events />
            </div>
            <aside class="case-side">
                <Facts record window=window.name names office />
            </aside>
        </div>
    }
}

#[component]
fn Facts(record: Record, window: String, names: Names, office: Office<Task>) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let id = record.id;
    let person = |id: Option<domain::StaffId>| id.and_then(|id| names.get(&id).cloned());
    let kept = record.purge_on.map(|day| day.to_string());
    let over = record.status.is_over();
    let retention = move || match &kept {
        Some(day) => t_string!(i18n, care.kept, day = day.as_str()),
        None if over => t_string!(i18n, care.purged).to_owned(),
        None => String::new(),
    };
    let reveals = record.has_contact && session.can(Permission::CareReveal);
    view! {
        <section class="sheet" aria-labelledby="care-facts">
            <h2 class="sheet-title" id="care-facts">{t!(i18n, care.facts)}</h2>
            <dl class="desk-facts">
                <dt>{t!(i18n, care.window)}</dt><dd>{window}</dd>
                {record.phone.map(|text| view! { <dt>{t!(i18n, care.phone)}</dt><dd class="tabular-nums">{text}</dd> })}
                {person(record.guide).map(|text| view! { <dt>{t!(i18n, care.guide)}</dt><dd>{text}</dd> })}
                {person(record.receiver).map(|text| view! { <dt>{t!(i18n, care.receiver)}</dt><dd>{text}</dd> })}
                {record.booked_for.map(|day| view! { <dt>{t!(i18n, care.on)}</dt><dd class="tabular-nums">{day.to_string()}</dd> })}
                {person(record.visitor).map(|text| view! { <dt>{t!(i18n, care.visitor)}</dt><dd>{text}</dd> })}
                {person(record.companion).map(|text| view! { <dt>{t!(i18n, care.companion)}</dt><dd>{text}</dd> })}
                <dt>{t!(i18n, care.greeted_at)}</dt><dd class="tabular-nums">{time::date_time(record.greeted_at)}</dd>
                {record.started_at.map(|at| view! { <dt>{t!(i18n, care.started_at)}</dt><dd class="tabular-nums">{time::date_time(at)}</dd> })}
                {record.visited_at.map(|at| view! { <dt>{t!(i18n, care.visited_at)}</dt><dd class="tabular-nums">{time::date_time(at)}</dd> })}
                {record.finished_at.map(|at| view! { <dt>{t!(i18n, care.finished_at)}</dt><dd class="tabular-nums">{time::date_time(at)}</dd> })}
            </dl>
            <p class="hint">{retention}</p>
            {reveals.then(|| view! {
                <button type="button" class="btn btn-outline btn-small" on:click=move |_| office.begin(Task::Reveal(id))>
                    <Icon mark=Mark::Eye />
                    {t!(i18n, care.reveal)}
                </button>
            })}
        </section>
    }
}

#[component]
fn Log(events: Vec<Event>) -> impl IntoView {
    let i18n = use_i18n();
    let rows = events.into_iter().map(|row| {
        let (action, status) = (row.action, row.status);
        let mark = match action {
            None => Mark::Plus,
            Some(CareAction::Note) => Mark::Note,
            Some(CareAction::Cancel) => Mark::Close,
            Some(CareAction::Finish | CareAction::Rate) => Mark::Check,
            Some(_) => Mark::Send,
        };
        let what = move || match action {
            Some(action) => label(i18n.get_locale(), "care_action", action.key()),
            None => label(i18n.get_locale(), "care_status", status.key()),
        };
        view! {
            <li class="log-line">
                <span class="log-mark"><Icon mark /></span>
                <div class="log-body">
                    <p class="log-title"><strong>{what}</strong></p>
                    {row.body.map(|text| view! { <p class="prose-text">{text}</p> })}
                    <p class="log-meta"><span>{row.actor}</span><span class="tabular-nums">{time::date_time(row.at)}</span></p>
                </div>
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="sheet" aria-labelledby="care-log">
            <h2 class="sheet-title" id="care-log">{t!(i18n, care.log)}</h2>
            <ol class="log">{rows}</ol>
        </section>
    }
}
