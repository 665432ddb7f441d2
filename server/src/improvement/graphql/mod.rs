//! Findings, tasks and plans over GraphQL.

mod inputs;
mod types;

use async_graphql::{Context, Object};
use domain::{
    ComplaintId, ImprovementPlanId, PostId, RectificationTaskId,
    improvement::{
        FindingStatus, RectificationQueue, RectificationSource, RectificationStatus, plan::ImprovementStatus,
    },
};

pub use self::types::RectificationTask;
use self::{
    inputs::{
        AddImprovementMeasureInput, ApplyImprovementInput, ApproveImprovementInput, AssignRectificationInput,
        DismissFindingInput, DropImprovementMeasureInput, FinishImprovementMeasureInput, NoteRectificationInput,
        PlanImprovementInput, PlanRectificationInput, ProveRectificationInput, RecordFindingInput,
        RectificationStepInput, RectifyComplaintInput, RectifyFindingInput, SeenImprovementInput,
        SendImprovementBackInput, SendRectificationBackInput, SetImprovementGoalInput, StartImprovementInput,
        VerifyImprovementInput,
    },
    types::{
        Finding, FindingRow, ImprovementPage, ImprovementPlan, ImprovementRow, RectificationList, RectificationPage,
    },
};
use super::service::{findings, plans, reading, tasks};
use crate::{
    error::Result,
    graphql::{context::ContextExt, given},
    posts::service::Seen,
};

/// Queries about findings, tasks and plans.
#[derive(Default)]
pub struct ImprovementQuery;

#[Object]
impl ImprovementQuery {
    /// What supervision found, what waits for a decision first; at most 200.
    #[graphql(complexity = "20 + child_complexity")]
    async fn findings(&self, ctx: &Context<'_>, status: Option<FindingStatus>) -> Result<Vec<FindingRow>> {
        Ok(reading::findings(ctx.cx()?, status).await?.into_iter().map(Into::into).collect())
    }

    /// Rectification tasks that the viewer sees, by their day; at most 200. Without a queue those that go on; `search` is
    /// words of the problem, `complaint` asks for those that a complaint led to.
    #[graphql(complexity = "20 + child_complexity")]
    #[expect(clippy::too_many_arguments, reason = "each narrows the list")]
    async fn rectifications(
        &self,
        ctx: &Context<'_>,
        queue: Option<RectificationQueue>,
        status: Option<RectificationStatus>,
        source: Option<RectificationSource>,
        post: Option<PostId>,
        search: Option<String>,
        complaint: Option<ComplaintId>,
    ) -> Result<RectificationList> {
        let queue = queue.unwrap_or(RectificationQueue::Open);
        let asked = reading::Asked { queue, status, source, post, search, complaint };
        Ok(reading::list(ctx.cx()?, asked, reading::SHOWN).await?.into())
    }

    /// One task with its log.
    #[graphql(complexity = "20 + child_complexity")]
    async fn rectification(&self, ctx: &Context<'_>, id: RectificationTaskId) -> Result<RectificationPage> {
        Ok(reading::page(ctx.cx()?, id).await?.into())
    }

    /// Improvement plans that the viewer sees, the newest first, what is over last; at most 200.
    #[graphql(complexity = "20 + child_complexity")]
    async fn improvement_plans(
        &self,
        ctx: &Context<'_>,
        status: Option<ImprovementStatus>,
    ) -> Result<Vec<ImprovementRow>> {
        Ok(reading::plans(ctx.cx()?, status).await?.into_iter().map(Into::into).collect())
    }

    /// One plan with its measures and log.
    #[graphql(complexity = "20 + child_complexity")]
    async fn improvement_plan(&self, ctx: &Context<'_>, id: ImprovementPlanId) -> Result<ImprovementPage> {
        Ok(reading::plan(ctx.cx()?, id).await?.into())
    }
}

/// Writing down what was found, putting it right, and improving.
#[derive(Default)]
pub struct ImprovementMutation;

#[Object]
impl ImprovementMutation {
    /// Write down what was found.
    async fn record_finding(&self, ctx: &Context<'_>, input: RecordFindingInput) -> Result<Finding> {
        let (form, about, files) = input.parts();
        Ok(findings::record(ctx.cx()?, form, about, &files).await?.into())
    }

