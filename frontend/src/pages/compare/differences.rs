//! Figures that a night's look found to disagree with what they count. Nothing is mended in silence.

use domain::metrics::Metric;
use leptos::prelude::*;

use super::figures::{metric_name, name};
use crate::{
    api::analytics::{Difference, differences},
    components::{AsyncView, ExportButton, Icon, Mark},
    i18n::{t, t_string, use_i18n},
    time,
};

/// What was found, where anything was.
#[component]
pub(super) fn Differences() -> impl IntoView {
    let found = LocalResource::new(differences);
    let ready = move |rows: Vec<Difference>| (!rows.is_empty()).then(|| view! { <Found rows /> });
    view! { <AsyncView resource=found ready /> }
}

/// Numerator, denominator and what was left out.
fn written(counts: &[i32]) -> String {
    counts.iter().map(ToString::to_string).collect::<Vec<_>>().join(" / ")
}

#[component]
fn Found(rows: Vec<Difference>) -> impl IntoView {
    let i18n = use_i18n();
    let count = rows.len();
    let rows = rows.into_iter().map(|row| {
        let Difference { center, metric, day, stratum, kept, counted, found_at } = row;
        let known = Metric::from_id(&metric);
        let code = center.code.clone();
        view! {
            <tr data-center=code>
                <th scope="row">{move || name(i18n.get_locale(), &center)}</th>
                <td>{move || known.map_or_else(|| metric.clone(), |known| metric_name(i18n.get_locale(), known).to_owned())}</td>
                <td class="number">{day.to_string()}</td>
                <td>{stratum}</td>
                <td class="number">{written(&kept)}</td>
                <td class="number">{written(&counted)}</td>
                <td class="number">{time::date_time(found_at)}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="sheet" aria-labelledby="compare-differences" data-differences="">
            <div class="title-line">
                <h2 class="sheet-title" id="compare-differences">{t!(i18n, compare.differences.title)}</h2>
                <ExportButton list="differences" of="compare-differences" query=String::new() />
            </div>
            <p class="banner banner-bad">
                <Icon mark=Mark::Alert />
                {move || t_string!(i18n, compare.differences.found, count = count)}
            </p>
            <div class="table-box" tabindex="0" role="region" aria-labelledby="compare-differences">
                <table class="figures print-table">
                    <thead>
                        <tr>
                            <th scope="col">{t!(i18n, desk.city.center)}</th>
                            <th scope="col">{t!(i18n, compare.column.metric)}</th>
                            <th scope="col" class="number">{t!(i18n, compare.differences.day)}</th>
                            <th scope="col">{t!(i18n, compare.column.part)}</th>
                            <th scope="col" class="number">{t!(i18n, compare.differences.kept)}</th>
                            <th scope="col" class="number">{t!(i18n, compare.differences.counted)}</th>
                            <th scope="col" class="number">{t!(i18n, compare.differences.found_at)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
}
