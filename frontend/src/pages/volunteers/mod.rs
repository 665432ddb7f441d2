//! `/desk/volunteers`: services that wait for whoever was served, those that are over, and the volunteers with what they
//! lack.

mod confirm;
mod forms;
pub mod page;
mod people;

use domain::{permission::Permission, volunteers::ServiceRecordStatus};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use self::{
    forms::RecordForm,
    people::{KitForm, People, SignOffForm},
};
use super::posts::Office;
use crate::{
    api::volunteers::{Board, Post, PostRate, Record, Row, Volunteer, board},
    components::{AsyncView, Chip, Dialog, ExportButton, Icon, Mark, NoticeLine, PageHeading, Tone, refresh},
    i18n::{label, t, t_string, td_string, use_i18n},
    session::use_session,
};

/// What the dialog is open for.
#[derive(Clone)]
enum Task {
    Write(Vec<Post>),
    Kit(Volunteer, i32),
    SignOff(Volunteer),
}

/// The page.
#[component]
pub fn VolunteersPage() -> impl IntoView {
    let i18n = use_i18n();
    let found = LocalResource::new(board);
    refresh::every_minute(move || found.refetch());
    let office = Office::<Task>::new(move || found.refetch());
    let navigate = StoredValue::new_local(use_navigate());
    let heading = move || {
        let locale = i18n.get_locale();
        office.task.with(|task| match task {
            Some(Task::Write(_)) => td_string!(locale, volunteers.write),
            Some(Task::Kit(..)) => td_string!(locale, volunteers.check_kit),
            Some(Task::SignOff(_)) => td_string!(locale, volunteers.sign_off),
            None => "",
        })
    };
    let form = move || {
        let done = move || office.done();
        office.task.get().map(|task| match task {
            Task::Write(posts) => {
                // On to the record, which is handed in and confirmed there.
                let written = move |id| {
                    office.open.set(false);
                    navigate.with_value(|navigate| navigate(&format!("/desk/volunteers/{id}"), Default::default()));
                };
                view! { <RecordForm posts was=None done=written /> }.into_any()
            }
            Task::Kit(volunteer, days) => view! { <KitForm volunteer days done /> }.into_any(),
            Task::SignOff(volunteer) => view! { <SignOffForm volunteer done /> }.into_any(),
        })
    };
    view! {
        <div class="title-line">
            <PageHeading title=move || t_string!(i18n, volunteers.title) />
            <ExportButton list="services" query=String::new() />
        </div>
        <p class="desk-lead">{t!(i18n, volunteers.lead)}</p>
        <NoticeLine notice=office.notice />
        <AsyncView resource=found ready=move |data| view! { <Body data office /> } />
        <Dialog id="volunteers-task" open=office.open title=heading>{form}</Dialog>
    }
}

#[component]
fn Body(data: Board, office: Office<Task>) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let Board { year, serves, waiting, recent, people, rates, kit_days, rate_least } = data;
    let (none_waiting, none_recent) = (waiting.is_empty(), recent.is_empty());
    let lines = |rows: Vec<Row>| rows.into_iter().map(|row| view! { <Line row /> }).collect_view();
    let writes = session.can(Permission::VolunteerServe);
    let here = serves.clone();
    let begin = if serves.is_empty() {
        writes
            .then(|| {
                view! { <p class="banner banner-still"><Icon mark=Mark::Info />{t!(i18n, volunteers.not_today)}</p> }
            })
            .into_any()
    } else {
        view! {
            <div class="person-acts">
                <button
                    type="button"
                    class="btn btn-primary"
                    on:click=move |_| office.begin(Task::Write(here.clone()))
                >
                    <Icon mark=Mark::Plus />
                    {t!(i18n, volunteers.write)}
                </button>
            </div>
        }
        .into_any()
    };
    view! {
        {begin}
        <section class="sheet" aria-labelledby="volunteers-waiting">
            <h2 class="sheet-title" id="volunteers-waiting">{t!(i18n, volunteers.waiting)}</h2>
            {none_waiting.then(|| view! { <p class="hint">{t!(i18n, volunteers.none_waiting)}</p> })}
            <ul class="settings-list">{lines(waiting)}</ul>
        </section>
        <section class="sheet" aria-labelledby="volunteers-recent">
            <h2 class="sheet-title" id="volunteers-recent">{t!(i18n, volunteers.recent)}</h2>
            {none_recent.then(|| view! { <p class="hint">{t!(i18n, volunteers.none_recent)}</p> })}
            <ul class="settings-list">{lines(recent)}</ul>
        </section>
        <People year people kit_days office />
        <Rates year rates least=rate_least />
    }
}