    /// Decide that nothing follows from a finding.
    async fn dismiss_finding(&self, ctx: &Context<'_>, input: DismissFindingInput) -> Result<Finding> {
        let DismissFindingInput { id, version, reason } = input;
        Ok(findings::dismiss(ctx.cx()?, Seen { id, version }, &reason).await?.into())
    }

    /// Open a task for a finding, at the finding's post.
    async fn rectify_finding(&self, ctx: &Context<'_>, input: RectifyFindingInput) -> Result<RectificationTask> {
        let (seen, form, owner) = input.parts();
        Ok(tasks::rectify_finding(ctx.cx()?, seen, form, owner).await?.into())
    }

    /// Open a task for a complaint that was found right.
    async fn rectify_complaint(&self, ctx: &Context<'_>, input: RectifyComplaintInput) -> Result<RectificationTask> {
        let (complaint, form, post, owner) = input.parts();
        Ok(tasks::rectify_complaint(ctx.cx()?, complaint, form, post, owner).await?.into())
    }

    /// Say whose a task is, and by when it is to be handed in.
    async fn assign_rectification(
        &self,
        ctx: &Context<'_>,
        input: AssignRectificationInput,
    ) -> Result<RectificationTask> {
        let (seen, owner, days) = input.parts();
        Ok(tasks::assign(ctx.cx()?, seen, owner, days).await?.into())
    }

    /// Say why it came to this and what is to be done.
    async fn plan_rectification(&self, ctx: &Context<'_>, input: PlanRectificationInput) -> Result<RectificationTask> {
        let (seen, form) = input.parts();
        Ok(tasks::plan(ctx.cx()?, seen, form).await?.into())
    }

    /// Agree to what is to be done.
    async fn agree_rectification(&self, ctx: &Context<'_>, input: RectificationStepInput) -> Result<RectificationTask> {
        let RectificationStepInput { id, version, note } = input;
        Ok(tasks::agree(ctx.cx()?, Seen { id, version }, given(note).as_deref()).await?.into())
    }

    /// Send a plan, or what was handed in, back; or find that it has not lasted.
    async fn send_rectification_back(
        &self,
        ctx: &Context<'_>,
        input: SendRectificationBackInput,
    ) -> Result<RectificationTask> {
        let (seen, reason, days) = input.parts();
        Ok(tasks::send_back(ctx.cx()?, seen, &reason, days).await?.into())
    }

    /// Hand in what was done.
    async fn submit_rectification(
        &self,
        ctx: &Context<'_>,
        input: ProveRectificationInput,
    ) -> Result<RectificationTask> {
        let (seen, text, files) = input.parts();
        Ok(tasks::submit(ctx.cx()?, seen, &text, &files).await?.into())
    }

    /// Find that it was put right.
    async fn accept_rectification(
        &self,
        ctx: &Context<'_>,
        input: RectificationStepInput,
    ) -> Result<RectificationTask> {
        let RectificationStepInput { id, version, note } = input;
        Ok(tasks::accept(ctx.cx()?, Seen { id, version }, given(note).as_deref()).await?.into())
    }

    /// Look again, and find that it has lasted.
    async fn recheck_rectification(
        &self,
        ctx: &Context<'_>,
        input: ProveRectificationInput,
    ) -> Result<RectificationTask> {
        let (seen, text, files) = input.parts();
        Ok(tasks::recheck(ctx.cx()?, seen, &text, &files).await?.into())
    }

    /// End a task that has lasted.
    async fn close_rectification(&self, ctx: &Context<'_>, input: RectificationStepInput) -> Result<RectificationTask> {
        let RectificationStepInput { id, version, note } = input;
        Ok(tasks::close(ctx.cx()?, Seen { id, version }, given(note).as_deref()).await?.into())
    }

    /// Write something down about a task.
    async fn note_rectification(&self, ctx: &Context<'_>, input: NoteRectificationInput) -> Result<RectificationTask> {
        Ok(tasks::note(ctx.cx()?, input.id, &input.text).await?.into())
    }

