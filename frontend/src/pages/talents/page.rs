//! `/desk/talents/:id`: a request step by step, with its appointments and its log.

use domain::{
    TalentRequestId,
    talents::{AppointmentStatus, TalentAction},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    Names, Office, Standing, names,
    steps::{EndForm, RevealForm, StepForm},
    who,
};
use crate::{
    api::{
        ApiError,
        talents::{Appointment, Event, Page, Request, Steward, request},
    },
    components::{AsyncView, Chip, Dialog, Icon, Mark, NoticeLine, PageHeading, Tone},
    i18n::{label, t, t_string, td_string, use_i18n},
    time,
};

/// What the dialog is open for.
#[derive(Clone)]
enum Task {
    Step(Request, TalentAction, Vec<Steward>),
    End(Request, Appointment),
    Reveal(TalentRequestId),
}

/// The page.
#[component]
pub fn TalentPage() -> impl IntoView {
    let params = use_params_map();
    let id =
        Memo::new(move |_| params.with(|params| params.get("id")).and_then(|id| id.parse::<TalentRequestId>().ok()));
    let i18n = use_i18n();
    let title = RwSignal::new(None::<Request>);
    let found = LocalResource::new(move || async move {
        let id = id.get_untracked().ok_or_else(|| ApiError::of("NOT_FOUND"))?;
        let data = request(id).await?;
        let _ = title.try_set(Some(data.row.request.clone()));
        Ok(data)
    });
    let office = Office::<Task>::new(move || found.refetch());
    let heading = move || {
        let locale = i18n.get_locale();
        office.task.with(|task| match task {
            Some(Task::Step(_, action, _)) => label(locale, "talent_action", action.key()),
            Some(Task::End(..)) => label(locale, "talent_action", TalentAction::EndAppointment.key()),
            Some(Task::Reveal(_)) => td_string!(locale, talents.reveal),
            None => "",
        })
    };
    let form = move || {
        let done = move || office.done();
        office.task.get().map(|task| match task {
            Task::Step(request, action, stewards) => view! { <StepForm request action stewards done /> }.into_any(),
            Task::End(request, appointment) => view! { <EndForm request appointment done /> }.into_any(),
            Task::Reveal(id) => view! { <RevealForm id /> }.into_any(),
        })
    };
    let named = move || {
        let locale = i18n.get_locale();
        title.with(|request| {
            request.as_ref().map_or_else(|| td_string!(locale, talents.title).to_owned(), |row| who(row, locale))
        })
    };
    view! {
        <p>
            <a class="link back" href="/desk/talents">
                <Icon mark=Mark::Back />
                {t!(i18n, talents.back)}
            </a>
        </p>
        <PageHeading title=named />
        <NoticeLine notice=office.notice />
        <AsyncView resource=found ready=move |data| view! { <Body data office /> } />
        <Dialog id="talent-step" open=office.open title=heading>{form}</Dialog>
    }
}

#[component]
fn Body(data: Page, office: Office<Task>) -> impl IntoView {
    let i18n = use_i18n();
    let Page { row, post, description, result, events, appointments, people, stewards, actions, reveals } = data;
    let request = row.request.clone();
    let names = names(people);
    let ends = actions.contains(&TalentAction::Appoint);
    let masked = description.is_none() && !request.status.is_over();
    let buttons = actions.into_iter().enumerate().map(|(n, action)| {
        let (request, stewards) = (request.clone(), stewards.clone());
        let class = if n == 0 { "btn btn-primary" } else { "btn btn-outline" };
        view! {
            <button
                type="button"
                class=class
                data-action=action.key()
                on:click=move |_| office.begin(Task::Step(request.clone(), action, stewards.clone()))
            >
                {move || label(i18n.get_locale(), "talent_action", action.key())}
            </button>
        }
    });
    let buttons = buttons.collect_view();
    view! {
        <div class="case-columns">
            <div class="case-main">
                <section class="sheet" aria-labelledby="talent-request" data-talent=request.status.key()>
                    <div class="person-head">
                        <h2 class="sheet-title" id="talent-request">{t!(i18n, talents.description)}</h2>
                        <Standing row=row.clone() />
                    </div>
                    {description.map(|text| view! { <p class="prose-text">{text}</p> })}
                    {masked.then(|| view! { <p class="hint">{t!(i18n, talents.masked)}</p> })}
                    {result.map(|text| view! {
                        <h3 class="sheet-part">{t!(i18n, talents.result)}</h3>
                        <p class="prose-text">{text}</p>
                    })}
                    <div class="person-acts">{buttons}</div>
                </section>
                <Appointments appointments request=request.clone() ends office />
                <Log events />
            </div>
            <aside class="case-side">
                <Facts request post=post.name names reveals office />
            </aside>
        </div>
    }
}

