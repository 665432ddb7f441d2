//! Tidal windows over GraphQL.

mod inputs;
mod types;

use async_graphql::{Context, Object};
use domain::PostId;

use self::{
    inputs::{
        CloseTidalWindowInput, DeclineTidalOpeningInput, NamedTidalWindowInput, RecordQueueReadingInput,
        RecordTidalCallInput, RecordTidalWorkInput, ReturnTidalCallInput,
    },
    types::{TidalCall, TidalState, TidalWindow, TidalWindowPage, TidalWork},
};
use super::service::{logs, reading, readings, sessions};
use crate::{error::Result, graphql::context::ContextExt, posts::service::Seen};

/// Queries about tidal windows.
#[derive(Default)]
pub struct TidalQuery;

#[Object]
impl TidalQuery {
    /// The tidal windows of the center, by code.
    #[graphql(complexity = "10 + child_complexity")]
    async fn tidal_windows(&self, ctx: &Context<'_>) -> Result<Vec<TidalWindow>> {
        Ok(reading::list(ctx.cx()?).await?.into_iter().map(Into::into).collect())
    }

    /// One of them, with the queue and the last thirty days.
    #[graphql(complexity = "20 + child_complexity")]
    async fn tidal_window(&self, ctx: &Context<'_>, post: PostId) -> Result<TidalWindowPage> {
        Ok(reading::page(ctx.cx()?, post, reading::SHOWN).await?.into())
    }
}

/// Keeping and deciding about tidal windows.
#[derive(Default)]
pub struct TidalMutation;

#[Object]
impl TidalMutation {
    /// Write down how many wait; the window's watch follows.
    async fn record_queue_reading(&self, ctx: &Context<'_>, input: RecordQueueReadingInput) -> Result<TidalState> {
        let (post, level) = input.parts();
        Ok(readings::by_hand(ctx.cx()?, post, level).await?.into())
    }

    /// Open a window, as proposed or of one's own accord.
    async fn open_tidal_window(&self, ctx: &Context<'_>, input: NamedTidalWindowInput) -> Result<TidalState> {
        Ok(sessions::open(ctx.cx()?, input.post).await?.into())
    }

    /// Leave a window closed in spite of a proposal.
    async fn decline_tidal_opening(&self, ctx: &Context<'_>, input: DeclineTidalOpeningInput) -> Result<TidalState> {
        let DeclineTidalOpeningInput { post, reason } = input;
        Ok(sessions::decline(ctx.cx()?, post, &reason).await?.into())
    }

    /// Have an open window take nobody more.
    async fn drain_tidal_window(&self, ctx: &Context<'_>, input: NamedTidalWindowInput) -> Result<TidalState> {
        Ok(sessions::drain(ctx.cx()?, input.post).await?.into())
    }

    /// Close a window that takes nobody more.
    async fn close_tidal_window(&self, ctx: &Context<'_>, input: CloseTidalWindowInput) -> Result<TidalState> {
        let CloseTidalWindowInput { post, served } = input;
        Ok(sessions::close(ctx.cx()?, post, served).await?.into())
    }

    /// Write a call down; one that was missed is to be returned.
    async fn record_tidal_call(&self, ctx: &Context<'_>, input: RecordTidalCallInput) -> Result<TidalCall> {
        let (post, form) = input.parts();
        Ok(logs::call(ctx.cx()?, post, form).await?.into())
    }

    /// Write down that a missed call was returned.
    async fn return_tidal_call(&self, ctx: &Context<'_>, input: ReturnTidalCallInput) -> Result<TidalCall> {
        let ReturnTidalCallInput { id, version, outcome } = input;
        Ok(logs::returned(ctx.cx()?, Seen { id, version }, &outcome).await?.into())
    }

    /// Write down what one did in the back at a quiet time.
    async fn record_tidal_work(&self, ctx: &Context<'_>, input: RecordTidalWorkInput) -> Result<TidalWork> {
        let (post, form) = input.parts();
        Ok(logs::work(ctx.cx()?, post, form).await?.into())
    }
}
