//! From what is asked to the services, and from what they say to what is sent.

use domain::metrics::Metric;

use super::{
    inputs::{CompareInput, ComparePeriodsInput, ProposePublicationInput, SaveReportInput, TrendInput},
    types::{
        CenterProfile, CityReport, ComparedCenter, Comparison, Figure, FunnelPoint, MetricDefinition, MetricDifference,
        NamedFigure, Overdispersion, OverdueRow, PeriodBasis, PeriodComparison, PeriodRow, ProfileRow, Publication,
        PublicationState, ReportDraft, ReportFigure, ReportState, Standing, StandingRow, Trend, TrendPoint,
    },
};
use crate::analytics::service::{
    CenterCounts, Differing,
    compare::{self, Compared, Profile},
    figures,
    periods::{self, Basis, Periods},
    publishing::{self, Published},
    reports::{self, Draft, Saved, Section},
    standing, trend,
};

impl From<Metric> for MetricDefinition {
    fn from(metric: Metric) -> Self {
        Self {
            metric,
            version: metric.version(),
            unit: metric.unit(),
            direction: metric.direction(),
            gathering: metric.gathering(),
            strata: metric.strata().to_vec(),
            clause: metric.clause(),
            minimum: u32::try_from(metric.minimum()).unwrap_or(u32::MAX),
        }
    }
}

impl From<figures::Figure> for Figure {
    fn from(figure: figures::Figure) -> Self {
        Self {
            numerator: figure.counts.map(|(part, _)| part),
            denominator: figure.counts.map(|(_, of)| of),
            excluded: figure.excluded,
            rate: figure.rate,
            low: figure.interval.map(|(low, _)| low),
            high: figure.interval.map(|(_, high)| high),
        }
    }
}

impl From<CompareInput> for compare::Asked {
    fn from(input: CompareInput) -> Self {
        let CompareInput { metric, version, from, to, stratum, adjusted, peers } = input;
        Self { metric, version, days: (from, to), stratum, adjusted: adjusted.unwrap_or(false), peers }
    }
}

impl From<compare::Row> for ComparedCenter {
    fn from(row: compare::Row) -> Self {
        let Figure { numerator, denominator, excluded, rate, low, high } = row.placed.figure.into();
        Self {
            center: (&row.center).into(),
            numerator,
            denominator,
            excluded,
            rate,
            low,
            high,
            shrunk: row.placed.shrunk,
            band: row.placed.band,
            standardised: row.standardised,
            partial: row.partial,
        }
    }
}

impl From<Compared> for Comparison {
    fn from(compared: Compared) -> Self {
        let Compared { question, strata, total, quartiles, dispersion, curve, rows, .. } = compared;
        let point = |(n, limits): (u64, domain::statistics::Limits)| FunnelPoint {
            n: i64::try_from(n).unwrap_or(i64::MAX),
            low95: limits.low95,
            high95: limits.high95,
            low998: limits.low998,
            high998: limits.high998,
        };
        Self {
            metric: question.metric,
            version: question.metric.version(),
            unit: question.metric.unit(),
            direction: question.metric.direction(),
            from: question.period.from(),
            to: question.period.to(),
            stratum: question.filter,
            strata,
            total: total.into(),
            median: quartiles.map(|[_, median, _]| median),
            overdispersion: dispersion.map(|(phi, tau2)| Overdispersion { phi, tau2 }),
            limits: curve.into_iter().map(point).collect(),
            centers: rows.into_iter().map(Into::into).collect(),
            frozen: compared.frozen_at.is_some(),
            corrections: u32::try_from(compared.corrections).unwrap_or(u32::MAX),
            as_of: compared.as_of,
            publication: compared.publication,
        }
    }
}

impl From<TrendInput> for trend::Asked {
    fn from(input: TrendInput) -> Self {
        let TrendInput { metric, version, center, from, to, by, stratum } = input;
        Self { metric, version, center, days: (from, to), by, stratum }
    }
}

impl From<trend::Trend> for Trend {
    fn from(trend: trend::Trend) -> Self {
        let metric = trend.question.metric;
        let point = |point: trend::Point| TrendPoint {
            from: point.period.from(),
            to: point.period.to(),
            figure: point.figure.into(),
            signal: point.signal,
        };
        Self {
            metric,
            version: metric.version(),
            unit: metric.unit(),
            direction: metric.direction(),
            center: trend.center.as_ref().map(Into::into),
            from: trend.question.period.from(),
            to: trend.question.period.to(),
            total: trend.total.into(),
            points: trend.points.into_iter().map(point).collect(),
        }
    }
}

impl From<Profile> for CenterProfile {
    fn from(profile: Profile) -> Self {
        let row = |row: compare::ProfileRow| ProfileRow {
            metric: row.metric,
            version: row.metric.version(),
            unit: row.metric.unit(),
            direction: row.metric.direction(),
            figure: row.placed.figure.into(),
            band: row.placed.band,
            city: row.city.into(),
            lower: row.quartiles.map(|[lower, _, _]| lower),
            median: row.quartiles.map(|[_, median, _]| median),
            upper: row.quartiles.map(|[_, _, upper]| upper),
            partial: row.partial,
        };
        let (from, to) = profile.days;
        Self { center: (&profile.center).into(), from, to, rows: profile.rows.into_iter().map(row).collect() }
    }
}

impl From<PeriodBasis> for Basis {
    fn from(basis: PeriodBasis) -> Self {
        match basis {
            PeriodBasis::YearOnYear => Self::YearOnYear,
            PeriodBasis::ToPrevious => Self::ToPrevious,
        }
    }
}

impl From<Basis> for PeriodBasis {
    fn from(basis: Basis) -> Self {
        match basis {
            Basis::YearOnYear => Self::YearOnYear,
            Basis::ToPrevious => Self::ToPrevious,
        }
    }
}

