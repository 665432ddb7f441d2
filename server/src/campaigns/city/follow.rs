//! A center follows the rounds of its city: by a job, inside the center.

use domain::{
    CampaignId, CampaignTargetId,
    calendar::local_date,
    campaigns::{
        CampaignStatus, TargetKind,
        city::{CityRoundStatus, Follow, follow as next},
    },
};
use entity::{campaign, campaign_target, city_round, round_part};
use sea_orm::ActiveValue::Set;

use super::{repo, service::centers_of, told::Told};
use crate::{
    auth::scope::Scope,
    campaigns::service::{course, manage},
    db::{AuditEvent, Verb, identity::Center},
    error::{Error, Result},
    graphql::context::{App, Cx},
};

/// Plans, opens and closes in a center what its city has planned, opened and closed, and tells the city how far it is.
///
/// # Errors
/// From the database. What a rule forbids is no error: the city is told.
pub async fn follow(app: &App, center: &Center) -> Result<()> {
    let job = || Cx::new(app.clone(), Some(Scope::job(center, "city_rounds")), None, app.ids.next().to_string());
    let looking = job();
    let tx = looking.read().await?;
    let mut rounds = repo::running(&tx, local_date(app.clock.now())).await?;
    rounds.retain(|round| centers_of(round).is_ok_and(|chosen| chosen.contains(&center.id)));
    let own = repo::own_rounds(&tx, rounds.iter().map(|round| round.id).collect()).await?;
    let told = if rounds.is_empty() { Vec::new() } else { repo::own_parts(&tx).await? };
    drop(tx);
    drop(looking);
    for round in rounds {
        let row = own.iter().find(|row| row.city_round_id == Some(round.id)).cloned();
        let before = told.iter().find(|part| part.city_round_id == round.id);
        one(&job, &round, row, before).await?;
    }
    Ok(())
}

async fn one(
    job: &(impl Fn() -> Cx + Sync),
    round: &city_round::Model,
    row: Option<campaign::Model>,
    before: Option<&round_part::Model>,
) -> Result<()> {
    let row = match row {
        None if round.status != CityRoundStatus::Closed => Some(planned(&job(), round).await?),
        known => known,
    };
    let (row, problem) = match row {
        Some(row) => step(&job(), round, row).await?,
        None => (None, Some("campaigns.never_opened")),
    };
    let cx = job();
    let told = Told::of(&*cx.read().await?, row.as_ref(), problem.map(ToOwned::to_owned)).await?;
    if before.is_some_and(|before| Told::from(before) == told) {
        return Ok(());
    }
    let mut tx = manage(&cx).await?;
    let part = told.row(round.id, &tx);
    tx.upsert_metrics(vec![part]).await?;
    tx.commit(AuditEvent::on(round.id.0, Verb::CityRoundTold)).await
}

/// The center's round as it is then, and the code of what keeps it from following.
async fn step(
    cx: &Cx,
    round: &city_round::Model,
    row: campaign::Model,
) -> Result<(Option<campaign::Model>, Option<&'static str>)> {
    let never = round.status == CityRoundStatus::Closed && row.status == CampaignStatus::Planned;
    let version = row.version;
    let stepped = match next(round.status, row.status) {
        Follow::Nothing => return Ok((Some(row), never.then_some("campaigns.never_opened"))),
        Follow::Open => course::begin(cx, manage(cx).await?, row.clone(), version).await,
        Follow::Close => course::end(cx, manage(cx).await?, row.clone(), version).await,
    };
    match stepped {
        Ok(row) => Ok((Some(row), None)),
        Err(Error::Invalid(found)) => Ok((Some(row), found.first().map(|violation| violation.code))),
        Err(error) => Err(error),
    }
}

/// The city's round as one of the center, about the center as a whole.
async fn planned(cx: &Cx, round: &city_round::Model) -> Result<campaign::Model> {
    let mut tx = manage(cx).await?;
    let row = campaign::ActiveModel {
        id: Set(CampaignId(cx.app.ids.next())),
        kind: Set(round.kind),
        name: Set(round.name.clone()),
        form_version_id: Set(round.form_version_id),
        starts_on: Set(round.starts_on),
        ends_on: Set(round.ends_on),
        replies_until: Set(round.replies_until),
        least: Set(round.least),
        briefing: Set(round.briefing.clone()),
        status: Set(CampaignStatus::Planned),
        coverage_note: Set(None),
        closed_at: Set(None),
        published_at: Set(None),
        created_at: Set(tx.now()),
        demo: Set(cx.app.demo),
        city_round_id: Set(Some(round.id)),
        version: Set(1),
        ..Default::default()
    };
    let row = tx.insert(row).await?;
    let target = campaign_target::ActiveModel {
        id: Set(CampaignTargetId(cx.app.ids.next())),
        campaign_id: Set(row.id),
        position: Set(0),
        kind: Set(TargetKind::Center),
        post_id: Set(None),
        staff_id: Set(None),
        pool: Set(None),
        name: Set(None),
        detail: Set(None),
        ..Default::default()
    };
    tx.insert(target).await?;
    tx.commit(AuditEvent::on(row.id.0, Verb::CampaignPlanned).with_detail(row.kind.key())).await?;
    Ok(row)
}
