//! `/desk/profile`: one's own account.

use leptos::prelude::*;

use super::steps::{ChangePassword, Enrol, required};
use crate::{
    api::{
        account::{
            self, BeginSecondFactorInput, NewSecondFactor, OwnSession, OwnSessionInput, Profile, begin_second_factor,
            end_session,
        },
        tenancy::Viewer,
    },
    components::{
        AsyncView, Chip, Dialog, Icon, Mark, Notice, NoticeLine, PageHeading, Tone,
        form::{ErrorSummary, Form, FormState, PasswordField, Submit},
        layout::public::LanguageSwitch,
    },
    i18n::{t, t_string, td_string, use_i18n},
    session::use_session,
    time,
};

/// What the sections tell the page.
#[derive(Clone, Copy)]
struct Changes {
    notice: Notice,
    again: Callback<()>,
}

/// The page.
#[component]
pub fn ProfilePage() -> impl IntoView {
    let i18n = use_i18n();
    let found = LocalResource::new(account::profile);
    let changes = Changes { notice: Notice::new(), again: Callback::new(move |()| found.refetch()) };
    let ready = move |profile: Profile| {
        let Profile {
            login,
            display_name,
            password_set_at,
            second_factor,
            second_factor_required,
            recovery_codes_left,
            sessions,
        } = profile;
        view! {
            <div class="pair">
                <section class="sheet">
                    <h2 class="sheet-title">{t!(i18n, desk.profile.account)}</h2>
                    <dl class="desk-facts">
                        <dt>{t!(i18n, desk.invitation.name)}</dt>
                        <dd class="font-semibold">{display_name}</dd>
                        <dt>{t!(i18n, desk.login.login)}</dt>
                        <dd><code>{login}</code></dd>
                        <dt>{t!(i18n, desk.profile.language)}</dt>
                        <dd><LanguageSwitch /></dd>
                    </dl>
                </section>
                <Password set=password_set_at.map(time::date) changes />
                <SecondFactor set=second_factor asked_for=second_factor_required left=recovery_codes_left changes />
                <Sessions sessions changes />
            </div>
        }
    };
    view! {
        <PageHeading title=move || t_string!(i18n, desk.profile.title) />
        <NoticeLine notice=changes.notice />
        <AsyncView resource=found ready />
    }
}

#[component]
fn Password(set: Option<String>, changes: Changes) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let open = RwSignal::new(false);
    let answered = Callback::new(move |viewer: Viewer| {
        open.set(false);
        session.set(Some(viewer));
        changes.notice.show(|locale| td_string!(locale, desk.profile.password_changed).to_owned());
        changes.again.run(());
    });
    view! {
        <section class="sheet">
            <h2 class="sheet-title">{t!(i18n, desk.login.password)}</h2>
            {set.map(|day| view! { <p>{move || t_string!(i18n, desk.profile.password_set, at = day.as_str())}</p> })}
            <button type="button" class="btn btn-outline" on:click=move |_| open.set(true)>
                {t!(i18n, desk.password.change)}
            </button>
            <Dialog id="password" open title=move || t_string!(i18n, desk.password.change)>
                <p>{t!(i18n, desk.profile.password_lead)}</p>
                <ChangePassword answered />
            </Dialog>
        </section>
    }
}

