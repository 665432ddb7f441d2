//! Appearance checks over GraphQL.

mod inputs;
mod types;

use async_graphql::{Context, Object};
use domain::{AppearanceCheckId, StaffId};

use self::{
    inputs::{AnswerAppearanceInput, RecordAppearanceCheckInput, SetDressPicturesInput},
    types::{AppearanceCheck, AppearanceItem, AppearanceList, AppearancePage, AppearancePlace},
};
use super::service::{reading, record};
use crate::{
    error::Result,
    files::graphql::AttachedFile,
    graphql::{context::ContextExt, tidy},
    posts::service::Seen,
};

/// Queries about checks of appearance.
#[derive(Default)]
pub struct AppearanceQuery;

#[Object]
impl AppearanceQuery {
    /// The checks that the viewer sees and what they come to; of one person where one is named.
    #[graphql(complexity = "20 + child_complexity")]
    async fn appearance_checks(&self, ctx: &Context<'_>, staff: Option<StaffId>) -> Result<AppearanceList> {
        Ok(reading::list(ctx.cx()?, staff).await?.into())
    }

    /// One check with its items.
    #[graphql(complexity = "20 + child_complexity")]
    async fn appearance_check(&self, ctx: &Context<'_>, id: AppearanceCheckId) -> Result<AppearancePage> {
        Ok(reading::page(ctx.cx()?, id).await?.into())
    }

    /// Where the viewer may check, and who is there today.
    #[graphql(complexity = "10 + child_complexity")]
    async fn appearance_choices(&self, ctx: &Context<'_>) -> Result<Vec<AppearancePlace>> {
        Ok(reading::choices(ctx.cx()?).await?.into_iter().map(Into::into).collect())
    }

    /// What is asked about somebody, in order.
    #[graphql(complexity = "10 + child_complexity")]
    async fn appearance_items(&self, ctx: &Context<'_>, staff: StaffId) -> Result<Vec<AppearanceItem>> {
        Ok(reading::items(ctx.cx()?, staff).await?.into_iter().map(Into::into).collect())
    }
}

/// Checking appearance.
#[derive(Default)]
pub struct AppearanceMutation;

#[Object]
impl AppearanceMutation {
    /// Write down a check of somebody at their post.
    async fn record_appearance_check(
        &self,
        ctx: &Context<'_>,
        input: RecordAppearanceCheckInput,
    ) -> Result<AppearanceCheck> {
        Ok(record::record(ctx.cx()?, input.into()).await?.into())
    }

    /// Answer a check of oneself, once.
    async fn answer_appearance_check(
        &self,
        ctx: &Context<'_>,
        input: AnswerAppearanceInput,
    ) -> Result<AppearanceCheck> {
        let AnswerAppearanceInput { id, version, text } = input;
        Ok(record::answer(ctx.cx()?, Seen { id, version }, tidy(&text)).await?.into())
    }

    /// Put the center's own pictures of dress in place of those before.
    async fn set_dress_pictures(&self, ctx: &Context<'_>, input: SetDressPicturesInput) -> Result<Vec<AttachedFile>> {
        let cx = ctx.cx()?;
        let keys = cx.app.keys.center(cx.scope()?.center()?);
        let rows = record::set_pictures(cx, input.files).await?;
        rows.iter().map(|row| AttachedFile::new(row, &keys)).collect()
    }
}
