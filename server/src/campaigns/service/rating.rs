//! Whoever rates: takes part or does not, fills in, saves, hands in once, stands back, and says what they think of a
//! reply.
//!
//! An evaluator reaches the rows of their round alone; whoever works in the center reaches more, and is held here to
//! the rounds that they were named for.

use domain::{
    AttachmentId, BallotId, CampaignFormId, CampaignId, CampaignRemarkId, CampaignTargetId, FormVersionId, Violation,
    calendar::local_date,
    campaigns::{
        Assignment, BallotStatus, CampaignStatus, RaterStatus, Standing, assigned,
        ballot::BallotContent,
        remarks::{Opinion, check_opinion},
        takes_forms, takes_raters,
    },
    complaints::form::entry,
    files::OwnerKind,
    permission::Permission,
};
use entity::{ballot, campaign, campaign_form, campaign_rater, campaign_remark, campaign_target};
use sea_orm::ActiveValue::{Set, Unchanged};

use super::{course::said, demands, form_of, repo, seal, sound, third_party, written};
use crate::{
    db::{AuditEvent, ReadTx, Verb, WriteTx},
    error::{Conflict, Error, Kind, Result},
    files,
    graphql::context::Cx,
    posts::service::Seen,
};

/// What somebody fills in about a target.
#[derive(Clone, Debug)]
pub struct Filled {
    /// Which target.
    pub target: CampaignTargetId,
    /// How often their form about it was saved: 0 for the first time.
    pub version: i32,
    /// By which version of a form.
    pub form: FormVersionId,
    /// What.
    pub content: BallotContent,
    /// What proves it: every file that the content names.
    pub files: Vec<AttachmentId>,
}

/// Takes part in a round, having read the briefing, or does not.
pub async fn answer(cx: &Cx, round: CampaignId, accept: bool, reason: Option<String>) -> Result<campaign_rater::Model> {
    if let Some(reason) = &reason {
        entry("reason", reason)?;
    }
    let mut tx = begin(cx).await?;
    let (row, me) = part(&tx, round).await?;
    if !takes_raters(row.status) || local_date(cx.now()) > row.ends_on {
        return Err(Violation::new("", "campaigns.late").into());
    }
    if me.status != RaterStatus::Invited {
        return Err(Violation::new("", "campaigns.answered").into());
    }
    let status = if accept { RaterStatus::Accepted } else { RaterStatus::Declined };
    let change = campaign_rater::ActiveModel {
        id: Unchanged(me.id),
        status: Set(status),
        reason: Set(reason.filter(|_| !accept)),
        briefed_at: Set(accept.then(|| tx.now())),
        ..Default::default()
    };
    let me = tx.update(change, me.version).await?;
    let verb = if accept { Verb::CampaignAccepted } else { Verb::CampaignDeclined };
    tx.commit(AuditEvent::on(me.id.0, verb)).await?;
    Ok(me)
}

/// Saves what is filled in; it may be half of it.
pub async fn save(cx: &Cx, filled: Filled) -> Result<ballot::Model> {
    let mut tx = begin(cx).await?;
    let task = Task::of(&tx, filled.target).await?;
    let form = task.form(cx, &tx, filled.form).await?;
    task.still_to_give(filled.version)?;
    let today = local_date(cx.now());
    sound(filled.content.check_draft(&form, demands(&task.round, today)))?;
    let row = task.keep(cx, &mut tx, &filled, BallotStatus::Draft, true).await?;
    tx.commit(AuditEvent::on(row.id.0, Verb::BallotSaved)).await?;
    Ok(row)
}

