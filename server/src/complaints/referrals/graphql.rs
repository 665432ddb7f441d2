//! Cases put before the city over GraphQL.

use async_graphql::{ComplexObject, Context, InputObject, Object, SimpleObject};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    AccountId, CenterId, ComplaintEventId, ReferralId,
    calendar::local_date,
    center::CenterStatus,
    complaints::{
        Action, ComplaintChannel, ComplaintClass, ComplaintEventKind, ComplaintOutcome, ComplaintStatus,
        ComplaintSubject, EscalationCause, PauseReason, ReviewOutcome, Step, referral::ReferralStatus,
    },
};

use super::{
    repo::Filter,
    service::{self, Referral},
};
use crate::{
    complaints::{
        graphql::{ComplainantNode, MaskedComplainant},
        service::reading,
    },
    db::referrals::CaseFile,
    error::{Error, Kind, Result},
    graphql::{
        context::{ContextExt, Cx},
        page::{Cursor, Listing, PageInfo, list_cost},
    },
    tenancy::graphql::PlaceNode,
};

/// A case put before the city, as its list shows it: nothing of the matter, nobody's name in it.
#[derive(SimpleObject)]
#[graphql(name = "Referral")]
struct ReferralNode {
    /// Its id.
    id: ReferralId,
    /// The center.
    center: PlaceNode,
    /// That center's state; one that does not work cannot be looked into.
    center_status: CenterStatus,
    /// The case's public number.
    number: String,
    /// What it is about.
    subject: ComplaintSubject,
    /// What took it to the city; null where somebody of the center did.
    cause: Option<EscalationCause>,
    /// Why somebody of the center did.
    reason: Option<String>,
    /// Whether the city has answered.
    status: ReferralStatus,
    /// Since when it is before the city.
    referred_at: DateTime<Utc>,
    /// Days since then.
    days: i64,
    /// Who of the city has opened it.
    opened_by: Option<String>,
    /// When.
    opened_at: Option<DateTime<Utc>>,
    /// Whether that is the viewer.
    mine: bool,
    /// The answer.
    answer: Option<String>,
    /// By whom.
    answered_by: Option<String>,
    /// When.
    answered_at: Option<DateTime<Utc>>,
}

/// A case as a clerk of the city reads it who has opened it.
#[derive(SimpleObject)]
struct ReferredCase {
    /// Where it stands.
    status: ComplaintStatus,
    /// How much work it is.
    class: ComplaintClass,
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
    /// Who complains, masked.
    complainant: MaskedComplainant,
    /// Who handles it.
    handler: Option<String>,
    /// Who investigates it.
    assignee: Option<String>,
    /// What was found.
    outcome: Option<ComplaintOutcome>,
    /// The same in words.
    finding: Option<String>,
    /// What is to be done about it.
    measures: Option<String>,
    /// The answer to the complainant.
    reply: Option<String>,
    /// What a review decided.
    review_outcome: Option<ReviewOutcome>,
    /// The timeline, oldest first, without the notes that colleagues wrote for each other.
    events: Vec<ReferredEvent>,
}

/// A line of the timeline.
#[derive(SimpleObject)]
struct ReferredEvent {
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
    actor: Option<String>,
    /// In words.
    text: Option<String>,
    /// Whether the complainant reads the words.
    public: bool,
}

/// A page of cases put before the city.
#[derive(SimpleObject)]
#[graphql(complex)]
struct ReferralConnection {
    /// The rows.
    nodes: Vec<ReferralNode>,
    /// Whether there is more, and the cursor to go on from.
    page_info: PageInfo,
    #[graphql(skip)]
    filter: Filter,
}

/// A case put before the city, and a reason.
#[derive(InputObject)]
struct OpenReferralInput {
    /// The one of the list.
    id: ReferralId,
    /// Why; logged, and told to the center's supervision.
    reason: String,
}

/// The city's answer.
#[derive(InputObject)]
struct AnswerReferralInput {
    /// The one of the list.
    id: ReferralId,
    /// What the center is to do.
    text: String,
}

/// Queries about cases put before the city.
#[derive(Default)]
pub struct ReferralsQuery;

