//! The standard as a tree: every clause with what serves it.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use cynic::QueryBuilder;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    api::{run, schema},
    components::{AsyncView, Chip, Empty, Icon, Mark, PageHeading, Tone, keys},
    i18n::{label, pick, t, t_string, use_i18n},
};

#[derive(cynic::QueryFragment, Clone)]
#[cynic(graphql_type = "Query")]
struct CatalogueQuery {
    catalogue: Catalogue,
}

#[derive(cynic::QueryFragment, Clone)]
struct Catalogue {
    edition: StandardEdition,
    clauses: Vec<Clause>,
    post_kinds: Vec<PostKind>,
}

#[derive(cynic::QueryFragment, Clone)]
struct StandardEdition {
    code: String,
    title_zh: String,
    title_en: String,
    issued_on: NaiveDate,
    effective_on: NaiveDate,
    note_zh: String,
    note_en: String,
}

#[derive(cynic::QueryFragment, Clone)]
struct Clause {
    number: String,
    parent: Option<String>,
    title_zh: String,
    title_en: String,
    summary_zh: String,
    summary_en: String,
    status: ClauseStatus,
    features: Vec<Feature>,
}

#[derive(cynic::QueryFragment, Clone)]
struct Feature {
    code: String,
    title_zh: String,
    title_en: String,
}

#[derive(cynic::QueryFragment, Clone)]
struct PostKind {
    clause: Option<String>,
    title_zh: String,
    title_en: String,
    summary_zh: String,
    summary_en: String,
}

/// How much of a clause's text is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum ClauseStatus {
    Extract,
    Partial,
    Unknown,
}
cynic::impl_scalar!(ClauseStatus, schema::ClauseStatus);

impl ClauseStatus {
    const fn look(self) -> (Tone, Mark, &'static str) {
        match self {
            Self::Extract => (Tone::Good, Mark::Check, "extract"),
            Self::Partial => (Tone::Warn, Mark::Info, "partial"),
            Self::Unknown => (Tone::Plain, Mark::Info, "unknown"),
        }
    }
}

/// The clauses in order, and which of them have which as children.
#[derive(Clone, Copy)]
struct Tree {
    clauses: StoredValue<HashMap<String, Clause>>,
    children: StoredValue<HashMap<Option<String>, Vec<String>>>,
    /// Numbers that are shown; none: all.
    shown: Memo<Option<HashSet<String>>>,
    open: RwSignal<HashSet<String>>,
}

impl Tree {
    fn new(clauses: Vec<Clause>, filter: RwSignal<String>, open: RwSignal<HashSet<String>>) -> Self {
        let known: HashSet<_> = clauses.iter().map(|clause| clause.number.clone()).collect();
        let mut children: HashMap<Option<String>, Vec<String>> = HashMap::new();
        for clause in &clauses {
            let parent = clause.parent.clone().filter(|parent| known.contains(parent));
            children.entry(parent).or_default().push(clause.number.clone());
        }
        let clauses: HashMap<_, _> = clauses.into_iter().map(|clause| (clause.number.clone(), clause)).collect();
        let clauses = StoredValue::new(clauses);
        let shown = Memo::new(move |_| {
            let words = filter.get().trim().to_lowercase();
            (!words.is_empty()).then(|| clauses.with_value(|clauses| matching(clauses, &words)))
        });
        Self { clauses, children: StoredValue::new(children), shown, open }
    }

    fn children(self, of: Option<String>) -> Vec<String> {
        self.children.with_value(|children| children.get(&of).cloned().unwrap_or_default())
    }

    fn is_shown(self, number: &str) -> bool {
        self.shown.with(|shown| shown.as_ref().is_none_or(|shown| shown.contains(number)))
    }

    /// Open by hand or, while something is looked for, because it lies here or within.
    fn is_open(self, number: &str) -> bool {
        self.shown.with(|shown| match shown {
            Some(shown) => shown.contains(number),
            None => self.open.with(|open| open.contains(number)),
        })
    }
}

