//! Care windows over GraphQL.

mod inputs;
mod types;

use async_graphql::{Context, Object};
use domain::CareRecordId;

use self::{
    inputs::{
        AddCareNoteInput, AssignHomeVisitInput, BookHomeVisitInput, CancelCareInput, FinishCareInput,
        GreetCareRecipientInput, HandCareOverInput, RateCareInput, RecordCareNeedInput, RecordHomeVisitInput,
        RescheduleHomeVisitInput, RevealCareContactInput, SeenCareInput,
    },
    types::{CareContact, CareList, CarePage, CareRecord},
};
use super::service::{contact, reading, steps};
use crate::{
    error::Result,
    graphql::{context::ContextExt, page::Most},
    posts::service::Seen,
};

/// Queries about care windows.
#[derive(Default)]
pub struct CareQuery;

#[Object]
impl CareQuery {
    /// What goes on at the viewer's care windows, and what is over.
    #[graphql(complexity = "10 + child_complexity")]
    async fn care_records(&self, ctx: &Context<'_>) -> Result<CareList> {
        Ok(reading::list(ctx.cx()?, Most::PAGE).await?.into())
    }

    /// One service with its log.
    #[graphql(complexity = "20 + child_complexity")]
    async fn care_record(&self, ctx: &Context<'_>, id: CareRecordId) -> Result<CarePage> {
        Ok(reading::page(ctx.cx()?, id).await?.into())
    }
}

/// Serving at care windows and at home.
#[derive(Default)]
pub struct CareMutation;

#[Object]
impl CareMutation {
    /// Take somebody in who came, without a ticket.
    async fn greet_care_recipient(&self, ctx: &Context<'_>, input: GreetCareRecipientInput) -> Result<CareRecord> {
        Ok(steps::greet(ctx.cx()?, input.into()).await?.into())
    }

    /// Book a home visit.
    async fn book_home_visit(&self, ctx: &Context<'_>, input: BookHomeVisitInput) -> Result<CareRecord> {
        let (post, form) = input.parts();
        Ok(steps::book(ctx.cx()?, post, form).await?.into())
    }

    /// Write down what somebody who came needs.
    async fn record_care_need(&self, ctx: &Context<'_>, input: RecordCareNeedInput) -> Result<CareRecord> {
        let RecordCareNeedInput { id, version, need } = input;
        Ok(steps::record_need(ctx.cx()?, Seen { id, version }, &need).await?.into())
    }

    /// Handle it at this window.
    async fn handle_care_here(&self, ctx: &Context<'_>, input: SeenCareInput) -> Result<CareRecord> {
        Ok(steps::handle_here(ctx.cx()?, input.into()).await?.into())
    }

    /// Hand somebody over to a colleague who receives them.
    async fn hand_care_over(&self, ctx: &Context<'_>, input: HandCareOverInput) -> Result<CareRecord> {
        let HandCareOverInput { id, version, receiver, note } = input;
        Ok(steps::hand_over(ctx.cx()?, Seen { id, version }, receiver, note.as_deref()).await?.into())
    }

    /// Say who makes a home visit.
    async fn assign_home_visit(&self, ctx: &Context<'_>, input: AssignHomeVisitInput) -> Result<CareRecord> {
        let AssignHomeVisitInput { id, version, visitor, companion } = input;
        Ok(steps::assign(ctx.cx()?, Seen { id, version }, visitor, companion).await?.into())
    }

    /// Put a home visit off.
    async fn reschedule_home_visit(&self, ctx: &Context<'_>, input: RescheduleHomeVisitInput) -> Result<CareRecord> {
        let RescheduleHomeVisitInput { id, version, on, reason } = input;
        Ok(steps::reschedule(ctx.cx()?, Seen { id, version }, on, &reason).await?.into())
    }

    /// Tell that a home visit was made.
    async fn record_home_visit(&self, ctx: &Context<'_>, input: RecordHomeVisitInput) -> Result<CareRecord> {
        let RecordHomeVisitInput { id, version, note } = input;
        Ok(steps::visit(ctx.cx()?, Seen { id, version }, note.as_deref()).await?.into())
    }

    /// End a service, with what came of it.
    async fn finish_care(&self, ctx: &Context<'_>, input: FinishCareInput) -> Result<CareRecord> {
        let FinishCareInput { id, version, outcome } = input;
        Ok(steps::finish(ctx.cx()?, Seen { id, version }, &outcome).await?.into())
    }

    /// Give a service up.
    async fn cancel_care(&self, ctx: &Context<'_>, input: CancelCareInput) -> Result<CareRecord> {
        let CancelCareInput { id, version, reason } = input;
        Ok(steps::cancel(ctx.cx()?, Seen { id, version }, &reason).await?.into())
    }

    /// Add a line to the log of a service.
    async fn add_care_note(&self, ctx: &Context<'_>, input: AddCareNoteInput) -> Result<CareRecord> {
        let AddCareNoteInput { id, version, text } = input;
        Ok(steps::note(ctx.cx()?, Seen { id, version }, &text).await?.into())
    }

    /// Take down how satisfied somebody is with a service.
    async fn rate_care(&self, ctx: &Context<'_>, input: RateCareInput) -> Result<CareRecord> {
        let RateCareInput { id, version, satisfaction, comment } = input;
        Ok(steps::rate(ctx.cx()?, Seen { id, version }, satisfaction, comment.as_deref()).await?.into())
    }

    /// Show how to reach somebody, for a reason, on record.
    async fn reveal_care_contact(&self, ctx: &Context<'_>, input: RevealCareContactInput) -> Result<CareContact> {
        let RevealCareContactInput { id, reason } = input;
        Ok(contact::reveal(ctx.cx()?, id, &reason).await?.into())
    }
}
