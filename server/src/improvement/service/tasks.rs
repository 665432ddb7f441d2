//! The course of a task: a finding or a complaint leads to one, its owner plans and hands in, somebody else judges.

use chrono::NaiveDate;
use domain::{
    AttachmentId, ComplaintId, FindingId, PostId, RectificationTaskId, StaffId, Violation,
    calendar::local_date,
    complaints::form::entry,
    files::OwnerKind,
    improvement::{
        FindingStatus, MeasuresForm, RectificationAction, RectificationSource, RectificationStatus, TaskForm,
        check_days, follows_from, verify_on,
    },
    notices::NoticeReason,
    permission::Permission,
    policy::PolicyKey,
};
use entity::{finding, rectification_task};
use sea_orm::ActiveValue::{Set, Unchanged};

use super::{
    NewTask, Source, Viewer, facts, log, open_first, opening::open_for, owner, repo, seen, signed_in, sound, tell_owner,
};
use crate::{
    complaints,
    db::{AuditEvent, Verb, WriteTx},
    error::Result,
    files,
    graphql::context::Cx,
    posts::service::Seen,
};

/// Opens a task for a finding that waits for a decision, at the finding's post and for its department.
pub async fn rectify_finding(
    cx: &Cx,
    seen: Seen<FindingId>,
    form: TaskForm,
    owner: Option<StaffId>,
) -> Result<rectification_task::Model> {
    sound(form.check())?;
    let mut tx = cx.write(&cx.scope()?.require(Permission::ImprovementDirect)?).await?;
    let viewer = Viewer::of(&tx).await?;
    let row = repo::finding(&tx, &viewer.sight, seen.id).await?;
    if row.status != FindingStatus::Open {
        return Err(Violation::new("", "improvement.finding_decided").into());
    }
    let source = Source { kind: RectificationSource::Finding, id: row.id.0 };
    let new = NewTask { source, form, post: row.post_id, owner };
    let task = open_for(cx, &mut tx, new, row.department_id).await?;
    let change = finding::ActiveModel {
        id: Unchanged(seen.id),
        status: Set(FindingStatus::Tasked),
        decider_id: Set(Some(signed_in(cx)?)),
        ..Default::default()
    };
    tx.update(change, seen.version).await?;
    opened(tx, task).await
}

/// Opens a task for a complaint that was found right, and that the viewer may see.
pub async fn rectify_complaint(
    cx: &Cx,
    complaint: ComplaintId,
    form: TaskForm,
    post: Option<PostId>,
    owner: Option<StaffId>,
) -> Result<rectification_task::Model> {
    sound(form.check())?;
    let mut tx = cx.write(&cx.scope()?.require(Permission::FindingRecord)?).await?;
    let row = complaints::repo::get(&tx, complaint).await?;
    if !follows_from(row.status, row.outcome) {
        return Err(Violation::new("", "improvement.not_substantiated").into());
    }
    let source = Source { kind: RectificationSource::Complaint, id: complaint.0 };
    let task = open_first(cx, &mut tx, NewTask { source, form, post, owner }).await?;
    opened(tx, task).await
}

/// The end of a transaction that has opened a task.
///
/// # Errors
/// From the database.
pub async fn opened(tx: WriteTx, task: rectification_task::Model) -> Result<rectification_task::Model> {
    tx.commit(AuditEvent::on(task.id.0, Verb::RectificationOpened).with_detail(task.source.key())).await?;
    Ok(task)
}

/// Says whose a task is, and in how many working days it is to be handed in; without a number the day stays.
pub async fn assign(
    cx: &Cx,
    seen: Seen<RectificationTaskId>,
    to: StaffId,
    days: Option<u32>,
) -> Result<rectification_task::Model> {
    sound(check_days(days).into_iter().collect())?;
    let mut step = Step::begin(cx, seen, RectificationAction::Assign).await?;
    let who = owner(&step.tx, to).await?;
    let due_on = step.due(cx, days).await?;
    if step.row.owner_id != Some(to) {
        let theirs = rectification_task::Model { owner_id: Some(to), ..step.row.clone() };
        tell_owner(cx, &mut step.tx, &theirs, NoticeReason::TaskGiven).await?;
    }
    let change = rectification_task::ActiveModel {
        owner_id: Set(Some(to)),
        due_on: Set(due_on),
        late_on: Set(step.row.late_on.filter(|_| due_on == step.row.due_on)),
        ..Default::default()
    };
    step.end(cx, change, Said { body: Some(&who.name), on: due_on, ..Said::default() }).await
}

