//! Figures of centers, as GraphQL shows them. A figure about too few is null; so is what would tell it by subtraction.

use async_graphql::{Enum, SimpleObject};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    CityReportId, PublicationId,
    metrics::{Metric, MetricDirection, MetricGathering, MetricUnit, PeriodKind, StratumKind},
    statistics::{Band, Signal},
};

use crate::tenancy::graphql::PlaceNode;

/// What a figure is. Its name and its formula in words are in the texts, by the key of the metric.
#[derive(SimpleObject)]
pub struct MetricDefinition {
    /// Which figure.
    pub metric: Metric,
    /// Which definition of it.
    pub version: u32,
    /// A share, a count or days.
    pub unit: MetricUnit,
    /// Which way is better.
    pub direction: MetricDirection,
    /// How a period comes from its days.
    pub gathering: MetricGathering,
    /// By what a filter may narrow it, in the order of the filter's parts.
    pub strata: Vec<StratumKind>,
    /// The clause that it serves.
    pub clause: &'static str,
    /// Below so many nothing is shown.
    pub minimum: u32,
}

/// Counts, and what they say.
#[derive(SimpleObject, Clone, Copy, Default)]
pub struct Figure {
    /// What was counted; null where it is about too few.
    pub numerator: Option<i64>,
    /// Of how many; null where they are too few.
    pub denominator: Option<i64>,
    /// Beside them, left out by the rules of the figure.
    pub excluded: i64,
    /// A share from 0 to 1, or a median of days; null for a count, and of nothing.
    pub rate: Option<f64>,
    /// The lower end of its 95 % interval.
    pub low: Option<f64>,
    /// The upper end.
    pub high: Option<f64>,
}

/// A center among the others.
#[derive(SimpleObject)]
pub struct ComparedCenter {
    /// Which.
    pub center: PlaceNode,
    /// What was counted; null where it is about too few.
    pub numerator: Option<i64>,
    /// Of how many; null where they are too few.
    pub denominator: Option<i64>,
    /// Left out by the rules of the figure.
    pub excluded: i64,
    /// A share from 0 to 1, or a median of days; null for a count, and of nothing.
    pub rate: Option<f64>,
    /// The lower end of its 95 % interval.
    pub low: Option<f64>,
    /// The upper end.
    pub high: Option<f64>,
    /// Drawn to the city's by as much as its volume asks for; lists are sorted by this, never by `rate`.
    pub shrunk: Option<f64>,
    /// Where it stands.
    pub band: Band,
    /// What its rate would be with the city's mix of strata; null unless `adjusted` was asked for, and where a stratum of
    /// the city has nobody here.
    pub standardised: Option<f64>,
    /// Whether it was taken in, stopped or closed within the period.
    pub partial: bool,
}

/// The limits of a funnel at a volume.
#[derive(SimpleObject, Clone, Copy)]
pub struct FunnelPoint {
    /// The volume.
    pub n: i64,
    /// The lower 95 % limit.
    pub low95: f64,
    /// The upper one.
    pub high95: f64,
    /// The lower 99.8 % limit.
    pub low998: f64,
    /// The upper one.
    pub high998: f64,
}

/// How much more the centers differ than chance makes them.
#[derive(SimpleObject, Clone, Copy)]
pub struct Overdispersion {
    /// φ: the mean square of the standardised differences, drawn in at both ends; about 1 where chance alone is at work.
    pub phi: Option<f64>,
    /// τ²: the variance of shares beside chance. The limits are widened by it where it is not 0.
    pub tau2: f64,
}

/// The centers of the city by one figure.
#[derive(SimpleObject)]
pub struct Comparison {
    /// Which figure.
    pub metric: Metric,
    /// Which definition of it.
    pub version: u32,
    /// What it is.
    pub unit: MetricUnit,
    /// Which way is better.
    pub direction: MetricDirection,
    /// The first day.
    pub from: NaiveDate,
    /// The last day: that which was asked for, or the last one that may be shown.
    pub to: NaiveDate,
    /// The filter.
    pub stratum: String,
    /// What the filter may be, from what there is.
    pub strata: Vec<String>,
    /// The city.
    pub total: Figure,
    /// The median of the centers; of shares and of days.
    pub median: Option<f64>,
    /// How much more than by chance they differ; null where there is no funnel.
    pub overdispersion: Option<Overdispersion>,
    /// The limits, from the smallest volume to the largest.
    pub limits: Vec<FunnelPoint>,
    /// The centers, in the city's order.
    pub centers: Vec<ComparedCenter>,
    /// Whether these are the figures of a period that was closed.
    pub frozen: bool,
    /// Of so many centers the counts have changed since it was closed.
    pub corrections: u32,
    /// As of when: now, or when the period was closed.
    pub as_of: DateTime<Utc>,
    /// The notice under which the city has published it, where it has.
    pub publication: Option<PublicationId>,
}

