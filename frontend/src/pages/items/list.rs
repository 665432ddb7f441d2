//! The items one by one: found by words, department and place, and kept there.

use std::sync::Arc;

use domain::{DepartmentId, items::ServedAt, settings::EntryStatus};
use leptos::prelude::*;

use super::{Lists, Office, Task};
use crate::{
    api::items::{Item, SeenServiceItemInput, restore_service_item, retire_service_item},
    components::{Chip, Empty, Icon, Mark, Tone, form::FormState},
    i18n::{label, pick, t, t_string, use_i18n},
};

/// What narrows the list.
#[derive(Clone, Copy)]
pub(super) struct Filter {
    words: RwSignal<String>,
    department: RwSignal<Option<DepartmentId>>,
    at: RwSignal<Option<ServedAt>>,
    retired: RwSignal<bool>,
}

impl Filter {
    pub(super) fn new() -> Self {
        Self {
            words: RwSignal::new(String::new()),
            department: RwSignal::new(None),
            at: RwSignal::new(None),
            retired: RwSignal::new(false),
        }
    }

    /// The same for the workbook.
    pub(super) fn query(self) -> String {
        let words = self.words.with(|words| js_sys::encode_uri_component(words.trim()).as_string());
        let department = self.department.get().map(|id| id.to_string()).unwrap_or_default();
        let at = self.at.get().map_or("", ServedAt::key);
        format!("q={}&department={department}&at={at}&retired={}", words.unwrap_or_default(), self.retired.get())
    }

    fn fits(self, item: &Item) -> bool {
        let words = self.words.get().trim().to_lowercase();
        let has = |text: &str| text.to_lowercase().contains(&words);
        (self.retired.get() || item.status == EntryStatus::Active)
            && self.department.get().is_none_or(|id| item.department == id)
            && self.at.get().is_none_or(|at| item.served_at == at)
            && (has(&item.code) || has(&item.name))
    }
}

#[component]
pub(super) fn Items(
    items: Vec<Item>,
    lists: Arc<Lists>,
    may_manage: bool,
    filter: Filter,
    office: Office<Task>,
    acting: FormState,
) -> impl IntoView {
    let i18n = use_i18n();
    let none = items.is_empty();
    let items = StoredValue::new(items);
    let shown = Memo::new(move |_| {
        items.with_value(|rows| {
            rows.iter().enumerate().filter(|(_, item)| filter.fits(item)).map(|(at, _)| at).collect::<Vec<_>>()
        })
    });
    let (adding, tools) = (lists.clone(), lists.clone());
    let lines = move || {
        let line = |at: usize| items.with_value(|rows| rows.get(at).cloned());
        let line = |at| line(at).map(|item| view! { <Line item lists=lists.clone() may_manage office acting /> });
        shown.get().into_iter().filter_map(line).collect_view()
    };
    view! {
        <section class="sheet" aria-labelledby="items-list">
            <div class="title-line">
                <h2 class="sheet-title" id="items-list">{t!(i18n, items.list)}</h2>
                {may_manage.then(|| view! {
                    <button type="button" class="btn btn-primary" on:click=move |_| office.begin(Task::Add(adding.clone()))>
                        <Icon mark=Mark::Plus />
                        {t!(i18n, items.add)}
                    </button>
                })}
            </div>
            <Tools filter lists=tools />
            <p class="hint" role="status">{move || t_string!(i18n, items.count, count = shown.with(Vec::len))}</p>
            <Show
                when=move || !shown.with(Vec::is_empty)
                fallback=move || {
                    let text = move || if none { t_string!(i18n, items.none) } else { t_string!(i18n, items.none_fits) };
                    view! { <Empty text /> }
                }
            >
                <ul class="settings-list">{lines.clone()}</ul>
            </Show>
        </section>
    }
}

