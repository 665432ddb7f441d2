//! Several of several.

use leptos::prelude::*;

use super::{
    field::{FieldError, Hint, describe},
    use_form,
};

/// A group of checkboxes. The value holds the keys that are ticked.
#[component]
pub fn ChecksField(
    name: &'static str,
    #[prop(into)] label: TextProp,
    #[prop(into)] choices: Signal<Vec<(&'static str, String)>>,
    value: RwSignal<Vec<&'static str>>,
    #[prop(optional, into)] hint: Option<TextProp>,
) -> impl IntoView {
    let form = use_form();
    form.name_field(name, label.clone());
    let id = form.id(name);
    let described = describe(&id, hint.is_some());
    let message = form.watch(name);
    // The first box has the field's id: that is where the summary's link leads.
    let first = id.clone();
    let boxes = move || {
        choices
            .get()
            .into_iter()
            .enumerate()
            .map(|(n, (key, text))| {
                let id = if n == 0 { first.clone() } else { format!("{first}-{key}") };
                let target = id.clone();
                let tick = move |event: leptos::ev::Event| {
                    let ticked = event_target_checked(&event);
                    value.update(|keys| {
                        keys.retain(|known| *known != key);
                        if ticked {
                            keys.push(key);
                        }
                    });
                };
                view! {
                    <label class="choice" for=target>
                        <input
                            class="choice-dot"
                            type="checkbox"
                            id=id
                            name=name
                            value=key
                            prop:checked=move || value.with(|keys| keys.contains(&key))
                            on:change=tick
                        />
                        <span>{text}</span>
                    </label>
                }
            })
            .collect_view()
    };
    view! {
        <fieldset class="field" aria-describedby=described>
            <legend class="field-label">{move || label.get()}</legend>
            <Hint id=id.clone() hint />
            <FieldError id=id message />
            <div class="choices">{boxes}</div>
        </fieldset>
    }
}
