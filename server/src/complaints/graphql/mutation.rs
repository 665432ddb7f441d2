//! The verbs of complaints: each one transaction, one timeline entry, one audit event.

use async_graphql::{Context, Object};

use super::{
    inputs::{
        AcceptComplaintInput, AssignComplaintInput, CaseInput, DecideReviewInput, DeclineComplaintInput, EntryInput,
        EscalateComplaintInput, ExtendComplaintInput, GiveFeedbackInput, HandOverComplaintInput, MergeComplaintInput,
        NameRespondentInput, PauseComplaintInput, ProposeConclusionInput, ReasonInput, ReclassifyComplaintInput,
        RecordFollowUpInput, RegisterComplaintInput, ResolveOnSpotInput, RevealInput,
    },
    types::{ComplainantNode, ComplaintNode, RegisteredComplaint},
};
use crate::{
    complaints::service::{Seen, clocks, entries, filing, people, steps},
    error::Result,
    graphql::context::ContextExt,
};

/// What staff may do with complaints.
#[derive(Default)]
pub struct ComplaintsMutation;

#[Object]
impl ComplaintsMutation {
    /// Register a complaint for a caller, a visitor or a letter.
    async fn register_complaint(
        &self,
        ctx: &Context<'_>,
        input: RegisterComplaintInput,
    ) -> Result<RegisteredComplaint> {
        let cx = ctx.cx()?;
        let (receipt, row) = filing::file(cx, input.into()).await?;
        Ok(RegisteredComplaint { complaint: ComplaintNode::one(cx, row).await?, receipt_code: receipt.code })
    }

    /// Take a new complaint and look at it; whoever does becomes its handler.
    async fn screen_complaint(&self, ctx: &Context<'_>, input: CaseInput) -> Result<ComplaintNode> {
        let cx = ctx.cx()?;
        let row = steps::screen(cx, input.seen()).await?;
        ComplaintNode::one(cx, row).await
    }

    /// Accept a complaint for handling. Starts the reply deadline (6.8.6).
    async fn accept_complaint(&self, ctx: &Context<'_>, input: AcceptComplaintInput) -> Result<ComplaintNode> {
        let cx = ctx.cx()?;
        let row = steps::accept(cx, input.seen(), input.class).await?;
        ComplaintNode::one(cx, row).await
    }

    /// Not accept a complaint; the complainant reads why and where to turn.
    async fn decline_complaint(&self, ctx: &Context<'_>, input: DeclineComplaintInput) -> Result<ComplaintNode> {
        let cx = ctx.cx()?;
        let row = steps::decline(cx, input.seen(), input.ground, input.reason, input.referral).await?;
        ComplaintNode::one(cx, row).await
    }

    /// Follow a duplicate under another number; both numbers stay valid.
    async fn merge_complaint(&self, ctx: &Context<'_>, input: MergeComplaintInput) -> Result<ComplaintNode> {
        let cx = ctx.cx()?;
        let row = steps::merge(cx, input.seen(), input.into).await?;
        ComplaintNode::one(cx, row).await
    }

    /// Settle a complaint at once, in person.
    async fn resolve_on_spot(&self, ctx: &Context<'_>, input: ResolveOnSpotInput) -> Result<ComplaintNode> {
        let cx = ctx.cx()?;
        let row = steps::resolve_on_spot(cx, input.seen(), input.outcome, input.finding).await?;
        ComplaintNode::one(cx, row).await
    }

    /// Give a complaint to somebody to investigate.
    async fn assign_complaint(&self, ctx: &Context<'_>, input: AssignComplaintInput) -> Result<ComplaintNode> {
        let cx = ctx.cx()?;
        let row = people::assign(cx, input.seen(), input.assignee, input.department, input.note).await?;
        ComplaintNode::one(cx, row).await
    }

    /// Send an assignment back: wrong person or department.
    async fn return_complaint(&self, ctx: &Context<'_>, input: ReasonInput) -> Result<ComplaintNode> {
        let cx = ctx.cx()?;
        let row = steps::send_back_assignment(cx, input.seen(), input.reason).await?;
        ComplaintNode::one(cx, row).await
    }

