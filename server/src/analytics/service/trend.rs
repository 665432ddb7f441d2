//! A figure through time, of a center or of the city, with what stands out of it.

use chrono::NaiveDate;
use domain::{
    metrics::{Metric, MetricGathering, MetricUnit, Period, TrendStep},
    permission::Permission,
    statistics::{Counts, Signal, signals},
};

use super::{
    compare::named,
    figures::{Figure, Held, Parts, Question, Table, needs_parts},
};
use crate::{
    db::{ReadTx, identity::Center},
    error::Result,
    graphql::context::Cx,
};

/// What is asked.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Which figure.
    pub metric: Metric,
    /// By which definition.
    pub version: Option<u32>,
    /// The center, by its code; none for the city.
    pub center: Option<String>,
    /// From which day to which.
    pub days: (NaiveDate, NaiveDate),
    /// Where it is cut.
    pub by: TrendStep,
    /// Only this part.
    pub stratum: Option<String>,
}

/// A part of the time.
#[derive(Clone, Copy, Debug)]
pub struct Point {
    /// Its days.
    pub period: Period,
    /// What it came to.
    pub figure: Figure,
    /// What stands out there.
    pub signal: Option<Signal>,
}

/// A figure through time.
#[derive(Clone, Debug)]
pub struct Trend {
    /// Which figure, of which days.
    pub question: Question,
    /// The center; none for the city.
    pub center: Option<Center>,
    /// All of it together.
    pub total: Figure,
    /// Point by point.
    pub points: Vec<Point>,
}

/// Reads it, in one statement for the figures.
///
/// # Errors
/// [`Error::NotFound`](crate::error::Error::NotFound) for another city's center, and those of [`Question::new`].
pub async fn trend(cx: &Cx, asked: Asked) -> Result<Trend> {
    cx.scope()?.require(Permission::CityCompare)?;
    let question = Question::new(cx, asked.metric, asked.version, asked.days, asked.stratum.as_deref()).await?;
    let tx = cx.read().await?;
    let center = match &asked.center {
        Some(code) => Some(named(&tx, code).await?),
        None => None,
    };
    let parts = question.period.parts(asked.by);
    let held = cut(&tx, &question, center.as_ref(), &parts).await?;
    let table = Table::of(&cx.app.comparisons, &question, &held);
    // A median has no p-chart, and what is taken daily is the same people again and again.
    let charted = question.metric.unit() == MetricUnit::Share && question.metric.gathering() != MetricGathering::Last;
    let counts: Vec<Counts> =
        table.rows.iter().map(|row| row.figure.stored().filter(|_| charted).unwrap_or_default()).collect();
    let points = parts.into_iter().zip(table.rows).zip(signals(&counts));
    let points = points.map(|((period, row), signal)| Point { period, figure: row.figure, signal }).collect();
    Ok(Trend { question, center, total: table.total, points })
}

/// What was counted in each part of the time.
async fn cut(tx: &ReadTx, question: &Question, center: Option<&Center>, parts: &[Period]) -> Result<Vec<Held>> {
    let filter = needs_parts(question, Parts::Unneeded).then_some(question.filter.as_str());
    let days = tx.day_sums(question.metric, question.period, center.map(|center| center.id), filter).await?;
    let mut held = vec![Held::default(); parts.len()];
    let mut last: Vec<Option<NaiveDate>> = vec![None; parts.len()];
    for row in days {
        let Some(at) = parts.iter().position(|part| (part.from()..=part.to()).contains(&row.day)) else { continue };
        if question.metric.gathering() == MetricGathering::Last {
            // The last day says it; the rows come in any order.
            if last[at].is_some_and(|known| known > row.day) {
                continue;
            }
            last[at] = Some(row.day);
            held[at] = Held::default();
        }
        held[at].add(&row.stratum, [row.numerator, row.denominator, row.excluded]);
    }
    Ok(held)
}
