//! What the city does with its rounds, and what it sees of them.

use domain::{
    CenterId, CityRoundId, Violation,
    calendar::local_date,
    campaigns::{
        CampaignForm, CampaignKind,
        city::{CityRoundAction, CityRoundStatus, after, check, is_organised},
    },
    center::CenterStatus,
    evaluation::forms::FormStatus,
    permission::Permission,
};
use entity::{city_round, form_version::Summary, round_part};
use sea_orm::ActiveValue::{Set, Unchanged};

use super::{follow, repo};
use crate::{
    campaigns::service::{
        planning::{Typed, fits, least},
        sound,
    },
    db::{AuditEvent, ReadTx, Verb, identity::Center},
    error::{Error, Kind, Result},
    evaluation::forms,
    graphql::context::Cx,
    posts::service::Seen,
};

/// A round of the city with each center's part in it.
pub struct Page {
    /// The round.
    pub row: city_round::Model,
    /// The number of the form's version.
    pub form_number: i32,
    /// Its centers in the city's order, each with what it tells; nothing yet without.
    pub parts: Vec<(Center, Option<round_part::Model>)>,
    /// What may be done with it now.
    pub actions: Vec<CityRoundAction>,
}

/// What a round is put together from.
pub struct Choices {
    /// Centers at work.
    pub centers: Vec<Center>,
    /// Versions of forms that a round of the city may use.
    pub forms: Vec<Summary>,
}

/// The city's rounds, newest first.
pub async fn list(cx: &Cx) -> Result<Vec<city_round::Model>> {
    cx.scope()?.require(Permission::CityRoundManage)?;
    repo::rounds(&*cx.read().await?).await
}

/// One of them.
pub async fn page(cx: &Cx, id: CityRoundId) -> Result<Page> {
    cx.scope()?.require(Permission::CityRoundManage)?;
    let tx = cx.read().await?;
    let row = repo::round(&tx, id).await?;
    let chosen = centers_of(&row)?;
    let mut parts = repo::parts(&tx, id).await?;
    let part = |center: Center| {
        let at = parts.iter().position(|part| part.center_id == center.id);
        let told = at.map(|at| parts.swap_remove(at));
        (center, told)
    };
    let known = tx.city_centers().await?.into_iter().map(|(center, _)| center);
    let lines = known.filter(|center| chosen.contains(&center.id)).map(part).collect();
    let (version, _) = forms::service::published(&tx, row.form_version_id).await?;
    let may = |action: &&CityRoundAction| after(row.status, **action).is_ok();
    Ok(Page {
        form_number: version.number,
        parts: lines,
        actions: CityRoundAction::ALL.iter().filter(may).copied().collect(),
        row,
    })
}

/// What a round is put together from.
pub async fn choices(cx: &Cx) -> Result<Choices> {
    cx.scope()?.require(Permission::CityRoundManage)?;
    let tx = cx.read().await?;
    let mut forms = forms::service::public(&tx).await?;
    let used = |version: &Summary| {
        let kinds = CampaignKind::ALL.iter().filter(|kind| is_organised(**kind));
        kinds.map(|kind| kind.rules().form).any(|form| form == version.kind)
    };
    forms.retain(|version| version.status == FormStatus::Published && used(version));
    Ok(Choices { centers: at_work(&tx).await?, forms })
}

/// Centers that a round can be planned in.
async fn at_work(tx: &ReadTx) -> Result<Vec<Center>> {
    let all = tx.city_centers().await?.into_iter();
    Ok(all.filter(|(_, status)| *status == CenterStatus::Active).map(|(center, _)| center).collect())
}

/// Plans a round in some centers of the city, and in each of them at once.
pub async fn plan(cx: &Cx, kind: CampaignKind, centers: Vec<CenterId>, typed: Typed) -> Result<Page> {
    let granted = cx.scope()?.require(Permission::CityRoundManage)?;
    let rules = cx.rules().await?;
    let form = typed.form(&rules.policy);
    let today = local_date(cx.now());
    let mut found = form.check(today, &rules.policy);
    found.extend(check(kind, &centers));
    sound(found)?;
    let mut tx = cx.write(&granted).await?;
    let known = at_work(&tx).await?;
    if !centers.iter().all(|id| known.iter().any(|center| center.id == *id)) {
        return Err(Error::NotFound(Kind::Center));
    }
    fits(&tx, kind, &typed, today).await?;
    let CampaignForm { name, starts_on, ends_on, replies_until, least: wanted, briefing } = form;
    let row = city_round::ActiveModel {
        id: Set(CityRoundId(cx.app.ids.next())),
        kind: Set(kind),
        name: Set(name),
        form_version_id: Set(typed.form),
        starts_on: Set(starts_on),
        ends_on: Set(ends_on),
        replies_until: Set(replies_until),
        least: Set(least(kind, wanted, &rules.policy)),
        briefing: Set(briefing),
        status: Set(CityRoundStatus::Planned),
        centers: Set(serde_json::to_string(&centers).map_err(anyhow::Error::from)?),
        created_at: Set(tx.now()),
        version: Set(1),
        ..Default::default()
    };
    let row = repo::add(&mut tx, row).await?;
    let event = AuditEvent::on(row.id.0, Verb::CityRoundPlanned);
    tx.commit(event.with_detail(format!("{} centers={}", kind.key(), centers.len()))).await?;
    carried_out(cx, row).await
}

/// Opens or closes a round, in all of its centers. One that cannot follow yet says why, and does as soon as it can.
pub async fn act(cx: &Cx, seen: Seen<CityRoundId>, action: CityRoundAction) -> Result<Page> {
    let granted = cx.scope()?.require(Permission::CityRoundManage)?;
    let mut tx = cx.write(&granted).await?;
    let row = repo::round(&tx, seen.id).await?;
    let status = after(row.status, action)?;
    if action == CityRoundAction::Open && row.ends_on < local_date(cx.now()) {
        return Err(Violation::new("", "campaigns.late").into());
    }
    let change = city_round::ActiveModel { id: Unchanged(row.id), status: Set(status), ..Default::default() };
    let row = repo::change(&mut tx, change, seen.version).await?;
    let verb = match action {
        CityRoundAction::Open => Verb::CityRoundOpened,
        CityRoundAction::Close => Verb::CityRoundClosed,
    };
    tx.commit(AuditEvent::on(row.id.0, verb)).await?;
    carried_out(cx, row).await
}

/// Lets each center follow, one after the other. What one of them cannot do keeps no other from it, and comes again with the
/// hourly job.
async fn carried_out(cx: &Cx, row: city_round::Model) -> Result<Page> {
    let chosen = centers_of(&row)?;
    for center in cx.app.db.identity().centers(row.city_id).await? {
        if chosen.contains(&center.id)
            && let Err(error) = follow(&cx.app, &center).await
        {
            tracing::error!(?error, center = center.code, "a center did not follow a round of its city");
        }
    }
    page(cx, row.id).await
}

/// The ids of a round's centers.
pub(super) fn centers_of(row: &city_round::Model) -> Result<Vec<CenterId>> {
    Ok(serde_json::from_str(&row.centers).map_err(anyhow::Error::from)?)
}
