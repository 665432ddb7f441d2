//! Signing in.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::steps::{Step, answers, required};
use crate::{
    api::{
        account::{SignInInput, sign_in},
        tenancy::Viewer,
    },
    components::{
        PageHeading,
        form::{Field, FieldKind, Form, FormState, Submit},
        layout::staff::{DoorLayout, use_demo_data},
    },
    i18n::{label, t, t_string, use_i18n},
};

// One of each role, made by `gangping demo`. They exist on demo data only.
const DEMO_ACCOUNTS: [(&str, &str); 13] = [
    ("handler.shiqi", "complaint_handler"),
    ("staff.shiqi", "post_staff"),
    ("admin.shiqi", "center_admin"),
    ("supervisor.shiqi", "supervision_officer"),
    ("lead.shiqi", "post_lead"),
    ("party.shiqi", "ledger_keeper_party"),
    ("women.shiqi", "ledger_keeper_women"),
    ("youth.shiqi", "ledger_keeper_youth"),
    ("standard.shiqi", "standards_officer"),
    ("talent.shiqi", "talent_steward"),
    ("city.zhongshan", "city_admin"),
    ("security.zhongshan", "security_admin"),
    ("auditor.zhongshan", "auditor"),
];
const DEMO_PASSWORD: &str = "demo-gangping-2026";

/// Where to go after signing in: only to the desk's own pages.
fn safe_next(next: Option<String>) -> String {
    next.filter(|path| path == "/desk" || path.starts_with("/desk/")).unwrap_or_else(|| "/desk".to_owned())
}

/// The page: the password, then what is asked besides.
#[component]
pub fn Login() -> impl IntoView {
    let demo = use_demo_data();
    let query = use_query_map();
    let asked = RwSignal::new(None);
    let answered = answers(asked, move || safe_next(query.read().get("next")));
    view! {
        <DoorLayout demo>
            <div class="gate">
                {move || match asked.get() {
                    Some(step) => view! { <Step step answered /> }.into_any(),
                    None => view! { <Password demo answered /> }.into_any(),
                }}
            </div>
        </DoorLayout>
    }
}

#[component]
fn Password(demo: Signal<bool>, answered: Callback<Viewer>) -> impl IntoView {
    let i18n = use_i18n();
    let query = use_query_map();
    let state = FormState::new("login");
    let (login, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let submit = move || {
        let input = SignInInput { login: login.get_untracked().trim().to_owned(), password: password.get_untracked() };
        let mut found = required("login", &input.login);
        found.extend(required("password", &input.password));
        if state.check(found) {
            state.send(sign_in::ask(input), move |viewer| answered.run(viewer));
        }
    };
    let came_back = move || query.read().get("next").is_some_and(|next| next != "/desk");
    let accounts = move || {
        DEMO_ACCOUNTS.map(|(account, role)| {
            let fill = move |_| {
                login.set(account.to_owned());
                password.set(DEMO_PASSWORD.to_owned());
            };
            view! {
                <li>
                    <button type="button" class="demo-account" on:click=fill>
                        <code>{account}</code>
                        <span>{move || label(i18n.get_locale(), "role", role)}</span>
                    </button>
                </li>
            }
        })
    };
    view! {
        <PageHeading title=move || t_string!(i18n, desk.login.title) />
        <p class="desk-lead">{t!(i18n, desk.login.lead)}</p>
        <Show when=came_back>
            <p class="hint">{t!(i18n, desk.login.expired)}</p>
        </Show>
        <div class="sheet">
            <Form state on_submit=submit>
                <Field name="login" label=move || t_string!(i18n, desk.login.login) value=login autocomplete="username" />
                <Field
                    name="password"
                    label=move || t_string!(i18n, desk.login.password)
                    value=password
                    kind=FieldKind::Password
                    autocomplete="current-password"
                />
                <Submit label=move || t_string!(i18n, desk.login.submit) />
            </Form>
        </div>
        <Show when=move || demo.get()>
            <section class="sheet">
                <h2 class="sheet-title">{t!(i18n, desk.login.demo_title)}</h2>
                <p class="hint">{t!(i18n, desk.login.demo_lead)} " " <code>{DEMO_PASSWORD}</code></p>
                <ul class="demo-accounts">{accounts}</ul>
            </section>
        </Show>
        <p>
            // The public pages are another entry point.
            <a class="link" href="/" rel="external">{t!(i18n, desk.login.public)}</a>
        </p>
    }
}
