//! Cases of bad ratings and appeals over GraphQL.

mod inputs;
mod types;

use async_graphql::{Context, Object};
use domain::{
    BadRatingId, RatingAppealId,
    bad_ratings::{BadRatingQueue, appeal::RatingAppealStatus},
};

use self::{
    inputs::{
        AppealBadRatingInput, CallBackRaterInput, CloseBadRatingInput, ContactRaterInput, DecideRatingAppealInput,
        ExtendBadRatingInput, FeedBackBadRatingInput, NoteBadRatingInput, OpenBadRatingTaskInput,
        OpenRatingAppealInput, RectifyBadRatingInput, RevealRaterInput, VerifyBadRatingInput,
    },
    types::{BadRating, BadRatingList, BadRatingPage, RaterContactShown, RatingAppeal, RatingAppealPage},
};
use super::service::{appeals, reading, steps, tasks};
use crate::{
    error::{Error, Kind, Result},
    graphql::context::{ContextExt, Cx},
    improvement::graphql::RectificationTask,
    posts::service::Seen,
};

/// Queries about bad ratings.
#[derive(Default)]
pub struct BadRatingsQuery;

#[Object]
impl BadRatingsQuery {
    /// Cases that bad ratings have opened, what is due first; at most 200. Without a queue those that go on. Whoever is
    /// rated sees theirs once they are verified.
    #[graphql(complexity = "10 + child_complexity")]
    async fn bad_ratings(&self, ctx: &Context<'_>, queue: Option<BadRatingQueue>) -> Result<BadRatingList> {
        Ok(reading::list(ctx.cx()?, queue.unwrap_or(BadRatingQueue::Open), reading::SHOWN).await?.into())
    }

    /// One of them with its log.
    #[graphql(complexity = "20 + child_complexity")]
    async fn bad_rating(&self, ctx: &Context<'_>, id: BadRatingId) -> Result<BadRatingPage> {
        Ok(reading::page(ctx.cx()?, id).await?.into())
    }

    /// Appeals against ratings of the viewer's city: of those that wait the longest first, of those decided the newest; at
    /// most 200.
    #[graphql(complexity = "10 + child_complexity")]
    async fn rating_appeals(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "RatingAppealStatus::Open")] status: RatingAppealStatus,
    ) -> Result<Vec<RatingAppeal>> {
        let cx = ctx.cx()?;
        Ok(appeals::list(cx, status).await?.into_iter().map(|found| RatingAppeal::new(cx, found)).collect())
    }

    /// One appeal, and its case for the reviewer who has opened it, until it is decided; null when there is none by this
    /// id.
    #[graphql(complexity = "40 + child_complexity")]
    async fn rating_appeal(&self, ctx: &Context<'_>, id: RatingAppealId) -> Result<Option<RatingAppealPage>> {
        let cx = ctx.cx()?;
        let Some(found) = appeals::find(cx, id).await? else { return Ok(None) };
        let case = appeals::case(cx, id).await?;
        Ok(Some(RatingAppealPage::new(cx, found, case)))
    }
}

/// What is done with bad ratings.
#[derive(Default)]
pub struct BadRatingsMutation;

#[Object]
impl BadRatingsMutation {
    /// Write down a call to the rater, or that they left no way to be reached.
    async fn contact_rater(&self, ctx: &Context<'_>, input: ContactRaterInput) -> Result<BadRating> {
        let ContactRaterInput { id, version, outcome, text } = input;
        Ok(steps::contact(ctx.cx()?, Seen { id, version }, outcome, &text).await?.into())
    }

    /// Say what is behind the rating; from now on the rated side knows of it and may appeal.
    async fn verify_bad_rating(&self, ctx: &Context<'_>, input: VerifyBadRatingInput) -> Result<BadRating> {
        let VerifyBadRatingInput { id, version, finding, text } = input;
        Ok(steps::verify(ctx.cx()?, Seen { id, version }, finding, &text).await?.into())
    }

    /// Begin to put it right.
    async fn rectify_bad_rating(&self, ctx: &Context<'_>, input: RectifyBadRatingInput) -> Result<BadRating> {
        let RectifyBadRatingInput { id, version, measures } = input;
        Ok(steps::rectify(ctx.cx()?, Seen { id, version }, &measures).await?.into())
    }

