//! Keeps counts live without a connection held open.

use std::time::Duration;

use leptos::{
    ev,
    leptos_dom::helpers::{set_interval_with_handle, window_event_listener},
    prelude::*,
};

/// Calls `again` each minute and whenever the window gets the focus back, while the caller is shown.
pub fn every_minute(again: impl Fn() + Clone + 'static) {
    let on_focus = again.clone();
    let focus = window_event_listener(ev::focus, move |_| on_focus());
    let interval = set_interval_with_handle(again, Duration::from_secs(60));
    on_cleanup(move || {
        focus.remove();
        if let Ok(interval) = interval {
            interval.clear();
        }
    });
}
