//! `/desk/tidal`: how many wait, what is proposed, and what a lead makes of it; calls, work in the back, past sessions.

mod chart;
mod forms;
mod logs;

use domain::{
    PostId,
    tidal::{ProposalStatus, TidalAction, TidalPhase},
};
use leptos::prelude::*;

use self::{
    chart::Chart,
    forms::{CallForm, CloseForm, DeclineForm, ReadingForm, ReturnForm, WorkForm},
    logs::{Calls, Peaks, Sessions, Works},
};
use super::posts::Office;
use crate::{
    api::tidal::{
        Call, Checks, NamedTidalWindowInput, Page, Proposal, State, Window, drain_tidal_window, open_tidal_window,
        windows,
    },
    components::{
        AsyncView, Chip, Dialog, Empty, Icon, Mark, NoticeLine, PageHeading, Tone,
        form::{ErrorSummaryOf, FormState},
        refresh,
    },
    i18n::{label, t, t_string, td_string, use_i18n},
    time,
};

/// What the dialog is open for.
#[derive(Clone)]
enum Task {
    Reading(PostId),
    Decline(PostId),
    Close(PostId),
    Call(PostId, chrono::NaiveDate),
    Return(Call),
    Work(PostId, chrono::NaiveDate),
}

/// The page.
#[component]
pub fn TidalPage() -> impl IntoView {
    let i18n = use_i18n();
    let chosen = RwSignal::new(None::<PostId>);
    let found = LocalResource::new(move || windows(chosen.get()));
    refresh::every_minute(move || found.refetch());
    let office = Office::<Task>::new(move || found.refetch());
    let acting = FormState::new("tidal-act");
    let heading = move || {
        let locale = i18n.get_locale();
        office.task.with(|task| match task {
            Some(Task::Reading(_)) => td_string!(locale, tidal.reading),
            Some(Task::Decline(_)) => label(locale, "tidal_action", TidalAction::Decline.key()),
            Some(Task::Close(_)) => label(locale, "tidal_action", TidalAction::Close.key()),
            Some(Task::Call(..)) => td_string!(locale, tidal.call),
            Some(Task::Return(_)) => td_string!(locale, tidal.give_return),
            Some(Task::Work(..)) => td_string!(locale, tidal.work),
            None => "",
        })
    };
    let form = move || {
        let done = move || office.done();
        office.task.get().map(|task| match task {
            Task::Reading(post) => view! { <ReadingForm post done /> }.into_any(),
            Task::Decline(post) => view! { <DeclineForm post done /> }.into_any(),
            Task::Close(post) => view! { <CloseForm post done /> }.into_any(),
            Task::Call(post, today) => view! { <CallForm post today done /> }.into_any(),
            Task::Return(call) => view! { <ReturnForm call done /> }.into_any(),
            Task::Work(post, today) => view! { <WorkForm post today done /> }.into_any(),
        })
    };
    view! {
        <PageHeading title=move || t_string!(i18n, tidal.title) />
        <p class="desk-lead">{t!(i18n, tidal.lead)}</p>
        <NoticeLine notice=office.notice />
        <ErrorSummaryOf state=acting />
        <AsyncView
            resource=found
            ready=move |(all, page)| {
                match page {
                    Some(page) => view! { <Several all chosen /><Body page office acting /> }.into_any(),
                    None => view! { <Empty text=move || t_string!(i18n, tidal.none) /> }.into_any(),
                }
            }
        />
        <Dialog id="tidal-task" open=office.open title=heading>{form}</Dialog>
    }
}

/// Which window, where there are several.
#[component]
fn Several(all: Vec<Window>, chosen: RwSignal<Option<PostId>>) -> impl IntoView {
    let i18n = use_i18n();
    (all.len() > 1).then(|| {
        let first = all.first().map(|row| row.state.post_id);
        let rows = all.into_iter().map(|row| {
            let id = row.state.post_id;
            let current = move || (chosen.get().or(first) == Some(id)).then_some("true");
            view! {
                <button type="button" class="btn btn-outline btn-small" aria-current=current on:click=move |_| chosen.set(Some(id))>
                    {row.name}
                </button>
            }
        });
        view! {
            <nav class="person-acts" aria-label=move || t_string!(i18n, tidal.choose)>{rows.collect_view()}</nav>
        }
    })
}

#[component]
fn Body(page: Page, office: Office<Task>, acting: FormState) -> impl IntoView {
    let Page { window, readings, proposals, sessions, calls, works, checks, may_keep, actions, levels, today } = page;
    let post = window.state.post_id;
    let pending = proposals.iter().find(|row| row.status == ProposalStatus::Pending).cloned();
    view! {
        <div class="case-columns">
            <div class="case-main">
                <Now window readings levels pending may_keep actions office acting />
                <Calls calls may_keep office post today />
                <Works works may_keep office post today />
            </div>
            <aside class="case-side">
                <Lacking checks />
                <Sessions sessions post />
                <Peaks proposals post />
            </aside>
        </div>
    }
}