    /// Begin an improvement plan.
    async fn start_improvement(&self, ctx: &Context<'_>, input: StartImprovementInput) -> Result<ImprovementPlan> {
        let (form, from) = input.parts();
        Ok(plans::start(ctx.cx()?, form, from).await?.into())
    }

    /// Say what is to be better by when, and by how much.
    async fn set_improvement_goal(&self, ctx: &Context<'_>, input: SetImprovementGoalInput) -> Result<ImprovementPlan> {
        let (seen, form) = input.parts();
        Ok(plans::set_goal(ctx.cx()?, seen, form).await?.into())
    }

    /// Add a measure to a plan.
    async fn add_improvement_measure(
        &self,
        ctx: &Context<'_>,
        input: AddImprovementMeasureInput,
    ) -> Result<ImprovementPlan> {
        let (seen, form) = input.parts();
        Ok(plans::add_measure(ctx.cx()?, seen, form).await?.into())
    }

    /// Take a measure out of a plan.
    async fn drop_improvement_measure(
        &self,
        ctx: &Context<'_>,
        input: DropImprovementMeasureInput,
    ) -> Result<ImprovementPlan> {
        let DropImprovementMeasureInput { id, version, measure } = input;
        Ok(plans::drop_measure(ctx.cx()?, Seen { id, version }, measure).await?.into())
    }

    /// Hand a plan in.
    async fn plan_improvement(&self, ctx: &Context<'_>, input: PlanImprovementInput) -> Result<ImprovementPlan> {
        let PlanImprovementInput { id, version, root_cause } = input;
        Ok(plans::plan(ctx.cx()?, Seen { id, version }, &root_cause).await?.into())
    }

    /// Approve a plan.
    async fn approve_improvement(&self, ctx: &Context<'_>, input: ApproveImprovementInput) -> Result<ImprovementPlan> {
        let ApproveImprovementInput { id, version, note } = input;
        Ok(plans::approve(ctx.cx()?, Seen { id, version }, given(note).as_deref()).await?.into())
    }

    /// Send a plan back.
    async fn send_improvement_back(
        &self,
        ctx: &Context<'_>,
        input: SendImprovementBackInput,
    ) -> Result<ImprovementPlan> {
        let SendImprovementBackInput { id, version, reason } = input;
        Ok(plans::send_back(ctx.cx()?, Seen { id, version }, &reason).await?.into())
    }

    /// Begin to carry a plan out.
    async fn execute_improvement(&self, ctx: &Context<'_>, input: SeenImprovementInput) -> Result<ImprovementPlan> {
        Ok(plans::execute(ctx.cx()?, input.into()).await?.into())
    }

    /// Say that a measure of a plan was carried out.
    async fn finish_improvement_measure(
        &self,
        ctx: &Context<'_>,
        input: FinishImprovementMeasureInput,
    ) -> Result<ImprovementPlan> {
        let FinishImprovementMeasureInput { id, version, measure, note } = input;
        Ok(plans::finish_measure(ctx.cx()?, Seen { id, version }, measure, &note).await?.into())
    }

    /// Measure again, and compare with the goal.
    async fn verify_improvement(&self, ctx: &Context<'_>, input: VerifyImprovementInput) -> Result<ImprovementPlan> {
        let (seen, form) = input.parts();
        Ok(plans::verify(ctx.cx()?, seen, form).await?.into())
    }

    /// Make what has worked the rule.
    async fn apply_improvement(&self, ctx: &Context<'_>, input: ApplyImprovementInput) -> Result<ImprovementPlan> {
        let ApplyImprovementInput { id, version, applied_as, note } = input;
        Ok(plans::apply(ctx.cx()?, Seen { id, version }, applied_as, &note).await?.into())
    }

    /// Follow a plan that has not worked with another one, which is returned.
    async fn renew_improvement(&self, ctx: &Context<'_>, input: SeenImprovementInput) -> Result<ImprovementPlan> {
        Ok(plans::renew(ctx.cx()?, input.into()).await?.into())
    }

    /// End a plan.
    async fn close_improvement(&self, ctx: &Context<'_>, input: SeenImprovementInput) -> Result<ImprovementPlan> {
        Ok(plans::close(ctx.cx()?, input.into()).await?.into())
    }
}
