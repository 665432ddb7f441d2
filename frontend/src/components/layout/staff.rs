//! The frame of the staff's pages: who is signed in, and where, decides what it shows.

use cynic::QueryBuilder;
use domain::permission::Permission;
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{
    NavigateOptions,
    components::{Outlet, Redirect},
    hooks::{use_location, use_navigate},
};

use super::public::{DemoBanner, LanguageSwitch, Logo, SkipLink};
use crate::{
    api::{
        account, on_signed_out, run, schema,
        tenancy::{ActiveScope, Place, PlaceKind, Viewer},
    },
    components::{AsyncView, Bell, Icon, Mark, ShowAgain, keys},
    i18n::{I18n, label, pick, t, t_string, use_i18n},
    pages::{
        elsewhere::{EVALUATE, ForEvaluators},
        rating::kept,
    },
    session::{Session, use_session},
};

/// Whether the server runs on invented data.
#[derive(cynic::QueryFragment, Clone)]
#[cynic(graphql_type = "Query")]
struct DemoQuery {
    public_centers: Vec<DemoCenter>,
}

#[derive(cynic::QueryFragment, Clone)]
#[cynic(graphql_type = "PublicCenter")]
struct DemoCenter {
    demo: bool,
}

/// Whether to show the demo banner and the demo accounts. False while nobody knows.
pub fn use_demo_data() -> Signal<bool> {
    let found = LocalResource::new(|| async { run(DemoQuery::build(())).await });
    Signal::derive(move || {
        found.get().is_some_and(|found| found.is_ok_and(|q| q.public_centers.iter().any(|c| c.demo)))
    })
}

/// The frame without a person in it: signing in and choosing a place.
#[component]
pub fn DoorLayout(
    /// Whether to say that nothing here is real.
    demo: Signal<bool>,
    children: Children,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <SkipLink />
        <Show when=move || demo.get()>
            <DemoBanner />
        </Show>
        <header class="desk-header">
            <div class="desk-bar">
                <a class="brand" href="/desk">
                    <Logo />
                    <span class="brand-name">{t!(i18n, common.product)}</span>
                </a>
                <LanguageSwitch />
            </div>
        </header>
        <main id="main" class="desk-main" tabindex="-1">
            {children()}
        </main>
    }
}

/// Lets in who is signed in and works somewhere; sends everybody else to where they can do so.
#[component]
pub fn StaffLayout() -> impl IntoView {
    let session = use_session();
    // Whoever has just signed in is known already.
    let known = move || untrack(|| session.viewer());
    let first = LocalResource::new(move || async move {
        match known() {
            Some(_) => Ok(()),
            None => session.load().await.map(drop),
        }
    });
    on_signed_out(move || session.set(None));
    view! { <AsyncView resource=first ready=|()| view! { <Guarded /> } /> }
}

#[component]
fn Guarded() -> impl IntoView {
    let session = use_session();
    let viewer = Memo::new(move |_| session.viewer());
    let location = use_location();
    move || match viewer.get() {
        None => {
            let here = untrack(|| format!("{}{}", location.pathname.get(), search(&location.search.get())));
            view! { <Redirect path=login_path(&here) /> }.into_any()
        }
        Some(viewer) if viewer.is_evaluator() => view! { <ForEvaluators /> }.into_any(),
        Some(Viewer { scope: None, .. }) => view! { <Redirect path="/desk/choose" /> }.into_any(),
        Some(Viewer { scope: Some(scope), display_name, places, .. }) => {
            view! { <Frame scope display_name several={places.len() > 1} /> }.into_any()
        }
    }
}

fn search(query: &str) -> String {
    if query.is_empty() { String::new() } else { format!("?{}", query.trim_start_matches('?')) }
}

fn login_path(next: &str) -> String {
    format!("/desk/login?next={}", js_sys::encode_uri_component(next))
}

/// A place's full name: a center's street is no center by itself. Reactive.
pub fn place_name(i18n: I18n, place: &Place) -> String {
    let locale = i18n.get_locale();
    let suffix = match place.kind {
        PlaceKind::Center => label(locale, "place_kind", "center"),
        PlaceKind::City => "",
    };
    t_string!(i18n, desk.place, name = pick(locale, &place.name_zh, &place.name_en), kind = suffix)
}

