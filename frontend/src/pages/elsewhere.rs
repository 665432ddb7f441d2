//! An address of the desk that belongs to its other entry point.

use leptos::prelude::*;

/// Loads the page anew: the server then sends the entry point that knows the address.
#[component]
pub fn Elsewhere() -> impl IntoView {
    request_animation_frame(|| {
        let _ = window().location().reload();
    });
}