/// Hands a form in, whole and once.
pub async fn hand_in(cx: &Cx, filled: Filled) -> Result<ballot::Model> {
    let mut tx = begin(cx).await?;
    let task = Task::of(&tx, filled.target).await?;
    let form = task.form(cx, &tx, filled.form).await?;
    task.still_to_give(filled.version)?;
    let today = local_date(cx.now());
    sound(filled.content.check_handed_in(&form, demands(&task.round, today)))?;
    let secret = task.round.kind.rules().secret;
    // Where the vote is secret it stays sealed until the end of the round.
    let row = task.keep(cx, &mut tx, &filled, BallotStatus::HandedIn, secret).await?;
    if !secret {
        let score = filled.content.score(&form)?;
        let given = campaign_form::ActiveModel {
            id: Set(CampaignFormId(cx.app.ids.next())),
            campaign_id: Set(task.round.id),
            target_id: Set(task.target.id),
            rater_id: Set(Some(task.me.id)),
            ballot_id: Set(Some(row.id)),
            content: Set(written(&filled.content.without_remarks())?),
            total: Set(i32::try_from(score.total).unwrap_or(i32::MAX)),
            vetoed: Set(score.vetoed),
            ..Default::default()
        };
        tx.insert(given).await?;
        let remarks = filled.content.remarks().iter();
        let about = (task.round.id, task.target.id);
        let remarks: Vec<_> =
            remarks.map(|one| said(CampaignRemarkId(cx.app.ids.next()), about, Some(task.me.id), one)).collect();
        if !remarks.is_empty() {
            tx.insert_many(remarks).await?;
        }
    }
    tx.commit(AuditEvent::on(row.id.0, Verb::BallotHandedIn)).await?;
    Ok(row)
}

/// Stands back from a target: one would be judging one's own matter (回避).
pub async fn recuse(cx: &Cx, target: CampaignTargetId, version: i32, reason: String) -> Result<ballot::Model> {
    entry("reason", &reason)?;
    let mut tx = begin(cx).await?;
    let task = Task::of(&tx, target).await?;
    task.takes_forms(cx)?;
    task.still_to_give(version)?;
    let change = ballot::ActiveModel {
        status: Set(BallotStatus::Recused),
        sealed: Set(None),
        reason: Set(Some(reason)),
        ..Default::default()
    };
    let row = task.write(cx, &mut tx, change).await?;
    // What was to prove something goes with it.
    files::service::give(&mut tx, &[], OwnerKind::Ballot, row.id.0).await?;
    tx.commit(AuditEvent::on(row.id.0, Verb::BallotRecused)).await?;
    Ok(row)
}

/// Says what one thinks of the reply to a remark of one's own, once.
pub async fn judge(
    cx: &Cx,
    seen: Seen<CampaignRemarkId>,
    opinion: Opinion,
    note: Option<String>,
) -> Result<campaign_remark::Model> {
    let mut tx = begin(cx).await?;
    let row = repo::remark(&tx, seen.id).await?;
    let (round, me) = own_part(&tx, row.campaign_id).await?;
    if row.rater_id != Some(me.id) {
        return Err(Error::NotFound(Kind::Row));
    }
    if local_date(cx.now()) > round.replies_until {
        return Err(Violation::new("", "campaigns.late").into());
    }
    check_opinion(row.disposition, row.opinion, opinion, note.as_deref())?;
    let change = campaign_remark::ActiveModel {
        id: Unchanged(row.id),
        opinion: Set(Some(opinion)),
        opinion_note: Set(note),
        ..Default::default()
    };
    let row = tx.update(change, seen.version).await?;
    tx.commit(AuditEvent::on(row.id.0, Verb::RemarkJudged).with_detail(opinion.key())).await?;
    Ok(row)
}

pub(super) async fn begin(cx: &Cx) -> Result<WriteTx> {
    cx.write(&cx.scope()?.require(Permission::CampaignRate)?).await
}

/// A round, and the viewer as one of its raters. A round that they have no part in is not there for them.
pub(super) async fn part(tx: &ReadTx, id: CampaignId) -> Result<(campaign::Model, campaign_rater::Model)> {
    let gone = || Error::NotFound(Kind::Campaign);
    let account = tx.scope().account().ok_or(Error::Unauthenticated)?;
    let me = repo::rater_of(tx, id, account).await?.ok_or_else(gone)?;
    Ok((repo::campaign(tx, id).await?, me))
}

/// The same of the round of a row: without a part in it the row is not there.
pub(super) async fn own_part(tx: &ReadTx, id: CampaignId) -> Result<(campaign::Model, campaign_rater::Model)> {
    part(tx, id).await.map_err(|error| match error {
        Error::NotFound(_) => Error::NotFound(Kind::Row),
        other => other,
    })
}

/// Who somebody and what a target is, for the question whether they rate it.
pub(super) fn rates(
    round: &campaign::Model,
    me: &campaign_rater::Model,
    target: &campaign_target::Model,
) -> Assignment {
    let own = Standing { staff: me.staff_id, pool: me.pool.as_deref() };
    assigned(round.kind, own, Standing { staff: target.staff_id, pool: target.pool.as_deref() })
}