#[component]
fn Frame(scope: ActiveScope, display_name: String, several: bool) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let demo = use_demo_data();
    let help = RwSignal::new(false);
    keys::listen(help);
    let place = scope.place.clone();
    let place_name = move || place_name(i18n, &place);
    let roles = scope.roles.clone();
    let role_names = move || {
        let locale = i18n.get_locale();
        let names: Vec<_> = roles.iter().map(|role| label(locale, "role", role.key())).collect();
        names.join(t_string!(i18n, desk.list_separator))
    };
    view! {
        <SkipLink />
        <Show when=move || demo.get()>
            <DemoBanner />
        </Show>
        <header class="desk-header">
            <div class="desk-bar">
                <a class="brand" href="/desk">
                    <Logo />
                    <span class="brand-name">{t!(i18n, common.product)}</span>
                </a>
                <p class="desk-who">
                    <strong>{place_name}</strong>
                    <span>{display_name} " · " {role_names}</span>
                </p>
                <div class="desk-tools">
                    // A city office has no messages: asking for them would be an attempt on record, once a minute.
                    <Show when=move || session.can(Permission::NoticeRead)>
                        <Bell />
                    </Show>
                    <LanguageSwitch />
                    <Show when=move || several>
                        <a class="tool" href="/desk/choose">
                            <Icon mark=Mark::Users />
                            <span class="max-sm:sr-only">{t!(i18n, desk.nav.switch_place)}</span>
                        </a>
                    </Show>
                    <a class="tool" href="/desk/profile">
                        <Icon mark=Mark::User />
                        <span class="max-sm:sr-only">{t!(i18n, desk.nav.profile)}</span>
                    </a>
                    <SignOutButton />
                </div>
            </div>
            <Navigation />
        </header>
        <main id="main" class="desk-main" tabindex="-1">
            <Outlet />
        </main>
        <footer class="desk-foot">
            <button type="button" class="link" on:click=move |_| help.set(true)>
                {t!(i18n, desk.nav.keyboard)} " ?"
            </button>
        </footer>
        <keys::KeyHelp open=help />
        <ShowAgain />
    }
}

#[component]
fn SignOutButton() -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let navigate = use_navigate();
    let sign_out = move |_| {
        let navigate = navigate.clone();
        spawn_local(async move {
            // Out of reach, the session stays open on the server: say so by staying.
            if account::sign_out().await.is_ok() {
                // Inspectors work at the desk too: what they filled in on this machine goes with them.
                if let Some(viewer) = untrack(|| session.viewer()) {
                    kept::forget(viewer.account_id);
                }
                session.set(None);
                navigate("/desk/login", NavigateOptions::default());
            }
        });
    };
    view! {
        <button type="button" class="tool" on:click=sign_out>
            <Icon mark=Mark::SignOut />
            <span class="max-sm:sr-only">{t!(i18n, desk.nav.sign_out)}</span>
        </button>
    }
}

