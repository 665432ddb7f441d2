//! What an administrator does about somebody: one dialog for all of it, which names the person.

use domain::identity::MemberAction;
use leptos::prelude::*;

use super::{Office, Person, link::Made};
use crate::{
    api::{
        ApiError,
        people::{
            InvitationLink, MemberInput, MemberReasonInput, Membership, MembershipInput, end_member,
            end_member_sessions, reinstate_member, renew_invitation, reset_member_password, reset_member_second_factor,
            suspend_member,
        },
    },
    components::{
        Dialog,
        form::{Field, Form, FormState, Submit},
    },
    i18n::{Locale, label, t_string, td_string, use_i18n},
    pages::steps::required,
};

/// What is done.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    /// To one role.
    Role(MemberAction),
    /// A new link for somebody who has not come yet.
    Renew,
    /// A link to choose a new password.
    ResetPassword,
    /// Takes a lost authenticator off.
    ResetFactor,
    /// Out, now.
    EndSessions,
}

impl Act {
    /// On the button and above the dialog.
    pub(super) fn name(self, locale: Locale) -> &'static str {
        match self {
            Self::Role(MemberAction::Suspend) => td_string!(locale, desk.act.suspend),
            Self::Role(MemberAction::Reinstate) => td_string!(locale, desk.act.reinstate),
            Self::Role(MemberAction::End) => td_string!(locale, desk.act.end),
            Self::Renew => td_string!(locale, desk.act.renew),
            Self::ResetPassword => td_string!(locale, desk.act.reset_password),
            Self::ResetFactor => td_string!(locale, desk.act.reset_factor),
            Self::EndSessions => td_string!(locale, desk.act.end_sessions),
        }
    }

    /// What it means for the person.
    fn explained(self, locale: Locale) -> &'static str {
        match self {
            Self::Role(MemberAction::Suspend) => td_string!(locale, desk.act.suspend_lead),
            Self::Role(MemberAction::Reinstate) => td_string!(locale, desk.act.reinstate_lead),
            Self::Role(MemberAction::End) => td_string!(locale, desk.act.end_lead),
            Self::Renew => td_string!(locale, desk.act.renew_lead),
            Self::ResetPassword => td_string!(locale, desk.act.reset_password_lead),
            Self::ResetFactor => td_string!(locale, desk.act.reset_factor_lead),
            Self::EndSessions => td_string!(locale, desk.act.end_sessions_lead),
        }
    }
}

/// What is done to whom.
#[derive(Clone)]
pub(super) struct Chosen {
    pub act: Act,
    pub person: Person,
    /// The role, where it is about one.
    pub membership: Option<Membership>,
}

impl Chosen {
    /// Does it. A link is answered where one was made.
    async fn perform(&self, reason: String) -> Result<Option<InvitationLink>, ApiError> {
        let account_id = self.person.account_id;
        let member = MemberInput { account_id };
        match (self.act, &self.membership) {
            (Act::Role(action), Some(row)) => {
                let input = MembershipInput { id: row.id };
                match action {
                    MemberAction::Suspend => suspend_member::ask(input).await.map(drop),
                    MemberAction::Reinstate => reinstate_member::ask(input).await.map(drop),
                    MemberAction::End => end_member::ask(input).await.map(drop),
                }?;
            }
            (Act::Renew, _) => return renew_invitation::ask(member).await.map(Some),
            (Act::ResetPassword, _) => return reset_member_password::ask(member).await.map(Some),
            (Act::ResetFactor, _) => {
                reset_member_second_factor::ask(MemberReasonInput { account_id, reason }).await?;
            }
            (Act::EndSessions, _) => {
                end_member_sessions::ask(member).await?;
            }
            (Act::Role(_), None) => {}
        }
        Ok(None)
    }
}

/// The dialog of the page.
#[component]
pub(super) fn ActDialog(office: Office) -> impl IntoView {
    let i18n = use_i18n();
    let title = move || {
        let locale = i18n.get_locale();
        office.chosen.with(|chosen| chosen.as_ref().map(|c| c.act.name(locale).to_owned())).unwrap_or_default()
    };
    view! {
        <Dialog id="act" open=office.acting title=title>
            {move || office.chosen.get().map(|chosen| view! { <ActForm chosen office /> })}
        </Dialog>
    }
}

#[component]
fn ActForm(chosen: Chosen, office: Office) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("act");
    let reason = RwSignal::new(String::new());
    let act = chosen.act;
    let asks = act == Act::ResetFactor;
    let (name, login) = (chosen.person.display_name.clone(), chosen.person.login.clone());
    let role = chosen.membership.as_ref().map(|row| row.role);
    let whom = move || {
        let locale = i18n.get_locale();
        let role = role.map(|role| label(locale, "role", role.key()));
        let parts = [Some(name.as_str()), Some(login.as_str()), role];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    };
    let submit = move || {
        let text = reason.get_untracked().trim().to_owned();
        if asks && !state.check(required("reason", &text)) {
            return;
        }
        let (name, login) = (chosen.person.display_name.clone(), chosen.person.login.clone());
        let chosen = chosen.clone();
        state.send(async move { chosen.perform(text).await }, move |link| {
            office.acting.set(false);
            match link {
                Some(link) => office.show_link(Made { name, login, link }),
                None => {
                    office.notice.show(move |locale| {
                        td_string!(locale, desk.act.done, act = act.name(locale), name = name.as_str())
                    });
                    office.changed.run(());
                }
            }
        });
    };
    view! {
        <p class="quote font-semibold">{whom}</p>
        <p>{move || act.explained(i18n.get_locale())}</p>
        <Form state on_submit=submit>
            {asks
                .then(|| {
                    view! {
                        <Field
                            name="reason"
                            label=move || t_string!(i18n, desk.act.reason)
                            value=reason
                            hint=move || t_string!(i18n, desk.act.reason_hint)
                        />
                    }
                })}
            <Submit label=move || act.name(i18n.get_locale()) />
        </Form>
    }
}
