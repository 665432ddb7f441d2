//! What time alone does to cases: steps that are late, dates that follow the calendar, details whose time is over.

use domain::{
    bad_ratings::{BadRatingEventKind as Event, clock::due_at},
    calendar::local_date,
    complaints::deadline::{DueMove, by_new_calendar},
    permission::Permission,
};
use entity::{bad_rating, rating_appeal};
use sea_orm::ActiveValue::{Set, Unchanged};

use super::{Line, log, repo};
use crate::{
    analytics::{self, counting::Counted},
    auth::scope::Scope,
    db::{AuditEvent, Verb, WriteTx, identity::Center},
    error::Result,
    graphql::context::{App, CityRules, Cx},
};

/// One look at a center: marks what is late, dates what waited for a calendar, removes details.
///
/// # Errors
/// From the database; nothing has changed then.
pub async fn sweep(app: &App, center: &Center) -> Result<()> {
    let (cx, rules) = job(app, center).await?;
    let now = cx.now();
    let tx = cx.read().await?;
    let rows = repo::to_sweep(&tx, now).await?;
    let old = repo::kept_too_long(&tx, local_date(now)).await?;
    drop(tx);
    // What waits for next year's list is left until it is there.
    let due: Vec<_> =
        rows.into_iter().filter(|row| row.due_at.is_some() || moved(&cx, row, &rules).is_some()).collect();
    if due.is_empty() && old.is_empty() {
        return Ok(());
    }
    let mut tx = cx.write(&cx.scope()?.require(Permission::BadRatingHandle)?).await?;
    let (changed, mut counted) = (due.len(), Counted::default());
    for row in due {
        if row.due_at.is_none() {
            follow(&cx, &mut tx, &row, &rules).await?;
            continue;
        }
        let change =
            bad_rating::ActiveModel { id: Unchanged(row.id), overdue_at: Set(Some(now)), ..Default::default() };
        let updated = tx.update(change, row.version).await?;
        counted.bad_rating(&(&row).into(), -1);
        counted.bad_rating(&(&updated).into(), 1);
        log(&cx, &mut tx, (row.id, row.status), Line::of(Event::Overdue)).await?;
    }
    analytics::service::count(&mut tx, counted).await?;
    let purged = if old.is_empty() { 0 } else { repo::purge(&mut tx, &old).await? };
    tx.commit(AuditEvent::of(Verb::BadRatingsSwept).with_detail(format!("{changed} {purged}"))).await
}

/// Lets the dates of one center follow a calendar that was published or corrected; how many moved.
///
/// # Errors
/// As [`sweep`].
pub async fn follow_calendar(app: &App, center: &Center) -> Result<u32> {
    let (cx, rules) = job(app, center).await?;
    let rows = repo::with_a_clock(&*cx.read().await?).await?;
    if rows.iter().all(|row| moved(&cx, row, &rules).is_none()) {
        return Ok(0);
    }
    let mut tx = cx.write(&cx.scope()?.require(Permission::BadRatingHandle)?).await?;
    let mut count = 0;
    for row in rows {
        count += u32::from(follow(&cx, &mut tx, &row, &rules).await?);
    }
    tx.commit(AuditEvent::of(Verb::DeadlinesMoved).with_detail(count.to_string())).await?;
    Ok(count)
}

async fn job(app: &App, center: &Center) -> Result<(Cx, std::sync::Arc<CityRules>)> {
    let cx = Cx::new(app.clone(), Some(Scope::job(center, "bad_ratings")), None, app.ids.next().to_string());
    let rules = cx.rules().await?;
    Ok((cx, rules))
}

/// The date of a case by the calendar of now, where it is another one.
fn moved(cx: &Cx, row: &bad_rating::Model, rules: &CityRules) -> Option<chrono::DateTime<chrono::Utc>> {
    let days = u32::try_from(row.step_days?).ok()?;
    let computed = due_at(row.step_started_at, days, &rules.calendar).ok()?;
    by_new_calendar(row.due_at, computed, cx.now())
}

/// Moves the date of a case, and that of the appeal that the city decides; whether there was anything to move.
async fn follow(cx: &Cx, tx: &mut WriteTx, row: &bad_rating::Model, rules: &CityRules) -> Result<bool> {
    let Some(due) = moved(cx, row, rules) else { return Ok(false) };
    let change = bad_rating::ActiveModel { id: Unchanged(row.id), due_at: Set(Some(due)), ..Default::default() };
    tx.update(change, row.version).await?;
    if row.status == domain::bad_ratings::BadRatingStatus::Appealed
        && let Some(appeal) = repo::appeal_of(tx, row.id).await?
    {
        let change =
            rating_appeal::ActiveModel { id: Unchanged(appeal.id), due_at: Set(Some(due)), ..Default::default() };
        tx.update(change, appeal.version).await?;
    }
    let told = DueMove::of(row.due_at, due).to_string();
    log(cx, tx, (row.id, row.status), Line::of(Event::CalendarChanged).detail(told)).await?;
    Ok(true)
}
