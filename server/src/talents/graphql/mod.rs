//! Talent posts over GraphQL.

mod inputs;
mod types;

use async_graphql::{Context, Object};
use domain::TalentRequestId;

use self::{
    inputs::{
        AssignTalentRequestInput, EditPolicyAnswerInput, EndTalentAppointmentInput, MakeTalentAppointmentInput,
        MarkSeniorClerkInput, NoteTalentProgressInput, PlanTalentContactInput, PolicyAnswerInput,
        RateTalentServiceInput, RevealTalentInput, SeenPolicyAnswerInput, SeenTalentRequestInput,
        SettleTalentRequestInput, TakeTalentRequestInput, TellTalentInput, WithdrawTalentRequestInput,
    },
    types::{PolicyAnswer, PolicyAnswerList, TalentContact, TalentList, TalentPage, TalentPerson, TalentRequest},
};
use super::service::{answers, contact, reading, steps, stewards};
use crate::{
    error::Result,
    graphql::{context::ContextExt, page::Most},
    posts::service::Seen,
};

/// Queries about talent posts.
#[derive(Default)]
pub struct TalentsQuery;

#[Object]
impl TalentsQuery {
    /// What talents ask for at the center, and what is over.
    #[graphql(complexity = "10 + child_complexity")]
    async fn talent_requests(&self, ctx: &Context<'_>) -> Result<TalentList> {
        Ok(reading::list(ctx.cx()?, Most::PAGE).await?.into())
    }

    /// One request with its log.
    #[graphql(complexity = "20 + child_complexity")]
    async fn talent_request(&self, ctx: &Context<'_>, id: TalentRequestId) -> Result<TalentPage> {
        Ok(reading::page(ctx.cx()?, id).await?.into())
    }

    /// Answers to questions of policy; those that hold the words looked for.
    #[graphql(complexity = "10 + child_complexity")]
    async fn policy_answers(&self, ctx: &Context<'_>, search: Option<String>) -> Result<PolicyAnswerList> {
        Ok(answers::list(ctx.cx()?, search, Most::PAGE).await?.into())
    }
}

/// Serving talents, and keeping the answers.
#[derive(Default)]
pub struct TalentsMutation;

#[Object]
impl TalentsMutation {
    /// Take a talent's request.
    async fn take_talent_request(&self, ctx: &Context<'_>, input: TakeTalentRequestInput) -> Result<TalentRequest> {
        let (post, form) = input.parts();
        Ok(steps::take(ctx.cx()?, post, form).await?.into())
    }

    /// Say who follows a request.
    async fn assign_talent_request(&self, ctx: &Context<'_>, input: AssignTalentRequestInput) -> Result<TalentRequest> {
        let AssignTalentRequestInput { id, version, steward } = input;
        Ok(steps::assign(ctx.cx()?, Seen { id, version }, steward).await?.into())
    }

    /// Note what has come of a request so far.
    async fn note_talent_progress(&self, ctx: &Context<'_>, input: NoteTalentProgressInput) -> Result<TalentRequest> {
        let NoteTalentProgressInput { id, version, text, next_contact_on } = input;
        Ok(steps::progress(ctx.cx()?, Seen { id, version }, &text, next_contact_on).await?.into())
    }

    /// Write down that the talent was told how it stands.
    async fn tell_talent(&self, ctx: &Context<'_>, input: TellTalentInput) -> Result<TalentRequest> {
        let (seen, told) = input.parts();
        Ok(steps::feed_back(ctx.cx()?, seen, told).await?.into())
    }

    /// Write the result of a request down.
    async fn settle_talent_request(&self, ctx: &Context<'_>, input: SettleTalentRequestInput) -> Result<TalentRequest> {
        let SettleTalentRequestInput { id, version, result } = input;
        Ok(steps::settle(ctx.cx()?, Seen { id, version }, &result).await?.into())
    }

