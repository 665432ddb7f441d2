//! Five faces with words, from very satisfied to very dissatisfied. Nothing is chosen beforehand.

use leptos::prelude::*;

use crate::components::form::{FieldError, use_form};

/// From the best level to the worst.
const MOUTHS: [&str; 5] = [
    "M9 18q7 9 14 0Z",
    "M10 19.5q6 5 12 0",
    "M11 21h10",
    "M10.5 22.5q5.5-4.5 11 0",
    "M9.5 24q6.5-8 13 0M8.5 10l4 1.5M23.5 10l-4 1.5",
];

/// The question, and a face for each of five levels.
#[component]
pub(super) fn Faces(
    name: &'static str,
    #[prop(into)] question: TextProp,
    /// Each level's key, and its name in the present language; the best first.
    levels: Vec<(&'static str, TextProp)>,
    value: RwSignal<String>,
) -> impl IntoView {
    let form = use_form();
    form.name_field(name, question.clone());
    let message = form.watch(name);
    let id = form.id(name);
    let faces = levels.into_iter().zip(MOUTHS).enumerate().map(|(n, ((key, word), mouth))| {
        // The first face has the field's id: that is where the summary's link leads.
        let id = if n == 0 { id.clone() } else { format!("{id}-{key}") };
        view! {
            <label class="face">
                <input
                    class="sr-only"
                    type="radio"
                    id=id
                    name=name
                    value=key
                    prop:checked=move || value.with(|value| value == key)
                    on:change=move |_| value.set(key.to_owned())
                />
                <svg viewBox="0 0 32 32" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" aria-hidden="true">
                    <circle cx="16" cy="16" r="13"></circle>
                    <path d="M11 12.5v1M21 12.5v1"></path>
                    <path d=mouth></path>
                </svg>
                <span>{move || word.get()}</span>
            </label>
        }
    });
    let faces = faces.collect_view();
    view! {
        <fieldset class="field" aria-describedby=format!("{id}-error")>
            <legend class="field-label mb-2">{move || question.get()}</legend>
            <FieldError id=id.clone() message />
            <div class="faces">{faces}</div>
        </fieldset>
    }
}