#[component]
fn Appointments(appointments: Vec<Appointment>, request: Request, ends: bool, office: Office<Task>) -> impl IntoView {
    let i18n = use_i18n();
    let none = appointments.is_empty();
    let rows = appointments.into_iter().map(|row| {
        let status = row.status;
        let planned = status == AppointmentStatus::Planned;
        let (tone, mark) = match status {
            AppointmentStatus::Planned => (Tone::Active, Mark::Clock),
            AppointmentStatus::Kept => (Tone::Good, Mark::Check),
            AppointmentStatus::Missed => (Tone::Bad, Mark::Alert),
            AppointmentStatus::Cancelled => (Tone::Still, Mark::Close),
        };
        let (request, appointment) = (request.clone(), row.clone());
        view! {
            <li class="person-role" data-appointment=status.key()>
                <strong class="tabular-nums">{time::date_time(row.at)}</strong>
                <span>{row.place}</span>
                <Chip tone mark text=move || label(i18n.get_locale(), "appointment_status", status.key()) />
                {(ends && planned).then(|| view! {
                    <button
                        type="button"
                        class="btn btn-outline btn-small"
                        on:click=move |_| office.begin(Task::End(request.clone(), appointment.clone()))
                    >
                        {move || label(i18n.get_locale(), "talent_action", TalentAction::EndAppointment.key())}
                    </button>
                })}
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="sheet" aria-labelledby="talent-appointments">
            <h2 class="sheet-title" id="talent-appointments">{t!(i18n, talents.appointments)}</h2>
            {none.then(|| view! { <p class="hint">{t!(i18n, talents.none_appointments)}</p> })}
            <ul class="settings-list">{rows}</ul>
        </section>
    }
}

#[component]
fn Facts(request: Request, post: String, names: Names, reveals: bool, office: Office<Task>) -> impl IntoView {
    let i18n = use_i18n();
    let id = request.id;
    let Request { kind, field, channel, .. } = request;
    let named = move |group: &'static str, key: &'static str| move || label(i18n.get_locale(), group, key);
    let steward = request.steward.and_then(|id| names.get(&id).cloned());
    let kept = request.purge_on.map(|day| day.to_string());
    let over = request.status.is_over();
    let retention = move || match &kept {
        Some(day) => t_string!(i18n, talents.kept, day = day.as_str()),
        None if over => t_string!(i18n, talents.purged).to_owned(),
        None => String::new(),
    };
    view! {
        <section class="sheet" aria-labelledby="talent-facts">
            <h2 class="sheet-title" id="talent-facts">{t!(i18n, talents.facts)}</h2>
            <dl class="desk-facts">
                <dt>{t!(i18n, talents.post)}</dt><dd>{post}</dd>
                {request.phone.map(|text| view! { <dt>{t!(i18n, talents.phone)}</dt><dd class="tabular-nums">{text}</dd> })}
                <dt>{t!(i18n, talents.kind)}</dt><dd>{named("talent_type", kind.key())}</dd>
                {request.enterprise.map(|text| view! { <dt>{t!(i18n, talents.enterprise)}</dt><dd>{text}</dd> })}
                <dt>{t!(i18n, talents.field)}</dt><dd>{named("talent_field", field.key())}</dd>
                <dt>{t!(i18n, talents.channel)}</dt><dd>{named("talent_channel", channel.key())}</dd>
                {steward.map(|text| view! { <dt>{t!(i18n, talents.steward)}</dt><dd>{text}</dd> })}
                {request.next_contact_on.map(|day| view! { <dt>{t!(i18n, talents.next_contact)}</dt><dd class="tabular-nums">{day.to_string()}</dd> })}
                {request.told_on.map(|day| view! { <dt>{t!(i18n, talents.told_last)}</dt><dd class="tabular-nums">{day.to_string()}</dd> })}
                <dt>{t!(i18n, talents.requested_at)}</dt><dd class="tabular-nums">{time::date_time(request.requested_at)}</dd>
                {request.finished_at.map(|at| view! { <dt>{t!(i18n, talents.finished_at)}</dt><dd class="tabular-nums">{time::date_time(at)}</dd> })}
            </dl>
            <p class="hint">{retention}</p>
            {reveals.then(|| view! {
                <button type="button" class="btn btn-outline btn-small" on:click=move |_| office.begin(Task::Reveal(id))>
                    <Icon mark=Mark::Eye />
                    {t!(i18n, talents.reveal)}
                </button>
            })}
        </section>
    }
}

#[component]
fn Log(events: Vec<Event>) -> impl IntoView {
    let i18n = use_i18n();
    let rows = events.into_iter().map(|row| {
        let Event { action, status, on, mode, outcome, .. } = row;
        let mark = match action {
            None => Mark::Plus,
            Some(TalentAction::Assign) => Mark::User,
            Some(TalentAction::Progress) => Mark::Note,
            Some(TalentAction::Tell) => Mark::Chat,
            Some(TalentAction::PlanContact) => Mark::Phone,
            Some(TalentAction::Appoint | TalentAction::EndAppointment) => Mark::Clock,
            Some(TalentAction::Withdraw) => Mark::Close,
            Some(TalentAction::Settle | TalentAction::Complete | TalentAction::Rate) => Mark::Check,
        };
        let what = move || match action {
            Some(action) => label(i18n.get_locale(), "talent_action", action.key()),
            None => label(i18n.get_locale(), "talent_status", status.key()),
        };
        let more = move || {
            let locale = i18n.get_locale();
            let mode = mode.map(|mode| label(locale, "tell_mode", mode.key()).to_owned());
            let outcome = outcome.map(|outcome| label(locale, "appointment_status", outcome.key()).to_owned());
            [on.map(|day| day.to_string()), mode, outcome].into_iter().flatten().collect::<Vec<_>>().join(" · ")
        };
        view! {
            <li class="log-line">
                <span class="log-mark"><Icon mark /></span>
                <div class="log-body">
                    <p class="log-title"><strong>{what}</strong>" "<span class="tabular-nums">{more}</span></p>
                    {row.body.map(|text| view! { <p class="prose-text">{text}</p> })}
                    <p class="log-meta"><span>{row.actor}</span><span class="tabular-nums">{time::date_time(row.at)}</span></p>
                </div>
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="sheet" aria-labelledby="talent-log">
            <h2 class="sheet-title" id="talent-log">{t!(i18n, talents.log)}</h2>
            <ol class="log">{rows}</ol>
        </section>
    }
}
