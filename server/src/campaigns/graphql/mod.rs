//! Rounds of evaluation over GraphQL.

mod convert;
mod inputs;
pub mod third_party;
mod types;

use async_graphql::{Context, Object};
use domain::CampaignId;

use self::{
    inputs::{
        AnswerCampaignInput, BallotInput, ClassifyRemarkInput, DrawCampaignRatersInput, EditCampaignInput,
        EditRepresentativeInput, ExcuseCampaignRaterInput, InviteCampaignRaterInput, JudgeReplyInput,
        LiftConflictInput, NameCampaignRaterInput, PlanCampaignInput, PublishCampaignInput, RecuseFromTargetInput,
        ReplyToRemarkInput, RepresentativeConflictInput, RepresentativeInput, SeenCampaignInput,
        SeenCampaignRaterInput, SetCampaignTargetsInput,
    },
    types::{
        Campaign, CampaignChoices, CampaignDraw, CampaignInvitation, CampaignPage, CampaignRater, CampaignRemark,
        CampaignResult, RatingRound, RatingRoundPage, Representative, RepresentativeEntry, SavedBallot,
    },
};
use super::service::{course, planning, raters, rating, reading, remarks, results, roster};
use crate::{
    error::Result,
    graphql::{context::ContextExt, given, tidy},
    posts::service::Seen,
};

/// Queries about rounds of evaluation.
#[derive(Default)]
pub struct CampaignsQuery;

#[Object]
impl CampaignsQuery {
    /// Rounds, the newest first, at most 100.
    #[graphql(complexity = "10 + child_complexity")]
    async fn campaigns(&self, ctx: &Context<'_>) -> Result<Vec<Campaign>> {
        Ok(reading::list(ctx.cx()?).await?.into_iter().map(Into::into).collect())
    }

    /// One round with everything about it.
    #[graphql(complexity = "30 + child_complexity")]
    async fn campaign(&self, ctx: &Context<'_>, id: CampaignId) -> Result<CampaignPage> {
        Ok(reading::page(ctx.cx()?, id).await?.into())
    }

    /// What a round is put together from.
    #[graphql(complexity = "10 + child_complexity")]
    async fn campaign_choices(&self, ctx: &Context<'_>) -> Result<CampaignChoices> {
        Ok(reading::choices(ctx.cx()?).await?.into())
    }

    /// The roster of representatives, by group and name.
    #[graphql(complexity = "10 + child_complexity")]
    async fn representatives(&self, ctx: &Context<'_>) -> Result<Vec<RepresentativeEntry>> {
        Ok(roster::list(ctx.cx()?).await?.into_iter().map(Into::into).collect())
    }

    /// What published rounds came to: of the center, of its posts, and of oneself.
    #[graphql(complexity = "20 + child_complexity")]
    async fn campaign_results(&self, ctx: &Context<'_>) -> Result<Vec<CampaignResult>> {
        Ok(results::list(ctx.cx()?).await?.into_iter().map(Into::into).collect())
    }

    /// The rounds that the viewer rates in or reads replies of.
    #[graphql(complexity = "10 + child_complexity")]
    async fn rating_rounds(&self, ctx: &Context<'_>) -> Result<Vec<RatingRound>> {
        Ok(reading::own(ctx.cx()?).await?.into_iter().map(Into::into).collect())
    }

    /// One of them, with all that is the viewer's in it.
    #[graphql(complexity = "20 + child_complexity")]
    async fn rating_round(&self, ctx: &Context<'_>, id: CampaignId) -> Result<RatingRoundPage> {
        Ok(reading::mine(ctx.cx()?, id).await?.into())
    }
}

/// Organising rounds, and rating in them.
#[derive(Default)]
pub struct CampaignsMutation;

#[Object]
impl CampaignsMutation {
    /// Put somebody on the roster.
    async fn add_representative(&self, ctx: &Context<'_>, input: RepresentativeInput) -> Result<Representative> {
        Ok(roster::add(ctx.cx()?, input.into()).await?.into())
    }

    /// Change what is known of somebody on the roster.
    async fn edit_representative(&self, ctx: &Context<'_>, input: EditRepresentativeInput) -> Result<Representative> {
        let (seen, form) = input.parts();
        Ok(roster::edit(ctx.cx()?, seen, form).await?.into())
    }

    /// Write down an interest that keeps somebody from being drawn.
    async fn add_representative_conflict(
        &self,
        ctx: &Context<'_>,
        input: RepresentativeConflictInput,
    ) -> Result<domain::RepresentativeConflictId> {
        Ok(roster::add_conflict(ctx.cx()?, input.into()).await?.id)
    }

    /// Take such an interest off again.
    async fn lift_representative_conflict(&self, ctx: &Context<'_>, input: LiftConflictInput) -> Result<bool> {
        roster::lift_conflict(ctx.cx()?, input.id).await
    }

    /// Plan a round.
    async fn plan_campaign(&self, ctx: &Context<'_>, input: PlanCampaignInput) -> Result<Campaign> {
        let (kind, typed) = input.parts();
        Ok(planning::plan(ctx.cx()?, kind, typed).await?.into())
    }

    /// Change a round that has not begun.
    async fn edit_campaign(&self, ctx: &Context<'_>, input: EditCampaignInput) -> Result<Campaign> {
        let (seen, typed) = input.parts();
        Ok(planning::edit(ctx.cx()?, seen, typed).await?.into())
    }

