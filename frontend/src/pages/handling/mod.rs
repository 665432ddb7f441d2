//! `/desk/handling`: cases at the viewer's windows, what is late first.

mod forms;
pub mod page;
mod steps;

use domain::handling::{ServiceCaseQueue, ServiceCaseStatus};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use self::forms::ReceiveForm;
use super::posts::Office;
use crate::{
    api::handling::{Asked, Case, Counts, List, Row, cases},
    components::{AsyncView, Chip, Dialog, Empty, ExportButton, Icon, Mark, NoticeLine, PageHeading, Tone, refresh},
    i18n::{label, t, t_string, use_i18n},
    time,
};

/// What narrows the list.
#[derive(Clone, Copy)]
struct Filter {
    queue: Memo<ServiceCaseQueue>,
    status: RwSignal<Option<ServiceCaseStatus>>,
    search: RwSignal<String>,
}

impl Filter {
    /// Whoever looks for a number looks among all.
    fn queue(self) -> ServiceCaseQueue {
        if self.search.with(String::is_empty) { self.queue.get() } else { ServiceCaseQueue::All }
    }

    fn asked(self) -> Asked {
        let search = Some(self.search.get()).filter(|text| !text.is_empty());
        Asked { queue: Some(self.queue()), status: self.status.get(), search }
    }

    /// The same for the workbook.
    fn query(self) -> String {
        let words = self.search.with(|words| js_sys::encode_uri_component(words).as_string());
        let status = self.status.get().map_or("", ServiceCaseStatus::key);
        format!("queue={}&status={status}&q={}", self.queue().key(), words.unwrap_or_default())
    }
}

/// The page.
#[component]
pub fn HandlingList() -> impl IntoView {
    let i18n = use_i18n();
    let query = use_query_map();
    let chosen = move || query.with(|query| query.get("queue")).and_then(|key| ServiceCaseQueue::from_key(&key));
    let filter = Filter {
        queue: Memo::new(move |_| chosen().unwrap_or(ServiceCaseQueue::Open)),
        status: RwSignal::new(None),
        search: RwSignal::new(String::new()),
    };
    let found = LocalResource::new(move || cases(filter.asked()));
    refresh::every_minute(move || found.refetch());
    let office = Office::<()>::new(move || found.refetch());
    let form = move || view! { <ReceiveForm done=move || office.done() /> };
    view! {
        <div class="title-line">
            <PageHeading title=move || t_string!(i18n, handling.title) />
            <ExportButton list="handling" query=move || filter.query() />
        </div>
        <p class="desk-lead">{t!(i18n, handling.lead)}</p>
        <NoticeLine notice=office.notice />
        <Search filter />
        <AsyncView resource=found ready=move |data| view! { <Body data filter office /> } />
        <Dialog id="handling-receive" open=office.open title=move || t_string!(i18n, handling.receive)>{form}</Dialog>
    }
}

/// A number, and where a case stands.
#[component]
fn Search(filter: Filter) -> impl IntoView {
    let i18n = use_i18n();
    let typed = RwSignal::new(String::new());
    Effect::new(move |_| typed.set(filter.search.get()));
    let search = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        filter.search.set(typed.get_untracked().trim().to_owned());
    };
    let states = move || {
        let locale = i18n.get_locale();
        let option = |status: &ServiceCaseStatus| {
            let chosen = filter.status.get_untracked() == Some(*status);
            let text = label(locale, "service_case_status", status.key());
            view! { <option value=status.key() selected=chosen>{text}</option> }
        };
        ServiceCaseStatus::ALL.iter().map(option).collect_view()
    };
    view! {
        <form class="case-search" role="search" on:submit=search>
            <div class="case-search-box">
                <label class="sr-only" for="handling-search">{t!(i18n, handling.search)}</label>
                <input
                    id="handling-search"
                    class="input-line"
                    type="search"
                    name="q"
                    autocomplete="off"
                    placeholder=move || t_string!(i18n, handling.search)
                    prop:value=move || typed.get()
                    on:input=move |event| typed.set(event_target_value(&event))
                />
                <button type="submit" class="btn btn-outline">
                    <Icon mark=Mark::Search />
                    {t!(i18n, handling.search_go)}
                </button>
            </div>
            <div class="filters">
                <label class="filter">
                    <span class="hint">{t!(i18n, handling.status)}</span>
                    <select
                        class="input-line"
                        name="status"
                        on:change=move |event| {
                            filter.status.set(ServiceCaseStatus::from_key(&event_target_value(&event)));
                        }
                    >
                        <option value="">{t!(i18n, handling.any)}</option>
                        {states}
                    </select>
                </label>
            </div>
        </form>
    }
}