/// A point of a trend.
#[derive(SimpleObject)]
pub struct TrendPoint {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// What it came to.
    pub figure: Figure,
    /// What stands out there, by the rules of a p-chart.
    pub signal: Option<Signal>,
}

/// A figure through time.
#[derive(SimpleObject)]
pub struct Trend {
    /// Which figure.
    pub metric: Metric,
    /// Which definition of it.
    pub version: u32,
    /// What it is.
    pub unit: MetricUnit,
    /// Which way is better.
    pub direction: MetricDirection,
    /// The center; null for the city.
    pub center: Option<PlaceNode>,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// All of it together: the centre line.
    pub total: Figure,
    /// Point by point.
    pub points: Vec<TrendPoint>,
}

/// A figure of one center beside the city's.
#[derive(SimpleObject)]
pub struct ProfileRow {
    /// Which figure.
    pub metric: Metric,
    /// Which definition of it.
    pub version: u32,
    /// What it is.
    pub unit: MetricUnit,
    /// Which way is better.
    pub direction: MetricDirection,
    /// The center's.
    pub figure: Figure,
    /// Where it stands.
    pub band: Band,
    /// The city's.
    pub city: Figure,
    /// The median of the centers.
    pub median: Option<f64>,
    /// Below this lies a quarter of the centers.
    pub lower: Option<f64>,
    /// Above this lies a quarter of them.
    pub upper: Option<f64>,
    /// Whether the center was taken in, stopped or closed within the period.
    pub partial: bool,
}

/// All figures of one center.
#[derive(SimpleObject)]
pub struct CenterProfile {
    /// Which center.
    pub center: PlaceNode,
    /// The first day.
    pub from: NaiveDate,
    /// The last day that was asked for; ratings end with the last week that is over.
    pub to: NaiveDate,
    /// Each figure.
    pub rows: Vec<ProfileRow>,
}

/// What two periods are beside each other.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeriodBasis {
    /// 同比: the same days a year earlier.
    YearOnYear,
    /// 环比: the period just before, as long as this.
    ToPrevious,
}

/// A center in two periods.
#[derive(SimpleObject)]
pub struct PeriodRow {
    /// Which center; null for the city.
    pub center: Option<PlaceNode>,
    /// The period that was asked for.
    pub now: Figure,
    /// The one beside it.
    pub then: Figure,
    /// The difference of the two rates; null where one of them is not shown, and for a count the change by share.
    pub change: Option<f64>,
    /// The lower end of its 95 % interval.
    pub low: Option<f64>,
    /// The upper end.
    pub high: Option<f64>,
}

/// Two periods beside each other.
#[derive(SimpleObject)]
pub struct PeriodComparison {
    /// Which figure.
    pub metric: Metric,
    /// Which definition of it.
    pub version: u32,
    /// What it is.
    pub unit: MetricUnit,
    /// Which way is better.
    pub direction: MetricDirection,
    /// What the other period is.
    pub basis: PeriodBasis,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// The first day of the other one.
    pub then_from: NaiveDate,
    /// Its last day.
    pub then_to: NaiveDate,
    /// The city.
    pub total: PeriodRow,
    /// The centers, in the city's order.
    pub rows: Vec<PeriodRow>,
}

/// A center's name and figure, in what the city has published.
#[derive(SimpleObject)]
pub struct NamedFigure {
    /// Which center.
    pub center: PlaceNode,
    /// Its figure.
    pub figure: Figure,
    /// Where it stands.
    pub band: Band,
}

/// How a center stands in one figure of a closed period.
#[derive(SimpleObject)]
pub struct StandingRow {
    /// Which figure.
    pub metric: Metric,
    /// Which definition of it.
    pub version: u32,
    /// What it is.
    pub unit: MetricUnit,
    /// Which way is better.
    pub direction: MetricDirection,
    /// One's own, as it was when the period was closed.
    pub figure: Figure,
    /// Where one stands.
    pub band: Band,
    /// One's own by what is counted now: another one where something was corrected since.
    pub counted_now: Figure,
    /// The city's.
    pub city: Figure,
    /// The median of the centers.
    pub median: Option<f64>,
    /// Below this lies a quarter of the centers.
    pub lower: Option<f64>,
    /// Above this lies a quarter of them.
    pub upper: Option<f64>,
    /// The other centers, without names, from the least to the greatest; those with enough behind them.
    pub peers: Vec<f64>,
    /// All centers by name, where the city has published the figure.
    pub named: Option<Vec<NamedFigure>>,
}

