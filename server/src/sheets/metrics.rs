//! Figures of centers as workbooks: what a page shows, and on a sheet of its own the parts that it was made of. What is
//! about too few on the page is empty here.

use chrono::{Days, NaiveDate};
use domain::{
    calendar::local_date,
    center::CenterKind,
    metrics::{CalendarPeriod, Metric, MetricDirection, MetricUnit, PeriodKind, StratumKind, TrendStep},
    statistics::Band,
};

use super::{
    book::Cell,
    lists::{Asked, Column, Found, table, yes},
    texts::Language,
};
use crate::{
    analytics::service::{
        Differing,
        compare::{self, Row},
        differing,
        figures::{Figure, Placed},
        periods::{self, Basis},
        services, standing, trend,
    },
    db::identity::Center,
    error::Result,
    graphql::context::Cx,
};

/// Days that are shown where none are asked for.
const DAYS: u64 = 30;

fn center(center: &Center, language: Language) -> Cell {
    language.pick(&center.name_zh, &center.name_en).into()
}

fn part(figure: &Figure) -> Cell {
    figure.counts.map(|(part, _)| part).into()
}

fn of(figure: &Figure) -> Cell {
    figure.counts.map(|(_, of)| of).into()
}

/// A share, a median, or a mean.
fn rate(unit: MetricUnit, rate: Option<f64>) -> Cell {
    match (unit, rate) {
        (_, None) | (MetricUnit::Count, _) => Cell::Empty,
        (MetricUnit::Share, Some(rate)) => Cell::Share(rate),
        (MetricUnit::Days | MetricUnit::Points, Some(number)) => Cell::Decimal(number),
    }
}

fn low(unit: MetricUnit, figure: &Figure) -> Cell {
    rate(unit, figure.interval.map(|(low, _)| low))
}

fn high(unit: MetricUnit, figure: &Figure) -> Cell {
    rate(unit, figure.interval.map(|(_, high)| high))
}

fn band(band: Band, language: Language) -> Cell {
    language.label("compare_band", band.key()).into()
}

/// What is asked for, as a page would: satisfaction, of the last thirty days.
fn metric(asked: &Asked) -> Result<Metric> {
    Ok(asked.value("metric", Metric::from_key)?.unwrap_or(Metric::SatisfactionRate))
}

fn days(cx: &Cx, asked: &Asked) -> Result<(NaiveDate, NaiveDate)> {
    let day = |name| asked.value(name, |text| text.parse::<NaiveDate>().ok());
    let to = day("to")?.unwrap_or_else(|| local_date(cx.now()));
    let from = day("from")?.or_else(|| to.checked_sub_days(Days::new(DAYS - 1))).unwrap_or(to);
    Ok((from, to))
}

/// The filters of a figure.
fn narrowed(found: Found, metric: Metric, (from, to): (NaiveDate, NaiveDate), language: Language) -> Found {
    let period = format!("{from} – {to}");
    found.chosen("metric", "metric", Some(metric.key()), language).narrowed(
        "period",
        Some(period),
        &format!("{from}..{to}"),
    )
}

fn stratum(found: Found, metric: Metric, stratum: &str, language: Language) -> Found {
    let shown = (!stratum.is_empty()).then(|| part_name(metric, stratum, language));
    found.narrowed("stratum", shown, stratum)
}

/// The first part of a stratum, as people call it.
fn part_name(metric: Metric, stratum: &str, language: Language) -> String {
    let (first, rest) = stratum.split_once('/').unwrap_or((stratum, ""));
    let name = match metric.strata().first() {
        Some(StratumKind::Channel) => language.label("point_channel", first),
        Some(StratumKind::Class) => language.label("complaint_class", first),
        Some(StratumKind::Round) => language.label("campaign_kind", first),
        _ => first,
    };
    if rest.is_empty() { name.to_owned() } else { format!("{name} {rest}") }
}

struct Line {
    unit: MetricUnit,
    row: Row,
}

const COMPARE: &[Column<Line>] = &[
    ("center", |line, language| center(&line.row.center, language)),
    ("part", |line, _| part(&line.row.placed.figure)),
    ("of", |line, _| of(&line.row.placed.figure)),
    ("excluded", |line, _| line.row.placed.figure.excluded.into()),
    ("rate", |line, _| rate(line.unit, line.row.placed.figure.rate)),
    ("low", |line, _| low(line.unit, &line.row.placed.figure)),
    ("high", |line, _| high(line.unit, &line.row.placed.figure)),
    ("shrunk", |line, _| rate(line.unit, line.row.placed.shrunk)),
    ("band", |line, language| band(line.row.placed.band, language)),
    ("standardised", |line, _| rate(line.unit, line.row.standardised)),
    ("partial", |line, language| yes(line.row.partial, language)),
];

