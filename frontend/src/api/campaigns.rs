//! Rounds of evaluation: for whoever organises them, and for the rated.

use chrono::{DateTime, NaiveDate, Utc};
use cynic::QueryBuilder;
use domain::{
    AccountId, CampaignFormId, CampaignId, CampaignRaterId, CampaignRemarkId, CampaignTargetId, FormVersionId, PostId,
    RectificationTaskId, StaffId,
    campaigns::{
        CampaignAction, CampaignKind, CampaignStatus, RaterStatus, TargetKind,
        ballot::BallotContent,
        draw::Recusal,
        remarks::{Disposition, Opinion, RemarkCategory, RemarkKind},
        steps::CampaignStep,
    },
    evaluation::forms::{FormContent, FormKind},
    improvement::RectificationCause,
    permission::Role,
};

use super::{ApiError, account::questions, files::AttachedFile, run, schema};

/// A round.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
pub struct Campaign {
    pub id: CampaignId,
    pub version: i32,
    pub kind: CampaignKind,
    pub name: String,
    pub form_version: FormVersionId,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    pub replies_until: NaiveDate,
    pub least: i32,
    pub briefing: String,
    pub status: CampaignStatus,
    pub coverage_note: Option<String>,
    pub closed_at: Option<DateTime<Utc>>,
    pub published_at: Option<DateTime<Utc>>,
    pub by_city: bool,
}

/// Something that is rated.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "CampaignTarget")]
pub struct Target {
    pub id: CampaignTargetId,
    pub kind: TargetKind,
    pub post_id: Option<PostId>,
    pub staff: Option<StaffId>,
    pub pool: Option<String>,
    pub name: Option<String>,
    pub detail: Option<String>,
}

/// Somebody who rates.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "CampaignRater")]
pub struct Rater {
    pub id: CampaignRaterId,
    pub version: i32,
    pub role: Role,
    pub name: String,
    pub unit: Option<String>,
    pub pool: Option<String>,
    pub status: RaterStatus,
    pub reason: Option<String>,
    pub seed: Option<String>,
    pub reminded_at: Option<DateTime<Utc>>,
}

/// The same with how far they are.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "CampaignRaterEntry")]
pub struct RaterRow {
    pub rater: Rater,
    pub assigned: i32,
    pub handed_in: i32,
    pub recused: i32,
}

/// A group of raters.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "CampaignCoverage")]
pub struct Coverage {
    pub role: Role,
    pub named: i32,
    pub accepted: i32,
    pub done: i32,
    pub least: i32,
}

/// What was given about a target, on average.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "CampaignMean")]
pub struct Mean {
    pub target: CampaignTargetId,
    pub mean: Option<i32>,
    pub forms: Option<i32>,
    pub from: Option<i32>,
    pub to: Option<i32>,
}

/// The mean of a part of the form.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "CampaignPartMean")]
pub struct PartMean {
    pub target: CampaignTargetId,
    pub code: String,
    pub title_zh: String,
    pub title_en: String,
    pub mean: i32,
    pub most: i32,
}

/// A form that was handed in.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "CampaignForm")]
pub struct Form {
    pub id: CampaignFormId,
    pub target: CampaignTargetId,
    pub rater: Option<CampaignRaterId>,
    pub content: BallotContent,
    pub total: i32,
    pub vetoed: bool,
    pub files: Vec<AttachedFile>,
}

/// A problem or a suggestion.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "CampaignRemark")]
pub struct Remark {
    pub id: CampaignRemarkId,
    pub version: i32,
    pub target: CampaignTargetId,
    pub rater: Option<CampaignRaterId>,
    pub kind: RemarkKind,
    pub text: String,
    pub category: Option<RemarkCategory>,
    pub disposition: Disposition,
    pub task: Option<RectificationTaskId>,
    pub reply: Option<String>,
    pub replied_at: Option<DateTime<Utc>>,
    pub opinion: Option<Opinion>,
    pub opinion_note: Option<String>,
}

