//! The case as a line of a list: no field of it asks the database once more.

use async_graphql::{ComplexObject, Context, SimpleObject};
use chrono::{DateTime, Utc};
use domain::{
    AccountId, ComplaintId,
    complaints::{
        Action, ComplaintChannel, ComplaintClass, ComplaintEventKind, ComplaintOutcome, ComplaintStatus,
        ComplaintSubject, EscalationLevel, Facts, PauseReason, Step, actions,
    },
};
use entity::complaint::Summary;

use super::types::{MaskedComplainant, names_of};
use crate::{
    complaints::{
        repo::Filter,
        service::{facts_of, reading, who},
    },
    error::Result,
    graphql::{
        context::{ContextExt, Cx},
        page::PageInfo,
    },
    tenancy::graphql::MemberNode,
};

/// A complaint (投诉) in a list.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct ComplaintSummary {
    /// Its id.
    id: ComplaintId,
    /// Its public number.
    number: String,
    /// Send it back with every step: a step on an old version is refused.
    version: i32,
    /// Where it stands.
    status: ComplaintStatus,
    /// How much work it is.
    class: ComplaintClass,
    /// What it is about.
    subject: ComplaintSubject,
    /// How it came.
    channel: ComplaintChannel,
    /// What happened, in the complainant's words.
    text: String,
    /// When it was received.
    received_at: DateTime<Utc>,
    /// When the present step is due.
    due_at: Option<DateTime<Utc>>,
    /// Which step that is.
    due_step: Option<Step>,
    /// Working days left; negative when late.
    days_left: Option<i32>,
    /// Whether the present step is late.
    late: bool,
    /// Why the clock stands still.
    paused: Option<PauseReason>,
    /// Working days it has stood still in all.
    paused_days: i32,
    /// How far up it has gone.
    escalation: EscalationLevel,
    /// Who complains, masked.
    complainant: MaskedComplainant,
    /// Who handles it.
    handler: Option<MemberNode>,
    /// Who investigates it.
    assignee: Option<MemberNode>,
    /// What was found.
    outcome: Option<ComplaintOutcome>,
    /// The same in words.
    finding: Option<String>,
    /// What is to be done about it.
    measures: Option<String>,
    /// Why review was asked for.
    review_reason: Option<String>,
    /// The latest entry of the timeline.
    last_event_kind: ComplaintEventKind,
    /// When it was made.
    last_event_at: DateTime<Utc>,
    #[graphql(skip)]
    facts: Facts,
}

/// A page of complaints.
#[derive(SimpleObject)]
#[graphql(name = "ComplaintConnection", complex)]
pub struct ComplaintConnection {
    /// The rows.
    pub nodes: Vec<ComplaintSummary>,
    /// Whether there is more, and the cursor to go on from.
    pub page_info: PageInfo,
    #[graphql(skip)]
    pub filter: Filter,
}

#[ComplexObject]
impl ComplaintConnection {
    /// How many the filter holds in all; counted only when asked for.
    #[graphql(complexity = 10)]
    async fn total_count(&self, ctx: &Context<'_>) -> Result<u64> {
        reading::count(ctx.cx()?, &self.filter).await
    }
}

#[ComplexObject]
impl ComplaintSummary {
    /// What the viewer may do now.
    async fn actions(&self, ctx: &Context<'_>) -> Result<Vec<Action>> {
        let cx = ctx.cx()?;
        Ok(actions(&self.facts, &who(cx.scope()?), cx.now()))
    }
}

impl ComplaintSummary {
    /// A page of cases; their people in one statement.
    pub async fn many(cx: &Cx, rows: Vec<Summary>) -> Result<Vec<Self>> {
        let names = names_of(cx, rows.iter().flat_map(|row| [row.handler_id, row.assignee_id]).flatten().collect());
        let (names, rules, now) = (names.await?, cx.rules().await?, cx.now());
        let member = |id: Option<AccountId>| id.and_then(|id| names.get(&id)).cloned().map(Into::into);
        let line = |row: Summary| Self {
            days_left: reading::days_left(row.due_at, now, &rules),
            late: reading::is_late(row.is_open, row.due_at, now),
            handler: member(row.handler_id),
            assignee: member(row.assignee_id),
            facts: facts_of!(row, rules.policy),
            complainant: MaskedComplainant::masked(row.name_mask, row.phone_mask, row.has_address),
            id: row.id,
            number: row.number,
            version: row.version,
            status: row.status,
            class: row.class,
            subject: row.subject,
            channel: row.channel,
            text: row.body,
            received_at: row.received_at,
            due_at: row.due_at,
            due_step: row.due_step,
            paused: row.paused,
            paused_days: row.paused_days,
            escalation: row.escalation,
            outcome: row.outcome,
            finding: row.finding,
            measures: row.measures,
            review_reason: row.review_reason,
            last_event_kind: row.last_event_kind,
            last_event_at: row.last_event_at,
        };
        Ok(rows.into_iter().map(line).collect())
    }
}
