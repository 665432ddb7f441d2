//! The case as staff see it.

use async_graphql::{ComplexObject, Context, SimpleObject};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    AccountId, ComplaintEventId, ComplaintId,
    complaints::{
        Action, ComplaintChannel, ComplaintClass, ComplaintEventKind, ComplaintOutcome, ComplaintQueue,
        ComplaintStatus, ComplaintSubject, EscalationCause, EscalationLevel, FeedbackMode, HandlingSatisfaction,
        PauseReason, RefusalGround, ReviewOutcome, Step, actions,
    },
};
use entity::{complaint, complaint_event};

use crate::{
    complaints::{
        repo,
        service::{entries::Complainant, facts, reading, who},
    },
    error::Result,
    graphql::context::{ContextExt, Cx},
    tenancy::{
        self,
        graphql::{DepartmentNode, MemberNode},
        repo::Names,
    },
};

/// A complaint (投诉).
#[derive(SimpleObject)]
#[graphql(name = "Complaint", complex)]
pub struct ComplaintNode {
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
    /// On which day.
    happened_on: Option<NaiveDate>,
    /// Where.
    place: Option<String>,
    /// Which post or window.
    window: Option<String>,
    /// When it was received.
    received_at: DateTime<Utc>,
    /// When it was accepted.
    accepted_at: Option<DateTime<Utc>>,
    /// When it was closed.
    closed_at: Option<DateTime<Utc>>,
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
    /// How often the reply was put off.
    extensions: i32,
    /// How far up it has gone.
    escalation: EscalationLevel,
    /// Why.
    escalation_cause: Option<EscalationCause>,
    /// Since when it is before the city, which has not answered yet.
    referred_at: Option<DateTime<Utc>>,
    /// Who complains, masked.
    complainant: MaskedComplainant,
    /// Who handles it.
    handler: Option<MemberNode>,
    /// Who investigates it.
    assignee: Option<MemberNode>,
    /// Who is complained about.
    respondent: Option<MemberNode>,
    /// Who registered it; none when the complainant did.
    registered_by: Option<MemberNode>,
    /// Why it was not accepted.
    refusal_ground: Option<RefusalGround>,
    /// The same in words.
    refusal_reason: Option<String>,
    /// Where the complainant was sent.
    referral: Option<String>,
    /// What was found.
    outcome: Option<ComplaintOutcome>,
    /// The same in words.
    finding: Option<String>,
    /// What is to be done about it.
    measures: Option<String>,
    /// The answer to the complainant.
    reply: Option<String>,
    /// How it reached them.
    feedback_mode: Option<FeedbackMode>,
    /// When.
    feedback_at: Option<DateTime<Utc>>,
    /// How they rate the handling.
    satisfaction: Option<HandlingSatisfaction>,
    /// Until when they may ask for review.
    review_until: Option<DateTime<Utc>>,
    /// Why they did.
    review_reason: Option<String>,
    /// What the review decided.
    review_outcome: Option<ReviewOutcome>,
    /// Its answer.
    review_reply: Option<String>,
    /// The latest entry of the timeline.
    last_event_kind: ComplaintEventKind,
    /// When it was made.
    last_event_at: DateTime<Utc>,
    #[graphql(skip)]
    row: complaint::Model,
}

/// A case by number.
#[derive(SimpleObject, Clone)]
pub struct ComplaintRef {
    /// Its id.
    pub id: ComplaintId,
    /// Its public number.
    pub number: String,
}

/// Who complains, as far as everybody who works on the case may know.
#[derive(SimpleObject)]
pub struct MaskedComplainant {
    /// No name and no way to reach them.
    anonymous: bool,
    /// Family name and stars.
    name: Option<String>,
    /// Phone with its middle hidden.
    phone: Option<String>,
    /// Whether there is an address.
    has_address: bool,
}

/// Who complains, in clear.
#[derive(SimpleObject)]
#[graphql(name = "Complainant")]
pub struct ComplainantNode {
    /// Name.
    name: Option<String>,
    /// Phone.
    phone: Option<String>,
    /// Address.
    address: Option<String>,
}

