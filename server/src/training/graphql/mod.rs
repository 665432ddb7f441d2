//! Trainings and tests over GraphQL.

mod inputs;
mod types;

use async_graphql::{Context, Object};
use domain::TrainingId;

use self::{
    inputs::{CancelTrainingInput, EditTrainingInput, RecordAttendanceInput, TrainingInput},
    types::{OwnTrainingPage, TrainingCoverage, TrainingPage, TrainingRow, TrainingSession},
};
use super::service::{self, reading};
use crate::{error::Result, graphql::context::ContextExt, posts::service::Seen};

/// Queries about trainings.
#[derive(Default)]
pub struct TrainingQuery;

#[Object]
impl TrainingQuery {
    /// The sessions of a year, newest first.
    #[graphql(complexity = "10 + child_complexity")]
    async fn training_sessions(&self, ctx: &Context<'_>, year: i32) -> Result<Vec<TrainingRow>> {
        Ok(reading::sessions(ctx.cx()?, year).await?.into_iter().map(Into::into).collect())
    }

    /// One session.
    #[graphql(complexity = "20 + child_complexity")]
    async fn training_session(&self, ctx: &Context<'_>, id: TrainingId) -> Result<TrainingPage> {
        Ok(reading::session(ctx.cx()?, id).await?.into())
    }

    /// How far the people of a year are trained: who is missing.
    #[graphql(complexity = "20 + child_complexity")]
    async fn training_coverage(&self, ctx: &Context<'_>, year: i32) -> Result<TrainingCoverage> {
        reading::coverage(ctx.cx()?, year).await?.try_into()
    }

    /// The viewer's own part, and what lies ahead.
    #[graphql(complexity = "20 + child_complexity")]
    async fn own_training(&self, ctx: &Context<'_>) -> Result<OwnTrainingPage> {
        Ok(reading::own(ctx.cx()?).await?.into())
    }
}

/// Keeping trainings and tests.
#[derive(Default)]
pub struct TrainingMutation;

#[Object]
impl TrainingMutation {
    /// Plan a session.
    async fn plan_training(&self, ctx: &Context<'_>, input: TrainingInput) -> Result<TrainingSession> {
        Ok(service::plan(ctx.cx()?, input.into()).await?.into())
    }

    /// Change what is planned.
    async fn edit_training(&self, ctx: &Context<'_>, input: EditTrainingInput) -> Result<TrainingSession> {
        let EditTrainingInput { id, version, typed } = input;
        Ok(service::edit(ctx.cx()?, Seen { id, version }, typed.into()).await?.into())
    }

    /// Write down who was there and how they did; again to correct it.
    async fn record_attendance(&self, ctx: &Context<'_>, input: RecordAttendanceInput) -> Result<TrainingSession> {
        let RecordAttendanceInput { id, version, marks } = input;
        let marks = marks.into_iter().map(Into::into).collect();
        Ok(service::record(ctx.cx()?, Seen { id, version }, marks).await?.into())
    }

    /// Call a planned session off.
    async fn cancel_training(&self, ctx: &Context<'_>, input: CancelTrainingInput) -> Result<TrainingSession> {
        let CancelTrainingInput { id, version, reason } = input;
        Ok(service::cancel(ctx.cx()?, Seen { id, version }, reason).await?.into())
    }
}
