//! A round is put together: what it is, by which form, and what is rated in it.

use chrono::{Days, NaiveDate};
use domain::{
    CampaignId, CampaignTargetId, FormVersionId, PostId, StaffId, Violation,
    calendar::local_date,
    campaigns::{
        CampaignAction, CampaignForm, CampaignKind, CampaignStatus, TargetKind, after, check_pool, check_targets,
    },
    policy::{Policy, PolicyKey},
};
use entity::{campaign, campaign_target};
use sea_orm::ActiveValue::{Set, Unchanged};

use super::{centers_own, manage, repo, sound};
use crate::{
    db::{AuditEvent, ReadTx, Verb},
    error::{Error, Result},
    evaluation::forms,
    graphql::context::Cx,
    posts::{self, service::Seen},
};

/// A round, as it is typed.
#[derive(Clone, Debug)]
pub struct Typed {
    /// By which version of a form.
    pub form: FormVersionId,
    /// What it is called.
    pub name: String,
    /// The first day on which forms are taken.
    pub starts_on: NaiveDate,
    /// The last one.
    pub ends_on: NaiveDate,
    /// Until when its raters read replies; the city's days after its end without one.
    pub replies_until: Option<NaiveDate>,
    /// A mean is shown of so many forms at least; the city's number without one.
    pub least: Option<u32>,
    /// What the raters are told beforehand.
    pub briefing: String,
}

impl Typed {
    /// As the rules look at it.
    pub(in crate::campaigns) fn form(&self, policy: &Policy) -> CampaignForm {
        let days = Days::new(policy.get(PolicyKey::CampaignReplyDays).into());
        let usual = self.ends_on.checked_add_days(days).unwrap_or(self.ends_on);
        CampaignForm {
            name: self.name.clone(),
            starts_on: self.starts_on,
            ends_on: self.ends_on,
            replies_until: self.replies_until.unwrap_or(usual),
            least: self.least,
            briefing: self.briefing.clone(),
        }
    }
}

/// Plans a round.
pub async fn plan(cx: &Cx, kind: CampaignKind, typed: Typed) -> Result<campaign::Model> {
    let rules = cx.rules().await?;
    let form = typed.form(&rules.policy);
    sound(form.check(local_date(cx.now()), &rules.policy))?;
    let mut tx = manage(cx).await?;
    fits(&tx, kind, &typed, local_date(cx.now())).await?;
    let row = campaign::ActiveModel {
        id: Set(CampaignId(cx.app.ids.next())),
        kind: Set(kind),
        status: Set(CampaignStatus::Planned),
        coverage_note: Set(None),
        closed_at: Set(None),
        published_at: Set(None),
        created_at: Set(tx.now()),
        demo: Set(cx.app.demo),
        city_round_id: Set(None),
        version: Set(1),
        ..columns(kind, typed.form, form, &rules.policy)
    };
    let row = tx.insert(row).await?;
    tx.commit(AuditEvent::on(row.id.0, Verb::CampaignPlanned).with_detail(kind.key())).await?;
    Ok(row)
}

/// Changes a round that has not begun.
pub async fn edit(cx: &Cx, seen: Seen<CampaignId>, typed: Typed) -> Result<campaign::Model> {
    let rules = cx.rules().await?;
    let form = typed.form(&rules.policy);
    sound(form.check(local_date(cx.now()), &rules.policy))?;
    let mut tx = manage(cx).await?;
    let row = repo::campaign(&tx, seen.id).await?;
    centers_own(&row)?;
    after(row.status, CampaignAction::Edit)?;
    fits(&tx, row.kind, &typed, local_date(cx.now())).await?;
    let change = campaign::ActiveModel { id: Unchanged(seen.id), ..columns(row.kind, typed.form, form, &rules.policy) };
    let row = tx.update(change, seen.version).await?;
    tx.commit(AuditEvent::on(row.id.0, Verb::CampaignEdited)).await?;
    Ok(row)
}

/// Whether the form is one of the kind, and counts on the first day that is still to come.
pub(in crate::campaigns) async fn fits(tx: &ReadTx, kind: CampaignKind, typed: &Typed, today: NaiveDate) -> Result<()> {
    let (version, _) = forms::service::published(tx, typed.form).await?;
    if version.kind != kind.rules().form {
        return Err(Violation::new("form", "campaigns.form_kind").into());
    }
    let counts = forms::service::counting(tx, version.kind, typed.starts_on.max(today)).await?;
    if counts != Some(version.id) {
        return Err(Violation::new("form", "campaigns.form_not_in_force").into());
    }
    Ok(())
}