/// A line of the timeline.
#[derive(SimpleObject)]
#[graphql(name = "ComplaintEvent")]
pub struct ComplaintEventNode {
    /// Its id.
    id: ComplaintEventId,
    /// What happened.
    kind: ComplaintEventKind,
    /// The step that was taken.
    action: Option<Action>,
    /// The status before.
    from_status: Option<ComplaintStatus>,
    /// The status after.
    status: ComplaintStatus,
    /// When.
    at: DateTime<Utc>,
    /// Who; none for the complainant and for the system.
    actor: Option<MemberNode>,
    /// In words.
    text: Option<String>,
    /// Whether the complainant reads the words.
    public: bool,
}

/// A case that may be the same matter.
#[derive(SimpleObject)]
#[graphql(name = "SimilarComplaint")]
pub struct SimilarComplaintNode {
    /// The case.
    complaint: ComplaintRef,
    /// Where it stands.
    status: ComplaintStatus,
    /// How alike, 0–100.
    score: i32,
    /// Its beginning.
    excerpt: String,
    /// When it was received.
    received_at: DateTime<Utc>,
}

/// How many a queue holds.
#[derive(SimpleObject)]
pub struct QueueCount {
    /// The queue.
    pub queue: ComplaintQueue,
    /// Cases in it.
    pub count: i64,
}

/// A case just registered.
#[derive(SimpleObject)]
pub struct RegisteredComplaint {
    /// The case.
    pub complaint: ComplaintNode,
    /// The complainant's receipt code; shown once.
    pub receipt_code: String,
}

#[ComplexObject]
impl ComplaintNode {
    /// The department it was given to.
    #[graphql(complexity = "10 + child_complexity")]
    async fn department(&self, ctx: &Context<'_>) -> Result<Option<DepartmentNode>> {
        let Some(id) = self.row.department_id else { return Ok(None) };
        let tx = ctx.cx()?.read().await?;
        Ok(Some(tenancy::service::department(&tx, id).await?.into()))
    }

    /// The case this one was merged into.
    #[graphql(complexity = "10 + child_complexity")]
    async fn merged_into(&self, ctx: &Context<'_>) -> Result<Option<ComplaintRef>> {
        let Some(id) = self.row.merged_into else { return Ok(None) };
        Ok(reading::get(ctx.cx()?, id).await?.map(Into::into))
    }

    /// The cases merged into this one.
    #[graphql(complexity = "10 + child_complexity")]
    async fn merged_here(&self, ctx: &Context<'_>) -> Result<Vec<ComplaintRef>> {
        let tx = ctx.cx()?.read().await?;
        Ok(repo::merged_into(&tx, self.id).await?.into_iter().map(Into::into).collect())
    }

    /// The timeline, oldest first.
    #[graphql(complexity = "30 + child_complexity")]
    async fn events(&self, ctx: &Context<'_>) -> Result<Vec<ComplaintEventNode>> {
        let cx = ctx.cx()?;
        let events = reading::events(cx, self.id).await?;
        let actors = events.iter().filter_map(|event| event.actor_id).collect();
        let names = names_of(cx, actors).await?;
        Ok(events.into_iter().map(|event| ComplaintEventNode::new(event, &names)).collect())
    }

    /// Earlier cases that may be the same matter.
    #[graphql(complexity = "50 + child_complexity")]
    async fn similar(&self, ctx: &Context<'_>) -> Result<Vec<SimilarComplaintNode>> {
        Ok(reading::similar(ctx.cx()?, &self.row).await?.into_iter().map(Into::into).collect())
    }

    /// What the viewer may do now.
    async fn actions(&self, ctx: &Context<'_>) -> Result<Vec<Action>> {
        let cx = ctx.cx()?;
        let rules = cx.rules().await?;
        Ok(actions(&facts(&self.row, &rules.policy), &who(cx.scope()?), cx.now()))
    }
}

