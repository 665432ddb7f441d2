//! `/desk/forms`: the forms that a city rates by, in versions; each version on a page of its own.

mod acts;
mod differences;
mod editor;
mod fields;
mod kept;
mod kinds;
pub mod page;
mod preview;

use domain::{
    evaluation::forms::{FormKind, FormStatus},
    permission::Permission,
};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

use crate::{
    api::forms::{FormVersion, StartFormVersionInput, start_form_version, versions},
    components::{
        AsyncView, Chip, Empty, Mark, PageHeading, Tone,
        form::{ErrorSummaryOf, FormState},
    },
    i18n::{Locale, label, t, t_string, td_string, use_i18n},
    session::use_session,
    time,
};

/// The page.
#[component]
pub fn Forms() -> impl IntoView {
    let i18n = use_i18n();
    let found = LocalResource::new(versions);
    let acting = FormState::new("form-act");
    let ready = move |rows: Vec<FormVersion>| {
        FormKind::ALL
            .iter()
            .map(|kind| {
                let rows = rows.iter().filter(|row| row.kind == *kind).cloned().collect();
                view! { <Kind kind=*kind rows acting /> }
            })
            .collect_view()
    };
    view! {
        <PageHeading title=move || t_string!(i18n, forms.title) />
        <p class="desk-lead">{t!(i18n, forms.lead)}</p>
        <ErrorSummaryOf state=acting />
        <AsyncView resource=found ready />
    }
}

#[component]
fn Kind(kind: FormKind, rows: Vec<FormVersion>, acting: FormState) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let navigate = use_navigate();
    let heading = format!("forms-{}", kind.key());
    let labelled_by = heading.clone();
    let none = rows.is_empty();
    let start = move |_| {
        let navigate = navigate.clone();
        acting.send(start_form_version::ask(StartFormVersionInput { kind }), move |page| {
            navigate(&format!("/desk/forms/{}", page.form.id), NavigateOptions::default());
        });
    };
    let rows = rows.into_iter().map(|row| view! { <Row row /> }).collect_view();
    view! {
        <section class="sheet" aria-labelledby=labelled_by data-kind=kind.key()>
            <h2 class="sheet-title" id=heading>{move || label(i18n.get_locale(), "form_kind", kind.key())}</h2>
            <p class="hint">{move || label(i18n.get_locale(), "form_kind_help", kind.key())}</p>
            {none.then(|| view! { <Empty text=move || t_string!(i18n, forms.none) /> })}
            <ul class="settings-list">{rows}</ul>
            {session.can(Permission::FormManage).then(|| view! {
                <button type="button" class="btn btn-outline btn-small" on:click=start>{t!(i18n, forms.start)}</button>
            })}
        </section>
    }
}

#[component]
fn Row(row: FormVersion) -> impl IntoView {
    let i18n = use_i18n();
    let FormVersion { id, kind, number, status, in_force, valid_from, edition, copied_from, changed_at, .. } = row;
    let name = move || name(i18n.get_locale(), kind, number);
    let opened = move || t_string!(i18n, forms.open, name = name());
    view! {
        <li class="person-role" data-form=format!("{}-{number}", kind.key())>
            <a class="link font-semibold" href=format!("/desk/forms/{id}") aria-label=opened>
                {move || t_string!(i18n, forms.number, n = number)}
            </a>
            <span class="person-acts">
                <Standing status in_force />
                <span class="hint">
                    {facts_line(kind_facts(valid_from, &edition, copied_from, time::date(changed_at)))}
                </span>
            </span>
        </li>
    }
}

/// What is known of a version besides its content: a caption and its value.
type Facts = Vec<(fn(Locale) -> &'static str, Value)>;

/// A value that may have to be said in words.
#[derive(Clone)]
enum Value {
    Plain(String),
    Copied(i32),
    Shipped,
}

impl Value {
    fn text(&self, locale: Locale) -> String {
        match self {
            Self::Plain(text) => text.clone(),
            Self::Copied(number) => td_string!(locale, forms.copied, n = *number),
            Self::Shipped => td_string!(locale, forms.shipped).to_owned(),
        }
    }
}

fn kind_facts(from: Option<chrono::NaiveDate>, edition: &str, copied: Option<i32>, changed: String) -> Facts {
    let mut facts: Facts = Vec::new();
    if let Some(day) = from {
        facts.push((|locale| td_string!(locale, forms.from), Value::Plain(day.to_string())));
    }
    facts.push((|locale| td_string!(locale, forms.origin), copied.map_or(Value::Shipped, Value::Copied)));
    facts.push((|locale| td_string!(locale, forms.edition), Value::Plain(edition.to_owned())));
    facts.push((|locale| td_string!(locale, forms.changed), Value::Plain(changed)));
    facts
}

fn facts_line(facts: Facts) -> impl Fn() -> String + Send + 'static {
    let i18n = use_i18n();
    move || {
        let locale = i18n.get_locale();
        let colon = td_string!(locale, common.colon);
        let parts: Vec<_> =
            facts.iter().map(|(name, value)| format!("{}{colon}{}", name(locale), value.text(locale))).collect();
        parts.join(td_string!(locale, common.separator))
    }
}

/// What a version is called.
fn name(locale: Locale, kind: FormKind, number: i32) -> String {
    td_string!(locale, forms.heading, kind = label(locale, "form_kind", kind.key()), n = number)
}

/// Where a version is in its life.
#[component]
fn Standing(status: FormStatus, in_force: bool) -> impl IntoView {
    let i18n = use_i18n();
    let (tone, mark) = match status {
        FormStatus::Draft => (Tone::Active, Mark::Note),
        FormStatus::Published => (Tone::Plain, Mark::Lock),
        FormStatus::Retired | FormStatus::Withdrawn => (Tone::Still, Mark::Close),
    };
    view! {
        <Chip tone mark text=move || label(i18n.get_locale(), "form_status", status.key()) />
        {in_force.then(|| view! { <Chip tone=Tone::Good mark=Mark::Check text=move || t_string!(i18n, forms.in_force) /> })}
    }
}
