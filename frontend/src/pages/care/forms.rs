//! Forms that begin a service: somebody came, or is to be visited.

use domain::{
    PostId, Violation,
    care::{CareMode, Contact, RecipientCategory, VisitForm},
};
use leptos::prelude::*;

use crate::{
    api::{
        care::{BookHomeVisitInput, GreetCareRecipientInput, Window, book_home_visit, greet_care_recipient},
        posts::choices,
    },
    components::{
        AsyncView,
        form::{ChoiceField, Field, FieldKind, Form, FormState, SelectField, Submit},
    },
    i18n::{label, t_string, use_i18n},
    pages::posts::forms::{PersonField, day, given, people, signal},
    time,
};

/// Which window, where there are several.
#[component]
fn WindowField(windows: Vec<Window>, value: RwSignal<String>) -> impl IntoView {
    let i18n = use_i18n();
    if let [only] = windows.as_slice() {
        value.set(only.id.to_string());
        return ().into_any();
    }
    let rows: Vec<_> = windows.into_iter().map(|row| (row.id.to_string(), row.name)).collect();
    let choices = Signal::derive(move || rows.clone());
    view! { <SelectField name="post" label=move || t_string!(i18n, care.window) choices value /> }.into_any()
}

/// Whom for: the kind, nothing more precise.
#[component]
fn CategoryField(value: RwSignal<String>) -> impl IntoView {
    let i18n = use_i18n();
    let choices = Signal::derive(move || {
        let locale = i18n.get_locale();
        let named = |c: &RecipientCategory| (c.key(), label(locale, "recipient_category", c.key()).to_owned());
        RecipientCategory::ALL.iter().map(named).collect()
    });
    view! {
        <ChoiceField
            name="category"
            label=move || t_string!(i18n, care.category)
            hint=move || t_string!(i18n, care.category_hint)
            choices
            value
        />
    }
}

fn missing(field: &'static str, is: bool) -> Option<Violation> {
    is.then(|| Violation::new(field, "form.required"))
}

/// Somebody came.
#[component]
pub(super) fn GreetForm(windows: Vec<Window>, done: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let found = LocalResource::new(choices);
    let windows = StoredValue::new(windows);
    view! {
        <AsyncView
            resource=found
            ready=move |choices| view! { <GreetFields windows=windows.get_value() people=people(&choices) done /> }
        />
    }
}

#[component]
fn GreetFields(
    windows: Vec<Window>,
    people: Vec<(domain::StaffId, String)>,
    done: impl Fn() + Copy + 'static,
) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("greet");
    let (post, category, mode, guide) = (signal(None), signal(None), signal(Some("on_site")), signal(None));
    let modes = Signal::derive(move || {
        let locale = i18n.get_locale();
        let here = CareMode::ALL.iter().filter(|mode| **mode != CareMode::HomeVisit);
        here.map(|mode| (mode.key(), label(locale, "care_mode", mode.key()).to_owned())).collect()
    });
    let submit = move || {
        let (at, kind) =
            (post.get_untracked().parse::<PostId>().ok(), RecipientCategory::from_key(&category.get_untracked()));
        let mode = CareMode::from_key(&mode.get_untracked());
        let found =
            [missing("post", at.is_none()), missing("category", kind.is_none()), missing("mode", mode.is_none())];
        if state.check(found.into_iter().flatten().collect())
            && let (Some(post), Some(category), Some(mode)) = (at, kind, mode)
        {
            let guide = guide.get_untracked().parse().ok();
            let input = GreetCareRecipientInput { post, category, mode, guide };
            state.send(greet_care_recipient::ask(input), move |_| done());
        }
    };
    view! {
        <Form state on_submit=submit>
            <WindowField windows value=post />
            <CategoryField value=category />
            <ChoiceField name="mode" label=move || t_string!(i18n, care.mode) choices=modes value=mode />
            <PersonField name="guide" label=move || t_string!(i18n, care.guide) value=guide people optional=true />
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}

/// Somebody is to be visited.
#[component]
pub(super) fn BookForm(windows: Vec<Window>, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("book");
    let (post, category, need) = (signal(None), signal(None), signal(None));
    let (name, phone, address) = (signal(None), signal(None), signal(None));
    let on = signal(time::today().succ_opt().map(|day| day.to_string()).as_deref());
    let submit = move || {
        let (at, kind) =
            (post.get_untracked().parse::<PostId>().ok(), RecipientCategory::from_key(&category.get_untracked()));
        let mut found: Vec<_> =
            [missing("post", at.is_none()), missing("category", kind.is_none())].into_iter().flatten().collect();
        let wish = day(on);
        found.extend(missing("on", wish.is_none()));
        let contact = Contact { name: given(name), phone: given(phone), address: given(address) };
        let form = VisitForm {
            category: kind.unwrap_or(RecipientCategory::Other),
            need: need.get_untracked(),
            contact: contact.clone(),
            on: wish.unwrap_or_else(time::today),
        };
        // The browser's day may be another one than the server's, which says what is past.
        found.extend(form.check(form.on));
        if state.check(found)
            && let (Some(post), Some(category), Some(on)) = (at, kind, wish)
        {
            let Contact { name, phone, address } = contact;
            let text = |text: Option<String>| text.unwrap_or_default();
            let (name, phone, address) = (text(name), text(phone), text(address));
            let input = BookHomeVisitInput { post, category, need: form.need, name, phone, address, on };
            state.send(book_home_visit::ask(input), move |_| done());
        }
    };
    view! {
        <Form state on_submit=submit>
            <WindowField windows value=post />
            <CategoryField value=category />
            <Field name="need" label=move || t_string!(i18n, care.need) value=need kind=FieldKind::Area(500) />
            <Field name="name" label=move || t_string!(i18n, care.name) value=name />
            <Field name="phone" label=move || t_string!(i18n, care.phone) value=phone kind=FieldKind::Tel />
            <Field name="address" label=move || t_string!(i18n, care.address) value=address />
            <Field name="on" label=move || t_string!(i18n, care.on) value=on kind=FieldKind::Date />
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}
