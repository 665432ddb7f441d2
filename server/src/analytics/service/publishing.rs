//! What the city publishes of a closed period: figures by name, with how they come about, by two persons (Z-9).

use std::collections::{HashMap, HashSet};

use domain::{
    AccountId, PublicationId, Violation,
    complaints::form::entry,
    metrics::{CalendarPeriod, Metric},
    permission::Permission,
};
use entity::metric_publication;
use sea_orm::ActiveValue::{Set, Unchanged};

use crate::{
    analytics::repo,
    db::{AuditEvent, ReadTx, Verb, WriteTx},
    error::{Error, Result},
    graphql::context::Cx,
    tenancy,
};

/// What is to be published.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// The period: `2026-03`, `2026-Q1`, `2026`.
    pub period: String,
    /// Which figures.
    pub metrics: Vec<Metric>,
    /// How they come about, in Chinese.
    pub formula_zh: String,
    /// … in English.
    pub formula_en: String,
}

/// A publication, with who did what where the viewer is of the city office.
#[derive(Clone, Debug)]
pub struct Published {
    /// The row.
    pub row: metric_publication::Model,
    /// Which figures.
    pub metrics: Vec<Metric>,
    /// The period.
    pub period: CalendarPeriod,
    /// Who proposed it.
    pub proposed_by: Option<String>,
    /// Who published it.
    pub approved_by: Option<String>,
    /// Whether the viewer may publish it.
    pub may_approve: bool,
}

/// A publication as somebody has seen it.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    /// Which.
    pub id: PublicationId,
    /// Its version then.
    pub version: i32,
}

/// Everything that was proposed in the viewer's city, the newest first.
///
/// # Errors
/// From the database.
pub async fn list(cx: &Cx) -> Result<Vec<Published>> {
    cx.scope()?.require(Permission::ComparePublish)?;
    let tx = cx.read().await?;
    told(cx, &tx, repo::publications(&tx).await?).await
}

/// Those of a period that stand, for whoever may see the period.
///
/// # Errors
/// From the database.
pub async fn standing(cx: &Cx, tx: &ReadTx, period: &str) -> Result<Vec<Published>> {
    let mut rows = repo::publications(tx).await?;
    rows.retain(|row| row.period == period && stands(row));
    told(cx, tx, rows).await
}

/// The notice under which a figure of a period is published, if it is.
///
/// # Errors
/// From the database.
pub async fn of(tx: &ReadTx, period: &str, metric: Metric) -> Result<Option<PublicationId>> {
    let rows = repo::publications(tx).await?;
    let about =
        |row: &&metric_publication::Model| row.period == period && stands(row) && metrics(row).contains(&metric);
    Ok(rows.iter().find(about).map(|row| row.id))
}

/// Proposes to publish figures of a closed period.
///
/// # Errors
/// `metrics.period_unknown`, `metrics.not_closed`, `form.required`, `metrics.published_before` where one of them is
/// published or proposed already.
pub async fn propose(cx: &Cx, proposal: Proposal) -> Result<Published> {
    let period = CalendarPeriod::parse(proposal.period.trim())?;
    let mut found: Vec<Violation> = [("formulaZh", &proposal.formula_zh), ("formulaEn", &proposal.formula_en)]
        .into_iter()
        .filter_map(|(field, text)| entry(field, text).err())
        .collect();
    if proposal.metrics.is_empty() {
        found.push(Violation::new("metrics", "form.required"));
    }
    if !found.is_empty() {
        return Err(Error::Invalid(found));
    }
    let (mut tx, me) = begin(cx).await?;
    let key = period.to_string();
    if !repo::is_closed(&tx, &key).await? {
        return Err(Violation::new("period", "metrics.not_closed").into());
    }
    let rows = repo::publications(&tx).await?;
    let live = rows.iter().filter(|row| row.period == key && row.withdrawn_at.is_none());
    let taken: HashSet<Metric> = live.flat_map(metrics).collect();
    if proposal.metrics.iter().any(|metric| taken.contains(metric)) {
        return Err(Violation::new("metrics", "metrics.published_before").into());
    }
    let ids: Vec<String> =
        Metric::ALL.iter().filter(|one| proposal.metrics.contains(one)).map(|one| one.id()).collect();
    let row = metric_publication::ActiveModel {
        id: Set(PublicationId(cx.app.ids.next())),
        period: Set(key.clone()),
        metrics: Set(ids.join(",")),
        formula_zh: Set(proposal.formula_zh.trim().to_owned()),
        formula_en: Set(proposal.formula_en.trim().to_owned()),
        proposed_by: Set(me),
        proposed_at: Set(tx.now()),
        version: Set(1),
        ..Default::default()
    };
    let row = tx.city_insert(row).await?;
    finish(cx, tx, row, Verb::PublicationProposed).await
}