#[Object]
impl ReferralsQuery {
    /// Cases put before the viewer's city: of those waiting the longest first, of those answered the newest.
    #[graphql(complexity = "list_cost(first, child_complexity)")]
    async fn referrals(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "ReferralStatus::Open")] status: ReferralStatus,
        center: Option<CenterId>,
        first: Option<i32>,
        after: Option<String>,
    ) -> Result<ReferralConnection> {
        let cx = ctx.cx()?;
        let filter = Filter { status, center };
        let listing = Listing::new(cx, "referrals", &filter)?;
        let page = listing.page(first, after.as_deref())?;
        let mut rows = service::list(cx, filter, page).await?;
        let wanted = usize::try_from(page.first).unwrap_or(usize::MAX);
        let has_next_page = rows.len() > wanted;
        rows.truncate(wanted);
        let cursor = |found: &Referral| listing.cursor(Cursor { at: found.row.referred_at, id: found.row.id.0 });
        let page_info = PageInfo {
            has_next_page,
            has_previous_page: page.after.is_some(),
            start_cursor: rows.first().map(cursor).transpose()?,
            end_cursor: rows.last().map(cursor).transpose()?,
        };
        let nodes = rows.into_iter().map(|found| ReferralNode::new(cx, found)).collect();
        Ok(ReferralConnection { nodes, page_info, filter })
    }

    /// One case put before the viewer's city; null when there is none by this id.
    async fn referral(&self, ctx: &Context<'_>, id: ReferralId) -> Result<Option<ReferralNode>> {
        let cx = ctx.cx()?;
        Ok(service::find(cx, id).await?.map(|found| ReferralNode::new(cx, found)))
    }

    /// The case itself: for the clerk who has opened it, until it is answered; null otherwise.
    #[graphql(complexity = "60 + child_complexity")]
    async fn referred_case(&self, ctx: &Context<'_>, id: ReferralId) -> Result<Option<ReferredCase>> {
        let cx = ctx.cx()?;
        let Some(file) = service::case(cx, id).await? else { return Ok(None) };
        let days_left = reading::days_left(file.case.due_at, cx.now(), &*cx.rules().await?);
        Ok(Some(ReferredCase::new(file, days_left, cx.now())))
    }
}

/// What clerks of the city do with cases put before it.
#[derive(Default)]
pub struct ReferralsMutation;

#[Object]
impl ReferralsMutation {
    /// Open a case for a reason: logged in its center and told to its supervision. From then on the viewer reads it.
    async fn open_referral(&self, ctx: &Context<'_>, input: OpenReferralInput) -> Result<ReferralNode> {
        let cx = ctx.cx()?;
        service::open(cx, input.id, input.reason).await?;
        found(cx, input.id).await
    }

    /// Show the complainant's name, phone and address of a case that the viewer has opened. The look and its reason are
    /// logged in the center and told to its supervision.
    async fn reveal_referred(&self, ctx: &Context<'_>, input: OpenReferralInput) -> Result<ComplainantNode> {
        Ok(service::reveal(ctx.cx()?, input.id, input.reason).await?.into())
    }

    /// Answer with an instruction to the center; ends the reading.
    async fn answer_referral(&self, ctx: &Context<'_>, input: AnswerReferralInput) -> Result<ReferralNode> {
        let cx = ctx.cx()?;
        service::answer(cx, input.id, input.text).await?;
        found(cx, input.id).await
    }
}

#[ComplexObject]
impl ReferralConnection {
    /// How many the filter holds in all; counted only when asked for.
    #[graphql(complexity = 10)]
    async fn total_count(&self, ctx: &Context<'_>) -> Result<u64> {
        service::count(ctx.cx()?, self.filter).await
    }

    /// The centers of the city, by which the list may be narrowed.
    #[graphql(complexity = "10 + child_complexity")]
    async fn centers(&self, ctx: &Context<'_>) -> Result<Vec<PlaceNode>> {
        Ok(service::centers(ctx.cx()?).await?.iter().map(Into::into).collect())
    }
}

async fn found(cx: &Cx, id: ReferralId) -> Result<ReferralNode> {
    let found = service::find(cx, id).await?.ok_or(Error::NotFound(Kind::Referral))?;
    Ok(ReferralNode::new(cx, found))
}

impl ReferralNode {
    fn new(cx: &Cx, found: Referral) -> Self {
        let Referral { row, center, center_status, opened_by, answered_by } = found;
        let me: Option<AccountId> = cx.scope().ok().and_then(crate::auth::scope::Scope::account);
        Self {
            id: row.id,
            center: (&center).into(),
            center_status,
            number: row.number,
            subject: row.subject,
            cause: row.cause,
            reason: row.reason,
            status: row.status,
            referred_at: row.referred_at,
            days: (local_date(cx.now()) - local_date(row.referred_at)).num_days(),
            opened_by,
            opened_at: row.opened_at,
            mine: row.opened_by.is_some() && row.opened_by == me,
            answer: row.answer,
            answered_by,
            answered_at: row.answered_at,
        }
    }
}

impl ReferredCase {
    fn new(file: CaseFile, days_left: Option<i32>, now: DateTime<Utc>) -> Self {
        let CaseFile { case: row, events, names } = file;
        let name = |id: Option<AccountId>| id.and_then(|id| names.get(&id).cloned());
        let event = |event: entity::complaint_event::Model| ReferredEvent {
            id: event.id,
            kind: event.kind,
            action: event.action,
            from_status: event.from_status,
            status: event.status,
            at: event.created_at,
            actor: name(event.actor_id),
            text: event.body,
            public: event.is_public,
        };
        Self {
            complainant: MaskedComplainant::new(&row),
            late: reading::is_late(row.is_open, row.due_at, now),
            handler: name(row.handler_id),
            assignee: name(row.assignee_id),
            events: events.into_iter().map(event).collect(),
            status: row.status,
            class: row.class,
            channel: row.channel,
            text: row.body,
            happened_on: row.happened_on,
            place: row.place,
            window: row.window_name,
            received_at: row.received_at,
            due_at: row.due_at,
            due_step: row.due_step,
            days_left,
            paused: row.paused,
            outcome: row.outcome,
            finding: row.finding,
            measures: row.measures,
            reply: row.reply,
            review_outcome: row.review_outcome,
        }
    }
}
