//! What was said is worked through: each remark ends in a rectification task or in a reasoned "no action", with a
//! reply.

use domain::{
    CampaignRemarkId, StaffId, Violation,
    campaigns::{
        CampaignKind, CampaignStatus,
        remarks::{Disposition, RemarkCategory, check_classify, check_reply},
    },
    improvement::{PROBLEM_MAX, RectificationCause, RectificationSource, TaskForm},
};
use entity::{campaign, campaign_remark, campaign_target};
use sea_orm::ActiveValue::{Set, Unchanged};

use super::{is_me, manage, news, repo};
use crate::{
    db::{AuditEvent, Verb, WriteTx},
    error::Result,
    graphql::context::Cx,
    improvement::service::{NewTask, Source},
    posts::service::Seen,
};

/// What becomes of a remark.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// A rectification task.
    Task {
        /// By which kind of cause.
        cause: RectificationCause,
        /// In how many working days; the city's number without one.
        days: Option<u32>,
        /// Whose it is, where that is known.
        owner: Option<StaffId>,
    },
    /// Nothing: the reply says why.
    NoAction,
}

/// A remark worked through.
#[derive(Clone, Debug)]
pub struct Classified {
    /// What it is about.
    pub category: RemarkCategory,
    /// What becomes of it.
    pub outcome: Outcome,
    /// What whoever said it is told.
    pub reply: String,
}

/// Works a remark through.
pub async fn classify(
    cx: &Cx,
    seen: Seen<CampaignRemarkId>,
    Classified { category, outcome, reply }: Classified,
) -> Result<campaign_remark::Model> {
    let mut tx = manage(cx).await?;
    let (row, round, target) = open(&tx, seen.id).await?;
    check_classify(row.disposition, &reply)?;
    let (disposition, task) = match outcome {
        Outcome::NoAction => (Disposition::NoAction, None),
        Outcome::Task { cause, days, owner } => {
            let kind = match round.kind {
                CampaignKind::ThirdParty => RectificationSource::Advice,
                _ => RectificationSource::Suggestion,
            };
            let problem = row.text.chars().take(PROBLEM_MAX).collect();
            let new = NewTask {
                source: Source { kind, id: row.id.0 },
                form: TaskForm { problem, cause, days },
                post: target.post_id,
                owner,
            };
            let task = crate::improvement::service::open(cx, &mut tx, new).await?;
            (Disposition::Task, Some(task.id))
        }
    };
    let change = campaign_remark::ActiveModel {
        id: Unchanged(row.id),
        category: Set(Some(category)),
        disposition: Set(disposition),
        task_id: Set(task),
        reply: Set(Some(reply)),
        replied_at: Set(Some(tx.now())),
        ..Default::default()
    };
    let row = tx.update(change, seen.version).await?;
    news::replied(cx, &mut tx, &row, &round).await?;
    tx.commit(AuditEvent::on(row.id.0, Verb::RemarkClassified).with_detail(disposition.key())).await?;
    Ok(row)
}

/// Replies once more where the first reply was found not to answer; what was thought of that one is over.
pub async fn reply(cx: &Cx, seen: Seen<CampaignRemarkId>, reply: String) -> Result<campaign_remark::Model> {
    let mut tx = manage(cx).await?;
    let (row, round, _) = open(&tx, seen.id).await?;
    check_reply(row.opinion, &reply)?;
    let change = campaign_remark::ActiveModel {
        id: Unchanged(row.id),
        reply: Set(Some(reply)),
        replied_at: Set(Some(tx.now())),
        opinion: Set(None),
        opinion_note: Set(None),
        ..Default::default()
    };
    let row = tx.update(change, seen.version).await?;
    news::replied(cx, &mut tx, &row, &round).await?;
    tx.commit(AuditEvent::on(row.id.0, Verb::RemarkReplied)).await?;
    Ok(row)
}

/// A remark of a round that has begun. Nobody works through what was said about themself.
async fn open(
    tx: &WriteTx,
    id: CampaignRemarkId,
) -> Result<(campaign_remark::Model, campaign::Model, campaign_target::Model)> {
    let row = repo::remark(tx, id).await?;
    let round = repo::campaign(tx, row.campaign_id).await?;
    let target = repo::target(tx, row.target_id).await?;
    if is_me(tx, target.staff_id).await? {
        return Err(Violation::new("", "campaigns.own_matter").into());
    }
    if round.status == CampaignStatus::Planned {
        return Err(Violation::new("", "campaigns.step").into());
    }
    Ok((row, round, target))
}
