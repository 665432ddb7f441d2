//! The portal over GraphQL: no account, no session needed.

use async_graphql::{ComplexObject, Context, InputObject, Object, SimpleObject};
use chrono::{DateTime, NaiveDate, Utc};
use domain::complaints::{
    ComplaintChannel, ComplaintEventKind as Event, ComplaintOutcome, ComplaintStatus, ComplaintSubject, Draft,
    HandlingSatisfaction, NOTICE_VERSION, PauseReason, RefusalGround, ReviewOutcome, Step,
};
use entity::{complaint_channel, complaint_event};

use super::service::{self, Tracked};
use crate::{
    complaints::service::{filing::Filing, reading::is_late},
    db::identity::Center,
    error::Result,
    graphql::context::ContextExt,
};

/// A center as the public sees it.
#[derive(SimpleObject)]
#[graphql(name = "PublicCenter", complex)]
pub struct PublicCenterNode {
    /// Its public code.
    code: String,
    /// Chinese name.
    name_zh: String,
    /// English name.
    name_en: String,
    /// Town or street.
    kind: String,
    /// Whether this is a demo, where nothing is real.
    demo: bool,
    /// Version of the notice on personal data.
    notice_version: String,
    #[graphql(skip)]
    center: Center,
}

/// One published way to complain.
#[derive(SimpleObject)]
#[graphql(name = "PublicChannel")]
pub struct PublicChannelNode {
    /// What kind of channel.
    kind: String,
    /// Chinese label.
    label_zh: String,
    /// English label.
    label_en: String,
    /// Number or address, in Chinese.
    value_zh: String,
    /// The same in English.
    value_en: String,
}

/// What a complainant takes away.
#[derive(SimpleObject)]
pub struct FiledComplaint {
    /// Public number.
    number: String,
    /// The secret to follow it by; shown once.
    receipt_code: String,
    /// When it was received.
    received_at: DateTime<Utc>,
    /// When the center has to have looked at it.
    due_at: Option<DateTime<Utc>>,
}

/// A case as its complainant may see it.
#[derive(SimpleObject)]
pub struct TrackedComplaint {
    /// Public number.
    number: String,
    /// Where it stands.
    status: ComplaintStatus,
    /// What it is about.
    subject: ComplaintSubject,
    /// When it was received.
    received_at: DateTime<Utc>,
    /// When the present step is due.
    due_at: Option<DateTime<Utc>>,
    /// Which step that is.
    due_step: Option<Step>,
    /// Whether the center is late.
    late: bool,
    /// Working days left; negative when late.
    days_left: Option<i32>,
    /// Why the clock stands still.
    paused: Option<PauseReason>,
    /// What has happened.
    steps: Vec<TrackedStep>,
    /// Why it was not accepted.
    refusal_ground: Option<RefusalGround>,
    /// The same in words.
    refusal_reason: Option<String>,
    /// Where to turn instead.
    referral: Option<String>,
    /// What was found; once the complainant has been told.
    outcome: Option<ComplaintOutcome>,
    /// The answer.
    reply: Option<String>,
    /// When it was given.
    feedback_at: Option<DateTime<Utc>>,
    /// How the complainant rated the handling.
    satisfaction: Option<HandlingSatisfaction>,
    /// What the review decided.
    review_outcome: Option<ReviewOutcome>,
    /// Its answer.
    review_reply: Option<String>,
    /// The number it is followed under, if merged.
    merged_into_number: Option<String>,
    /// Whether a review may be asked for now.
    may_request_review: bool,
    /// Until when.
    review_until: Option<DateTime<Utc>>,
    /// Whether the handling may be rated now.
    may_rate: bool,
    /// Lets the complainant rate the service once, by a link; null before the answer, long after, and once it was used.
    rating_token: Option<String>,
}

/// One line of the public timeline.
#[derive(SimpleObject)]
pub struct TrackedStep {
    /// What happened.
    kind: Event,
    /// The status it led to.
    status: ComplaintStatus,
    /// When.
    at: DateTime<Utc>,
    /// Words meant for the complainant.
    text: Option<String>,
}