    /// Put the fix off, once, before it is due.
    async fn extend_bad_rating(&self, ctx: &Context<'_>, input: ExtendBadRatingInput) -> Result<BadRating> {
        let ExtendBadRatingInput { id, version, days, reason } = input;
        let days = u32::try_from(days).unwrap_or(0);
        Ok(steps::extend(ctx.cx()?, Seen { id, version }, days, &reason).await?.into())
    }

    /// Write down what was done, and how the rater was told.
    async fn feed_back_bad_rating(&self, ctx: &Context<'_>, input: FeedBackBadRatingInput) -> Result<BadRating> {
        let FeedBackBadRatingInput { id, version, result, mode } = input;
        Ok(steps::feed_back(ctx.cx()?, Seen { id, version }, &result, mode).await?.into())
    }

    /// Write down a call back: how satisfied the rater is, or that nobody was reached.
    async fn call_back_rater(&self, ctx: &Context<'_>, input: CallBackRaterInput) -> Result<BadRating> {
        let CallBackRaterInput { id, version, outcome, satisfaction, text } = input;
        Ok(steps::call_back(ctx.cx()?, Seen { id, version }, outcome, satisfaction, &text).await?.into())
    }

    /// Close it: not as its target, and not while the rated side may appeal.
    async fn close_bad_rating(&self, ctx: &Context<'_>, input: CloseBadRatingInput) -> Result<BadRating> {
        let CloseBadRatingInput { id, version } = input;
        Ok(steps::close(ctx.cx()?, Seen { id, version }).await?.into())
    }

    /// Write a note for colleagues.
    async fn note_bad_rating(&self, ctx: &Context<'_>, input: NoteBadRatingInput) -> Result<BadRating> {
        let NoteBadRatingInput { id, version, text } = input;
        Ok(steps::note(ctx.cx()?, Seen { id, version }, &text).await?.into())
    }

    /// Open a rectification task for a case, at the rated post; one for each case.
    async fn open_bad_rating_task(
        &self,
        ctx: &Context<'_>,
        input: OpenBadRatingTaskInput,
    ) -> Result<RectificationTask> {
        let (id, form, owner) = input.parts();
        Ok(tasks::open(ctx.cx()?, id, form, owner).await?.into())
    }

    /// Show how to reach the rater, for a reason, on record.
    async fn reveal_rater(&self, ctx: &Context<'_>, input: RevealRaterInput) -> Result<RaterContactShown> {
        let RevealRaterInput { id, reason } = input;
        Ok(RaterContactShown { contact: steps::reveal(ctx.cx()?, id, &reason).await? })
    }

    /// Appeal for the rated side: the rating is mistaken or in bad faith. The city decides.
    async fn appeal_bad_rating(&self, ctx: &Context<'_>, input: AppealBadRatingInput) -> Result<BadRating> {
        let AppealBadRatingInput { id, version, ground, reason, files } = input;
        Ok(steps::appeal(ctx.cx()?, Seen { id, version }, ground, &reason, &files).await?.into())
    }

    /// Open an appeal for a reason, logged in its center. From then on the viewer reads the case.
    async fn open_rating_appeal(&self, ctx: &Context<'_>, input: OpenRatingAppealInput) -> Result<RatingAppeal> {
        let cx = ctx.cx()?;
        appeals::open(cx, input.id, &input.reason).await?;
        found(cx, input.id).await
    }

    /// Decide an appeal that the viewer has opened; ends the reading.
    async fn decide_rating_appeal(&self, ctx: &Context<'_>, input: DecideRatingAppealInput) -> Result<RatingAppeal> {
        let cx = ctx.cx()?;
        let DecideRatingAppealInput { id, decision, text } = input;
        appeals::decide(cx, id, decision, &text).await?;
        found(cx, id).await
    }
}

async fn found(cx: &Cx, id: RatingAppealId) -> Result<RatingAppeal> {
    Ok(RatingAppeal::new(cx, appeals::find(cx, id).await?.ok_or(Error::NotFound(Kind::Row))?))
}
