//! What is asked of the figures.

use async_graphql::InputObject;
use chrono::NaiveDate;
use domain::{
    CityReportId, PublicationId,
    center::CenterKind,
    metrics::{Metric, TrendStep},
};

use super::types::PeriodBasis;

/// The centers of the city by one figure.
#[derive(InputObject)]
pub struct CompareInput {
    /// Which figure.
    pub metric: Metric,
    /// Its definition, where the viewer has seen one; another one than the present is refused.
    pub version: Option<u32>,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// Only this part, such as `qr`.
    pub stratum: Option<String>,
    /// Also with the city's mix of strata for everybody.
    pub adjusted: Option<bool>,
    /// Only centers of one kind, among each other.
    pub peers: Option<CenterKind>,
}

/// A figure through time.
#[derive(InputObject)]
pub struct TrendInput {
    /// Which figure.
    pub metric: Metric,
    /// Its definition, as above.
    pub version: Option<u32>,
    /// The center, by its code; none for the city.
    pub center: Option<String>,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// Where it is cut.
    pub by: TrendStep,
    /// Only this part.
    pub stratum: Option<String>,
}

/// All figures of one center.
#[derive(InputObject)]
pub struct ProfileInput {
    /// The center, by its code.
    pub center: String,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
}

/// Two periods beside each other.
#[derive(InputObject)]
pub struct ComparePeriodsInput {
    /// Which figure.
    pub metric: Metric,
    /// Its definition, as above.
    pub version: Option<u32>,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// Beside which period.
    pub basis: PeriodBasis,
    /// Only this part.
    pub stratum: Option<String>,
}

/// How the viewer's center stands.
#[derive(InputObject)]
pub struct StandingInput {
    /// A closed period, such as `2026-03`; none for the last month.
    pub period: Option<String>,
}

/// Figures that the city means to publish.
#[derive(InputObject)]
pub struct ProposePublicationInput {
    /// A closed period, such as `2026-03`.
    pub period: String,
    /// Which figures.
    pub metrics: Vec<Metric>,
    /// How they come about, in Chinese.
    pub formula_zh: String,
    /// … in English.
    pub formula_en: String,
}

/// A publication as the viewer has seen it.
#[derive(InputObject)]
pub struct SeenPublicationInput {
    /// Which.
    pub id: PublicationId,
    /// Its version then.
    pub version: i32,
}

/// A publication that is taken back.
#[derive(InputObject)]
pub struct WithdrawPublicationInput {
    /// Which.
    pub id: PublicationId,
    /// Its version, as seen.
    pub version: i32,
    /// Why.
    pub reason: String,
}

/// What a report is written from.
#[derive(InputObject)]
pub struct ReportDraftInput {
    /// A closed period, such as `2026-03`; none for the last month.
    pub period: Option<String>,
    /// Which figures.
    pub metrics: Vec<Metric>,
}

/// A report as it is to be.
#[derive(InputObject)]
pub struct SaveReportInput {
    /// The period.
    pub period: String,
    /// The report, where it was saved before.
    pub id: Option<CityReportId>,
    /// Its version, as seen; 0 before it was saved.
    pub version: i32,
    /// Its title.
    pub title: String,
    /// How it begins.
    pub opening: String,
    /// Good practice, by name.
    pub practice: String,
    /// What is to be done.
    pub demands: String,
    /// Whether it is issued with this: then it stays as it is.
    pub issue: bool,
}
