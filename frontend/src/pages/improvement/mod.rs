//! `/desk/rectification`: tasks by their day in queues, narrowed by what the address says. Findings, plans, and what is one's
//! own on the desk are beside it.

pub mod due;
mod filter;
pub mod findings;
pub mod new;
pub mod plan;
mod plan_steps;
pub mod plans;
mod steps;
pub mod task;

use domain::{
    PostId, Violation,
    improvement::{RectificationCause, RectificationQueue, RectificationSource, RectificationStatus},
    permission::Permission,
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

use self::filter::Filter;
use crate::{
    api::improvement::{Counts, List, PostChoice, Row, Task, posts, tasks},
    components::{AsyncView, Chip, Empty, ExportButton, Icon, Mark, PageHeading, Tone, form::SelectField, refresh},
    i18n::{label, pick, t, t_string, use_i18n},
    session::use_session,
};

/// The list of tasks.
const HOME: &str = "/desk/rectification";
/// What supervision found.
const FINDINGS: &str = "/desk/rectification/findings";
/// The plans.
const PLANS: &str = "/desk/improvement";

/// The page.
#[component]
pub fn RectificationTasks() -> impl IntoView {
    let i18n = use_i18n();
    let query = use_query_map();
    let filter = Memo::new(move |_| query.with(Filter::read));
    let found = LocalResource::new(move || tasks(filter.get().asked()));
    refresh::every_minute(move || found.refetch());
    view! {
        <div class="title-line">
            <PageHeading title=move || t_string!(i18n, improvement.title) />
            <ExportButton list="rectifications" query=move || filter.get().query() />
        </div>
        <p class="desk-lead">{t!(i18n, improvement.lead)}</p>
        <Rooms here=HOME />
        <Search filter />
        <AsyncView resource=found ready=move |data| view! { <Body data filter /> } />
    }
}

/// The three pages of this room.
#[component]
fn Rooms(here: &'static str) -> impl IntoView {
    let i18n = use_i18n();
    let link = move |href: &'static str, mark, text: AnyView| {
        let current = (href == here).then_some("page");
        view! {
            <a class="link" href=href aria-current=current>
                <Icon mark />
                {text}
            </a>
        }
    };
    view! {
        <nav class="flex flex-wrap gap-4" aria-label=move || t_string!(i18n, improvement.rooms)>
            {link(HOME, Mark::Check, t!(i18n, improvement.tasks_nav).into_any())}
            {link(FINDINGS, Mark::Eye, t!(i18n, improvement.findings_nav).into_any())}
            {link(PLANS, Mark::Flag, t!(i18n, improvement.plans_nav).into_any())}
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
    let (status, source, post) = (go.clone(), go.clone(), go);
    let places = LocalResource::new(posts);
    let named = move || places.get().and_then(Result::ok).unwrap_or_default();
    let options = move || {
        let chosen = filter.get().post;
        let option = |row: PostChoice| {
            let selected = chosen == Some(row.id);
            view! { <option value=row.id.to_string() selected=selected>{row.name}</option> }
        };
        named().into_iter().map(option).collect_view()
    };
    view! {
        <form class="case-search" role="search" on:submit=search>
            <div class="case-search-box">
                <label class="sr-only" for="rectification-search">{t!(i18n, improvement.search)}</label>
                <input
                    id="rectification-search"
                    class="input-line"
                    type="search"
                    name="q"
                    autocomplete="off"
                    placeholder=move || t_string!(i18n, improvement.search)
                    prop:value=move || typed.get()
                    on:input=move |event| typed.set(event_target_value(&event))
                />
                <button type="submit" class="btn btn-outline">
                    <Icon mark=Mark::Search />
                    {t!(i18n, improvement.search_go)}
                </button>
            </div>
            <div class="filters">
                <Narrow
                    name="status"
                    text=move || t_string!(i18n, improvement.status)
                    group="rectification_status"
                    keys=RectificationStatus::ALL.iter().map(|v| v.key()).collect()
                    value=move || filter.get().status.map(RectificationStatus::key)
                    chosen=move |key: String| status(&|filter| filter.status = RectificationStatus::from_key(&key))
                />
                <Narrow
                    name="source"
                    text=move || t_string!(i18n, improvement.source)
                    group="rectification_source"
                    keys=RectificationSource::ALL.iter().map(|v| v.key()).collect()
                    value=move || filter.get().source.map(RectificationSource::key)
                    chosen=move |key: String| source(&|filter| filter.source = RectificationSource::from_key(&key))
                />
                <label class="filter">
                    <span class="hint">{t!(i18n, improvement.post)}</span>
                    <select
                        class="input-line"
                        name="post"
                        on:change=move |event| {
                            let id = event_target_value(&event).parse().ok();
                            post(&|filter| filter.post = id);
                        }
                    >
                        <option value="">{t!(i18n, improvement.any)}</option>
                        {options}
                    </select>
                </label>
            </div>
        </form>
    }
}

/// A list that narrows by the values of an enum.
#[component]
fn Narrow(
    name: &'static str,
    #[prop(into)] text: TextProp,
    group: &'static str,
    keys: Vec<&'static str>,
    #[prop(into)] value: Signal<Option<&'static str>>,
    #[prop(into)] chosen: Callback<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let options = keys.into_iter().map(|key| {
        view! {
            <option value=key selected=move || value.get() == Some(key)>
                {move || label(i18n.get_locale(), group, key)}
            </option>
        }
    });
    view! {
        <label class="filter">
            <span class="hint">{move || text.get()}</span>
            <select
                class="input-line"
                name=name
                prop:value=move || value.get().unwrap_or_default()
                on:change=move |event| chosen.run(event_target_value(&event))
            >
                <option value="">{t!(i18n, improvement.any)}</option>
                {options.collect_view()}
            </select>
        </label>
    }
}

