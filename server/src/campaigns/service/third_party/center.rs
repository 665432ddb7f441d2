//! What the center does about a third party's report: the contract, its word about the plan, its check of the facts.

use domain::{
    AttachmentId, CampaignFactId, CampaignId, CampaignReportId, Violation,
    calendar::local_date,
    campaigns::{
        CampaignKind, CampaignStatus,
        third_party::{ContractForm, FactVerdict, ReportAction, ReportStatus, after, check_decision, check_verdict},
    },
    files::OwnerKind,
};
use entity::{campaign_fact, campaign_report};
use sea_orm::ActiveValue::{Set, Unchanged};

use super::{change_of, done, step};
use crate::{
    campaigns::{
        repo,
        service::{manage, sound},
    },
    db::{AuditEvent, Verb},
    error::{Conflict, Error, Result},
    files,
    graphql::context::Cx,
    posts::service::Seen,
};

/// Writes the contract down, or changes it before the plan is there. `version` is 0 for the first time.
pub async fn sign(cx: &Cx, round: CampaignId, version: i32, form: ContractForm) -> Result<campaign_report::Model> {
    sound(form.check(local_date(cx.now())))?;
    let mut tx = manage(cx).await?;
    let round = repo::campaign(&tx, round).await?;
    let before = repo::report_of(&tx, round.id).await?;
    let late =
        before.as_ref().map_or(round.status != CampaignStatus::Planned, |row| row.status != ReportStatus::Contract);
    if round.kind != CampaignKind::ThirdParty || late {
        return Err(Violation::new("", "campaigns.report_step").into());
    }
    let ContractForm { agency, number, signed_on } = form;
    let change = campaign_report::ActiveModel {
        agency: Set(agency),
        contract_no: Set(number),
        signed_on: Set(signed_on),
        ..Default::default()
    };
    let row = match before {
        Some(row) => tx.update(campaign_report::ActiveModel { id: Unchanged(row.id), ..change }, version).await?,
        None if version == 0 => tx.insert(begun(cx, round.id, change)).await?,
        None => return Err(Error::Conflict(Conflict::Stale)),
    };
    done(tx, row, Verb::ReportContractSigned).await
}

fn begun(cx: &Cx, round: CampaignId, contract: campaign_report::ActiveModel) -> campaign_report::ActiveModel {
    campaign_report::ActiveModel {
        id: Set(CampaignReportId(cx.app.ids.next())),
        campaign_id: Set(round),
        status: Set(ReportStatus::Contract),
        statement: Set(None),
        stated_at: Set(None),
        plan: Set(None),
        plan_note: Set(None),
        sample: Set(None),
        due_on: Set(None),
        drafted_at: Set(None),
        finished_at: Set(None),
        version: Set(1),
        ..contract
    }
}

/// Agrees to a plan, or sends it back with a reason.
pub async fn decide(
    cx: &Cx,
    seen: Seen<CampaignReportId>,
    approve: bool,
    note: Option<String>,
) -> Result<campaign_report::Model> {
    sound(check_decision(approve, note.as_deref()).into_iter().collect())?;
    let mut tx = manage(cx).await?;
    let row = repo::report(&tx, seen.id).await?;
    let (action, verb) = if approve {
        (ReportAction::ApprovePlan, Verb::ReportPlanApproved)
    } else {
        (ReportAction::ReturnPlan, Verb::ReportPlanReturned)
    };
    let change = campaign_report::ActiveModel {
        status: Set(after(row.status, action)?),
        plan_note: Set(note),
        ..Default::default()
    };
    let row = change_of(&mut tx, seen, change).await?;
    done(tx, row, verb).await
}

/// What the center says of a fact.
pub struct Checked {
    /// Whether it is right.
    pub verdict: FactVerdict,
    /// In words.
    pub note: String,
    /// What proves that it is not.
    pub files: Vec<AttachmentId>,
}

/// Says whether a fact is right, once.
pub async fn check(cx: &Cx, seen: Seen<CampaignFactId>, checked: Checked) -> Result<campaign_fact::Model> {
    let Checked { verdict, note, files } = checked;
    let mut tx = manage(cx).await?;
    let fact = repo::fact(&tx, seen.id).await?;
    step(&tx, &fact, ReportAction::CheckFact).await?;
    sound(check_verdict(fact.verdict, verdict, &note, files.len()))?;
    files::service::attach(&mut tx, &files, OwnerKind::ReportFact, fact.id.0).await?;
    let change = campaign_fact::ActiveModel {
        id: Unchanged(fact.id),
        verdict: Set(Some(verdict)),
        verdict_note: Set(Some(note).filter(|note| !note.is_empty())),
        checked_at: Set(Some(tx.now())),
        ..Default::default()
    };
    let fact = tx.update(change, seen.version).await?;
    tx.commit(AuditEvent::on(fact.id.0, Verb::ReportFactChecked).with_detail(verdict.key())).await?;
    Ok(fact)
}
