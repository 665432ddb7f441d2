//! What the agency's lead does about its report: plan, sample, field work, draft, answers, the report as it stays.

use domain::{
    AttachmentId, CampaignFactId, CampaignRemarkId, CampaignReportId, CampaignTargetId, Violation,
    calendar::local_date,
    campaigns::{
        CampaignStatus,
        ballot::Remark,
        remarks::RemarkKind,
        takes_forms,
        third_party::{
            FactAnswer, ReportAction, ReportStatus, after, check_answer, check_fact, check_final, check_plan,
            check_sample,
        },
    },
    files::OwnerKind,
    policy::PolicyKey,
};
use entity::{campaign, campaign_fact, campaign_rater, campaign_report, campaign_target};
use sea_orm::ActiveValue::{Set, Unchanged};

use super::{as_rule, change_of, done, leads, step};
use crate::{
    campaigns::{
        repo,
        service::{
            course::said,
            rating::{begin, own_part},
            sound,
        },
    },
    db::{AuditEvent, ReadTx, Verb, WriteTx},
    error::{Error, Kind, Result},
    files,
    graphql::context::Cx,
    posts::service::Seen,
};

/// A plan, as the agency hands it in.
pub struct Plan {
    /// Whether any of its people has an interest in what is rated.
    pub statement: String,
    /// The plan in words.
    pub plan: String,
    /// The same as files.
    pub files: Vec<AttachmentId>,
}

/// Hands the plan in, the first time or after it was sent back.
pub async fn submit_plan(cx: &Cx, seen: Seen<CampaignReportId>, plan: Plan) -> Result<campaign_report::Model> {
    let Plan { statement, plan, files } = plan;
    sound(check_plan(&statement, &plan))?;
    let mut tx = begin(cx).await?;
    let (row, ..) = led(&tx, seen.id).await?;
    let change = campaign_report::ActiveModel {
        status: Set(after(row.status, ReportAction::SubmitPlan)?),
        statement: Set(Some(statement)),
        stated_at: Set(Some(tx.now())),
        plan: Set(Some(plan)),
        ..Default::default()
    };
    files::service::give(&mut tx, &files, OwnerKind::AgencyPlan, row.id.0).await?;
    let row = change_of(&mut tx, seen, change).await?;
    done(tx, row, Verb::ReportPlanSubmitted).await
}

/// Writes the sample down: what is looked at, when, how often.
pub async fn draw_sample(cx: &Cx, seen: Seen<CampaignReportId>, sample: String) -> Result<campaign_report::Model> {
    sound(check_sample(&sample).into_iter().collect())?;
    let mut tx = begin(cx).await?;
    let (row, ..) = led(&tx, seen.id).await?;
    let change = campaign_report::ActiveModel {
        status: Set(after(row.status, ReportAction::DrawSample)?),
        sample: Set(Some(sample)),
        ..Default::default()
    };
    let row = change_of(&mut tx, seen, change).await?;
    done(tx, row, Verb::ReportSampleDrawn).await
}

/// Begins or ends the field work: it begins while forms are taken, and ends when every target has one.
pub async fn work(cx: &Cx, seen: Seen<CampaignReportId>, action: ReportAction) -> Result<campaign_report::Model> {
    let mut tx = begin(cx).await?;
    let (row, round, _) = led(&tx, seen.id).await?;
    let verb = match action {
        ReportAction::BeginFieldWork => Verb::ReportFieldWorkBegun,
        ReportAction::EndFieldWork => Verb::ReportFieldWorkEnded,
        _ => return Err(Violation::new("action", "campaigns.report_step").into()),
    };
    let status = after(row.status, action)?;
    if action == ReportAction::BeginFieldWork {
        takes_forms(round.status, (round.starts_on, round.ends_on), local_date(cx.now()))?;
    } else if round.status == CampaignStatus::Open {
        let forms = repo::forms(&tx, round.id).await?;
        let targets = repo::targets(&tx, round.id).await?;
        let without = |target: &&campaign_target::Model| forms.iter().all(|form| form.target_id != target.id);
        let count = targets.iter().filter(without).count();
        if count > 0 {
            return Err(Violation::new("", "campaigns.forms_missing").with("count", count).into());
        }
    }
    let change = campaign_report::ActiveModel { status: Set(status), ..Default::default() };
    let row = change_of(&mut tx, seen, change).await?;
    done(tx, row, verb).await
}

/// A fact, as it is written into a draft.
pub struct NewFact {
    /// Of which report.
    pub report: CampaignReportId,
    /// About which target.
    pub target: CampaignTargetId,
    /// What is so.
    pub text: String,
    /// What should be done about it.
    pub advice: Option<String>,
}

/// Adds a fact to the draft.
pub async fn add_fact(cx: &Cx, new: NewFact) -> Result<campaign_fact::Model> {
    let mut tx = begin(cx).await?;
    let (row, round, _) = led(&tx, new.report).await?;
    let target = repo::target(&tx, new.target).await?;
    if target.campaign_id != round.id {
        return Err(Error::NotFound(Kind::Row));
    }
    after(row.status, ReportAction::WriteFact)?;
    let there = repo::facts(&tx, round.id).await?;
    sound(check_fact(&new.text, new.advice.as_deref(), there.len()))?;
    let fact = campaign_fact::ActiveModel {
        id: Set(CampaignFactId(cx.app.ids.next())),
        campaign_id: Set(round.id),
        target_id: Set(target.id),
        position: Set(there.last().map_or(0, |fact| fact.position.saturating_add(1))),
        text: Set(new.text),
        advice: Set(new.advice),
        verdict: Set(None),
        verdict_note: Set(None),
        checked_at: Set(None),
        answer: Set(None),
        answer_note: Set(None),
        corrected: Set(None),
        answered_at: Set(None),
        version: Set(1),
        ..Default::default()
    };
    let fact = tx.insert(fact).await?;
    tx.commit(AuditEvent::on(fact.id.0, Verb::ReportFactAdded)).await?;
    Ok(fact)
}

