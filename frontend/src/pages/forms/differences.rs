//! What one version of a form has that another has not.

use domain::evaluation::forms::{Change, ChangeKind, Fact, FormContent, FormField, diff};
use leptos::prelude::*;

use super::name;
use crate::{
    api::forms::{FormVersion, version, versions},
    components::{AsyncView, Chip, Mark, Tone},
    i18n::{Locale, label, label_of, pick, t, td_string, use_i18n},
};

/// What differs from another version of the kind: at first from the one that it is a copy of, or else the one before.
#[component]
pub(super) fn Compared(form: FormVersion, shown: Signal<Option<FormContent>>) -> impl IntoView {
    let i18n = use_i18n();
    let FormVersion { id, kind, number, copied_from, .. } = form;
    let found = LocalResource::new(move || async move {
        let mut others = versions().await?;
        others.retain(|other| other.kind == kind && other.id != id);
        Ok(others)
    });
    let ready = move |others: Vec<FormVersion>| {
        let copied = others.iter().find(|other| Some(other.number) == copied_from);
        let before = others.iter().find(|other| other.number < number);
        let Some(first) = copied.or(before).or(others.first()).map(|other| other.id) else {
            return view! { <p class="hint">{t!(i18n, forms.only)}</p> }.into_any();
        };
        let chosen = RwSignal::new(first);
        let options = others.into_iter().map(|other| {
            view! {
                <option value=other.id.to_string() selected=other.id == first>
                    {move || name(i18n.get_locale(), kind, other.number)}
                </option>
            }
        });
        let choose = move |event| {
            if let Ok(id) = event_target_value(&event).parse() {
                chosen.set(id);
            }
        };
        let old = LocalResource::new(move || version(chosen.get()));
        view! {
            <div class="field">
                <label class="field-label" for="form-other">{t!(i18n, forms.other)}</label>
                <select class="input-line" id="form-other" on:change=choose>{options.collect_view()}</select>
            </div>
            <AsyncView resource=old ready=move |page| view! { <Differences old=page.content new=shown /> } />
        }
        .into_any()
    };
    view! {
        <section class="sheet" aria-labelledby="form-diff">
            <h2 class="sheet-title" id="form-diff">{t!(i18n, forms.diff)}</h2>
            <AsyncView resource=found ready />
        </section>
    }
}

/// Line by line, each with what it was and what it is.
#[component]
pub(super) fn Differences(old: FormContent, new: Signal<Option<FormContent>>) -> impl IntoView {
    let i18n = use_i18n();
    let changes = Memo::new(move |_| new.with(|new| new.as_ref().map(|new| diff(&old, new)).unwrap_or_default()));
    move || {
        let changes = changes.get();
        if changes.is_empty() {
            return view! { <p>{t!(i18n, forms.diff_none)}</p> }.into_any();
        }
        let lines = changes.into_iter().map(|change| view! { <Line change /> });
        view! { <ul class="grid gap-4">{lines.collect_view()}</ul> }.into_any()
    }
}

#[component]
fn Line(change: Change) -> impl IntoView {
    let i18n = use_i18n();
    let Change { part, code, title, kind, facts } = change;
    let (tone, mark) = match kind {
        ChangeKind::Added => (Tone::Good, Mark::Plus),
        ChangeKind::Removed => (Tone::Bad, Mark::Close),
        ChangeKind::Changed => (Tone::Active, Mark::Note),
    };
    let shown = code.clone();
    // A channel has no text but its name.
    let named = move || {
        let locale = i18n.get_locale();
        let text = pick(locale, &title.zh, &title.en);
        let text = if text.is_empty() && !shown.is_empty() { label_of(locale, "rating_channel", &shown) } else { text };
        let part = label(locale, "form_part", part.key());
        if text.is_empty() { part.to_owned() } else { format!("{part}{}{text}", td_string!(locale, common.colon)) }
    };
    let facts = facts.into_iter().map(|fact| view! { <Values fact /> }).collect_view();
    view! {
        <li class="grid gap-2" data-change=code data-how=kind.key()>
            <p class="flex flex-wrap items-center gap-2">
                <Chip tone mark text=move || label(i18n.get_locale(), "change_kind", kind.key()) />
                <span class="min-w-0 font-semibold">{named}</span>
            </p>
            <dl class="desk-facts">{facts}</dl>
        </li>
    }
}

#[component]
fn Values(fact: Fact) -> impl IntoView {
    let i18n = use_i18n();
    let Fact { field, old, new } = fact;
    let both = old.is_some() && new.is_some();
    let say = move |value: String| move || said(i18n.get_locale(), field, &value);
    view! {
        <dt>{move || label(i18n.get_locale(), "form_field", field.key())}</dt>
        <dd>
            {old.map(|value| view! { <del>{say(value)}</del> })}
            {both.then_some(" → ")}
            {new.map(|value| view! { <ins class="font-semibold no-underline">{say(value)}</ins> })}
        </dd>
    }
}

/// A value in words, where it is a key.
fn said(locale: Locale, field: FormField, value: &str) -> String {
    match (field, value) {
        (_, "") => td_string!(locale, forms.nothing).to_owned(),
        (FormField::Veto | FormField::Evidence, "true") => td_string!(locale, forms.yes).to_owned(),
        (FormField::Veto | FormField::Evidence, _) => td_string!(locale, forms.no).to_owned(),
        (FormField::Source, key) => label_of(locale, "form_source", key),
        (_, value) => value.to_owned(),
    }
}