/// Says why it came to this and what is to be done.
pub async fn plan(cx: &Cx, seen: Seen<RectificationTaskId>, form: MeasuresForm) -> Result<rectification_task::Model> {
    sound(form.check())?;
    let step = Step::begin(cx, seen, RectificationAction::Plan).await?;
    let MeasuresForm { root_cause, immediate_fix, measures } = form;
    let change = rectification_task::ActiveModel {
        root_cause: Set(Some(root_cause)),
        immediate_fix: Set(immediate_fix),
        measures: Set(Some(measures.clone())),
        ..Default::default()
    };
    step.end(cx, change, Said::words(&measures)).await
}

/// Agrees to what is to be done.
pub async fn agree(cx: &Cx, seen: Seen<RectificationTaskId>, note: Option<&str>) -> Result<rectification_task::Model> {
    said(note)?;
    let step = Step::begin(cx, seen, RectificationAction::Agree).await?;
    step.end(cx, Default::default(), Said { body: note, ..Said::default() }).await
}

/// Sends a plan, or what was handed in, back with a reason; or finds that it has not lasted.
pub async fn send_back(
    cx: &Cx,
    seen: Seen<RectificationTaskId>,
    reason: &str,
    days: Option<u32>,
) -> Result<rectification_task::Model> {
    let found = [entry("reason", reason).err(), check_days(days)];
    sound(found.into_iter().flatten().collect())?;
    let mut step = Step::begin(cx, seen, RectificationAction::SendBack).await?;
    tell_owner(cx, &mut step.tx, &step.row, NoticeReason::TaskReturned).await?;
    let days = match days {
        // The day of what was accepted before is over.
        None if step.row.status == RectificationStatus::Accepted => {
            Some(cx.rules().await?.policy.get(PolicyKey::RectificationDue))
        }
        days => days,
    };
    let due_on = step.due(cx, days).await?;
    let change = rectification_task::ActiveModel {
        due_on: Set(due_on),
        late_on: Set(step.row.late_on.filter(|_| due_on == step.row.due_on)),
        submitter_id: Set(None),
        accepted_on: Set(None),
        accepter_id: Set(None),
        recheck_on: Set(None),
        ..Default::default()
    };
    step.end(cx, change, Said { body: Some(reason), on: due_on, ..Said::default() }).await
}

/// Hands in what was done, with files that prove it.
pub async fn submit(
    cx: &Cx,
    seen: Seen<RectificationTaskId>,
    text: &str,
    files: &[AttachmentId],
) -> Result<rectification_task::Model> {
    entry("text", text)?;
    let step = Step::begin(cx, seen, RectificationAction::Submit).await?;
    let change = rectification_task::ActiveModel { submitter_id: Set(Some(signed_in(cx)?)), ..Default::default() };
    step.end(cx, change, Said { body: Some(text), files, ..Said::default() }).await
}

/// Finds that it was put right: from a day on it is looked again whether that lasts.
pub async fn accept(cx: &Cx, seen: Seen<RectificationTaskId>, note: Option<&str>) -> Result<rectification_task::Model> {
    said(note)?;
    let step = Step::begin(cx, seen, RectificationAction::Accept).await?;
    let today = local_date(cx.now());
    let recheck_on = verify_on(today, &cx.rules().await?.policy);
    let change = rectification_task::ActiveModel {
        accepted_on: Set(Some(today)),
        accepter_id: Set(Some(signed_in(cx)?)),
        recheck_on: Set(Some(recheck_on)),
        ..Default::default()
    };
    step.end(cx, change, Said { body: note, on: Some(recheck_on), ..Said::default() }).await
}

/// Looks again, and finds that it has lasted.
pub async fn recheck(
    cx: &Cx,
    seen: Seen<RectificationTaskId>,
    text: &str,
    files: &[AttachmentId],
) -> Result<rectification_task::Model> {
    entry("text", text)?;
    let step = Step::begin(cx, seen, RectificationAction::Recheck).await?;
    let change = rectification_task::ActiveModel {
        rechecked_on: Set(Some(local_date(cx.now()))),
        rechecker_id: Set(Some(signed_in(cx)?)),
        ..Default::default()
    };
    step.end(cx, change, Said { body: Some(text), files, ..Said::default() }).await
}

