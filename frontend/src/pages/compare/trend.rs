//! `/desk/compare/trend`: how a figure moved, of the city or of one center, with what stands out marked.

use std::sync::Arc;

use chrono::NaiveDate;
use domain::{metrics::TrendStep, statistics::Signal};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::{
    Room, TREND,
    chosen::{Asked, Chooser, Question, export_query, use_asked},
    definition::{About, Of},
    figures::{between, metric_name, name, shown, value, volume, with_interval, written},
};
use crate::{
    api::{
        analytics::{Trend, TrendInput, TrendPoint, metric_trend},
        city::{CityCenter, centers},
    },
    components::{
        AsyncView, Empty, ExportButton, Icon, Mark,
        chart::{Point, TrendLine},
    },
    i18n::{Locale, label, t, t_string, td_string, use_i18n},
};

/// A period of no more days than this is cut at its Mondays, a longer one at the first of each month.
const WEEKS: i64 = 130;

/// Where a period is cut.
fn step(from: NaiveDate, to: NaiveDate) -> TrendStep {
    if (to - from).num_days() < WEEKS { TrendStep::Week } else { TrendStep::Month }
}

/// Where the period of the address is cut.
pub(super) fn step_of(question: Question) -> TrendStep {
    question.get_untracked().map_or(TrendStep::Month, |asked| step(asked.from, asked.to))
}

impl Asked {
    /// The same through time.
    pub(super) fn trend(&self) -> TrendInput {
        let Self { metric, from, to, .. } = *self;
        let center = Some(self.center.clone()).filter(|code| !code.is_empty());
        TrendInput { metric, center, from, to, by: step(from, to), stratum: self.part() }
    }
}

/// The page.
#[component]
pub fn TrendPage() -> impl IntoView {
    let i18n = use_i18n();
    let asked = use_asked();
    let found = LocalResource::new(move || {
        let asked = asked.get();
        async move { metric_trend::ask(asked?.trend()).await }
    });
    view! {
        <Room
            here=TREND
            title=move || t_string!(i18n, compare.trend.title)
            lead=move || t_string!(i18n, compare.trend.lead)
        >
            <Chooser asked />
            <Centers asked />
            <AsyncView resource=found ready=move |data| view! { <Body data /> } />
        </Room>
    }
}

/// Whose line it is: the city's or a center's.
#[component]
fn Centers(asked: Question) -> impl IntoView {
    let i18n = use_i18n();
    let navigate = StoredValue::new_local(use_navigate());
    let found = LocalResource::new(centers);
    let options = move || {
        let locale = i18n.get_locale();
        let chosen = asked.get().map(|asked| asked.center).unwrap_or_default();
        let rows = found.get().and_then(Result::ok).unwrap_or_default();
        let option = move |CityCenter { center, .. }: CityCenter| {
            let selected = chosen == center.code;
            view! { <option value=center.code.clone() selected=selected>{name(locale, &center)}</option> }
        };
        rows.into_iter().map(option).collect_view()
    };
    let go = move |event| {
        if let Ok(asked) = asked.get_untracked() {
            let path = format!("{TREND}?{}", Asked { center: event_target_value(&event), ..asked }.query());
            navigate.with_value(|go| go(&path, NavigateOptions::default()));
        }
    };
    view! {
        <label class="filter no-print max-w-sm">
            <span class="hint">{t!(i18n, compare.trend.whose)}</span>
            <select class="input-line" name="center" on:change=go>
                <option value="">{t!(i18n, compare.trend.city)}</option>
                {options}
            </select>
        </label>
    }
}

/// The days of a point.
fn days(point: &TrendPoint) -> String {
    format!("{} – {}", point.from, point.to)
}

/// The points of a line: a month is named by its number, a week by its Monday.
pub(super) fn points(data: &Trend, by: TrendStep) -> Arc<Vec<Point>> {
    let points = data.points.iter().map(|point| {
        let day = point.from.to_string();
        let name = if by == TrendStep::Month { day.get(..7) } else { day.get(5..) };
        Point {
            name: name.unwrap_or_default().to_owned(),
            value: value(data.unit, &point.figure),
            low: point.figure.low,
            high: point.figure.high,
            signal: point.signal.is_some(),
        }
    });
    Arc::new(points.collect())
}

