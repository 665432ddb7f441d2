//! What supervision found is written down, and decided: a task follows, or with a reason none.

use domain::{
    AttachmentId, DepartmentId, FindingId, PostId, Violation,
    calendar::local_date,
    complaints::form::entry,
    files::OwnerKind,
    improvement::{FindingForm, FindingStatus},
    notices::NoticeReason,
    permission::Permission,
    settings::EntryStatus,
};
use entity::finding;
use sea_orm::ActiveValue::{Set, Unchanged};

use super::{Viewer, colleagues, repo, signed_in, sound};
use crate::{
    db::{AuditEvent, Verb},
    error::Result,
    files,
    graphql::context::Cx,
    oversight::service::{Notice, tell},
    posts::{self, service::Seen},
    tenancy,
};

/// What a finding is about, where that is known.
#[derive(Clone, Copy, Debug, Default)]
pub struct About {
    /// A post.
    pub post: Option<PostId>,
    /// A department: it is told (7.2.3.2.2, 7.2.3.4.2), and what follows is its task.
    pub department: Option<DepartmentId>,
}

/// Writes down what was found, perhaps at a post or of a department, with photos.
pub async fn record(
    cx: &Cx,
    form: FindingForm,
    About { post, department }: About,
    files: &[AttachmentId],
) -> Result<finding::Model> {
    sound(form.check(local_date(cx.now())))?;
    let mut tx = cx.write(&cx.scope()?.require(Permission::FindingRecord)?).await?;
    if let Some(post) = post {
        posts::repo::post(&tx, post).await?;
    }
    if let Some(id) = department
        && tenancy::service::department(&tx, id).await?.status == EntryStatus::Retired
    {
        return Err(Violation::new("department", "complaint.department_retired").into());
    }
    let FindingForm { on, supervision, area, description } = form;
    let row = finding::ActiveModel {
        id: Set(FindingId(cx.app.ids.next())),
        on_day: Set(on),
        supervision: Set(supervision),
        area: Set(area),
        post_id: Set(post),
        department_id: Set(department),
        description: Set(description),
        recorder_id: Set(signed_in(cx)?),
        recorded_at: Set(cx.now()),
        status: Set(FindingStatus::Open),
        reason: Set(None),
        decider_id: Set(None),
        demo: Set(cx.app.demo),
        version: Set(1),
        ..Default::default()
    };
    let row = tx.insert(row).await?;
    files::service::attach(&mut tx, files, OwnerKind::Finding, row.id.0).await?;
    if let Some(department) = department {
        let notice = Notice::new(NoticeReason::FindingTold, row.id.0, Some(&row.description));
        let people = colleagues(&tx, department).await?;
        tell(cx, &mut tx, vec![(people, notice)]).await?;
    }
    tx.commit(AuditEvent::on(row.id.0, Verb::FindingRecorded).with_detail(row.area.key())).await?;
    Ok(row)
}

/// Decides that nothing follows from a finding.
pub async fn dismiss(cx: &Cx, seen: Seen<FindingId>, reason: &str) -> Result<finding::Model> {
    entry("reason", reason)?;
    let mut tx = cx.write(&cx.scope()?.require(Permission::ImprovementDirect)?).await?;
    let viewer = Viewer::of(&tx).await?;
    let row = repo::finding(&tx, &viewer.sight, seen.id).await?;
    if row.status != FindingStatus::Open {
        return Err(Violation::new("", "improvement.finding_decided").into());
    }
    let change = finding::ActiveModel {
        id: Unchanged(seen.id),
        status: Set(FindingStatus::Dismissed),
        reason: Set(Some(reason.trim().to_owned())),
        decider_id: Set(Some(signed_in(cx)?)),
        ..Default::default()
    };
    let row = tx.update(change, seen.version).await?;
    tx.commit(AuditEvent::on(row.id.0, Verb::FindingDismissed)).await?;
    Ok(row)
}