/// The public form.
#[derive(InputObject)]
pub struct FileComplaintInput {
    /// A UUID made by the form, once for each complaint.
    idempotency_key: String,
    /// The center's public code.
    center: String,
    /// What it is about.
    subject: ComplaintSubject,
    /// What happened.
    text: String,
    /// On which day.
    happened_on: Option<NaiveDate>,
    /// Where.
    place: Option<String>,
    /// Which post or window.
    window: Option<String>,
    /// Name.
    name: Option<String>,
    /// Phone.
    phone: Option<String>,
    /// Postal address.
    address: Option<String>,
    /// The notice that was shown.
    notice_version: String,
}

/// Asking for review by receipt.
#[derive(InputObject)]
pub struct RequestReviewInput {
    /// The center's public code.
    center: String,
    /// The receipt code.
    #[graphql(secret)]
    receipt_code: String,
    /// Why.
    reason: String,
}

/// Rating the handling by receipt.
#[derive(InputObject)]
pub struct RateHandlingInput {
    /// The center's public code.
    center: String,
    /// The receipt code.
    #[graphql(secret)]
    receipt_code: String,
    /// The level.
    satisfaction: HandlingSatisfaction,
    /// In words.
    comment: Option<String>,
}

/// Public queries.
#[derive(Default)]
pub struct PortalQuery;

#[Object]
impl PortalQuery {
    /// Every center that takes complaints.
    #[graphql(complexity = "10 + 3 * child_complexity")]
    async fn public_centers(&self, ctx: &Context<'_>) -> Result<Vec<PublicCenterNode>> {
        let cx = ctx.cx()?;
        let demo = cx.app.demo;
        Ok(service::centers(cx).await?.into_iter().map(|center| PublicCenterNode::new(center, demo)).collect())
    }

    /// One center by its public code; null when there is none.
    async fn public_center(&self, ctx: &Context<'_>, code: String) -> Result<Option<PublicCenterNode>> {
        let cx = ctx.cx()?;
        Ok(service::center(cx, &code).await?.map(|center| PublicCenterNode::new(center, cx.app.demo)))
    }

    /// Follow a complaint by its receipt code; null when there is none by that code here.
    #[graphql(complexity = "20 + child_complexity")]
    async fn track_complaint(
        &self,
        ctx: &Context<'_>,
        center: String,
        #[graphql(secret)] receipt_code: String,
    ) -> Result<Option<TrackedComplaint>> {
        let cx = ctx.cx()?;
        Ok(service::track(cx, &center, &receipt_code).await?.map(|tracked| TrackedComplaint::new(tracked, cx.now())))
    }
}

/// What the public may do.
#[derive(Default)]
pub struct PortalMutation;

#[Object]
impl PortalMutation {
    /// File a complaint. The same key again gives the same receipt.
    async fn file_complaint(&self, ctx: &Context<'_>, input: FileComplaintInput) -> Result<FiledComplaint> {
        let center = input.center.clone();
        let (receipt, row) = service::file(ctx.cx()?, &center, input.into()).await?;
        Ok(FiledComplaint {
            number: receipt.number,
            receipt_code: receipt.code,
            received_at: row.received_at,
            due_at: row.due_at,
        })
    }

    /// Ask for review of the answer.
    async fn request_review(&self, ctx: &Context<'_>, input: RequestReviewInput) -> Result<TrackedComplaint> {
        let cx = ctx.cx()?;
        let RequestReviewInput { center, receipt_code, reason } = input;
        let tracked = service::request_review(cx, &center, &receipt_code, reason).await?;
        Ok(TrackedComplaint::new(tracked, cx.now()))
    }

