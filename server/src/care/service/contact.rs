//! How to reach somebody: shown for a reason, on record, and removed when its time is over.

use domain::{CareRecordId, calendar::local_date, care::Contact, complaints::form::entry, permission::Permission};
use entity::care_record;

use super::{own, repo};
use crate::{
    auth::scope::Scope,
    db::{AuditEvent, Verb, identity::Center},
    error::Result,
    graphql::context::{App, Cx},
};

/// Shows name, phone and address. The look and its reason are in the audit before anything is shown.
pub async fn reveal(cx: &Cx, id: CareRecordId, reason: &str) -> Result<Contact> {
    entry("reason", reason)?;
    let tx = cx.write(&cx.scope()?.require(Permission::CareReveal)?).await?;
    let row = own(cx, &tx, id).await?;
    let shown = opened(cx, &row)?;
    tx.commit(AuditEvent::on(id.0, Verb::CareContactRevealed).with_detail(reason.trim())).await?;
    Ok(shown)
}

fn opened(cx: &Cx, row: &care_record::Model) -> Result<Contact> {
    let keys = cx.app.keys.center(row.center_id);
    let open = |field, text: &Option<String>| text.as_deref().map(|text| keys.open(field, text)).transpose();
    Ok(Contact {
        name: open("name", &row.name_enc)?,
        phone: open("phone", &row.phone_enc)?,
        address: open("address", &row.address_enc)?,
    })
}

/// Removes the details of a center's services whose time is over.
pub async fn purge(app: &App, center: &Center) -> Result<u64> {
    let cx = Cx::new(app.clone(), Some(Scope::job(center, "care")), None, app.ids.next().to_string());
    let ids = repo::kept_too_long(&*cx.read().await?, local_date(cx.now())).await?;
    if ids.is_empty() {
        return Ok(0);
    }
    let mut tx = cx.write(&cx.scope()?.require(Permission::CareKeep)?).await?;
    let gone = repo::purge(&mut tx, &ids).await?;
    tx.commit(AuditEvent::of(Verb::CarePurged).with_detail(gone.to_string())).await?;
    Ok(gone)
}