/// Publishes what somebody else has proposed.
///
/// # Errors
/// `metrics.own_proposal`, `metrics.decided` where it is published or taken back.
pub async fn approve(cx: &Cx, seen: Seen) -> Result<Published> {
    let (mut tx, me) = begin(cx).await?;
    let row = repo::publication(&tx, seen.id).await?;
    if row.published_at.is_some() || row.withdrawn_at.is_some() {
        return Err(Violation::new("", "metrics.decided").into());
    }
    if row.proposed_by == me {
        return Err(Violation::new("", "metrics.own_proposal").into());
    }
    let change = metric_publication::ActiveModel {
        id: Unchanged(row.id),
        approved_by: Set(Some(me)),
        published_at: Set(Some(tx.now())),
        ..Default::default()
    };
    let row = tx.city_update(change, seen.version).await?;
    finish(cx, tx, row, Verb::PublicationApproved).await
}

/// Takes back what was proposed or published, for a reason.
///
/// # Errors
/// `form.required`, `metrics.decided` where it was taken back before.
pub async fn withdraw(cx: &Cx, seen: Seen, reason: &str) -> Result<Published> {
    entry("reason", reason)?;
    let (mut tx, me) = begin(cx).await?;
    let row = repo::publication(&tx, seen.id).await?;
    if row.withdrawn_at.is_some() {
        return Err(Violation::new("", "metrics.decided").into());
    }
    let change = metric_publication::ActiveModel {
        id: Unchanged(row.id),
        withdrawn_by: Set(Some(me)),
        withdrawn_at: Set(Some(tx.now())),
        reason: Set(Some(reason.trim().to_owned())),
        ..Default::default()
    };
    let row = tx.city_update(change, seen.version).await?;
    finish(cx, tx, row, Verb::PublicationWithdrawn).await
}

async fn begin(cx: &Cx) -> Result<(WriteTx, AccountId)> {
    let tx = cx.write(&cx.scope()?.require(Permission::ComparePublish)?).await?;
    Ok((tx, cx.scope()?.account().ok_or(Error::Unauthenticated)?))
}

async fn finish(cx: &Cx, tx: WriteTx, row: metric_publication::Model, verb: Verb) -> Result<Published> {
    let told = told(cx, &tx, vec![row.clone()]).await?.pop();
    tx.commit(AuditEvent::on(row.id.0, verb).with_detail(format!("{} {}", row.period, row.metrics))).await?;
    Ok(told.ok_or_else(|| anyhow::anyhow!("a publication of an unknown period"))?)
}

/// Whether it is published.
const fn stands(row: &metric_publication::Model) -> bool {
    row.published_at.is_some() && row.withdrawn_at.is_none()
}

/// The figures that a row names. Another definition than the present is another figure.
fn metrics(row: &metric_publication::Model) -> Vec<Metric> {
    row.metrics.split(',').filter_map(Metric::from_id).collect()
}

async fn told(cx: &Cx, tx: &ReadTx, rows: Vec<metric_publication::Model>) -> Result<Vec<Published>> {
    let scope = cx.scope()?;
    let publishes = scope.require(Permission::ComparePublish).is_ok();
    let names: HashMap<AccountId, String> = if publishes && !rows.is_empty() {
        tenancy::centers::service::colleagues(tx).await?.into_iter().collect()
    } else {
        HashMap::new()
    };
    let mut told = Vec::with_capacity(rows.len());
    for row in rows {
        told.push(Published {
            metrics: metrics(&row),
            period: CalendarPeriod::parse(&row.period)?,
            proposed_by: names.get(&row.proposed_by).cloned(),
            approved_by: row.approved_by.and_then(|by| names.get(&by).cloned()),
            may_approve: publishes
                && row.published_at.is_none()
                && row.withdrawn_at.is_none()
                && scope.account() != Some(row.proposed_by),
            row,
        });
    }
    Ok(told)
}