/// Ends it.
pub async fn close(cx: &Cx, seen: Seen<RectificationTaskId>, note: Option<&str>) -> Result<rectification_task::Model> {
    said(note)?;
    let step = Step::begin(cx, seen, RectificationAction::Close).await?;
    let change = rectification_task::ActiveModel { closed_on: Set(Some(local_date(cx.now()))), ..Default::default() };
    step.end(cx, change, Said { body: note, ..Said::default() }).await
}

/// Writes something down: true whatever has happened since the viewer looked.
pub async fn note(cx: &Cx, id: RectificationTaskId, text: &str) -> Result<rectification_task::Model> {
    entry("text", text)?;
    let mut tx = cx.write(&cx.scope()?.require(RectificationAction::Note.permission())?).await?;
    let (row, viewer) = seen(&tx, id).await?;
    facts(&row).after(RectificationAction::Note, &viewer.actor, local_date(cx.now()))?;
    log(cx, &mut tx, &row, RectificationAction::Note, (Some(text), None)).await?;
    tx.commit(AuditEvent::on(id.0, Verb::RectificationNoted)).await?;
    Ok(row)
}

fn said(note: Option<&str>) -> Result<()> {
    note.map_or(Ok(()), |note| Ok(entry("note", note)?))
}

/// What a step leaves in the log.
#[derive(Clone, Copy, Debug, Default)]
struct Said<'a> {
    body: Option<&'a str>,
    on: Option<NaiveDate>,
    files: &'a [AttachmentId],
}

impl<'a> Said<'a> {
    fn words(text: &'a str) -> Self {
        Self { body: Some(text), ..Self::default() }
    }
}

/// A step that may be taken.
struct Step {
    tx: WriteTx,
    row: rectification_task::Model,
    seen: Seen<RectificationTaskId>,
    action: RectificationAction,
    status: RectificationStatus,
}

impl Step {
    async fn begin(cx: &Cx, seen_as: Seen<RectificationTaskId>, action: RectificationAction) -> Result<Self> {
        let tx = cx.write(&cx.scope()?.require(action.permission())?).await?;
        let (row, viewer) = seen(&tx, seen_as.id).await?;
        let status = facts(&row).after(action, &viewer.actor, local_date(cx.now()))?;
        Ok(Self { tx, row, seen: seen_as, action, status })
    }

    /// The day after so many working days from today; without a number the one that it has, or the usual one.
    async fn due(&self, cx: &Cx, days: Option<u32>) -> Result<Option<NaiveDate>> {
        if days.is_none() && self.row.due_on.is_some() {
            return Ok(self.row.due_on);
        }
        let rules = cx.rules().await?;
        let days = days.unwrap_or_else(|| rules.policy.get(PolicyKey::RectificationDue));
        Ok(Some(rules.calendar.add(local_date(cx.now()), days)?))
    }

    async fn end(
        mut self,
        cx: &Cx,
        change: rectification_task::ActiveModel,
        said: Said<'_>,
    ) -> Result<rectification_task::Model> {
        let change =
            rectification_task::ActiveModel { id: Unchanged(self.seen.id), status: Set(self.status), ..change };
        let row = self.tx.update(change, self.seen.version).await?;
        let line = log(cx, &mut self.tx, &row, self.action, (said.body, said.on)).await?;
        files::service::attach(&mut self.tx, said.files, OwnerKind::Rectification, line.0).await?;
        self.tx.commit(AuditEvent::on(row.id.0, verb(self.action)).with_detail(row.status.key())).await?;
        Ok(row)
    }
}

/// What the audit says of a step. The last ones nobody takes.
const fn verb(action: RectificationAction) -> Verb {
    use RectificationAction as A;
    match action {
        A::Assign => Verb::RectificationAssigned,
        A::Plan => Verb::RectificationPlanned,
        A::Agree => Verb::RectificationAgreed,
        A::SendBack => Verb::RectificationSentBack,
        A::Submit => Verb::RectificationSubmitted,
        A::Accept => Verb::RectificationAccepted,
        A::Recheck => Verb::RectificationRechecked,
        A::Close => Verb::RectificationClosed,
        A::Note => Verb::RectificationNoted,
        A::Open | A::Reopen | A::Overdue => Verb::RectificationOpened,
    }
}