#[component]
fn Navigation() -> impl IntoView {
    use Permission as P;
    let i18n = use_i18n();
    let session = use_session();
    let pathname = use_location().pathname;
    let may = move |permission| session.can(permission);
    let reads_own_only = move || may(P::ComplaintReadOwn) && !may(P::ComplaintReadAll);
    let link = move |href: &'static str, mark: Mark, text: AnyView| {
        let current = move || pathname.with(|path| is_within(path, href)).then_some("page");
        view! {
            <li>
                // Evaluators' pages are no part of the desk's routes.
                <a href=href aria-current=current rel=(href == EVALUATE).then_some("external")>
                    <Icon mark />
                    {text}
                </a>
            </li>
        }
    };
    view! {
        <nav class="desk-nav" aria-label=move || t_string!(i18n, desk.nav.label)>
            <ul>
                {move || reads_own_only().then(|| link("/desk/today", Mark::Home, t!(i18n, desk.nav.today).into_any()))}
                {move || may(P::PostRead).then(|| link("/desk/mine", Mark::Pin, t!(i18n, posts.nav.mine).into_any()))}
                {move || may(P::ComplaintApprove).then(|| link("/desk/approvals", Mark::Check, t!(i18n, desk.nav.approvals).into_any()))}
                {move || may(P::ComplaintSupervise).then(|| link("/desk/overdue", Mark::Flag, t!(i18n, desk.nav.overdue).into_any()))}
                {move || may(P::ComplaintReadAll).then(|| link("/desk/complaints", Mark::Chat, t!(i18n, desk.nav.complaints).into_any()))}
                {move || may(P::BadRatingRead).then(|| link("/desk/bad-ratings", Mark::Alert, t!(i18n, bad_ratings.nav).into_any()))}
                {move || may(P::RatingFlagRead).then(|| link("/desk/rating-flags", Mark::Eye, t!(i18n, ratings.flags.nav).into_any()))}
                {move || may(P::ComplaintRegister).then(|| link(REGISTER, Mark::Plus, t!(i18n, desk.nav.register).into_any()))}
                {move || may(P::PostRead).then(|| link("/desk/posts", Mark::Flag, t!(i18n, posts.nav.board).into_any()))}
                {move || may(P::PostRead).then(|| link("/desk/roster", Mark::Clock, t!(i18n, posts.nav.roster).into_any()))}
                {move || may(P::PostRead).then(|| link("/desk/staff", Mark::Users, t!(i18n, posts.nav.staff).into_any()))}
                {move || may(P::ModelPostRead).then(|| link("/desk/gaps", Mark::Star, t!(i18n, models.nav).into_any()))}
                {move || may(P::PostRead).then(|| link("/desk/work", Mark::Note, t!(i18n, posts.nav.work).into_any()))}
                // Whoever sees no posts has these rooms alone.
                {move || (may(P::VolunteerServe) && !may(P::PostRead)).then(|| link("/desk/volunteers", Mark::Users, t!(i18n, volunteers.nav).into_any()))}
                {move || may(P::CampaignRate).then(|| link(EVALUATE, Mark::Star, t!(i18n, campaigns.rate.desk).into_any()))}
                {move || (may(P::AppearanceRead) && !may(P::PostRead)).then(|| link("/desk/appearance", Mark::Eye, t!(i18n, appearance.nav).into_any()))}
                {move || may(P::CityCompare).then(|| link("/desk/compare", Mark::Star, t!(i18n, compare.nav).into_any()))}
                {move || may(P::StandingRead).then(|| link("/desk/standing", Mark::Star, t!(i18n, compare.standing.nav).into_any()))}
                {move || may(P::CityCompare).then(|| link("/desk/city", Mark::Users, t!(i18n, desk.nav.city).into_any()))}
                {move || may(P::ReferralOpen).then(|| link("/desk/referrals", Mark::Flag, t!(i18n, desk.nav.referrals).into_any()))}
                {move || may(P::AppealDecide).then(|| link("/desk/appeals", Mark::Flag, t!(i18n, bad_ratings.city.nav).into_any()))}
                {move || may(P::CenterManage).then(|| link("/desk/centers", Mark::Home, t!(i18n, desk.nav.centers).into_any()))}
                {move || may(P::PolicyManage).then(|| link("/desk/policy", Mark::Clock, t!(i18n, desk.nav.policy).into_any()))}
                {move || may(P::PostKindManage).then(|| link("/desk/kinds", Mark::Box, t!(i18n, posts.nav.kinds).into_any()))}
                {move || may(P::FormManage).then(|| link("/desk/forms", Mark::Note, t!(i18n, forms.nav).into_any()))}
                {move || may(P::CityRoundManage).then(|| link("/desk/city-rounds", Mark::Star, t!(i18n, campaigns.city.nav).into_any()))}
                {move || may(P::PolicyManage).then(|| link("/desk/calendar", Mark::Check, t!(i18n, desk.nav.calendar).into_any()))}
                {move || may(P::MemberManage).then(|| link("/desk/members", Mark::User, t!(i18n, desk.nav.members).into_any()))}
                {move || may(P::CenterSettings).then(|| link("/desk/settings", Mark::Home, t!(i18n, desk.nav.settings).into_any()))}
                {move || may(P::AuditRead).then(|| link("/desk/audit", Mark::Lock, t!(i18n, desk.nav.audit).into_any()))}
                {move || may(P::CatalogueRead).then(|| link("/desk/catalogue", Mark::Book, t!(i18n, desk.nav.catalogue).into_any()))}
            </ul>
        </nav>
    }
}

const REGISTER: &str = "/desk/complaints/new";

/// Whether the page at `path` belongs to the entry `href`. A case belongs to the list; registering is its own entry.
fn is_within(path: &str, href: &str) -> bool {
    path == href || (path != REGISTER && path.strip_prefix(href).is_some_and(|rest| rest.starts_with('/')))
}

/// Knows who is signed in, for all pages of the desk.
#[component]
pub fn DeskSession(children: Children) -> impl IntoView {
    Session::provide();
    children()
}
