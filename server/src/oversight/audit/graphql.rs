//! The audit over GraphQL.

use async_graphql::{ComplexObject, Context, InputObject, Object, SimpleObject};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    AccountId, AuditEventId,
    audit::{AuditFault, AuditOutcome},
    permission::Role,
};

use super::{
    chain::Verdict,
    repo::Filter,
    service::{self, Records, State},
};
use crate::{
    complaints::graphql::ComplaintRef,
    crypto::hex,
    db::{Verb, chain::Logged},
    error::Result,
    graphql::{
        context::ContextExt,
        page::{Cursor, Listing, PageInfo, list_cost},
    },
};

/// Something that was done, or tried and refused.
#[derive(SimpleObject)]
#[graphql(name = "AuditRecord")]
pub struct AuditRecordNode {
    /// Its id.
    id: AuditEventId,
    /// When.
    at: DateTime<Utc>,
    /// Who, if somebody was signed in.
    person: Option<AuditPerson>,
    /// `account`, `visitor` or `job`.
    actor_kind: String,
    /// Roles held at the time.
    roles: Vec<Role>,
    /// What was done.
    verb: String,
    /// Whether it was.
    outcome: Option<AuditOutcome>,
    /// The row it was done to.
    object: Option<String>,
    /// The case, where it was one.
    complaint: Option<ComplaintRef>,
    /// Particulars.
    detail: Option<String>,
    /// The request or the job.
    request_id: String,
    /// The network it came from, if known.
    source: Option<String>,
}

/// A person who may be found in the audit, former members too.
#[derive(SimpleObject, Clone)]
pub struct AuditPerson {
    /// The person.
    account_id: AccountId,
    /// Their name here; empty for somebody who never was a member.
    display_name: String,
}

/// Records, newest first.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct AuditConnection {
    /// The records.
    nodes: Vec<AuditRecordNode>,
    /// Whether there is more, and the cursor to go on from.
    page_info: PageInfo,
    #[graphql(skip)]
    filter: Filter,
}

#[ComplexObject]
impl AuditConnection {
    /// How many the filter holds in all; counted only when asked for.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i64> {
        service::count(ctx.cx()?, &self.filter).await
    }
}

/// How the chain of records stands.
#[derive(SimpleObject)]
pub struct AuditChain {
    /// Records in it.
    records: i64,
    /// The hash of the last one; none before the first.
    head: Option<String>,
    /// When somebody last verified it.
    verified: Option<AuditVerification>,
    /// Who may be found in it.
    people: Vec<AuditPerson>,
    /// What may be found in it.
    verbs: Vec<&'static str>,
}

/// What came of verifying the chain.
#[derive(SimpleObject)]
pub struct AuditVerification {
    /// When.
    at: DateTime<Utc>,
    /// Up to this number it is whole; with a fault, this is the first number that is wrong.
    number: i64,
    /// What is wrong there.
    fault: Option<AuditFault>,
}

/// What to export.
#[derive(InputObject)]
pub struct ExportAuditInput {
    /// One person.
    person: Option<AccountId>,
    /// One verb.
    verb: Option<String>,
    /// From this day on.
    from: Option<NaiveDate>,
    /// Up to and with this day.
    to: Option<NaiveDate>,
}

/// Queries of the audit.
#[derive(Default)]
pub struct AuditQuery;

