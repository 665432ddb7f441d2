//! One of several: as buttons side by side, or as a list to open.

use leptos::prelude::*;

use super::{
    field::{FieldError, Hint, describe},
    use_form,
};
use crate::i18n::{t, use_i18n};

/// What can be chosen: stored value and its name in the present language.
type Choices = Signal<Vec<(&'static str, String)>>;

/// A group of radio buttons, large enough for a thumb. Nothing is chosen beforehand.
#[component]
pub fn ChoiceField(
    name: &'static str,
    #[prop(into)] label: TextProp,
    #[prop(into)] choices: Choices,
    value: RwSignal<String>,
    #[prop(optional, into)] hint: Option<TextProp>,
    #[prop(optional)] optional: bool,
) -> impl IntoView {
    let form = use_form();
    let i18n = use_i18n();
    form.name_field(name, label.clone());
    let id = form.id(name);
    let described = describe(&id, hint.is_some());
    let message = form.watch(name);
    // The first button has the field's id: that is where the summary's link leads.
    let first = id.clone();
    let buttons = move || {
        choices
            .get()
            .into_iter()
            .enumerate()
            .map(|(n, (key, text))| {
                let id = if n == 0 { first.clone() } else { format!("{first}-{key}") };
                let target = id.clone();
                view! {
                    <label class="choice" for=target>
                        <input
                            class="choice-dot"
                            type="radio"
                            id=id
                            name=name
                            value=key
                            prop:checked=move || value.with(|v| v == key)
                            on:change=move |_| value.set(key.to_owned())
                        />
                        <span>{text}</span>
                    </label>
                }
            })
            .collect_view()
    };
    view! {
        <fieldset class="field" aria-describedby=described>
            <legend class="field-label">
                {move || label.get()}
                {optional.then(|| view! { <span class="field-optional">{t!(i18n, common.optional)}</span> })}
            </legend>
            <Hint id=id.clone() hint />
            <FieldError id=id message />
            <div class="choices">{buttons}</div>
        </fieldset>
    }
}

/// A drop-down list; its first line, with an empty value, chooses nothing.
#[component]
pub fn SelectField(
    #[prop(into)] name: String,
    #[prop(into)] label: TextProp,
    #[prop(into)] choices: Signal<Vec<(String, String)>>,
    value: RwSignal<String>,
    #[prop(optional, into)] hint: Option<TextProp>,
    #[prop(optional)] optional: bool,
) -> impl IntoView {
    let form = use_form();
    let i18n = use_i18n();
    form.name_field(name.clone(), label.clone());
    let id = form.id(&name);
    let described = describe(&id, hint.is_some());
    let message = form.watch(name.clone());
    let options = move || {
        choices
            .get()
            .into_iter()
            .map(|(key, text)| {
                let selected = value.with_untracked(|v| *v == key);
                view! { <option value=key selected=selected>{text}</option> }
            })
            .collect_view()
    };
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>
                {move || label.get()}
                {optional.then(|| view! { <span class="field-optional">{t!(i18n, common.optional)}</span> })}
            </label>
            <Hint id=id.clone() hint />
            <FieldError id=id.clone() message />
            <select
                class="input-line"
                id=id
                name=name
                required=!optional
                aria-describedby=described
                aria-invalid=move || message.with(Option::is_some).then_some("true")
                prop:value=move || value.get()
                on:change=move |event| value.set(event_target_value(&event))
            >
                <option value="">{t!(i18n, common.choose)}</option>
                {options}
            </select>
        </div>
    }
}
