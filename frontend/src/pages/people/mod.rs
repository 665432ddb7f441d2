//! `/desk/members`: the people of a center, or of a city office, for its administrator.

mod act;
mod evaluator;
pub(in crate::pages) mod invite;
pub(in crate::pages) mod link;
mod rows;

use domain::{
    AccountId,
    identity::MemberStatus,
    permission::{Role, RoleSet},
};
use leptos::prelude::*;

use self::{
    act::{ActDialog, Chosen},
    evaluator::EvaluatorDialog,
    invite::InviteDialog,
    link::{LinkDialog, Made},
    rows::People,
};
use crate::{
    api::people::{self, Membership},
    components::{AsyncView, Empty, ExportButton, Icon, Mark, Notice, NoticeLine, PageHeading, keys},
    dom,
    i18n::{label, t, t_string, use_i18n},
    session::use_session,
};

/// Somebody with all the roles that they hold, held or were offered here.
#[derive(Clone, PartialEq, Eq)]
struct Person {
    account_id: AccountId,
    login: String,
    display_name: String,
    title: Option<String>,
    second_factor: bool,
    roles: Vec<Membership>,
}

/// One person for each account, in the order of the list.
fn by_person(rows: Vec<Membership>) -> Vec<Person> {
    let mut people: Vec<Person> = Vec::new();
    for row in rows {
        match people.iter_mut().find(|person| person.account_id == row.account_id) {
            Some(person) => person.roles.push(row),
            None => people.push(Person {
                account_id: row.account_id,
                login: row.login.clone(),
                display_name: row.display_name.clone(),
                title: row.title.clone(),
                second_factor: row.second_factor,
                roles: vec![row],
            }),
        }
    }
    // Those who have left come last; the rest keep the server's order.
    people.sort_by_key(|person| person.roles.iter().all(|row| row.status == MemberStatus::Ended));
    people
}

/// What the list shows.
#[derive(Clone, Copy)]
struct Filter {
    name: RwSignal<String>,
    status: RwSignal<Option<MemberStatus>>,
}

impl Filter {
    /// The same for the workbook.
    fn query(self) -> String {
        let name = self.name.with(|name| dom::encoded(name.trim()));
        format!("q={name}&status={}", self.status.get().map_or("", MemberStatus::key))
    }

    /// Whether `person` is shown. Reactive.
    fn fits(self, person: &Person) -> bool {
        let sought = self.name.get().trim().to_lowercase();
        let found = |text: &str| text.to_lowercase().contains(&sought);
        let status = self.status.get();
        (found(&person.display_name) || found(&person.login))
            && status.is_none_or(|status| person.roles.iter().any(|row| row.status == status))
    }
}

/// What the parts of the page share.
#[derive(Clone, Copy)]
pub(in crate::pages) struct Office {
    chosen: RwSignal<Option<Chosen>>,
    acting: RwSignal<bool>,
    made: RwSignal<Option<Made>>,
    showing: RwSignal<bool>,
    notice: Notice,
    changed: Callback<()>,
}

impl Office {
    /// Shows a link just made, once.
    fn show_link(self, made: Made) {
        self.made.set(Some(made));
        self.showing.set(true);
        self.changed.run(());
    }
}

/// The page.
#[component]
pub fn Members() -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let found = LocalResource::new(people::memberships);
    let office = Office {
        chosen: RwSignal::new(None),
        acting: RwSignal::new(false),
        made: RwSignal::new(None),
        showing: RwSignal::new(false),
        notice: Notice::new(),
        changed: Callback::new(move |()| found.refetch()),
    };
    let filter = Filter { name: RwSignal::new(String::new()), status: RwSignal::new(None) };
    let inviting = RwSignal::new(false);
    let calling = RwSignal::new(false);
    let invites_evaluators = move || {
        let scope = session.viewer().and_then(|viewer| viewer.scope);
        scope.is_some_and(|scope| RoleSet::new(scope.roles).may_give(Role::CongressDeputy))
    };
    let ready = move |rows: Vec<Membership>| {
        if rows.is_empty() {
            view! { <Empty text=move || t_string!(i18n, desk.members.empty) /> }.into_any()
        } else {
            view! {
                <FilterLine filter />
                <People people=by_person(rows) filter office />
            }
            .into_any()
        }
    };
    view! {
        <div class="title-line">
            <PageHeading title=move || t_string!(i18n, desk.members.title) />
            <div class="flex flex-wrap gap-3">
                <ExportButton list="members" query=move || filter.query() />
                <button type="button" class="btn btn-primary" on:click=move |_| inviting.set(true)>
                    <Icon mark=Mark::Plus />
                    {t!(i18n, desk.members.invite)}
                </button>
                <Show when=invites_evaluators>
                    <button type="button" class="btn btn-outline" on:click=move |_| calling.set(true)>
                        <Icon mark=Mark::Plus />
                        {t!(i18n, desk.evaluator.title)}
                    </button>
                </Show>
            </div>
        </div>
        <p class="desk-lead">{t!(i18n, desk.members.lead)}</p>
        <NoticeLine notice=office.notice />
        <AsyncView resource=found ready />
        <InviteDialog open=inviting office />
        <EvaluatorDialog open=calling office />
        <ActDialog office />
        <LinkDialog made=office.made showing=office.showing />
    }
}

#[component]
fn FilterLine(filter: Filter) -> impl IntoView {
    let i18n = use_i18n();
    let options = MemberStatus::ALL.iter().map(|status| {
        let key = status.key();
        view! { <option value=key>{move || label(i18n.get_locale(), "member_status", key)}</option> }
    });
    view! {
        <div class="filters" role="search">
            <div class="filter">
                <label for=keys::SEARCH>{t!(i18n, desk.members.search)}</label>
                <input
                    id=keys::SEARCH
                    class="input-line"
                    type="search"
                    autocomplete="off"
                    prop:value=move || filter.name.get()
                    on:input=move |event| filter.name.set(event_target_value(&event))
                />
            </div>
            <div class="filter">
                <label for="member-status">{t!(i18n, desk.members.status)}</label>
                <select
                    id="member-status"
                    class="input-line"
                    prop:value=move || filter.status.get().map(MemberStatus::key).unwrap_or_default()
                    on:change=move |event| filter.status.set(MemberStatus::from_key(&event_target_value(&event)))
                >
                    <option value="">{t!(i18n, desk.members.any)}</option>
                    {options.collect_view()}
                </select>
            </div>
        </div>
    }
}
