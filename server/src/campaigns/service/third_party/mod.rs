//! The course of a third party's round (7.2.3.8): the center signs the contract, decides about the plan and checks facts; the
//! agency's lead plans, samples, reports and answers. `domain::campaigns::third_party` has the rules.
//!
//! Whoever comes for the agency reaches the round and nothing before it: no scores of others, nor their own of other rounds.

pub mod agency;
pub mod center;

use std::collections::BTreeMap;

use domain::{
    AttachmentId, CampaignFactId, CampaignId, CampaignReportId, Violation,
    campaigns::{
        CampaignKind, RaterStatus,
        third_party::{Fact, ReportAction, ReportStatus, after, is_agreed},
    },
    files::OwnerKind,
    permission::{Permission, Role},
};
use entity::{attachment, campaign, campaign_fact, campaign_rater, campaign_report};
use sea_orm::ActiveValue::{Set, Unchanged};
use uuid::Uuid;

use super::{raters, rating::part, repo};
use crate::{
    auth::scope::Reach,
    crypto::CenterKeys,
    db::{AuditEvent, ReadTx, Verb, WriteTx},
    error::{Error, Kind, Result},
    files::{self, graphql::AttachedFile},
    graphql::context::Cx,
    posts::service::Seen,
};

/// A report, as its center or its agency sees it.
pub struct Report {
    /// The course.
    pub row: campaign_report::Model,
    /// The facts, each with what proves that it is not so.
    pub facts: Vec<(campaign_fact::Model, Vec<AttachedFile>)>,
    /// The plan's files.
    pub plan: Vec<AttachedFile>,
    /// The report's.
    pub report: Vec<AttachedFile>,
    /// What the viewer may do now.
    pub actions: Vec<ReportAction>,
}

/// The report of a round, for the center; none before there is a contract.
pub async fn of_center(cx: &Cx, round: CampaignId) -> Result<Option<Report>> {
    cx.scope()?.require(Permission::CampaignRead)?;
    let organises = raters::organises(cx)?;
    let tx = cx.read().await?;
    repo::campaign(&tx, round).await?;
    // Publishing is a step of the round.
    shown(cx, &tx, round, |action| organises && action.is_center() && action != ReportAction::Publish).await
}

/// The same for the agency's people.
pub async fn of_agency(cx: &Cx, round: CampaignId) -> Result<Option<Report>> {
    cx.scope()?.require(Permission::CampaignRate)?;
    let tx = cx.read().await?;
    let (_, me) = part(&tx, round).await?;
    let leads = leads(&me).is_ok();
    shown(cx, &tx, round, |action| leads && !action.is_center()).await
}

async fn shown(cx: &Cx, tx: &ReadTx, round: CampaignId, may: impl Fn(ReportAction) -> bool) -> Result<Option<Report>> {
    let Some(row) = repo::report_of(tx, round).await? else { return Ok(None) };
    let keys = cx.app.keys.center(tx.scope().center()?);
    let facts = repo::facts(tx, round).await?;
    let ids: Vec<_> = facts.iter().map(|fact| fact.id.0).collect();
    let mut proof: BTreeMap<Uuid, Vec<AttachedFile>> = BTreeMap::new();
    for file in proof_of(tx, &ids).await? {
        let Some(owner) = file.owner_id else { continue };
        proof.entry(owner).or_default().push(AttachedFile::new(&file, &keys)?);
    }
    let with_proof = |fact: campaign_fact::Model| {
        let files = proof.remove(&fact.id.0).unwrap_or_default();
        (fact, files)
    };
    let own = [row.id.0];
    let allowed = |action: &&ReportAction| may(**action) && after(row.status, **action).is_ok();
    Ok(Some(Report {
        plan: attached(files::service::of(tx, OwnerKind::AgencyPlan, &own).await?, &keys)?,
        report: attached(files::service::of(tx, OwnerKind::AgencyReport, &own).await?, &keys)?,
        actions: ReportAction::ALL.iter().filter(allowed).copied().collect(),
        facts: facts.into_iter().map(with_proof).collect(),
        row,
    }))
}

fn attached(rows: Vec<attachment::Model>, keys: &CenterKeys) -> Result<Vec<AttachedFile>> {
    rows.iter().map(|row| AttachedFile::new(row, keys)).collect()
}

