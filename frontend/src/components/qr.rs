//! A square code to be scanned.

use std::fmt::Write;

use leptos::prelude::*;

// What a scanner needs to tell the code from the page.
const QUIET: usize = 4;

/// The code whose rows hold `1` where it is dark.
#[component]
pub fn Qr(rows: Vec<String>, #[prop(into)] label: TextProp) -> impl IntoView {
    let side = rows.len() + 2 * QUIET;
    view! {
        <svg
            class="qr"
            role="img"
            aria-label=move || label.get()
            viewBox=format!("0 0 {side} {side}")
            shape-rendering="crispEdges"
        >
            <rect width=side height=side fill="#fff"></rect>
            <path d=dark(&rows) fill="#000"></path>
        </svg>
    }
}

/// One path for all: a square for each dark module.
fn dark(rows: &[String]) -> String {
    let mut path = String::new();
    for (y, row) in rows.iter().enumerate() {
        for (x, _) in row.bytes().enumerate().filter(|(_, module)| *module == b'1') {
            let _ = write!(path, "M{} {}h1v1h-1z", x + QUIET, y + QUIET);
        }
    }
    path
}
