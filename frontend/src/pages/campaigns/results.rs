//! What a round came to: by target, on average, of as many forms as it takes; and by part of the form.

use domain::campaigns::results::written;
use leptos::prelude::*;

use super::called;
use crate::{
    api::campaigns::{Mean, PartMean, Target},
    i18n::{pick, t, t_string, use_i18n},
};

/// Points as they are shown.
pub(super) fn points(hundredths: i32) -> String {
    written(u32::try_from(hundredths).unwrap_or_default())
}

/// The table.
#[component]
pub(super) fn Means(
    targets: Vec<Target>,
    means: Vec<Mean>,
    parts: Vec<PartMean>,
    whole: Option<i32>,
    hidden: i32,
    least: i32,
) -> impl IntoView {
    let i18n = use_i18n();
    let rows = targets.into_iter().map(|target| {
        let mean = means.iter().find(|mean| mean.target == target.id);
        let own: Vec<_> = parts.iter().filter(|part| part.target == target.id).cloned().collect();
        let (shown, forms) = (mean.and_then(|mean| mean.mean), mean.and_then(|mean| mean.forms));
        let range =
            mean.and_then(|mean| mean.from.zip(mean.to)).map(|(from, to)| format!("{}–{}", points(from), points(to)));
        view! {
            <tr data-mean=shown.map_or_else(String::new, points)>
                <th scope="row">
                    {move || called(&target, i18n.get_locale())}
                    <Parts parts=own />
                </th>
                <td class="number tabular-nums">{shown.map(points)}</td>
                <td class="number tabular-nums">{forms}</td>
                <td class="number tabular-nums">{range}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="sheet" aria-labelledby="round-means">
            <h2 class="sheet-title" id="round-means">{t!(i18n, campaigns.results.title)}</h2>
            {whole.map(|whole| {
                let whole = points(whole);
                view! { <p class="font-semibold">{move || t_string!(i18n, campaigns.results.whole, points = whole.as_str())}</p> }
            })}
            {(hidden > 0).then(|| view! {
                <p class="hint">{move || t_string!(i18n, campaigns.results.hidden, count = hidden, least = least)}</p>
            })}
            <div class="table-box" tabindex="0" role="region" aria-labelledby="round-means">
                <table class="figures">
                    <thead>
                        <tr>
                            <th scope="col">{t!(i18n, campaigns.targets.title)}</th>
                            <th scope="col" class="number">{t!(i18n, campaigns.results.mean)}</th>
                            <th scope="col" class="number">{t!(i18n, campaigns.results.forms)}</th>
                            <th scope="col" class="number">{t!(i18n, campaigns.results.range)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <p class="hint">{t!(i18n, campaigns.results.about)}</p>
        </section>
    }
}

/// The parts of the form, each with its mean of how much.
#[component]
pub(super) fn Parts(parts: Vec<PartMean>) -> impl IntoView {
    let i18n = use_i18n();
    let rows = parts.into_iter().map(|part| {
        let PartMean { title_zh, title_en, mean, most, .. } = part;
        let of = format!("{} / {}", points(mean), points(most));
        view! {
            <li>{move || pick(i18n.get_locale(), &title_zh, &title_en)} " " <span class="tabular-nums">{of}</span></li>
        }
    });
    view! { <ul class="hint font-normal">{rows.collect_view()}</ul> }
}