/// What proves that facts are not so; whoever evaluates sees it too, although others brought it.
async fn proof_of(tx: &ReadTx, facts: &[Uuid]) -> Result<Vec<attachment::Model>> {
    match tx.scope().reach() {
        Reach::Assigned(..) => tx.fact_files().await,
        _ => files::service::of(tx, OwnerKind::ReportFact, facts).await,
    }
}

/// Such a file of the round in scope, for an evaluator who opens it.
///
/// # Errors
/// From the database.
pub async fn proof(tx: &ReadTx, id: AttachmentId) -> Result<Option<attachment::Model>> {
    Ok(tx.fact_files().await?.into_iter().find(|row| row.id == id))
}

/// Whether a report is one that a scope sees.
///
/// # Errors
/// From the database.
pub async fn sees_report(tx: &ReadTx, id: CampaignReportId) -> Result<bool> {
    there(repo::report(tx, id).await)
}

/// Whether a fact is.
///
/// # Errors
/// From the database.
pub async fn sees_fact(tx: &ReadTx, id: CampaignFactId) -> Result<bool> {
    there(repo::fact(tx, id).await)
}

fn there<T>(found: Result<T>) -> Result<bool> {
    match found {
        Ok(_) => Ok(true),
        Err(Error::NotFound(Kind::Row)) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Whether a round may begin: a third party's plan was agreed to.
pub(super) async fn agreed(tx: &ReadTx, round: &campaign::Model) -> Result<()> {
    expects(tx, round, is_agreed, "campaigns.plan_open").await
}

/// Whether a third party is at its field work: then its forms are taken.
pub(super) async fn in_the_field(tx: &ReadTx, round: &campaign::Model) -> Result<()> {
    expects(tx, round, |status| status == ReportStatus::FieldWork, "campaigns.no_field_work").await
}

async fn expects(
    tx: &ReadTx,
    round: &campaign::Model,
    fine: impl Fn(ReportStatus) -> bool,
    code: &'static str,
) -> Result<()> {
    if round.kind != CampaignKind::ThirdParty {
        return Ok(());
    }
    let report = repo::report_of(tx, round.id).await?;
    if report.is_some_and(|row| fine(row.status)) { Ok(()) } else { Err(Violation::new("", code).into()) }
}

/// Ends the course with the round's publication: the report is as it stays by then.
pub(super) async fn publish(tx: &mut WriteTx, round: &campaign::Model) -> Result<()> {
    expects(tx, round, |status| status == ReportStatus::Final, "campaigns.report_open").await?;
    let Some(row) = repo::report_of(tx, round.id).await? else { return Ok(()) };
    let status = after(row.status, ReportAction::Publish)?;
    let change = campaign_report::ActiveModel { status: Set(status), ..Default::default() };
    change_of(tx, Seen { id: row.id, version: row.version }, change).await.map(drop)
}

fn leads(me: &campaign_rater::Model) -> Result<(), Violation> {
    match (me.role, me.status) {
        (Role::ThirdPartyLead, RaterStatus::Accepted) => Ok(()),
        (Role::ThirdPartyLead, _) => Err(Violation::new("", "campaigns.not_accepted")),
        _ => Err(Violation::new("", "campaigns.not_lead")),
    }
}

/// Whether this can be done with a fact now.
async fn step(tx: &ReadTx, fact: &campaign_fact::Model, action: ReportAction) -> Result<()> {
    let report = repo::report_of(tx, fact.campaign_id).await?.ok_or(Error::NotFound(Kind::Row))?;
    after(report.status, action)?;
    Ok(())
}

const fn as_rule(fact: &campaign_fact::Model) -> Fact {
    Fact { verdict: fact.verdict, answer: fact.answer }
}

async fn change_of(
    tx: &mut WriteTx,
    seen: Seen<CampaignReportId>,
    change: campaign_report::ActiveModel,
) -> Result<campaign_report::Model> {
    tx.update(campaign_report::ActiveModel { id: Unchanged(seen.id), ..change }, seen.version).await
}

async fn done(tx: WriteTx, row: campaign_report::Model, verb: Verb) -> Result<campaign_report::Model> {
    tx.commit(AuditEvent::on(row.id.0, verb)).await?;
    Ok(row)
}
