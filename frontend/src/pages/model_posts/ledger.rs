//! `/desk/ledgers/:post`: a post's ledger, newest first, by state and kind of material.

use domain::{
    PostId,
    model_posts::{EvidenceKind, ledger::EntryStatus},
    permission::Permission,
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_params_map, use_query_map},
};

use super::{EntryChip, Names, TITLES, list_names, names};
use crate::{
    api::{
        ApiError,
        model_posts::{Book, LedgerEntry, LedgerFilter, LedgerPage, book, ledger},
    },
    components::{AsyncView, Empty, ExportButton, FileShown, Icon, Mark, PageHeading},
    i18n::{label, t, t_string, use_i18n},
    session::use_session,
};

/// The post of the address.
pub(super) fn post_of_address() -> Memo<Option<PostId>> {
    let params = use_params_map();
    Memo::new(move |_| params.with(|params| params.get("post")).and_then(|id| id.parse().ok()))
}

/// The page.
#[component]
pub fn LedgerPageView() -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let post = post_of_address();
    let query = use_query_map();
    let filter = Memo::new(move |_| {
        query.with(|query| LedgerFilter {
            status: query.get("status").and_then(|key| EntryStatus::from_key(&key)),
            evidence: query.get("evidence").and_then(|key| EvidenceKind::from_key(&key)),
            after: query.get("after"),
        })
    });
    let about =
        LocalResource::new(move || async move { book(post.get().ok_or_else(|| ApiError::of("NOT_FOUND"))?).await });
    let found = LocalResource::new(move || {
        let (post, filter) = (post.get(), filter.get());
        async move { ledger(post.ok_or_else(|| ApiError::of("NOT_FOUND"))?, filter).await }
    });
    let path = move || post.get().map(|post| format!("/desk/ledgers/{post}")).unwrap_or_default();
    let as_shown = move || {
        let LedgerFilter { status, evidence, .. } = filter.get();
        let post = post.get().map(|id| id.to_string()).unwrap_or_default();
        let (status, evidence) = (status.map_or("", EntryStatus::key), evidence.map_or("", EvidenceKind::key));
        format!("post={post}&status={status}&evidence={evidence}")
    };
    let title = move || {
        let name = about.get().and_then(Result::ok).map(|data| data.post.post.name).unwrap_or_default();
        t_string!(i18n, models.ledger.title, name = name)
    };
    let known = move || about.get().and_then(Result::ok).map(|data| names(&data.staff_members)).unwrap_or_default();
    let ready =
        move |page: LedgerPage| view! { <Entries page path=path() filter=filter.get_untracked() names=known() /> };
    view! {
        {move || about.get().and_then(Result::ok).map(|data| view! { <Back data /> })}
        <div class="title-line">
            <PageHeading title />
            <div class="person-acts">
                <ExportButton list="ledger" query=as_shown />
                <a class="btn btn-outline" href=move || format!("{}/print", path())>
                    <Icon mark=Mark::Print />
                    {t!(i18n, models.ledger.print)}
                </a>
                <Show when=move || session.can(Permission::LedgerKeep)>
                    <a class="btn btn-primary" href=move || format!("{}/new", path())>
                        <Icon mark=Mark::Plus />
                        {t!(i18n, models.ledger.add)}
                    </a>
                </Show>
            </div>
        </div>
        <Filters filter path=Signal::derive(path) />
        <AsyncView resource=found ready />
    }
}

/// The way back to the title of the post, or to all of them.
#[component]
fn Back(data: Book) -> impl IntoView {
    let i18n = use_i18n();
    let post = data.post.post.id;
    let title = data.model_titles.iter().find(|row| row.title.post_id == post).map(|row| row.title.id);
    let path = title.map_or_else(|| TITLES.to_owned(), |id| format!("{TITLES}/{id}"));
    view! {
        <p class="no-print">
            <a class="link back" href=path>
                <Icon mark=Mark::Back />
                {data.post.post.name}
                <span class="sr-only">{t!(i18n, models.ledger.back)}</span>
            </a>
        </p>
    }
}

fn address(path: &str, filter: &LedgerFilter) -> String {
    let parts = [
        ("status", filter.status.map(|value| value.key().to_owned())),
        ("evidence", filter.evidence.map(|value| value.key().to_owned())),
        ("after", filter.after.clone()),
    ];
    let parts =
        parts.into_iter().filter_map(|(name, value)| Some(format!("{name}={}", js_sys::encode_uri_component(&value?))));
    format!("{path}?{}", parts.collect::<Vec<_>>().join("&"))
}

