//! Addresses that belong to another entry point.

use leptos::prelude::*;

/// Loads the page anew: the server then sends the entry point that knows the address.
#[component]
pub fn Elsewhere() -> impl IntoView {
    request_animation_frame(|| {
        let _ = window().location().reload();
    });
}

/// The page of whoever evaluates from outside: their phone needs nothing of the desk.
pub const EVALUATE: &str = "/evaluate";

/// Leaves the desk for it; the browser's way back does not lead here again.
#[component]
pub fn ForEvaluators() -> impl IntoView {
    request_animation_frame(|| {
        let _ = window().location().replace(EVALUATE);
    });
}