    /// Rate how the complaint was handled.
    async fn rate_handling(&self, ctx: &Context<'_>, input: RateHandlingInput) -> Result<TrackedComplaint> {
        let cx = ctx.cx()?;
        let RateHandlingInput { center, receipt_code, satisfaction, comment } = input;
        let tracked = service::rate_handling(cx, &center, &receipt_code, satisfaction, comment).await?;
        Ok(TrackedComplaint::new(tracked, cx.now()))
    }
}

#[ComplexObject]
impl PublicCenterNode {
    /// The published ways to complain (6.8.2).
    #[graphql(complexity = "10 + child_complexity")]
    async fn channels(&self, ctx: &Context<'_>) -> Result<Vec<PublicChannelNode>> {
        Ok(service::channels(ctx.cx()?, &self.center).await?.into_iter().map(Into::into).collect())
    }
}

impl PublicCenterNode {
    fn new(center: Center, demo: bool) -> Self {
        Self {
            code: center.code.clone(),
            name_zh: center.name_zh.clone(),
            name_en: center.name_en.clone(),
            kind: center.kind.clone(),
            demo,
            notice_version: NOTICE_VERSION.to_owned(),
            center,
        }
    }
}

impl TrackedComplaint {
    fn new(tracked: Tracked, now: DateTime<Utc>) -> Self {
        let Tracked { own, case, events, days_left, may_request_review, may_rate, rating_token } = tracked;
        let merged = own.merged_into.is_some();
        // Nothing of the finding before it has been told (6.8.11).
        let told = case.feedback_at.is_some();
        let late = is_late(case.is_open, case.due_at, now);
        Self {
            number: own.number,
            status: case.status.public(),
            subject: own.subject,
            received_at: own.received_at,
            due_at: case.due_at,
            due_step: case.due_step,
            late,
            days_left,
            paused: case.paused,
            steps: public_steps(events),
            refusal_ground: case.refusal_ground,
            refusal_reason: case.refusal_reason.filter(|_| !merged),
            referral: case.referral,
            outcome: case.outcome.filter(|_| told),
            reply: case.reply.filter(|_| told),
            feedback_at: case.feedback_at,
            satisfaction: case.satisfaction.filter(|_| !merged),
            review_outcome: case.review_outcome.filter(|_| !merged),
            review_reply: case.review_reply.filter(|_| !merged),
            merged_into_number: merged.then_some(case.number),
            may_request_review,
            review_until: case.review_until.filter(|_| !merged),
            may_rate,
            rating_token,
        }
    }
}

/// The events a complainant may see, without those that change nothing for them.
fn public_steps(events: Vec<complaint_event::Model>) -> Vec<TrackedStep> {
    let shown = [
        Event::Registered,
        Event::Moved,
        Event::PublicReply,
        Event::Extended,
        Event::Paused,
        Event::Resumed,
        Event::CalendarChanged,
    ];
    let mut steps: Vec<TrackedStep> = Vec::new();
    for event in events.into_iter().filter(|event| shown.contains(&event.kind)) {
        let status = event.status.public();
        let repeats = event.kind == Event::Moved && steps.last().is_some_and(|last| last.status == status);
        if !repeats {
            let text = event.body.filter(|_| event.is_public);
            steps.push(TrackedStep { kind: event.kind, status, at: event.created_at, text });
        }
    }
    steps
}

impl From<FileComplaintInput> for Filing {
    fn from(input: FileComplaintInput) -> Self {
        Self {
            key: input.idempotency_key,
            channel: ComplaintChannel::Web,
            subject: input.subject,
            cause: None,
            draft: Draft {
                text: input.text,
                happened_on: input.happened_on,
                place: input.place,
                window: input.window,
                name: input.name,
                phone: input.phone,
                address: input.address,
                notice_version: input.notice_version,
            },
        }
    }
}

impl From<complaint_channel::Model> for PublicChannelNode {
    fn from(row: complaint_channel::Model) -> Self {
        let complaint_channel::Model { kind, label_zh, label_en, value_zh, value_en, .. } = row;
        Self { kind: kind.key().to_owned(), label_zh, label_en, value_zh, value_en }
    }
}