#[component]
fn Body(data: List, filter: Filter, office: Office<()>) -> impl IntoView {
    let i18n = use_i18n();
    let List { counts, rows, may_receive } = data;
    let none = rows.is_empty();
    let rows = rows.into_iter().map(|row| view! { <Line row /> }).collect_view();
    let title = move || label(i18n.get_locale(), "service_case_queue", filter.queue().key());
    view! {
        {may_receive.then(|| view! {
            <div class="person-acts">
                <button type="button" class="btn btn-primary" on:click=move |_| office.begin(())>
                    <Icon mark=Mark::Plus />
                    {t!(i18n, handling.receive)}
                </button>
            </div>
        })}
        <div class="inbox">
            <Queues counts filter />
            <section class="sheet" aria-labelledby="handling-cases">
                <h2 class="sheet-title" id="handling-cases">{title}</h2>
                {none.then(|| view! { <Empty text=move || t_string!(i18n, handling.none) /> })}
                <ul class="settings-list">{rows}</ul>
            </section>
        </div>
    }
}

/// The queues, each with how many are in it.
#[component]
fn Queues(counts: Counts, filter: Filter) -> impl IntoView {
    let i18n = use_i18n();
    let lines = ServiceCaseQueue::ALL.iter().copied().map(|queue| {
        let (count, urgent) = match queue {
            ServiceCaseQueue::Open => (Some(counts.open), false),
            ServiceCaseQueue::Late => (Some(counts.late), counts.late > 0),
            ServiceCaseQueue::Archive => (Some(counts.to_archive), counts.unfiled > 0),
            ServiceCaseQueue::Over | ServiceCaseQueue::All => (None, false),
        };
        let current = move || (filter.queue() == queue).then_some("page");
        let path = format!("/desk/handling?queue={}", queue.key());
        view! {
            <li>
                <a href=path aria-current=current data-queue=queue.key() on:click=move |_| filter.search.set(String::new())>
                    <span class="flex items-center gap-2">
                        {urgent.then(|| view! { <Icon mark=Mark::Alert class="icon text-error" /> })}
                        {move || label(i18n.get_locale(), "service_case_queue", queue.key())}
                    </span>
                    {count.map(|count| view! { <span class="queue-count" class:queue-late=urgent>{count}</span> })}
                </a>
            </li>
        }
    });
    view! {
        <nav class="queues" aria-label=move || t_string!(i18n, handling.queues)>
            <ul>{lines.collect_view()}</ul>
        </nav>
    }
}

#[component]
fn Line(row: Row) -> impl IntoView {
    let Row { case, item, post, late, unfiled } = row;
    let href = format!("/desk/handling/{}", case.id);
    let (status, number) = (case.status.key(), case.external_no.clone());
    view! {
        <li class="person-role" data-case=status data-number=number>
            <span class="grid gap-1">
                <a class="link font-semibold tabular-nums" href=href>{case.external_no.clone()}</a>
                <span class="person-facts">
                    <span>{item}</span>
                    <span>{post}</span>
                    <span class="tabular-nums">{time::date_time(case.received_at)}</span>
                </span>
            </span>
            <Standing case late unfiled />
        </li>
    }
}

/// Where a case stands, and what its checks found.
#[component]
fn Standing(case: Case, late: bool, unfiled: bool) -> impl IntoView {
    use ServiceCaseStatus as S;
    let i18n = use_i18n();
    let status = case.status;
    let (tone, mark) = match status {
        S::Received => (Tone::Plain, Mark::Info),
        S::NeedsCorrection | S::ReturnNotified => (Tone::Warn, Mark::Flag),
        S::Accepted | S::InApproval | S::ResultReady => (Tone::Active, Mark::Clock),
        S::AtWindow | S::Collected => (Tone::Good, Mark::Check),
        S::PapersCollected | S::Archived => (Tone::Still, Mark::Lock),
    };
    // Of what is late the day says nothing more in the list; of the rest it is what counts.
    let waits = S::PROMISED.contains(&status) && !late;
    let due = case.due_on.filter(|_| waits).map(|day| day.to_string());
    let files = case.archive_due_on.filter(|_| status == S::Collected && !unfiled).map(|day| day.to_string());
    view! {
        <span class="person-facts">
            <Chip tone mark text=move || label(i18n.get_locale(), "service_case_status", status.key()) />
            {late.then(|| view! { <Chip tone=Tone::Bad mark=Mark::Alert text=move || t_string!(i18n, handling.late) /> })}
            {unfiled.then(|| view! { <Chip tone=Tone::Bad mark=Mark::Alert text=move || t_string!(i18n, handling.unfiled) /> })}
            {move || due.as_ref().map(|day| t_string!(i18n, handling.due, day = day.as_str()))}
            {move || files.as_ref().map(|day| t_string!(i18n, handling.file_by, day = day.as_str()))}
        </span>
    }
}