    /// End a request whose result the talent knows.
    async fn complete_talent_request(&self, ctx: &Context<'_>, input: SeenTalentRequestInput) -> Result<TalentRequest> {
        Ok(steps::complete(ctx.cx()?, input.into()).await?.into())
    }

    /// End a request that the talent takes back.
    async fn withdraw_talent_request(
        &self,
        ctx: &Context<'_>,
        input: WithdrawTalentRequestInput,
    ) -> Result<TalentRequest> {
        let WithdrawTalentRequestInput { id, version, reason } = input;
        Ok(steps::withdraw(ctx.cx()?, Seen { id, version }, &reason).await?.into())
    }

    /// Say when to get in touch with a talent next.
    async fn plan_talent_contact(&self, ctx: &Context<'_>, input: PlanTalentContactInput) -> Result<TalentRequest> {
        let PlanTalentContactInput { id, version, on } = input;
        Ok(steps::plan_contact(ctx.cx()?, Seen { id, version }, on).await?.into())
    }

    /// Make an appointment with a talent.
    async fn make_talent_appointment(
        &self,
        ctx: &Context<'_>,
        input: MakeTalentAppointmentInput,
    ) -> Result<TalentRequest> {
        let (seen, form) = input.parts();
        Ok(steps::appoint(ctx.cx()?, seen, form).await?.into())
    }

    /// Say what became of an appointment.
    async fn end_talent_appointment(
        &self,
        ctx: &Context<'_>,
        input: EndTalentAppointmentInput,
    ) -> Result<TalentRequest> {
        let EndTalentAppointmentInput { id, version, appointment, outcome } = input;
        Ok(steps::end_appointment(ctx.cx()?, Seen { id, version }, appointment, outcome).await?.into())
    }

    /// Take down how satisfied a talent is.
    async fn rate_talent_service(&self, ctx: &Context<'_>, input: RateTalentServiceInput) -> Result<TalentRequest> {
        let RateTalentServiceInput { id, version, satisfaction, comment } = input;
        Ok(steps::rate(ctx.cx()?, Seen { id, version }, satisfaction, comment.as_deref()).await?.into())
    }

    /// Show who a talent is, for a reason, on record.
    async fn reveal_talent(&self, ctx: &Context<'_>, input: RevealTalentInput) -> Result<TalentContact> {
        let RevealTalentInput { id, reason } = input;
        Ok(contact::reveal(ctx.cx()?, id, &reason).await?.into())
    }

    /// Write down since when somebody is a senior clerk, or that they are none.
    async fn mark_senior_clerk(&self, ctx: &Context<'_>, input: MarkSeniorClerkInput) -> Result<TalentPerson> {
        let MarkSeniorClerkInput { staff, since } = input;
        Ok(stewards::mark_senior(ctx.cx()?, staff, since).await?.into())
    }

    /// Add an answer to a question of policy.
    async fn add_policy_answer(&self, ctx: &Context<'_>, input: PolicyAnswerInput) -> Result<PolicyAnswer> {
        Ok(answers::add(ctx.cx()?, input.into()).await?.into())
    }

    /// Change an answer.
    async fn edit_policy_answer(&self, ctx: &Context<'_>, input: EditPolicyAnswerInput) -> Result<PolicyAnswer> {
        let (seen, form) = input.parts();
        Ok(answers::edit(ctx.cx()?, seen, form).await?.into())
    }

    /// Say that an answer still holds.
    async fn review_policy_answer(&self, ctx: &Context<'_>, input: SeenPolicyAnswerInput) -> Result<PolicyAnswer> {
        Ok(answers::review(ctx.cx()?, input.into()).await?.into())
    }

    /// Take an answer out of use.
    async fn withdraw_policy_answer(&self, ctx: &Context<'_>, input: SeenPolicyAnswerInput) -> Result<PolicyAnswer> {
        Ok(answers::withdraw(ctx.cx()?, input.into()).await?.into())
    }
}