/// What a line says, in sentences: the text of its picture.
pub(super) fn words(locale: Locale, data: &Trend) -> String {
    let known: Vec<_> = data.points.iter().filter(|point| value(data.unit, &point.figure).is_some()).collect();
    let (Some(first), Some(last)) = (known.first(), known.last()) else {
        return td_string!(locale, compare.trend.nothing).to_owned();
    };
    let (from, to) = (days(first), days(last));
    let (start, end) = (shown(data.unit, &first.figure), shown(data.unit, &last.figure));
    let moved = td_string!(locale, compare.trend.moved, from = from, first = start, to = to, last = end);
    let signals: Vec<_> = data.points.iter().filter_map(|point| Some((days(point), point.signal?))).collect();
    let stands_out = match signals.is_empty() {
        true => td_string!(locale, compare.trend.calm).to_owned(),
        false => {
            let names: Vec<_> = signals
                .into_iter()
                .map(|(days, signal)| {
                    let rule = label(locale, "trend_signal", signal.key());
                    td_string!(locale, compare.trend.at, days = days, rule = rule)
                })
                .collect();
            let names = names.join(td_string!(locale, desk.list_separator));
            td_string!(locale, compare.trend.signals, names = names)
        }
    };
    format!("{moved}{}{stands_out}", if locale == Locale::en { " " } else { "" })
}

#[component]
fn Body(data: Trend) -> impl IntoView {
    let i18n = use_i18n();
    let Trend { metric, unit, from, to, total, .. } = data;
    if data.points.iter().all(|point| value(unit, &point.figure).is_none()) {
        return view! { <Empty text=move || t_string!(i18n, compare.empty) /> }.into_any();
    }
    let center = data.center.clone();
    let title = move || {
        let locale = i18n.get_locale();
        let whose = center
            .as_ref()
            .map_or_else(|| t_string!(i18n, compare.trend.city).to_owned(), |center| name(locale, center));
        t_string!(i18n, compare.trend.of, name = metric_name(locale, metric), whose = whose)
    };
    let by = step_of(use_asked());
    let export = format!("{}&by={}", export_query(use_asked()), by.key());
    let line = points(&data, by);
    let centre = value(unit, &total).filter(|_| total.rate.is_some());
    let rows = data.points.clone().into_iter().map(|point| {
        let figure = point.figure;
        let signal = point.signal.map(|signal| {
            view! {
                <span class="inline-flex items-center gap-1 font-bold">
                    <Icon mark=Mark::Flag />
                    {move || label(i18n.get_locale(), "trend_signal", signal.key())}
                </span>
            }
        });
        view! {
            <tr class:row-act=point.signal.is_some() data-signal=point.signal.map(Signal::key)>
                <th scope="row" class="tabular-nums">{days(&point)}</th>
                <td class="number">{shown(unit, &figure)}</td>
                <td class="number">{between(unit, &figure)}</td>
                <td class="number">{volume(&figure)}</td>
                <td>{signal}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let said = leptos::prelude::Signal::derive(move || words(i18n.get_locale(), &data));
    view! {
        <section class="sheet" aria-labelledby="trend-picture">
            <div class="title-line">
                <h2 class="sheet-title" id="trend-picture">{title}</h2>
                <About of=Of { metric, from, to, stratum: String::new(), peers: None } />
            </div>
            <TrendLine points=line centre written=written(unit) words=said />
            <p>{move || said.get()}</p>
            <p class="hint">
                {move || t_string!(i18n, compare.trend.whole, value = with_interval(i18n.get_locale(), unit, &total))}
            </p>
        </section>
        <section class="sheet" aria-labelledby="trend-numbers">
            <div class="title-line">
                <h2 class="sheet-title" id="trend-numbers">{t!(i18n, compare.funnel.numbers)}</h2>
                <ExportButton list="trend" of="trend-numbers" query=export />
            </div>
            <div class="table-box" tabindex="0" role="region" aria-labelledby="trend-numbers">
                <table class="figures print-table">
                    <thead>
                        <tr>
                            <th scope="col">{t!(i18n, compare.trend.days)}</th>
                            <th scope="col" class="number">{t!(i18n, compare.column.value)}</th>
                            <th scope="col" class="number">{t!(i18n, compare.column.interval)}</th>
                            <th scope="col" class="number">{t!(i18n, compare.column.volume)}</th>
                            <th scope="col">{t!(i18n, compare.trend.signal)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <p class="hint">{t!(i18n, compare.trend.rules)}</p>
        </section>
    }
    .into_any()
}
