//! Voluntary service over GraphQL.

mod inputs;
mod types;

use async_graphql::{Context, Object};
use domain::ServiceRecordId;

use self::{
    inputs::{
        CheckVolunteerKitInput, ConfirmServiceInput, EditServiceRecordInput, SeenServiceRecordInput,
        ShowServiceCodeInput, SignOffVolunteerInput, SignServiceRecordInput, WitnessServiceRecordInput,
        WriteServiceRecordInput,
    },
    types::{ServiceCode, ServiceRecordPage, ServiceToConfirm, VolunteerBoard, VolunteerServiceRecord},
};
use super::service::{confirming, people, reading, records};
use crate::{
    error::Result,
    graphql::{context::ContextExt, page::Most},
    posts::service::Seen,
};

/// Queries about voluntary service.
#[derive(Default)]
pub struct VolunteersQuery;

#[Object]
impl VolunteersQuery {
    /// Services, volunteers and rates, as far as the viewer sees them.
    #[graphql(complexity = "20 + child_complexity")]
    async fn volunteer_board(&self, ctx: &Context<'_>) -> Result<VolunteerBoard> {
        Ok(reading::board(ctx.cx()?, Most::PAGE).await?.into())
    }

    /// One service with everything about it.
    #[graphql(complexity = "20 + child_complexity")]
    async fn service_record(&self, ctx: &Context<'_>, id: ServiceRecordId) -> Result<ServiceRecordPage> {
        Ok(reading::page(ctx.cx()?, id).await?.into())
    }

    /// What whoever was served is asked about, by the code that the volunteer showed; null for a code that does not work
    /// here.
    #[graphql(complexity = "20 + child_complexity")]
    async fn service_to_confirm(
        &self,
        ctx: &Context<'_>,
        center: String,
        #[graphql(secret)] token: String,
    ) -> Result<Option<ServiceToConfirm>> {
        Ok(confirming::look(ctx.cx()?, &center, &token).await?.map(Into::into))
    }
}

/// Serving as a volunteer, and confirming that one was served.
#[derive(Default)]
pub struct VolunteersMutation;

#[Object]
impl VolunteersMutation {
    /// Write a service down, as a draft.
    async fn write_service_record(
        &self,
        ctx: &Context<'_>,
        input: WriteServiceRecordInput,
    ) -> Result<VolunteerServiceRecord> {
        let (post, form) = input.parts();
        Ok(records::write(ctx.cx()?, post, form).await?.into())
    }

    /// Change a draft.
    async fn edit_service_record(
        &self,
        ctx: &Context<'_>,
        input: EditServiceRecordInput,
    ) -> Result<VolunteerServiceRecord> {
        let (seen, form) = input.parts();
        Ok(records::edit(ctx.cx()?, seen, form).await?.into())
    }

    /// Hand a draft in, to be confirmed by a recipient.
    async fn ask_service_confirmation(
        &self,
        ctx: &Context<'_>,
        input: SeenServiceRecordInput,
    ) -> Result<VolunteerServiceRecord> {
        Ok(records::ask(ctx.cx()?, input.into()).await?.into())
    }

    /// Show a new code for the recipient's phone; the one before it works no more.
    async fn show_service_code(&self, ctx: &Context<'_>, input: ShowServiceCodeInput) -> Result<ServiceCode> {
        let ShowServiceCodeInput { id, version, origin } = input;
        Ok(records::show_code(ctx.cx()?, Seen { id, version }, &origin).await?.into())
    }

    /// Take a signature that the recipient drew on the volunteer's screen.
    async fn sign_service_record(
        &self,
        ctx: &Context<'_>,
        input: SignServiceRecordInput,
    ) -> Result<VolunteerServiceRecord> {
        let SignServiceRecordInput { id, version, strokes } = input;
        Ok(records::sign(ctx.cx()?, Seen { id, version }, &strokes).await?.into())
    }

    /// State that a recipient confirmed a colleague's service.
    async fn witness_service_record(
        &self,
        ctx: &Context<'_>,
        input: WitnessServiceRecordInput,
    ) -> Result<VolunteerServiceRecord> {
        let (seen, statement) = input.parts();
        Ok(records::witness(ctx.cx()?, seen, statement).await?.into())
    }

    /// Confirm by a code that one was served, or say that it was not so. Whether it is confirmed now.
    async fn confirm_service(&self, ctx: &Context<'_>, input: ConfirmServiceInput) -> Result<bool> {
        let ConfirmServiceInput { center, token, happened, tail } = input;
        confirming::answer(ctx.cx()?, &center, &token, happened, tail.as_deref()).await
    }

    /// Write a look at somebody's vest and armband down.
    async fn check_volunteer_kit(&self, ctx: &Context<'_>, input: CheckVolunteerKitInput) -> Result<bool> {
        people::check_kit(ctx.cx()?, input.into()).await.map(|_| true)
    }

    /// Say that a volunteer can work alone.
    async fn sign_off_volunteer(&self, ctx: &Context<'_>, input: SignOffVolunteerInput) -> Result<bool> {
        let SignOffVolunteerInput { staff, note } = input;
        people::sign_off(ctx.cx()?, staff, &note).await.map(|_| true)
    }
}
