//! The course of a third party's round over GraphQL.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    AttachmentId, CampaignFactId, CampaignId, CampaignReportId, CampaignTargetId,
    campaigns::third_party::{ContractForm, FactAnswer, FactVerdict, ReportAction, ReportStatus},
};
use entity::{campaign_fact, campaign_report};

use super::super::service::third_party::{
    self, Report,
    agency::{self, Answered, NewFact, Plan},
    center::{self, Checked},
};
use crate::{
    error::Result,
    files::graphql::AttachedFile,
    graphql::{context::ContextExt, given, tidy},
    posts::service::Seen,
};

/// The course of a third party's round.
#[derive(SimpleObject)]
pub struct ThirdPartyReport {
    /// The course itself.
    head: ReportHead,
    /// The plan's files.
    plan_files: Vec<AttachedFile>,
    /// The report's, as a draft or as it stays; of an agency's people, those that the viewer brought.
    report_files: Vec<AttachedFile>,
    /// The facts, in order.
    facts: Vec<ReportFact>,
    /// What the viewer may do now.
    actions: Vec<ReportAction>,
}

/// How far a third party's round has come, and what was said on the way.
#[derive(SimpleObject)]
pub struct ReportHead {
    /// Its id.
    id: CampaignReportId,
    /// How often it was changed.
    version: i32,
    /// Where it is.
    status: ReportStatus,
    /// Who was hired.
    agency: String,
    /// The contract's number.
    contract_no: String,
    /// When it was signed.
    signed_on: NaiveDate,
    /// Whether any of the agency's people has an interest in what is rated, in its words.
    statement: Option<String>,
    /// When it said so.
    stated_at: Option<DateTime<Utc>>,
    /// The plan in words.
    plan: Option<String>,
    /// What the center says of it.
    plan_note: Option<String>,
    /// The sample.
    sample: Option<String>,
    /// Until when the center checks the facts.
    due_on: Option<NaiveDate>,
    /// When the draft was handed in.
    drafted_at: Option<DateTime<Utc>>,
    /// When the report was, as it stays.
    finished_at: Option<DateTime<Utc>>,
}

/// A fact of a third party's report, what the center says of it, and what the agency answers.
#[derive(SimpleObject)]
pub struct ReportFact {
    /// Its id.
    id: CampaignFactId,
    /// How often it was changed.
    version: i32,
    /// About which target.
    target: CampaignTargetId,
    /// What is so.
    text: String,
    /// What should be done about it.
    advice: Option<String>,
    /// What the center says.
    verdict: Option<FactVerdict>,
    /// In words.
    verdict_note: Option<String>,
    /// What the agency answers.
    answer: Option<FactAnswer>,
    /// In words.
    answer_note: Option<String>,
    /// The fact as it is put now, where it was corrected.
    corrected: Option<String>,
    /// What proves that it is not so.
    proof: Vec<AttachedFile>,
}

/// A contract with an agency.
#[derive(InputObject)]
pub struct SignReportContractInput {
    /// For which round.
    campaign: CampaignId,
    /// How often the course was changed: 0 for the first time.
    version: i32,
    /// The agency's name.
    agency: String,
    /// The contract's number.
    number: String,
    /// When it was signed.
    signed_on: NaiveDate,
}

/// A plan as it was seen, and what the center says of it.
#[derive(InputObject)]
pub struct DecideReportPlanInput {
    /// The course's id.
    id: CampaignReportId,
    /// Its version.
    version: i32,
    /// Whether it agrees.
    approve: bool,
    /// In words; asked for where it does not.
    note: Option<String>,
}

/// A fact as it was seen, and what the center says of it.
#[derive(InputObject)]
pub struct CheckReportFactInput {
    /// Its id.
    id: CampaignFactId,
    /// Its version.
    version: i32,
    /// Whether it is right.
    verdict: FactVerdict,
    /// In words; asked for where it is not.
    note: Option<String>,
    /// What proves that it is not.
    #[graphql(default)]
    files: Vec<AttachmentId>,
}