impl From<ComparePeriodsInput> for periods::Asked {
    fn from(input: ComparePeriodsInput) -> Self {
        let ComparePeriodsInput { metric, version, from, to, basis, stratum } = input;
        Self { metric, version, days: (from, to), basis: basis.into(), stratum }
    }
}

impl From<periods::Row> for PeriodRow {
    fn from(row: periods::Row) -> Self {
        Self {
            center: row.center.as_ref().map(Into::into),
            now: row.now.into(),
            then: row.then.into(),
            change: row.change,
            low: row.interval.map(|(low, _)| low),
            high: row.interval.map(|(_, high)| high),
        }
    }
}

impl From<Periods> for PeriodComparison {
    fn from(periods: Periods) -> Self {
        let metric = periods.question.metric;
        Self {
            metric,
            version: metric.version(),
            unit: metric.unit(),
            direction: metric.direction(),
            basis: periods.basis.into(),
            from: periods.question.period.from(),
            to: periods.question.period.to(),
            then_from: periods.then.from(),
            then_to: periods.then.to(),
            total: periods.total.into(),
            rows: periods.rows.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<standing::Row> for StandingRow {
    fn from(row: standing::Row) -> Self {
        let named = |(center, placed): (crate::db::identity::Center, figures::Placed)| NamedFigure {
            center: (&center).into(),
            figure: placed.figure.into(),
            band: placed.band,
        };
        Self {
            metric: row.metric,
            version: row.metric.version(),
            unit: row.metric.unit(),
            direction: row.metric.direction(),
            figure: row.own.figure.into(),
            band: row.own.band,
            counted_now: row.counted_now.into(),
            city: row.city.into(),
            lower: row.quartiles.map(|[lower, _, _]| lower),
            median: row.quartiles.map(|[_, median, _]| median),
            upper: row.quartiles.map(|[_, _, upper]| upper),
            peers: row.peers,
            named: row.named.map(|rows| rows.into_iter().map(named).collect()),
        }
    }
}

impl From<standing::Standing> for Standing {
    fn from(standing: standing::Standing) -> Self {
        Self {
            periods: standing.periods.iter().map(ToString::to_string).collect(),
            period: standing.shown.map(|(period, _)| period.to_string()),
            frozen_at: standing.shown.map(|(_, at)| at),
            publications: standing.publications.into_iter().map(Into::into).collect(),
            rows: standing.rows.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<ProposePublicationInput> for publishing::Proposal {
    fn from(input: ProposePublicationInput) -> Self {
        let ProposePublicationInput { period, metrics, formula_zh, formula_en } = input;
        Self { period, metrics, formula_zh, formula_en }
    }
}

impl From<Published> for Publication {
    fn from(published: Published) -> Self {
        let Published { row, metrics, period, proposed_by, approved_by, may_approve } = published;
        let state = match (row.published_at, row.withdrawn_at) {
            (_, Some(_)) => PublicationState::Withdrawn,
            (Some(_), None) => PublicationState::Published,
            (None, None) => PublicationState::Proposed,
        };
        Self {
            id: row.id,
            version: row.version,
            period: row.period,
            kind: period.kind(),
            metrics,
            formula_zh: row.formula_zh,
            formula_en: row.formula_en,
            state,
            proposed_by,
            proposed_at: row.proposed_at,
            approved_by,
            published_at: row.published_at,
            withdrawn_at: row.withdrawn_at,
            reason: row.reason,
            may_approve,
        }
    }
}

impl From<Differing> for MetricDifference {
    fn from(found: Differing) -> Self {
        let row = found.row;
        Self {
            center: (&found.center).into(),
            metric: row.metric,
            day: row.day,
            stratum: row.stratum,
            kept: vec![row.kept_numerator, row.kept_denominator, row.kept_excluded],
            counted: vec![row.counted_numerator, row.counted_denominator, row.counted_excluded],
            found_at: row.found_at,
        }
    }
}

impl From<Saved> for CityReport {
    fn from(saved: Saved) -> Self {
        let Saved { row, by } = saved;
        Self {
            id: row.id,
            version: row.version,
            period: row.period,
            title: row.title,
            opening: row.opening,
            practice: row.practice,
            demands: row.demands,
            state: if row.issued_at.is_some() { ReportState::Issued } else { ReportState::Draft },
            saved_by: by,
            saved_at: row.saved_at,
            issued_at: row.issued_at,
        }
    }
}

impl From<SaveReportInput> for reports::Writing {
    fn from(input: SaveReportInput) -> Self {
        let SaveReportInput { period, id, version, title, opening, practice, demands, issue } = input;
        Self { period, seen: id.map(|id| (id, version)), title, opening, practice, demands, issue }
    }
}

impl From<Section> for ReportFigure {
    fn from(section: Section) -> Self {
        Self {
            comparison: section.compared.into(),
            previous: section.previous.into(),
            year_before: section.year_before.into(),
        }
    }
}

impl From<CenterCounts> for OverdueRow {
    fn from(counts: CenterCounts) -> Self {
        let value = |name: &str| counts.values.get(name).copied().unwrap_or(0);
        Self {
            overdue: value("overdue"),
            escalated: value("escalated"),
            as_of: counts.as_of,
            center: (&counts.center).into(),
        }
    }
}

impl From<Draft> for ReportDraft {
    fn from(draft: Draft) -> Self {
        Self {
            periods: draft.periods.iter().map(ToString::to_string).collect(),
            period: draft.shown.map(|(period, _)| period.to_string()),
            report: draft.saved.map(Into::into),
            figures: draft.sections.into_iter().map(Into::into).collect(),
            overdue: draft.overdue.into_iter().map(Into::into).collect(),
        }
    }
}