/// Words, department and place.
#[component]
fn Tools(filter: Filter, lists: Arc<Lists>) -> impl IntoView {
    let i18n = use_i18n();
    let departments = move || {
        let locale = i18n.get_locale();
        let option = |row: &crate::api::items::Department| {
            let chosen = filter.department.get_untracked() == Some(row.id);
            view! { <option value=row.id.to_string() selected=chosen>{pick(locale, &row.name_zh, &row.name_en)}</option> }
        };
        lists.departments.iter().map(option).collect_view()
    };
    let places = move || {
        let locale = i18n.get_locale();
        let option = |at: &ServedAt| {
            let chosen = filter.at.get_untracked() == Some(*at);
            view! { <option value=at.key() selected=chosen>{label(locale, "served_at", at.key())}</option> }
        };
        ServedAt::ALL.iter().map(option).collect_view()
    };
    view! {
        <div class="filters">
            <label class="filter">
                <span class="hint">{t!(i18n, items.search)}</span>
                <input
                    type="search"
                    class="input-line"
                    name="words"
                    prop:value=move || filter.words.get()
                    on:input=move |event| filter.words.set(event_target_value(&event))
                />
            </label>
            <label class="filter">
                <span class="hint">{t!(i18n, items.department)}</span>
                <select
                    class="input-line"
                    name="department"
                    on:change=move |event| filter.department.set(event_target_value(&event).parse().ok())
                >
                    <option value="">{t!(i18n, items.any)}</option>
                    {departments}
                </select>
            </label>
            <label class="filter">
                <span class="hint">{t!(i18n, items.where_served)}</span>
                <select
                    class="input-line"
                    name="at"
                    on:change=move |event| filter.at.set(ServedAt::from_key(&event_target_value(&event)))
                >
                    <option value="">{t!(i18n, items.any)}</option>
                    {places}
                </select>
            </label>
            <label class="choice">
                <input
                    class="choice-dot"
                    type="checkbox"
                    name="retired"
                    prop:checked=move || filter.retired.get()
                    on:change=move |event| filter.retired.set(event_target_checked(&event))
                />
                <span>{t!(i18n, items.with_retired)}</span>
            </label>
        </div>
    }
}

#[component]
fn Line(item: Item, lists: Arc<Lists>, may_manage: bool, office: Office<Task>, acting: FormState) -> impl IntoView {
    let i18n = use_i18n();
    let department = lists.departments.iter().find(|row| row.id == item.department).cloned();
    let department = move || {
        let locale = i18n.get_locale();
        department.as_ref().map(|row| pick(locale, &row.name_zh, &row.name_en)).unwrap_or_default()
    };
    let post = item.post.and_then(|id| lists.posts.iter().find(|row| row.id == id)).map(|row| row.name.clone());
    let (tone, mark) = match item.served_at {
        ServedAt::Integrated => (Tone::Plain, Mark::Users),
        ServedAt::Dedicated => (Tone::Active, Mark::Pin),
    };
    let at = item.served_at;
    let place = move || {
        let place = label(i18n.get_locale(), "served_at", at.key());
        post.as_ref().map_or_else(|| place.to_owned(), |post| format!("{place} · {post}"))
    };
    let gone = item.status == EntryStatus::Retired;
    let code = item.code.clone();
    view! {
        <li class="person-role" data-item=code>
            <span class="grid gap-1">
                <strong>{item.name.clone()}</strong>
                <span class="person-facts">
                    <span class="tabular-nums">{item.code.clone()}</span>
                    <span>{department}</span>
                </span>
                {item.reason.clone().map(|text| view! { <span class="hint">{text}</span> })}
            </span>
            <span class="chips">
                <Chip tone mark text=place />
                {gone.then(|| view! { <Chip tone=Tone::Still mark=Mark::Lock text=move || t_string!(i18n, items.retired) /> })}
            </span>
            {may_manage.then(|| view! { <Acts item lists office acting /> })}
        </li>
    }
}

/// What may be done with an item.
#[component]
fn Acts(item: Item, lists: Arc<Lists>, office: Office<Task>, acting: FormState) -> impl IntoView {
    let i18n = use_i18n();
    let (id, version) = (item.id, item.version);
    let gone = item.status == EntryStatus::Retired;
    let name = StoredValue::new(item.name.clone());
    let named = move |verb: &str| name.with_value(|name| format!("{verb} · {name}"));
    let (edited, moved) = ((item.clone(), lists.clone()), (item, lists));
    let turn = move |_| {
        let input = SeenServiceItemInput { id, version };
        if gone {
            acting.send(restore_service_item::ask(input), move |_| office.done());
        } else {
            acting.send(retire_service_item::ask(input), move |_| office.done());
        }
    };
    let turned = move || if gone { t_string!(i18n, items.restore) } else { t_string!(i18n, items.retire) };
    view! {
        <span class="person-acts">
            {(!gone).then(|| view! {
                <button
                    type="button"
                    class="btn btn-outline btn-small"
                    data-act="place"
                    aria-label=move || named(t_string!(i18n, items.place))
                    on:click=move |_| office.begin(Task::Place(moved.0.clone(), moved.1.clone()))
                >
                    {t!(i18n, items.place)}
                </button>
                <button
                    type="button"
                    class="btn btn-outline btn-small"
                    data-act="edit"
                    aria-label=move || named(t_string!(i18n, items.edit))
                    on:click=move |_| office.begin(Task::Edit(edited.0.clone(), edited.1.clone()))
                >
                    {t!(i18n, items.edit)}
                </button>
            })}
            <button
                type="button"
                class="btn btn-ghost btn-small"
                data-act=if gone { "restore" } else { "retire" }
                aria-label=move || named(turned())
                on:click=turn
            >
                {turned}
            </button>
        </span>
    }
}
