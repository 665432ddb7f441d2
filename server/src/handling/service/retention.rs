//! What is kept of a case for a time, and removed when that is over.

use domain::{calendar::local_date, permission::Permission};

use super::repo;
use crate::{
    auth::scope::Scope,
    db::{AuditEvent, Verb, identity::Center},
    error::Result,
    graphql::context::{App, Cx},
};

/// Removes who it was and what was said from a center's cases whose time is over.
pub async fn purge(app: &App, center: &Center) -> Result<u64> {
    let cx = Cx::new(app.clone(), Some(Scope::job(center, "handling")), None, app.ids.next().to_string());
    let ids = repo::kept_too_long(&*cx.read().await?, local_date(cx.now())).await?;
    if ids.is_empty() {
        return Ok(0);
    }
    let mut tx = cx.write(&cx.scope()?.require(Permission::ServiceCaseKeep)?).await?;
    let gone = repo::purge(&mut tx, &ids).await?;
    tx.commit(AuditEvent::of(Verb::ServiceCasesPurged).with_detail(gone.to_string())).await?;
    Ok(gone)
}
