//! Forms about a window and about an item.

use std::sync::Arc;

use domain::{
    Violation,
    items::{ItemForm, PlaceForm as Filled, Placement, PlatformLink, ServedAt, WindowType},
    posts::PostStatus,
};
use leptos::prelude::*;

use super::Lists;
use crate::{
    api::items::{
        EditServiceItemInput, Item, PlaceServiceItemInput, ServiceItemInput, SetUpWindowInput, Window,
        add_service_item, edit_service_item, place_service_item, set_up_window,
    },
    components::form::{ChoiceField, Field, FieldKind, Form, FormState, SelectField, Submit},
    i18n::{label, pick, t_string, use_i18n},
    pages::posts::forms::{day, given, signal},
    time,
};

fn missing(field: &'static str, is: bool) -> Option<Violation> {
    is.then(|| Violation::new(field, "form.required"))
}

/// What a window is for, how far it is connected, and when data last came.
#[component]
pub(super) fn SetUpForm(window: Window, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("set-up");
    let (kind, link) = (signal(window.kind.map(WindowType::key)), signal(window.link.map(PlatformLink::key)));
    let on = signal(window.synced_at.map(time::date).as_deref());
    let at = signal(window.synced_at.map(time::time).as_deref());
    let (id, version) = (window.id, window.version);
    let kinds = Signal::derive(move || {
        let locale = i18n.get_locale();
        let named = |kind: &WindowType| (kind.key(), label(locale, "window_type", kind.key()).to_owned());
        WindowType::ALL.iter().map(named).collect()
    });
    let links = Signal::derive(move || {
        let locale = i18n.get_locale();
        let named = |link: &PlatformLink| (link.key(), label(locale, "platform_link", link.key()).to_owned());
        PlatformLink::ALL.iter().map(named).collect()
    });
    let apart = move || link.with(|link| link == PlatformLink::NotLinked.key());
    let submit = move || {
        let kind = WindowType::from_key(&kind.get_untracked());
        let link = PlatformLink::from_key(&link.get_untracked());
        let day = day(on).filter(|_| link != Some(PlatformLink::NotLinked));
        let synced_at = day.and_then(|day| time::instant(day, &at.get_untracked()));
        let untimed = day.is_some() && synced_at.is_none();
        let found = [missing("kind", kind.is_none()), missing("link", link.is_none()), missing("time", untimed)];
        if state.check(found.into_iter().flatten().collect())
            && let (Some(kind), Some(link)) = (kind, link)
        {
            state.send(set_up_window::ask(SetUpWindowInput { id, version, kind, link, synced_at }), move |_| done());
        }
    };
    let times = move || {
        (!apart()).then(|| {
            view! {
                <Field
                    name="syncedAt"
                    label=move || t_string!(i18n, items.synced_day)
                    hint=move || t_string!(i18n, items.synced_hint)
                    value=on
                    kind=FieldKind::Date
                    optional=true
                />
                <Field
                    name="time"
                    label=move || t_string!(i18n, items.synced_time)
                    hint=move || t_string!(i18n, items.time_hint)
                    value=at
                    optional=true
                />
            }
        })
    };
    view! {
        <Form state on_submit=submit>
            <ChoiceField name="kind" label=move || t_string!(i18n, items.kind) choices=kinds value=kind />
            <ChoiceField name="link" label=move || t_string!(i18n, items.link) choices=links value=link />
            {times}
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}

/// What is typed about an item.
#[derive(Clone, Copy)]
struct About {
    code: RwSignal<String>,
    name: RwSignal<String>,
    department: RwSignal<String>,
}

impl About {
    fn of(item: Option<&Item>) -> Self {
        Self {
            code: signal(item.map(|item| item.code.as_str())),
            name: signal(item.map(|item| item.name.as_str())),
            department: signal(item.map(|item| item.department.to_string()).as_deref()),
        }
    }

    /// What is filled in, or what is wrong with it.
    fn read(self) -> Result<ItemForm, Vec<Violation>> {
        let text = |signal: RwSignal<String>| signal.get_untracked().trim().to_owned();
        let department = self.department.get_untracked().parse().ok();
        let mut found: Vec<_> = missing("department", department.is_none()).into_iter().collect();
        match department {
            Some(department) => {
                let form = ItemForm { code: text(self.code), name: text(self.name), department };
                found.extend(form.check());
                if found.is_empty() { Ok(form) } else { Err(found) }
            }
            None => Err(found),
        }
    }
}

#[component]
fn AboutFields(about: About, lists: Arc<Lists>) -> impl IntoView {
    let i18n = use_i18n();
    let kept = about.department.get_untracked();
    let choices = Signal::derive(move || {
        let locale = i18n.get_locale();
        let rows = lists.departments.iter().map(|row| (row.id.to_string(), row));
        let offered = rows.filter(|(id, row)| row.offered || *id == kept);
        offered.map(|(id, row)| (id, pick(locale, &row.name_zh, &row.name_en))).collect()
    });
    view! {
        <Field name="name" label=move || t_string!(i18n, items.name) value=about.name />
        <Field name="code" label=move || t_string!(i18n, items.code) hint=move || t_string!(i18n, items.code_hint) value=about.code />
        <SelectField name="department" label=move || t_string!(i18n, items.department) choices value=about.department />
    }
}

/// What is typed about where an item is served.
#[derive(Clone, Copy)]
struct Place {
    at: RwSignal<String>,
    post: RwSignal<String>,
    reason: RwSignal<String>,
}

impl Place {
    fn of(item: Option<&Item>) -> Self {
        Self {
            at: signal(item.map(|item| item.served_at.key())),
            post: signal(item.and_then(|item| item.post).map(|id| id.to_string()).as_deref()),
            reason: signal(item.and_then(|item| item.reason.as_deref())),
        }
    }

    /// What is filled in, or what is wrong with it. Fields that do not show say nothing.
    fn read(self) -> Result<Filled, Vec<Violation>> {
        let Some(at) = ServedAt::from_key(&self.at.get_untracked()) else {
            return Err(missing("servedAt", true).into_iter().collect());
        };
        let form = match at {
            ServedAt::Integrated => Filled { at, post: None, reason: None },
            ServedAt::Dedicated => {
                Filled { at, post: self.post.get_untracked().parse().ok(), reason: given(self.reason) }
            }
        };
        Placement::of(&form).map(|_| form)
    }
}

#[component]
fn PlaceFields(place: Place, lists: Arc<Lists>) -> impl IntoView {
    let i18n = use_i18n();
    let choices = Signal::derive(move || {
        let locale = i18n.get_locale();
        ServedAt::ALL.iter().map(|at| (at.key(), label(locale, "served_at", at.key()).to_owned())).collect()
    });
    let dedicated = move || place.at.with(|at| at == ServedAt::Dedicated.key());
    let posts = Signal::derive(move || {
        let open = lists.posts.iter().filter(|row| row.status != PostStatus::Closed);
        open.map(|row| (row.id.to_string(), format!("{} {}", row.code, row.name))).collect::<Vec<_>>()
    });
    let more = move || {
        dedicated().then(|| {
            view! {
                <SelectField name="post" label=move || t_string!(i18n, items.post) choices=posts value=place.post />
                <Field
                    name="reason"
                    label=move || t_string!(i18n, items.reason)
                    hint=move || t_string!(i18n, items.reason_hint)
                    value=place.reason
                />
            }
        })
    };
    view! {
        <ChoiceField name="servedAt" label=move || t_string!(i18n, items.where_served) choices value=place.at />
        {more}
    }
}

/// A new item with its window.
#[component]
pub(super) fn AddForm(lists: Arc<Lists>, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("item-add");
    let (about, place) = (About::of(None), Place::of(None));
    let submit = move || match (about.read(), place.read()) {
        (Ok(form), Ok(filled)) => {
            let ItemForm { code, name, department } = form;
            let Filled { at: served_at, post, reason } = filled;
            if state.check(Vec::new()) {
                let input = ServiceItemInput { code, name, department, served_at, post, reason };
                state.send(add_service_item::ask(input), move |_| done());
            }
        }
        (form, filled) => {
            let found = form.err().into_iter().chain(filled.err()).flatten().collect();
            state.check(found);
        }
    };
    view! {
        <Form state on_submit=submit>
            <AboutFields about lists=lists.clone() />
            <PlaceFields place lists />
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}

/// What an item is called and whose it is.
#[component]
pub(super) fn EditForm(item: Item, lists: Arc<Lists>, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("item-edit");
    let about = About::of(Some(&item));
    let (id, version) = (item.id, item.version);
    let submit = move || match about.read() {
        Ok(ItemForm { code, name, department }) => {
            state.check(Vec::new());
            let input = EditServiceItemInput { id, version, code, name, department };
            state.send(edit_service_item::ask(input), move |_| done());
        }
        Err(found) => {
            state.check(found);
        }
    };
    view! {
        <Form state on_submit=submit>
            <AboutFields about lists />
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}

/// Where an item is served from now on.
#[component]
pub(super) fn PlaceForm(item: Item, lists: Arc<Lists>, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("item-place");
    let place = Place::of(Some(&item));
    let (id, version) = (item.id, item.version);
    let submit = move || match place.read() {
        Ok(Filled { at: served_at, post, reason }) => {
            state.check(Vec::new());
            let input = PlaceServiceItemInput { id, version, served_at, post, reason };
            state.send(place_service_item::ask(input), move |_| done());
        }
        Err(found) => {
            state.check(found);
        }
    };
    view! {
        <Form state on_submit=submit>
            <PlaceFields place lists />
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}
