//! Reading, trying out and setting policy values.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    Violation,
    complaints::effect::Effect,
    permission::Permission,
    policy::{Policy, PolicyKey},
};
use entity::policy_change;

use super::repo;
use crate::{
    auth::scope::Scope,
    complaints,
    db::{AuditEvent, ReadTx, Verb},
    error::{Conflict, Error, Result},
    graphql::context::Cx,
    tenancy::service::profile::shown_lately,
};

/// Longest reason, in characters.
const LONGEST_REASON: usize = 500;

/// A value that was set.
pub struct Change {
    /// Of what.
    pub key: PolicyKey,
    /// What it was.
    pub previous: i32,
    /// What it became.
    pub value: i32,
    /// Why.
    pub reason: String,
    /// By whom.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// The values in force at the viewer's city.
pub async fn values(cx: &Cx) -> Result<Policy> {
    cx.scope()?.require(Permission::PolicyManage)?;
    in_force(&*cx.read().await?).await
}

/// What was changed, newest first.
pub async fn changes(cx: &Cx) -> Result<Vec<Change>> {
    cx.scope()?.require(Permission::PolicyManage)?;
    let tx = cx.read().await?;
    let rows = repo::changes(&tx).await?;
    let names: HashMap<_, _> =
        repo::names(&tx, rows.iter().map(|row| row.account_id).collect()).await?.into_iter().collect();
    let change = |row: policy_change::Model| {
        let by = names.get(&row.account_id).cloned().unwrap_or_default();
        let policy_change::Model { key, previous, value, reason, created_at, .. } = row;
        Some(Change { key: PolicyKey::from_key(&key)?, previous, value, reason, by, at: created_at })
    };
    Ok(rows.into_iter().filter_map(change).collect())
}

/// What `value` would mean for the open cases of the city's centers: numbers, center by center added up. The product
/// counts inside each center; no case leaves it.
pub async fn effect(cx: &Cx, key: PolicyKey, value: u32) -> Result<Effect> {
    cx.scope()?.require(Permission::PolicyManage)?;
    let city = cx.scope()?.city();
    let rules = cx.app.rules(city).await?;
    let present = values(cx).await?;
    let proposed = present.with(key, value)?;
    let mut sum = Effect::default();
    for center in cx.app.db.identity().working_centers(city).await? {
        let inside = cx.under(Scope::job(&center, "policy_effect")).await;
        let cases = complaints::service::open_clocks(&*inside.read().await?).await?;
        sum = sum.and(Effect::of(&cases, &present, &proposed, &rules.calendar, cx.now()));
    }
    Ok(sum)
}

/// Sets a value, if it is still `seen`.
pub async fn set(cx: &Cx, key: PolicyKey, seen: u32, value: u32, reason: &str) -> Result<()> {
    let granted = cx.scope()?.require(Permission::PolicyManage)?;
    shown_lately(cx).await?;
    let by = cx.scope()?.account().ok_or(Error::Unauthenticated)?;
    let reason = reason.trim();
    match reason.chars().count() {
        0 => return Err(Violation::new("reason", "form.required").into()),
        length if length > LONGEST_REASON => {
            return Err(Violation::new("reason", "form.too_long").with("max", LONGEST_REASON).into());
        }
        _ => {}
    }
    let mut tx = cx.write(&granted).await?;
    let present = in_force(&tx).await?;
    if present.get(key) != seen {
        return Err(Error::Conflict(Conflict::Stale));
    }
    if value == seen {
        return Err(Violation::new("value", "policy.same").into());
    }
    present.with(key, value)?;
    let stored = |value: u32| i32::try_from(value).map_err(anyhow::Error::from);
    repo::set(&mut tx, cx.app.ids.next(), by, key, (stored(seen)?, stored(value)?), reason).await?;
    let city = tx.scope().city();
    tx.commit(AuditEvent::of(Verb::PolicyChanged).with_detail(format!("{} {seen} {value}", key.key()))).await?;
    cx.app.forget_rules(city).await;
    Ok(())
}

async fn in_force(tx: &ReadTx) -> Result<Policy> {
    let rows = repo::values(tx).await?.into_iter();
    Ok(Policy::new(rows.filter_map(|row| PolicyKey::from_key(&row.key).zip(u32::try_from(row.value).ok()))))
}
