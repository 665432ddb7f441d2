//! Closing months, quarters and years: what was counted of each is kept as it was, a week after its end. What is corrected
//! later is seen as the difference.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use domain::{
    CenterId,
    calendar::local_date,
    metrics::{CalendarPeriod, Metric, PeriodKind},
    permission::Permission,
};

use super::figures::{Held, Parts, Question, held, least};
use crate::{
    analytics::repo,
    auth::scope::Scope,
    db::{AuditEvent, ReadTx, Verb},
    error::{Conflict, Error, Result},
    graphql::context::{App, Cx},
};

/// A period is closed when so many days have passed since its last one: its last week of ratings is over then, and
/// ratings of its last day were opened. ASSUMPTION: totals elsewhere are due by the fifth (Yingde 2022).
const AFTER: u64 = 7;

/// So many of a kind are looked back at, where none was closed yet.
const fn looked_back(kind: PeriodKind) -> usize {
    match kind {
        PeriodKind::Month => 13,
        PeriodKind::Quarter => 5,
        PeriodKind::Year => 2,
    }
}

/// Closes what is over, of the city of a job's scope.
///
/// # Errors
/// From the database; what was closed before stays closed.
pub async fn sweep(app: &App, scope: Scope) -> Result<()> {
    let cx = Cx::new(app.clone(), Some(scope), None, app.ids.next().to_string());
    for period in due(local_date(cx.now())) {
        let tx = cx.read().await?;
        let key = period.to_string();
        if repo::is_closed(&tx, &key).await? {
            continue;
        }
        let everybody = everything(&cx, &tx, period).await?;
        drop(tx);
        if !everybody.is_empty() {
            close(&cx, &key, everybody).await?;
        }
    }
    Ok(())
}

/// The periods that are over for long enough on `today`, the earliest first.
fn due(today: NaiveDate) -> Vec<CalendarPeriod> {
    let settled = today - Days::new(AFTER);
    let mut found = Vec::new();
    for kind in PeriodKind::ALL {
        let mut period = CalendarPeriod::of(*kind, settled).before();
        for _ in 0..looked_back(*kind) {
            found.push(period);
            period = period.before();
        }
    }
    found.reverse();
    found
}

/// What every center of the city has counted of a period, figure by figure; nothing where there is nothing at all.
async fn everything(cx: &Cx, tx: &ReadTx, period: CalendarPeriod) -> Result<BTreeMap<(Metric, CenterId), Held>> {
    let mut found = BTreeMap::new();
    for metric in Metric::ALL.iter().copied() {
        let least = least(cx, metric).await?;
        let question = Question { metric, period: period.period(), filter: String::new(), least };
        let everybody = held(tx, &question, None, Parts::Needed).await?;
        found.extend(everybody.into_iter().map(|(center, held)| ((metric, center), held)));
    }
    if found.is_empty() {
        return Ok(found);
    }
    // Whoever has counted nothing has counted nothing: that is kept too, of the figure that stands for the period.
    for (center, _) in tx.city_centers().await? {
        found.entry((Metric::RatingVolume, center.id)).or_default();
    }
    Ok(found)
}

async fn close(cx: &Cx, period: &str, everybody: BTreeMap<(Metric, CenterId), Held>) -> Result<()> {
    let mut tx = cx.write(&cx.scope()?.require(Permission::CityCompare)?).await?;
    let now = tx.now();
    let rows = everybody.iter().map(|((metric, center), held)| repo::packed((period, *metric, *center), held, now));
    match tx.city_insert_many(rows.collect::<Result<Vec<_>>>()?).await {
        // Another process was faster.
        Err(Error::Conflict(Conflict::Taken)) => Ok(()),
        Err(error) => Err(error),
        Ok(()) => tx.commit(AuditEvent::of(Verb::PeriodFrozen).with_detail(period)).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_closed_a_week_after_its_end() {
        let closed = |day: &str| due(day.parse().unwrap()).iter().map(ToString::to_string).collect::<Vec<_>>();
        let has = |day, period: &str| closed(day).contains(&period.to_owned());
        assert!(!has("2026-02-07", "2026-01") && has("2026-02-08", "2026-01"));
        // Across the end of a year, all three kinds.
        for period in ["2025-12", "2025-Q4", "2025"] {
            assert!(!has("2026-01-07", period) && has("2026-01-08", period), "{period}");
        }
        assert_eq!(closed("2026-01-08").len(), 20);
        assert!(
            closed("2026-03-01").iter().position(|p| p == "2025-12")
                < closed("2026-03-01").iter().position(|p| p == "2026-01")
        );
    }
}