/// A plan as the agency hands it in.
#[derive(InputObject)]
pub struct SubmitReportPlanInput {
    /// The course's id.
    id: CampaignReportId,
    /// Its version.
    version: i32,
    /// Whether any of the agency's people has an interest in what is rated.
    statement: String,
    /// The plan in words.
    plan: String,
    /// The same as files.
    #[graphql(default)]
    files: Vec<AttachmentId>,
}

/// What is looked at, when, how often.
#[derive(InputObject)]
pub struct DrawReportSampleInput {
    /// The course's id.
    id: CampaignReportId,
    /// Its version.
    version: i32,
    /// In words.
    sample: String,
}

/// A course as it was seen, and its next step.
#[derive(InputObject)]
pub struct MoveReportInput {
    /// Its id.
    id: CampaignReportId,
    /// Its version.
    version: i32,
    /// `BEGIN_FIELD_WORK` or `END_FIELD_WORK`.
    action: ReportAction,
}

/// A fact for the draft.
#[derive(InputObject)]
pub struct AddReportFactInput {
    /// Of which course.
    report: CampaignReportId,
    /// About which target.
    target: CampaignTargetId,
    /// What is so.
    text: String,
    /// What should be done about it.
    advice: Option<String>,
}

/// A fact of a draft.
#[derive(InputObject)]
pub struct DropReportFactInput {
    /// Its id.
    id: CampaignFactId,
}

/// A fact as it was seen, and the agency's answer.
#[derive(InputObject)]
pub struct AnswerReportFactInput {
    /// Its id.
    id: CampaignFactId,
    /// Its version.
    version: i32,
    /// What becomes of it.
    answer: FactAnswer,
    /// In words.
    note: String,
    /// The fact as it is put now; asked for where it is corrected.
    corrected: Option<String>,
}

/// A report as it is handed in: as a draft, later as it stays.
#[derive(InputObject)]
pub struct HandInReportInput {
    /// The course's id.
    id: CampaignReportId,
    /// Its version.
    version: i32,
    /// The report; all of its files.
    files: Vec<AttachmentId>,
}

/// Queries about the courses of third parties' rounds.
#[derive(Default)]
pub struct ReportsQuery;

#[Object]
impl ReportsQuery {
    /// The course of a third party's round, for its center; null before there is a contract.
    #[graphql(complexity = "20 + child_complexity")]
    async fn campaign_report(&self, ctx: &Context<'_>, id: CampaignId) -> Result<Option<ThirdPartyReport>> {
        Ok(third_party::of_center(ctx.cx()?, id).await?.map(Into::into))
    }

    /// The same for the agency's people.
    #[graphql(complexity = "20 + child_complexity")]
    async fn rating_report(&self, ctx: &Context<'_>, id: CampaignId) -> Result<Option<ThirdPartyReport>> {
        Ok(third_party::of_agency(ctx.cx()?, id).await?.map(Into::into))
    }
}

/// What center and agency do about a third party's report.
#[derive(Default)]
pub struct ReportsMutation;

#[Object]
impl ReportsMutation {
    /// Write down with whom there is a contract, or change it before the plan is there.
    async fn sign_report_contract(&self, ctx: &Context<'_>, input: SignReportContractInput) -> Result<ReportHead> {
        let SignReportContractInput { campaign, version, agency, number, signed_on } = input;
        let form = ContractForm { agency: tidy(&agency), number: tidy(&number), signed_on };
        Ok(center::sign(ctx.cx()?, campaign, version, form).await?.into())
    }

    /// Agree to a plan, or send it back with a reason.
    async fn decide_report_plan(&self, ctx: &Context<'_>, input: DecideReportPlanInput) -> Result<ReportHead> {
        let DecideReportPlanInput { id, version, approve, note } = input;
        Ok(center::decide(ctx.cx()?, Seen { id, version }, approve, given(note)).await?.into())
    }

    /// Say whether a fact of the draft is right.
    async fn check_report_fact(&self, ctx: &Context<'_>, input: CheckReportFactInput) -> Result<ReportFact> {
        let CheckReportFactInput { id, version, verdict, note, files } = input;
        let checked = Checked { verdict, note: given(note).unwrap_or_default(), files };
        Ok(center::check(ctx.cx()?, Seen { id, version }, checked).await?.into())
    }

