//! `/desk/invitation#TOKEN`: taking up a one-time link. The token travels in the fragment, which no browser sends, and
//! leaves the address as soon as it is read.

use domain::identity::InvitationKind;
use leptos::{ev, leptos_dom::helpers::window_event_listener, prelude::*};
use wasm_bindgen::JsValue;

use super::steps::{Step, answers, required};
use crate::{
    api::{
        ApiError,
        account::{AcceptInvitationInput, InvitationInput, OpenedInvitation, accept_invitation, open_invitation},
        tenancy::Viewer,
    },
    components::{
        PageHeading, Problem,
        form::{Form, FormState, NewPassword, NewPasswordFields, PasswordField, Submit},
        layout::staff::{DoorLayout, place_name, use_demo_data},
    },
    dom::Keep,
    i18n::{error_text, t, t_string, use_i18n},
};

const KEPT: &str = "gangping.invitation";
const INVALID: &str = "invitation.invalid";
const NOT_YET: &str = "invitation.not_yet";

/// The token of the address, or of the page before a reload. The tab forgets it when it was used.
fn token() -> Option<String> {
    let hash = window().location().hash().unwrap_or_default();
    let token = hash.trim_start_matches('#');
    if token.is_empty() {
        return Keep::Tab.get(KEPT);
    }
    Keep::Tab.set(KEPT, token);
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some("/desk/invitation"));
    }
    Some(token.to_owned())
}

/// The page.
#[component]
pub fn Invitation() -> impl IntoView {
    let demo = use_demo_data();
    let held = RwSignal::new(token());
    // A second link pasted over the first loads no page anew.
    let pasted = window_event_listener(ev::hashchange, move |_| held.set(token()));
    on_cleanup(move || pasted.remove());
    let opened = LocalResource::new(move || {
        let token = held.get();
        async move {
            let token = token.ok_or_else(|| ApiError::of(INVALID))?;
            open_invitation::ask(InvitationInput { token }).await
        }
    });
    let asked = RwSignal::new(None);
    let answered = answers(asked, || "/desk".to_owned());
    let content = move || match (asked.get(), opened.get()) {
        (Some(step), _) => view! { <Step step answered /> }.into_any(),
        (None, None) => view! { <Opening /> }.into_any(),
        (None, Some(Ok(invitation))) => {
            let token = held.get_untracked().unwrap_or_default();
            view! { <Accept token invitation answered /> }.into_any()
        }
        (None, Some(Err(error))) if is_dead(&error) => view! { <Closed code=INVALID /> }.into_any(),
        (None, Some(Err(error))) => view! { <Problem error retry=move || opened.refetch() /> }.into_any(),
    };
    view! {
        <DoorLayout demo>
            <div class="gate">{content}</div>
        </DoorLayout>
    }
}

fn is_dead(error: &ApiError) -> bool {
    error.is(INVALID) || error.violations.iter().any(|found| found.code == INVALID)
}

#[component]
fn Opening() -> impl IntoView {
    let i18n = use_i18n();
    view! { <p role="status">{t!(i18n, common.loading)}</p> }
}

/// A link that does not open anything, told once and the same for every reason.
#[component]
fn Closed(code: &'static str) -> impl IntoView {
    let i18n = use_i18n();
    let title = move || {
        if code == NOT_YET { t_string!(i18n, desk.invitation.not_yet) } else { t_string!(i18n, desk.invitation.dead) }
    };
    view! {
        <PageHeading title=title />
        <p class="desk-lead">{move || error_text(i18n.get_locale(), code, &[])}</p>
        <p>
            <a class="btn btn-outline" href="/desk/login">{t!(i18n, desk.invitation.to_login)}</a>
        </p>
    }
}

#[component]
fn Accept(token: String, invitation: OpenedInvitation, answered: Callback<Viewer>) -> impl IntoView {
    let i18n = use_i18n();
    let OpenedInvitation { kind, login, display_name, place, has_password, shortest_password, three_kinds } =
        invitation;
    let state = FormState::new("invitation");
    let known = RwSignal::new(String::new());
    let new = NewPassword::new();
    let closed = RwSignal::new(None::<&'static str>);
    let submit = move || {
        let password = if has_password { known.get_untracked() } else { new.get() };
        if !state.check(if has_password { required("password", &password) } else { new.check() }) {
            return;
        }
        let input = AcceptInvitationInput { token: token.clone(), password };
        let work = async move {
            let answer = accept_invitation::ask(input).await;
            // Used up meanwhile, or taken up before its first day: nothing is left to type here.
            for code in [INVALID, NOT_YET] {
                if answer.as_ref().is_err_and(|error| error.violations.iter().any(|found| found.code == code)) {
                    Keep::Tab.remove(KEPT);
                    closed.set(Some(code));
                }
            }
            answer
        };
        state.send(work, move |viewer| {
            Keep::Tab.remove(KEPT);
            answered.run(viewer);
        });
    };
    let reset = kind == InvitationKind::PasswordReset;
    let title = move || {
        if reset { t_string!(i18n, desk.invitation.reset_title) } else { t_string!(i18n, desk.invitation.title) }
    };
    let lead = move || match (reset, has_password) {
        (true, _) => t_string!(i18n, desk.invitation.reset_lead),
        (false, true) => t_string!(i18n, desk.invitation.known_lead),
        (false, false) => t_string!(i18n, desk.invitation.lead),
    };
    let submit = StoredValue::new_local(submit);
    let form = move || {
        let user = login.clone();
        let place = place.clone();
        // Built inside the form, whose state the fields look for.
        let fields = move || {
            if has_password {
                let label = move || t_string!(i18n, desk.invitation.known_password);
                view! { <PasswordField name="password" label value=known /> }.into_any()
            } else {
                view! { <NewPasswordFields value=new shortest=Some(shortest_password) three_kinds /> }.into_any()
            }
        };
        view! {
            <PageHeading title=title />
            <p class="desk-lead">{lead}</p>
            <div class="sheet">
                <dl class="desk-facts">
                    <dt>{t!(i18n, desk.invitation.place)}</dt>
                    <dd class="font-semibold">{move || place_name(i18n, &place)}</dd>
                    <dt>{t!(i18n, desk.invitation.name)}</dt>
                    <dd class="font-semibold">{display_name.clone()}</dd>
                    <dt>{t!(i18n, desk.login.login)}</dt>
                    <dd class="font-semibold">{login.clone()}</dd>
                </dl>
                <p class="hint">{t!(i18n, desk.invitation.not_you)}</p>
                <Form state on_submit=move || submit.with_value(|submit| submit())>
                    // For the browser's own keeping of passwords.
                    <input class="hidden" type="text" name="username" autocomplete="username" readonly value=user />
                    {fields}
                    <Submit label=move || t_string!(i18n, desk.steps.go_on) />
                </Form>
            </div>
        }
    };
    move || match closed.get() {
        Some(code) => view! { <Closed code /> }.into_any(),
        None => form().into_any(),
    }
}