/// One round with everything about it.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "CampaignPage")]
pub struct Page {
    pub campaign: Campaign,
    pub form_number: i32,
    pub form: FormContent,
    pub step: CampaignStep,
    pub targets: Vec<Target>,
    pub raters: Vec<RaterRow>,
    pub coverage: Vec<Coverage>,
    pub covered: bool,
    pub means: Vec<Mean>,
    pub whole: Option<i32>,
    pub hidden: i32,
    pub parts: Vec<PartMean>,
    pub forms: Vec<Form>,
    pub remarks: Vec<Remark>,
    pub open_remarks: i32,
    pub actions: Vec<CampaignAction>,
}

/// Whom a draw passed over.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "CampaignRecused")]
pub struct Recused {
    pub name: String,
    pub recusal: Recusal,
}

/// Of which group there were not enough.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "CampaignShort")]
pub struct Short {
    pub role: Role,
    pub missing: i32,
}

/// What a draw came to.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "CampaignDraw")]
pub struct Draw {
    pub seed: String,
    pub drawn: i32,
    pub short: Vec<Short>,
    pub recused: Vec<Recused>,
}

/// Somebody invited.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "CampaignInvitation")]
pub struct Invitation {
    pub rater: Rater,
    pub login: String,
    pub token: String,
    pub expires_at: DateTime<Utc>,
}

/// A post that may be rated.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "CampaignPost")]
pub struct Post {
    pub id: PostId,
    pub code: String,
    pub name: String,
}

/// Somebody of the staff.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "StaffName")]
pub struct Person {
    pub id: StaffId,
    pub staff_no: String,
    pub name: String,
}

/// A form that a round may use.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "CampaignFormChoice")]
pub struct FormChoice {
    pub id: FormVersionId,
    pub kind: FormKind,
    pub number: i32,
    pub valid_from: Option<NaiveDate>,
}

/// A member who may be named.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "CampaignMember")]
pub struct Member {
    pub account_id: AccountId,
    pub name: String,
    pub roles: Vec<Role>,
}

/// What a round is put together from.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "CampaignChoices")]
pub struct Choices {
    pub posts: Vec<Post>,
    pub staff: Vec<Person>,
    pub forms: Vec<FormChoice>,
    pub members: Vec<Member>,
    pub least: i32,
    pub group_least: i32,
}

/// A published round, as the rated see it.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "CampaignResult")]
pub struct Published {
    pub campaign: Campaign,
    pub form_number: i32,
    pub lines: Vec<PublishedLine>,
    pub parts: Vec<PartMean>,
}

/// What it came to about one target.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "CampaignResultLine")]
pub struct PublishedLine {
    pub target: Target,
    pub mean: Option<i32>,
    pub forms: Option<i32>,
}

/// A change after which the page asks again.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "Campaign")]
pub struct Done {
    pub id: CampaignId,
}

/// The same of a rater.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "CampaignRater")]
pub struct DoneRater {
    #[expect(dead_code, reason = "a selection cannot be empty")]
    id: CampaignRaterId,
}

/// The same of a remark.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "CampaignRemark")]
pub struct DoneRemark {
    #[expect(dead_code, reason = "a selection cannot be empty")]
    id: CampaignRemarkId,
}

#[derive(cynic::InputObject)]
pub struct PlanCampaignInput {
    pub kind: CampaignKind,
    pub form: FormVersionId,
    pub name: String,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    pub replies_until: Option<NaiveDate>,
    pub least: Option<i32>,
    pub briefing: String,
}

#[derive(cynic::InputObject)]
pub struct EditCampaignInput {
    pub id: CampaignId,
    pub version: i32,
    pub form: FormVersionId,
    pub name: String,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    pub replies_until: Option<NaiveDate>,
    pub least: Option<i32>,
    pub briefing: String,
}

#[derive(cynic::InputObject)]
pub struct SeenCampaignInput {
    pub id: CampaignId,
    pub version: i32,
}

#[derive(cynic::InputObject)]
pub struct CampaignTargetInput {
    pub post: Option<PostId>,
    pub staff: Option<StaffId>,
    pub pool: Option<String>,
}

#[derive(cynic::InputObject)]
pub struct SetCampaignTargetsInput {
    pub id: CampaignId,
    pub version: i32,
    pub targets: Vec<CampaignTargetInput>,
}

