//! The plan of a year: tasks are put together, the plan is adopted, the tasks move on.

use domain::{
    PlanTaskId, Violation, YearPlanId,
    calendar::local_date,
    standardisation::{TASKS_MAX, TaskForm, TaskProgress, check_year, move_task},
};
use entity::{year_plan, year_plan_task};
use sea_orm::ActiveValue::{Set, Unchanged};

use super::{super::repo, actor, manage, sound};
use crate::{
    db::{AuditEvent, Verb},
    error::Result,
    graphql::context::Cx,
    posts::{self, service::Seen},
    settings,
};

/// Adds a task to the plan of a year, adopted or not.
pub async fn add(cx: &Cx, form: TaskForm) -> Result<year_plan_task::Model> {
    sound(form.check(local_date(cx.now())))?;
    let mut tx = manage(cx).await?;
    posts::service::working(&tx, "owner", form.owner).await?;
    let known = repo::tasks(&tx, &[form.year]).await?.len();
    if u64::try_from(known).is_ok_and(|known| known >= TASKS_MAX) {
        return Err(Violation::new("", "standards.plan_full").with("max", TASKS_MAX).into());
    }
    let row = year_plan_task::ActiveModel {
        id: Set(PlanTaskId(cx.app.ids.next())),
        year: Set(form.year),
        progress: Set(TaskProgress::Open),
        reason: Set(None),
        done_on: Set(None),
        demo: Set(cx.app.demo),
        version: Set(1),
        ..columns(form)
    };
    let row = tx.insert(row).await?;
    tx.commit(AuditEvent::on(row.id.0, Verb::PlanTaskAdded).with_detail(row.year.to_string())).await?;
    Ok(row)
}

/// Changes a task that was not dropped, while its plan is still to be adopted. It stays in its year.
pub async fn edit(cx: &Cx, seen: Seen<PlanTaskId>, form: TaskForm) -> Result<year_plan_task::Model> {
    sound(form.check(local_date(cx.now())))?;
    let mut tx = manage(cx).await?;
    let row = repo::task(&tx, seen.id).await?;
    if row.year != form.year {
        return Err(Violation::new("dueOn", "standards.task_year").with("year", row.year).into());
    }
    if !repo::plans(&tx, &[row.year]).await?.is_empty() {
        return Err(Violation::new("", "standards.plan_adopted").into());
    }
    if row.progress == TaskProgress::Dropped {
        return Err(Violation::new("", "standards.task_step").into());
    }
    if form.owner != row.owner_id {
        posts::service::working(&tx, "owner", form.owner).await?;
    }
    let change = year_plan_task::ActiveModel { id: Unchanged(seen.id), ..columns(form) };
    let row = tx.update(change, seen.version).await?;
    tx.commit(AuditEvent::on(row.id.0, Verb::PlanTaskEdited).with_detail(row.year.to_string())).await?;
    Ok(row)
}

/// Moves a task on; what is dropped has a reason.
pub async fn advance(
    cx: &Cx,
    seen: Seen<PlanTaskId>,
    to: TaskProgress,
    reason: Option<String>,
) -> Result<year_plan_task::Model> {
    let mut tx = manage(cx).await?;
    let row = repo::task(&tx, seen.id).await?;
    move_task(row.progress, to, reason.as_deref())?;
    let change = year_plan_task::ActiveModel {
        id: Unchanged(seen.id),
        progress: Set(to),
        reason: Set(reason.filter(|_| to == TaskProgress::Dropped)),
        done_on: Set((to == TaskProgress::Done).then(|| local_date(cx.now()))),
        ..Default::default()
    };
    let row = tx.update(change, seen.version).await?;
    tx.commit(AuditEvent::on(row.id.0, Verb::PlanTaskMoved).with_detail(to.key())).await?;
    Ok(row)
}

/// Adopts the plan of a year, once.
pub async fn adopt(cx: &Cx, year: i32) -> Result<year_plan::Model> {
    let today = local_date(cx.now());
    sound(check_year(year, today).into_iter().collect())?;
    let mut tx = manage(cx).await?;
    let tasks = repo::tasks(&tx, &[year]).await?;
    if tasks.iter().all(|task| task.progress == TaskProgress::Dropped) {
        return Err(Violation::new("", "standards.plan_empty").into());
    }
    let row = year_plan::ActiveModel {
        id: Set(YearPlanId(cx.app.ids.next())),
        year: Set(year),
        adopted_on: Set(today),
        adopter_id: Set(actor(cx)?),
        demo: Set(cx.app.demo),
        ..Default::default()
    };
    let row = tx.insert(row).await.map_err(|error| settings::service::taken(error, "", "standards.adopted_already"))?;
    tx.commit(AuditEvent::on(row.id.0, Verb::YearPlanAdopted).with_detail(year.to_string())).await?;
    Ok(row)
}

fn columns(form: TaskForm) -> year_plan_task::ActiveModel {
    let TaskForm { title, owner, due_on, .. } = form;
    year_plan_task::ActiveModel { title: Set(title), owner_id: Set(owner), due_on: Set(due_on), ..Default::default() }
}
