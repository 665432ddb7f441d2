//! A line through time: each period's value with its interval, and the signals among them.

use std::{fmt::Write, sync::Arc};

use leptos::{html, prelude::*};

use super::{Scale, Written, width_of};

/// A period.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Names it below the line.
    pub name: String,
    /// None: too little happened.
    pub value: Option<f64>,
    /// The interval around it.
    pub low: Option<f64>,
    pub high: Option<f64>,
    /// More than chance moved it.
    pub signal: bool,
}

const LEFT: f64 = 58.0;
const BELOW: f64 = 30.0;
const EDGE: f64 = 14.0;

/// The picture: a line, a whisker for each interval, a ring for each period and a filled square for each signal.
#[component]
pub fn TrendLine(
    points: Arc<Vec<Point>>,
    /// What it is held against, drawn as a broken line.
    #[prop(optional_no_strip)]
    centre: Option<f64>,
    written: Written,
    /// What it says, for whoever does not see it.
    #[prop(into)]
    words: Signal<String>,
    #[prop(default = 260.0)] height: f64,
) -> impl IntoView {
    let area = NodeRef::<html::Div>::new();
    let width = width_of(area);
    let picture = move || {
        let width = width.get();
        let values = points.iter().flat_map(|point| [point.value, point.low, point.high]).flatten().chain(centre);
        let (low, high) = values.fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(value), high.max(value)));
        let (low, high) = if low > high { (0.0, 1.0) } else { (low, high) };
        let air = ((high - low) * 0.08).max(0.002);
        let y = Scale::new(((low - air).max(0.0), high + air), (height - BELOW, EDGE));
        let x = Scale::new((-0.5, count(points.len()) - 0.5), (LEFT, width - EDGE));
        view! {
            <svg class="chart-picture" role="img" aria-label=move || words.get() viewBox=format!("0 0 {width} {height}")>
                {axes(&points, x, y, written, width, height)}
                {centre.map(|centre| {
                    let at = y.at(centre);
                    view! { <path class="chart-centre" d=format!("M{LEFT} {at:.1}H{:.1}", width - EDGE)></path> }
                })}
                {line(&points, x, y)}
            </svg>
        }
    };
    view! { <div class="chart-area" node_ref=area>{picture}</div> }
}

/// A number of things as a place; nobody has more than fit.
pub(super) fn count(things: usize) -> f64 {
    u32::try_from(things).map_or(f64::MAX, f64::from)
}

fn axes(points: &[Point], x: Scale, y: Scale, written: Written, width: f64, height: f64) -> AnyView {
    let (right, bottom) = (width - EDGE, height - BELOW);
    let mut grid = format!("M{LEFT} {EDGE}V{bottom}H{right}");
    let mut texts = Vec::new();
    for tick in y.ticks(4.0) {
        let at = y.at(tick);
        // Writing to a text cannot fail.
        let _ = write!(grid, "M{LEFT} {at:.1}H{right}");
        texts.push(("end", LEFT - 6.0, at + 4.0, written.of(tick)));
    }
    // As many names as fit beside each other; the last one always.
    let longest = points.iter().map(|point| point.name.chars().count()).max().unwrap_or(1);
    let mut room = right;
    for (n, point) in points.iter().enumerate().rev() {
        let (at, half) = (x.at(count(n)), count(longest) * 3.8);
        if at + half <= room + EDGE && at - half >= 0.0 {
            texts.push(("middle", at, bottom + 18.0, point.name.clone()));
            room = at - half - EDGE - 8.0;
        }
    }
    let texts = texts.into_iter().map(|(anchor, x, y, text)| {
        view! {
            <text class="chart-text" text-anchor=anchor x=format!("{x:.1}") y=format!("{y:.1}")>
                {text}
            </text>
        }
    });
    let texts = texts.collect_view();
    view! {
        <path class="chart-grid" d=grid></path>
        {texts}
    }
    .into_any()
}

fn line(points: &[Point], x: Scale, y: Scale) -> AnyView {
    let [mut line, mut whiskers, mut rings, mut signals] = [const { String::new() }; 4];
    let mut apart = true;
    for (n, point) in points.iter().enumerate() {
        let Some(value) = point.value else {
            apart = true;
            continue;
        };
        let (at, up) = (x.at(count(n)), y.at(value));
        let _ = write!(line, "{}{at:.1} {up:.1}", if apart { 'M' } else { 'L' });
        apart = false;
        if let Some((low, high)) = point.low.zip(point.high) {
            let (low, high) = (y.at(low), y.at(high));
            let _ = write!(whiskers, "M{at:.1} {low:.1}V{high:.1}m-4 0h8M{:.1} {low:.1}h8", at - 4.0);
        }
        let _ = if point.signal {
            write!(signals, "M{:.1} {:.1}h11v11h-11z", at - 5.5, up - 5.5)
        } else {
            write!(rings, "M{:.1} {up:.1}a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0z", at - 3.5)
        };
    }
    view! {
        <path class="chart-whisker" d=whiskers></path>
        <path class="chart-line" d=line></path>
        <path class="dot-inside" d=rings></path>
        <path class="dot-act" d=signals></path>
    }
    .into_any()
}
