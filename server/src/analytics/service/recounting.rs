//! Counting everything of a center again, each night: what differs from the figures that were kept as it happened is told
//! and not mended. The same look takes the figures that are no sum of days: how many are trained, how many checks pass.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use domain::{
    calendar::local_date,
    evaluation::forms::{FormContent, FormKind},
    metrics::{Metric, MetricGathering},
    permission::Permission,
};

use super::repo;
use crate::{
    analytics::counting::{Cell, Counted, Counts, Rated},
    auth::scope::Scope,
    campaigns,
    db::{AuditEvent, ReadTx, Verb, identity::Center},
    error::{Conflict, Error, Result},
    evaluation::forms::service::{counting, published},
    graphql::context::{App, Cx},
    model_posts, training,
};

/// Figures that are counted with what they count.
fn sums() -> Vec<Metric> {
    Metric::ALL.iter().copied().filter(|metric| metric.gathering() != MetricGathering::Last).collect()
}

/// What the rows of the center in scope come to.
///
/// # Errors
/// From the database.
pub async fn counted(tx: &ReadTx) -> Result<Counted> {
    let mut counted = Counted::default();
    for (rated, times) in tx.alike().await? {
        counted.ratings(rated, false, times);
    }
    for row in repo::excluded(tx).await? {
        counted.ratings(Rated::from(&row), false, -1);
        counted.ratings(Rated::from(&row), true, 1);
    }
    for row in repo::surveys(tx).await? {
        let rows: Vec<_> = serde_json::from_str(&row.answers).map_err(anyhow::Error::from)?;
        counted.survey(row.day, row.channel, row.form_version, &rows);
    }
    for case in repo::complaints(tx).await? {
        counted.complaint(&case, 1);
    }
    for case in repo::bad_ratings(tx).await? {
        counted.bad_rating(&case, 1);
    }
    for row in repo::service_days(tx, None).await? {
        counted.services(row.day, row.services.into());
    }
    for peak in repo::peaks(tx).await? {
        counted.peak(&peak);
    }
    campaigns::service::counted(tx, &mut counted).await?;
    Ok(counted)
}

/// What the center in scope has kept.
///
/// # Errors
/// From the database.
pub async fn kept(tx: &ReadTx) -> Result<Counted> {
    let mut kept = Counted::default();
    for row in tx.kept(&sums()).await? {
        // Another version of a figure is another figure.
        let Some(metric) = Metric::from_id(&row.metric) else { continue };
        let counts = [row.numerator, row.denominator, row.excluded];
        kept.keep(Cell { metric, day: row.day, stratum: row.stratum }, counts);
    }
    Ok(kept)
}

/// The look of a night at a center; nothing where it was looked at on this day.
///
/// A center that was never looked at gets its figures from its rows, and so does any center a figure of which it has kept
/// nothing yet: what happened before there was such a figure is counted too.
///
/// # Errors
/// From the database; nothing has changed then.
pub async fn nightly(app: &App, center: &Center) -> Result<()> {
    let cx = job(app, center);
    let today = local_date(cx.now());
    let tx = cx.read().await?;
    let last = repo::last_gauge(&tx).await?;
    if last.is_some_and(|last| last >= today) {
        return Ok(());
    }
    let kept = kept(&tx).await?;
    let counted = counted(&tx).await?;
    let known = if last.is_some() { kept.metrics() } else { BTreeSet::new() };
    let (differing, new) = counted.clone().less(&kept).of(&known);
    let differing: Vec<_> = differing.cells().map(|(cell, _)| cell).collect();
    let covered = covered(&tx, today).await?;
    drop(tx);
    let taken = [
        (Metric::TrainingCoverage, trained(&cx).await?),
        (Metric::DepartmentCoverage, covered),
        (Metric::ModelPostCompliance, passed(&cx).await?),
    ];
    let mut tx = cx.write(&cx.scope()?.require(Permission::ComplaintSupervise)?).await?;
    match repo::gauge(&mut tx, today, &taken).await {
        // Another process was faster.
        Err(Error::Conflict(Conflict::Taken)) => return Ok(()),
        other => other?,
    }
    let (cells, filled) = (differing.len(), new.clone().cells().count());
    tx.count(new).await?;
    let told = differing.into_iter().map(|cell| {
        let (before, after) = (kept.at(&cell), counted.at(&cell));
        (cell, before, after)
    });
    repo::tell_differences(&mut tx, told.collect()).await?;
    if cells > 0 {
        tracing::error!(center = center.code, cells, "figures differ from what they count");
    }
    let (verb, cells) = if filled > 0 { (Verb::MetricsRebuilt, filled) } else { (Verb::MetricsChecked, cells) };
    tx.commit(AuditEvent::of(verb).with_detail(cells.to_string())).await
}

/// Makes the figures of a center what its rows come to; how many were something else.
///
/// # Errors
/// From the database; nothing has changed then.
pub async fn rebuild(app: &App, center: &Center) -> Result<usize> {
    let cx = job(app, center);
    // Both from one snapshot: what happens meanwhile adds to either side alike, and this adds to what stands then.
    let tx = cx.read().await?;
    let missing = counted(&tx).await?.less(&kept(&tx).await?);
    drop(tx);
    let cells = missing.clone().cells().count();
    let mut tx = cx.write(&cx.scope()?.require(Permission::ComplaintSupervise)?).await?;
    tx.count(missing).await?;
    repo::tell_differences(&mut tx, Vec::new()).await?;
    tx.commit(AuditEvent::of(Verb::MetricsRebuilt).with_detail(cells.to_string())).await?;
    Ok(cells)
}

fn job(app: &App, center: &Center) -> Cx {
    Cx::new(app.clone(), Some(Scope::job(center, "metrics")), None, app.ids.next().to_string())
}

/// Staff who were trained this year, of all.
async fn trained(cx: &Cx) -> Result<Counts> {
    let found = training::service::reading::coverage(cx, local_date(cx.now()).year()).await?;
    let never = found.missing.iter().filter(|one| one.times == 0).count();
    Ok([number(found.total.saturating_sub(never)), number(found.total), 0])
}

/// Criteria of model posts that are met, of all by which something is asked.
async fn passed(cx: &Cx) -> Result<Counts> {
    let (met, asked) = model_posts::service::reading::compliance(cx).await?;
    Ok([number(met), number(asked), 0])
}

/// Departments that form E was answered about since the first of January, of those that its present version names.
async fn covered(tx: &ReadTx, today: NaiveDate) -> Result<Counts> {
    let Some(form) = counting(tx, FormKind::Questionnaire, today).await? else { return Ok([0; 3]) };
    let (_, FormContent::Questionnaire(form)) = published(tx, form).await? else { return Ok([0; 3]) };
    let named: BTreeSet<_> =
        form.departments.rows.iter().flat_map(|row| &row.choices).map(|line| line.code.clone()).collect();
    let rows = repo::surveys(tx).await?;
    let of_year = rows.into_iter().filter(|row| row.day.year() == today.year());
    let answered: BTreeSet<_> = of_year.filter_map(|row| row.department).collect();
    Ok([number(named.intersection(&answered).count()), number(named.len()), 0])
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
