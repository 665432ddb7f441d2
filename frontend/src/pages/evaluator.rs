//! `/evaluate`: whoever rates in a round, on a phone. The link of the invitation, the way in later on, who, where and from
//! when to when; the rounds themselves.

use cynic::QueryBuilder;
use domain::{
    CampaignId,
    campaigns::{RULES, Raters},
    permission::{Permission, Role},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_query_map;

use super::{
    choose_place::choose,
    elsewhere::EVALUATE,
    invitation::{TakeUp, use_token},
    rating::{
        RoundView, Rounds,
        kept::{self, Rater},
    },
    steps::required,
};
use crate::{
    api::{
        account::{self, SignInInput, sign_in},
        run,
        tenancy::{Place, Viewer, ViewerQuery},
    },
    components::{
        AsyncView, Icon, Mark, PageHeading,
        form::{ErrorSummaryOf, Field, Form, FormState, PasswordField, Submit},
        layout::{public::use_demo, staff::use_demo_data},
    },
    i18n::{label, pick, t, t_string, use_i18n},
};

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Visit {
    /// Somebody has been in, in this tab, and is out again.
    out: RwSignal<bool>,
    /// Takes whoever came in.
    entered: Callback<Viewer>,
    /// Asks the server again who is in.
    look: Callback<()>,
}

/// The page.
#[component]
pub fn EvaluatorPage() -> impl IntoView {
    let (demo, invented) = (use_demo(), use_demo_data());
    Effect::new(move |_| demo.mark(invented.get()));
    let held = use_token();
    let known = RwSignal::new(None::<Viewer>);
    let asked = LocalResource::new(|| async { Ok(run(ViewerQuery::build(())).await?.viewer) });
    let visit = Visit {
        out: RwSignal::new(false),
        entered: Callback::new(move |viewer| {
            held.set(None);
            known.set(Some(viewer));
        }),
        look: Callback::new(move |()| {
            known.set(None);
            asked.refetch();
        }),
    };
    let ready = move |viewer: Option<Viewer>| match viewer {
        Some(viewer) => view! { <Inside viewer visit /> }.into_any(),
        None => view! { <Door visit /> }.into_any(),
    };
    view! {
        <div class="narrow">
            {move || match (known.get(), held.with(Option::is_some)) {
                (Some(viewer), _) => view! { <Inside viewer visit /> }.into_any(),
                (None, true) => view! { <TakeUp held home=EVALUATE answered=visit.entered /> }.into_any(),
                (None, false) => view! { <AsyncView resource=asked ready /> }.into_any(),
            }}
        </div>
    }
}

/// Signing in, for whoever has been here before.
#[component]
fn Door(visit: Visit) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("evaluate");
    let (login, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let submit = move || {
        let input = SignInInput { login: login.get_untracked().trim().to_owned(), password: password.get_untracked() };
        let mut found = required("login", &input.login);
        found.extend(required("password", &input.password));
        if state.check(found) {
            state.send(sign_in::ask(input), move |viewer| visit.entered.run(viewer));
        }
    };
    view! {
        <PageHeading title=move || t_string!(i18n, portal.evaluate.sign_in_title) />
        <Show when=move || visit.out.get()>
            <p class="panel panel-info" role="status">{t!(i18n, portal.evaluate.out)}</p>
        </Show>
        <p class="hint">{t!(i18n, portal.evaluate.sign_in_lead)}</p>
        <div class="sheet">
            <Form state on_submit=submit>
                <Field name="login" label=move || t_string!(i18n, desk.login.login) value=login autocomplete="username" />
                <PasswordField name="password" label=move || t_string!(i18n, desk.login.password) value=password />
                <Submit label=move || t_string!(i18n, desk.login.submit) />
            </Form>
        </div>
        <p class="hint">{t!(i18n, portal.evaluate.dates_hint)}</p>
    }
}

/// Whether somebody may be named or invited to rate there.
fn is_rating(place: &Place) -> bool {
    let named = |role: &Role| RULES.iter().any(|rules| rules.raters == Raters::Staff && rules.roles.contains(role));
    place.campaign_id.is_some() || place.roles.iter().any(named)
}

/// Somebody is in: a rater, or somebody for whom there is nothing here.
#[component]
fn Inside(viewer: Viewer, visit: Visit) -> impl IntoView {
    visit.out.set(true);
    provide_context(Rater(viewer.account_id));
    let i18n = use_i18n();
    let query = use_query_map();
    let round = Memo::new(move |_| query.with(|query| query.get("round")).and_then(|id| id.parse::<CampaignId>().ok()));
    if viewer.asked.is_some() {
        return view! {
            <PageHeading title=move || t_string!(i18n, portal.evaluate.more_title) />
            <p>{t!(i18n, portal.evaluate.more_text)}</p>
            <ToDesk />
        }
        .into_any();
    }
    let here = viewer.scope.as_ref().filter(|scope| scope.permissions.contains(&Permission::CampaignRate));
    let (rates, viewer) = (here.is_some(), StoredValue::new(viewer));
    view! {
        {move || match round.get().filter(|_| rates) {
            Some(id) => view! { <RoundView id /> }.into_any(),
            None => view! { <Welcome viewer=viewer.get_value() visit /> }.into_any(),
        }}
    }
    .into_any()
}

/// Who and where, and the rounds there.
#[component]
fn Welcome(viewer: Viewer, visit: Visit) -> impl IntoView {
    let i18n = use_i18n();
    let Viewer { display_name, scope, places, .. } = viewer;
    let works = places.iter().any(|place| place.campaign_id.is_none());
    let here = scope.filter(|scope| scope.permissions.contains(&Permission::CampaignRate)).map(|scope| scope.place);
    let same = |place: &Place| {
        let id = |place: &Place| (place.center_id, place.campaign_id);
        here.as_ref().is_some_and(|here| id(here) == id(place))
    };
    let others: Vec<_> = places.into_iter().filter(|place| is_rating(place) && !same(place)).collect();
    let address = format!("{}{EVALUATE}", window().location().origin().unwrap_or_default());
    if here.is_none() && others.is_empty() {
        return view! {
            <PageHeading title=move || t_string!(i18n, portal.evaluate.none_title) />
            <p>{move || if works { t_string!(i18n, portal.evaluate.none_staff) } else { t_string!(i18n, portal.evaluate.none_text) }}</p>
            <div class="form-buttons">
                {works.then(|| view! { <ToDesk /> })}
                <SignOut visit />
            </div>
        }
        .into_any();
    }
    let rounds = here.map(|place| {
        view! {
            <Center place />
            <Rounds />
        }
    });
    let state = FormState::new("place");
    let choices = (!others.is_empty()).then(|| {
        let buttons = others.into_iter().map(|place| view! { <li><PlaceButton place state visit /></li> });
        view! {
            <section aria-labelledby="evaluate-where">
                <h2 class="section-title" id="evaluate-where">{t!(i18n, portal.evaluate.where_else)}</h2>
                <ErrorSummaryOf state />
                <ul class="desk-places">{buttons.collect_view()}</ul>
            </section>
        }
    });
    view! {
        <PageHeading title=move || t_string!(i18n, portal.evaluate.title, name = display_name.as_str()) />
        {rounds}
        {choices}
        <section class="sheet" aria-labelledby="evaluate-safe">
            <h2 class="sheet-title" id="evaluate-safe">{t!(i18n, portal.evaluate.safe)}</h2>
            <ul class="grid list-disc gap-2 pl-6">
                <li>{t!(i18n, portal.evaluate.safe_password)}</li>
                <li>{t!(i18n, portal.evaluate.safe_seen)}</li>
                <li>{t!(i18n, portal.evaluate.safe_log)}</li>
                <li>{t!(i18n, portal.evaluate.safe_answers)}</li>
            </ul>
        </section>
        <p class="hint break-words">{move || t_string!(i18n, portal.evaluate.again, address = address.as_str())}</p>
        <div class="form-buttons">
            {works.then(|| view! { <ToDesk /> })}
            <SignOut visit />
        </div>
    }
    .into_any()
}

/// Another center, or another round of the same.
#[component]
fn PlaceButton(place: Place, state: FormState, visit: Visit) -> impl IntoView {
    let i18n = use_i18n();
    let Place { name_zh, name_en, roles, .. } = place.clone();
    let go = move |_| {
        let place = place.clone();
        state.send(async move { choose(&place).await }, move |viewer| visit.entered.run(viewer));
    };
    view! {
        <button type="button" class="desk-place" on:click=go>
            <strong>{move || pick(i18n.get_locale(), &name_zh, &name_en)}</strong>
            <span>
                {move || {
                    let locale = i18n.get_locale();
                    let names: Vec<_> = roles.iter().map(|role| label(locale, "role", role.key())).collect();
                    names.join(t_string!(i18n, desk.list_separator))
                }}
            </span>
            <Icon mark=Mark::ChevronRight />
        </button>
    }
}

/// A center, as whom, and the days.
#[component]
fn Center(place: Place) -> impl IntoView {
    let i18n = use_i18n();
    let Place { name_zh, name_en, roles, valid_from, valid_until, .. } = place;
    let names = move || {
        let locale = i18n.get_locale();
        let names: Vec<_> = roles.iter().map(|role| label(locale, "role", role.key())).collect();
        names.join(t_string!(i18n, desk.list_separator))
    };
    view! {
        <section class="sheet">
            <h2 class="sheet-title">{move || pick(i18n.get_locale(), &name_zh, &name_en)}</h2>
            <dl class="desk-facts">
                <dt>{t!(i18n, portal.evaluate.kind)}</dt>
                <dd class="font-semibold">{names}</dd>
                {valid_from
                    .zip(valid_until)
                    .map(|(from, until)| {
                        view! {
                            <dt>{t!(i18n, portal.evaluate.round)}</dt>
                            <dd class="font-semibold tabular-nums">
                                {move || t_string!(i18n, desk.members.between, from = from, until = until)}
                            </dd>
                        }
                    })}
            </dl>
        </section>
    }
}

/// To the pages of the staff.
#[component]
fn ToDesk() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <a class="btn btn-outline" href="/desk" rel="external">
            {t!(i18n, portal.evaluate.to_desk)}
        </a>
    }
}

#[component]
fn SignOut(visit: Visit) -> impl IntoView {
    let i18n = use_i18n();
    let rater = use_context::<Rater>();
    let waiting = rater.map_or(0, |Rater(account)| kept::count(account));
    let leave = move |_| {
        spawn_local(async move {
            // Out of reach, the session stays open on the server: say so by staying.
            if account::sign_out().await.is_ok() {
                if let Some(Rater(account)) = rater {
                    kept::forget(account);
                }
                visit.look.run(());
            }
        });
    };
    view! {
        {(waiting > 0).then(|| view! {
            <p class="panel panel-info">{move || t_string!(i18n, campaigns.rate.out_waiting, count = waiting)}</p>
        })}
        <button type="button" class="btn btn-outline" on:click=leave>
            <Icon mark=Mark::SignOut />
            {t!(i18n, desk.nav.sign_out)}
        </button>
    }
}
