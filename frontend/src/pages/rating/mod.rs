//! Rating, on a phone: the rounds of whoever is in, one of them, and the form about one target. Of the desk's pages it
//! needs none.

mod filled;
mod given;
pub mod kept;
mod news;
mod photos;
mod replies;
mod report;
mod round;
mod sheet;
mod waiting;

use domain::{
    CampaignId, CampaignTargetId,
    campaigns::{CampaignStatus, RaterStatus},
};
use leptos::prelude::*;

use self::news::News;
pub use self::round::RoundView;
use super::elsewhere::EVALUATE;
use crate::{
    api::rating::{Round, rounds},
    components::{AsyncView, Chip, Icon, Mark, Tone},
    i18n::{Locale, label, t, t_string, td_string, use_i18n},
};

/// The address of a round, or of the form about one of its targets.
fn address(round: CampaignId, target: Option<CampaignTargetId>) -> String {
    match target {
        Some(target) => format!("{EVALUATE}?round={round}&target={target}"),
        None => format!("{EVALUATE}?round={round}"),
    }
}

/// The rounds that the viewer rates in, or reads replies of.
#[component]
pub fn Rounds() -> impl IntoView {
    let i18n = use_i18n();
    let found = LocalResource::new(rounds);
    let ready = move |rounds: Vec<Round>| {
        if rounds.is_empty() {
            return view! { <p class="panel panel-info">{t!(i18n, campaigns.rate.none)}</p> }.into_any();
        }
        rounds.into_iter().map(|round| view! { <Line round /> }).collect_view().into_any()
    };
    view! {
        <News />
        <AsyncView resource=found ready />
    }
}

#[component]
fn Line(round: Round) -> impl IntoView {
    let i18n = use_i18n();
    let status = round.status.key();
    let (id, invited) = (round.id, round.standing == RaterStatus::Invited);
    let name = round.name.clone();
    view! {
        <section class="sheet" data-round=status>
            <h2 class="sheet-title">{name}</h2>
            <Facts round />
            <a class="btn btn-primary" href=address(id, None)>
                {move || if invited { t_string!(i18n, campaigns.rate.answer) } else { t_string!(i18n, campaigns.rate.open) }}
                <Icon mark=Mark::ChevronRight />
            </a>
        </section>
    }
}

/// As whom, from when to when, and how far.
#[component]
fn Facts(round: Round) -> impl IntoView {
    let i18n = use_i18n();
    let Round { role, kind, starts_on, ends_on, replies_until, reminded_at, .. } = round.clone();
    let (from, until, replies) = (starts_on.to_string(), ends_on.to_string(), replies_until.to_string());
    let open = round.status == CampaignStatus::Open && round.standing == RaterStatus::Accepted;
    let left = open && round.handed_in + round.recused < round.assigned;
    let (told, counts) = (round.clone(), format!("{}/{}", round.handed_in, round.assigned));
    view! {
        {(left && reminded_at.is_some()).then(|| view! {
            <p class="banner banner-bad"><Icon mark=Mark::Bell />{t!(i18n, campaigns.rate.reminded)}</p>
        })}
        <dl class="desk-facts">
            <dt>{t!(i18n, campaigns.kind)}</dt>
            <dd>{move || label(i18n.get_locale(), "campaign_kind", kind.key())}</dd>
            <dt>{t!(i18n, campaigns.rate.role)}</dt>
            <dd>{move || label(i18n.get_locale(), "role", role.key())}</dd>
            <dt>{t!(i18n, campaigns.rate.days)}</dt>
            <dd class="tabular-nums">
                {move || t_string!(i18n, campaigns.between, from = from.as_str(), until = until.as_str())}
            </dd>
            <dt>{t!(i18n, campaigns.replies_until)}</dt>
            <dd class="tabular-nums">{replies}</dd>
        </dl>
        <p data-progress=counts>
            <Standing round />
            " "
            <span class="tabular-nums">{move || progress(i18n.get_locale(), &told)}</span>
        </p>
    }
}

/// How many forms are in, of how many.
fn progress(locale: Locale, round: &Round) -> String {
    let Round { assigned, handed_in, recused, .. } = *round;
    match recused {
        0 => td_string!(locale, campaigns.rate.progress, done = handed_in, all = assigned),
        _ => td_string!(locale, campaigns.rate.progress_recused, done = handed_in, all = assigned, recused = recused),
    }
}

#[component]
fn Standing(round: Round) -> impl IntoView {
    use CampaignStatus as C;
    let i18n = use_i18n();
    let (tone, mark) = match (round.standing, round.status) {
        (RaterStatus::Declined | RaterStatus::Expired, _) => (Tone::Still, Mark::Close),
        (RaterStatus::Invited | RaterStatus::Drawn, _) => (Tone::Warn, Mark::Mail),
        (RaterStatus::Accepted, C::Planned) => (Tone::Plain, Mark::Clock),
        (RaterStatus::Accepted, C::Open) => (Tone::Active, Mark::Clock),
        (RaterStatus::Accepted, C::Closed | C::Published) => (Tone::Good, Mark::Check),
    };
    let text = move || {
        let locale = i18n.get_locale();
        match round.standing {
            RaterStatus::Accepted => label(locale, "campaign_status", round.status.key()),
            standing => label(locale, "rater_status", standing.key()),
        }
    };
    view! { <Chip tone mark text /> }
}
