//! Which records the page shows: all of it is in the address.

use chrono::NaiveDate;
use domain::AccountId;
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate, params::ParamsMap};

use super::AuditPerson;
use crate::{
    components::{Icon, Mark},
    i18n::{label_of, t, use_i18n},
};

/// The page's question to the server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub person: Option<AccountId>,
    pub verb: Option<String>,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub after: Option<String>,
}

impl Filter {
    /// Reads the address; what it cannot read it leaves out.
    pub fn read(query: &ParamsMap) -> Self {
        let get = |name| query.get(name).filter(|text| !text.trim().is_empty());
        Self {
            person: get("person").and_then(|id| id.parse().ok()),
            verb: get("verb"),
            from: get("from").and_then(|day| day.parse().ok()),
            to: get("to").and_then(|day| day.parse().ok()),
            after: get("after"),
        }
    }

    /// The address of this list.
    pub fn path(&self) -> String {
        let parts = [
            ("person", self.person.map(|v| v.to_string())),
            ("verb", self.verb.clone()),
            ("from", self.from.map(|v| v.to_string())),
            ("to", self.to.map(|v| v.to_string())),
            ("after", self.after.clone()),
        ];
        let query: Vec<String> = parts
            .into_iter()
            .filter_map(|(name, value)| Some(format!("{name}={}", js_sys::encode_uri_component(&value?))))
            .collect();
        format!("/desk/audit?{}", query.join("&"))
    }

    fn is_narrowed(&self) -> bool {
        *self != Self { after: self.after.clone(), ..Self::default() }
    }
}

/// Person, action, first and last day; each change is a new address.
#[component]
pub fn Narrow(filter: Memo<Filter>, people: Vec<AuditPerson>, verbs: Vec<String>) -> impl IntoView {
    let i18n = use_i18n();
    let navigate = use_navigate();
    let go = Callback::new(move |change: Box<dyn Fn(&mut Filter)>| {
        let mut next = filter.get_untracked();
        next.after = None;
        change(&mut next);
        navigate(&next.path(), NavigateOptions::default());
    });
    let people = people.into_iter().map(|person| {
        let id = person.account_id;
        let selected = move || filter.with(|f| f.person == Some(id));
        view! { <option value=id.to_string() selected=selected>{person.display_name}</option> }
    });
    let verbs = verbs.into_iter().map(|verb| {
        let (key, name) = (verb.clone(), verb.clone());
        let selected = move || filter.with(|f| f.verb.as_ref() == Some(&key));
        view! {
            <option value=verb selected=selected>{move || label_of(i18n.get_locale(), "verb", &name)}</option>
        }
    });
    let day = move |name: &'static str, read: fn(&Filter) -> Option<NaiveDate>| {
        view! {
            <input
                id=format!("audit-{name}")
                class="input-line"
                type="date"
                name=name
                prop:value=move || filter.with(read).map(|day| day.to_string()).unwrap_or_default()
                on:change=move |event| {
                    let day = event_target_value(&event).parse().ok();
                    go.run(Box::new(move |filter| if name == "from" { filter.from = day } else { filter.to = day }));
                }
            />
        }
    };
    view! {
        <form class="filters" role="search" on:submit=|event| event.prevent_default()>
            <div class="filter">
                <label for="audit-person">{t!(i18n, desk.audit.person)}</label>
                <select
                    id="audit-person"
                    class="input-line"
                    on:change=move |event| {
                        let person = event_target_value(&event).parse().ok();
                        go.run(Box::new(move |filter| filter.person = person));
                    }
                >
                    <option value="">{t!(i18n, desk.audit.anybody)}</option>
                    {people.collect_view()}
                </select>
            </div>
            <div class="filter">
                <label for="audit-verb">{t!(i18n, desk.audit.verb)}</label>
                <select
                    id="audit-verb"
                    class="input-line"
                    on:change=move |event| {
                        let verb = Some(event_target_value(&event)).filter(|verb| !verb.is_empty());
                        go.run(Box::new(move |filter| filter.verb.clone_from(&verb)));
                    }
                >
                    <option value="">{t!(i18n, desk.audit.anything)}</option>
                    {verbs.collect_view()}
                </select>
            </div>
            <div class="filter">
                <label for="audit-from">{t!(i18n, desk.audit.from)}</label>
                {day("from", |filter| filter.from)}
            </div>
            <div class="filter">
                <label for="audit-to">{t!(i18n, desk.audit.to)}</label>
                {day("to", |filter| filter.to)}
            </div>
            <Show when=move || filter.with(Filter::is_narrowed)>
                <button
                    type="button"
                    class="btn btn-ghost"
                    on:click=move |_| go.run(Box::new(|filter| *filter = Filter::default()))
                >
                    <Icon mark=Mark::Close />
                    {t!(i18n, desk.audit.clear)}
                </button>
            </Show>
        </form>
    }
}
