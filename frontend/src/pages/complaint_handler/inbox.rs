//! The inbox: queues with live counts, search and filters, cases by due time.

mod rows;

use cynic::QueryBuilder;
use domain::complaints::{ComplaintChannel, ComplaintQueue, ComplaintStatus, ComplaintSubject};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

use super::filter::Filter;
use crate::{
    api::{
        complaints::{CaseRow, PageInfo, QueueCount},
        run, schema,
    },
    components::{AsyncView, Empty, ExportButton, Icon, Mark, PageHeading, keys, refresh},
    i18n::{label, t, t_string, use_i18n},
};
use rows::{Pages, Rows};

#[derive(cynic::QueryVariables)]
struct InboxVariables {
    queue: ComplaintQueue,
    search: Option<String>,
    status: Option<ComplaintStatus>,
    subject: Option<ComplaintSubject>,
    channel: Option<ComplaintChannel>,
    after: Option<String>,
}

#[derive(cynic::QueryFragment, Clone)]
#[cynic(graphql_type = "Query", variables = "InboxVariables")]
struct InboxQuery {
    #[arguments(queue: $queue, search: $search, status: $status, subject: $subject, channel: $channel, first: 20, after: $after)]
    complaints: CasePage,
}

/// A page of cases.
#[derive(cynic::QueryFragment, Clone, PartialEq, Eq)]
#[cynic(graphql_type = "ComplaintConnection")]
struct CasePage {
    nodes: Vec<CaseRow>,
    page_info: PageInfo,
    total_count: i32,
}

#[derive(cynic::QueryFragment, Clone)]
#[cynic(graphql_type = "Query")]
struct CountsQuery {
    complaint_counts: Vec<QueueCount>,
}

/// The page.
#[component]
pub fn Inbox() -> impl IntoView {
    let i18n = use_i18n();
    let query = use_query_map();
    let filter = Memo::new(move |_| query.with(Filter::read));
    Effect::new(move |_| filter.with(Filter::remember));
    let found = LocalResource::new(move || {
        let Filter { queue, search, status, subject, channel, after } = filter.get();
        async move { run(InboxQuery::build(InboxVariables { queue, search, status, subject, channel, after })).await }
    });
    let counts = LocalResource::new(|| async { run(CountsQuery::build(())).await });
    // The counts only: a list that changes by itself would lose the row that the keyboard is on.
    refresh::every_minute(move || counts.refetch());
    // The cursors of the pages seen, for going back; the address holds the present one.
    let trail = RwSignal::new(Vec::<Option<String>>::new());
    let queue_name = move || label(i18n.get_locale(), "queue", filter.get().queue.key());
    let ready = move |found: InboxQuery| {
        let CasePage { nodes, page_info, total_count } = found.complaints;
        let list = if nodes.is_empty() {
            view! { <Empty text=move || t_string!(i18n, complaints.inbox.empty) /> }.into_any()
        } else {
            view! { <Rows rows=nodes /> }.into_any()
        };
        view! {
            <p class="hint" role="status">{move || t_string!(i18n, complaints.inbox.count, count = total_count)}</p>
            {list}
            <Pages filter=filter.get_untracked() page_info trail />
        }
    };
    view! {
        <div class="inbox">
            <Queues counts=Signal::derive(move || counts.get().and_then(Result::ok).map(|q| q.complaint_counts)) filter />
            <div class="inbox-list">
                <div class="title-line">
                    <PageHeading title=queue_name />
                    <ExportButton list="complaints" query=move || filter.get().query() />
                </div>
                <Search filter />
                <AsyncView resource=found ready />
            </div>
        </div>
    }
}

/// The named queues.
#[component]
fn Queues(counts: Signal<Option<Vec<QueueCount>>>, filter: Memo<Filter>) -> impl IntoView {
    let i18n = use_i18n();
    let lines = ComplaintQueue::ALL.iter().copied().map(|queue| {
        let count = Memo::new(move |_| counts.get()?.iter().find(|c| c.queue == queue).map(|c| c.count));
        let current = move || (filter.get().queue == queue).then_some("page");
        let urgent = move || queue == ComplaintQueue::Overdue && count.get().is_some_and(|count| count > 0);
        view! {
            <li>
                <a href=Filter::of(queue).path() aria-current=current>
                    <span class="flex items-center gap-2">
                        <Show when=urgent>
                            <Icon mark=Mark::Alert class="icon text-error" />
                        </Show>
                        {move || label(i18n.get_locale(), "queue", queue.key())}
                    </span>
                    <span class="queue-count" class:queue-late=urgent>{count}</span>
                </a>
            </li>
        }
    });
    view! {
        <nav class="queues" aria-label=move || t_string!(i18n, complaints.inbox.queues)>
            <ul>{lines.collect_view()}</ul>
        </nav>
    }
}

