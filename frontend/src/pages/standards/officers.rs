//! Who looks after the standards, and whether they were trained this year; the trainings have a page of their own.

use chrono::NaiveDate;
use domain::permission::Permission;
use leptos::prelude::*;

use super::{Names, Task, name};
use crate::{
    api::standards::{Term, TermRow},
    components::{Chip, Icon, Mark, Tone},
    i18n::{t, t_string, use_i18n},
    pages::posts::Office,
    session::use_session,
};

#[component]
pub(super) fn Officers(rows: Vec<TermRow>, today: NaiveDate, names: Names, office: Office<Task>) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let manages = session.can(Permission::StandardsManage);
    let (now, past): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.current);
    let (nobody, count) = (now.is_empty(), past.len());
    let line = |row: TermRow| {
        let who = name(&names, row.term.staff);
        view! { <Line row who today manages office /> }
    };
    let (now, past) = (now.into_iter().map(line).collect_view(), past.into_iter().map(line).collect_view());
    view! {
        <section class="sheet" aria-labelledby="standards-officers">
            <h2 class="sheet-title" id="standards-officers">{t!(i18n, standards.officers.title)}</h2>
            {nobody.then(|| view! { <p class="hint">{t!(i18n, standards.officers.none)}</p> })}
            <ul class="settings-list">{now}</ul>
            {(count > 0).then(|| view! {
                <details class="more">
                    <summary class="btn btn-ghost btn-small">
                        <Icon mark=Mark::ChevronDown />
                        {move || t_string!(i18n, standards.officers.past, count = count)}
                    </summary>
                    <ul class="settings-list">{past}</ul>
                </details>
            })}
            <div class="person-acts">
                {manages.then(|| view! {
                    <button type="button" class="btn btn-outline" on:click=move |_| office.begin(Task::Appoint(today))>
                        <Icon mark=Mark::Plus />
                        {t!(i18n, standards.officers.appoint)}
                    </button>
                })}
                <a class="link" href="/desk/training">{t!(i18n, standards.officers.training)}</a>
            </div>
        </section>
    }
}

#[component]
fn Line(row: TermRow, who: String, today: NaiveDate, manages: bool, office: Office<Task>) -> impl IntoView {
    let i18n = use_i18n();
    let TermRow { term, current, trained_on } = row;
    let ending = term.clone();
    let Term { staff, full_time, duties, from, until, .. } = term;
    let key = who.clone();
    let (from, until) = (from.to_string(), until.map(|day| day.to_string()));
    let days = move || {
        let from = t_string!(i18n, standards.officers.from, day = from.as_str());
        match &until {
            Some(day) => format!("{from} {}", t_string!(i18n, standards.officers.until, day = day.as_str())),
            None => from,
        }
    };
    let kind = move || {
        if full_time {
            t_string!(i18n, standards.officers.full_time)
        } else {
            t_string!(i18n, standards.officers.part_time)
        }
    };
    let day = trained_on.map(|day| day.to_string());
    let (tone, mark) = if day.is_some() { (Tone::Good, Mark::Check) } else { (Tone::Warn, Mark::Clock) };
    let trained = move || match &day {
        Some(day) => t_string!(i18n, standards.officers.trained, day = day.as_str()),
        None => t_string!(i18n, standards.officers.untrained).to_owned(),
    };
    let whom = who.clone();
    let label = who.clone();
    let ends = manages && current && ending.until.is_none();
    view! {
        <li class="person-role" data-officer=key>
            <span class="grid gap-1">
                <a class="link font-semibold" href=format!("/desk/staff/{staff}")>{who}</a>
                <span>{duties}</span>
            </span>
            <span class="person-facts">
                <span>{kind}</span>
                <span class="tabular-nums">{days}</span>
                {current.then(|| view! { <Chip tone mark text=trained /> })}
            </span>
            {ends.then(|| view! {
                <span class="person-acts">
                    <button
                        type="button"
                        class="btn btn-ghost btn-small"
                        aria-label=move || format!("{}: {label}", t_string!(i18n, standards.officers.end))
                        on:click=move |_| office.begin(Task::End(ending.clone(), whom.clone(), today))
                    >
                        {t!(i18n, standards.officers.end)}
                    </button>
                </span>
            })}
        </li>
    }
}