/// Where a window stands.
#[component]
fn PhaseChip(phase: TidalPhase) -> impl IntoView {
    let i18n = use_i18n();
    let (tone, mark) = match phase {
        TidalPhase::Closed => (Tone::Plain, Mark::Lock),
        TidalPhase::Proposed => (Tone::Warn, Mark::Alert),
        TidalPhase::Open => (Tone::Good, Mark::Check),
        TidalPhase::Draining => (Tone::Active, Mark::Clock),
    };
    view! { <Chip tone mark text=move || label(i18n.get_locale(), "tidal_phase", phase.key()) /> }
}

#[component]
fn Now(
    window: Window,
    readings: Vec<crate::api::tidal::Reading>,
    levels: crate::api::tidal::Levels,
    pending: Option<Proposal>,
    may_keep: bool,
    actions: Vec<TidalAction>,
    office: Office<Task>,
    acting: FormState,
) -> impl IntoView {
    let i18n = use_i18n();
    let Window { state, name, location } = window;
    let (post, phase) = (state.post_id, state.phase);
    let waits_for_lead = actions.is_empty() && (phase == TidalPhase::Proposed || state.closing);
    let buttons = actions.into_iter().map(|action| {
        let act = move |_| match action {
            TidalAction::Open => {
                acting.send(open_tidal_window::ask(NamedTidalWindowInput { post }), move |_| office.done());
            }
            TidalAction::Drain => {
                acting.send(drain_tidal_window::ask(NamedTidalWindowInput { post }), move |_| office.done());
            }
            TidalAction::Decline => office.begin(Task::Decline(post)),
            TidalAction::Close => office.begin(Task::Close(post)),
        };
        let class = if action == TidalAction::Decline { "btn btn-outline" } else { "btn btn-primary" };
        view! {
            <button type="button" class=class data-action=action.key() on:click=act>
                {move || label(i18n.get_locale(), "tidal_action", action.key())}
            </button>
        }
    });
    let buttons = buttons.collect_view();
    view! {
        <section class="sheet" aria-labelledby="tidal-now" data-phase=phase.key()>
            <div class="person-head">
                <h2 class="sheet-title" id="tidal-now">{name}</h2>
                <PhaseChip phase />
            </div>
            {location.map(|text| view! { <p class="hint">{text}</p> })}
            {pending.map(|row| view! { <Proposed row /> })}
            {state.closing.then(|| view! {
                <p class="banner banner-still"><Icon mark=Mark::Info />{t!(i18n, tidal.closing)}</p>
            })}
            {waits_for_lead.then(|| view! { <p class="hint">{t!(i18n, tidal.only_lead)}</p> })}
            <Level state readings=readings.clone() />
            <Chart readings levels post />
            <div class="person-acts">
                {buttons}
                {may_keep.then(|| view! {
                    <button type="button" class="btn btn-outline" on:click=move |_| office.begin(Task::Reading(post))>
                        {t!(i18n, tidal.reading)}
                    </button>
                })}
            </div>
        </section>
    }
}

#[component]
fn Proposed(row: Proposal) -> impl IntoView {
    let i18n = use_i18n();
    let at = time::time(row.peak_from);
    let text = move || t_string!(i18n, tidal.proposal, at = at.as_str(), waiting = row.waiting);
    view! { <p class="banner banner-bad"><Icon mark=Mark::Alert />{text}</p> }
}

#[component]
fn Level(state: State, readings: Vec<crate::api::tidal::Reading>) -> impl IntoView {
    let i18n = use_i18n();
    let last = readings.last().map(|row| (time::time(row.at), row.waiting, row.minutes));
    let now = move || match &last {
        Some((at, waiting, Some(minutes))) => {
            t_string!(i18n, tidal.last_minutes, at = at.as_str(), waiting = waiting, minutes = minutes)
        }
        Some((at, waiting, None)) => t_string!(i18n, tidal.last, at = at.as_str(), waiting = waiting),
        None => t_string!(i18n, tidal.no_reading).to_owned(),
    };
    let (high, low) = (state.high_since.map(time::time), state.low_since.map(time::time));
    let since = move || match (&high, &low) {
        (Some(at), _) => t_string!(i18n, tidal.since_high, at = at.as_str()),
        (None, Some(at)) => t_string!(i18n, tidal.since_low, at = at.as_str()),
        (None, None) => String::new(),
    };
    view! { <p><strong>{now}</strong> " " <span class="hint">{since}</span></p> }
}

#[component]
fn Lacking(checks: Checks) -> impl IntoView {
    let i18n = use_i18n();
    let row = move |name: &'static str, count: i32, text: AnyView| {
        let (tone, mark) = if count == 0 { (Tone::Good, Mark::Check) } else { (Tone::Bad, Mark::Alert) };
        let word = move || {
            if count == 0 {
                t_string!(i18n, tidal.fine).to_owned()
            } else {
                t_string!(i18n, tidal.found, count = count)
            }
        };
        view! { <li class="check-row" data-check=name><Chip tone mark text=word /><span>{text}</span></li> }
    };
    view! {
        <section class="sheet" aria-labelledby="tidal-checks">
            <h2 class="sheet-title" id="tidal-checks">{t!(i18n, tidal.checks)}</h2>
            <ul class="grid gap-2">
                {row("unopened", checks.unopened, t!(i18n, tidal.unopened).into_any())}
                {row("no_relief", checks.no_relief, t!(i18n, tidal.no_relief).into_any())}
                {row("late_calls", checks.late_calls, t!(i18n, tidal.late_calls).into_any())}
            </ul>
        </section>
    }
}
