//! What is asked after a password, on the page where it was typed: a code, setting up an authenticator, a new password.

mod change_password;
mod enrol;

use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

pub use self::{change_password::ChangePassword, enrol::Enrol};
use crate::{
    api::{
        account::{CodeInput, confirm_second_factor},
        tenancy::{SignInStep, Viewer},
    },
    components::{
        PageHeading,
        form::{Field, FieldKind, Form, FormState, Submit},
    },
    i18n::{t, t_string, use_i18n},
    session::use_session,
};

/// Takes each answer to a step: shows the next one, or goes to `next` when nothing is asked any more.
pub fn answers(
    asked: RwSignal<Option<SignInStep>>,
    next: impl Fn() -> String + Send + Sync + 'static,
) -> Callback<Viewer> {
    let session = use_session();
    let navigate = use_navigate();
    Callback::new(move |viewer: Viewer| match viewer.asked {
        Some(step) => asked.set(Some(step)),
        None => {
            session.set(Some(viewer));
            navigate(&untrack(&next), NavigateOptions { replace: true, ..NavigateOptions::default() });
        }
    })
}

/// One step.
#[component]
pub fn Step(
    /// Which.
    step: SignInStep,
    /// What follows.
    answered: Callback<Viewer>,
) -> impl IntoView {
    match step {
        SignInStep::SecondFactor => view! { <Code answered /> }.into_any(),
        SignInStep::Enrolment => view! { <Enrolment answered /> }.into_any(),
        SignInStep::NewPassword => view! { <Worn answered /> }.into_any(),
    }
}

#[component]
fn Code(answered: Callback<Viewer>) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("factor");
    let code = RwSignal::new(String::new());
    // A phone's keys for digits have no letters, which recovery codes are made of.
    let on_paper = RwSignal::new(false);
    let submit = move || {
        let code = code.get_untracked().trim().to_owned();
        if state.check(required("code", &code)) {
            state.send(confirm_second_factor::ask(CodeInput { code }), move |viewer| answered.run(viewer));
        }
    };
    view! {
        <PageHeading title=move || t_string!(i18n, desk.steps.code_title) />
        <p class="desk-lead">{t!(i18n, desk.steps.code_lead)}</p>
        <div class="sheet">
            <Form state on_submit=submit>
                {move || if on_paper.get() {
                    view! { <Field name="code" label=move || t_string!(i18n, desk.steps.recovery) value=code /> }
                        .into_any()
                } else {
                    view! {
                        <Field
                            name="code"
                            label=move || t_string!(i18n, desk.steps.code)
                            value=code
                            kind=FieldKind::Code
                            autocomplete="one-time-code"
                        />
                    }
                        .into_any()
                }}
                <Submit label=move || t_string!(i18n, desk.steps.go_on) />
            </Form>
            <button type="button" class="btn btn-ghost" on:click=move |_| on_paper.update(|paper| *paper = !*paper)>
                {move || if on_paper.get() { t_string!(i18n, desk.steps.use_code) } else { t_string!(i18n, desk.steps.use_recovery) }}
            </button>
        </div>
        <p class="hint">{t!(i18n, desk.steps.code_lost)}</p>
    }
}

#[component]
fn Enrolment(answered: Callback<Viewer>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <PageHeading title=move || t_string!(i18n, desk.steps.enrol_title) />
        <p class="desk-lead">{t!(i18n, desk.steps.enrol_lead)}</p>
        <div class="sheet">
            <Enrol begun=None answered />
        </div>
    }
}

#[component]
fn Worn(answered: Callback<Viewer>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <PageHeading title=move || t_string!(i18n, desk.steps.worn_title) />
        <p class="desk-lead">{t!(i18n, desk.steps.worn_lead)}</p>
        <div class="sheet">
            <ChangePassword answered />
        </div>
    }
}

/// The broken rule of a field that was left empty.
pub fn required(field: &'static str, text: &str) -> Vec<domain::Violation> {
    if text.is_empty() { vec![domain::Violation::new(field, "form.required")] } else { Vec::new() }
}
