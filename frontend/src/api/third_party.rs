//! The course of a third party's round: for the center, and for the agency's people.

use chrono::NaiveDate;
use cynic::QueryBuilder;
use domain::{
    AttachmentId, CampaignFactId, CampaignId, CampaignReportId, CampaignTargetId,
    campaigns::third_party::{FactAnswer, FactVerdict, ReportAction, ReportStatus},
};

use super::{ApiError, account::questions, files::AttachedFile, run, schema};

/// How far it has come, and what was said on the way.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "ReportHead")]
pub struct Head {
    pub id: CampaignReportId,
    pub version: i32,
    pub status: ReportStatus,
    pub agency: String,
    pub contract_no: String,
    pub signed_on: NaiveDate,
    pub statement: Option<String>,
    pub plan: Option<String>,
    pub plan_note: Option<String>,
    pub sample: Option<String>,
    pub due_on: Option<NaiveDate>,
}

/// A fact, what the center says of it, and what the agency answers.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "ReportFact")]
pub struct Fact {
    pub id: CampaignFactId,
    pub version: i32,
    pub target: CampaignTargetId,
    pub text: String,
    pub advice: Option<String>,
    pub verdict: Option<FactVerdict>,
    pub verdict_note: Option<String>,
    pub answer: Option<FactAnswer>,
    pub answer_note: Option<String>,
    pub corrected: Option<String>,
    pub proof: Vec<AttachedFile>,
}

/// All of it.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "ThirdPartyReport")]
pub struct Report {
    pub head: Head,
    pub plan_files: Vec<AttachedFile>,
    pub report_files: Vec<AttachedFile>,
    pub facts: Vec<Fact>,
    pub actions: Vec<ReportAction>,
}

/// A change after which the page asks again.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "ReportHead")]
pub struct Done {
    #[expect(dead_code, reason = "a selection cannot be empty")]
    id: CampaignReportId,
}

/// The same of a fact.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "ReportFact")]
pub struct DoneFact {
    #[expect(dead_code, reason = "a selection cannot be empty")]
    id: CampaignFactId,
}

type Dropped = bool;

#[derive(cynic::InputObject)]
pub struct SignReportContractInput {
    pub campaign: CampaignId,
    pub version: i32,
    pub agency: String,
    pub number: String,
    pub signed_on: NaiveDate,
}

#[derive(cynic::InputObject)]
pub struct DecideReportPlanInput {
    pub id: CampaignReportId,
    pub version: i32,
    pub approve: bool,
    pub note: Option<String>,
}

#[derive(cynic::InputObject)]
pub struct CheckReportFactInput {
    pub id: CampaignFactId,
    pub version: i32,
    pub verdict: FactVerdict,
    pub note: Option<String>,
    pub files: Vec<AttachmentId>,
}

#[derive(cynic::InputObject)]
pub struct SubmitReportPlanInput {
    pub id: CampaignReportId,
    pub version: i32,
    pub statement: String,
    pub plan: String,
    pub files: Vec<AttachmentId>,
}

#[derive(cynic::InputObject)]
pub struct DrawReportSampleInput {
    pub id: CampaignReportId,
    pub version: i32,
    pub sample: String,
}

#[derive(cynic::InputObject)]
pub struct MoveReportInput {
    pub id: CampaignReportId,
    pub version: i32,
    pub action: ReportAction,
}

#[derive(cynic::InputObject)]
pub struct AddReportFactInput {
    pub report: CampaignReportId,
    pub target: CampaignTargetId,
    pub text: String,
    pub advice: Option<String>,
}

#[derive(cynic::InputObject)]
pub struct DropReportFactInput {
    pub id: CampaignFactId,
}

#[derive(cynic::InputObject)]
pub struct AnswerReportFactInput {
    pub id: CampaignFactId,
    pub version: i32,
    pub answer: FactAnswer,
    pub note: String,
    pub corrected: Option<String>,
}

#[derive(cynic::InputObject)]
pub struct HandInReportInput {
    pub id: CampaignReportId,
    pub version: i32,
    pub files: Vec<AttachmentId>,
}

questions! {
    sign_report_contract = "signReportContract" (SignReportContractInput) -> Done;
    decide_report_plan = "decideReportPlan" (DecideReportPlanInput) -> Done;
    check_report_fact = "checkReportFact" (CheckReportFactInput) -> DoneFact;
    submit_report_plan = "submitReportPlan" (SubmitReportPlanInput) -> Done;
    draw_report_sample = "drawReportSample" (DrawReportSampleInput) -> Done;
    move_report = "moveReport" (MoveReportInput) -> Done;
    add_report_fact = "addReportFact" (AddReportFactInput) -> DoneFact;
    drop_report_fact = "dropReportFact" (DropReportFactInput) -> Dropped;
    answer_report_fact = "answerReportFact" (AnswerReportFactInput) -> DoneFact;
    hand_in_report = "handInReport" (HandInReportInput) -> Done;
}

#[derive(cynic::QueryVariables)]
struct Of {
    id: CampaignId,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "Of")]
struct CenterQuery {
    #[arguments(id: $id)]
    campaign_report: Option<Report>,
}

/// The course of a round, for its center; none before there is a contract.
///
/// # Errors
/// Whatever the server or the network says; so below.
pub async fn of_center(id: CampaignId) -> Result<Option<Report>, ApiError> {
    Ok(run(CenterQuery::build(Of { id })).await?.campaign_report)
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "Of")]
struct AgencyQuery {
    #[arguments(id: $id)]
    rating_report: Option<Report>,
}

/// The same for the agency's people.
pub async fn of_agency(id: CampaignId) -> Result<Option<Report>, ApiError> {
    Ok(run(AgencyQuery::build(Of { id })).await?.rating_report)
}
