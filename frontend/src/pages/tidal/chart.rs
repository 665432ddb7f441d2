//! How many waited in the last two hours: a line for the eye, a sentence and a list for everybody.

use domain::PostId;
use leptos::prelude::*;

use crate::{
    api::tidal::{Levels, Reading},
    components::ExportButton,
    i18n::{label, t, t_string, use_i18n},
    time,
};

/// The picture's size in its own units.
const WIDTH: i64 = 600;
const HEIGHT: i32 = 150;

/// The line, with what many and few are; nothing before the second reading.
#[component]
pub(super) fn Chart(readings: Vec<Reading>, levels: Levels, post: PostId) -> impl IntoView {
    let i18n = use_i18n();
    let (Some(first), Some(last)) = (readings.first(), readings.last()) else { return ().into_any() };
    let most = readings.iter().map(|row| row.waiting).max().unwrap_or(0);
    let top = most.max(levels.open_waiting).saturating_add(3).max(1);
    let span = (last.at - first.at).num_seconds().max(1);
    let y = move |waiting: i32| HEIGHT - waiting * HEIGHT / top;
    let points: Vec<_> = readings
        .iter()
        .map(|row| format!("{},{}", (row.at - first.at).num_seconds() * WIDTH / span, y(row.waiting)))
        .collect();
    let points = points.join(" ");
    let (from, to) = (time::time(first.at), time::time(last.at));
    let (start, end) = (first.waiting, last.waiting);
    let words = move || {
        t_string!(i18n, tidal.chart, from = from.as_str(), first = start, to = to.as_str(), last = end, most = most)
    };
    let count = readings.len();
    let rows = readings.into_iter().rev().map(|row| {
        let minutes = row.minutes.map(|minutes| minutes.to_string()).unwrap_or_default();
        view! {
            <tr>
                <th scope="row">{time::time(row.at)}</th>
                <td class="number">{row.waiting}</td>
                <td class="number">{minutes}</td>
                <td>{move || label(i18n.get_locale(), "reading_source", row.source.key())}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let line = move |level: i32, class: &'static str| {
        view! { <line class=class x1="0" x2=WIDTH.to_string() y1=y(level).to_string() y2=y(level).to_string()></line> }
    };
    view! {
        <svg class="queue-chart" role="img" aria-label=words viewBox=format!("0 -4 {WIDTH} {}", HEIGHT + 8) preserveAspectRatio="none">
            {line(levels.open_waiting, "queue-many")}
            {line(levels.close_waiting, "queue-few")}
            <polyline class="queue-line" points=points></polyline>
        </svg>
        <details class="more">
            <summary>{move || t_string!(i18n, tidal.readings, count = count)}</summary>
            <table class="figures">
                <thead>
                    <tr>
                        <th scope="col">{t!(i18n, tidal.called_time)}</th>
                        <th scope="col">{t!(i18n, tidal.waiting)}</th>
                        <th scope="col">{t!(i18n, tidal.minutes)}</th>
                        <th scope="col">{t!(i18n, tidal.source)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <ExportButton list="tidal_readings" of="tidal-now" query=format!("post={post}") />
        </details>
    }
    .into_any()
}