/// A target that the viewer rates, with what they have filled in about it.
struct Task {
    round: campaign::Model,
    me: campaign_rater::Model,
    target: campaign_target::Model,
    before: Option<ballot::Model>,
}

impl Task {
    async fn of(tx: &ReadTx, id: CampaignTargetId) -> Result<Self> {
        let target = repo::target(tx, id).await?;
        let (round, me) = own_part(tx, target.campaign_id).await?;
        match rates(&round, &me, &target) {
            Assignment::Yes => {}
            Assignment::Oneself => return Err(Violation::new("target", "campaigns.oneself").into()),
            Assignment::No => return Err(Error::NotFound(Kind::Row)),
        }
        if me.status != RaterStatus::Accepted {
            return Err(Violation::new("", "campaigns.not_accepted").into());
        }
        let before = repo::ballot(tx, me.id, id).await?;
        Ok(Self { round, me, target, before })
    }

    fn takes_forms(&self, cx: &Cx) -> Result<()> {
        let days = (self.round.starts_on, self.round.ends_on);
        Ok(takes_forms(self.round.status, days, local_date(cx.now()))?)
    }

    /// What is in the round's form, if forms are taken and this is the one that was filled in.
    async fn form(&self, cx: &Cx, tx: &ReadTx, form: FormVersionId) -> Result<domain::evaluation::forms::FormContent> {
        self.takes_forms(cx)?;
        if form != self.round.form_version_id {
            return Err(Violation::new("form", "campaigns.form_version").into());
        }
        third_party::in_the_field(tx, &self.round).await?;
        form_of(tx, &self.round).await
    }

    /// Nothing was handed in yet, and what was saved is what the viewer saw.
    fn still_to_give(&self, version: i32) -> Result<()> {
        match &self.before {
            Some(row) if row.status == BallotStatus::HandedIn => Err(Violation::new("", "campaigns.handed_in").into()),
            Some(row) if row.status == BallotStatus::Recused => Err(Violation::new("", "campaigns.recused").into()),
            Some(row) if row.version == version => Ok(()),
            None if version == 0 => Ok(()),
            _ => Err(Error::Conflict(Conflict::Stale)),
        }
    }

    /// Keeps what was filled in, sealed where it is not written down elsewhere, with its files.
    async fn keep(
        &self,
        cx: &Cx,
        tx: &mut WriteTx,
        filled: &Filled,
        status: BallotStatus,
        sealed: bool,
    ) -> Result<ballot::Model> {
        let named = filled.content.files();
        if named.iter().any(|file| !filled.files.contains(file)) {
            return Err(Violation::new("files", "campaigns.file_unknown").into());
        }
        if self.round.kind.rules().secret && !filled.files.is_empty() {
            return Err(Violation::new("files", "campaigns.no_files").into());
        }
        let keys = cx.app.keys.center(self.round.center_id);
        let sealed = if sealed { Some(seal(&keys, &filled.content)?) } else { None };
        let change =
            ballot::ActiveModel { status: Set(status), sealed: Set(sealed), reason: Set(None), ..Default::default() };
        let row = self.write(cx, tx, change).await?;
        files::service::give(tx, &filled.files, OwnerKind::Ballot, row.id.0).await?;
        Ok(row)
    }

    async fn write(&self, cx: &Cx, tx: &mut WriteTx, change: ballot::ActiveModel) -> Result<ballot::Model> {
        if let Some(row) = &self.before {
            return tx.update(ballot::ActiveModel { id: Unchanged(row.id), ..change }, row.version).await;
        }
        let new = ballot::ActiveModel {
            id: Set(BallotId(cx.app.ids.next())),
            campaign_id: Set(self.round.id),
            rater_id: Set(self.me.id),
            target_id: Set(self.target.id),
            version: Set(1),
            ..change
        };
        tx.insert(new).await
    }
}

/// Whether a round is one whose raters still look in: it takes forms or will, or they may read replies.
pub(super) fn is_shown(round: &campaign::Model, today: chrono::NaiveDate) -> bool {
    today <= round.replies_until && (round.status != CampaignStatus::Planned || today <= round.ends_on)
}
