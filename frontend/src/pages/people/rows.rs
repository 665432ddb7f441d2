//! The list: each person with their roles, and what the viewer may do about them.

use chrono::NaiveDate;
use domain::{
    identity::{MemberAction, MemberStatus, after},
    permission::RoleSet,
};
use leptos::prelude::*;

use super::{
    Filter, Office, Person,
    act::{Act, Chosen},
};
use crate::{
    api::people::Membership,
    components::{Chip, Empty, Icon, Mark, MemberChip, Tone},
    i18n::{label, t, t_string, use_i18n},
    session::use_session,
};

/// Those whom the filter lets through.
#[component]
pub fn People(people: Vec<Person>, filter: Filter, office: Office) -> impl IntoView {
    let i18n = use_i18n();
    let shown = Memo::new(move |_| people.iter().filter(|person| filter.fits(person)).cloned().collect::<Vec<_>>());
    view! {
        <p class="hint" role="status">
            {move || match shown.with(Vec::len) {
                1 => t_string!(i18n, desk.members.count_one).to_owned(),
                count => t_string!(i18n, desk.members.count, count = count),
            }}
        </p>
        <Show
            when=move || !shown.with(Vec::is_empty)
            fallback=move || view! { <Empty text=move || t_string!(i18n, desk.members.none) /> }
        >
            <ul class="case-cards">
                {move || shown.get().into_iter().map(|person| view! { <Card person office /> }).collect_view()}
            </ul>
        </Show>
    }
}

#[component]
fn Card(person: Person, office: Office) -> impl IntoView {
    let i18n = use_i18n();
    let viewer = use_session().viewer();
    let oneself = viewer.as_ref().is_some_and(|viewer| viewer.account_id == person.account_id);
    let own = RoleSet::new(viewer.and_then(|viewer| viewer.scope).map(|scope| scope.roles).unwrap_or_default());
    let current = person.roles.iter().filter(|row| row.status != MemberStatus::Ended);
    let manages = !oneself && current.clone().all(|row| own.may_give(row.role)) && current.count() > 0;
    let works = person.roles.iter().any(|row| matches!(row.status, MemberStatus::Active | MemberStatus::Suspended));
    let invited = person.roles.iter().any(|row| row.status == MemberStatus::Invited);
    let acts = [
        (invited, Act::Renew),
        (works, Act::ResetPassword),
        (works && person.second_factor, Act::ResetFactor),
        (works, Act::EndSessions),
    ];
    let acts: Vec<_> = acts.into_iter().filter(|(fits, _)| *fits && manages).map(|(_, act)| act).collect();
    let buttons = acts.into_iter().map(|act| {
        let chosen = Chosen { act, person: person.clone(), membership: None };
        view! { <ActButton chosen office /> }
    });
    let buttons: Vec<_> = buttons.collect();
    let roles = person.roles.iter().map(|row| {
        let may = !oneself && own.may_give(row.role);
        view! { <Role row=row.clone() person=person.clone() may office /> }
    });
    let roles = roles.collect_view();
    let factor = person.second_factor;
    let factor = works.then(|| {
        let (tone, mark) = if factor { (Tone::Plain, Mark::Lock) } else { (Tone::Still, Mark::Info) };
        let text = move || {
            if factor { t_string!(i18n, desk.members.factor) } else { t_string!(i18n, desk.members.no_factor) }
        };
        view! { <Chip tone mark text /> }
    });
    let name = person.display_name.clone();
    let more = move || t_string!(i18n, desk.members.account_of, name = name.as_str());
    view! {
        <li class="card-case person">
            <div class="person-head">
                <h2 class="card-title">{person.display_name}</h2>
                {oneself.then(|| view! { <Chip tone=Tone::Active mark=Mark::User text=move || t_string!(i18n, desk.members.you) /> })}
                {factor}
            </div>
            <p class="person-facts">
                {person.title.map(|title| view! { <span>{title}</span> })}
                <span>{t!(i18n, desk.members.login)} " " <code>{person.login}</code></span>
            </p>
            <ul class="person-roles">{roles}</ul>
            {(!buttons.is_empty())
                .then(|| {
                    view! {
                        <details class="more">
                            <summary class="btn btn-ghost btn-small" aria-label=more>
                                <Icon mark=Mark::ChevronDown />
                                {t!(i18n, desk.members.account)}
                            </summary>
                            <div class="person-acts">{buttons}</div>
                        </details>
                    }
                })}
        </li>
    }
}

#[component]
fn Role(row: Membership, person: Person, may: bool, office: Office) -> impl IntoView {
    let i18n = use_i18n();
    let Membership { role, status, valid_from, valid_until, .. } = row;
    let buttons = MemberAction::ALL.iter().filter(|action| may && after(status, **action).is_ok()).map(|action| {
        let chosen = Chosen { act: Act::Role(*action), person: person.clone(), membership: Some(row.clone()) };
        view! { <ActButton chosen office /> }
    });
    let buttons = buttons.collect_view();
    view! {
        <li class="person-role">
            <span class="font-semibold">{move || label(i18n.get_locale(), "role", role.key())}</span>
            <MemberChip status />
            <Dates from=valid_from until=valid_until />
            <span class="person-acts">{buttons}</span>
        </li>
    }
}

#[component]
fn Dates(from: Option<NaiveDate>, until: Option<NaiveDate>) -> impl IntoView {
    let i18n = use_i18n();
    let (from, until) = (from.map(|day| day.to_string()), until.map(|day| day.to_string()));
    let text = move || match (&from, &until) {
        (Some(from), Some(until)) => {
            t_string!(i18n, desk.members.between, from = from.as_str(), until = until.as_str())
        }
        (Some(from), None) => t_string!(i18n, desk.members.from, from = from.as_str()),
        (None, Some(until)) => t_string!(i18n, desk.members.until, until = until.as_str()),
        (None, None) => String::new(),
    };
    view! { <span class="hint tabular-nums">{text}</span> }
}

#[component]
fn ActButton(chosen: Chosen, office: Office) -> impl IntoView {
    let i18n = use_i18n();
    let (act, name) = (chosen.act, chosen.person.display_name.clone());
    let role = chosen.membership.as_ref().map(|row| row.role);
    // Many buttons of the page say the same: each is named with whom it is about.
    let full = move || {
        let locale = i18n.get_locale();
        let role = role.map(|role| label(locale, "role", role.key())).unwrap_or_default();
        t_string!(i18n, desk.members.act_for, act = act.name(locale), name = name.as_str(), role = role)
            .trim()
            .to_owned()
    };
    let open = move |_| {
        office.chosen.set(Some(chosen.clone()));
        office.acting.set(true);
    };
    view! {
        <button type="button" class="btn btn-outline btn-small" aria-label=full on:click=open>
            {move || act.name(i18n.get_locale())}
        </button>
    }
}
