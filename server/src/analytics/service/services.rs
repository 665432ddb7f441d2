//! How many services the viewer's center has rendered, day by day, as it tells itself: its ratings and complaints are
//! compared to them. Told again, a day is corrected; what was closed before stays as it was, and the correction is seen
//! beside it.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::{
    calendar::local_date,
    metrics::{CalendarPeriod, DayServices, PeriodKind, check_services},
    permission::Permission,
};
use entity::service_day;
use sea_orm::ActiveValue::{Set, Unchanged};

use super::repo;
use crate::{
    analytics::counting::Counted,
    db::{AuditEvent, Verb},
    error::{Conflict, Error, Result},
    graphql::context::Cx,
};

/// A day of a month.
#[derive(Clone, Copy, Debug)]
pub struct Day {
    /// The day.
    pub day: NaiveDate,
    /// Whether it is worked; none where no calendar says.
    pub worked: Option<bool>,
    /// What was told of it.
    pub services: Option<i32>,
    /// How often.
    pub version: i32,
}

/// A month, up to today.
#[derive(Clone, Debug)]
pub struct Month {
    /// Its first day.
    pub first: NaiveDate,
    /// Its days, the first one first; none of a month that lies ahead.
    pub days: Vec<Day>,
    /// Whether the viewer may tell.
    pub may_tell: bool,
}

/// The month in which `day` is, or this one.
pub async fn month(cx: &Cx, day: Option<NaiveDate>) -> Result<Month> {
    let scope = cx.scope()?;
    scope.require(Permission::StandingRead)?;
    let today = local_date(cx.now());
    let period = CalendarPeriod::of(PeriodKind::Month, day.unwrap_or(today)).period();
    let rules = cx.rules().await?;
    let tx = cx.read().await?;
    let told = repo::service_days(&tx, Some((period.from(), period.to()))).await?;
    let told: HashMap<_, _> = told.into_iter().map(|row| (row.day, row)).collect();
    let days = period.from().iter_days().take_while(|day| *day <= period.to().min(today));
    let days = days.map(|day| {
        let row = told.get(&day);
        Day {
            day,
            worked: rules.calendar.is_working(day).ok(),
            services: row.map(|row| row.services),
            version: row.map_or(0, |row| row.version),
        }
    });
    let may_tell = scope.require(Permission::ServicesTell).is_ok();
    Ok(Month { first: period.from(), days: days.collect(), may_tell })
}

/// Tells days, or corrects them; what is told as it was already stays.
///
/// # Errors
/// Those of [`check_services`], and [`Error::Conflict`] where somebody told one of the days meanwhile.
pub async fn tell(cx: &Cx, rows: Vec<DayServices>) -> Result<Vec<service_day::Model>> {
    let found = check_services(&rows, local_date(cx.now()));
    if !found.is_empty() {
        return Err(Error::Invalid(found));
    }
    let mut tx = cx.write(&cx.scope()?.require(Permission::ServicesTell)?).await?;
    let (teller, now) = (cx.scope()?.account(), cx.now());
    let ends = rows.iter().map(|row| row.day).min().zip(rows.iter().map(|row| row.day).max());
    let before = repo::service_days(&tx, ends).await?;
    let before: HashMap<_, _> = before.into_iter().map(|row| (row.day, row)).collect();
    let mut counted = Counted::default();
    let mut kept = Vec::new();
    for DayServices { day, services, version } in rows {
        let services = i32::try_from(services).unwrap_or(i32::MAX);
        let was = before.get(&day);
        let change = service_day::ActiveModel {
            services: Set(services),
            teller_id: Set(teller),
            told_at: Set(now),
            ..Default::default()
        };
        let row = match was {
            Some(_) => tx.update(service_day::ActiveModel { day: Unchanged(day), ..change }, version).await?,
            None if version == 0 => tx
                .insert(service_day::ActiveModel { day: Set(day), version: Set(1), ..change })
                .await
                .map_err(faster)?,
            None => return Err(Error::Conflict(Conflict::Stale)),
        };
        counted.services(day, i64::from(services) - was.map_or(0, |row| i64::from(row.services)));
        kept.push(row);
    }
    tx.count(counted).await?;
    let told = kept.len().to_string();
    tx.commit(AuditEvent::of(Verb::ServicesTold).with_detail(told)).await?;
    Ok(kept)
}

/// Somebody else told the day at the same time.
fn faster(error: Error) -> Error {
    if matches!(error, Error::Conflict(Conflict::Taken)) { Error::Conflict(Conflict::Stale) } else { error }
}