#[component]
fn Filters(filter: Memo<LedgerFilter>, path: Signal<String>) -> impl IntoView {
    let i18n = use_i18n();
    let navigate = StoredValue::new_local(use_navigate());
    let go = move |next: LedgerFilter| {
        let next = LedgerFilter { after: None, ..next };
        let to = address(&path.get_untracked(), &next);
        navigate.with_value(|go| go(&to, NavigateOptions::default()));
    };
    let status = move |event| {
        go(LedgerFilter { status: EntryStatus::from_key(&event_target_value(&event)), ..filter.get_untracked() });
    };
    let evidence = move |event| {
        go(LedgerFilter { evidence: EvidenceKind::from_key(&event_target_value(&event)), ..filter.get_untracked() });
    };
    let options = move |group: &'static str, keys: Vec<&'static str>, chosen: Option<&'static str>| {
        keys.into_iter()
            .map(|key| view! { <option value=key selected=chosen == Some(key)>{label(i18n.get_locale(), group, key)}</option> })
            .collect_view()
    };
    let states = move || {
        let keys = EntryStatus::ALL.iter().map(|value| value.key()).collect();
        options("ledger_entry_status", keys, filter.get().status.map(EntryStatus::key))
    };
    let kinds = move || {
        let keys = EvidenceKind::ALL.iter().map(|value| value.key()).collect();
        options("evidence_kind", keys, filter.get().evidence.map(EvidenceKind::key))
    };
    view! {
        <div class="filters no-print">
            <label class="filter">
                <span class="hint">{t!(i18n, models.ledger.status)}</span>
                <select class="input-line" name="status" on:change=status>
                    <option value="">{t!(i18n, models.ledger.any)}</option>
                    {states}
                </select>
            </label>
            <label class="filter">
                <span class="hint">{t!(i18n, models.entry.evidence)}</span>
                <select class="input-line" name="evidence" on:change=evidence>
                    <option value="">{t!(i18n, models.ledger.any)}</option>
                    {kinds}
                </select>
            </label>
        </div>
    }
}

#[component]
fn Entries(page: LedgerPage, path: String, filter: LedgerFilter, names: Names) -> impl IntoView {
    let i18n = use_i18n();
    let LedgerPage { nodes, page_info } = page;
    if nodes.is_empty() {
        return view! { <Empty text=move || t_string!(i18n, models.ledger.none) /> }.into_any();
    }
    let next = page_info.end_cursor.filter(|_| page_info.has_next_page).map(|cursor| {
        let to = address(&path, &LedgerFilter { after: Some(cursor), ..filter.clone() });
        view! {
            <a class="btn btn-outline" rel="next" href=to>
                {t!(i18n, models.ledger.older)}
                <Icon mark=Mark::ChevronRight />
            </a>
        }
    });
    let first = filter.after.is_some().then(|| {
        let to = address(&path, &LedgerFilter { after: None, ..filter.clone() });
        view! { <a class="btn btn-outline" href=to>{t!(i18n, models.ledger.newest)}</a> }
    });
    let cards = nodes.into_iter().map(|entry| view! { <Card entry names=names.clone() /> }).collect_view();
    view! {
        <ul class="case-cards">{cards}</ul>
        <nav class="pages" aria-label=move || t_string!(i18n, models.ledger.pages)>{first} {next}</nav>
    }
    .into_any()
}

#[component]
fn Card(entry: LedgerEntry, names: Names) -> impl IntoView {
    let path = format!("/desk/ledgers/{}/entries/{}", entry.post_id, entry.id);
    let (title, name, status) = (entry.title.clone(), entry.title.clone(), entry.status);
    view! {
        <li class="card-case" data-entry=name>
            <div class="person-head">
                <h2 class="card-title"><a class="link" href=path>{title}</a></h2>
                <EntryChip status />
            </div>
            <EntryFacts entry names />
        </li>
    }
}

/// An entry in short: when, what, with what, by whom; its files; why it was sent back.
#[component]
pub(super) fn EntryFacts(entry: LedgerEntry, names: Names) -> impl IntoView {
    let i18n = use_i18n();
    let (activity, evidence) = (entry.activity, entry.evidence);
    let people = entry.participants.clone();
    let many = people.len();
    let some = people.into_iter().take(SOME).collect::<Vec<_>>();
    let who = move || {
        let known = list_names(i18n, &names, &some);
        if many > SOME { t_string!(i18n, models.entry.and_more, names = known, count = many) } else { known }
    };
    let files = entry.files.into_iter().map(|file| view! { <li><FileShown file /></li> }).collect_view();
    let returned = (entry.status == EntryStatus::Returned).then_some(entry.return_reason).flatten();
    view! {
        <p class="person-facts">
            <span class="tabular-nums">{entry.happened_on.to_string()}</span>
            <span>{move || label(i18n.get_locale(), "ledger_activity", activity.key())}</span>
            <span>{move || label(i18n.get_locale(), "evidence_kind", evidence.key())}</span>
        </p>
        {(many > 0).then(|| view! { <p class="hint">{who}</p> })}
        <ul class="pictures">{files}</ul>
        {returned.map(|reason| view! { <Returned reason /> })}
    }
}

/// People that a card names.
const SOME: usize = 6;

/// Why an entry was sent back.
#[component]
pub(super) fn Returned(reason: String) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="quote quote-warn">
            <p class="quote-title"><Icon mark=Mark::Flag />{t!(i18n, models.entry.returned)}</p>
            <p class="prose-text">{reason}</p>
        </div>
    }
}
