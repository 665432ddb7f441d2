//! Standards management over GraphQL.

mod inputs;
mod types;

use async_graphql::{Context, Object};
use domain::ManagedStandardId;

use self::{
    inputs::{
        AddAuditFindingInput, AdoptYearPlanInput, AppointStandardsOfficerInput, CloseAuditFindingInput,
        ConfirmStandardInput, ConsultOnStandardInput, EditPlanTaskInput, EditStandardInput, EndStandardsOfficerInput,
        EnforceStandardInput, MovePlanTaskInput, OpenAuditFindingTaskInput, PlanTaskInput, RecordSelfAuditInput,
        RegisterStandardInput, ReviseStandardInput, StandardStepInput, WithdrawStandardInput,
    },
    types::{
        AuditFinding, ManagedStandard, ManagedStandardPage, PlanTask, SelfAudit, StandardsDesk, StandardsTerm,
        YearPlanAdoption,
    },
};
use super::service::{audits, officers, plan, reading, register};
use crate::{
    error::Result,
    graphql::{context::ContextExt, given, tidy},
    improvement::graphql::RectificationTask,
    posts::service::Seen,
};

/// Queries about standards.
#[derive(Default)]
pub struct StandardisationQuery;

#[Object]
impl StandardisationQuery {
    /// How the center's standards stand: checks, the register, the plan of a year or of this one, officers and
    /// self-audits.
    #[graphql(complexity = "20 + child_complexity")]
    async fn managed_standards(&self, ctx: &Context<'_>, year: Option<i32>) -> Result<StandardsDesk> {
        Ok(reading::desk(ctx.cx()?, year).await?.into())
    }

    /// One standard of the register with its log.
    #[graphql(complexity = "20 + child_complexity")]
    async fn managed_standard(&self, ctx: &Context<'_>, id: ManagedStandardId) -> Result<ManagedStandardPage> {
        Ok(reading::page(ctx.cx()?, id).await?.into())
    }
}

/// Keeping the register, the plan, the officers and the self-audits.
#[derive(Default)]
pub struct StandardisationMutation;

#[Object]
impl StandardisationMutation {
    /// Take a standard into the register: in force where it was adopted, else to be drafted.
    async fn register_standard(&self, ctx: &Context<'_>, input: RegisterStandardInput) -> Result<ManagedStandard> {
        Ok(register::add(ctx.cx()?, input.into()).await?.into())
    }

    /// Correct what was filled in about a standard.
    async fn edit_standard(&self, ctx: &Context<'_>, input: EditStandardInput) -> Result<ManagedStandard> {
        let EditStandardInput { id, version, typed } = input;
        Ok(register::edit(ctx.cx()?, Seen { id, version }, typed.into()).await?.into())
    }

    /// Write down that those whom a draft concerns were asked.
    async fn consult_on_standard(&self, ctx: &Context<'_>, input: ConsultOnStandardInput) -> Result<ManagedStandard> {
        let ConsultOnStandardInput { id, version, note } = input;
        Ok(register::consult(ctx.cx()?, Seen { id, version }, tidy(&note)).await?.into())
    }

    /// Issue a standard.
    async fn issue_standard(&self, ctx: &Context<'_>, input: StandardStepInput) -> Result<ManagedStandard> {
        let StandardStepInput { id, version, note } = input;
        Ok(register::issue(ctx.cx()?, Seen { id, version }, given(note)).await?.into())
    }

    /// Put a standard into force.
    async fn enforce_standard(&self, ctx: &Context<'_>, input: EnforceStandardInput) -> Result<ManagedStandard> {
        let EnforceStandardInput { id, version, on, review_due, note } = input;
        Ok(register::enforce(ctx.cx()?, Seen { id, version }, on, review_due, given(note)).await?.into())
    }

    /// Begin to review a standard.
    async fn begin_standard_review(&self, ctx: &Context<'_>, input: StandardStepInput) -> Result<ManagedStandard> {
        let StandardStepInput { id, version, note } = input;
        Ok(register::review(ctx.cx()?, Seen { id, version }, given(note)).await?.into())
    }