impl ComplaintNode {
    /// One case.
    pub async fn one(cx: &Cx, row: complaint::Model) -> Result<Self> {
        let people = [row.handler_id, row.assignee_id, row.respondent_id, row.registered_by];
        let names = names_of(cx, people.into_iter().flatten().collect()).await?;
        let rules = cx.rules().await?;
        let days_left = reading::days_left(row.due_at, cx.now(), &rules);
        Ok(Self::new(row, &names, days_left, cx.now()))
    }

    fn new(row: complaint::Model, names: &Names, days_left: Option<i32>, now: DateTime<Utc>) -> Self {
        let member = |id: Option<AccountId>| id.and_then(|id| names.get(&id)).cloned().map(Into::into);
        Self {
            id: row.id,
            number: row.number.clone(),
            version: row.version,
            status: row.status,
            class: row.class,
            subject: row.subject,
            channel: row.channel,
            text: row.body.clone(),
            happened_on: row.happened_on,
            place: row.place.clone(),
            window: row.window_name.clone(),
            received_at: row.received_at,
            accepted_at: row.accepted_at,
            closed_at: row.closed_at,
            due_at: row.due_at,
            due_step: row.due_step,
            days_left,
            late: reading::is_late(row.is_open, row.due_at, now),
            paused: row.paused,
            paused_days: row.paused_days,
            extensions: row.extensions,
            escalation: row.escalation,
            escalation_cause: row.escalation_cause,
            referred_at: row.referred_at,
            complainant: MaskedComplainant::new(&row),
            handler: member(row.handler_id),
            assignee: member(row.assignee_id),
            respondent: member(row.respondent_id),
            registered_by: member(row.registered_by),
            refusal_ground: row.refusal_ground,
            refusal_reason: row.refusal_reason.clone(),
            referral: row.referral.clone(),
            outcome: row.outcome,
            finding: row.finding.clone(),
            measures: row.measures.clone(),
            reply: row.reply.clone(),
            feedback_mode: row.feedback_mode,
            feedback_at: row.feedback_at,
            satisfaction: row.satisfaction,
            review_until: row.review_until,
            review_reason: row.review_reason.clone(),
            review_outcome: row.review_outcome,
            review_reply: row.review_reply.clone(),
            last_event_kind: row.last_event_kind,
            last_event_at: row.last_event_at,
            row,
        }
    }
}

/// Their names as members, in one statement.
pub async fn names_of(cx: &Cx, mut people: Vec<AccountId>) -> Result<Names> {
    people.sort_unstable();
    people.dedup();
    if people.is_empty() {
        return Ok(Names::new());
    }
    let tx = cx.read().await?;
    tenancy::service::names(&tx, people).await
}

impl MaskedComplainant {
    /// Of a case.
    pub fn new(row: &complaint::Model) -> Self {
        Self::masked(row.name_mask.clone(), row.phone_mask.clone(), row.address_enc.is_some())
    }

    /// Of its parts; each mask is there exactly when there is something behind it.
    pub const fn masked(name: Option<String>, phone: Option<String>, has_address: bool) -> Self {
        Self { anonymous: name.is_none() && phone.is_none() && !has_address, name, phone, has_address }
    }
}

impl ComplaintEventNode {
    fn new(event: complaint_event::Model, names: &Names) -> Self {
        Self {
            id: event.id,
            kind: event.kind,
            action: event.action,
            from_status: event.from_status,
            status: event.status,
            at: event.created_at,
            actor: event.actor_id.and_then(|id| names.get(&id)).cloned().map(Into::into),
            text: event.body,
            public: event.is_public,
        }
    }
}

impl From<reading::Similar> for SimilarComplaintNode {
    fn from((row, score): reading::Similar) -> Self {
        Self {
            status: row.status,
            score: i32::from(score),
            excerpt: row.body.chars().take(60).collect(),
            received_at: row.received_at,
            complaint: row.into(),
        }
    }
}

impl From<complaint::Model> for ComplaintRef {
    fn from(row: complaint::Model) -> Self {
        Self { id: row.id, number: row.number }
    }
}

impl From<Complainant> for ComplainantNode {
    fn from(shown: Complainant) -> Self {
        let Complainant { name, phone, address } = shown;
        Self { name, phone, address }
    }
}
