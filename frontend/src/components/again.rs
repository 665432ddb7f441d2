//! Asks for the password again where the server wants it shown before something weighty. Whatever asked goes on by
//! itself: its page keeps what was typed, and sees nothing but a slower answer.

use leptos::prelude::*;

use crate::{
    api::{
        account::{ReauthenticateInput, reauthenticate},
        on_reauthenticate, reauthenticated,
    },
    components::{
        Dialog,
        form::{Field, Form, FormState, PasswordField, Submit},
    },
    i18n::{t, t_string, use_i18n},
    pages::steps::required,
};

/// The dialog, once for all pages of the desk.
#[component]
pub fn ShowAgain() -> impl IntoView {
    let i18n = use_i18n();
    let open = RwSignal::new(false);
    let second_factor = RwSignal::new(false);
    on_reauthenticate(move |with_code| {
        // The frame may have gone meanwhile: then nobody is asked, and the request is refused.
        second_factor.try_set(with_code).is_none() && open.try_set(true).is_none()
    });
    // Closed without a password: the request is refused.
    Effect::new(move |was: Option<bool>| {
        let shown = open.get();
        if was == Some(true) && !shown {
            reauthenticated(false);
        }
        shown
    });
    on_cleanup(|| reauthenticated(false));
    view! {
        <Dialog id="again" open title=move || t_string!(i18n, desk.again.title)>
            <Again open with_code=second_factor.get() />
        </Dialog>
    }
}

#[component]
fn Again(open: RwSignal<bool>, with_code: bool) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("again");
    let current = RwSignal::new(String::new());
    let code = RwSignal::new(String::new());
    let submit = move || {
        let (password, code) = (current.get_untracked(), code.get_untracked().trim().to_owned());
        let mut found = required("current", &password);
        if with_code {
            found.extend(required("code", &code));
        }
        if state.check(found) {
            let input = ReauthenticateInput { password, code: with_code.then_some(code) };
            state.send(reauthenticate::ask(input), move |_| {
                reauthenticated(true);
                open.set(false);
            });
        }
    };
    view! {
        <p>{t!(i18n, desk.again.lead)}</p>
        <Form state on_submit=submit>
            <PasswordField name="current" label=move || t_string!(i18n, desk.password.current) value=current />
            // Letters too: a recovery code also counts.
            {with_code
                .then(|| {
                    view! {
                        <Field
                            name="code"
                            label=move || t_string!(i18n, desk.again.code)
                            value=code
                            autocomplete="one-time-code"
                        />
                    }
                })}
            <Submit label=move || t_string!(i18n, desk.steps.go_on) />
        </Form>
    }
}
