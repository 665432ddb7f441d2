//! `/desk/items`: the integrated windows, the window of each item, and what is missing among them.

mod chart;
mod forms;
mod list;

use std::{collections::HashMap, sync::Arc};

use domain::{PostId, ServiceItemId, items::WindowCheck};
use leptos::prelude::*;

use self::{
    chart::Chart,
    forms::{AddForm, EditForm, PlaceForm, SetUpForm},
    list::{Filter, Items},
};
use super::posts::Office;
use crate::{
    api::items::{CheckResult, Department, Item, Map, Post, Window, map},
    components::{
        AsyncView, Chip, Dialog, ExportButton, Mark, NoticeLine, PageHeading, Tone,
        form::{ErrorSummaryOf, FormState},
    },
    i18n::{label, t, t_string, td_string, use_i18n},
};

/// What a form about an item is filled in from.
#[derive(Clone)]
struct Lists {
    departments: Vec<Department>,
    posts: Vec<Post>,
}

/// What the dialog is open for.
#[derive(Clone)]
enum Task {
    SetUp(Window),
    Add(Arc<Lists>),
    Edit(Item, Arc<Lists>),
    Place(Item, Arc<Lists>),
}

/// The page.
#[component]
pub fn ItemsPage() -> impl IntoView {
    let i18n = use_i18n();
    let found = LocalResource::new(map);
    let office = Office::<Task>::new(move || found.refetch());
    let acting = FormState::new("items-act");
    let filter = Filter::new();
    let heading = move || {
        let locale = i18n.get_locale();
        office.task.with(|task| match task {
            Some(Task::SetUp(window)) => window.name.clone(),
            Some(Task::Add(_)) => td_string!(locale, items.add).to_owned(),
            Some(Task::Edit(item, _) | Task::Place(item, _)) => item.name.clone(),
            None => String::new(),
        })
    };
    let form = move || {
        let done = move || office.done();
        office.task.get().map(|task| match task {
            Task::SetUp(window) => view! { <SetUpForm window done /> }.into_any(),
            Task::Add(lists) => view! { <AddForm lists done /> }.into_any(),
            Task::Edit(item, lists) => view! { <EditForm item lists done /> }.into_any(),
            Task::Place(item, lists) => view! { <PlaceForm item lists done /> }.into_any(),
        })
    };
    view! {
        <div class="title-line">
            <PageHeading title=move || t_string!(i18n, items.title) />
            <ExportButton list="items" query=move || filter.query() />
        </div>
        <p class="desk-lead">{t!(i18n, items.lead)}</p>
        <NoticeLine notice=office.notice />
        <ErrorSummaryOf state=acting />
        <AsyncView resource=found ready=move |data| view! { <Body data filter office acting /> } />
        <Dialog id="items-task" open=office.open title=heading>{form}</Dialog>
    }
}

#[component]
fn Body(data: Map, filter: Filter, office: Office<Task>, acting: FormState) -> impl IntoView {
    let Map { windows, items, posts, departments, checks, may_manage, sync_days } = data;
    let lists = Arc::new(Lists { departments, posts });
    view! {
        <Checks checks windows=windows.clone() items=items.clone() sync_days />
        <Chart windows items=items.clone() lists=lists.clone() may_manage office />
        <Items items lists may_manage filter office acting />
    }
}

/// Names that are listed before the rest is only counted.
const NAMED: usize = 5;

/// How the windows and items stand, each with what is missing.
#[component]
fn Checks(checks: Vec<CheckResult>, windows: Vec<Window>, items: Vec<Item>, sync_days: i32) -> impl IntoView {
    let i18n = use_i18n();
    let windows: HashMap<PostId, String> = windows.into_iter().map(|row| (row.id, row.name)).collect();
    let items: HashMap<ServiceItemId, String> = items.into_iter().map(|row| (row.id, row.name)).collect();
    let rows = checks.into_iter().map(|row| {
        let CheckResult { check, fine, types, posts, items: lacking } = row;
        let (tone, mark) = if fine { (Tone::Good, Mark::Check) } else { (Tone::Bad, Mark::Alert) };
        let word = move || if fine { t_string!(i18n, items.fine) } else { t_string!(i18n, items.missing) };
        let mut named: Vec<_> = posts.iter().filter_map(|id| windows.get(id).cloned()).collect();
        named.extend(lacking.iter().filter_map(|id| items.get(id).cloned()));
        let more = named.len().saturating_sub(NAMED);
        named.truncate(NAMED);
        let what = move || {
            let locale = i18n.get_locale();
            let types = types.iter().map(|kind| label(locale, "window_type", kind.key()).to_owned());
            let names: Vec<_> = types.chain(named.iter().cloned()).collect();
            let names = names.join(t_string!(i18n, desk.list_separator));
            if more > 0 { t_string!(i18n, items.more, names = names.as_str(), count = more) } else { names }
        };
        let rule = move || {
            let stale = check == WindowCheck::Synced;
            stale.then(|| t_string!(i18n, items.sync_days, days = sync_days))
        };
        view! {
            <li class="check-row" data-check=check.key()>
                <Chip tone mark text=word />
                <span>{move || label(i18n.get_locale(), "window_check", check.key())}</span>
                <span class="hint">{rule}</span>
                <strong>{what}</strong>
            </li>
        }
    });
    view! {
        <section class="sheet" aria-labelledby="items-checks">
            <h2 class="sheet-title" id="items-checks">{t!(i18n, items.checks)}</h2>
            <ul class="grid gap-2">{rows.collect_view()}</ul>
        </section>
    }
}
