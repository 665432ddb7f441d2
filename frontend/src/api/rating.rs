//! Rounds of evaluation, for whoever rates in them.

use chrono::{DateTime, NaiveDate, Utc};
use cynic::QueryBuilder;
use domain::{
    AttachmentId, CampaignId, CampaignRemarkId, CampaignTargetId, FormVersionId,
    campaigns::{
        BallotStatus, CampaignKind, CampaignStatus, RaterStatus, TargetKind, ballot::BallotContent, remarks::Opinion,
    },
    evaluation::forms::FormContent,
    permission::Role,
};

use super::{
    ApiError,
    account::questions,
    campaigns::{DoneRemark, Remark},
    files::AttachedFile,
    run, schema,
};

/// A round of the viewer's as a rater.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "RatingRound")]
pub struct Round {
    pub id: CampaignId,
    pub kind: CampaignKind,
    pub name: String,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    pub replies_until: NaiveDate,
    pub status: CampaignStatus,
    pub secret: bool,
    pub least: i32,
    pub briefing: String,
    pub role: Role,
    pub standing: RaterStatus,
    pub reminded_at: Option<DateTime<Utc>>,
    pub assigned: i32,
    pub handed_in: i32,
    pub recused: i32,
}

/// A target with what the viewer filled in about it.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "RatingTask")]
pub struct Task {
    pub id: CampaignTargetId,
    pub kind: TargetKind,
    pub name: Option<String>,
    pub detail: Option<String>,
    pub status: Option<BallotStatus>,
    pub version: i32,
    pub content: BallotContent,
    pub files: Vec<AttachedFile>,
}

/// A round of the viewer's with all that is theirs in it.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "RatingRoundPage")]
pub struct RoundPage {
    pub round: Round,
    pub form_version: FormVersionId,
    pub form: FormContent,
    pub tasks: Vec<Task>,
    pub remarks: Vec<Remark>,
}

/// What is left of a form after it was saved.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "SavedBallot")]
pub struct Saved {
    pub version: i32,
}

#[derive(cynic::InputObject)]
pub struct AnswerCampaignInput {
    pub id: CampaignId,
    pub accept: bool,
    pub reason: Option<String>,
}

#[derive(cynic::InputObject)]
pub struct BallotInput {
    pub target: CampaignTargetId,
    pub version: i32,
    pub form: FormVersionId,
    pub content: BallotContent,
    pub files: Vec<AttachmentId>,
}

#[derive(cynic::InputObject)]
pub struct RecuseFromTargetInput {
    pub target: CampaignTargetId,
    pub version: i32,
    pub reason: String,
}

#[derive(cynic::InputObject)]
pub struct JudgeReplyInput {
    pub id: CampaignRemarkId,
    pub version: i32,
    pub opinion: Opinion,
    pub note: Option<String>,
}

questions! {
    answer_campaign = "answerCampaign" (AnswerCampaignInput) -> RoundPage;
    save_ballot = "saveBallot" (BallotInput) -> Saved;
    hand_in_ballot = "handInBallot" (BallotInput) -> Saved;
    recuse_from_target = "recuseFromTarget" (RecuseFromTargetInput) -> Saved;
    judge_reply = "judgeReply" (JudgeReplyInput) -> DoneRemark;
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query")]
struct RoundsQuery {
    rating_rounds: Vec<Round>,
}

/// The rounds that the viewer rates in or reads replies of.
///
/// # Errors
/// Whatever the server or the network says; so below.
pub async fn rounds() -> Result<Vec<Round>, ApiError> {
    Ok(run(RoundsQuery::build(())).await?.rating_rounds)
}

#[derive(cynic::QueryVariables)]
struct Of {
    id: CampaignId,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "Of")]
struct RoundQuery {
    #[arguments(id: $id)]
    rating_round: RoundPage,
}

/// One of them, with all that is the viewer's in it.
pub async fn round(id: CampaignId) -> Result<RoundPage, ApiError> {
    Ok(run(RoundQuery::build(Of { id })).await?.rating_round)
}