struct PartLine {
    metric: Metric,
    row: compare::PartRow,
}

const PARTS: &[Column<PartLine>] = &[
    ("center", |line, language| center(&line.row.center, language)),
    ("stratum", |line, language| part_name(line.metric, &line.row.stratum, language).into()),
    ("part", |line, _| part(&line.row.figure)),
    ("of", |line, _| of(&line.row.figure)),
    ("excluded", |line, _| line.row.figure.excluded.into()),
    ("rate", |line, _| rate(line.metric.unit(), line.row.figure.rate)),
];

/// The centers of the city by one figure; `sort=band` as a ranking is printed: by bands, never by the bare rate.
pub(super) async fn compare(cx: &Cx, asked: &Asked) -> Result<Found> {
    let (language, metric, days) = (asked.language(), metric(asked)?, days(cx, asked)?);
    let question = compare::Asked {
        metric,
        version: None,
        days,
        stratum: asked.text("stratum").map(ToOwned::to_owned),
        adjusted: asked.text("adjusted") == Some("true"),
        peers: asked.value("peers", CenterKind::from_key)?,
    };
    let peers = question.peers;
    let parts = compare::parts(cx, question.clone()).await?;
    let compared = compare::compare(cx, question).await?;
    let (unit, filter) = (metric.unit(), compared.question.filter.clone());
    let shown = (compared.question.period.from(), compared.question.period.to());
    let mut rows: Vec<Line> = compared.rows.into_iter().map(|row| Line { unit, row }).collect();
    if asked.text("sort") == Some("band") {
        rows.sort_by(|one, other| before(&one.row.placed, &other.row.placed, metric.direction()));
    }
    let parts: Vec<PartLine> = parts.into_iter().map(|row| PartLine { metric, row }).collect();
    let mut found = table(&rows, COMPARE, language);
    if !parts.is_empty() {
        let raw = table(&parts, PARTS, language);
        found.raw = Some((raw.head, raw.rows));
    }
    let found = stratum(narrowed(found, metric, shown, language), metric, &filter, language);
    Ok(found.chosen("peers", "center_kind", peers.map(CenterKind::key), language))
}

/// The order of a ranking: by band, within a band by the share that was drawn to the city's; whoever is too small comes
/// last, in the city's order.
fn before(one: &Placed, other: &Placed, direction: MetricDirection) -> std::cmp::Ordering {
    let ranked = |placed: &Placed| !matches!(placed.band, Band::TooFew | Band::None);
    if !ranked(one) || !ranked(other) {
        return ranked(other).cmp(&ranked(one));
    }
    let share = |placed: &Placed| placed.shrunk.or(placed.figure.rate).unwrap_or(0.0);
    let highest_first = one.band.place().cmp(&other.band.place()).then(share(other).total_cmp(&share(one)));
    if direction == MetricDirection::Lower { highest_first.reverse() } else { highest_first }
}

struct PointLine {
    unit: MetricUnit,
    point: trend::Point,
}

const TREND: &[Column<PointLine>] = &[
    ("from", |line, _| line.point.period.from().into()),
    ("to", |line, _| line.point.period.to().into()),
    ("part", |line, _| part(&line.point.figure)),
    ("of", |line, _| of(&line.point.figure)),
    ("excluded", |line, _| line.point.figure.excluded.into()),
    ("rate", |line, _| rate(line.unit, line.point.figure.rate)),
    ("low", |line, _| low(line.unit, &line.point.figure)),
    ("high", |line, _| high(line.unit, &line.point.figure)),
    ("signal", |line, language| line.point.signal.map(|signal| language.label("trend_signal", signal.key())).into()),
];