/// The search box and the filters; each change is a new address.
#[component]
fn Search(filter: Memo<Filter>) -> impl IntoView {
    let i18n = use_i18n();
    let navigate = use_navigate();
    let typed = RwSignal::new(String::new());
    Effect::new(move |_| typed.set(filter.get().search.unwrap_or_default()));
    let go = move |change: &dyn Fn(&mut Filter)| {
        let mut next = filter.get_untracked();
        next.after = None;
        change(&mut next);
        navigate(&next.path(), NavigateOptions::default());
    };
    let search = {
        let go = go.clone();
        move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            let text = typed.get_untracked().trim().to_owned();
            go(&|filter| filter.search = Some(text.clone()).filter(|text| !text.is_empty()));
        }
    };
    let clear = {
        let go = go.clone();
        move |_| go(&|filter| *filter = Filter::of(filter.queue))
    };
    let (status, subject, channel) = (go.clone(), go.clone(), go);
    // On a phone the filters would push the list off the screen; while they narrow it they stay in sight.
    let wide = window().inner_width().ok().and_then(|width| width.as_f64()).is_some_and(|width| width >= 768.0);
    let roomy = wide || filter.with_untracked(Filter::is_narrowed);
    view! {
        <form class="case-search" role="search" on:submit=search>
            <div class="case-search-box">
                <label class="sr-only" for=keys::SEARCH>{t!(i18n, complaints.inbox.search)}</label>
                <input
                    id=keys::SEARCH
                    class="input-line"
                    type="search"
                    name="q"
                    autocomplete="off"
                    placeholder=move || t_string!(i18n, complaints.inbox.search_hint)
                    prop:value=move || typed.get()
                    on:input=move |event| typed.set(event_target_value(&event))
                />
                <button type="submit" class="btn btn-outline">
                    <Icon mark=Mark::Search />
                    {t!(i18n, complaints.inbox.search_go)}
                </button>
            </div>
            <details class="filters-box" open=roomy>
                <summary>
                    {t!(i18n, complaints.inbox.filters)}
                    <Icon mark=Mark::ChevronDown />
                </summary>
                <div class="filters">
                    <FilterSelect
                        id="filter-status"
                        label=move || t_string!(i18n, complaints.inbox.status)
                        group="complaint_status"
                        keys=ComplaintStatus::ALL.iter().map(|v| v.key()).collect()
                        value=move || filter.get().status.map(ComplaintStatus::key)
                        chosen=move |key: String| status(&|filter| filter.status = ComplaintStatus::from_key(&key))
                    />
                    <FilterSelect
                        id="filter-subject"
                        label=move || t_string!(i18n, complaints.inbox.subject)
                        group="complaint_subject"
                        keys=ComplaintSubject::ALL.iter().map(|v| v.key()).collect()
                        value=move || filter.get().subject.map(ComplaintSubject::key)
                        chosen=move |key: String| subject(&|filter| filter.subject = ComplaintSubject::from_key(&key))
                    />
                    <FilterSelect
                        id="filter-channel"
                        label=move || t_string!(i18n, complaints.inbox.channel)
                        group="complaint_channel"
                        keys=ComplaintChannel::ALL.iter().map(|v| v.key()).collect()
                        value=move || filter.get().channel.map(ComplaintChannel::key)
                        chosen=move |key: String| channel(&|filter| filter.channel = ComplaintChannel::from_key(&key))
                    />
                    <Show when=move || filter.get().is_narrowed()>
                        <button type="button" class="btn btn-ghost" on:click=clear.clone()>
                            <Icon mark=Mark::Close />
                            {t!(i18n, complaints.inbox.clear)}
                        </button>
                    </Show>
                </div>
            </details>
        </form>
    }
}

#[component]
fn FilterSelect(
    id: &'static str,
    #[prop(into)] label: TextProp,
    group: &'static str,
    keys: Vec<&'static str>,
    #[prop(into)] value: Signal<Option<&'static str>>,
    #[prop(into)] chosen: Callback<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let options = keys.into_iter().map(|key| {
        view! {
            <option value=key selected=move || value.get() == Some(key)>
                {move || crate::i18n::label(i18n.get_locale(), group, key)}
            </option>
        }
    });
    view! {
        <div class="filter">
            <label for=id>{move || label.get()}</label>
            <select
                id=id
                class="input-line"
                prop:value=move || value.get().unwrap_or_default()
                on:change=move |event| chosen.run(event_target_value(&event))
            >
                <option value="">{t!(i18n, complaints.inbox.any)}</option>
                {options.collect_view()}
            </select>
        </div>
    }
}