#[component]
fn SecondFactor(set: bool, asked_for: bool, left: i32, changes: Changes) -> impl IntoView {
    let i18n = use_i18n();
    let open = RwSignal::new(false);
    let done = Callback::new(move |()| {
        open.set(false);
        changes.notice.show(|locale| td_string!(locale, desk.profile.factor_set).to_owned());
        changes.again.run(());
    });
    let state = move || {
        if set { t_string!(i18n, desk.profile.factor_on) } else { t_string!(i18n, desk.profile.factor_off) }
    };
    let (tone, mark) = if set { (Tone::Good, Mark::Lock) } else { (Tone::Still, Mark::Info) };
    let name = move || {
        if set { t_string!(i18n, desk.profile.factor_replace) } else { t_string!(i18n, desk.profile.factor_set_up) }
    };
    view! {
        <section class="sheet">
            <h2 class="sheet-title">{t!(i18n, desk.profile.factor)}</h2>
            <p><Chip tone mark text=state /></p>
            {asked_for.then(|| view! { <p class="hint">{t!(i18n, desk.profile.factor_required)}</p> })}
            {set.then(|| view! { <p>{move || t_string!(i18n, desk.profile.codes_left, left = left)}</p> })}
            <button type="button" class="btn btn-outline" on:click=move |_| open.set(true)>{name}</button>
            <Dialog id="factor" open title=name>
                <NewFactor done />
            </Dialog>
        </section>
    }
}

/// The password first: an unattended desk must not give the account away.
#[component]
fn NewFactor(done: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("factor");
    let password = RwSignal::new(String::new());
    let begun = RwSignal::new(None::<NewSecondFactor>);
    let submit = move || {
        let text = password.get_untracked();
        if state.check(required("current", &text)) {
            let input = BeginSecondFactorInput { password: Some(text) };
            state.send(begin_second_factor::ask(input), move |factor| begun.set(Some(factor)));
        }
    };
    let answered = Callback::new(move |_: Viewer| done.run(()));
    move || match begun.get() {
        Some(factor) => view! { <Enrol begun=Some(factor) answered /> }.into_any(),
        None => view! {
            <p>{t!(i18n, desk.profile.factor_lead)}</p>
            <Form state on_submit=submit>
                <PasswordField name="current" label=move || t_string!(i18n, desk.password.current) value=password />
                <Submit label=move || t_string!(i18n, desk.steps.go_on) />
            </Form>
        }
        .into_any(),
    }
}

#[component]
fn Sessions(sessions: Vec<OwnSession>, changes: Changes) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("sessions");
    provide_context(state);
    let lines = sessions.into_iter().map(|line| view! { <SessionLine line state changes /> });
    view! {
        <section class="sheet">
            <h2 class="sheet-title">{t!(i18n, desk.profile.sessions)}</h2>
            <p class="hint">{t!(i18n, desk.profile.sessions_lead)}</p>
            <ErrorSummary />
            <ul class="person-roles">{lines.collect_view()}</ul>
        </section>
    }
}

#[component]
fn SessionLine(line: OwnSession, state: FormState, changes: Changes) -> impl IntoView {
    let i18n = use_i18n();
    let OwnSession { id, browser, since, used_at, current } = line;
    let (since, used) = (time::date_time(since), time::date_time(used_at));
    let named = browser.clone();
    let full = move || {
        let browser = named.as_deref().unwrap_or_default();
        t_string!(i18n, desk.profile.end_for, browser = browser, at = since.as_str())
    };
    let end = move |_| {
        let input = OwnSessionInput { id: id.clone() };
        state.send(end_session::ask(input), move |_| {
            changes.notice.show(|locale| td_string!(locale, desk.profile.ended).to_owned());
            changes.again.run(());
        });
    };
    let unknown = move || t_string!(i18n, desk.profile.unknown_browser);
    let browser = move || browser.clone().unwrap_or_else(|| unknown().to_owned());
    let mark = if current {
        view! { <Chip tone=Tone::Active mark=Mark::Check text=move || t_string!(i18n, desk.profile.this_one) /> }
            .into_any()
    } else {
        view! {
            <button type="button" class="btn btn-outline btn-small" aria-label=full on:click=end>
                <Icon mark=Mark::SignOut />
                {t!(i18n, desk.profile.end)}
            </button>
        }
        .into_any()
    };
    view! {
        <li class="person-role">
            <span class="font-semibold">{browser}</span>
            <span class="hint tabular-nums">{move || t_string!(i18n, desk.profile.used, at = used.as_str())}</span>
            <span class="person-acts">{mark}</span>
        </li>
    }
}
