//! `/desk/training`: who is still to be trained this year and the sessions, for whoever keeps them; one's own part, for
//! everybody.

use std::collections::HashMap;

use domain::{StaffId, permission::Permission, training::SessionStatus};
use leptos::prelude::*;

use super::{About, StatusOf, forms::SessionForm, own::OwnPart};
use crate::{
    api::training::{Coverage, Own, SessionRow, Year, own, year as of_year},
    components::{AsyncView, Chip, Dialog, Empty, ExportButton, Icon, Mark, Notice, NoticeLine, PageHeading, Tone},
    i18n::{t, t_string, td_string, use_i18n},
    session::use_session,
};

/// The page.
#[component]
pub fn Trainings() -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let found = LocalResource::new(own);
    let manages = move || session.can(Permission::TrainingManage);
    let ready = move |own: Own| {
        // The year is the server's to say.
        let year = own.year;
        let managed = manages().then(|| view! { <Managed year /> });
        view! { <div class="grid gap-6">{managed}<OwnPart own /></div> }
    };
    view! {
        <PageHeading title=move || t_string!(i18n, training.title) />
        <p class="desk-lead">
            {move || if manages() { t_string!(i18n, training.lead) } else { t_string!(i18n, training.own.lead) }}
        </p>
        <AsyncView resource=found ready />
    }
}

/// What is kept for the whole center.
#[component]
fn Managed(year: i32) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let imports = move || session.can(Permission::PostManage);
    let chosen = RwSignal::new(year);
    let found = LocalResource::new(move || of_year(chosen.get()));
    let (open, notice) = (RwSignal::new(false), Notice::new());
    let done = move || {
        open.set(false);
        notice.show(|locale| td_string!(locale, posts.form.done).to_owned());
        found.refetch();
    };
    let choose = move |event| chosen.set(event_target_value(&event).parse().unwrap_or(year));
    let years =
        (year - 2..=year + 1).rev().map(|one| view! { <option value=one selected={one == year}>{one}</option> });
    let ready = move |data: Year| {
        let year = chosen.get_untracked();
        view! { <Covered data=data.training_coverage year /><Sessions rows=data.training_sessions /> }
    };
    view! {
        <NoticeLine notice />
        <div class="board-tools">
            <label class="field">
                <span class="field-label">{t!(i18n, training.year)}</span>
                <select class="input-line" name="year" on:change=choose>{years.collect_view()}</select>
            </label>
            <button type="button" class="btn btn-primary" on:click=move |_| open.set(true)>
                <Icon mark=Mark::Plus />
                {t!(i18n, training.plan)}
            </button>
            <Show when=imports>
                <a class="btn btn-outline" href="/desk/import?table=training">{t!(i18n, posts.import.link)}</a>
            </Show>
            <ExportButton list="training" query=move || format!("year={}", chosen.get()) />
        </div>
        <AsyncView resource=found ready />
        <Dialog id="training" open title=move || t_string!(i18n, training.plan)>
            <SessionForm session=None done />
        </Dialog>
    }
}

/// How many are trained in a year, and the names of the others.
#[component]
fn Covered(data: Coverage, year: i32) -> impl IntoView {
    let i18n = use_i18n();
    let Coverage { asked, total, trained, missing, trainings, tests, unscheduled_tests, posts, people } = data;
    let share = move || t_string!(i18n, training.coverage.share, trained = trained, total = total, asked = asked);
    let held = move || {
        t_string!(i18n, training.coverage.held, trainings = trainings, tests = tests, unscheduled = unscheduled_tests)
    };
    let (all_fine, nobody) = (missing.is_empty(), total == 0);
    let names: HashMap<StaffId, String> = people.into_iter().map(|row| (row.id, row.name)).collect();
    let rows = missing.into_iter().map(|row| {
        let who = names.get(&row.staff).cloned().unwrap_or_default();
        let key = who.clone();
        let at: Vec<_> = posts.iter().filter(|post| row.posts.contains(&post.id)).map(|p| p.name.clone()).collect();
        let at = move || at.join(t_string!(i18n, desk.list_separator));
        let times = row.times;
        let had = move || t_string!(i18n, training.coverage.had, times = times);
        view! {
            <li class="check-row" data-missing=key>
                <a class="link font-semibold" href=format!("/desk/staff/{}", row.staff)>{who}</a>
                <span class="hint">{at}</span>
                {(asked > 1).then(|| view! { <span class="hint">{had}</span> })}
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="sheet" aria-labelledby="training-coverage">
            <div class="title-line">
                <h2 class="sheet-title" id="training-coverage">{t!(i18n, training.coverage.title)}</h2>
                <ExportButton list="untrained" of="training-coverage" query=format!("year={year}") />
            </div>
            <p class="font-semibold" data-coverage="">{share}</p>
            {(!nobody).then(|| view! { <progress class="coverage-bar" aria-label=share max=total value=trained></progress> })}
            <p class="hint">{held}</p>
            {match (nobody, all_fine) {
                (true, _) => view! { <p class="hint">{t!(i18n, training.coverage.nobody)}</p> }.into_any(),
                (false, true) => {
                    view! { <p class="check-row"><Chip tone=Tone::Good mark=Mark::Check text=move || t_string!(i18n, training.coverage.all) /></p> }
                        .into_any()
                }
                (false, false) => view! {
                    <h3 class="font-semibold">{t!(i18n, training.coverage.missing)}</h3>
                    <ul class="grid gap-2">{rows}</ul>
                }
                .into_any(),
            }}
        </section>
    }
}

#[component]
fn Sessions(rows: Vec<SessionRow>) -> impl IntoView {
    let i18n = use_i18n();
    if rows.is_empty() {
        return view! { <Empty text=move || t_string!(i18n, training.none) /> }.into_any();
    }
    let cards = rows.into_iter().map(|row| view! { <Card row /> }).collect_view();
    view! { <ul class="board">{cards}</ul> }.into_any()
}

#[component]
fn Card(row: SessionRow) -> impl IntoView {
    let i18n = use_i18n();
    let SessionRow { session, attended, absent, passed } = row;
    let (tested, key) = (session.passed_or_failed, session.title.clone());
    let count = move || {
        let there = t_string!(i18n, training.there, attended = attended, absent = absent);
        if tested { format!("{there} · {}", t_string!(i18n, training.passed, passed = passed)) } else { there }
    };
    view! {
        <li class="card-case board-card" data-session=key>
            <div class="person-head">
                <h2 class="card-title"><a href=format!("/desk/training/{}", session.id)>{session.title.clone()}</a></h2>
                <StatusOf status=session.status />
            </div>
            {(session.status == SessionStatus::Held).then(|| view! { <p>{count}</p> })}
            <About session />
        </li>
    }
}
