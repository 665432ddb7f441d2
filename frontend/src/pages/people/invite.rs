//! Inviting somebody to one's own place, and making somebody the administrator of a center.

use chrono::NaiveDate;
use domain::{
    CenterId, Violation,
    permission::{Role, RoleSet, Seat},
};
use leptos::prelude::*;

use super::{Office, link::Made};
use crate::{
    api::{
        people::{AppointCenterAdminInput, InviteMemberInput, appoint_center_admin, invite_member},
        tenancy::PlaceKind,
    },
    components::{
        Dialog,
        form::{ChecksField, Field, FieldKind, Form, FormState, Submit},
    },
    i18n::{label, t, t_string, use_i18n},
    pages::steps::required,
    session::use_session,
};

/// Who somebody is.
#[derive(Clone, Copy)]
pub(in crate::pages) struct Who {
    login: RwSignal<String>,
    name: RwSignal<String>,
    title: RwSignal<String>,
}

impl Who {
    pub(super) fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        Self { login: empty(), name: empty(), title: empty() }
    }

    pub(super) fn check(self) -> Vec<Violation> {
        let mut found = required("login", &typed(self.login));
        found.extend(required("displayName", &typed(self.name)));
        found
    }

    /// An invitation to nothing yet.
    pub(super) fn invited(self) -> InviteMemberInput {
        InviteMemberInput {
            // Logins know no capitals.
            login: typed(self.login).to_lowercase(),
            display_name: typed(self.name),
            title: given(self.title),
            roles: Vec::new(),
            valid_from: None,
            valid_until: None,
            campaign_id: None,
        }
    }
}

fn typed(value: RwSignal<String>) -> String {
    value.with_untracked(|text| text.trim().to_owned())
}

fn given(value: RwSignal<String>) -> Option<String> {
    Some(typed(value)).filter(|text| !text.is_empty())
}

#[component]
pub(super) fn WhoFields(who: Who) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Field
            name="login"
            label=move || t_string!(i18n, desk.login.login)
            value=who.login
            hint=move || t_string!(i18n, desk.invite.login_hint)
        />
        <div class="pair">
            <Field name="displayName" label=move || t_string!(i18n, desk.invite.name) value=who.name />
            <Field name="title" label=move || t_string!(i18n, desk.invite.title_field) value=who.title optional=true />
        </div>
    }
}

/// The dialog to invite.
#[component]
pub(in crate::pages::people) fn InviteDialog(open: RwSignal<bool>, office: Office) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Dialog id="invite" open title=move || t_string!(i18n, desk.invite.title)>
            <InviteForm open office />
        </Dialog>
    }
}

#[component]
fn InviteForm(open: RwSignal<bool>, office: Office) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let state = FormState::new("invite");
    let who = Who::new();
    let roles = RwSignal::new(Vec::<&'static str>::new());
    let (from, until) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    // Evaluators have a dialog of their own.
    let offered = Memo::new(move |_| {
        let Some(scope) = session.viewer().and_then(|viewer| viewer.scope) else { return Vec::new() };
        let seat = if scope.place.kind == PlaceKind::City { Seat::City } else { Seat::Center };
        let own = RoleSet::new(scope.roles);
        Role::ALL.iter().copied().filter(|role| role.seat() == seat && own.may_give(*role)).collect::<Vec<_>>()
    });
    let choices = Signal::derive(move || {
        let locale = i18n.get_locale();
        offered.get().into_iter().map(|role| (role.key(), label(locale, "role", role.key()).to_owned())).collect()
    });
    let submit = move || {
        let mut found = who.check();
        let chosen: Vec<Role> =
            roles.with_untracked(|keys| keys.iter().filter_map(|key| Role::from_key(key)).collect());
        if chosen.is_empty() {
            found.push(Violation::new("roles", "form.required"));
        }
        let (valid_from, valid_until) = (day("validFrom", from, &mut found), day("validUntil", until, &mut found));
        if !state.check(found) {
            return;
        }
        let input = InviteMemberInput { roles: chosen, valid_from, valid_until, ..who.invited() };
        let (name, login) = (input.display_name.clone(), input.login.clone());
        state.send(invite_member::ask(input), move |made| {
            open.set(false);
            office.show_link(Made { name, login, link: made.link });
        });
    };
    view! {
        <p>{t!(i18n, desk.invite.lead)}</p>
        <Form state on_submit=submit>
            <WhoFields who />
            <ChecksField
                name="roles"
                label=move || t_string!(i18n, desk.invite.roles)
                choices
                value=roles
                hint=move || t_string!(i18n, desk.invite.roles_hint)
            />
            <div class="pair">
                <Field name="validFrom" label=move || t_string!(i18n, desk.invite.from) value=from kind=FieldKind::Date optional=true />
                <Field name="validUntil" label=move || t_string!(i18n, desk.invite.until) value=until kind=FieldKind::Date optional=true />
            </div>
            <Submit label=move || t_string!(i18n, desk.invite.submit) />
        </Form>
    }
}

/// The day typed into `field`, if any.
pub(super) fn day(field: &'static str, value: RwSignal<String>, found: &mut Vec<Violation>) -> Option<NaiveDate> {
    let day = given(value)?.parse().ok();
    if day.is_none() {
        found.push(Violation::new(field, "form.date"));
    }
    day
}

/// The form to appoint the administrator of a center; `done` gets the link.
#[component]
pub(in crate::pages) fn AppointForm(center: CenterId, done: Callback<Made>) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("appoint");
    let who = Who::new();
    let submit = move || {
        if !state.check(who.check()) {
            return;
        }
        // Logins know no capitals.
        let (name, login) = (typed(who.name), typed(who.login).to_lowercase());
        let input = AppointCenterAdminInput {
            center_id: center,
            login: login.clone(),
            display_name: name.clone(),
            title: given(who.title),
        };
        state.send(appoint_center_admin::ask(input), move |made| done.run(Made { name, login, link: made.link }));
    };
    view! {
        <p>{t!(i18n, desk.appoint.lead)}</p>
        <Form state on_submit=submit>
            <WhoFields who />
            <Submit label=move || t_string!(i18n, desk.invite.submit) />
        </Form>
    }
}
