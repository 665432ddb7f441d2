//! Taking up a one-time link, at `/desk/invitation#TOKEN` or on the evaluators' page. The token travels in the fragment,
//! which no browser sends, and leaves the address as soon as it is read.

use domain::{Violation, identity::InvitationKind};
use leptos::{ev, leptos_dom::helpers::window_event_listener, prelude::*};
use wasm_bindgen::JsValue;

use super::steps::{Step, answers, required};
use crate::{
    api::{
        ApiError, FieldViolation,
        account::{
            AcceptInvitationInput, InvitationInput, OfferedRole, OpenedInvitation, accept_invitation, open_invitation,
        },
        tenancy::Viewer,
    },
    components::{
        PageHeading, Problem,
        form::{Form, FormState, NewPassword, NewPasswordFields, PasswordField, Submit},
        layout::staff::{DoorLayout, place_name, use_demo_data},
    },
    dom::Keep,
    i18n::{error_text, label, t, t_string, use_i18n},
};

const KEPT: &str = "gangping.invitation";
const INVALID: &str = "invitation.invalid";
// What else closes the page: the password is set, and no door is open.
const SET: [&str; 2] = ["invitation.not_yet", "invitation.no_place"];

/// The token of the address, or of the page before a reload. The tab forgets it when it was used.
fn token() -> Option<String> {
    let location = window().location();
    let hash = location.hash().unwrap_or_default();
    let token = hash.trim_start_matches('#');
    if token.is_empty() {
        return Keep::Tab.get(KEPT);
    }
    Keep::Tab.set(KEPT, token);
    if let (Ok(history), Ok(path)) = (window().history(), location.pathname()) {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&path));
    }
    Some(token.to_owned())
}

/// The token that the page holds. A second link pasted over the first loads no page anew.
pub fn use_token() -> RwSignal<Option<String>> {
    let held = RwSignal::new(token());
    let pasted = window_event_listener(ev::hashchange, move |_| held.set(token()));
    on_cleanup(move || pasted.remove());
    held
}

/// The desk's page.
#[component]
pub fn Invitation() -> impl IntoView {
    let demo = use_demo_data();
    let held = use_token();
    let asked = RwSignal::new(None);
    let answered = answers(asked, || "/desk".to_owned());
    view! {
        <DoorLayout demo>
            <div class="gate">
                {move || match asked.get() {
                    Some(step) => view! { <Step step answered /> }.into_any(),
                    None => view! { <TakeUp held home="/desk/login" answered /> }.into_any(),
                }}
            </div>
        </DoorLayout>
    }
}

/// The link that the page holds: whose it is, a password, and in. Or that it opens nothing.
#[component]
pub fn TakeUp(
    /// Its token.
    held: RwSignal<Option<String>>,
    /// Where one signs in without a link.
    home: &'static str,
    /// What follows when it has let somebody in.
    answered: Callback<Viewer>,
) -> impl IntoView {
    let opened = LocalResource::new(move || {
        let token = held.get();
        async move {
            let token = token.ok_or_else(|| ApiError::of(INVALID))?;
            open_invitation::ask(InvitationInput { token }).await
        }
    });
    move || match opened.get() {
        None => view! { <Opening /> }.into_any(),
        Some(Ok(invitation)) => {
            let token = held.get_untracked().unwrap_or_default();
            view! { <Accept token invitation home answered /> }.into_any()
        }
        Some(Err(error)) if is_dead(&error) => {
            Keep::Tab.remove(KEPT);
            view! { <Closed why=FieldViolation::from(Violation::new("", INVALID)) home /> }.into_any()
        }
        Some(Err(error)) => view! { <Problem error retry=move || opened.refetch() /> }.into_any(),
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

/// A link that does not open anything, told once and the same for every reason. Or the password is set, and it is too early.
#[component]
fn Closed(why: FieldViolation, home: &'static str) -> impl IntoView {
    let i18n = use_i18n();
    let dead = why.code == INVALID;
    let title = move || {
        if dead { t_string!(i18n, desk.invitation.dead) } else { t_string!(i18n, desk.invitation.not_yet) }
    };
    view! {
        <PageHeading title=title />
        <p class="desk-lead">{move || error_text(i18n.get_locale(), &why.code, &why.args)}</p>
        <p>
            // At this address there may be another page now: the link has been used.
            <a class="btn btn-outline" href=home rel="external">{t!(i18n, desk.invitation.to_login)}</a>
        </p>
    }
}

#[component]
fn Accept(
    token: String,
    invitation: OpenedInvitation,
    home: &'static str,
    answered: Callback<Viewer>,
) -> impl IntoView {
    let i18n = use_i18n();
    let OpenedInvitation { kind, login, display_name, place, has_password, shortest_password, three_kinds, offered } =
        invitation;
    let state = FormState::new("invitation");
    let known = RwSignal::new(String::new());
    let new = NewPassword::new();
    let closed = RwSignal::new(None::<FieldViolation>);
    let submit = move || {
        let password = if has_password { known.get_untracked() } else { new.get() };
        if !state.check(if has_password { required("password", &password) } else { new.check() }) {
            return;
        }
        let input = AcceptInvitationInput { token: token.clone(), password };
        let work = async move {
            let answer = accept_invitation::ask(input).await;
            // Used up meanwhile, or taken up before its first day: nothing is left to type here.
            let closes = |found: &&FieldViolation| found.code == INVALID || SET.contains(&found.code.as_str());
            if let Err(error) = &answer
                && let Some(why) = error.violations.iter().find(closes)
            {
                Keep::Tab.remove(KEPT);
                closed.set(Some(why.clone()));
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
    let lead = move || match (kind, has_password) {
        (InvitationKind::PasswordReset, _) => t_string!(i18n, desk.invitation.reset_lead),
        (_, true) => t_string!(i18n, desk.invitation.known_lead),
        (InvitationKind::Evaluator, false) => t_string!(i18n, desk.invitation.evaluator_lead),
        (_, false) => t_string!(i18n, desk.invitation.lead),
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
                    <Offered offered=offered.clone() />
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
        Some(why) => view! { <Closed why home /> }.into_any(),
        None => form().into_any(),
    }
}

/// As what somebody is invited, and for which days.
#[component]
fn Offered(offered: Vec<OfferedRole>) -> impl IntoView {
    let i18n = use_i18n();
    let names: Vec<_> = offered.iter().map(|offered| offered.role.key()).collect();
    let days = offered.iter().find_map(|offered| offered.valid_from.zip(offered.valid_until));
    let names = move || {
        let locale = i18n.get_locale();
        let names: Vec<_> = names.iter().map(|role| label(locale, "role", role)).collect();
        names.join(t_string!(i18n, desk.list_separator))
    };
    (!offered.is_empty()).then(|| {
        view! {
            <dt>{t!(i18n, desk.invitation.role)}</dt>
            <dd class="font-semibold">{names}</dd>
            {days
                .map(|(from, until)| {
                    view! {
                        <dt>{t!(i18n, desk.invitation.days)}</dt>
                        <dd class="font-semibold tabular-nums">
                            {move || t_string!(i18n, desk.members.between, from = from, until = until)}
                        </dd>
                    }
                })}
        }
    })
}