/// The clauses that fit, with all their ancestors, so that each is found in its place.
fn matching(clauses: &HashMap<String, Clause>, words: &str) -> HashSet<String> {
    let fits = |clause: &Clause| {
        clause.number.to_lowercase().starts_with(words)
            || [&clause.title_zh, &clause.title_en, &clause.summary_zh, &clause.summary_en]
                .iter()
                .any(|text| text.to_lowercase().contains(words))
    };
    let mut shown = HashSet::new();
    for clause in clauses.values().filter(|clause| fits(clause)) {
        let mut next = Some(clause);
        while let Some(clause) = next {
            if !shown.insert(clause.number.clone()) {
                break;
            }
            next = clause.parent.as_ref().and_then(|parent| clauses.get(parent));
        }
    }
    shown
}

/// The page.
#[component]
pub fn CataloguePage() -> impl IntoView {
    let i18n = use_i18n();
    let found = LocalResource::new(|| async { run(CatalogueQuery::build(())).await });
    let filter = RwSignal::new(String::new());
    let open = RwSignal::new(HashSet::new());
    view! {
        <PageHeading title=move || t_string!(i18n, desk.catalogue.title) />
        <AsyncView resource=found ready=move |found| view! { <Content catalogue=found.catalogue filter open /> } />
    }
}

#[component]
fn Content(catalogue: Catalogue, filter: RwSignal<String>, open: RwSignal<HashSet<String>>) -> impl IntoView {
    let i18n = use_i18n();
    let Catalogue { edition, clauses, post_kinds } = catalogue;
    let all: HashSet<String> = clauses.iter().map(|clause| clause.number.clone()).collect();
    let total = all.len();
    let tree = Tree::new(clauses, filter, open);
    let count = move || tree.shown.with(|shown| shown.as_ref().map_or(total, HashSet::len));
    let roots = tree.children(None).into_iter().map(|number| view! { <Branch tree number /> }).collect_view();
    view! {
        <Edition edition />
        <section aria-labelledby="clauses">
            <h2 class="section-title" id="clauses">{t!(i18n, desk.catalogue.clauses)}</h2>
            <div class="tree-tools">
                <div class="filter grow">
                    <label for=keys::SEARCH>{t!(i18n, desk.catalogue.filter)}</label>
                    <input
                        id=keys::SEARCH
                        class="input-line"
                        type="search"
                        autocomplete="off"
                        placeholder=move || t_string!(i18n, desk.catalogue.filter_hint)
                        prop:value=move || filter.get()
                        on:input=move |event| filter.set(event_target_value(&event))
                    />
                </div>
                <button type="button" class="btn btn-outline" on:click=move |_| open.set(all.clone())>
                    {t!(i18n, desk.catalogue.expand)}
                </button>
                <button type="button" class="btn btn-outline" on:click=move |_| open.set(HashSet::new())>
                    {t!(i18n, desk.catalogue.collapse)}
                </button>
            </div>
            <p class="hint" role="status">{move || t_string!(i18n, desk.catalogue.count, count = count())}</p>
            <ul class="tree">{roots}</ul>
            <Show when=move || count() == 0>
                <Empty text=move || t_string!(i18n, desk.catalogue.empty) />
            </Show>
        </section>
        <Posts posts=post_kinds />
    }
}

#[component]
fn Edition(edition: StandardEdition) -> impl IntoView {
    let i18n = use_i18n();
    let StandardEdition { code, title_zh, title_en, issued_on, effective_on, note_zh, note_en } = edition;
    view! {
        <section class="sheet">
            <p class="sheet-title">{code} " " {move || pick(i18n.get_locale(), &title_zh, &title_en)}</p>
            <p class="hint">
                {move || t_string!(i18n, desk.catalogue.issued, date = issued_on.to_string())}
                {move || t_string!(i18n, common.separator)}
                {move || t_string!(i18n, desk.catalogue.in_force, from = effective_on.to_string())}
            </p>
            <p>{move || pick(i18n.get_locale(), &note_zh, &note_en)}</p>
        </section>
    }
}

