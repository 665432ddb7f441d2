//! `/desk/standards/:id`: a standard step by step, with its log.

use domain::{ManagedStandardId, permission::Permission, standardisation::StandardAction};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{StatusOf, forms::StandardForm, steps::StepForm};
use crate::{
    api::{
        ApiError,
        standards::{Event, Page, Standard, StandardName, page},
    },
    components::{AsyncView, Chip, Dialog, Icon, Mark, NoticeLine, PageHeading, Tone},
    i18n::{label, t, t_string, td_string, use_i18n},
    pages::posts::Office,
    session::use_session,
    time,
};

/// What the dialog is open for.
#[derive(Clone)]
enum Task {
    Edit(Standard),
    Step(Standard, Vec<StandardName>, StandardAction),
}

/// The page.
#[component]
pub fn StandardPage() -> impl IntoView {
    let params = use_params_map();
    let id =
        Memo::new(move |_| params.with(|params| params.get("id")).and_then(|id| id.parse::<ManagedStandardId>().ok()));
    let i18n = use_i18n();
    let title = RwSignal::new(String::new());
    // A standard leads to another one on this same page.
    let found = LocalResource::new(move || {
        let id = id.get();
        async move {
            let data = page(id.ok_or_else(|| ApiError::of("NOT_FOUND"))?).await?;
            let _ = title.try_set(data.row.standard.title.clone());
            Ok(data)
        }
    });
    let office = Office::<Task>::new(move || found.refetch());
    let heading = move || {
        let locale = i18n.get_locale();
        office.task.with(|task| match task {
            Some(Task::Edit(_)) => td_string!(locale, standards.form.edit),
            Some(Task::Step(.., action)) => label(locale, "standard_action", action.key()),
            None => "",
        })
    };
    let form = move || {
        let done = move || office.done();
        office.task.get().map(|task| match task {
            Task::Edit(standard) => view! { <StandardForm standard=Some(standard) done /> }.into_any(),
            Task::Step(standard, successors, action) => {
                view! { <StepForm standard successors action done /> }.into_any()
            }
        })
    };
    let named = move || {
        title.with(|title| if title.is_empty() { t_string!(i18n, standards.title).to_owned() } else { title.clone() })
    };
    view! {
        <p>
            <a class="link back" href="/desk/standards">
                <Icon mark=Mark::Back />
                {t!(i18n, standards.page.back)}
            </a>
        </p>
        <PageHeading title=named />
        <NoticeLine notice=office.notice />
        <AsyncView resource=found ready=move |data| view! { <Body data office /> } />
        <Dialog id="standard-step" open=office.open title=heading>{form}</Dialog>
    }
}

#[component]
fn Body(data: Page, office: Office<Task>) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let Page { row, owner, successor, replaces, successors, events, actions } = data;
    let (standard, late) = (row.standard, row.review_late);
    let edits = session.can(Permission::StandardsManage) && !standard.status.is_over();
    let buttons = actions.into_iter().enumerate().map(|(n, action)| {
        let (standard, successors) = (standard.clone(), successors.clone());
        let class = if n == 0 { "btn btn-primary" } else { "btn btn-outline" };
        view! {
            <button
                type="button"
                class=class
                data-action=action.key()
                on:click=move |_| office.begin(Task::Step(standard.clone(), successors.clone(), action))
            >
                {move || label(i18n.get_locale(), "standard_action", action.key())}
            </button>
        }
    });
    let buttons = buttons.collect_view();
    let editing = standard.clone();
    let status = standard.status;
    view! {
        <div class="case-columns">
            <div class="case-main">
                <section class="sheet" aria-labelledby="standard-status" data-status=status.key()>
                    <div class="person-head">
                        <h2 class="sheet-title" id="standard-status">{t!(i18n, standards.page.status)}</h2>
                        <StatusOf status />
                        {late.then(|| view! { <Chip tone=Tone::Bad mark=Mark::Alert text=move || t_string!(i18n, standards.register.late) /> })}
                    </div>
                    <div class="person-acts">
                        {buttons}
                        {edits.then(|| view! {
                            <button type="button" class="btn btn-outline" on:click=move |_| office.begin(Task::Edit(editing.clone()))>
                                {t!(i18n, standards.form.edit)}
                            </button>
                        })}
                    </div>
                </section>
                <Log events />
            </div>
            <aside class="case-side">
                <Facts standard owner successor replaces />
            </aside>
        </div>
    }
}

#[component]
fn Facts(
    standard: Standard,
    owner: String,
    successor: Option<StandardName>,
    replaces: Vec<StandardName>,
) -> impl IntoView {
    let i18n = use_i18n();
    let level = standard.level;
    let link = |row: StandardName| {
        view! { <a class="link" href=format!("/desk/standards/{}", row.id)>{format!("{} {}", row.number, row.title)}</a> }
    };
    let successor = successor.map(|row| view! { <dt>{t!(i18n, standards.page.successor)}</dt><dd>{link(row)}</dd> });
    let replaces =
        replaces.into_iter().map(|row| view! { <dt>{t!(i18n, standards.page.replaces)}</dt><dd>{link(row)}</dd> });
    let replaces = replaces.collect_view();
    view! {
        <section class="sheet" aria-labelledby="standard-facts">
            <h2 class="sheet-title" id="standard-facts">{t!(i18n, standards.page.facts)}</h2>
            <dl class="desk-facts">
                <dt>{t!(i18n, standards.page.number)}</dt><dd>{standard.number}</dd>
                <dt>{t!(i18n, standards.form.level)}</dt><dd>{move || label(i18n.get_locale(), "standard_level", level.key())}</dd>
                <dt>{t!(i18n, standards.form.edition)}</dt><dd>{standard.edition}</dd>
                <dt>{t!(i18n, standards.form.owner)}</dt><dd>{owner}</dd>
                {standard.adopted_on.map(|day| view! { <dt>{t!(i18n, standards.form.adopted_on)}</dt><dd class="tabular-nums">{day.to_string()}</dd> })}
                {standard.review_due.map(|day| view! { <dt>{t!(i18n, standards.form.review_due)}</dt><dd class="tabular-nums">{day.to_string()}</dd> })}
                {successor}
                {replaces}
            </dl>
        </section>
    }
}

#[component]
fn Log(events: Vec<Event>) -> impl IntoView {
    let i18n = use_i18n();
    let rows = events.into_iter().map(|row| {
        let Event { action, status, note, actor, at } = row;
        let mark = match action {
            None => Mark::Plus,
            Some(StandardAction::Withdraw) => Mark::Close,
            Some(StandardAction::Enforce | StandardAction::Confirm) => Mark::Check,
            Some(StandardAction::Revise) => Mark::Link,
            Some(_) => Mark::Send,
        };
        let what = move || match action {
            Some(action) => label(i18n.get_locale(), "standard_action", action.key()),
            None => t_string!(i18n, standards.page.registered),
        };
        view! {
            <li class="log-line">
                <span class="log-mark"><Icon mark /></span>
                <div class="log-body">
                    <p class="log-title">
                        <strong>{what}</strong>
                        " → "
                        <span>{move || label(i18n.get_locale(), "standard_status", status.key())}</span>
                    </p>
                    {note.map(|text| view! { <p class="prose-text">{text}</p> })}
                    <p class="log-meta"><span>{actor}</span><span class="tabular-nums">{time::date_time(at)}</span></p>
                </div>
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="sheet" aria-labelledby="standard-log">
            <h2 class="sheet-title" id="standard-log">{t!(i18n, standards.page.log)}</h2>
            <ol class="log">{rows}</ol>
        </section>
    }
}
