//! The city's report (通报) on a closed period: the figures as they were closed, beside the period before and the year
//! before; what is overdue now; and what the city writes about it, until it is issued.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    AccountId, CityReportId, Violation,
    complaints::form::entry,
    metrics::{CalendarPeriod, Metric},
    permission::Permission,
};
use entity::city_report;
use sea_orm::ActiveValue::{Set, Unchanged};

use super::{
    CenterCounts, center_counts,
    compare::{self, Asked, Compared},
    figures::{Figure, Held, Question, Table},
    standing::{chosen, periods},
};
use crate::{
    analytics::repo,
    db::{AuditEvent, ReadTx, Verb},
    error::{Conflict, Error, Result},
    graphql::context::Cx,
    tenancy,
};

/// The longest title.
const TITLE_MAX: usize = 200;
/// Figures of a report.
const MOST: usize = 6;

/// A figure of a report.
#[derive(Clone, Debug)]
pub struct Section {
    /// The centers by it.
    pub compared: Compared,
    /// The city in the period before.
    pub previous: Figure,
    /// The city a year earlier.
    pub year_before: Figure,
}

/// A report, and who saved it last.
#[derive(Clone, Debug)]
pub struct Saved {
    /// The row.
    pub row: city_report::Model,
    /// Their name.
    pub by: String,
}

/// What a report is written from.
pub struct Draft {
    /// The closed periods, the last one first.
    pub periods: Vec<CalendarPeriod>,
    /// The one that is shown, and when it was closed.
    pub shown: Option<(CalendarPeriod, DateTime<Utc>)>,
    /// What was saved.
    pub saved: Option<Saved>,
    /// Figure by figure.
    pub sections: Vec<Section>,
    /// Centers with something overdue, the most first.
    pub overdue: Vec<CenterCounts>,
}

/// What is to be saved.
#[derive(Clone, Debug)]
pub struct Writing {
    /// The period.
    pub period: String,
    /// The report, where it was saved before, and its version as seen.
    pub seen: Option<(CityReportId, i32)>,
    /// Its title.
    pub title: String,
    /// How it begins.
    pub opening: String,
    /// Good practice.
    pub practice: String,
    /// What is to be done.
    pub demands: String,
    /// Whether it is issued.
    pub issue: bool,
}

/// Reads what a report is written from.
///
/// # Errors
/// `metrics.period_unknown`, `metrics.not_closed`, `metrics.too_many` (arg `max`).
pub async fn draft(cx: &Cx, period: Option<&str>, metrics: &[Metric]) -> Result<Draft> {
    cx.scope()?.require(Permission::ComparePublish)?;
    if metrics.len() > MOST {
        return Err(Violation::new("metrics", "metrics.too_many").with("max", MOST).into());
    }
    let tx = cx.read().await?;
    let closed = periods(&tx).await?;
    let shown = chosen(&closed, period)?;
    let periods = closed.into_iter().map(|(period, _)| period).collect();
    let (mut sections, mut saved) = (Vec::new(), None);
    if let Some((period, _)) = shown {
        saved = with_name(&tx, repo::report_on(&tx, &period.to_string()).await?).await?;
        for metric in metrics {
            sections.push(section(cx, &tx, period, *metric).await?);
        }
    }
    let overdue = |counts: &CenterCounts| counts.values.get("overdue").copied().unwrap_or(0);
    let mut late = center_counts(cx).await?;
    late.retain(|counts| overdue(counts) > 0);
    late.sort_by_key(|counts| std::cmp::Reverse(overdue(counts)));
    Ok(Draft { periods, shown, saved, sections, overdue: late })
}

async fn section(cx: &Cx, tx: &ReadTx, period: CalendarPeriod, metric: Metric) -> Result<Section> {
    let days = period.period();
    let asked =
        Asked { metric, version: None, days: (days.from(), days.to()), stratum: None, adjusted: false, peers: None };
    let compared = compare::compare(cx, asked).await?;
    let (previous, year_before) = (period.before(), period.year_before());
    Ok(Section {
        previous: city(cx, tx, &compared.question, previous).await?,
        year_before: city(cx, tx, &compared.question, year_before).await?,
        compared,
    })
}

