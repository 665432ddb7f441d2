//! A round is opened, closed and published.

use domain::{
    BallotId, CampaignFormId, CampaignId, CampaignRemarkId, CampaignTargetId, Violation,
    calendar::local_date,
    campaigns::{
        BallotStatus, CampaignAction, CampaignStatus, RaterStatus, Raters,
        ballot::BallotContent,
        coverage::{coverage, is_covered},
        remarks::Disposition,
    },
    complaints::form::entry,
    policy::PolicyKey,
};
use entity::{ballot, campaign, campaign_form, campaign_rater, campaign_remark, campaign_target};
use sea_orm::{
    ActiveValue::{Set, Unchanged},
    ColumnTrait, Condition,
};

use super::{
    centers_own, form_of, is_form_d, manage, news, raters::interests_of, reading::facts, repo, roster, third_party,
    unseal, written,
};
use crate::{
    analytics::{self, counting::Counted},
    auth::scope::Scope,
    campaigns::city,
    crypto,
    db::{AuditEvent, Verb, WriteTx, identity::Center},
    error::{Error, Result},
    graphql::context::{App, Cx},
    posts::service::Seen,
};

/// Lets the raters begin.
pub async fn open(cx: &Cx, seen: Seen<CampaignId>) -> Result<campaign::Model> {
    let tx = manage(cx).await?;
    let row = repo::campaign(&tx, seen.id).await?;
    centers_own(&row)?;
    begin(cx, tx, row, seen.version).await
}

/// Begins a round, whoever organises it. Whoever has an interest in a target that came in after the draw stands back from
/// it.
pub(in crate::campaigns) async fn begin(
    cx: &Cx,
    mut tx: WriteTx,
    row: campaign::Model,
    version: i32,
) -> Result<campaign::Model> {
    let status = domain::campaigns::after(row.status, CampaignAction::Open)?;
    let targets = repo::targets(&tx, row.id).await?;
    let raters = repo::raters(&tx, row.id).await?;
    if targets.is_empty() {
        return Err(Violation::new("", "campaigns.no_targets").into());
    }
    if raters.is_empty() {
        return Err(Violation::new("", "campaigns.no_raters").into());
    }
    if row.ends_on < local_date(cx.now()) {
        return Err(Violation::new("", "campaigns.late").into());
    }
    third_party::agreed(&tx, &row).await?;
    if row.kind.rules().raters == Raters::Roster {
        stand_back(cx, &mut tx, &row, &targets, &raters).await?;
    }
    let change = campaign::ActiveModel { id: Unchanged(row.id), status: Set(status), ..Default::default() };
    let row = tx.update(change, version).await?;
    tx.commit(AuditEvent::on(row.id.0, Verb::CampaignOpened)).await?;
    Ok(row)
}

async fn stand_back(
    cx: &Cx,
    tx: &mut WriteTx,
    row: &campaign::Model,
    targets: &[campaign_target::Model],
    raters: &[campaign_rater::Model],
) -> Result<()> {
    let interests = roster::interests(tx).await?;
    let mut rows = Vec::new();
    for rater in raters {
        let own = rater.representative_id.and_then(|id| interests.get(&id)).map(Vec::as_slice).unwrap_or_default();
        for target in targets {
            let rated = interests_of(std::slice::from_ref(target));
            if own.iter().any(|interest| rated.contains(interest)) {
                rows.push(ballot::ActiveModel {
                    id: Set(BallotId(cx.app.ids.next())),
                    campaign_id: Set(row.id),
                    rater_id: Set(rater.id),
                    target_id: Set(target.id),
                    status: Set(BallotStatus::Recused),
                    sealed: Set(None),
                    reason: Set(None),
                    version: Set(1),
                    ..Default::default()
                });
            }
        }
    }
    if rows.is_empty() { Ok(()) } else { tx.insert_many(rows).await }
}

/// Takes no form any more: after the last day, or as soon as nothing is awaited.
pub async fn close(cx: &Cx, seen: Seen<CampaignId>) -> Result<campaign::Model> {
    let tx = manage(cx).await?;
    let row = repo::campaign(&tx, seen.id).await?;
    centers_own(&row)?;
    if row.ends_on >= local_date(cx.now()) && row.status == CampaignStatus::Open {
        let raters = facts(&tx, &row).await?;
        let waiting = raters.iter().filter(|rater| rater.status == RaterStatus::Accepted && !rater.is_done()).count();
        let unasked = raters.iter().filter(|rater| rater.status == RaterStatus::Invited).count();
        if waiting + unasked > 0 {
            return Err(Violation::new("", "campaigns.still_running").with("count", waiting + unasked).into());
        }
    }
    end(cx, tx, row, seen.version).await
}

/// Closes the rounds of a center whose last day is over; of those that end tomorrow it tells.
///
/// # Errors
/// From the database.
pub async fn sweep(app: &App, center: &Center) -> Result<()> {
    let cx = || Cx::new(app.clone(), Some(Scope::job(center, "campaigns")), None, app.ids.next().to_string());
    let looking = cx();
    let over = repo::over(&*looking.read().await?, local_date(app.clock.now())).await?;
    drop(looking);
    for row in over {
        let cx = cx();
        let tx = manage(&cx).await?;
        let version = row.version;
        end(&cx, tx, row, version).await?;
    }
    news::sweep(&cx()).await
}

