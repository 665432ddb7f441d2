//! The center looks at itself, writes down what it found, and closes what was put right.

use domain::{
    AuditFindingId, ManagedStandardId, SelfAuditId, StaffId, Violation,
    calendar::local_date,
    complaints::form::entry,
    improvement::{RectificationSource, TaskForm},
    standardisation::{AuditForm, FindingFacts, FindingForm, check_auditor},
};
use entity::{rectification_task, self_audit, self_audit_finding};
use sea_orm::ActiveValue::{Set, Unchanged};

use super::{super::repo, actor, manage, sound};
use crate::{
    db::{AuditEvent, Verb},
    error::Result,
    graphql::context::Cx,
    improvement::service::{NewTask, Source, open_first, opened},
    posts::{self, service::Seen},
};

/// Writes down that somebody looked.
pub async fn record(cx: &Cx, form: AuditForm) -> Result<self_audit::Model> {
    sound(form.check(local_date(cx.now())))?;
    let mut tx = manage(cx).await?;
    posts::service::working(&tx, "auditor", form.auditor).await?;
    let row = self_audit::ActiveModel {
        id: Set(SelfAuditId(cx.app.ids.next())),
        on_day: Set(form.on),
        scope: Set(form.scope),
        auditor_id: Set(form.auditor),
        recorder_id: Set(actor(cx)?),
        demo: Set(cx.app.demo),
        ..Default::default()
    };
    let row = tx.insert(row).await?;
    tx.commit(AuditEvent::on(row.id.0, Verb::SelfAuditRecorded)).await?;
    Ok(row)
}

/// Adds what was found in one place, perhaps about a standard.
pub async fn find(
    cx: &Cx,
    audit: SelfAuditId,
    standard: Option<ManagedStandardId>,
    form: FindingForm,
) -> Result<self_audit_finding::Model> {
    let mut tx = manage(cx).await?;
    let audit = repo::audit(&tx, audit).await?;
    sound(form.check(audit.on_day))?;
    if let Some(standard) = standard {
        check_auditor(audit.auditor_id, repo::standard(&tx, standard).await?.owner_id)?;
    }
    if let Some(owner) = form.owner {
        posts::service::working(&tx, "owner", owner).await?;
    }
    let FindingForm { result, clause, description, measure, owner, due_on } = form;
    let row = self_audit_finding::ActiveModel {
        id: Set(AuditFindingId(cx.app.ids.next())),
        audit_id: Set(audit.id),
        standard_id: Set(standard),
        result: Set(result),
        clause: Set(clause),
        description: Set(description),
        measure: Set(measure),
        owner_id: Set(owner),
        due_on: Set(due_on),
        closed_on: Set(None),
        closer_id: Set(None),
        evidence: Set(None),
        version: Set(1),
        ..Default::default()
    };
    let row = tx.insert(row).await?;
    tx.commit(AuditEvent::on(row.id.0, Verb::AuditFindingAdded).with_detail(row.result.key())).await?;
    Ok(row)
}

/// Closes a finding, by somebody else than whoever put it right, with what shows that it is.
pub async fn close(cx: &Cx, seen: Seen<AuditFindingId>, evidence: String) -> Result<self_audit_finding::Model> {
    entry("evidence", &evidence)?;
    let mut tx = manage(cx).await?;
    let row = repo::finding(&tx, seen.id).await?;
    let me = posts::service::me(cx, &tx).await?.map(|me| me.id);
    facts(&row).close(me)?;
    let change = self_audit_finding::ActiveModel {
        id: Unchanged(seen.id),
        closed_on: Set(Some(local_date(cx.now()))),
        closer_id: Set(Some(actor(cx)?)),
        evidence: Set(Some(evidence)),
        ..Default::default()
    };
    let row = tx.update(change, seen.version).await?;
    tx.commit(AuditEvent::on(row.id.0, Verb::AuditFindingClosed)).await?;
    Ok(row)
}

/// Opens a rectification task for a finding that is not put right yet: one, which links back.
pub async fn rectify(
    cx: &Cx,
    id: AuditFindingId,
    form: TaskForm,
    owner: Option<StaffId>,
) -> Result<rectification_task::Model> {
    let mut tx = manage(cx).await?;
    let row = repo::finding(&tx, id).await?;
    if !facts(&row).is_open() {
        return Err(Violation::new("", "standards.finding_closed").into());
    }
    let source = Source { kind: RectificationSource::SelfAudit, id: id.0 };
    let task = open_first(cx, &mut tx, NewTask { source, form, post: None, owner }).await?;
    opened(tx, task).await
}

/// What the rules need to know of a finding.
pub(super) const fn facts(row: &self_audit_finding::Model) -> FindingFacts {
    FindingFacts { result: row.result, owner: row.owner_id, closed_on: row.closed_on }
}
