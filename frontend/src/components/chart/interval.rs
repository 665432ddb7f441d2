//! A value with its interval in the row of a table, where the numbers stand beside it.

use leptos::prelude::*;

use super::Scale;

/// A value, and between which two it lies in 95 of 100 cases.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    pub low: f64,
    pub value: f64,
    pub high: f64,
}

/// Units of the picture.
const WIDTH: f64 = 160.0;
const HEIGHT: f64 = 22.0;

/// The picture; it repeats the numbers, so a screen reader skips it.
#[component]
pub fn IntervalBar(
    interval: Interval,
    /// What all have together: a broken line.
    #[prop(optional_no_strip)]
    centre: Option<f64>,
    /// From where to where, the same in all rows.
    ends: (f64, f64),
) -> impl IntoView {
    let scale = Scale::new(ends, (4.0, WIDTH - 4.0));
    let (low, value, high) = (scale.within(interval.low), scale.within(interval.value), scale.within(interval.high));
    let middle = HEIGHT / 2.0;
    let mark = format!("M{:.1} {middle}a4 4 0 1 0 8 0a4 4 0 1 0-8 0z", value - 4.0);
    view! {
        <svg class="chart-interval" viewBox=format!("0 0 {WIDTH} {HEIGHT}") aria-hidden="true">
            {centre.map(|centre| view! { <path class="chart-centre" d=format!("M{:.1} 0V{HEIGHT}", scale.within(centre))></path> })}
            <path class="chart-whisker" d=format!("M{low:.1} {middle}H{high:.1}m0-4v8M{low:.1} {}v8", middle - 4.0)></path>
            <path class="dot-act" d=mark></path>
        </svg>
    }
}