/// How the viewer's center stands.
#[derive(SimpleObject)]
pub struct Standing {
    /// The closed periods that there are, the last one first: `2026-03`, `2026-Q1`, `2026`.
    pub periods: Vec<String>,
    /// The one that was asked for, or the last month; null where none is closed yet.
    pub period: Option<String>,
    /// When it was closed.
    pub frozen_at: Option<DateTime<Utc>>,
    /// What the city has published of it.
    pub publications: Vec<Publication>,
    /// Each figure.
    pub rows: Vec<StandingRow>,
}

/// Where a publication stands.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum PublicationState {
    /// A second person decides.
    Proposed,
    /// Published.
    Published,
    /// Taken back.
    Withdrawn,
}

/// Figures of a closed period, for all centers by name.
#[derive(SimpleObject)]
pub struct Publication {
    /// Its id.
    pub id: PublicationId,
    /// How often it was changed.
    pub version: i32,
    /// The period: `2026-03`, `2026-Q1`, `2026`.
    pub period: String,
    /// What kind of period.
    pub kind: PeriodKind,
    /// Which figures.
    pub metrics: Vec<Metric>,
    /// How they come about, in Chinese.
    pub formula_zh: String,
    /// … in English.
    pub formula_en: String,
    /// Where it stands.
    pub state: PublicationState,
    /// Who proposed it; null outside of the city office.
    pub proposed_by: Option<String>,
    /// When.
    pub proposed_at: DateTime<Utc>,
    /// Who published it, another person; null outside of the city office.
    pub approved_by: Option<String>,
    /// When.
    pub published_at: Option<DateTime<Utc>>,
    /// When it was taken back.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// Why.
    pub reason: Option<String>,
    /// Whether the viewer may publish it: another one than who proposed it.
    pub may_approve: bool,
}

/// A figure that no longer agrees with what it counts.
#[derive(SimpleObject)]
pub struct MetricDifference {
    /// Of which center.
    pub center: PlaceNode,
    /// Key and version.
    pub metric: String,
    /// The day.
    pub day: NaiveDate,
    /// The stratum.
    pub stratum: String,
    /// As it is kept: numerator, denominator, excluded.
    pub kept: Vec<i64>,
    /// As it was counted again.
    pub counted: Vec<i64>,
    /// When that was found.
    pub found_at: DateTime<Utc>,
}

/// Whether a report is still written.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportState {
    /// 草稿.
    Draft,
    /// 已印发.
    Issued,
}

/// A report (通报) on a closed period.
#[derive(SimpleObject)]
pub struct CityReport {
    /// Its id.
    pub id: CityReportId,
    /// How often it was saved.
    pub version: i32,
    /// The period.
    pub period: String,
    /// Its title.
    pub title: String,
    /// How it begins.
    pub opening: String,
    /// Good practice, by name.
    pub practice: String,
    /// What is to be done.
    pub demands: String,
    /// Whether it is still written.
    pub state: ReportState,
    /// Who saved it last.
    pub saved_by: String,
    /// When.
    pub saved_at: DateTime<Utc>,
    /// When it was issued.
    pub issued_at: Option<DateTime<Utc>>,
}

/// One figure in a report.
#[derive(SimpleObject)]
pub struct ReportFigure {
    /// The centers by it, as they were when the period was closed.
    pub comparison: Comparison,
    /// The city in the period before (环比).
    pub previous: Figure,
    /// … a year earlier (同比).
    pub year_before: Figure,
}

/// What a center has overdue now.
#[derive(SimpleObject)]
pub struct OverdueRow {
    /// Which center.
    pub center: PlaceNode,
    /// Complaints that are overdue.
    pub overdue: i64,
    /// Complaints that went up to supervision or the city.
    pub escalated: i64,
    /// When the center counted.
    pub as_of: Option<DateTime<Utc>>,
}

/// What a report is written from.
#[derive(SimpleObject)]
pub struct ReportDraft {
    /// The closed periods that there are, the last one first.
    pub periods: Vec<String>,
    /// The one that was asked for, or the last month; null where none is closed yet.
    pub period: Option<String>,
    /// What was saved; null before anything was.
    pub report: Option<CityReport>,
    /// The figures, as many as were asked for.
    pub figures: Vec<ReportFigure>,
    /// Centers with something overdue, the most first.
    pub overdue: Vec<OverdueRow>,
}
