//! Figures in words: values with their intervals, and where a center stands.

use domain::{
    metrics::{Metric, MetricDirection, MetricUnit},
    statistics::Band,
};
use leptos::prelude::*;

use crate::{
    api::{analytics::Figure, city::Named},
    components::{
        Chip, Mark, Tone,
        chart::{Interval, Written},
    },
    i18n::{Locale, label, pick, td_string, use_i18n},
};

/// What stands where nothing is shown.
pub(super) const NOTHING: &str = "—";

/// How the values of a unit are written.
pub(super) const fn written(unit: MetricUnit) -> Written {
    match unit {
        MetricUnit::Share => Written::Share,
        MetricUnit::Count => Written::Count,
        MetricUnit::Days | MetricUnit::Points => Written::Decimal,
    }
}

/// Whether centers are said to be above or below by such figures. A count says how much there was, and points are given by
/// other people in each center.
pub(super) const fn is_judged(unit: MetricUnit) -> bool {
    matches!(unit, MetricUnit::Share | MetricUnit::Days)
}

/// What a figure comes to.
pub(super) fn value(unit: MetricUnit, figure: &Figure) -> Option<f64> {
    match unit {
        MetricUnit::Count => figure.denominator.map(f64::from),
        MetricUnit::Share | MetricUnit::Days | MetricUnit::Points => figure.rate,
    }
}

/// The same as it is written.
pub(super) fn shown(unit: MetricUnit, figure: &Figure) -> String {
    value(unit, figure).map_or_else(|| NOTHING.to_owned(), |value| written(unit).of(value))
}

/// The interval of a figure.
pub(super) fn interval(figure: &Figure) -> Option<Interval> {
    let (value, (low, high)) = figure.rate.zip(figure.low.zip(figure.high))?;
    Some(Interval { low, value, high })
}

/// The same as it is written: `89.1%–92.4%`.
pub(super) fn between(unit: MetricUnit, figure: &Figure) -> Option<String> {
    let found = interval(figure)?;
    Some(format!("{}–{}", written(unit).of(found.low), written(unit).of(found.high)))
}

/// A value with its interval: `91.0%（89.1%–92.4%）`.
pub(super) fn with_interval(locale: Locale, unit: MetricUnit, figure: &Figure) -> String {
    let value = shown(unit, figure);
    match between(unit, figure) {
        Some(range) => td_string!(locale, compare.with_interval, value = value.as_str(), range = range.as_str()),
        None => value,
    }
}

/// Of how many; nothing of too few.
pub(super) fn volume(figure: &Figure) -> String {
    figure.denominator.map_or_else(|| NOTHING.to_owned(), |of| Written::Count.of(f64::from(of)))
}

/// From where to where the intervals of a column go.
pub(super) fn ends<'a>(figures: impl Iterator<Item = &'a Figure>) -> (f64, f64) {
    let found = figures.filter_map(interval);
    found.fold((f64::MAX, f64::MIN), |(low, high), one| (low.min(one.low), high.max(one.high)))
}

/// What a metric is called.
pub(super) fn metric_name(locale: Locale, metric: Metric) -> &'static str {
    label(locale, "metric", metric.key())
}

/// A center's name.
pub(super) fn name(locale: Locale, center: &Named) -> String {
    pick(locale, &center.name_zh, &center.name_en)
}

/// Whether a center lies above the rest; none within the limits.
pub(super) const fn is_above(band: Band) -> Option<bool> {
    match band {
        Band::High | Band::Above => Some(true),
        Band::Below | Band::Low => Some(false),
        Band::Middle | Band::TooFew | Band::None => None,
    }
}

/// Whether that is for the better; none where neither way is.
pub(super) fn is_better(band: Band, direction: MetricDirection) -> Option<bool> {
    match direction {
        MetricDirection::Higher => is_above(band),
        MetricDirection::Lower => is_above(band).map(|above| !above),
        MetricDirection::Neither => None,
    }
}

/// Whether a center has a place among the others: few say too little for one.
pub(super) const fn is_placed(band: Band) -> bool {
    !matches!(band, Band::TooFew | Band::None)
}

/// What to act on first.
pub(super) const fn urgency(band: Band) -> u8 {
    match band {
        Band::High | Band::Low => 0,
        Band::Above | Band::Below => 1,
        Band::Middle => 2,
        Band::TooFew => 3,
        Band::None => 4,
    }
}

/// Where a center stands, in a word with a mark.
#[component]
pub(super) fn BandChip(band: Band, direction: MetricDirection) -> impl IntoView {
    let i18n = use_i18n();
    let (tone, mark) = match (is_better(band, direction), band.outside998()) {
        (Some(false), true) => (Tone::Bad, Mark::Alert),
        (Some(false), false) => (Tone::Warn, Mark::Flag),
        (Some(true), _) => (Tone::Good, Mark::Star),
        (None, _) => match band {
            Band::Middle => (Tone::Plain, Mark::Check),
            Band::TooFew => (Tone::Still, Mark::Info),
            Band::None => (Tone::Still, Mark::Lock),
            _ => (Tone::Active, Mark::Flag),
        },
    };
    view! { <Chip tone mark text=move || label(i18n.get_locale(), "compare_band", band.key()) /> }
}
