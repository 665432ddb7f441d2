//! Many small lines of one size and one scale beside each other, so that the odd one shows.

use std::fmt::Write;

use leptos::prelude::*;

use super::{Scale, trend::count};
use crate::i18n::{pick, use_i18n};

/// One of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    pub name_zh: String,
    pub name_en: String,
    /// Where it leads.
    pub href: String,
    /// Value by value; none where too little happened.
    pub values: Vec<Option<f64>>,
    /// Which of them are signals.
    pub signals: Vec<bool>,
    /// The last value as it is written.
    pub last: String,
}

/// Units of a picture.
const WIDTH: f64 = 180.0;
const HEIGHT: f64 = 64.0;
const EDGE: f64 = 6.0;

/// The pictures. Each repeats what the page's table says, so a screen reader hears its name and its last value.
#[component]
pub fn Multiples(
    series: Vec<Series>,
    /// What all have together: a broken line in each.
    centre: Option<f64>,
) -> impl IntoView {
    let i18n = use_i18n();
    let values = series.iter().flat_map(|one| one.values.iter().flatten().copied()).chain(centre);
    let (low, high) = values.fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(value), high.max(value)));
    let (low, high) = if low > high { (0.0, 1.0) } else { (low, high) };
    let y = Scale::new((low, high), (HEIGHT - EDGE, EDGE));
    let tiles = series.into_iter().map(|one| {
        let x = Scale::new((0.0, count(one.values.len()) - 1.0), (EDGE, WIDTH - EDGE));
        let (mut line, mut signals) = (String::new(), String::new());
        let mut apart = true;
        for (n, value) in one.values.iter().enumerate() {
            let Some(value) = value else {
                apart = true;
                continue;
            };
            let (at, up) = (x.at(count(n)), y.at(*value));
            // Writing to a text cannot fail.
            let _ = write!(line, "{}{at:.1} {up:.1}", if apart { 'M' } else { 'L' });
            apart = false;
            if one.signals.get(n) == Some(&true) {
                let _ = write!(signals, "M{:.1} {:.1}h8v8h-8z", at - 4.0, up - 4.0);
            }
        }
        let Series { name_zh, name_en, href, last, .. } = one;
        view! {
            <li>
                <a class="multiple" href=href>
                    <span class="multiple-name">{move || pick(i18n.get_locale(), &name_zh, &name_en)}</span>
                    <svg class="chart-picture" viewBox=format!("0 0 {WIDTH} {HEIGHT}") aria-hidden="true">
                        {centre.map(|centre| view! {
                            <path class="chart-centre" d=format!("M0 {:.1}H{WIDTH}", y.at(centre))></path>
                        })}
                        <path class="chart-line" d=line></path>
                        <path class="dot-act" d=signals></path>
                    </svg>
                    <span class="multiple-last tabular-nums">{last}</span>
                </a>
            </li>
        }
    });
    view! { <ul class="multiples">{tiles.collect_view()}</ul> }
}
