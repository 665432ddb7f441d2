//! One labelled input with its hint and its error.

use leptos::prelude::*;

use super::use_form;
use crate::{
    components::{Icon, Mark},
    i18n::{t, t_string, use_i18n},
};

/// What is typed into a field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FieldKind {
    /// One line.
    #[default]
    Text,
    /// Several lines, at most this many characters; the count is shown.
    Area(usize),
    /// A day.
    Date,
    /// A phone number.
    Tel,
    /// A whole number.
    Number,
    /// A password.
    Password,
    /// Digits of an authenticator; a recovery code fits too.
    Code,
}

impl FieldKind {
    const fn input_type(self) -> &'static str {
        match self {
            Self::Text | Self::Area(_) | Self::Code => "text",
            Self::Date => "date",
            Self::Tel => "tel",
            Self::Number => "number",
            Self::Password => "password",
        }
    }

    // The type alone does not bring up the keys for a text that is mostly digits.
    const fn input_mode(self) -> Option<&'static str> {
        match self {
            Self::Code => Some("numeric"),
            _ => None,
        }
    }
}

/// A labelled text input. `name` is the camelCase input field, so that violations find it.
#[component]
pub fn Field(
    #[prop(into)] name: String,
    #[prop(into)] label: TextProp,
    value: RwSignal<String>,
    #[prop(optional)] kind: FieldKind,
    #[prop(optional, into)] hint: Option<TextProp>,
    /// Says so beside the label; without it the field is required.
    #[prop(optional)]
    optional: bool,
    #[prop(default = "off")] autocomplete: &'static str,
    /// The latest day or highest number.
    #[prop(optional, into)]
    max: Option<String>,
) -> impl IntoView {
    let form = use_form();
    let i18n = use_i18n();
    form.name_field(name.clone(), label.clone());
    let id = form.id(&name);
    let described = describe(&id, hint.is_some());
    let message = form.watch(name.clone());
    let invalid = move || message.with(Option::is_some).then_some("true");
    let input = match kind {
        FieldKind::Area(_) => view! {
            <textarea
                class="input-area"
                id=id.clone()
                name=name
                rows="5"
                required=!optional
                aria-describedby=described
                aria-invalid=invalid
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            ></textarea>
        }
        .into_any(),
        _ => view! {
            <input
                class="input-line"
                id=id.clone()
                name=name
                type=kind.input_type()
                inputmode=kind.input_mode()
                required=!optional
                autocomplete=autocomplete
                max=max
                aria-describedby=described
                aria-invalid=invalid
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            />
        }
        .into_any(),
    };
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>
                {move || label.get()}
                {optional.then(|| view! { <span class="field-optional">{t!(i18n, common.optional)}</span> })}
            </label>
            <Hint id=id.clone() hint />
            <FieldError id=id message />
            {input}
            {match kind {
                FieldKind::Area(max) => Some(view! { <Count value max /> }),
                _ => None,
            }}
        </div>
    }
}

/// The ids of the texts that explain a field. Both may be absent from the document: then they say nothing.
pub(super) fn describe(id: &str, hint: bool) -> String {
    if hint { format!("{id}-hint {id}-error") } else { format!("{id}-error") }
}

/// The hint of a field.
#[component]
pub(super) fn Hint(id: String, hint: Option<TextProp>) -> impl IntoView {
    hint.map(|hint| view! { <p class="hint" id=format!("{id}-hint")>{move || hint.get()}</p> })
}

/// The error of a field.
#[component]
pub fn FieldError(id: String, message: Memo<Option<String>>) -> impl IntoView {
    move || {
        message.get().map(|text| {
            view! {
                <p class="field-error" id=format!("{id}-error")>
                    <Icon mark=Mark::Alert />
                    {text}
                </p>
            }
        })
    }
}

#[component]
fn Count(value: RwSignal<String>, max: usize) -> impl IntoView {
    let i18n = use_i18n();
    let used = move || value.with(|text| text.trim().chars().count());
    view! {
        <p class="hint text-right tabular-nums" class:text-error=move || { used() > max }>
            {move || t_string!(i18n, common.characters, used = used(), max = max)}
        </p>
    }
}
