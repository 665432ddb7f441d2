//! A task is opened: for a source, once; or the earlier one again, where the same has come back. Other contexts call this
//! in their own transaction.

use chrono::NaiveDate;
use domain::{
    DepartmentId, PostId, RectificationOriginId, RectificationTaskId, StaffId, Violation,
    calendar::local_date,
    improvement::{
        Earlier, RectificationAction, RectificationSource, RectificationStatus, TaskForm, recurs, recurs_since,
    },
    notices::NoticeReason,
    policy::PolicyKey,
};
use entity::{rectification_origin, rectification_task};
use sea_orm::ActiveValue::{Set, Unchanged};
use uuid::Uuid;

use super::{log, owner, repo, sound, tell_owner};
use crate::{db::WriteTx, error::Result, graphql::context::Cx, posts};

/// What a task is about.
#[derive(Clone, Copy, Debug)]
pub struct Source {
    /// What kind of thing.
    pub kind: RectificationSource,
    /// Which one.
    pub id: Uuid,
}

/// A task to be opened.
#[derive(Clone, Debug)]
pub struct NewTask {
    /// Where it comes from.
    pub source: Source,
    /// What is wrong, by which kind of cause, and in how many working days it is to be put right.
    pub form: TaskForm,
    /// At which post, where that is known.
    pub post: Option<PostId>,
    /// Whose it is, where that is known; else it is assigned later.
    pub owner: Option<StaffId>,
}

/// Opens a task, and links it to its source. A source that was linked before leads to the task that it has; the same cause
/// at the same post within the city's days opens the earlier task again. The audit is the caller's.
///
/// # Errors
/// [`Error::Invalid`](crate::error::Error::Invalid) for what is wrong with the form or the owner; from the database.
pub async fn open(cx: &Cx, tx: &mut WriteTx, new: NewTask) -> Result<rectification_task::Model> {
    open_for(cx, tx, new, None).await
}

/// Opens a task as [`open`] does, for a source that has none yet.
///
/// # Errors
/// `improvement.opened_already` where it has one; as [`open`].
pub async fn open_first(cx: &Cx, tx: &mut WriteTx, new: NewTask) -> Result<rectification_task::Model> {
    if repo::origin(tx, new.source.kind, new.source.id).await?.is_some() {
        return Err(Violation::new("", "improvement.opened_already").into());
    }
    open(cx, tx, new).await
}

/// Opens a task as [`open`] does, for a department.
pub(super) async fn open_for(
    cx: &Cx,
    tx: &mut WriteTx,
    new: NewTask,
    department: Option<DepartmentId>,
) -> Result<rectification_task::Model> {
    sound(new.form.check())?;
    if let Some(known) = repo::origin(tx, new.source.kind, new.source.id).await? {
        return repo::task(tx, &repo::Sight::All, known.task_id).await;
    }
    if let Some(post) = new.post {
        posts::repo::post(tx, post).await?;
    }
    if let Some(id) = new.owner {
        owner(tx, id).await?;
    }
    let rules = cx.rules().await?;
    let today = local_date(cx.now());
    let earlier = match new.post {
        Some(post) => repo::earlier(tx, post, new.form.cause, recurs_since(today, &rules.policy)).await?,
        None => None,
    };
    let again = earlier.filter(|row| {
        let known = Earlier { cause: row.cause, post: row.post_id, status: row.status, accepted_on: row.accepted_on };
        recurs(&known, new.form.cause, new.post, today, &rules.policy)
    });
    let days = new.form.days.unwrap_or_else(|| rules.policy.get(PolicyKey::RectificationDue));
    // Nothing waits for the calendar of the next year: who assigns the task sets its day.
    let due_on = rules.calendar.add(today, days).ok();
    let (row, action, said) = match again {
        Some(row) => {
            let change = rectification_task::ActiveModel {
                id: Unchanged(row.id),
                status: Set(RectificationStatus::Returned),
                due_on: Set(due_on),
                late_on: Set(None),
                submitter_id: Set(None),
                accepted_on: Set(None),
                accepter_id: Set(None),
                recheck_on: Set(None),
                rechecked_on: Set(None),
                rechecker_id: Set(None),
                closed_on: Set(None),
                recurrences: Set(row.recurrences.saturating_add(1)),
                owner_id: Set(new.owner.or(row.owner_id)),
                department_id: Set(department.or(row.department_id)),
                ..Default::default()
            };
            (tx.update(change, row.version).await?, RectificationAction::Reopen, Some(new.form.problem.as_str()))
        }
        None => {
            let fresh =
                rectification_task::ActiveModel { department_id: Set(department), ..begun(cx, tx, &new, due_on) };
            (tx.insert(fresh).await?, RectificationAction::Open, None)
        }
    };
    let link = rectification_origin::ActiveModel {
        id: Set(RectificationOriginId(cx.app.ids.next())),
        task_id: Set(row.id),
        kind: Set(new.source.kind),
        source_id: Set(new.source.id),
        at: Set(tx.now()),
        ..Default::default()
    };
    tx.insert(link).await?;
    log(cx, tx, &row, action, (said, due_on)).await?;
    let given = action == RectificationAction::Open;
    tell_owner(cx, tx, &row, if given { NoticeReason::TaskGiven } else { NoticeReason::TaskReturned }).await?;
    Ok(row)
}

fn begun(cx: &Cx, tx: &WriteTx, new: &NewTask, due_on: Option<NaiveDate>) -> rectification_task::ActiveModel {
    rectification_task::ActiveModel {
        id: Set(RectificationTaskId(cx.app.ids.next())),
        post_id: Set(new.post),
        problem: Set(new.form.problem.trim().to_owned()),
        cause: Set(new.form.cause),
        source: Set(new.source.kind),
        owner_id: Set(new.owner),
        status: Set(RectificationStatus::Open),
        opened_on: Set(local_date(cx.now())),
        opener_id: Set(tx.scope().account()),
        due_on: Set(due_on),
        late_on: Set(None),
        root_cause: Set(None),
        immediate_fix: Set(None),
        measures: Set(None),
        submitter_id: Set(None),
        accepted_on: Set(None),
        accepter_id: Set(None),
        recheck_on: Set(None),
        rechecked_on: Set(None),
        rechecker_id: Set(None),
        closed_on: Set(None),
        recurrences: Set(0),
        demo: Set(cx.app.demo),
        version: Set(1),
        ..Default::default()
    }
}
