//! A queue as cards: each case with what can be done with it at once.

use cynic::QueryBuilder;
use domain::complaints::{Action, ComplaintQueue, ComplaintStatus as S, EscalationLevel};
use leptos::prelude::*;

use crate::{
    api::{
        complaints::{CaseCard, PageInfo, actions::CaseInput},
        run, schema,
    },
    components::{
        AsyncView, Chip, Deadline, Due, Empty, ExportButton, Mark, Notice, NoticeLine, PageHeading, StatusChip, Tone,
    },
    i18n::{label, t, t_string, use_i18n},
    pages::complaint_handler::{
        actions::{ActionButtons, ActionDialog, Chosen, Desk},
        filter,
    },
};

#[derive(cynic::QueryVariables)]
struct QueueVariables {
    queue: ComplaintQueue,
}

#[derive(cynic::QueryFragment, Clone)]
#[cynic(graphql_type = "Query", variables = "QueueVariables")]
struct QueueQuery {
    #[arguments(queue: $queue, first: 50)]
    complaints: Cards,
}

#[derive(cynic::QueryFragment, Clone)]
#[cynic(graphql_type = "ComplaintConnection")]
struct Cards {
    nodes: Vec<CaseCard>,
    page_info: PageInfo,
    total_count: i32,
}

/// The page of one queue.
#[component]
pub fn CaseQueue(
    queue: ComplaintQueue,
    /// What the cards offer; everything else is on the case's own page.
    offers: fn(Action) -> bool,
    #[prop(into)] title: TextProp,
    #[prop(into)] lead: TextProp,
    #[prop(into)] empty: TextProp,
) -> impl IntoView {
    let i18n = use_i18n();
    let desk = Desk::new();
    let done = Notice::new();
    filter::remember_page();
    let found = LocalResource::new(move || async move { run(QueueQuery::build(QueueVariables { queue })).await });
    let changed = move |action: Option<Action>| {
        found.refetch();
        if let Some(action) = action {
            done.show(move |locale| label(locale, "action_done", action.key()).to_owned());
        }
    };
    let ready = move |found: QueueQuery| {
        let Cards { nodes, page_info, total_count } = found.complaints;
        let empty = empty.clone();
        if nodes.is_empty() {
            return view! { <Empty text=move || empty.get() /> }.into_any();
        }
        let more = page_info.has_next_page.then(|| {
            let all = format!("/desk/complaints?queue={}", queue.key());
            view! { <a class="btn btn-outline" href=all>{t!(i18n, complaints.inbox.all_of_queue)}</a> }
        });
        view! {
            <p class="hint">{move || t_string!(i18n, complaints.inbox.count, count = total_count)}</p>
            <ul class="case-cards">
                {nodes.into_iter().map(|case| view! { <li><Card desk case offers /></li> }).collect_view()}
            </ul>
            {more}
        }
        .into_any()
    };
    view! {
        <div class="title-line">
            <PageHeading title />
            <ExportButton list="complaints" query=move || format!("queue={}", queue.key()) />
        </div>
        <p class="desk-lead">{move || lead.get()}</p>
        <NoticeLine notice=done />
        <AsyncView resource=found ready />
        <ActionDialog desk changed />
    }
}

#[component]
fn Card(desk: Desk, case: CaseCard, offers: fn(Action) -> bool) -> impl IntoView {
    let i18n = use_i18n();
    let due = Due { at: case.due_at, days_left: case.days_left, late: case.late, paused: case.paused };
    let (subject, class, escalation) = (case.subject, case.class, case.escalation);
    let people = case.assignee.clone().or(case.handler.clone()).map(|person| person.display_name);
    let actions = case.actions.iter().copied().filter(|action| offers(*action)).collect::<Vec<_>>();
    // It waits for a decision, and the viewer had a part in what is to be decided.
    let waits = matches!(case.status, S::Proposed | S::ReviewRequested | S::UnderReview);
    let idle = waits && actions.is_empty() && offers(Action::Approve);
    let chosen = {
        let (id, version, number) = (case.id, case.version, case.number.clone());
        move |action| Chosen { action, case: CaseInput { id, version }, number: number.clone(), similar: Vec::new() }
    };
    let proposal = case.finding.clone().map(|finding| {
        let outcome = case.outcome;
        view! {
            <div class="quote">
                <p class="quote-title">
                    {t!(i18n, desk.approvals.proposal)}
                    {outcome.map(|outcome| view! { <Chip tone=Tone::Plain mark=Mark::Check text=move || label(i18n.get_locale(), "complaint_outcome", outcome.key()) /> })}
                </p>
                <p class="prose-text">{finding}</p>
                {case.measures.clone().map(|measures| view! { <p class="prose-text">{measures}</p> })}
            </div>
        }
    });
    let review = case.review_reason.clone().map(|reason| {
        view! {
            <div class="quote">
                <p class="quote-title">{t!(i18n, desk.approvals.review)}</p>
                <p class="prose-text">{reason}</p>
            </div>
        }
    });
    let escalated = (escalation != EscalationLevel::None).then(|| {
        let text = move || {
            let level = label(i18n.get_locale(), "escalation_level", escalation.key());
            t_string!(i18n, desk.overdue.escalated_to, level = level)
        };
        view! { <Chip tone=Tone::Warn mark=Mark::Flag text /> }
    });
    view! {
        <article class="card-case">
            <h2 class="card-title">
                <a class="link" data-row="" href=format!("/desk/complaints/{}", case.id)>
                    {case.number} " · " {move || label(i18n.get_locale(), "complaint_subject", subject.key())}
                </a>
            </h2>
            <div class="flex flex-wrap gap-2">
                <StatusChip status=case.status />
                <Deadline due />
                {escalated}
            </div>
            <p class="line-clamp-3">{case.text}</p>
            <p class="hint">
                {move || label(i18n.get_locale(), "complaint_class", class.key())}
                {people.map(|name| format!(" · {name}"))}
            </p>
            {proposal}
            {review}
            {idle.then(|| view! { <p class="hint">{t!(i18n, desk.approvals.others)}</p> })}
            <ActionButtons desk actions chosen />
        </article>
    }
}