#[derive(cynic::InputObject)]
pub struct DrawCampaignRatersInput {
    pub id: CampaignId,
    pub version: i32,
    pub per_group: i32,
}

#[derive(cynic::InputObject)]
pub struct NameCampaignRaterInput {
    pub id: CampaignId,
    pub version: i32,
    pub account: AccountId,
    pub pool: Option<String>,
}

#[derive(cynic::InputObject)]
pub struct InviteCampaignRaterInput {
    pub id: CampaignRaterId,
    pub version: i32,
    pub login: String,
}

#[derive(cynic::InputObject)]
pub struct SeenCampaignRaterInput {
    pub id: CampaignRaterId,
    pub version: i32,
}

#[derive(cynic::InputObject)]
pub struct ExcuseCampaignRaterInput {
    pub id: CampaignRaterId,
    pub version: i32,
    pub reason: String,
}

#[derive(cynic::InputObject)]
pub struct PublishCampaignInput {
    pub id: CampaignId,
    pub version: i32,
    pub note: Option<String>,
}

#[derive(cynic::InputObject)]
pub struct ClassifyRemarkInput {
    pub id: CampaignRemarkId,
    pub version: i32,
    pub category: RemarkCategory,
    pub cause: Option<RectificationCause>,
    pub days: Option<i32>,
    pub owner: Option<StaffId>,
    pub reply: String,
}

#[derive(cynic::InputObject)]
pub struct ReplyToRemarkInput {
    pub id: CampaignRemarkId,
    pub version: i32,
    pub reply: String,
}

questions! {
    plan_campaign = "planCampaign" (PlanCampaignInput) -> Done;
    edit_campaign = "editCampaign" (EditCampaignInput) -> Done;
    set_campaign_targets = "setCampaignTargets" (SetCampaignTargetsInput) -> Done;
    draw_campaign_raters = "drawCampaignRaters" (DrawCampaignRatersInput) -> Draw;
    name_campaign_rater = "nameCampaignRater" (NameCampaignRaterInput) -> DoneRater;
    invite_campaign_rater = "inviteCampaignRater" (InviteCampaignRaterInput) -> Invitation;
    remind_campaign_rater = "remindCampaignRater" (SeenCampaignRaterInput) -> DoneRater;
    excuse_campaign_rater = "excuseCampaignRater" (ExcuseCampaignRaterInput) -> DoneRater;
    open_campaign = "openCampaign" (SeenCampaignInput) -> Done;
    close_campaign = "closeCampaign" (SeenCampaignInput) -> Done;
    publish_campaign = "publishCampaign" (PublishCampaignInput) -> Done;
    classify_remark = "classifyRemark" (ClassifyRemarkInput) -> DoneRemark;
    reply_to_remark = "replyToRemark" (ReplyToRemarkInput) -> DoneRemark;
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query")]
struct CampaignsQuery {
    campaigns: Vec<Campaign>,
}

/// Rounds, the newest first.
///
/// # Errors
/// Whatever the server or the network says; so below.
pub async fn campaigns() -> Result<Vec<Campaign>, ApiError> {
    Ok(run(CampaignsQuery::build(())).await?.campaigns)
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query")]
struct ChoicesQuery {
    campaign_choices: Choices,
}

/// What a round is put together from.
pub async fn choices() -> Result<Choices, ApiError> {
    Ok(run(ChoicesQuery::build(())).await?.campaign_choices)
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query")]
struct ResultsQuery {
    campaign_results: Vec<Published>,
}

/// What published rounds came to.
pub async fn results() -> Result<Vec<Published>, ApiError> {
    Ok(run(ResultsQuery::build(())).await?.campaign_results)
}

#[derive(cynic::QueryVariables)]
struct Of {
    id: CampaignId,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "Of")]
struct CampaignQuery {
    #[arguments(id: $id)]
    campaign: Page,
}

/// One round with everything about it.
pub async fn campaign(id: CampaignId) -> Result<Page, ApiError> {
    Ok(run(CampaignQuery::build(Of { id })).await?.campaign)
}