/// A figure through time.
pub(super) async fn trend(cx: &Cx, asked: &Asked) -> Result<Found> {
    let (language, metric, days) = (asked.language(), metric(asked)?, days(cx, asked)?);
    let question = trend::Asked {
        metric,
        version: None,
        center: asked.text("center").map(ToOwned::to_owned),
        days,
        by: asked.value("by", TrendStep::from_key)?.unwrap_or(TrendStep::Week),
        stratum: asked.text("stratum").map(ToOwned::to_owned),
    };
    let (by, code) = (question.by, question.center.clone());
    let trend = trend::trend(cx, question).await?;
    let unit = metric.unit();
    let rows: Vec<_> = trend.points.into_iter().map(|point| PointLine { unit, point }).collect();
    let name = trend.center.map(|center| language.pick(&center.name_zh, &center.name_en).to_owned());
    let shown = (trend.question.period.from(), trend.question.period.to());
    let found = narrowed(table(&rows, TREND, language), metric, shown, language)
        .narrowed("center", name, &code.unwrap_or_default())
        .chosen("by", "trend_step", Some(by.key()), language);
    Ok(stratum(found, metric, &trend.question.filter, language))
}

const PROFILE: &[Column<compare::ProfileRow>] = &[
    ("metric", |row, language| language.label("metric", row.metric.key()).into()),
    ("part", |row, _| part(&row.placed.figure)),
    ("of", |row, _| of(&row.placed.figure)),
    ("rate", |row, _| rate(row.metric.unit(), row.placed.figure.rate)),
    ("low", |row, _| low(row.metric.unit(), &row.placed.figure)),
    ("high", |row, _| high(row.metric.unit(), &row.placed.figure)),
    ("band", |row, language| band(row.placed.band, language)),
    ("of_city", |row, _| rate(row.metric.unit(), row.city.rate)),
    ("median", |row, _| rate(row.metric.unit(), row.quartiles.map(|[_, median, _]| median))),
    ("lower", |row, _| rate(row.metric.unit(), row.quartiles.map(|[lower, _, _]| lower))),
    ("upper", |row, _| rate(row.metric.unit(), row.quartiles.map(|[_, _, upper]| upper))),
    ("partial", |row, language| yes(row.partial, language)),
];

/// All figures of a center; of the city's first one where none is named.
pub(super) async fn profile(cx: &Cx, asked: &Asked) -> Result<Found> {
    let (language, days) = (asked.language(), days(cx, asked)?);
    let code = match asked.text("center") {
        Some(code) => code.to_owned(),
        None => compare::first_center(cx).await?.code,
    };
    let profile = compare::profile(cx, &code, days).await?;
    let (from, to) = days;
    let name = language.pick(&profile.center.name_zh, &profile.center.name_en).to_owned();
    Ok(table(&profile.rows, PROFILE, language).narrowed("center", Some(name), &code).narrowed(
        "period",
        Some(format!("{from} – {to}")),
        &format!("{from}..{to}"),
    ))
}

struct PeriodLine {
    unit: MetricUnit,
    row: periods::Row,
}

const PERIODS: &[Column<PeriodLine>] = &[
    ("center", |line, language| match &line.row.center {
        Some(row) => center(row, language),
        None => language.word("about", "city").into(),
    }),
    ("part", |line, _| part(&line.row.now)),
    ("of", |line, _| of(&line.row.now)),
    ("rate", |line, _| rate(line.unit, line.row.now.rate)),
    ("then_part", |line, _| part(&line.row.then)),
    ("then_of", |line, _| of(&line.row.then)),
    ("then_rate", |line, _| rate(line.unit, line.row.then.rate)),
    ("change", |line, _| match line.unit {
        // By how much of what there was it grew.
        MetricUnit::Count => line.row.change.map_or(Cell::Empty, Cell::Share),
        unit => rate(unit, line.row.change),
    }),
    ("low", |line, _| rate(line.unit, line.row.interval.map(|(low, _)| low))),
    ("high", |line, _| rate(line.unit, line.row.interval.map(|(_, high)| high))),
];

/// Two periods beside each other; the city comes first.
pub(super) async fn periods(cx: &Cx, asked: &Asked) -> Result<Found> {
    let (language, metric, days) = (asked.language(), metric(asked)?, days(cx, asked)?);
    let year = asked.text("basis") == Some("year_on_year");
    let question = periods::Asked {
        metric,
        version: None,
        days,
        basis: if year { Basis::YearOnYear } else { Basis::ToPrevious },
        stratum: asked.text("stratum").map(ToOwned::to_owned),
    };
    let periods = periods::compare(cx, question).await?;
    let unit = metric.unit();
    let shown = (periods.question.period.from(), periods.question.period.to());
    let (then_from, then_to) = (periods.then.from(), periods.then.to());
    let rows: Vec<_> = std::iter::once(periods.total).chain(periods.rows).map(|row| PeriodLine { unit, row }).collect();
    let basis = if year { "year_on_year" } else { "to_previous" };
    let found = narrowed(table(&rows, PERIODS, language), metric, shown, language).narrowed(
        "basis",
        Some(format!("{}: {then_from} – {then_to}", language.word("word", basis))),
        basis,
    );
    Ok(stratum(found, metric, &periods.question.filter, language))
}

