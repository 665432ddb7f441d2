//! `/desk/settings`: what a center keeps about itself. Four lists of the same make, one at a time.
//!
//! Everything of a kind has one type here (boxed texts, erased views): each type is compiled into the page anew.

mod dialog;
mod rows;

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::{hooks::use_query_map, params::ParamsMap};

use self::{dialog::TaskDialog, rows::entries};
use crate::{
    api::settings::{Entry, KIOSK_POINTS, Kind, LISTS, List, Lists, POINTS, Sent, change, lists},
    components::{
        AsyncView, Icon, Mark, Notice, NoticeLine, PageHeading,
        form::{ErrorSummaryOf, FormState},
    },
    i18n::{self, I18n, Locale, settings_text, use_i18n},
    pages::center_admin::export::ExportSection,
    session::{Session, use_session},
};

/// What the dialog is open for.
#[derive(Clone)]
struct Task {
    verb: &'static str,
    /// What it is about; none for a new entry.
    entry: Option<Arc<Entry>>,
    /// What was just made for a device, to be shown.
    made: Option<Made>,
}

/// A credential.
#[derive(Clone)]
struct Made {
    /// The device's name.
    name: String,
    credential: String,
    /// Where a kiosk is enrolled by it.
    address: Option<String>,
}

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Office {
    i18n: I18n,
    session: Session,
    query: Memo<ParamsMap>,
    lists: RwSignal<Lists>,
    task: RwSignal<Option<Task>>,
    open: RwSignal<bool>,
    notice: Notice,
    moving: FormState,
}

/// Which list is shown. Reactive.
fn shown(query: Memo<ParamsMap>) -> usize {
    let name = query.with(|query| query.get("list"));
    name.and_then(|name| LISTS.iter().position(|list| list.name == name)).unwrap_or_default()
}

/// The list that is shown. Reactive.
fn list(query: Memo<ParamsMap>) -> &'static List {
    let [first, ..] = &LISTS;
    LISTS.get(shown(query)).unwrap_or(first)
}

impl Office {
    fn begin(self, verb: &'static str, entry: Option<Arc<Entry>>) {
        self.task.set(Some(Task { verb, entry, made: None }));
        self.open.set(true);
    }

    /// Does it, and asks for the lists again.
    fn send(self, state: FormState, verb: &'static str, sent: Sent, done: Box<dyn FnOnce(String)>) {
        let work = async move { Ok((change(verb, sent).await?, lists().await)) };
        state.send(work, move |(credential, found)| {
            // It is done all the same: whoever then changes an old entry is told.
            if let Ok(found) = found {
                self.lists.set(found);
            }
            done(credential);
        });
    }

    /// A text of the page, for a component.
    fn prop(self, group: &'static str, key: &'static str) -> impl Fn() -> &'static str + Copy + Send + Sync {
        move || settings_text(self.i18n.get_locale(), group, key)
    }

    /// A text of the page.
    fn text(self, group: &'static str, key: &'static str) -> Box<dyn Fn() -> &'static str + Send> {
        i18n::text(self.prop(group, key))
    }

    /// A text of the list that is shown.
    fn of_list(self, group: &'static str, key: fn(&List) -> &'static str) -> Box<dyn Fn() -> &'static str + Send> {
        let Self { i18n, query, .. } = self;
        i18n::text(move || settings_text(i18n.get_locale(), group, key(list(query))))
    }

    /// What the service points are called, by id.
    fn points(self, locale: Locale, offered: &dyn Fn(&Entry) -> bool) -> Vec<(String, String)> {
        let mut found = Vec::new();
        let Some(list) = LISTS.get(POINTS) else { return found };
        self.lists.with(|lists| {
            for point in lists.get(POINTS).into_iter().flatten().filter(|point| offered(point)) {
                found.push((point.id.clone(), title(locale, list, &point.values).to_owned()));
            }
        });
        found
    }

    /// What the points for kiosks are called, by id.
    fn kiosk_points(self) -> Vec<(String, String)> {
        let named = |point: &Arc<Entry>| (point.id.clone(), point.values.concat());
        self.lists.with(|lists| lists.get(KIOSK_POINTS).into_iter().flatten().map(named).collect())
    }

    /// Where a kiosk is enrolled by a credential. What follows the `#` is not sent.
    fn kiosk_address(self, credential: &str) -> String {
        let viewer = untrack(|| self.session.viewer());
        let center = viewer.and_then(|viewer| viewer.scope).map(|scope| scope.place.code).unwrap_or_default();
        let origin = window().location().origin().unwrap_or_default();
        format!("{origin}/kiosk/#{center}.{credential}")
    }
}

/// What an entry with these values is called.
fn title<'a>(locale: Locale, list: &List, values: &'a [String]) -> &'a str {
    let own = |language: Option<Locale>| language.is_none_or(|language| language == locale);
    let at = list.fields.iter().position(|field| field.kind == Kind::Title && own(field.language));
    at.and_then(|at| values.get(at)).map_or("", String::as_str)
}

/// The page.
#[component]
pub fn Settings() -> impl IntoView {
    let kept = RwSignal::new(Lists::new());
    let office = Office {
        i18n: use_i18n(),
        session: use_session(),
        query: use_query_map(),
        lists: kept,
        task: RwSignal::new(None),
        open: RwSignal::new(false),
        notice: Notice::new(),
        moving: FormState::new("move"),
    };
    let found = LocalResource::new(move || async move { lists().await.map(|found| kept.set(found)) });
    let mut links = Vec::new();
    for own in &LISTS {
        let href = format!("/desk/settings?list={}", own.name);
        let current = move || (list(office.query).name == own.name).then_some("page");
        links.push(view! { <li><a href=href aria-current=current>{office.text("list", own.name)}</a></li> });
    }
    let add = move |_| office.begin(untrack(|| list(office.query)).add, None);
    view! {
        <div class="inbox">
            <nav class="queues" aria-label=office.prop("page", "lists")>
                <ul>{links}</ul>
            </nav>
            <div class="inbox-list">
                <PageHeading title=office.prop("page", "title") />
                <div class="title-line">
                    <h2 class="section-title">{office.of_list("list", |list| list.name)}</h2>
                    <button type="button" class="btn btn-primary" on:click=add>
                        <Icon mark=Mark::Plus />
                        {office.of_list("verb", |list| list.add)}
                    </button>
                </div>
                <p class="desk-lead">{office.of_list("lead", |list| list.name)}</p>
                <NoticeLine notice=office.notice />
                <ErrorSummaryOf state=office.moving />
                <AsyncView resource=found ready=move |()| move || entries(office) />
                <ExportSection notice=office.notice />
            </div>
        </div>
        <TaskDialog office />
    }
}
