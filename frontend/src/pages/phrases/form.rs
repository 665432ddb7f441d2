//! A phrase, new or changed.

use domain::{
    Violation,
    phrases::{self, PhraseCategory, PhraseKind},
    settings::EntryStatus,
};
use leptos::prelude::*;

use crate::{
    api::phrases::{EditPhraseInput, Phrase, PhraseInput, add_phrase, edit_phrase},
    components::form::{ChoiceField, Field, Form, FormState, SelectField, Submit},
    i18n::{label, t_string, use_i18n},
    pages::posts::forms::{given, signal},
};

#[component]
pub(super) fn PhraseForm(phrase: Option<Phrase>, all: Vec<Phrase>, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("phrase-form");
    let was = phrase.as_ref();
    let kind = signal(was.map(|row| row.kind.key()));
    let category = signal(was.map(|row| row.category.key()));
    let text = signal(was.map(|row| row.text.as_str()));
    let situation = signal(was.and_then(|row| row.situation.as_deref()));
    let source = signal(was.and_then(|row| row.source.as_deref()));
    let instead = was.and_then(|row| row.replacement_for).map(|id| id.to_string());
    let instead = signal(instead.as_deref());
    let kinds = Signal::derive(move || {
        let locale = i18n.get_locale();
        let named = |one: &PhraseKind| (one.key(), label(locale, "phrase_kind", one.key()).to_owned());
        PhraseKind::ALL.iter().map(named).collect()
    });
    let categories = Signal::derive(move || {
        let locale = i18n.get_locale();
        let named = |one: &PhraseCategory| (one.key(), label(locale, "phrase_category", one.key()).to_owned());
        PhraseCategory::ALL.iter().map(named).collect()
    });
    let kept = instead.get_untracked();
    let bad = all.into_iter().filter(move |row| {
        row.kind == PhraseKind::Forbidden && (row.status == EntryStatus::Active || row.id.to_string() == kept)
    });
    let bad: Vec<_> = bad.map(|row| (row.id.to_string(), row.text)).collect();
    let forbidden = Signal::derive(move || bad.clone());
    let is_new = phrase.is_none();
    let seen = was.map(|row| (row.id, row.version, row.kind));
    let submit = move || {
        let chosen = (
            seen.map(|(.., kind)| kind).or_else(|| PhraseKind::from_key(&kind.get_untracked())),
            PhraseCategory::from_key(&category.get_untracked()),
        );
        let needed = |field, missing: bool| missing.then(|| Violation::new(field, "form.required"));
        let mut found: Vec<_> = [needed("kind", chosen.0.is_none()), needed("category", chosen.1.is_none())]
            .into_iter()
            .flatten()
            .collect();
        let form = phrases::PhraseForm {
            kind: chosen.0.unwrap_or(PhraseKind::Civil),
            category: chosen.1.unwrap_or(PhraseCategory::Reception),
            text: text.get_untracked().trim().to_owned(),
            situation: given(situation),
            replacement_for: instead.get_untracked().parse().ok(),
            source: given(source),
        };
        found.extend(form.check(None, form.replacement_for.map(|_| PhraseKind::Forbidden)));
        if !state.check(found) {
            return;
        }
        let phrases::PhraseForm { kind, category, text, situation, replacement_for, source } = form;
        match seen {
            Some((id, version, _)) => {
                let input = EditPhraseInput { id, version, kind, category, text, situation, replacement_for, source };
                state.send(edit_phrase::ask(input), move |_| done());
            }
            None => {
                let input = PhraseInput { kind, category, text, situation, replacement_for, source };
                state.send(add_phrase::ask(input), move |_| done());
            }
        }
    };
    let fields = move || {
        view! {
            {is_new.then(|| view! {
                <ChoiceField name="kind" label=move || t_string!(i18n, phrases.form.kind) choices=kinds value=kind />
            })}
            <ChoiceField name="category" label=move || t_string!(i18n, phrases.form.category) choices=categories value=category />
            <Field name="text" label=move || t_string!(i18n, phrases.form.text) value=text />
            <Field name="situation" label=move || t_string!(i18n, phrases.form.situation) value=situation optional=true />
            <SelectField
                name="replacementFor"
                label=move || t_string!(i18n, phrases.form.replaces)
                hint=move || t_string!(i18n, phrases.form.replaces_hint)
                choices=forbidden
                value=instead
                optional=true
            />
            <Field name="source" label=move || t_string!(i18n, phrases.form.source) value=source optional=true />
        }
    };
    // Made inside of the form, which they look for.
    view! {
        <Form state on_submit=submit>
            {fields()}
            <Submit label=move || t_string!(i18n, phrases.form.save) />
        </Form>
    }
}
