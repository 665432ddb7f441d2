//! Two periods beside each other: 同比, the same days a year earlier, or 环比, the period just before.

use chrono::NaiveDate;
use domain::{
    Violation,
    center::CenterStatus,
    metrics::{Metric, MetricUnit, Period},
    permission::Permission,
    statistics::{Z95, difference},
};

use super::figures::{Everybody, Figure, Held, Parts, Question, Table, held};
use crate::{db::identity::Center, error::Result, graphql::context::Cx};

/// What the other period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The same days a year earlier.
    YearOnYear,
    /// The period just before, as long as this.
    ToPrevious,
}

/// What is asked.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Which figure.
    pub metric: Metric,
    /// By which definition.
    pub version: Option<u32>,
    /// From which day to which.
    pub days: (NaiveDate, NaiveDate),
    /// Beside which period.
    pub basis: Basis,
    /// Only this part.
    pub stratum: Option<String>,
}

/// A figure in both.
#[derive(Clone, Debug)]
pub struct Row {
    /// Whose; none for the city.
    pub center: Option<Center>,
    /// In the period that was asked for.
    pub now: Figure,
    /// In the other one.
    pub then: Figure,
    /// By how much it changed.
    pub change: Option<f64>,
    /// The 95 % interval of that, of shares.
    pub interval: Option<(f64, f64)>,
}

/// Two periods.
#[derive(Clone, Debug)]
pub struct Periods {
    /// Which figure, of which days.
    pub question: Question,
    /// What the other one is.
    pub basis: Basis,
    /// The other one.
    pub then: Period,
    /// The city.
    pub total: Row,
    /// The centers, in the city's order.
    pub rows: Vec<Row>,
}

/// Puts them beside each other; two statements for the figures.
///
/// # Errors
/// `metrics.period_unknown` where there is no such period before, and those of [`Question::new`].
pub async fn compare(cx: &Cx, asked: Asked) -> Result<Periods> {
    cx.scope()?.require(Permission::CityCompare)?;
    let question = Question::new(cx, asked.metric, asked.version, asked.days, asked.stratum.as_deref()).await?;
    let then = match asked.basis {
        Basis::YearOnYear => question.period.year_before(),
        Basis::ToPrevious => question.period.before(),
    };
    let then = then.ok_or_else(|| Violation::new("from", "metrics.period_unknown"))?;
    let before = Question { period: then, ..question.clone() };
    let tx = cx.read().await?;
    let mut now_held = held(&tx, &question, None, Parts::Unneeded).await?;
    let mut then_held = held(&tx, &before, None, Parts::Unneeded).await?;
    let mut centers = tx.city_centers().await?;
    let works = |status| matches!(status, CenterStatus::Active | CenterStatus::Closing);
    centers.retain(|(center, status)| {
        works(*status) || now_held.contains_key(&center.id) || then_held.contains_key(&center.id)
    });
    let centers: Vec<Center> = centers.into_iter().map(|(center, _)| center).collect();
    let table = |held: &mut Everybody| {
        let held: Vec<Held> = centers.iter().map(|center| held.remove(&center.id).unwrap_or_default()).collect();
        Table::of(&cx.app.comparisons, &question, &held)
    };
    let (now, then_table) = (table(&mut now_held), table(&mut then_held));
    let total = row(question.metric, None, now.total, then_table.total);
    let both = centers.into_iter().zip(now.rows.into_iter().zip(then_table.rows));
    let rows = both.map(|(center, (now, then))| row(question.metric, Some(center), now.figure, then.figure)).collect();
    Ok(Periods { question, basis: asked.basis, then, total, rows })
}

fn row(metric: Metric, center: Option<Center>, now: Figure, then: Figure) -> Row {
    let (change, interval) = match metric.unit() {
        MetricUnit::Share => {
            let ends = now.stored().zip(then.stored()).and_then(|(now, then)| difference(now, then, Z95));
            (now.rate.zip(then.rate).map(|(now, then)| now - then), ends.map(|ends| (ends.low, ends.high)))
        }
        MetricUnit::Days | MetricUnit::Points => (now.rate.zip(then.rate).map(|(now, then)| now - then), None),
        // By share of what there was.
        MetricUnit::Count => {
            let (now, then) = (now.stored().map(|counts| counts.of()), then.stored().map(|counts| counts.of()));
            (now.zip(then).and_then(|(now, then)| growth(now, then)), None)
        }
    };
    Row { center, now, then, change, interval }
}

/// By how much of `then` it grew; none of nothing.
fn growth(now: u64, then: u64) -> Option<f64> {
    let real = |count: u64| u32::try_from(count).map_or(f64::INFINITY, f64::from);
    (then > 0).then(|| real(now) / real(then) - 1.0).filter(|growth| growth.is_finite())
}