#[component]
fn Body(data: List, filter: Memo<Filter>) -> impl IntoView {
    let i18n = use_i18n();
    let List { counts, rows } = data;
    let none = rows.is_empty();
    let rows = rows.into_iter().map(|row| view! { <Line row /> }).collect_view();
    let title = move || label(i18n.get_locale(), "rectification_queue", filter.get().queue.key());
    view! {
        <div class="inbox">
            <Queues counts filter />
            <section class="sheet" aria-labelledby="rectifications">
                <h2 class="sheet-title" id="rectifications">{title}</h2>
                {none.then(|| view! { <Empty text=move || t_string!(i18n, improvement.none) /> })}
                <ul class="settings-list">{rows}</ul>
            </section>
        </div>
    }
}

/// The queues, each with how many are in it.
#[component]
fn Queues(counts: Counts, filter: Memo<Filter>) -> impl IntoView {
    use RectificationQueue as Q;
    let i18n = use_i18n();
    let session = use_session();
    let lines = Q::ALL.iter().copied().map(|queue| {
        let (count, urgent) = match queue {
            Q::Open => (Some(counts.open), false),
            Q::Mine => (Some(counts.mine), false),
            Q::ToJudge => (Some(counts.to_judge), false),
            Q::ToRecheck => (Some(counts.to_recheck), false),
            Q::Overdue => (Some(counts.overdue), counts.overdue > 0),
            Q::Over | Q::All => (None, false),
        };
        let current = move || (filter.get().queue == queue).then_some("page");
        view! {
            <li>
                <a href=Filter::of(queue).path() aria-current=current data-queue=queue.key()>
                    <span class="flex items-center gap-2">
                        {urgent.then(|| view! { <Icon mark=Mark::Alert class="icon text-error" /> })}
                        {move || label(i18n.get_locale(), "rectification_queue", queue.key())}
                    </span>
                    {count.map(|count| view! { <span class="queue-count" class:queue-late=urgent>{count}</span> })}
                </a>
            </li>
        }
    });
    let lines = lines.collect_view();
    let findings = counts.findings;
    view! {
        <nav class="queues" aria-label=move || t_string!(i18n, improvement.queues)>
            <ul>
                {lines}
                {session.can(Permission::FindingRecord).then(|| view! {
                    <li>
                        <a href=FINDINGS data-queue="findings">
                            <span>{t!(i18n, improvement.findings_nav)}</span>
                            <span class="queue-count">{findings}</span>
                        </a>
                    </li>
                })}
            </ul>
        </nav>
    }
}

