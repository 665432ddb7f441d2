//! A password: one field with a way to look at it, or a new one typed twice.

use domain::Violation;
use leptos::prelude::*;

use super::{
    field::{FieldError, Hint, describe},
    use_form,
};
use crate::{
    components::{Icon, Mark},
    i18n::{t_string, td_string, use_i18n},
};

/// A password that can be shown while it is typed: on a phone nobody types fifteen characters blindly.
#[component]
pub fn PasswordField(
    name: &'static str,
    #[prop(into)] label: TextProp,
    value: RwSignal<String>,
    #[prop(default = "current-password")] autocomplete: &'static str,
    #[prop(optional, into)] hint: Option<TextProp>,
) -> impl IntoView {
    let i18n = use_i18n();
    let form = use_form();
    form.name_field(name, label.clone());
    let id = form.id(name);
    let described = describe(&id, hint.is_some());
    let message = form.watch(name);
    let shown = RwSignal::new(false);
    let named = label.clone();
    let toggle_name = move || {
        let locale = i18n.get_locale();
        let verb = if shown.get() { t_string!(i18n, desk.password.hide) } else { t_string!(i18n, desk.password.show) };
        format!("{verb}{}{}", td_string!(locale, common.colon), named.get())
    };
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>{move || label.get()}</label>
            <Hint id=id.clone() hint />
            <FieldError id=id.clone() message />
            <div class="with-button">
                <input
                    class="input-line"
                    id=id
                    name=name
                    type=move || if shown.get() { "text" } else { "password" }
                    required=true
                    autocomplete=autocomplete
                    autocapitalize="none"
                    spellcheck="false"
                    aria-describedby=described
                    aria-invalid=move || message.with(Option::is_some).then_some("true")
                    prop:value=move || value.get()
                    on:input=move |event| value.set(event_target_value(&event))
                />
                <button type="button" class="btn btn-outline" aria-label=toggle_name on:click=move |_| shown.update(|shown| *shown = !*shown)>
                    <Icon mark=Mark::Eye />
                    {move || if shown.get() { t_string!(i18n, desk.password.hide) } else { t_string!(i18n, desk.password.show) }}
                </button>
            </div>
        </div>
    }
}

/// A new password, typed twice.
#[derive(Clone, Copy)]
pub struct NewPassword {
    first: RwSignal<String>,
    again: RwSignal<String>,
}

impl NewPassword {
    /// Nothing typed yet.
    pub fn new() -> Self {
        Self { first: RwSignal::new(String::new()), again: RwSignal::new(String::new()) }
    }

    /// The password.
    pub fn get(self) -> String {
        self.first.get_untracked()
    }

    /// What is wrong before the server is asked.
    pub fn check(self) -> Vec<Violation> {
        let (first, again) = (self.first.get_untracked(), self.again.get_untracked());
        if first.is_empty() {
            vec![Violation::new("password", "form.required")]
        } else if first == again {
            Vec::new()
        } else {
            vec![Violation::new("again", "password.differ")]
        }
    }
}

/// The two fields of a new password, with what is asked of it.
#[component]
pub fn NewPasswordFields(
    value: NewPassword,
    /// Characters at least, where the server said so.
    #[prop(optional_no_strip)]
    shortest: Option<i32>,
    #[prop(optional)] three_kinds: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let hint = move || {
        let length = shortest.map(|min| t_string!(i18n, desk.password.shortest, min = min)).unwrap_or_default();
        let kinds = if three_kinds { t_string!(i18n, desk.password.three_kinds) } else { "" };
        format!("{length}{kinds}{}", t_string!(i18n, desk.password.advice))
    };
    view! {
        <PasswordField
            name="password"
            label=move || t_string!(i18n, desk.password.new)
            value=value.first
            autocomplete="new-password"
            hint=hint
        />
        <PasswordField
            name="again"
            label=move || t_string!(i18n, desk.password.again)
            value=value.again
            autocomplete="new-password"
        />
    }
}
