//! `/desk/campaigns`: rounds of evaluation, for whoever organises them and for those who read along.

mod form;
mod given;
pub mod page;
pub mod print;
pub mod published;
mod raters;
mod remarks;
mod report;
mod results;
pub mod roster;
mod targets;

use domain::{
    campaigns::{CampaignStatus, TargetKind},
    permission::Permission,
};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use self::form::RoundForm;
use super::posts::Office;
use crate::{
    api::campaigns::{Campaign, Choices, Target, campaigns, choices},
    components::{AsyncView, Chip, Dialog, Empty, Icon, Mark, PageHeading, Tone},
    i18n::{Locale, label, t, t_string, use_i18n},
    session::use_session,
};

/// The list of rounds.
const HOME: &str = "/desk/campaigns";
/// The roster of representatives.
const ROSTER: &str = "/desk/representatives";
/// What published rounds came to.
const RESULTS: &str = "/desk/campaigns/results";

/// The page.
#[component]
pub fn CampaignList() -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let found = LocalResource::new(campaigns);
    let open = RwSignal::new(false);
    let navigate = StoredValue::new_local(use_navigate());
    let form = move || {
        let made = move |id| {
            open.set(false);
            navigate.with_value(|navigate| navigate(&format!("{HOME}/{id}"), Default::default()));
        };
        view! { <WithChoices ready=move |choices: Choices| view! { <RoundForm was=None choices done=made /> }.into_any() /> }
    };
    view! {
        <div class="title-line">
            <PageHeading title=move || t_string!(i18n, campaigns.title) />
            <Show when=move || session.can(Permission::CampaignManage)>
                <button type="button" class="btn btn-primary" on:click=move |_| open.set(true)>
                    <Icon mark=Mark::Plus />
                    {t!(i18n, campaigns.plan)}
                </button>
            </Show>
        </div>
        <p class="desk-lead">{t!(i18n, campaigns.lead)}</p>
        <Rooms here=HOME />
        <AsyncView resource=found ready=move |rows| view! { <List rows /> } />
        <Dialog id="plan-round" open title=move || t_string!(i18n, campaigns.plan)>{form}</Dialog>
    }
}

/// The three pages of this room.
#[component]
fn Rooms(here: &'static str) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let link = move |may, href: &'static str, mark, text: AnyView| {
        let current = (href == here).then_some("page");
        session.can(may).then(|| {
            view! {
                <a class="link" href=href aria-current=current>
                    <Icon mark />
                    {text}
                </a>
            }
        })
    };
    view! {
        <nav class="flex flex-wrap gap-4" aria-label=move || t_string!(i18n, campaigns.rooms)>
            {link(Permission::CampaignRead, HOME, Mark::Clock, t!(i18n, campaigns.nav).into_any())}
            {link(Permission::CampaignManage, ROSTER, Mark::Users, t!(i18n, campaigns.roster.nav).into_any())}
            {link(Permission::CampaignResultRead, RESULTS, Mark::Check, t!(i18n, campaigns.published.nav).into_any())}
        </nav>
    }
}

/// A form that needs to know what there is to choose from.
#[component]
fn WithChoices(ready: impl Fn(Choices) -> AnyView + Send + 'static) -> impl IntoView {
    let found = LocalResource::new(choices);
    view! { <AsyncView resource=found ready /> }
}

#[component]
fn List(rows: Vec<Campaign>) -> impl IntoView {
    let i18n = use_i18n();
    let none = rows.is_empty();
    let rows = rows.into_iter().map(|row| {
        let (kind, status) = (row.kind.key(), row.status);
        let (from, until) = (row.starts_on.to_string(), row.ends_on.to_string());
        view! {
            <li class="person-role" data-campaign=status.key()>
                <span class="grid gap-1">
                    <a class="link font-semibold" href=format!("{HOME}/{}", row.id)>{row.name}</a>
                    <span class="person-facts">
                        <span>{move || label(i18n.get_locale(), "campaign_kind", kind)}</span>
                        <span class="tabular-nums">
                            {move || t_string!(i18n, campaigns.between, from = from.as_str(), until = until.as_str())}
                        </span>
                        {row.by_city.then(|| view! { <span>{t!(i18n, campaigns.of_city)}</span> })}
                    </span>
                </span>
                <StatusOf status />
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="sheet" aria-labelledby="campaigns">
            <h2 class="sheet-title" id="campaigns">{t!(i18n, campaigns.nav)}</h2>
            {none.then(|| view! { <Empty text=move || t_string!(i18n, campaigns.none) /> })}
            <ul class="settings-list">{rows}</ul>
        </section>
    }
}

#[component]
fn StatusOf(status: CampaignStatus) -> impl IntoView {
    use CampaignStatus as S;
    let i18n = use_i18n();
    let (tone, mark) = match status {
        S::Planned => (Tone::Plain, Mark::Note),
        S::Open => (Tone::Active, Mark::Clock),
        S::Closed => (Tone::Warn, Mark::Eye),
        S::Published => (Tone::Good, Mark::Check),
    };
    view! { <Chip tone mark text=move || label(i18n.get_locale(), "campaign_status", status.key()) /> }
}

/// What a target is called: the center has no name of its own here.
fn called(target: &Target, locale: Locale) -> String {
    target.name.clone().unwrap_or_else(|| label(locale, "target_kind", TargetKind::Center.key()).to_owned())
}

/// The values of an enum with their names, for a list to open.
fn listed(group: &'static str, keys: Vec<&'static str>) -> Signal<Vec<(String, String)>> {
    let i18n = use_i18n();
    Signal::derive(move || {
        let locale = i18n.get_locale();
        keys.iter().map(|key| ((*key).to_owned(), label(locale, group, key).to_owned())).collect()
    })
}