    /// Begin to investigate.
    async fn investigate_complaint(&self, ctx: &Context<'_>, input: CaseInput) -> Result<ComplaintNode> {
        let cx = ctx.cx()?;
        let row = steps::investigate(cx, input.seen()).await?;
        ComplaintNode::one(cx, row).await
    }

    /// Put the reply off, once and before it is due; the complainant is told.
    async fn extend_complaint(&self, ctx: &Context<'_>, input: ExtendComplaintInput) -> Result<ComplaintNode> {
        let cx = ctx.cx()?;
        let days = u32::try_from(input.days).unwrap_or(0);
        let row = clocks::extend(cx, input.seen(), days, input.reason).await?;
        ComplaintNode::one(cx, row).await
    }

    /// Stop the clock.
    async fn pause_complaint(&self, ctx: &Context<'_>, input: PauseComplaintInput) -> Result<ComplaintNode> {
        let cx = ctx.cx()?;
        let row = clocks::pause(cx, input.seen(), input.reason, input.note).await?;
        ComplaintNode::one(cx, row).await
    }

    /// Let the clock go on.
    async fn resume_complaint(&self, ctx: &Context<'_>, input: CaseInput) -> Result<ComplaintNode> {
        let cx = ctx.cx()?;
        let row = clocks::resume(cx, input.seen()).await?;
        ComplaintNode::one(cx, row).await
    }

    /// Change class and subject; past pauses stay.
    async fn reclassify_complaint(&self, ctx: &Context<'_>, input: ReclassifyComplaintInput) -> Result<ComplaintNode> {
        let cx = ctx.cx()?;
        let row = clocks::reclassify(cx, input.seen(), input.class, input.subject, input.reason).await?;
        ComplaintNode::one(cx, row).await
    }

    /// Hand a complaint to another handler.
    async fn hand_over_complaint(&self, ctx: &Context<'_>, input: HandOverComplaintInput) -> Result<ComplaintNode> {
        let cx = ctx.cx()?;
        let row = people::hand_over(cx, input.seen(), input.to, input.reason).await?;
        ComplaintNode::one(cx, row).await
    }

    /// Name the person complained about; the case disappears for them.
    async fn name_respondent(&self, ctx: &Context<'_>, input: NameRespondentInput) -> Result<ComplaintNode> {
        let cx = ctx.cx()?;
        let row = people::name_respondent(cx, input.seen(), input.respondent).await?;
        ComplaintNode::one(cx, row).await
    }

    /// Propose a conclusion.
    async fn propose_conclusion(&self, ctx: &Context<'_>, input: ProposeConclusionInput) -> Result<ComplaintNode> {
        let cx = ctx.cx()?;
        let row = steps::propose(cx, input.seen(), input.outcome, input.finding, input.measures).await?;
        ComplaintNode::one(cx, row).await
    }

    /// Approve a conclusion that somebody else proposed.
    async fn approve_conclusion(&self, ctx: &Context<'_>, input: CaseInput) -> Result<ComplaintNode> {
        let cx = ctx.cx()?;
        let row = steps::approve(cx, input.seen()).await?;
        ComplaintNode::one(cx, row).await
    }

    /// Send a proposed conclusion back.
    async fn send_back_conclusion(&self, ctx: &Context<'_>, input: ReasonInput) -> Result<ComplaintNode> {
        let cx = ctx.cx()?;
        let row = steps::send_back(cx, input.seen(), input.reason).await?;
        ComplaintNode::one(cx, row).await
    }

    /// Conclude a complaint.
    async fn conclude_complaint(&self, ctx: &Context<'_>, input: CaseInput) -> Result<ComplaintNode> {
        let cx = ctx.cx()?;
        let row = steps::conclude(cx, input.seen()).await?;
        ComplaintNode::one(cx, row).await
    }

    /// Tell the complainant the result (6.8.11, 7.1.3).
    async fn give_feedback(&self, ctx: &Context<'_>, input: GiveFeedbackInput) -> Result<ComplaintNode> {
        let cx = ctx.cx()?;
        let row = steps::give_feedback(cx, input.seen(), input.mode, input.reply).await?;
        ComplaintNode::one(cx, row).await
    }

