//! Cases at windows over GraphQL.

mod inputs;
mod types;

use async_graphql::{Context, Object};
use domain::{
    ServiceCaseId,
    handling::{ServiceCaseAction, ServiceCaseQueue, ServiceCaseStatus},
};

use self::{
    inputs::{
        AcceptServiceCaseInput, ArchiveServiceCaseInput, AskServiceCaseCorrectionInput, ReceiveServiceCaseInput,
        RefuseServiceCaseInput, SeenServiceCaseInput,
    },
    types::{ServiceCase, ServiceCaseChoices, ServiceCaseList, ServiceCasePage},
};
use super::service::{reading, steps};
use crate::{error::Result, graphql::context::ContextExt, posts::service::Seen};

/// Queries about cases at windows.
#[derive(Default)]
pub struct HandlingQuery;

#[Object]
impl HandlingQuery {
    /// Cases at the viewer's windows, the late ones first; at most 200. Without a queue those that go on; `search` is a
    /// part of the number.
    #[graphql(complexity = "10 + child_complexity")]
    async fn service_cases(
        &self,
        ctx: &Context<'_>,
        queue: Option<ServiceCaseQueue>,
        status: Option<ServiceCaseStatus>,
        search: Option<String>,
    ) -> Result<ServiceCaseList> {
        let queue = queue.unwrap_or(ServiceCaseQueue::Open);
        Ok(reading::list(ctx.cx()?, reading::Asked { queue, status, search }, reading::SHOWN).await?.into())
    }

    /// One case with its log.
    #[graphql(complexity = "20 + child_complexity")]
    async fn service_case(&self, ctx: &Context<'_>, id: ServiceCaseId) -> Result<ServiceCasePage> {
        Ok(reading::page(ctx.cx()?, id).await?.into())
    }

    /// Where the viewer may receive what.
    #[graphql(complexity = "10 + child_complexity")]
    async fn service_case_choices(&self, ctx: &Context<'_>) -> Result<ServiceCaseChoices> {
        Ok(reading::choices(ctx.cx()?).await?.into())
    }
}

/// Keeping cases at windows.
#[derive(Default)]
pub struct HandlingMutation;

#[Object]
impl HandlingMutation {
    /// Receive a case at a window that serves its item.
    async fn receive_service_case(&self, ctx: &Context<'_>, input: ReceiveServiceCaseInput) -> Result<ServiceCase> {
        let (what, form) = input.parts();
        Ok(steps::receive(ctx.cx()?, what, form).await?.into())
    }

    /// Take a case on, with a promised day for its result: a number of working days, or a date.
    async fn accept_service_case(&self, ctx: &Context<'_>, input: AcceptServiceCaseInput) -> Result<ServiceCase> {
        let AcceptServiceCaseInput { id, version, days, on } = input;
        Ok(steps::accept(ctx.cx()?, Seen { id, version }, days, on).await?.into())
    }

    /// Say what a case lacks.
    async fn ask_service_case_correction(
        &self,
        ctx: &Context<'_>,
        input: AskServiceCaseCorrectionInput,
    ) -> Result<ServiceCase> {
        let AskServiceCaseCorrectionInput { id, version, missing } = input;
        Ok(steps::ask_correction(ctx.cx()?, Seen { id, version }, &missing).await?.into())
    }

    /// Not take a case on: say why, and when and where its papers can be fetched.
    async fn refuse_service_case(&self, ctx: &Context<'_>, input: RefuseServiceCaseInput) -> Result<ServiceCase> {
        let (seen, told) = input.parts();
        Ok(steps::refuse(ctx.cx()?, seen, told).await?.into())
    }

    /// What a case lacked has come.
    async fn resume_service_case(&self, ctx: &Context<'_>, input: SeenServiceCaseInput) -> Result<ServiceCase> {
        Ok(steps::go_on(ctx.cx()?, input.into(), ServiceCaseAction::Resume).await?.into())
    }

    /// The papers of a refused case were fetched.
    async fn return_service_case_papers(&self, ctx: &Context<'_>, input: SeenServiceCaseInput) -> Result<ServiceCase> {
        Ok(steps::go_on(ctx.cx()?, input.into(), ServiceCaseAction::ReturnPapers).await?.into())
    }

    /// Pass a case to the back office.
    async fn begin_service_case_approval(&self, ctx: &Context<'_>, input: SeenServiceCaseInput) -> Result<ServiceCase> {
        Ok(steps::go_on(ctx.cx()?, input.into(), ServiceCaseAction::BeginApproval).await?.into())
    }

    /// The result of a case is there.
    async fn finish_service_case_result(&self, ctx: &Context<'_>, input: SeenServiceCaseInput) -> Result<ServiceCase> {
        Ok(steps::go_on(ctx.cx()?, input.into(), ServiceCaseAction::FinishResult).await?.into())
    }

    /// Bring the result of a case to its window.
    async fn deliver_service_case_result(&self, ctx: &Context<'_>, input: SeenServiceCaseInput) -> Result<ServiceCase> {
        Ok(steps::go_on(ctx.cx()?, input.into(), ServiceCaseAction::Deliver).await?.into())
    }

    /// The result of a case was fetched.
    async fn collect_service_case_result(&self, ctx: &Context<'_>, input: SeenServiceCaseInput) -> Result<ServiceCase> {
        Ok(steps::go_on(ctx.cx()?, input.into(), ServiceCaseAction::Collect).await?.into())
    }

    /// File the papers of a case, and say where.
    async fn archive_service_case(&self, ctx: &Context<'_>, input: ArchiveServiceCaseInput) -> Result<ServiceCase> {
        let ArchiveServiceCaseInput { id, version, reference } = input;
        Ok(steps::archive(ctx.cx()?, Seen { id, version }, &reference).await?.into())
    }
}