#[component]
fn Line(row: Row) -> impl IntoView {
    let i18n = use_i18n();
    let href = format!("{HOME}/{}", row.task.id);
    let (status, source) = (row.task.status.key(), row.task.source.key());
    let (problem, post) = (row.task.problem.clone(), row.post.clone());
    view! {
        <li class="person-role" data-task=status>
            <span class="grid gap-1">
                <a class="link font-semibold" href=href>{problem}</a>
                <span class="person-facts">
                    <span>{move || label(i18n.get_locale(), "rectification_source", source)}</span>
                    <span>{post}</span>
                </span>
            </span>
            <Standing row />
        </li>
    }
}

/// Where a task stands, whose it is, and by when.
#[component]
fn Standing(row: Row) -> impl IntoView {
    let i18n = use_i18n();
    let Row { task, late, department, owner, .. } = row;
    let Task { status, due_on, recheck_on, recurrences, .. } = task;
    let due = due_on.filter(|_| RectificationStatus::OWED.contains(&status)).map(|day| day.to_string());
    let again = recheck_on.filter(|_| status == RectificationStatus::Accepted).map(|day| day.to_string());
    let whose = move || match (&owner, &department) {
        (Some(name), _) => t_string!(i18n, improvement.owner_of, name = name.as_str()),
        (None, Some(of)) => {
            let name = pick(i18n.get_locale(), &of.name_zh, &of.name_en);
            t_string!(i18n, improvement.department_of, name = name.as_str())
        }
        (None, None) => t_string!(i18n, improvement.no_owner).to_owned(),
    };
    view! {
        <span class="person-facts">
            <StatusOf status />
            {late.then(|| view! { <Chip tone=Tone::Bad mark=Mark::Alert text=move || t_string!(i18n, improvement.late) /> })}
            {(recurrences > 0).then(|| view! {
                <Chip tone=Tone::Warn mark=Mark::Flag text=move || t_string!(i18n, improvement.again, count = recurrences) />
            })}
            <span>{whose}</span>
            {due.map(|day| view! { <span class="tabular-nums">{move || t_string!(i18n, improvement.due, day = day.as_str())}</span> })}
            {again.map(|day| view! { <span class="tabular-nums">{move || t_string!(i18n, improvement.recheck, day = day.as_str())}</span> })}
        </span>
    }
}

#[component]
fn StatusOf(status: RectificationStatus) -> impl IntoView {
    use RectificationStatus as S;
    let i18n = use_i18n();
    let (tone, mark) = match status {
        S::Open => (Tone::Plain, Mark::Info),
        S::PlanSubmitted | S::Submitted => (Tone::Warn, Mark::Eye),
        S::InProgress => (Tone::Active, Mark::Clock),
        S::Returned => (Tone::Bad, Mark::Back),
        S::Accepted | S::Rechecked => (Tone::Good, Mark::Check),
        S::Closed => (Tone::Still, Mark::Lock),
    };
    view! { <Chip tone mark text=move || label(i18n.get_locale(), "rectification_status", status.key()) /> }
}

/// The kind of cause, in a form.
#[component]
fn CauseField(value: RwSignal<String>) -> impl IntoView {
    let i18n = use_i18n();
    let choices = listed("rectification_cause", RectificationCause::ALL.iter().map(|v| v.key()).collect());
    view! {
        <SelectField
            name="cause"
            label=move || t_string!(i18n, improvement.cause)
            hint=move || t_string!(i18n, improvement.cause_hint)
            choices
            value
        />
    }
}

/// A post of the center, or none, in a form.
#[component]
fn PostField(value: RwSignal<String>) -> impl IntoView {
    let i18n = use_i18n();
    let found = LocalResource::new(posts);
    let choices = Signal::derive(move || {
        let rows = found.get().and_then(Result::ok).unwrap_or_default();
        rows.into_iter().map(|row: PostChoice| (row.id.to_string(), row.name)).collect()
    });
    view! { <SelectField name="post" label=move || t_string!(i18n, improvement.post) choices value optional=true /> }
}

/// The values of an enum with their names, for a list to open.
fn listed(group: &'static str, keys: Vec<&'static str>) -> Signal<Vec<(String, String)>> {
    let i18n = use_i18n();
    Signal::derive(move || {
        let locale = i18n.get_locale();
        keys.iter().map(|key| ((*key).to_owned(), label(locale, group, key).to_owned())).collect()
    })
}

fn missing(field: &'static str, is: bool) -> Vec<Violation> {
    is.then(|| Violation::new(field, "form.required")).into_iter().collect()
}

fn post_of(value: RwSignal<String>) -> Option<PostId> {
    value.get_untracked().parse().ok()
}
