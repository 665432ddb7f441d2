//! `/desk/compare/multiples`: every center's months beside each other, small and alike, so that the odd one shows.

use domain::metrics::{MetricUnit, Period, TrendStep};
use leptos::prelude::*;

use super::{
    MULTIPLES, Room, center_path,
    chosen::{Asked, Chooser, refused, use_asked},
    definition::{About, Of},
    figures::{metric_name, name, shown, value, written},
};
use crate::{
    api::{
        ApiError,
        analytics::{Comparison, compare_centers},
    },
    components::{
        AsyncView, Empty, Icon, Mark,
        chart::{Multiples, Series},
    },
    i18n::{t, t_string, use_i18n},
    time,
};

/// The last months of the period, no more than these: each is a question of its own.
const MONTHS: usize = 12;

/// What was asked, and the months that came.
type Months = (Asked, Vec<Comparison>);

/// Month by month, all centers.
async fn months(asked: Asked) -> Result<Months, ApiError> {
    let period = Period::new(asked.from, asked.to, time::today()).map_err(refused)?;
    let parts = period.parts(TrendStep::Month);
    let mut found = Vec::new();
    for part in parts.iter().skip(parts.len().saturating_sub(MONTHS)) {
        let month = Asked { from: part.from(), to: part.to(), ..asked.clone() };
        found.push(compare_centers::ask(month.compare()).await?);
    }
    Ok((asked, found))
}

/// The page.
#[component]
pub fn MultiplesPage() -> impl IntoView {
    let i18n = use_i18n();
    let asked = use_asked();
    let found = LocalResource::new(move || {
        let asked = asked.get();
        async move { months(asked?).await }
    });
    view! {
        <Room
            here=MULTIPLES
            title=move || t_string!(i18n, compare.multiples.title)
            lead=move || t_string!(i18n, compare.multiples.lead)
        >
            <Chooser asked among=true />
            <AsyncView resource=found ready=move |data| view! { <Body data /> } />
        </Room>
    }
}

#[component]
fn Body(data: Months) -> impl IntoView {
    let i18n = use_i18n();
    let (asked, months) = data;
    let Some(last) = months.last() else {
        return view! { <Empty text=move || t_string!(i18n, compare.empty) /> }.into_any();
    };
    let (metric, unit, query) = (last.metric, last.unit, asked.query());
    let centre = value(unit, &last.total).filter(|_| unit != MetricUnit::Count);
    let series: Vec<_> = last
        .centers
        .iter()
        .map(|row| {
            let code = &row.center.code;
            let found = months.iter().map(|month| month.centers.iter().find(|row| row.center.code == *code));
            let (values, signals) = found
                .map(|row| match row {
                    Some(row) => (value(unit, &row.figure()), row.band.outside998()),
                    None => (None, false),
                })
                .unzip();
            Series {
                name_zh: row.center.name_zh.clone(),
                name_en: row.center.name_en.clone(),
                href: center_path(code, &query),
                values,
                signals,
                last: shown(unit, &row.figure()),
            }
        })
        .collect();
    let heads = months.iter().map(|month| {
        let day = month.from.to_string();
        view! { <th scope="col" class="number">{day.get(..7).unwrap_or_default().to_owned()}</th> }
    });
    let heads = heads.collect_view();
    let rows = last.centers.iter().zip(series.clone()).map(|(row, one)| {
        let center = row.center.clone();
        let cells = one.values.iter().zip(&one.signals).map(|(value, signal)| {
            let text = value.map(|value| written(unit).of(value)).unwrap_or_default();
            let signal = signal.then(|| {
                view! {
                    <Icon mark=Mark::Flag />
                    <span class="sr-only">{t!(i18n, compare.multiples.signal)}</span>
                }
            });
            view! { <td class="number">{signal} {text}</td> }
        });
        let cells = cells.collect_view();
        view! {
            <tr>
                <th scope="row">{move || name(i18n.get_locale(), &center)}</th>
                {cells}
            </tr>
        }
    });
    let rows = rows.collect_view();
    let count = months.len();
    view! {
        <section class="sheet" aria-labelledby="multiples">
            <div class="title-line">
                <h2 class="sheet-title" id="multiples">
                    {move || t_string!(i18n, compare.multiples.of, name = metric_name(i18n.get_locale(), metric), count = count)}
                </h2>
                <About of=Of { metric, from: asked.from, to: asked.to, stratum: asked.stratum, peers: asked.peers } />
            </div>
            <p class="hint">{t!(i18n, compare.multiples.how)}</p>
            <Multiples series centre />
            <details class="more">
                <summary class="btn btn-ghost btn-small">{t!(i18n, compare.funnel.numbers)}</summary>
                <div class="table-box" tabindex="0" role="region" aria-labelledby="multiples">
                    <table class="figures print-table">
                        <thead>
                            <tr>
                                <th scope="col">{t!(i18n, desk.city.center)}</th>
                                {heads}
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </details>
        </section>
    }
    .into_any()
}
