//! Who a talent is: shown for a reason, on record, and removed when its time is over.

use domain::{TalentRequestId, Violation, calendar::local_date, complaints::form::entry, permission::Permission};

use super::{repo, seen};
use crate::{
    auth::scope::Scope,
    db::{AuditEvent, Verb, identity::Center},
    error::Result,
    graphql::context::{App, Cx},
};

/// Name and phone of a talent.
#[derive(Clone, Debug)]
pub struct Contact {
    /// The name.
    pub name: Option<String>,
    /// The phone.
    pub phone: Option<String>,
}

/// Shows name and phone to the steward of a request, and to the administrator. The look and its reason are in the audit
/// before anything is shown.
pub async fn reveal(cx: &Cx, id: TalentRequestId, reason: &str) -> Result<Contact> {
    entry("reason", reason)?;
    let tx = cx.write(&cx.scope()?.require(Permission::TalentReveal)?).await?;
    let (row, viewer) = seen(cx, &tx, id).await?;
    if !viewer.reveals(&row) {
        return Err(Violation::new("", "talents.not_yours").into());
    }
    let keys = cx.app.keys.center(row.center_id);
    let open = |field, text: &Option<String>| text.as_deref().map(|text| keys.open(field, text)).transpose();
    let shown = Contact { name: open("name", &row.name_enc)?, phone: open("phone", &row.phone_enc)? };
    tx.commit(AuditEvent::on(id.0, Verb::TalentRevealed).with_detail(reason.trim())).await?;
    Ok(shown)
}

/// Removes the details of a center's requests whose time is over.
pub async fn purge(app: &App, center: &Center) -> Result<u64> {
    let cx = Cx::new(app.clone(), Some(Scope::job(center, "talents")), None, app.ids.next().to_string());
    let ids = repo::kept_too_long(&*cx.read().await?, local_date(cx.now())).await?;
    if ids.is_empty() {
        return Ok(0);
    }
    let mut tx = cx.write(&cx.scope()?.require(Permission::TalentKeep)?).await?;
    let gone = repo::purge(&mut tx, &ids).await?;
    tx.commit(AuditEvent::of(Verb::TalentsPurged).with_detail(gone.to_string())).await?;
    Ok(gone)
}