    /// Hand in the plan, with a statement about conflicts of interest.
    async fn submit_report_plan(&self, ctx: &Context<'_>, input: SubmitReportPlanInput) -> Result<ReportHead> {
        let SubmitReportPlanInput { id, version, statement, plan, files } = input;
        let plan = Plan { statement: tidy(&statement), plan: tidy(&plan), files };
        Ok(agency::submit_plan(ctx.cx()?, Seen { id, version }, plan).await?.into())
    }

    /// Write down the sample.
    async fn draw_report_sample(&self, ctx: &Context<'_>, input: DrawReportSampleInput) -> Result<ReportHead> {
        let DrawReportSampleInput { id, version, sample } = input;
        Ok(agency::draw_sample(ctx.cx()?, Seen { id, version }, tidy(&sample)).await?.into())
    }

    /// Begin or end the field work.
    async fn move_report(&self, ctx: &Context<'_>, input: MoveReportInput) -> Result<ReportHead> {
        let MoveReportInput { id, version, action } = input;
        Ok(agency::work(ctx.cx()?, Seen { id, version }, action).await?.into())
    }

    /// Add a fact to the draft.
    async fn add_report_fact(&self, ctx: &Context<'_>, input: AddReportFactInput) -> Result<ReportFact> {
        let AddReportFactInput { report, target, text, advice } = input;
        let new = NewFact { report, target, text: tidy(&text), advice: given(advice) };
        Ok(agency::add_fact(ctx.cx()?, new).await?.into())
    }

    /// Take a fact out of the draft.
    async fn drop_report_fact(&self, ctx: &Context<'_>, input: DropReportFactInput) -> Result<bool> {
        agency::drop_fact(ctx.cx()?, input.id).await
    }

    /// Answer where the center does not agree with a fact.
    async fn answer_report_fact(&self, ctx: &Context<'_>, input: AnswerReportFactInput) -> Result<ReportFact> {
        let AnswerReportFactInput { id, version, answer, note, corrected } = input;
        let answered = Answered { answer, note: tidy(&note), corrected: given(corrected) };
        Ok(agency::answer(ctx.cx()?, Seen { id, version }, answered).await?.into())
    }

    /// Hand in the report: the draft, or as it stays.
    async fn hand_in_report(&self, ctx: &Context<'_>, input: HandInReportInput) -> Result<ReportHead> {
        let HandInReportInput { id, version, files } = input;
        Ok(agency::hand_in(ctx.cx()?, Seen { id, version }, files).await?.into())
    }
}

impl From<Report> for ThirdPartyReport {
    fn from(Report { row, facts, plan, report, actions }: Report) -> Self {
        let fact = |(row, proof): (campaign_fact::Model, _)| ReportFact { proof, ..ReportFact::from(row) };
        Self {
            head: row.into(),
            plan_files: plan,
            report_files: report,
            facts: facts.into_iter().map(fact).collect(),
            actions,
        }
    }
}

impl From<campaign_report::Model> for ReportHead {
    fn from(row: campaign_report::Model) -> Self {
        Self {
            id: row.id,
            version: row.version,
            status: row.status,
            agency: row.agency,
            contract_no: row.contract_no,
            signed_on: row.signed_on,
            statement: row.statement,
            stated_at: row.stated_at,
            plan: row.plan,
            plan_note: row.plan_note,
            sample: row.sample,
            due_on: row.due_on,
            drafted_at: row.drafted_at,
            finished_at: row.finished_at,
        }
    }
}

/// As it is after a change: what proves it, the page reads with the report.
impl From<campaign_fact::Model> for ReportFact {
    fn from(row: campaign_fact::Model) -> Self {
        Self {
            id: row.id,
            version: row.version,
            target: row.target_id,
            text: row.text,
            advice: row.advice,
            verdict: row.verdict,
            verdict_note: row.verdict_note,
            answer: row.answer,
            answer_note: row.answer_note,
            corrected: row.corrected,
            proof: Vec::new(),
        }
    }
}
