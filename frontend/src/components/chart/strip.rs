//! Where one lies among others that have no names.

use std::fmt::Write;

use leptos::{html, prelude::*};

use super::{Scale, Written, width_of};

const HEIGHT: f64 = 74.0;
const EDGE: f64 = 30.0;

/// A line with a stroke for each of the others, a broken one at their median, and a filled square for oneself.
#[component]
pub fn Strip(
    peers: Vec<f64>,
    own: Option<f64>,
    median: Option<f64>,
    written: Written,
    /// What it says, for whoever does not see it.
    #[prop(into)]
    words: Signal<String>,
) -> impl IntoView {
    let area = NodeRef::<html::Div>::new();
    let width = width_of(area);
    let picture = move || {
        let width = width.get();
        let values = peers.iter().copied().chain(own).chain(median);
        let (low, high) = values.fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(value), high.max(value)));
        let (low, high) = if low > high { (0.0, 1.0) } else { (low, high) };
        let x = Scale::new((low, high), (EDGE, width - EDGE));
        let mut strokes = String::new();
        for peer in &peers {
            // Writing to a text cannot fail.
            let _ = write!(strokes, "M{:.1} 24v20", x.at(*peer));
        }
        let ends = [("start", EDGE - 26.0, written.of(low)), ("end", width - EDGE + 26.0, written.of(high))];
        let ends = ends.into_iter().map(|(anchor, at, text)| {
            view! { <text class="chart-text" text-anchor=anchor x=format!("{at:.1}") y="68">{text}</text> }
        });
        let ends = ends.collect_view();
        let mark = own.map(|own| format!("M{:.1} 28h12v12h-12z", x.at(own) - 6.0));
        view! {
            <svg class="chart-picture" role="img" aria-label=move || words.get() viewBox=format!("0 0 {width} {HEIGHT}")>
                <path class="chart-grid" d=format!("M{EDGE} 34H{:.1}", width - EDGE)></path>
                <path class="chart-whisker" d=strokes></path>
                {median.map(|median| view! { <path class="chart-centre" d=format!("M{:.1} 10v48", x.at(median))></path> })}
                {mark.map(|mark| view! { <path class="dot-act" d=mark></path> })}
                {ends}
            </svg>
        }
    };
    view! { <div class="chart-area" node_ref=area>{picture}</div> }
}
