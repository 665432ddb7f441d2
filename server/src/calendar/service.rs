//! Reading, trying out and publishing the list of a year.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use domain::{
    calendar::{DayKind, WorkingCalendar},
    calendar_list::{self, ListedDay},
    complaints::deadline::DueMove,
    permission::Permission,
};
use entity::calendar_day;

use super::repo;
use crate::{
    auth::scope::Scope,
    complaints::service::{moved_by, running},
    db::{AuditEvent, Verb, identity::Center},
    error::{Conflict, Error, Result},
    graphql::context::Cx,
    jobs::deadlines::follow_calendar,
    tenancy::service::profile::shown_lately,
};

/// A year with a list.
#[derive(Clone, Copy)]
pub struct Year {
    /// Which.
    pub year: i32,
    /// Days off.
    pub holidays: usize,
    /// Weekend days that are worked.
    pub workdays: usize,
}

/// What a list would mean for one center.
pub struct CenterEffect {
    /// The center.
    pub center: Center,
    /// Cases that get a date, having waited for the list.
    pub dated: u32,
    /// Cases that are due later than was told.
    pub later: u32,
    /// Cases that are due earlier.
    pub earlier: u32,
}

/// What a list would mean.
pub struct Effect {
    /// The year that it is of.
    pub year: Year,
    /// The same as published now.
    pub present: Year,
    /// Center by center, those without such a case left out.
    pub centers: Vec<CenterEffect>,
    /// Dates before and after, and of how many cases.
    pub moves: BTreeMap<DueMove, u32>,
}

/// The years with a list.
pub async fn years(cx: &Cx) -> Result<Vec<Year>> {
    cx.scope()?.require(Permission::PolicyManage)?;
    let days = repo::days(&*cx.read().await?).await?;
    let mut years: Vec<i32> = days.iter().map(|row| row.day.year()).collect();
    years.dedup();
    Ok(years.into_iter().map(|year| published(&days, year)).collect())
}

/// What `list` would mean for the open cases of the city's centers. The product looks inside each center; numbers and days
/// come out.
pub async fn effect(cx: &Cx, list: &str) -> Result<Effect> {
    cx.scope()?.require(Permission::PolicyManage)?;
    let (city, now) = (cx.scope()?.city(), cx.now());
    let (year, listed) = read(list)?;
    let days = repo::days(&*cx.read().await?).await?;
    let others = days.iter().filter(|row| row.day.year() != year).map(|row| (row.day, row.kind));
    let proposed = WorkingCalendar::new(others.chain(listed.iter().map(|day| (day.day, day.kind))));
    let count = |kind| listed.iter().filter(|day| day.kind == kind).count();
    let mut effect = Effect {
        year: Year { year, holidays: count(DayKind::Holiday), workdays: count(DayKind::Workday) },
        present: published(&days, year),
        centers: Vec::new(),
        moves: BTreeMap::new(),
    };
    for center in cx.app.db.identity().working_centers(city).await? {
        let inside = cx.under(Scope::job(&center, "calendar_effect")).await;
        let mut here = CenterEffect { center, dated: 0, later: 0, earlier: 0 };
        for row in running(&*inside.read().await?).await? {
            let Some(due) = moved_by(&row, &proposed, now) else { continue };
            here.dated += u32::from(row.due_at.is_none());
            here.later += u32::from(row.due_at.is_some_and(|told| due > told));
            here.earlier += u32::from(row.due_at.is_some_and(|told| due < told));
            *effect.moves.entry(DueMove::of(row.due_at, due)).or_default() += 1;
        }
        if here.dated + here.later + here.earlier > 0 {
            effect.centers.push(here);
        }
    }
    Ok(effect)
}

/// Publishes `list` in the place of what was listed of its year, if that is still `seen` days. Then the cases of each
/// center follow, in a transaction of the center's own; how many did. Publishing the same list again takes along a center
/// that could not follow the first time.
pub async fn publish(cx: &Cx, list: &str, seen: usize) -> Result<u32> {
    let granted = cx.scope()?.require(Permission::PolicyManage)?;
    shown_lately(cx).await?;
    let (year, listed) = read(list)?;
    let mut tx = cx.write(&granted).await?;
    let Year { holidays, workdays, .. } = published(&repo::days(&tx).await?, year);
    if holidays + workdays != seen {
        return Err(Error::Conflict(Conflict::Stale));
    }
    let ends = NaiveDate::from_ymd_opt(year, 1, 1).zip(NaiveDate::from_ymd_opt(year, 12, 31));
    let (first, last) = ends.ok_or_else(|| anyhow::anyhow!("no such year: {year}"))?;
    let detail = format!("{year} {seen} {}", listed.len());
    repo::replace(&mut tx, first, last, listed).await?;
    let city = tx.scope().city();
    tx.commit(AuditEvent::of(Verb::CalendarPublished).with_detail(detail)).await?;
    cx.app.forget_rules(city).await;
    let mut moved = 0;
    for center in cx.app.db.identity().working_centers(city).await? {
        match follow_calendar(&cx.app, &center).await {
            Ok(cases) => moved += cases,
            Err(error) => tracing::error!(?error, center = center.code, "following the calendar failed"),
        }
    }
    Ok(moved)
}

fn read(list: &str) -> Result<(i32, Vec<ListedDay>)> {
    let listed = calendar_list::read(list).map_err(Error::Invalid)?;
    let first = listed.first().ok_or_else(|| anyhow::anyhow!("a list without days"))?;
    Ok((first.day.year(), listed))
}

fn published(days: &[calendar_day::Model], year: i32) -> Year {
    let count = |kind| days.iter().filter(|row| row.day.year() == year && row.kind == kind).count();
    Year { year, holidays: count(DayKind::Holiday), workdays: count(DayKind::Workday) }
}
