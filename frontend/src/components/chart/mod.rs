//! Pictures of figures, drawn by hand. Each is an image with a sentence for whoever does not see it, and stands beside a
//! table of the same numbers. Its marks differ by shape and its lines by dashes, so that a black-and-white print says the
//! same. It is drawn as wide as there is room: letters keep their size on a phone.

mod bars;
mod funnel;
mod interval;
mod labels;
mod multiples;
mod scale;
mod strip;
mod trend;

pub use bars::{Bar, Bars};
pub use funnel::{Dot, Funnel, FunnelKey, Limit, Standing};
pub use interval::{Interval, IntervalBar};
pub use multiples::{Multiples, Series};
pub use scale::{Scale, Written};
pub use strip::Strip;
pub use trend::{Point, TrendLine};

use leptos::{ev, html, leptos_dom::helpers::window_event_listener, prelude::*};

use crate::dom;

/// How wide an area is, in pixels, for as long as it is shown.
fn width_of(area: NodeRef<html::Div>) -> ReadSignal<f64> {
    // Until it is measured: what fits a phone.
    let (width, set_width) = signal(320.0);
    let measure = move || {
        dom::next_frame(area, move |area| {
            let found = f64::from(area.client_width());
            if found > 0.0 && width.try_get_untracked().is_some_and(|known| known != found) {
                set_width.set(found);
            }
        });
    };
    area.on_load(move |_| measure());
    let resized = window_event_listener(ev::resize, move |_| measure());
    on_cleanup(move || resized.remove());
    width
}
