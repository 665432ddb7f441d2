//! What the public says, over GraphQL.

mod figures;
mod inputs;
mod types;

use async_graphql::{Context, Object};
use chrono::NaiveDate;
use domain::evaluation::{forms::FormKind, ratings::PointChannel};

use self::{
    figures::RatingResults,
    inputs::{
        AddRatingPointInput, AnswerSurveyInput, GiveKioskRatingInput, GiveRatingInput, KioskParts, RatingParts,
        RenameRatingPointInput, SeenRatingPointInput, SurveyParts,
    },
    types::{KioskPage, RatingPage, RatingPoint, RatingPoints, RatingPoster, RatingReceipt, SurveyPage},
};
use super::service::{giving, kiosk, points, results};
use crate::{
    error::Result,
    graphql::{context::ContextExt, tidy},
};

/// Queries about what the public says.
#[derive(Default)]
pub struct RatingsQuery;

#[Object]
impl RatingsQuery {
    /// What whoever comes to a point is asked, by the code on its poster, with a token to give it once; without a code what
    /// is asked by the link after an answered complaint. Null for a code that does not work here.
    #[graphql(complexity = "10 + child_complexity")]
    async fn rating_page(
        &self,
        ctx: &Context<'_>,
        center: String,
        #[graphql(secret)] point: Option<String>,
    ) -> Result<Option<RatingPage>> {
        let opened = giving::page(ctx.cx()?, &center, point.as_deref(), FormKind::GoodBad).await?;
        Ok(opened.and_then(RatingPage::new))
    }

    /// Form E, as whoever comes to a point is asked it, with a token to answer it once; null for a code that does not work
    /// here.
    #[graphql(complexity = "10 + child_complexity")]
    async fn survey_page(
        &self,
        ctx: &Context<'_>,
        center: String,
        #[graphql(secret)] point: String,
    ) -> Result<Option<SurveyPage>> {
        let opened = giving::page(ctx.cx()?, &center, Some(&point), FormKind::Questionnaire).await?;
        Ok(opened.and_then(SurveyPage::new))
    }

    /// What a kiosk shows, for the credential of its device. Refused where the credential does not count here, or the kiosk
    /// has no point, no PIN or no form yet.
    #[graphql(complexity = "10 + child_complexity")]
    async fn kiosk_page(
        &self,
        ctx: &Context<'_>,
        center: String,
        #[graphql(secret)] credential: String,
    ) -> Result<KioskPage> {
        let cx = ctx.cx()?;
        let shown = kiosk::page(cx, &center, credential.trim()).await?;
        Ok(KioskPage::new(shown, cx.app.demo))
    }

    /// The points of the center.
    #[graphql(complexity = "10 + child_complexity")]
    async fn rating_points(&self, ctx: &Context<'_>) -> Result<RatingPoints> {
        Ok(points::list(ctx.cx()?).await?.into())
    }

    /// The posters of all points in use; `origin` is by what the browser knows the product.
    #[graphql(complexity = "20 + child_complexity")]
    async fn rating_posters(&self, ctx: &Context<'_>, origin: String) -> Result<Vec<RatingPoster>> {
        Ok(points::posters(ctx.cx()?, &origin).await?.into_iter().map(Into::into).collect())
    }

    /// The week in which a day lies, or the last one that is over.
    #[graphql(complexity = "20 + child_complexity")]
    async fn rating_results(&self, ctx: &Context<'_>, week: Option<NaiveDate>) -> Result<RatingResults> {
        Ok(results::results(ctx.cx()?, week).await?.into())
    }
}

/// Giving, and keeping the points.
#[derive(Default)]
pub struct RatingsMutation;

#[Object]
impl RatingsMutation {
    /// Give a good-bad rating. Once for each token.
    async fn give_rating(&self, ctx: &Context<'_>, input: GiveRatingInput) -> Result<RatingReceipt> {
        let RatingParts { center, token, form, opinion } = input.into();
        Ok(giving::give(ctx.cx()?, &center, &token, form, opinion).await?.into())
    }

    /// Answer form E. Once for each token.
    async fn answer_survey(&self, ctx: &Context<'_>, input: AnswerSurveyInput) -> Result<RatingReceipt> {
        let SurveyParts { center, token, form, answers } = input.into();
        Ok(giving::answer(ctx.cx()?, &center, &token, form, answers).await?.into())
    }

    /// Give a good-bad rating at a kiosk, by the credential of its device. True; false where this key came before, which
    /// changes nothing: whoever sends one again has it sent once.
    async fn give_kiosk_rating(&self, ctx: &Context<'_>, input: GiveKioskRatingInput) -> Result<bool> {
        let KioskParts { center, credential, sent } = input.into();
        kiosk::give(ctx.cx()?, &center, credential.trim(), sent).await
    }

    /// Add a point: for a post, or for the center; at a poster, or at a kiosk.
    async fn add_rating_point(&self, ctx: &Context<'_>, input: AddRatingPointInput) -> Result<RatingPoint> {
        let AddRatingPointInput { post, name, channel } = input;
        let channel = channel.unwrap_or(PointChannel::Qr);
        Ok(points::add(ctx.cx()?, post, &tidy(&name), channel).await?.into())
    }

    /// Add a point for each post in use that has none. All points then.
    async fn add_rating_points_for_posts(&self, ctx: &Context<'_>) -> Result<Vec<RatingPoint>> {
        Ok(points::add_for_posts(ctx.cx()?).await?.into_iter().map(Into::into).collect())
    }

    /// Give a point another name; its code stays.
    async fn rename_rating_point(&self, ctx: &Context<'_>, input: RenameRatingPointInput) -> Result<RatingPoint> {
        let (seen, name) = input.parts();
        Ok(points::rename(ctx.cx()?, seen, &name).await?.into())
    }

    /// Revoke a point: its poster and tokens that are out work no more.
    async fn revoke_rating_point(&self, ctx: &Context<'_>, input: SeenRatingPointInput) -> Result<RatingPoint> {
        Ok(points::revoke(ctx.cx()?, input.into()).await?.into())
    }
}
