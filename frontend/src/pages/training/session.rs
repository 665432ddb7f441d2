//! `/desk/training/:id`: a session, who was there, and what is still to be done with it.

use std::collections::HashMap;

use domain::{TrainingId, training::SessionStatus};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    About, HowOf, StatusOf,
    attendance::AttendanceForm,
    forms::{CancelForm, SessionForm},
};
use crate::{
    api::{
        ApiError,
        training::{SessionPage, session},
    },
    components::{AsyncView, Dialog, ExportButton, Icon, Mark, Notice, NoticeLine, PageHeading},
    i18n::{t, t_string, td_string, use_i18n},
};

/// What the dialog is open for.
#[derive(Clone)]
enum Task {
    Edit(SessionPage),
    Attendance(SessionPage),
    Cancel(SessionPage),
}

/// The page.
#[component]
pub fn TrainingPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")).and_then(|id| id.parse::<TrainingId>().ok()));
    let i18n = use_i18n();
    let title = RwSignal::new(String::new());
    let found = LocalResource::new(move || async move {
        let id = id.get_untracked().ok_or_else(|| ApiError::of("NOT_FOUND"))?;
        let data = session(id).await?;
        let _ = title.try_set(data.session.title.clone());
        Ok(data)
    });
    let (open, task, notice) = (RwSignal::new(false), RwSignal::new(None::<Task>), Notice::new());
    let begin = Callback::new(move |next: Task| {
        task.set(Some(next));
        open.set(true);
    });
    let done = move || {
        open.set(false);
        notice.show(|locale| td_string!(locale, posts.form.done).to_owned());
        found.refetch();
    };
    let heading = move || {
        task.with(|task| match task {
            Some(Task::Edit(_)) => t_string!(i18n, training.edit),
            Some(Task::Attendance(_)) => t_string!(i18n, training.attendance.title),
            Some(Task::Cancel(_)) => t_string!(i18n, training.cancel),
            None => "",
        })
    };
    let form = move || {
        task.get().map(|task| match task {
            Task::Edit(data) => view! { <SessionForm session=Some(data.session) done /> }.into_any(),
            Task::Attendance(data) => view! { <AttendanceForm data done /> }.into_any(),
            Task::Cancel(data) => view! { <CancelForm session=data.session done /> }.into_any(),
        })
    };
    view! {
        <p>
            <a class="link back" href="/desk/training">
                <Icon mark=Mark::Back />
                {t!(i18n, training.back)}
            </a>
        </p>
        <PageHeading title=move || title.get() />
        <NoticeLine notice />
        <AsyncView resource=found ready=move |data| view! { <Body data begin /> } />
        <Dialog id="training-task" open title=heading>{form}</Dialog>
    }
}

#[component]
fn Body(data: SessionPage, begin: Callback<Task>) -> impl IntoView {
    let i18n = use_i18n();
    let all = StoredValue::new(data.clone());
    let SessionPage { session, marks, people } = data;
    let (id, status) = (session.id, session.status);
    let button = move |class: &'static str, task: fn(SessionPage) -> Task, text: AnyView| {
        view! { <button type="button" class=class on:click=move |_| begin.run(task(all.get_value()))>{text}</button> }
    };
    let acts = match status {
        SessionStatus::Planned => view! {
            {button("btn btn-primary", Task::Attendance, t!(i18n, training.attendance.record).into_any())}
            {button("btn btn-outline", Task::Edit, t!(i18n, training.edit).into_any())}
            {button("btn btn-outline", Task::Cancel, t!(i18n, training.cancel).into_any())}
        }
        .into_any(),
        SessionStatus::Held => {
            button("btn btn-outline", Task::Attendance, t!(i18n, training.attendance.correct).into_any()).into_any()
        }
        SessionStatus::Cancelled => ().into_any(),
    };
    let names: HashMap<_, _> = people.into_iter().map(|row| (row.id, (row.staff_no, row.name))).collect();
    let mut marks: Vec<_> = marks
        .into_iter()
        .map(|part| {
            let (number, name) = names.get(&part.staff).cloned().unwrap_or_default();
            (number, name, part)
        })
        .collect();
    marks.sort_by(|a, b| a.0.cmp(&b.0));
    let nobody = marks.is_empty();
    let rows = marks.into_iter().map(|(number, name, part)| {
        let key = name.clone();
        view! {
            <li class="check-row" data-mark=key>
                <span class="font-semibold">{name}</span>
                <span class="hint tabular-nums">{number}</span>
                <HowOf part />
            </li>
        }
    });
    let rows = rows.collect_view();
    let reason = session.cancel_reason.clone();
    view! {
        <section class="sheet" aria-labelledby="training-about">
            <h2 class="sheet-title" id="training-about">{t!(i18n, training.about)}</h2>
            <div class="chips"><StatusOf status /></div>
            <About session />
            {reason.map(|text| view! {
                <p class="banner banner-still">
                    <Icon mark=Mark::Info />
                    <span>{move || t_string!(i18n, training.because, reason = text.as_str())}</span>
                </p>
            })}
            <div class="person-acts">{acts}</div>
        </section>
        <section class="sheet" aria-labelledby="training-marks">
            <div class="title-line">
                <h2 class="sheet-title" id="training-marks">{t!(i18n, training.attendance.title)}</h2>
                <ExportButton list="attendance" of="training-marks" query=format!("session={id}") />
            </div>
            {nobody.then(|| view! { <p class="hint">{t!(i18n, training.attendance.none)}</p> })}
            <ul class="grid gap-2">{rows}</ul>
        </section>
    }
}