/// Whoever never answered has not; what nobody handed in is gone; what was voted in secret is written down without its
/// voters.
pub(in crate::campaigns) async fn end(
    cx: &Cx,
    mut tx: WriteTx,
    row: campaign::Model,
    version: i32,
) -> Result<campaign::Model> {
    let status = domain::campaigns::after(row.status, CampaignAction::Close)?;
    if row.kind.rules().secret {
        tell_votes(cx, &mut tx, &row).await?;
    }
    let of_round = ballot::Column::CampaignId.eq(row.id);
    tx.update_where(of_round, ballot::ActiveModel { sealed: Set(None), ..Default::default() }).await?;
    let silent = Condition::all()
        .add(campaign_rater::Column::CampaignId.eq(row.id))
        .add(campaign_rater::Column::Status.is_in([RaterStatus::Drawn, RaterStatus::Invited]));
    let expired = campaign_rater::ActiveModel { status: Set(RaterStatus::Expired), ..Default::default() };
    tx.update_where(silent, expired).await?;
    let change = campaign::ActiveModel {
        id: Unchanged(row.id),
        status: Set(status),
        closed_at: Set(Some(tx.now())),
        ..Default::default()
    };
    let row = tx.update(change, version).await?;
    tx.commit(AuditEvent::on(row.id.0, Verb::CampaignClosed)).await?;
    Ok(row)
}

/// Opens the seals of a secret vote and writes the forms and remarks without their raters, shuffled and under ids
/// without order: which came with which vote is not to be seen, neither from the rows nor from their places.
async fn tell_votes(cx: &Cx, tx: &mut WriteTx, row: &campaign::Model) -> Result<()> {
    let keys = cx.app.keys.center(row.center_id);
    let form = form_of(tx, row).await?;
    let mut votes: Vec<(u64, ballot::Model, BallotContent)> = Vec::new();
    for ballot in repo::ballots(tx, row.id).await? {
        let content = unseal(&keys, &ballot)?;
        if let (BallotStatus::HandedIn, Some(content)) = (ballot.status, content) {
            votes.push((u64::from_be_bytes(crypto::random()?), ballot, content));
        }
    }
    votes.sort_by_key(|(place, ..)| *place);
    let mut forms = Vec::with_capacity(votes.len());
    let mut remarks: Vec<(u64, campaign_remark::ActiveModel)> = Vec::new();
    for (_, ballot, content) in &votes {
        let score = content.score(&form)?;
        forms.push(campaign_form::ActiveModel {
            id: Set(CampaignFormId(cx.app.ids.unordered())),
            campaign_id: Set(row.id),
            target_id: Set(ballot.target_id),
            rater_id: Set(None),
            ballot_id: Set(None),
            content: Set(written(&content.without_remarks())?),
            total: Set(i32::try_from(score.total).unwrap_or(i32::MAX)),
            vetoed: Set(score.vetoed),
            ..Default::default()
        });
        for remark in content.remarks() {
            let id = CampaignRemarkId(cx.app.ids.unordered());
            let about = (ballot.campaign_id, ballot.target_id);
            remarks.push((u64::from_be_bytes(crypto::random()?), said(id, about, None, remark)));
        }
    }
    remarks.sort_by_key(|(place, _)| *place);
    if !forms.is_empty() {
        tx.insert_many(forms).await?;
    }
    if !remarks.is_empty() {
        tx.insert_many(remarks.into_iter().map(|(_, remark)| remark).collect()).await?;
    }
    Ok(())
}

/// A remark as it is written down when it is handed in.
pub(super) fn said(
    id: CampaignRemarkId,
    (round, target): (CampaignId, CampaignTargetId),
    rater: Option<domain::CampaignRaterId>,
    remark: &domain::campaigns::ballot::Remark,
) -> campaign_remark::ActiveModel {
    campaign_remark::ActiveModel {
        id: Set(id),
        campaign_id: Set(round),
        target_id: Set(target),
        rater_id: Set(rater),
        kind: Set(remark.kind),
        text: Set(remark.text.trim().to_owned()),
        category: Set(None),
        disposition: Set(Disposition::Open),
        task_id: Set(None),
        reply: Set(None),
        replied_at: Set(None),
        opinion: Set(None),
        opinion_note: Set(None),
        version: Set(1),
        ..Default::default()
    }
}

/// Shows the rated what a round came to: each remark was worked through, and each group was heard, or it is said why
/// not.
pub async fn publish(cx: &Cx, seen: Seen<CampaignId>, note: Option<String>) -> Result<campaign::Model> {
    if let Some(note) = &note {
        entry("note", note)?;
    }
    let least = cx.rules().await?.policy.get(PolicyKey::CampaignGroupLeast);
    let mut tx = manage(cx).await?;
    let row = repo::campaign(&tx, seen.id).await?;
    let status = domain::campaigns::after(row.status, CampaignAction::Publish)?;
    let remarks = repo::remarks(&tx, row.id).await?;
    let open = remarks.iter().filter(|remark| remark.disposition == Disposition::Open).count();
    if open > 0 {
        return Err(Violation::new("", "campaigns.open_remarks").with("count", open).into());
    }
    let covered = is_covered(&coverage(row.kind, &facts(&tx, &row).await?, least));
    if !covered && note.is_none() {
        return Err(Error::from(Violation::new("note", "campaigns.coverage")));
    }
    third_party::publish(&mut tx, &row).await?;
    let change = campaign::ActiveModel {
        id: Unchanged(row.id),
        status: Set(status),
        coverage_note: Set(note.filter(|_| !covered)),
        published_at: Set(Some(tx.now())),
        ..Default::default()
    };
    let row = tx.update(change, seen.version).await?;
    let mut counted = Counted::default();
    counted.round(&row, is_form_d(&form_of(&tx, &row).await?), &repo::forms(&tx, row.id).await?);
    analytics::service::count(&mut tx, counted).await?;
    city::tell(&mut tx, &row).await?;
    tx.commit(AuditEvent::on(row.id.0, Verb::CampaignPublished)).await?;
    Ok(row)
}
