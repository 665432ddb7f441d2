//! A new password instead of the present one.

use leptos::prelude::*;

use super::required;
use crate::{
    api::{
        account::{ChangePasswordInput, change_password},
        tenancy::Viewer,
    },
    components::form::{Form, FormState, NewPassword, NewPasswordFields, PasswordField, Submit},
    i18n::{t_string, use_i18n},
};

/// The form.
#[component]
pub fn ChangePassword(answered: Callback<Viewer>) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("password");
    let current = RwSignal::new(String::new());
    let new = NewPassword::new();
    let submit = move || {
        let current = current.get_untracked();
        let mut found = required("current", &current);
        found.extend(new.check());
        if state.check(found) {
            let input = ChangePasswordInput { current, password: new.get() };
            state.send(change_password::ask(input), move |viewer| answered.run(viewer));
        }
    };
    view! {
        <Form state on_submit=submit>
            <PasswordField name="current" label=move || t_string!(i18n, desk.password.current) value=current />
            <NewPasswordFields value=new />
            <Submit label=move || t_string!(i18n, desk.password.change) />
        </Form>
    }
}