#[component]
fn Line(row: Row) -> impl IntoView {
    let i18n = use_i18n();
    let Row { record, name, days_left } = row;
    let href = format!("/desk/volunteers/{}", record.id);
    let Record { service, status, disputed, recipients, .. } = record;
    let when = times(&record);
    view! {
        <li class="person-role" data-service=status.key()>
            <a class="link font-semibold" href=href>
                {move || format!("{name} · {}", label(i18n.get_locale(), "service_type", service.key()))}
            </a>
            <span class="tabular-nums">{when}</span>
            <span>{move || t_string!(i18n, volunteers.recipients_n, n = recipients)}</span>
            <Standing status disputed days_left />
        </li>
    }
}

/// When a service was.
fn times(record: &Record) -> String {
    let Record { on, start, end, .. } = record;
    format!("{on} {start}–{end}")
}

/// Where a service stands.
#[component]
fn Standing(status: ServiceRecordStatus, disputed: bool, days_left: Option<i32>) -> impl IntoView {
    use ServiceRecordStatus as S;
    let i18n = use_i18n();
    let (tone, mark) = match status {
        S::Draft => (Tone::Plain, Mark::Note),
        S::AwaitingConfirmation => (Tone::Warn, Mark::Clock),
        S::Confirmed => (Tone::Good, Mark::Check),
        S::Unconfirmed => (Tone::Bad, Mark::Close),
        S::Archived => (Tone::Still, Mark::Lock),
    };
    let left = days_left.map(|n| {
        move || {
            if n > 0 {
                t_string!(i18n, volunteers.days_left, n = n)
            } else {
                t_string!(i18n, volunteers.last_day).to_owned()
            }
        }
    });
    view! {
        <span class="person-facts">
            <Chip tone mark text=move || label(i18n.get_locale(), "service_record_status", status.key()) />
            {disputed.then(|| view! { <Chip tone=Tone::Bad mark=Mark::Alert text=move || t_string!(i18n, volunteers.disputed) /> })}
            <span>{left}</span>
        </span>
    }
}

/// How many were confirmed, with the counts behind the rate.
#[component]
fn Rates(year: i32, rates: Vec<PostRate>, least: i32) -> impl IntoView {
    let i18n = use_i18n();
    if rates.is_empty() {
        return ().into_any();
    }
    let lines = rates.into_iter().map(|row| {
        let PostRate { post: Post { name, .. }, decided, confirmed, disputed, rate } = row;
        let shown = name.clone();
        let words = move || match rate {
            Some(rate) => t_string!(i18n, volunteers.rate, rate = rate),
            None => t_string!(i18n, volunteers.rate_few, least = least),
        };
        view! {
            <li class="person-role" data-rate=name>
                <span class="font-semibold">{shown}</span>
                <span class="tabular-nums">{move || t_string!(i18n, volunteers.rate_of, n = confirmed, m = decided)}</span>
                <span class="tabular-nums">{words}</span>
                {(disputed > 0).then(|| view! { <span>{move || t_string!(i18n, volunteers.disputed_n, n = disputed)}</span> })}
            </li>
        }
    });
    let lines = lines.collect_view();
    view! {
        <section class="sheet" aria-labelledby="volunteers-rates">
            <h2 class="sheet-title" id="volunteers-rates">
                {move || t_string!(i18n, volunteers.rates, year = year)}
            </h2>
            <ul class="settings-list">{lines}</ul>
        </section>
    }
    .into_any()
}
