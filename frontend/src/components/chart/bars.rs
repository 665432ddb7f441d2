//! Bars beside each other's numbers: the table is the picture.

use leptos::prelude::*;

use super::Scale;

/// A row.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    pub name: String,
    pub value: f64,
    /// The value as it is written.
    pub text: String,
}

/// Units of a bar.
const WIDTH: f64 = 200.0;
const HEIGHT: f64 = 16.0;

/// A table of a name, a bar and a number in each row.
#[component]
pub fn Bars(
    rows: Vec<Bar>,
    /// What the rows are, and what the number is.
    #[prop(into)]
    of: TextProp,
    #[prop(into)] value: TextProp,
    /// The id of the heading that names it.
    labelled_by: &'static str,
) -> impl IntoView {
    let most = rows.iter().map(|row| row.value).fold(f64::EPSILON, f64::max);
    let scale = Scale::new((0.0, most), (0.0, WIDTH));
    let rows = rows.into_iter().map(|row| {
        let long = scale.within(row.value);
        view! {
            <tr>
                <th scope="row">{row.name}</th>
                <td>
                    <svg class="chart-bar" viewBox=format!("0 0 {WIDTH} {HEIGHT}") aria-hidden="true">
                        <path d=format!("M0 1H{long:.1}V15H0z")></path>
                    </svg>
                </td>
                <td class="number">{row.text}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <div class="table-box" tabindex="0" role="region" aria-labelledby=labelled_by>
            <table class="figures print-table">
                <thead>
                    <tr>
                        <th scope="col">{move || of.get()}</th>
                        <td></td>
                        <th scope="col" class="number">{move || value.get()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
