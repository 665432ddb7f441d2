//! Taking centers in, stopping, closing them.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    AccountId, CenterId, Violation,
    center::{CenterAction, CenterKind, CenterStatus, Closing, after, check_code},
    permission::Permission,
};
use entity::{center_change, center_export};

use super::repo;
use crate::{
    db::{AuditEvent, ReadTx, Verb, centers::NewCenter, identity::Center},
    error::{Conflict, Error, Result},
    graphql::context::Cx,
    tenancy::service::profile::shown_lately,
};

/// Longest name, in characters.
const LONGEST_NAME: usize = 60;
/// Longest reason, in characters.
const LONGEST_REASON: usize = 500;

/// A center as its city sees it.
pub struct CenterRecord {
    /// The center.
    pub center: Center,
    /// Its state.
    pub status: CenterStatus,
    /// What was done with it, newest first.
    pub changes: Vec<Change>,
    /// When it last took its data along.
    pub exported: Option<center_export::Model>,
}

/// Something done with a center.
pub struct Change {
    /// What.
    pub action: CenterAction,
    /// Why.
    pub reason: String,
    /// By whom of the city office.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A center to be taken in.
pub struct Create {
    /// Public code.
    pub code: String,
    /// Chinese name.
    pub name_zh: String,
    /// English name.
    pub name_en: String,
    /// What it serves.
    pub kind: CenterKind,
}

/// The names of people of the city office, former ones included, for another context's transaction.
pub async fn colleagues(tx: &ReadTx) -> Result<Vec<(AccountId, String)>> {
    repo::colleagues(tx).await
}

/// Every center of the viewer's city.
pub async fn list(cx: &Cx) -> Result<Vec<CenterRecord>> {
    cx.scope()?.require(Permission::CenterManage)?;
    let tx = cx.read().await?;
    let people: HashMap<_, _> = repo::colleagues(&tx).await?.into_iter().collect();
    let mut changes: HashMap<CenterId, Vec<Change>> = HashMap::new();
    for row in repo::changes(&tx).await? {
        let center_change::Model { for_center, action, reason, account_id, created_at, .. } = row;
        let by = people.get(&account_id).cloned().unwrap_or_default();
        changes.entry(for_center).or_default().push(Change { action, reason, by, at: created_at });
    }
    let mut exports: HashMap<CenterId, center_export::Model> = HashMap::new();
    for row in repo::exports(&tx).await? {
        // The newest comes first.
        exports.entry(row.center_id).or_insert(row);
    }
    let record = |(center, status): (Center, CenterStatus)| CenterRecord {
        changes: changes.remove(&center.id).unwrap_or_default(),
        exported: exports.remove(&center.id),
        center,
        status,
    };
    Ok(tx.city_centers().await?.into_iter().map(record).collect())
}

/// Takes a center in. It has nobody yet: its administrator is appointed next.
pub async fn create(cx: &Cx, new: Create) -> Result<CenterId> {
    let granted = cx.scope()?.require(Permission::CenterManage)?;
    shown_lately(cx).await?;
    let by = cx.scope()?.account().ok_or(Error::Unauthenticated)?;
    let (code, name_zh, name_en) = (new.code.trim(), new.name_zh.trim(), new.name_en.trim());
    let mut found: Vec<_> = check_code(code).err().into_iter().collect();
    for (field, text) in [("nameZh", name_zh), ("nameEn", name_en)] {
        found.extend(text_fault(field, text, LONGEST_NAME));
    }
    if !found.is_empty() {
        return Err(Error::Invalid(found));
    }
    let id = CenterId(cx.app.ids.next());
    let center = NewCenter { id, code: code.into(), name_zh: name_zh.into(), name_en: name_en.into(), kind: new.kind };
    let mut tx = cx.write(&granted).await?;
    tx.add_center(center).await.map_err(|error| match error {
        Error::Conflict(Conflict::Taken) => Violation::new("code", "center.code_taken").into(),
        other => other,
    })?;
    repo::record(&mut tx, cx.app.ids.next(), id, CenterAction::Create, CenterStatus::Active, "", by).await?;
    tx.commit(AuditEvent::on(id.0, Verb::CenterCreated)).await?;
    Ok(id)
}

/// Moves a center to another state, for a reason.
pub async fn change(cx: &Cx, id: CenterId, action: CenterAction, reason: &str) -> Result<CenterStatus> {
    let granted = cx.scope()?.require(Permission::CenterManage)?;
    shown_lately(cx).await?;
    let by = cx.scope()?.account().ok_or(Error::Unauthenticated)?;
    let reason = reason.trim();
    if let Some(fault) = text_fault("reason", reason, LONGEST_REASON) {
        return Err(fault.into());
    }
    let mut tx = cx.write(&granted).await?;
    let (center, seen) = tx.city_center(id).await?;
    let begun = repo::changes_of(&tx, id).await?.into_iter().find(|row| row.action == CenterAction::BeginClosing);
    let closing = match begun {
        Some(row) => {
            let exported =
                repo::exports_of(&tx, id).await?.first().is_some_and(|taken| taken.created_at >= row.created_at);
            Some(Closing { by: row.account_id, exported })
        }
        None => None,
    };
    let status = after(seen, action, by, closing)?;
    tx.move_center(id, seen, status).await?;
    repo::record(&mut tx, cx.app.ids.next(), id, action, status, reason, by).await?;
    let verb = match action {
        CenterAction::Create => Verb::CenterCreated,
        CenterAction::Suspend => Verb::CenterSuspended,
        CenterAction::Reinstate => Verb::CenterReinstated,
        CenterAction::BeginClosing => Verb::CenterClosingBegun,
        CenterAction::KeepOpen => Verb::CenterKeptOpen,
        CenterAction::Close => Verb::CenterClosed,
    };
    tx.commit(AuditEvent::on(id.0, verb).with_detail(center.code)).await?;
    Ok(status)
}

fn text_fault(field: &'static str, text: &str, longest: usize) -> Option<Violation> {
    match text.chars().count() {
        0 => Some(Violation::new(field, "form.required")),
        length if length > longest => Some(Violation::new(field, "form.too_long").with("max", longest)),
        _ => None,
    }
}