const STANDING: &[Column<standing::Row>] = &[
    ("metric", |row, language| language.label("metric", row.metric.key()).into()),
    ("part", |row, _| part(&row.own.figure)),
    ("of", |row, _| of(&row.own.figure)),
    ("rate", |row, _| rate(row.metric.unit(), row.own.figure.rate)),
    ("low", |row, _| low(row.metric.unit(), &row.own.figure)),
    ("high", |row, _| high(row.metric.unit(), &row.own.figure)),
    ("band", |row, language| band(row.own.band, language)),
    ("counted_now", |row, _| rate(row.metric.unit(), row.counted_now.rate)),
    ("of_city", |row, _| rate(row.metric.unit(), row.city.rate)),
    ("median", |row, _| rate(row.metric.unit(), row.quartiles.map(|[_, median, _]| median))),
    ("lower", |row, _| rate(row.metric.unit(), row.quartiles.map(|[lower, _, _]| lower))),
    ("upper", |row, _| rate(row.metric.unit(), row.quartiles.map(|[_, _, upper]| upper))),
];

struct NamedLine {
    metric: Metric,
    center: Center,
    placed: Placed,
}

const NAMED: &[Column<NamedLine>] = &[
    ("metric", |line, language| language.label("metric", line.metric.key()).into()),
    ("center", |line, language| center(&line.center, language)),
    ("part", |line, _| part(&line.placed.figure)),
    ("of", |line, _| of(&line.placed.figure)),
    ("rate", |line, _| rate(line.metric.unit(), line.placed.figure.rate)),
    ("band", |line, language| band(line.placed.band, language)),
];

/// How the viewer's center stands in a closed period; with the others by name where the city has published them.
pub(super) async fn standing(cx: &Cx, asked: &Asked) -> Result<Found> {
    let language = asked.language();
    let standing = standing::standing(cx, asked.text("period")).await?;
    let mut found = table(&standing.rows, STANDING, language);
    let mut named = Vec::new();
    for row in standing.rows {
        let metric = row.metric;
        let all = row.named.into_iter().flatten();
        named.extend(all.map(|(center, placed)| NamedLine { metric, center, placed }));
    }
    if !named.is_empty() {
        let raw = table(&named, NAMED, language);
        found.raw = Some((raw.head, raw.rows));
    }
    let period = standing.shown.map(|(period, _)| period.to_string());
    Ok(found.narrowed("period", period.clone(), &period.unwrap_or_default()))
}

const SERVICE_DAYS: &[Column<services::Day>] = &[
    ("day", |row, _| row.day.into()),
    ("worked", |row, language| row.worked.map_or(Cell::Empty, |worked| yes(worked, language))),
    ("services_told", |row, _| row.services.into()),
];

/// How many services the viewer's center has told of a month.
pub(super) async fn service_days(cx: &Cx, asked: &Asked) -> Result<Found> {
    let month = services::month(cx, asked.value("day", |text| text.parse::<NaiveDate>().ok())?).await?;
    let name = CalendarPeriod::of(PeriodKind::Month, month.first).to_string();
    Ok(table(&month.days, SERVICE_DAYS, asked.language()).narrowed("period", Some(name.clone()), &name))
}

const DIFFERENCES: &[Column<Differing>] = &[
    ("center", |found, language| center(&found.center, language)),
    ("metric", |found, _| found.row.metric.as_str().into()),
    ("day", |found, _| found.row.day.into()),
    ("stratum", |found, _| found.row.stratum.as_str().into()),
    ("kept_part", |found, _| found.row.kept_numerator.into()),
    ("kept_of", |found, _| found.row.kept_denominator.into()),
    ("kept_excluded", |found, _| found.row.kept_excluded.into()),
    ("counted_part", |found, _| found.row.counted_numerator.into()),
    ("counted_of", |found, _| found.row.counted_denominator.into()),
    ("counted_excluded", |found, _| found.row.counted_excluded.into()),
    ("found_at", |found, _| found.row.found_at.into()),
];

/// Figures that no longer agree with what they count.
pub(super) async fn differences(cx: &Cx, asked: &Asked) -> Result<Found> {
    Ok(table(&differing(cx).await?, DIFFERENCES, asked.language()))
}