/// Takes a fact out of the draft again.
pub async fn drop_fact(cx: &Cx, id: CampaignFactId) -> Result<bool> {
    let mut tx = begin(cx).await?;
    let (fact, _) = led_fact(&tx, id).await?;
    step(&tx, &fact, ReportAction::WriteFact).await?;
    repo::drop_fact(&mut tx, id).await?;
    tx.commit(AuditEvent::on(id.0, Verb::ReportFactDropped)).await?;
    Ok(true)
}

/// What the agency answers where the center does not agree.
pub struct Answered {
    /// What becomes of the fact.
    pub answer: FactAnswer,
    /// In words.
    pub note: String,
    /// The fact as it is put now, where it is corrected.
    pub corrected: Option<String>,
}

/// Answers, once.
pub async fn answer(cx: &Cx, seen: Seen<CampaignFactId>, answered: Answered) -> Result<campaign_fact::Model> {
    let Answered { answer, note, corrected } = answered;
    let mut tx = begin(cx).await?;
    let (fact, _) = led_fact(&tx, seen.id).await?;
    step(&tx, &fact, ReportAction::AnswerFact).await?;
    sound(check_answer(as_rule(&fact), answer, &note, corrected.as_deref()))?;
    let change = campaign_fact::ActiveModel {
        id: Unchanged(fact.id),
        answer: Set(Some(answer)),
        answer_note: Set(Some(note)),
        corrected: Set(corrected.filter(|_| answer == FactAnswer::Corrected)),
        answered_at: Set(Some(tx.now())),
        ..Default::default()
    };
    let fact = tx.update(change, seen.version).await?;
    tx.commit(AuditEvent::on(fact.id.0, Verb::ReportFactAnswered).with_detail(answer.key())).await?;
    Ok(fact)
}

/// Hands the report in: the draft, whose facts the center then checks; afterwards the report as it stays, whose advice
/// becomes remarks.
pub async fn hand_in(
    cx: &Cx,
    seen: Seen<CampaignReportId>,
    files: Vec<AttachmentId>,
) -> Result<campaign_report::Model> {
    if files.is_empty() {
        return Err(Violation::new("files", "campaigns.report_file").into());
    }
    let rules = cx.rules().await?;
    let today = local_date(cx.now());
    let mut tx = begin(cx).await?;
    let (row, round, me) = led(&tx, seen.id).await?;
    let facts = repo::facts(&tx, round.id).await?;
    let (change, verb) = if row.status == ReportStatus::DraftReport {
        if facts.is_empty() {
            return Err(Violation::new("", "campaigns.no_facts").into());
        }
        let change = campaign_report::ActiveModel {
            status: Set(after(row.status, ReportAction::SubmitDraft)?),
            due_on: Set(Some(rules.calendar.add(today, rules.policy.get(PolicyKey::CampaignFactCheck))?)),
            drafted_at: Set(Some(tx.now())),
            ..Default::default()
        };
        (change, Verb::ReportDraftSubmitted)
    } else {
        let status = after(row.status, ReportAction::Finish)?;
        check_final(&facts.iter().map(as_rule).collect::<Vec<_>>(), row.due_on, today)?;
        advise(cx, &mut tx, &facts, &me).await?;
        let change = campaign_report::ActiveModel {
            status: Set(status),
            finished_at: Set(Some(tx.now())),
            ..Default::default()
        };
        (change, Verb::ReportFinished)
    };
    files::service::give(&mut tx, &files, OwnerKind::AgencyReport, row.id.0).await?;
    let row = change_of(&mut tx, seen, change).await?;
    done(tx, row, verb).await
}

/// Advice goes the way of everything that raters say: into a task, or to a reason.
async fn advise(cx: &Cx, tx: &mut WriteTx, facts: &[campaign_fact::Model], me: &campaign_rater::Model) -> Result<()> {
    let mut remarks = Vec::new();
    for fact in facts.iter().filter(|fact| fact.answer != Some(FactAnswer::Withdrawn)) {
        let Some(advice) = &fact.advice else { continue };
        let text = format!("{}\n{advice}", fact.corrected.as_ref().unwrap_or(&fact.text));
        let remark = Remark { kind: RemarkKind::Suggestion, text };
        let about = (fact.campaign_id, fact.target_id);
        remarks.push(said(CampaignRemarkId(cx.app.ids.next()), about, Some(me.id), &remark));
    }
    if remarks.is_empty() { Ok(()) } else { tx.insert_many(remarks).await }
}

/// A report of the agency that the viewer leads, with its round and the viewer in it.
async fn led(
    tx: &ReadTx,
    id: CampaignReportId,
) -> Result<(campaign_report::Model, campaign::Model, campaign_rater::Model)> {
    let row = repo::report(tx, id).await?;
    let (round, me) = own_part(tx, row.campaign_id).await?;
    leads(&me)?;
    Ok((row, round, me))
}

async fn led_fact(tx: &ReadTx, id: CampaignFactId) -> Result<(campaign_fact::Model, campaign_rater::Model)> {
    let fact = repo::fact(tx, id).await?;
    let (_, me) = own_part(tx, fact.campaign_id).await?;
    leads(&me)?;
    Ok((fact, me))
}