    /// End a review that found a standard as good as before.
    async fn confirm_standard(&self, ctx: &Context<'_>, input: ConfirmStandardInput) -> Result<ManagedStandard> {
        let ConfirmStandardInput { id, version, review_due, note } = input;
        Ok(register::confirm(ctx.cx()?, Seen { id, version }, review_due, tidy(&note)).await?.into())
    }

    /// End a review by naming the standard that takes the place of this one.
    async fn revise_standard(&self, ctx: &Context<'_>, input: ReviseStandardInput) -> Result<ManagedStandard> {
        let ReviseStandardInput { id, version, successor, note } = input;
        Ok(register::revise(ctx.cx()?, Seen { id, version }, successor, given(note)).await?.into())
    }

    /// Take a standard back, with a reason.
    async fn withdraw_standard(&self, ctx: &Context<'_>, input: WithdrawStandardInput) -> Result<ManagedStandard> {
        let WithdrawStandardInput { id, version, reason } = input;
        Ok(register::withdraw(ctx.cx()?, Seen { id, version }, tidy(&reason)).await?.into())
    }

    /// Add a task to the plan of a year.
    async fn add_plan_task(&self, ctx: &Context<'_>, input: PlanTaskInput) -> Result<PlanTask> {
        Ok(plan::add(ctx.cx()?, input.into()).await?.into())
    }

    /// Change a task while its plan is still to be adopted.
    async fn edit_plan_task(&self, ctx: &Context<'_>, input: EditPlanTaskInput) -> Result<PlanTask> {
        let EditPlanTaskInput { id, version, typed } = input;
        Ok(plan::edit(ctx.cx()?, Seen { id, version }, typed.into()).await?.into())
    }

    /// Say how far a task is; what is dropped has a reason.
    async fn move_plan_task(&self, ctx: &Context<'_>, input: MovePlanTaskInput) -> Result<PlanTask> {
        let MovePlanTaskInput { id, version, progress, reason } = input;
        Ok(plan::advance(ctx.cx()?, Seen { id, version }, progress, given(reason)).await?.into())
    }

    /// Adopt the plan of a year, once.
    async fn adopt_year_plan(&self, ctx: &Context<'_>, input: AdoptYearPlanInput) -> Result<YearPlanAdoption> {
        Ok(plan::adopt(ctx.cx()?, input.year).await?.into())
    }

    /// Appoint somebody to look after the standards.
    async fn appoint_standards_officer(
        &self,
        ctx: &Context<'_>,
        input: AppointStandardsOfficerInput,
    ) -> Result<StandardsTerm> {
        Ok(officers::appoint(ctx.cx()?, input.into()).await?.into())
    }

    /// End somebody's term.
    async fn end_standards_officer(&self, ctx: &Context<'_>, input: EndStandardsOfficerInput) -> Result<StandardsTerm> {
        let EndStandardsOfficerInput { id, version, until } = input;
        Ok(officers::end(ctx.cx()?, Seen { id, version }, until).await?.into())
    }

    /// Write down that the center looked at itself.
    async fn record_self_audit(&self, ctx: &Context<'_>, input: RecordSelfAuditInput) -> Result<SelfAudit> {
        Ok(audits::record(ctx.cx()?, input.into()).await?.into())
    }

    /// Add what a self-audit found in one place.
    async fn add_audit_finding(&self, ctx: &Context<'_>, input: AddAuditFindingInput) -> Result<AuditFinding> {
        let (audit, standard, form) = input.parts();
        Ok(audits::find(ctx.cx()?, audit, standard, form).await?.into())
    }

    /// Close a finding, as somebody else than whoever put it right.
    async fn close_audit_finding(&self, ctx: &Context<'_>, input: CloseAuditFindingInput) -> Result<AuditFinding> {
        let CloseAuditFindingInput { id, version, evidence } = input;
        Ok(audits::close(ctx.cx()?, Seen { id, version }, tidy(&evidence)).await?.into())
    }

    /// Open a rectification task for a finding that is not put right yet; one for each finding.
    async fn open_audit_finding_task(
        &self,
        ctx: &Context<'_>,
        input: OpenAuditFindingTaskInput,
    ) -> Result<RectificationTask> {
        let (id, form, owner) = input.parts();
        Ok(audits::rectify(ctx.cx()?, id, form, owner).await?.into())
    }
}
