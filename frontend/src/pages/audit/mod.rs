//! The audit of one's own center or city office: read, narrowed, verified, exported.

mod filter;
mod rows;

use chrono::{DateTime, NaiveDate, Utc};
use cynic::{MutationBuilder, QueryBuilder};
use domain::{
    AccountId, AuditEventId, ComplaintId,
    audit::{AuditFault, AuditOutcome},
    permission::Role,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::{
    api::{complaints::PageInfo, run, schema},
    components::{
        AsyncView, Empty, Icon, Mark, Notice, NoticeLine, PageHeading,
        form::{ErrorSummaryOf, FormState},
    },
    dom,
    i18n::{label, t, t_string, td_string, use_i18n},
    time,
};
use filter::{Filter, Narrow};
use rows::{Rows, table};

#[derive(cynic::QueryVariables)]
struct ListVariables {
    person: Option<AccountId>,
    verb: Option<String>,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    after: Option<String>,
}

#[derive(cynic::QueryFragment, Clone)]
#[cynic(graphql_type = "Query", variables = "ListVariables")]
struct ListQuery {
    #[arguments(person: $person, verb: $verb, from: $from, to: $to, first: 50, after: $after)]
    audit_records: RecordPage,
}

#[derive(cynic::QueryFragment, Clone)]
#[cynic(graphql_type = "AuditConnection")]
struct RecordPage {
    nodes: Vec<AuditRecord>,
    page_info: PageInfo,
    total_count: i32,
}

#[derive(cynic::QueryFragment, Clone)]
struct AuditRecord {
    id: AuditEventId,
    at: DateTime<Utc>,
    person: Option<AuditPerson>,
    actor_kind: String,
    roles: Vec<Role>,
    verb: String,
    outcome: Option<AuditOutcome>,
    object: Option<String>,
    complaint: Option<CaseNumber>,
    detail: Option<String>,
    request_id: String,
    source: Option<String>,
}

#[derive(cynic::QueryFragment, Clone, PartialEq, Eq)]
struct AuditPerson {
    account_id: AccountId,
    display_name: String,
}

#[derive(cynic::QueryFragment, Clone)]
#[cynic(graphql_type = "ComplaintRef")]
struct CaseNumber {
    id: ComplaintId,
    number: String,
}

#[derive(cynic::QueryFragment, Clone)]
#[cynic(graphql_type = "Query")]
struct ChainQuery {
    audit_chain: AuditChain,
}

#[derive(cynic::QueryFragment, Clone)]
struct AuditChain {
    records: i32,
    verified: Option<AuditVerification>,
    people: Vec<AuditPerson>,
    verbs: Vec<String>,
}

#[derive(cynic::QueryFragment, Clone)]
struct AuditVerification {
    at: DateTime<Utc>,
    number: i32,
    fault: Option<AuditFault>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation")]
struct Verify {
    #[expect(dead_code, reason = "the page asks again how the chain stands")]
    verify_audit: AuditVerification,
}

#[derive(cynic::QueryVariables)]
struct ExportVariables {
    input: ExportAuditInput,
}

#[derive(cynic::InputObject)]
struct ExportAuditInput {
    person: Option<AccountId>,
    verb: Option<String>,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "ExportVariables")]
struct Export {
    #[arguments(input: $input)]
    export_audit: Vec<AuditRecord>,
}

/// The page.
#[component]
pub fn Audit() -> impl IntoView {
    let i18n = use_i18n();
    let query = use_query_map();
    let filter = Memo::new(move |_| query.with(Filter::read));
    let found = LocalResource::new(move || {
        let Filter { person, verb, from, to, after } = filter.get();
        async move { run(ListQuery::build(ListVariables { person, verb, from, to, after })).await }
    });
    let chain = LocalResource::new(|| async { run(ChainQuery::build(())).await });
    let notice = Notice::new();
    let again = move || {
        chain.refetch();
        found.refetch();
    };
    let ready = move |found: ListQuery| {
        let RecordPage { nodes, page_info, total_count } = found.audit_records;
        let list = if nodes.is_empty() {
            view! { <Empty text=move || t_string!(i18n, desk.audit.empty) /> }.into_any()
        } else {
            view! { <Rows rows=nodes /> }.into_any()
        };
        view! {
            <p class="hint" role="status">{move || t_string!(i18n, desk.audit.count, count = total_count)}</p>
            {list}
            <Pages filter=filter.get_untracked() page_info />
        }
    };
    view! {
        <PageHeading title=move || t_string!(i18n, desk.audit.title) />
        <p class="desk-lead">{t!(i18n, desk.audit.lead)}</p>
        <NoticeLine notice />
        <AsyncView
            resource=chain
            ready=move |found: ChainQuery| {
                let AuditChain { records, verified, people, verbs } = found.audit_chain;
                view! {
                    <Chain records verified again />
                    <Narrow filter people verbs />
                }
            }
        />
        <ExportButton filter notice again />
        <AsyncView resource=found ready />
    }
}

/// How far the chain is known to be whole, and the button that finds out.
#[component]
fn Chain(records: i32, verified: Option<AuditVerification>, again: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("verify");
    let broken = verified.as_ref().is_some_and(|last| last.fault.is_some());
    let line = move || {
        let locale = i18n.get_locale();
        let Some(AuditVerification { at, number, fault }) = &verified else {
            return td_string!(locale, desk.audit.never).to_owned();
        };
        let at = time::date_time(*at);
        match fault {
            None => td_string!(locale, desk.audit.verified, number = number, at = at),
            Some(fault) => {
                let fault = label(locale, "audit_fault", fault.key());
                td_string!(locale, desk.audit.broken, number = number, at = at, fault = fault)
            }
        }
    };
    let verify = move |_| state.send(async { run(Verify::build(())).await }, move |_| again());
    view! {
        <section class="panel" class:panel-bad=broken aria-label=move || t_string!(i18n, desk.audit.title)>
            <ErrorSummaryOf state />
            <p role=if broken { "alert" } else { "status" }>
                <Icon mark=if broken { Mark::Alert } else { Mark::Lock } />
                " "
                {move || t_string!(i18n, desk.audit.chain, count = records)}
                " "
                {line}
            </p>
            <Press
                state
                mark=Mark::Check
                text=move || t_string!(i18n, desk.audit.verify)
                busy=move || t_string!(i18n, desk.audit.verifying)
                press=verify
            />
        </section>
    }
}

/// Hands out what the filter holds as a table for a spreadsheet.
#[component]
fn ExportButton(filter: Memo<Filter>, notice: Notice, again: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("export");
    let export = move |_| {
        let Filter { person, verb, from, to, .. } = filter.get_untracked();
        let input = ExportAuditInput { person, verb, from, to };
        state.send(async { run(Export::build(ExportVariables { input })).await }, move |done| {
            let locale = i18n.get_locale_untracked();
            let name = format!("{}-{}.csv", td_string!(locale, desk.audit.file), time::today());
            if dom::download(&name, &table(locale, &done.export_audit)) {
                let count = done.export_audit.len();
                notice.show(move |locale| td_string!(locale, desk.audit.exported, count = count));
            }
            again();
        });
    };
    view! {
        <div class="no-print">
            <ErrorSummaryOf state />
            <Press
                state
                mark=Mark::Copy
                text=move || t_string!(i18n, desk.audit.export)
                busy=move || t_string!(i18n, desk.audit.exporting)
                press=export
            />
        </div>
    }
}

/// A button that says while its answer is awaited.
#[component]
fn Press(
    state: FormState,
    mark: Mark,
    #[prop(into)] text: TextProp,
    #[prop(into)] busy: TextProp,
    press: impl Fn(leptos::ev::MouseEvent) + 'static,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="btn btn-outline"
            aria-disabled=move || state.pending().then_some("true")
            on:click=press
        >
            <Icon mark />
            {move || if state.pending() { busy.get() } else { text.get() }}
        </button>
    }
}

/// On to older records, and back to the newest.
#[component]
fn Pages(filter: Filter, page_info: PageInfo) -> impl IntoView {
    let i18n = use_i18n();
    let to = |after: Option<String>| Filter { after, ..filter.clone() }.path();
    let first = filter.after.is_some().then(|| {
        view! { <a class="btn btn-outline" href=to(None)>{t!(i18n, desk.audit.first)}</a> }
    });
    let next = page_info.end_cursor.filter(|_| page_info.has_next_page).map(|cursor| {
        view! {
            <a class="btn btn-outline" rel="next" href=to(Some(cursor))>
                {t!(i18n, desk.audit.next)}
                <Icon mark=Mark::ChevronRight />
            </a>
        }
    });
    let any = first.is_some() || next.is_some();
    any.then(|| view! { <nav class="pages" aria-label=move || t_string!(i18n, desk.audit.pages)>{first} {next}</nav> })
}