    /// Record what the complainant says of the handling; asked by somebody else.
    async fn record_follow_up(&self, ctx: &Context<'_>, input: RecordFollowUpInput) -> Result<ComplaintNode> {
        let cx = ctx.cx()?;
        let row = steps::record_follow_up(cx, input.seen(), input.satisfaction, input.note).await?;
        ComplaintNode::one(cx, row).await
    }

    /// Ask for review on the complainant's behalf.
    async fn request_review_for(&self, ctx: &Context<'_>, input: ReasonInput) -> Result<ComplaintNode> {
        let cx = ctx.cx()?;
        let row = steps::request_review_for(cx, input.seen(), input.reason).await?;
        ComplaintNode::one(cx, row).await
    }

    /// Take up a review.
    async fn start_review(&self, ctx: &Context<'_>, input: CaseInput) -> Result<ComplaintNode> {
        let cx = ctx.cx()?;
        let row = steps::start_review(cx, input.seen()).await?;
        ComplaintNode::one(cx, row).await
    }

    /// Decide a review.
    async fn decide_review(&self, ctx: &Context<'_>, input: DecideReviewInput) -> Result<ComplaintNode> {
        let cx = ctx.cx()?;
        let row = steps::decide_review(cx, input.seen(), input.outcome, input.reply).await?;
        ComplaintNode::one(cx, row).await
    }

    /// Close a complaint.
    async fn close_complaint(&self, ctx: &Context<'_>, input: CaseInput) -> Result<ComplaintNode> {
        let cx = ctx.cx()?;
        let row = steps::close(cx, input.seen()).await?;
        ComplaintNode::one(cx, row).await
    }

    /// File a closed complaint away.
    async fn archive_complaint(&self, ctx: &Context<'_>, input: CaseInput) -> Result<ComplaintNode> {
        let cx = ctx.cx()?;
        let row = steps::archive(cx, input.seen()).await?;
        ComplaintNode::one(cx, row).await
    }

    /// Take a complaint up a level.
    async fn escalate_complaint(&self, ctx: &Context<'_>, input: EscalateComplaintInput) -> Result<ComplaintNode> {
        let cx = ctx.cx()?;
        let row = entries::escalate(cx, input.seen(), input.cause, input.reason).await?;
        ComplaintNode::one(cx, row).await
    }

    /// Put a complaint before the city; its clerks read the reason without opening the case.
    async fn refer_complaint(&self, ctx: &Context<'_>, input: ReasonInput) -> Result<ComplaintNode> {
        let cx = ctx.cx()?;
        let row = entries::refer(cx, input.seen(), input.reason).await?;
        ComplaintNode::one(cx, row).await
    }

    /// Press for progress (督办, C.9).
    async fn press_complaint(&self, ctx: &Context<'_>, input: ReasonInput) -> Result<ComplaintNode> {
        let cx = ctx.cx()?;
        let row = entries::press(cx, input.seen(), input.reason).await?;
        ComplaintNode::one(cx, row).await
    }

    /// Write an internal note.
    async fn add_note(&self, ctx: &Context<'_>, input: EntryInput) -> Result<ComplaintNode> {
        let cx = ctx.cx()?;
        let row = entries::note(cx, input.seen(), input.text).await?;
        ComplaintNode::one(cx, row).await
    }

    /// Write to the complainant.
    async fn reply_to_complainant(&self, ctx: &Context<'_>, input: EntryInput) -> Result<ComplaintNode> {
        let cx = ctx.cx()?;
        let row = entries::reply(cx, input.seen(), input.text).await?;
        ComplaintNode::one(cx, row).await
    }

    /// Show the complainant's name, phone and address. The look and its reason are logged.
    async fn reveal_complainant(&self, ctx: &Context<'_>, input: RevealInput) -> Result<ComplainantNode> {
        let seen = Seen { id: input.id, version: 0 };
        Ok(entries::reveal(ctx.cx()?, seen, input.reason).await?.into())
    }
}