    /// Say what is rated in a round, in place of what was said before.
    async fn set_campaign_targets(&self, ctx: &Context<'_>, input: SetCampaignTargetsInput) -> Result<Campaign> {
        let (seen, targets) = input.parts();
        Ok(planning::set_targets(ctx.cx()?, seen, targets).await?.into())
    }

    /// Draw representatives until each group has so many; again for those who declined.
    async fn draw_campaign_raters(&self, ctx: &Context<'_>, input: DrawCampaignRatersInput) -> Result<CampaignDraw> {
        let DrawCampaignRatersInput { id, version, per_group } = input;
        Ok(raters::draw(ctx.cx()?, Seen { id, version }, per_group).await?.into())
    }

    /// Name a member of the center as a rater.
    async fn name_campaign_rater(&self, ctx: &Context<'_>, input: NameCampaignRaterInput) -> Result<CampaignRater> {
        let NameCampaignRaterInput { id, version, account, pool } = input;
        Ok(raters::name(ctx.cx()?, Seen { id, version }, account, given(pool)).await?.into())
    }

    /// Invite somebody who was drawn, or give them a new link.
    async fn invite_campaign_rater(
        &self,
        ctx: &Context<'_>,
        input: InviteCampaignRaterInput,
    ) -> Result<CampaignInvitation> {
        let InviteCampaignRaterInput { id, version, login } = input;
        Ok(raters::invite(ctx.cx()?, Seen { id, version }, tidy(&login)).await?.into())
    }

    /// Remind a rater: their page says so.
    async fn remind_campaign_rater(&self, ctx: &Context<'_>, input: SeenCampaignRaterInput) -> Result<CampaignRater> {
        Ok(raters::remind(ctx.cx()?, input.into()).await?.into())
    }

    /// Write down that a rater does not take part.
    async fn excuse_campaign_rater(&self, ctx: &Context<'_>, input: ExcuseCampaignRaterInput) -> Result<CampaignRater> {
        let ExcuseCampaignRaterInput { id, version, reason } = input;
        Ok(raters::excuse(ctx.cx()?, Seen { id, version }, tidy(&reason)).await?.into())
    }

    /// Let the raters begin.
    async fn open_campaign(&self, ctx: &Context<'_>, input: SeenCampaignInput) -> Result<Campaign> {
        Ok(course::open(ctx.cx()?, input.into()).await?.into())
    }

    /// Take no form any more.
    async fn close_campaign(&self, ctx: &Context<'_>, input: SeenCampaignInput) -> Result<Campaign> {
        Ok(course::close(ctx.cx()?, input.into()).await?.into())
    }

    /// Work a remark through: into a rectification task, or into a reason why nothing is done.
    async fn classify_remark(&self, ctx: &Context<'_>, input: ClassifyRemarkInput) -> Result<CampaignRemark> {
        let (seen, classified) = input.parts()?;
        Ok(remarks::classify(ctx.cx()?, seen, classified).await?.into())
    }

    /// Reply once more where the first reply was found not to answer.
    async fn reply_to_remark(&self, ctx: &Context<'_>, input: ReplyToRemarkInput) -> Result<CampaignRemark> {
        let ReplyToRemarkInput { id, version, reply } = input;
        Ok(remarks::reply(ctx.cx()?, Seen { id, version }, tidy(&reply)).await?.into())
    }

    /// Show the rated what a round came to.
    async fn publish_campaign(&self, ctx: &Context<'_>, input: PublishCampaignInput) -> Result<Campaign> {
        let PublishCampaignInput { id, version, note } = input;
        Ok(course::publish(ctx.cx()?, Seen { id, version }, given(note)).await?.into())
    }

    /// Take part in a round, having read the briefing, or not.
    async fn answer_campaign(&self, ctx: &Context<'_>, input: AnswerCampaignInput) -> Result<RatingRoundPage> {
        let AnswerCampaignInput { id, accept, reason } = input;
        rating::answer(ctx.cx()?, id, accept, given(reason)).await?;
        Ok(reading::mine(ctx.cx()?, id).await?.into())
    }

    /// Save what is filled in about a target.
    async fn save_ballot(&self, ctx: &Context<'_>, input: BallotInput) -> Result<SavedBallot> {
        Ok(rating::save(ctx.cx()?, input.into()).await?.into())
    }

    /// Hand a form in, whole and once.
    async fn hand_in_ballot(&self, ctx: &Context<'_>, input: BallotInput) -> Result<SavedBallot> {
        Ok(rating::hand_in(ctx.cx()?, input.into()).await?.into())
    }

    /// Stand back from a target: one would be judging one's own matter.
    async fn recuse_from_target(&self, ctx: &Context<'_>, input: RecuseFromTargetInput) -> Result<SavedBallot> {
        let RecuseFromTargetInput { target, version, reason } = input;
        Ok(rating::recuse(ctx.cx()?, target, version, tidy(&reason)).await?.into())
    }

    /// Say whether the reply to a remark of one's own answers it.
    async fn judge_reply(&self, ctx: &Context<'_>, input: JudgeReplyInput) -> Result<CampaignRemark> {
        let JudgeReplyInput { id, version, opinion, note } = input;
        Ok(CampaignRemark::of_author(rating::judge(ctx.cx()?, Seen { id, version }, opinion, given(note)).await?))
    }
}
