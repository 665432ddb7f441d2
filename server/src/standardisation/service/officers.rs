//! Who looks after the standards: terms begin and end (6.11.2). Their trainings are read where they are kept.

use chrono::NaiveDate;
use domain::{
    StandardsOfficerId, Violation,
    calendar::local_date,
    standardisation::{OfficerForm, check_end, past},
};
use entity::standards_officer;
use sea_orm::ActiveValue::{Set, Unchanged};

use super::{super::repo, manage, sound};
use crate::{
    db::{AuditEvent, Verb},
    error::Result,
    graphql::context::Cx,
    posts::{self, service::Seen},
};

/// Appoints somebody.
pub async fn appoint(cx: &Cx, form: OfficerForm) -> Result<standards_officer::Model> {
    sound(form.check(local_date(cx.now())))?;
    let mut tx = manage(cx).await?;
    posts::service::working(&tx, "staff", form.staff).await?;
    posts::repo::hold(&mut tx, form.staff).await?;
    let terms = repo::terms_of(&tx, form.staff).await?;
    if terms.iter().any(|term| term.until_on.is_none_or(|until| until >= form.from)) {
        return Err(Violation::new("staff", "standards.officer_twice").into());
    }
    let row = standards_officer::ActiveModel {
        id: Set(StandardsOfficerId(cx.app.ids.next())),
        staff_id: Set(form.staff),
        full_time: Set(form.full_time),
        duties: Set(form.duties),
        from_on: Set(form.from),
        until_on: Set(None),
        demo: Set(cx.app.demo),
        version: Set(1),
        ..Default::default()
    };
    let row = tx.insert(row).await?;
    tx.commit(AuditEvent::on(row.id.0, Verb::StandardsOfficerAppointed)).await?;
    Ok(row)
}

/// Ends a term with a day that has come.
pub async fn end(cx: &Cx, seen: Seen<StandardsOfficerId>, until: NaiveDate) -> Result<standards_officer::Model> {
    sound(past("until", until, local_date(cx.now())).into_iter().collect())?;
    let mut tx = manage(cx).await?;
    let row = repo::officer(&tx, seen.id).await?;
    if row.until_on.is_some() {
        return Err(Violation::new("", "standards.term_over").into());
    }
    sound(check_end(row.from_on, until).into_iter().collect())?;
    let change =
        standards_officer::ActiveModel { id: Unchanged(seen.id), until_on: Set(Some(until)), ..Default::default() };
    let row = tx.update(change, seen.version).await?;
    tx.commit(AuditEvent::on(row.id.0, Verb::StandardsOfficerEnded)).await?;
    Ok(row)
}
