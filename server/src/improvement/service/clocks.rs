//! Tasks whose day is over are marked, each with a line in its log, and their owners told; whoever may measure the effect of
//! a plan is told when its day has come. Part of the sweep of deadlines.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use domain::{
    AccountId, StaffId, calendar::local_date, improvement::RectificationAction, notices::NoticeReason,
    permission::Permission,
};
use entity::{improvement_plan, rectification_task};
use sea_orm::ActiveValue::{Set, Unchanged};

use super::{log, repo};
use crate::{
    auth::scope::Scope,
    db::{AuditEvent, ReadTx, Verb, identity::Center},
    error::Result,
    graphql::context::{App, Cx},
    oversight::{
        self,
        service::{Notice, tell},
    },
    posts, tenancy,
};

/// So many days after it has come, a day that nobody was told of is let go.
const LATE: u64 = 7;

/// Marks those of one center, and tells of them.
///
/// # Errors
/// From the database; nothing is marked then.
pub async fn sweep(app: &App, center: &Center) -> Result<()> {
    let cx = Cx::new(app.clone(), Some(Scope::job(center, "deadlines")), None, app.ids.next().to_string());
    let today = local_date(cx.now());
    let reading = cx.read().await?;
    let rows = repo::newly_late(&reading, today).await?;
    let mut messages = overdue(&reading, &rows).await?;
    messages.extend(measured(&reading, today).await?);
    drop(reading);
    if rows.is_empty() && messages.is_empty() {
        return Ok(());
    }
    let mut tx = cx.write(&cx.scope()?.require(Permission::ImprovementDirect)?).await?;
    let marked = rows.len();
    tell(&cx, &mut tx, messages).await?;
    for row in rows {
        let change =
            rectification_task::ActiveModel { id: Unchanged(row.id), late_on: Set(Some(today)), ..Default::default() };
        let row = tx.update(change, row.version).await?;
        log(&cx, &mut tx, &row, RectificationAction::Overdue, (None, row.due_on)).await?;
    }
    tx.commit(AuditEvent::of(Verb::DeadlinesSwept).with_detail(format!("rectification {marked}"))).await
}

type Messages = Vec<(Vec<AccountId>, Notice)>;

/// To the owners of tasks that are late.
async fn overdue(tx: &ReadTx, rows: &[rectification_task::Model]) -> Result<Messages> {
    let owners = posts::repo::people(tx, rows.iter().filter_map(|row| row.owner_id).collect()).await?;
    let message = |row: &rectification_task::Model| {
        let account = owners.get(&row.owner_id?)?.account_id?;
        Some((vec![account], Notice::new(NoticeReason::TaskOverdue, row.id.0, Some(&row.problem))))
    };
    Ok(rows.iter().filter_map(message).collect())
}

/// Of plans whose effect may be measured from now on, to whoever directs improvement and did nothing of the plan; once.
async fn measured(tx: &ReadTx, today: NaiveDate) -> Result<Messages> {
    let mut plans = repo::checks_since(tx, today - Days::new(LATE), today).await?;
    let told = plans.iter().map(|plan| plan.id.0).collect();
    let told = oversight::repo::told(tx, NoticeReason::CheckDue, told).await?;
    plans.retain(|plan| !told.contains(&plan.id.0));
    if plans.is_empty() {
        return Ok(Messages::new());
    }
    let directing = tenancy::service::able(tx, Permission::ImprovementDirect).await?;
    let ids: Vec<_> = plans.iter().map(|plan| plan.id).collect();
    let measures = repo::measures(tx, &ids).await?;
    let doers: Vec<StaffId> =
        measures.iter().map(|row| row.owner_id).chain(plans.iter().map(|plan| plan.owner_id)).collect();
    let people = posts::repo::people(tx, doers).await?;
    let message = |plan: &improvement_plan::Model| {
        let own = measures.iter().filter(|row| row.plan_id == plan.id).map(|row| row.owner_id);
        let doers: BTreeSet<_> =
            own.chain([plan.owner_id]).filter_map(|staff| people.get(&staff)?.account_id).collect();
        let others: Vec<_> = directing.iter().copied().filter(|account| !doers.contains(account)).collect();
        let notice = Notice::new(NoticeReason::CheckDue, plan.id.0, Some(&plan.problem));
        (!others.is_empty()).then_some((others, notice))
    };
    Ok(plans.iter().filter_map(message).collect())
}
