//! Setting up an authenticator: scan or type, show a code, keep the recovery codes.

use leptos::prelude::*;

use super::required;
use crate::{
    api::{
        account::{
            BeginSecondFactorInput, CodeInput, NewSecondFactor, SecondFactorSet, begin_second_factor,
            finish_second_factor,
        },
        tenancy::Viewer,
    },
    components::{
        AsyncView, CopyButton, Icon, Mark, Qr,
        form::{Field, FieldKind, Form, FormState, Submit},
    },
    dom,
    i18n::{t, t_string, use_i18n},
};

/// All of it. `begun` is known already where the password had to be shown first.
#[component]
pub fn Enrol(#[prop(optional_no_strip)] begun: Option<NewSecondFactor>, answered: Callback<Viewer>) -> impl IntoView {
    let factor = LocalResource::new(move || {
        let begun = begun.clone();
        async move {
            match begun {
                Some(factor) => Ok(factor),
                None => begin_second_factor::ask(BeginSecondFactorInput { password: None }).await,
            }
        }
    });
    let set = RwSignal::new(None::<SecondFactorSet>);
    move || match set.get() {
        Some(SecondFactorSet { recovery_codes, viewer }) => {
            view! { <RecoveryCodes codes=recovery_codes kept=move || answered.run(viewer.clone()) /> }.into_any()
        }
        None => view! { <AsyncView resource=factor ready=move |factor| view! { <Scan factor set /> } /> }.into_any(),
    }
}

#[component]
fn Scan(factor: NewSecondFactor, set: RwSignal<Option<SecondFactorSet>>) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("enrol");
    let code = RwSignal::new(String::new());
    let submit = move || {
        let code = code.get_untracked().trim().to_owned();
        if state.check(required("code", &code)) {
            state.send(finish_second_factor::ask(CodeInput { code }), move |answer| set.set(Some(answer)));
        }
    };
    let NewSecondFactor { secret, uri, picture } = factor;
    view! {
        <ol class="steps">
            <li>
                <p>{t!(i18n, desk.steps.scan)}</p>
                <Qr rows=picture label=move || t_string!(i18n, desk.steps.picture) />
                // Leads to a program, not to a page.
                <a class="link" href=uri rel="external">{t!(i18n, desk.steps.same_device)}</a>
                <details>
                    <summary class="link">{t!(i18n, desk.steps.type_it)}</summary>
                    <p class="secret">{groups(&secret)}</p>
                </details>
            </li>
            <li>
                <p>{t!(i18n, desk.steps.show_code)}</p>
                <Form state on_submit=submit>
                    <Field
                        name="code"
                        label=move || t_string!(i18n, desk.steps.code)
                        value=code
                        kind=FieldKind::Code
                        autocomplete="one-time-code"
                    />
                    <Submit label=move || t_string!(i18n, desk.steps.finish) />
                </Form>
            </li>
        </ol>
    }
}

#[component]
fn RecoveryCodes(codes: Vec<String>, #[prop(into)] kept: Callback<()>) -> impl IntoView {
    const HEADING: &str = "recovery-codes";
    let i18n = use_i18n();
    let text = codes.join("\n");
    // The form that had the focus is gone.
    request_animation_frame(|| dom::focus(HEADING));
    view! {
        <div class="grid gap-4">
            <h2 class="sheet-title" id=HEADING tabindex="-1">{t!(i18n, desk.steps.recovery_title)}</h2>
            <p>{t!(i18n, desk.steps.recovery_lead)}</p>
            <ul class="recovery">{codes.into_iter().map(|code| view! { <li>{code}</li> }).collect_view()}</ul>
            <div class="no-print flex flex-wrap gap-3">
                <CopyButton text class="btn btn-outline" />
                <button type="button" class="btn btn-outline" on:click=move |_| { let _ = window().print(); }>
                    <Icon mark=Mark::Print />
                    {t!(i18n, desk.steps.print)}
                </button>
            </div>
            <button type="button" class="btn btn-primary no-print" on:click=move |_| kept.run(())>
                {t!(i18n, desk.steps.kept)}
            </button>
        </div>
    }
}

/// In fours, for the eye.
fn groups(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    letters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}