/// Of how many forms a mean is shown.
pub(in crate::campaigns) fn least(kind: CampaignKind, wanted: Option<u32>, policy: &Policy) -> i32 {
    let usual = if kind.rules().grouped { policy.get(PolicyKey::CampaignLeast) } else { 1 };
    i32::try_from(wanted.filter(|_| kind.rules().grouped).unwrap_or(usual)).unwrap_or(i32::MAX)
}

fn columns(kind: CampaignKind, version: FormVersionId, form: CampaignForm, policy: &Policy) -> campaign::ActiveModel {
    let CampaignForm { name, starts_on, ends_on, replies_until, least: wanted, briefing } = form;
    campaign::ActiveModel {
        name: Set(name),
        form_version_id: Set(version),
        starts_on: Set(starts_on),
        ends_on: Set(ends_on),
        replies_until: Set(replies_until),
        least: Set(least(kind, wanted, policy)),
        briefing: Set(briefing),
        ..Default::default()
    }
}

/// What shall be rated: a post, somebody, or neither: then the center.
#[derive(Clone, Debug)]
pub struct NewTarget {
    /// A post.
    pub post: Option<PostId>,
    /// Somebody of the staff.
    pub staff: Option<StaffId>,
    /// Their group of peers.
    pub pool: Option<String>,
}

impl NewTarget {
    fn kind(&self) -> Result<TargetKind> {
        match (self.post, self.staff) {
            (None, None) => Ok(TargetKind::Center),
            (Some(_), None) => Ok(TargetKind::Post),
            (None, Some(_)) => Ok(TargetKind::Staff),
            (Some(_), Some(_)) => Err(Violation::new("targets", "campaigns.target_kind").into()),
        }
    }
}

/// Says what is rated in a round, in place of what was said before.
pub async fn set_targets(cx: &Cx, seen: Seen<CampaignId>, new: Vec<NewTarget>) -> Result<campaign::Model> {
    let mut tx = manage(cx).await?;
    let row = repo::campaign(&tx, seen.id).await?;
    centers_own(&row)?;
    after(row.status, CampaignAction::Edit)?;
    let kinds: Vec<_> = new.iter().map(NewTarget::kind).collect::<Result<_>>()?;
    check_targets(row.kind, &kinds)?;
    let same = |a: &NewTarget, b: &NewTarget| (a.post, a.staff) == (b.post, b.staff);
    if new.iter().enumerate().any(|(n, one)| new.iter().take(n).any(|other| same(one, other))) {
        return Err(Violation::new("targets", "campaigns.target_twice").into());
    }
    let found: Vec<_> = new.iter().filter_map(|one| check_pool(row.kind, one.pool.as_deref())).collect();
    sound(found.into_iter().map(|violation| Violation { field: "targets", ..violation }).take(1).collect())?;
    repo::clear_targets(&mut tx, row.id).await?;
    let mut rows = Vec::with_capacity(new.len());
    for (position, (kind, one)) in (0..).zip(kinds.into_iter().zip(new)) {
        let (name, detail) = named(&tx, &one).await?;
        rows.push(campaign_target::ActiveModel {
            id: Set(CampaignTargetId(cx.app.ids.next())),
            campaign_id: Set(row.id),
            position: Set(position),
            kind: Set(kind),
            post_id: Set(one.post),
            staff_id: Set(one.staff),
            pool: Set(one.pool),
            name: Set(name),
            detail: Set(detail),
            ..Default::default()
        });
    }
    let count = rows.len();
    tx.insert_many(rows).await?;
    let change = campaign::ActiveModel { id: Unchanged(seen.id), ..Default::default() };
    let row = tx.update(change, seen.version).await?;
    tx.commit(AuditEvent::on(row.id.0, Verb::CampaignTargetsSet).with_detail(count.to_string())).await?;
    Ok(row)
}

/// What a rater is shown of a target: the name and window of a post, the name and number of somebody, no more.
async fn named(tx: &ReadTx, one: &NewTarget) -> Result<(Option<String>, Option<String>), Error> {
    if let Some(post) = one.post {
        let row = posts::repo::post(tx, post).await?;
        return Ok((Some(row.name), row.location));
    }
    if let Some(staff) = one.staff {
        let row = posts::service::working(tx, "targets", staff).await?;
        return Ok((Some(row.name), Some(row.staff_no)));
    }
    Ok((None, None))
}
