//! `/desk/compare/ranking`: a list to be printed by whoever must print one. It is made of bands, not of ranks; intervals and
//! volumes stand beside every value.

use domain::{
    metrics::{MetricDirection, MetricUnit},
    statistics::Band,
};
use leptos::prelude::*;

use super::{
    RANKING, Room,
    chosen::{Chooser, export_query, peers_of, use_asked},
    definition::{About, Of},
    figures::{between, ends, interval, is_placed, metric_name, name, shown, value, volume, with_interval, written},
};
use crate::{
    api::analytics::{Compared, Comparison, compare_centers},
    components::{AsyncView, Empty, ExportButton, Icon, Mark, chart::IntervalBar, layout::staff::place_name},
    i18n::{label, t, t_string, use_i18n},
    session::use_session,
    time,
};

/// The page: the document as it will be, and the button that prints it.
#[component]
pub fn RankingPage() -> impl IntoView {
    let i18n = use_i18n();
    let asked = use_asked();
    let found = LocalResource::new(move || {
        let asked = asked.get();
        async move { compare_centers::ask(asked?.compare()).await }
    });
    view! {
        <Room
            here=RANKING
            title=move || t_string!(i18n, compare.ranking.title)
            lead=move || t_string!(i18n, compare.ranking.lead)
        >
            <Chooser asked among=true />
            <p class="no-print">
                <button type="button" class="btn btn-primary" on:click=move |_| drop(window().print())>
                    <Icon mark=Mark::Print />
                    {t!(i18n, compare.print)}
                </button>
            </p>
            <AsyncView resource=found ready=move |data| view! { <Document data /> } />
        </Room>
    }
}

/// Bands from the best to the worst; what is not placed comes last.
fn bands(direction: MetricDirection) -> Vec<Band> {
    let (mut placed, unplaced): (Vec<_>, Vec<_>) = Band::ALL.iter().copied().partition(|band| is_placed(*band));
    if direction == MetricDirection::Lower {
        placed.reverse();
    }
    placed.into_iter().chain(unplaced).collect()
}

/// Inside a band by what a center's few are drawn to, never by the raw value; those without a band as they are listed.
fn in_order(direction: MetricDirection, rows: &mut [Compared]) {
    let of = |row: &Compared| row.shrunk.unwrap_or_default();
    rows.sort_by(|a, b| {
        let (low, high) = if direction == MetricDirection::Lower { (a, b) } else { (b, a) };
        of(low).total_cmp(&of(high)).then(b.denominator.cmp(&a.denominator))
    });
}

#[component]
fn Document(data: Comparison) -> impl IntoView {
    let i18n = use_i18n();
    let Comparison { metric, version, unit, direction, from, to, total, as_of, .. } = data;
    let place = use_session().viewer().and_then(|viewer| viewer.scope).map(|scope| scope.place);
    let office = move || place.as_ref().map(|place| place_name(i18n, place)).unwrap_or_default();
    let export = format!("{}&sort=band", export_query(use_asked()));
    let mut rows = data.centers;
    rows.retain(|row| value(unit, &row.figure()).is_some());
    if rows.is_empty() {
        return view! { <Empty text=move || t_string!(i18n, compare.empty) /> }.into_any();
    }
    let figures: Vec<_> = rows.iter().map(Compared::figure).collect();
    let ends = ends(figures.iter());
    let groups = bands(direction).into_iter().map(|band| {
        let mut rows: Vec<_> = rows.iter().filter(|row| row.band == band).cloned().collect();
        if is_placed(band) {
            in_order(direction, &mut rows);
        }
        (!rows.is_empty()).then(|| view! { <Group band rows unit centre=total.rate ends /> })
    });
    let groups = groups.collect_view();
    let (first, last, at, printed) =
        (from.to_string(), to.to_string(), time::date_time(as_of), time::today().to_string());
    let id = format!("{}.v{version}", metric.key());
    view! {
        <article class="print-document" data-ranking="">
            <header class="grid gap-2">
                <p class="print-center">{office}</p>
                <div class="title-line">
                    <h2 class="print-title" id="ranking">
                        {move || t_string!(i18n, compare.ranking.of, name = metric_name(i18n.get_locale(), metric))}
                    </h2>
                    <span class="inline-flex items-center gap-2">
                        <About of=Of { metric, from, to, stratum: data.stratum, peers: peers_of() } />
                        <ExportButton list="compare" of="ranking" query=export />
                    </span>
                </div>
                <p class="tabular-nums">
                    {move || t_string!(i18n, compare.between, from = first.as_str(), to = last.as_str())}
                    " · "
                    {move || with_interval(i18n.get_locale(), unit, &total)}
                </p>
                <p class="quote">{t!(i18n, compare.ranking.warning)}</p>
            </header>
            {groups}
            <footer class="hint">
                <p>{move || label(i18n.get_locale(), "metric_formula", metric.key())} " " <code>{id}</code></p>
                <p>
                    {move || t_string!(i18n, compare.as_of, at = at.as_str())}
                    " "
                    {move || t_string!(i18n, compare.printed, day = printed.as_str())}
                </p>
            </footer>
        </article>
    }
    .into_any()
}

/// The centers of a band: alike as far as can be told.
#[component]
fn Group(band: Band, rows: Vec<Compared>, unit: MetricUnit, centre: Option<f64>, ends: (f64, f64)) -> impl IntoView {
    let i18n = use_i18n();
    let id = format!("band-{}", band.key());
    let (heading, titled) = (id.clone(), id.clone());
    let count = rows.len();
    let rows = rows.into_iter().map(|row| {
        let figure = row.figure();
        let Compared { center, shrunk, .. } = row;
        let code = center.code.clone();
        view! {
            <tr data-center=code>
                <th scope="row">{move || name(i18n.get_locale(), &center)}</th>
                <td class="number">{shown(unit, &figure)}</td>
                <td class="number">{between(unit, &figure)}</td>
                <td>{interval(&figure).map(|interval| view! { <IntervalBar interval centre ends /> })}</td>
                <td class="number">{shrunk.map(|value| written(unit).of(value))}</td>
                <td class="number">{volume(&figure)}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="grid gap-2" aria-labelledby=titled data-band=band.key()>
            <h3 class="print-heading" id=heading>
                {move || {
                    let band = label(i18n.get_locale(), "compare_band", band.key());
                    t_string!(i18n, compare.ranking.band, band = band, count = count)
                }}
            </h3>
            <div class="table-box" tabindex="0" role="region" aria-labelledby=id>
                <table class="figures print-table">
                    <thead>
                        <tr>
                            <th scope="col">{t!(i18n, desk.city.center)}</th>
                            <th scope="col" class="number">{t!(i18n, compare.column.value)}</th>
                            <th scope="col" class="number">{t!(i18n, compare.column.interval)}</th>
                            <td></td>
                            <th scope="col" class="number">{t!(i18n, compare.column.shrunk)}</th>
                            <th scope="col" class="number">{t!(i18n, compare.column.volume)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
}