/// A clause and what is below it. A native `details` is opened by Enter and Space, and read out as such.
#[component]
fn Branch(tree: Tree, number: String) -> AnyView {
    let Some(clause) = tree.clauses.with_value(|clauses| clauses.get(&number).cloned()) else { return ().into_any() };
    let i18n = use_i18n();
    let (zh, en) = (clause.title_zh.clone(), clause.title_en.clone());
    let title = move || pick(i18n.get_locale(), &zh, &en);
    let hidden = {
        let number = number.clone();
        move || !tree.is_shown(&number)
    };
    let is_open = {
        let number = number.clone();
        Memo::new(move |_| tree.is_open(&number))
    };
    let toggle = {
        let number = number.clone();
        move |event: leptos::ev::MouseEvent| {
            // The set of open branches is what decides, so that "expand all" can.
            event.prevent_default();
            tree.open.update(|open| {
                if !open.remove(&number) {
                    open.insert(number.clone());
                }
            });
        }
    };
    let below = tree.children(Some(number.clone()));
    view! {
        <li class:hidden=hidden>
            <details class="branch" prop:open=is_open>
                <summary on:click=toggle>
                    <Icon mark=Mark::ChevronRight class="icon branch-arrow" />
                    <span class="branch-number">{number}</span>
                    <span>{title}</span>
                </summary>
                // Built when it is first opened: the whole catalogue at once is slow on an old machine.
                <Show when=move || is_open.get()>
                    <Leaf clause=clause.clone() />
                    <ul class="tree">
                        {below.clone().into_iter().map(|number| view! { <Branch tree number /> }).collect_view()}
                    </ul>
                </Show>
            </details>
        </li>
    }
    .into_any()
}

#[component]
fn Leaf(clause: Clause) -> impl IntoView {
    let i18n = use_i18n();
    let Clause { summary_zh, summary_en, status, features, .. } = clause;
    let (tone, mark, key) = status.look();
    let served = if features.is_empty() {
        view! { <span class="hint">{t!(i18n, desk.catalogue.no_features)}</span> }.into_any()
    } else {
        features
            .into_iter()
            .map(|Feature { code, title_zh, title_en }| {
                let text = move || format!("{code} {}", pick(i18n.get_locale(), &title_zh, &title_en));
                view! { <Chip tone=Tone::Active mark=Mark::Check text /> }
            })
            .collect_view()
            .into_any()
    };
    view! {
        <div class="leaf">
            <p>{move || pick(i18n.get_locale(), &summary_zh, &summary_en)}</p>
            <p class="flex flex-wrap items-center gap-2">
                <Chip tone mark text=move || label(i18n.get_locale(), "clause_status", key) />
                <span class="hint">{t!(i18n, desk.catalogue.features)}</span>
                {served}
            </p>
        </div>
    }
}

#[component]
fn Posts(posts: Vec<PostKind>) -> impl IntoView {
    let i18n = use_i18n();
    let cards = posts.into_iter().map(|post| {
        let PostKind { clause, title_zh, title_en, summary_zh, summary_en } = post;
        view! {
            <li class="sheet">
                <h3 class="sheet-part">
                    {move || pick(i18n.get_locale(), &title_zh, &title_en)}
                    {clause.map(|clause| view! { <span class="hint">" " {clause}</span> })}
                </h3>
                <p>{move || pick(i18n.get_locale(), &summary_zh, &summary_en)}</p>
            </li>
        }
    });
    view! {
        <section aria-labelledby="posts">
            <h2 class="section-title" id="posts">{t!(i18n, desk.catalogue.posts)}</h2>
            <ul class="post-kinds">{cards.collect_view()}</ul>
        </section>
    }
}