#[Object]
impl AuditQuery {
    /// The audit of the viewer's own center or city office, newest first.
    #[graphql(complexity = "list_cost(first, child_complexity)")]
    #[expect(clippy::too_many_arguments, reason = "each is an argument of the field")]
    async fn audit_records(
        &self,
        ctx: &Context<'_>,
        person: Option<AccountId>,
        verb: Option<String>,
        from: Option<NaiveDate>,
        to: Option<NaiveDate>,
        first: Option<i32>,
        after: Option<String>,
    ) -> Result<AuditConnection> {
        let cx = ctx.cx()?;
        let filter = service::filter(person, verb.as_deref(), from, to)?;
        let listing = Listing::new(cx, "auditRecords", &filter)?;
        let page = listing.page(first, after.as_deref())?;
        let mut found = service::list(cx, &filter, page).await?;
        let wanted = usize::try_from(page.first).unwrap_or(usize::MAX);
        let has_next_page = found.rows.len() > wanted;
        found.rows.truncate(wanted);
        let cursor = |row: &Logged| listing.cursor(Cursor { at: row.created_at, id: row.id });
        let page_info = PageInfo {
            has_next_page,
            has_previous_page: page.after.is_some(),
            start_cursor: found.rows.first().map(cursor).transpose()?,
            end_cursor: found.rows.last().map(cursor).transpose()?,
        };
        Ok(AuditConnection { nodes: AuditRecordNode::many(found), page_info, filter })
    }

    /// How the chain of the viewer's own place stands.
    #[graphql(complexity = "10 + child_complexity")]
    async fn audit_chain(&self, ctx: &Context<'_>) -> Result<AuditChain> {
        Ok(service::state(ctx.cx()?).await?.into())
    }
}

/// What leaves a record of its own.
#[derive(Default)]
pub struct AuditMutation;

#[Object]
impl AuditMutation {
    /// Follow the chain of the viewer's own place from end to end.
    #[graphql(complexity = "100 + child_complexity")]
    async fn verify_audit(&self, ctx: &Context<'_>) -> Result<AuditVerification> {
        let cx = ctx.cx()?;
        let at = cx.now();
        Ok(AuditVerification::new(at, &service::verify(cx).await?))
    }

    /// Hand out every record that a filter holds, at most 10,000.
    #[graphql(complexity = "100 + child_complexity")]
    async fn export_audit(&self, ctx: &Context<'_>, input: ExportAuditInput) -> Result<Vec<AuditRecordNode>> {
        let filter = service::filter(input.person, input.verb.as_deref(), input.from, input.to)?;
        Ok(AuditRecordNode::many(service::export(ctx.cx()?, &filter).await?))
    }
}

impl AuditVerification {
    fn new(at: DateTime<Utc>, verdict: &Verdict) -> Self {
        match verdict.broken {
            None => Self { at, number: verdict.head.seq, fault: None },
            Some(found) => Self { at, number: found.seq, fault: Some(found.fault) },
        }
    }
}

impl AuditRecordNode {
    fn many(records: Records) -> Vec<Self> {
        let Records { rows, people, cases } = records;
        let person = |account_id: AccountId| AuditPerson {
            account_id,
            display_name: people.get(&account_id).cloned().unwrap_or_default(),
        };
        let node = |row: Logged| Self {
            id: AuditEventId(row.id),
            at: row.created_at,
            person: row.actor_id.map(person),
            actor_kind: row.actor_kind,
            roles: row.roles.iter().flat_map(|roles| roles.split(',')).filter_map(Role::from_key).collect(),
            verb: row.verb,
            outcome: AuditOutcome::from_key(&row.outcome),
            complaint: row.object_id.as_deref().and_then(|id| id.parse().ok()).and_then(|id| {
                let number = cases.get(&id)?.clone();
                Some(ComplaintRef { id, number })
            }),
            object: row.object_id,
            detail: row.detail,
            request_id: row.request_id,
            source: row.source,
        };
        rows.into_iter().map(node).collect()
    }
}

impl From<State> for AuditChain {
    fn from(state: State) -> Self {
        let person = |(account_id, display_name)| AuditPerson { account_id, display_name };
        Self {
            records: state.head.map_or(0, |head| head.seq),
            head: state.head.map(|head| hex(&head.hash)),
            verified: state.looked.map(|(at, number, fault)| AuditVerification { at, number, fault }),
            people: state.people.into_iter().map(person).collect(),
            verbs: Verb::ALL.iter().map(|verb| verb.as_str()).collect(),
        }
    }
}