/// The city in another closed period; nothing where that is not closed.
async fn city(cx: &Cx, tx: &ReadTx, question: &Question, period: CalendarPeriod) -> Result<Figure> {
    let found = compare::frozen(tx, question, &period.to_string()).await?;
    let Some((everybody, _)) = found else { return Ok(Figure::default()) };
    let held: Vec<Held> = everybody.into_values().collect();
    Ok(Table::of(&cx.app.comparisons, question, &held).total)
}

/// Saves a report, or issues it: then it stays as it is.
///
/// # Errors
/// `metrics.period_unknown`, `metrics.not_closed`, `form.required`, `form.too_long`, `metrics.report_issued`.
pub async fn save(cx: &Cx, writing: Writing) -> Result<Saved> {
    let period = CalendarPeriod::parse(writing.period.trim())?.to_string();
    check(&writing)?;
    let mut tx = cx.write(&cx.scope()?.require(Permission::ComparePublish)?).await?;
    let me = cx.scope()?.account().ok_or(Error::Unauthenticated)?;
    if !repo::is_closed(&tx, &period).await? {
        return Err(Violation::new("period", "metrics.not_closed").into());
    }
    let known = repo::report_on(&tx, &period).await?;
    if known.as_ref().is_some_and(|row| row.issued_at.is_some()) {
        return Err(Violation::new("", "metrics.report_issued").into());
    }
    let now = tx.now();
    let text = |text: &str| Set(text.trim().to_owned());
    let change = city_report::ActiveModel {
        title: text(&writing.title),
        opening: text(&writing.opening),
        practice: text(&writing.practice),
        demands: text(&writing.demands),
        saved_by: Set(me),
        saved_at: Set(now),
        issued_at: Set(writing.issue.then_some(now)),
        ..Default::default()
    };
    let row = match (known, writing.seen) {
        (None, None) => {
            let (id, version) = (Set(CityReportId(cx.app.ids.next())), Set(1));
            tx.city_insert(city_report::ActiveModel { id, period: Set(period), version, ..change }).await?
        }
        (Some(row), Some((id, version))) if row.id == id => {
            tx.city_update(city_report::ActiveModel { id: Unchanged(id), ..change }, version).await?
        }
        // Somebody else has begun it, or it is another period's.
        _ => return Err(Error::Conflict(Conflict::Stale)),
    };
    let saved = with_name(&tx, Some(row.clone())).await?;
    let verb = if writing.issue { Verb::CityReportIssued } else { Verb::CityReportSaved };
    tx.commit(AuditEvent::on(row.id.0, verb).with_detail(row.period)).await?;
    Ok(saved.ok_or_else(|| anyhow::anyhow!("what was saved is not there"))?)
}

/// A draft may lack anything but its title; what is issued says something everywhere.
fn check(writing: &Writing) -> Result<()> {
    let texts = [("opening", &writing.opening), ("practice", &writing.practice), ("demands", &writing.demands)];
    let asked = texts.into_iter().filter(|(_, text)| writing.issue || !text.trim().is_empty());
    let mut found: Vec<Violation> = asked.filter_map(|(field, text)| entry(field, text).err()).collect();
    found.extend(entry("title", &writing.title).err());
    if writing.title.trim().chars().count() > TITLE_MAX {
        found.push(Violation::new("title", "form.too_long").with("max", TITLE_MAX));
    }
    if found.is_empty() { Ok(()) } else { Err(Error::Invalid(found)) }
}

async fn with_name(tx: &ReadTx, row: Option<city_report::Model>) -> Result<Option<Saved>> {
    let Some(row) = row else { return Ok(None) };
    let names: HashMap<AccountId, String> = tenancy::centers::service::colleagues(tx).await?.into_iter().collect();
    Ok(Some(Saved { by: names.get(&row.saved_by).cloned().unwrap_or_default(), row }))
}
