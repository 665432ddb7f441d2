//! `/desk/compare/centers/:code`: all figures of one center beside the city's, and by which parts it differs: why.

use chrono::NaiveDate;
use domain::metrics::{Metric, MetricDirection, MetricUnit};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::{
    HOME, Room, TREND,
    chosen::{Asked, Chooser, Question, parts, use_asked},
    definition::{About, Of},
    figures::{
        BandChip, NOTHING, between, ends, interval, metric_name, name, shown, urgency, value, volume, with_interval,
        written,
    },
    trend::{points, step_of, words},
};
use crate::{
    api::{
        ApiError,
        analytics::{
            CenterProfile, CompareInput, Compared, Comparison, Figure, ProfileInput, ProfileRow, Trend, center_profile,
            compare_centers, metric_trend,
        },
    },
    components::{
        AsyncView, ExportButton, Icon, Mark,
        chart::{IntervalBar, TrendLine},
    },
    i18n::{label, t, t_string, use_i18n},
};

/// The page.
#[component]
pub fn CenterPage() -> impl IntoView {
    let i18n = use_i18n();
    let asked = use_asked();
    let (params, query) = (use_params_map(), use_query_map());
    let code = Memo::new(move |_| params.read().get("code").unwrap_or_default());
    let found = LocalResource::new(move || {
        let (asked, center) = (asked.get(), code.get());
        async move {
            let Asked { from, to, .. } = asked?;
            center_profile::ask(ProfileInput { center, from, to }).await
        }
    });
    let back = move || format!("{HOME}{}", query.read().to_query_string());
    view! {
        <Room
            here=""
            title=move || t_string!(i18n, compare.center.title)
            lead=move || t_string!(i18n, compare.center.lead)
        >
            <p class="no-print">
                <a class="link back" href=back>
                    <Icon mark=Mark::Back />
                    {t!(i18n, compare.center.back)}
                </a>
            </p>
            <Chooser asked />
            <AsyncView resource=found ready=move |data| view! { <Body data /> } />
            <Why asked code />
            <Through asked code />
        </Room>
    }
}

#[component]
fn Body(data: CenterProfile) -> impl IntoView {
    let i18n = use_i18n();
    let CenterProfile { center, from, to, rows } = data;
    let export = format!("center={}&from={from}&to={to}", center.code);
    let (first, last) = (from.to_string(), to.to_string());
    let out: Vec<_> =
        rows.iter().filter(|row| row.band.outside95()).map(|row| (row.metric, row.band, row.direction)).collect();
    let none = out.is_empty();
    let out = out.into_iter().map(|(metric, band, direction)| {
        view! {
            <li class="finding" data-finding=metric.key()>
                <strong>{move || metric_name(i18n.get_locale(), metric)}</strong>
                <BandChip band direction />
            </li>
        }
    });
    let out = out.collect_view();
    let mut rows = rows;
    rows.sort_by_key(|row| urgency(row.band));
    let lines = rows.into_iter().map(|row| view! { <Row row of=(from, to) /> }).collect_view();
    let heading = center.clone();
    view! {
        <section class="sheet" aria-labelledby="center-differs">
            <h2 class="sheet-title" id="center-differs">
                {move || t_string!(i18n, compare.center.differs, name = name(i18n.get_locale(), &heading))}
            </h2>
            {none.then(|| view! { <p>{t!(i18n, compare.center.alike)}</p> })}
            <ul class="findings">{out}</ul>
        </section>
        <section class="sheet" aria-labelledby="center-figures">
            <div class="title-line">
                <h2 class="sheet-title" id="center-figures">
                    {move || t_string!(
                        i18n,
                        compare.center.figures,
                        name = name(i18n.get_locale(), &center),
                        from = first.as_str(),
                        to = last.as_str()
                    )}
                </h2>
                <ExportButton list="profile" of="center-figures" query=export />
            </div>
            <div class="table-box" tabindex="0" role="region" aria-labelledby="center-figures">
                <table class="figures print-table">
                    <thead>
                        <tr>
                            <th scope="col">{t!(i18n, compare.column.metric)}</th>
                            <th scope="col">{t!(i18n, compare.column.standing)}</th>
                            <th scope="col" class="number">{t!(i18n, compare.column.value)}</th>
                            <th scope="col" class="number">{t!(i18n, compare.column.interval)}</th>
                            <td></td>
                            <th scope="col" class="number">{t!(i18n, compare.column.volume)}</th>
                            <th scope="col" class="number">{t!(i18n, compare.column.city)}</th>
                            <th scope="col" class="number">{t!(i18n, compare.column.median)}</th>
                            <th scope="col" class="number">{t!(i18n, compare.column.quarters)}</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
            <p class="hint">{t!(i18n, compare.center.bar)}</p>
        </section>
    }
}

#[component]
fn Row(row: ProfileRow, of: (NaiveDate, NaiveDate)) -> impl IntoView {
    let i18n = use_i18n();
    let ProfileRow { metric, unit, direction, figure, band, city, median, lower, upper, partial, .. } = row;
    let written = written(unit);
    let quarters = lower.zip(upper).map(|(low, high)| format!("{}–{}", written.of(low), written.of(high)));
    let (from, to) = of;
    view! {
        <tr data-metric=metric.key() data-band=band.key() class:row-act=band.outside998()>
            <th scope="row">
                <span class="inline-flex items-center">
                    {move || metric_name(i18n.get_locale(), metric)}
                    <About of=Of { metric, from, to, stratum: String::new(), peers: None } />
                </span>
                {partial.then(|| view! { <span class="hint font-normal">{t!(i18n, compare.partial)}</span> })}
            </th>
            <td><BandChip band direction /></td>
            <td class="number">{shown(unit, &figure)}</td>
            <td class="number">{between(unit, &figure)}</td>
            <td>{bar(&figure, &city)}</td>
            <td class="number">{volume(&figure)}</td>
            <td class="number">{shown(unit, &city)}</td>
            <td class="number">{median.map(|value| written.of(value))}</td>
            <td class="number">{quarters}</td>
        </tr>
    }
}

/// The center's interval, with the city's value as a broken line.
fn bar(figure: &Figure, city: &Figure) -> AnyView {
    let ends = ends([figure, city].into_iter());
    match interval(figure) {
        Some(interval) => view! { <IntervalBar interval centre=city.rate ends /> }.into_any(),
        None => NOTHING.into_any(),
    }
}

/// A part of the chosen figure: of this center and of the city.
#[derive(Clone)]
struct Part {
    key: &'static str,
    group: &'static str,
    own: Compared,
    city: Figure,
    unit: MetricUnit,
    direction: MetricDirection,
}

/// The parts of the chosen figure, each compared for itself; one that would tell of too few is left out.
async fn parted(asked: Asked, code: String) -> Result<(Metric, Vec<Part>), ApiError> {
    let Asked { metric, from, to, .. } = asked;
    let mut found = Vec::new();
    for (key, group) in parts(metric) {
        let input = CompareInput { metric, from, to, stratum: Some(key.to_owned()), adjusted: None, peers: None };
        let Comparison { centers, total, unit, direction, .. } = match compare_centers::ask(input).await {
            Err(error) if error.is(ApiError::INVALID) => continue,
            answer => answer?,
        };
        let own = centers.into_iter().find(|row| row.center.code == code && row.denominator.is_some());
        found.extend(own.map(|own| Part { key, group, own, city: total, unit, direction }));
    }
    Ok((metric, found))
}

/// Why: the parts of the chosen figure beside the city's.
#[component]
fn Why(asked: Question, code: Memo<String>) -> impl IntoView {
    let i18n = use_i18n();
    let found = LocalResource::new(move || {
        let (asked, code) = (asked.get(), code.get());
        async move { parted(asked?, code).await }
    });
    let ready = move |(metric, rows): (Metric, Vec<Part>)| {
        let none = rows.is_empty();
        let rows = rows.into_iter().map(|part| {
            let Part { key, group, own, city, unit, direction } = part;
            let (figure, band) = (own.figure(), own.band);
            view! {
                <tr data-part=key data-band=band.key() class:row-act=band.outside998()>
                    <th scope="row">{move || label(i18n.get_locale(), group, key)}</th>
                    <td><BandChip band direction /></td>
                    <td class="number">{shown(unit, &figure)}</td>
                    <td class="number">{between(unit, &figure)}</td>
                    <td>{bar(&figure, &city)}</td>
                    <td class="number">{volume(&figure)}</td>
                    <td class="number">{shown(unit, &city)}</td>
                </tr>
            }
        });
        let rows = rows.collect_view();
        view! {
            <section class="sheet" aria-labelledby="center-why">
                <h2 class="sheet-title" id="center-why">
                    {move || t_string!(i18n, compare.center.why, name = metric_name(i18n.get_locale(), metric))}
                </h2>
                {none.then(|| view! { <p class="hint">{t!(i18n, compare.center.no_parts)}</p> })}
                <div class="table-box" tabindex="0" role="region" aria-labelledby="center-why" hidden=none>
                    <table class="figures print-table">
                        <thead>
                            <tr>
                                <th scope="col">{t!(i18n, compare.column.part)}</th>
                                <th scope="col">{t!(i18n, compare.column.standing)}</th>
                                <th scope="col" class="number">{t!(i18n, compare.column.value)}</th>
                                <th scope="col" class="number">{t!(i18n, compare.column.interval)}</th>
                                <td></td>
                                <th scope="col" class="number">{t!(i18n, compare.column.volume)}</th>
                                <th scope="col" class="number">{t!(i18n, compare.column.city)}</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </section>
        }
    };
    view! { <AsyncView resource=found ready /> }
}

/// When it began: the chosen figure of the center through time.
#[component]
fn Through(asked: Question, code: Memo<String>) -> impl IntoView {
    let i18n = use_i18n();
    let found = LocalResource::new(move || {
        let (asked, center) = (asked.get(), code.get());
        async move { metric_trend::ask(Asked { center, ..asked? }.trend()).await }
    });
    let ready = move |data: Trend| {
        let Trend { metric, unit, total, .. } = data;
        let line = points(&data, step_of(asked));
        let centre = value(unit, &total).filter(|_| total.rate.is_some());
        let href = format!(
            "{TREND}?metric={}&from={}&to={}&center={}",
            metric.key(),
            data.from,
            data.to,
            code.get_untracked()
        );
        let said = Signal::derive(move || words(i18n.get_locale(), &data));
        view! {
            <section class="sheet" aria-labelledby="center-trend">
                <h2 class="sheet-title" id="center-trend">
                    {move || t_string!(i18n, compare.center.trend, name = metric_name(i18n.get_locale(), metric))}
                </h2>
                <TrendLine points=line centre written=written(unit) words=said height=200.0 />
                <p>{move || said.get()}</p>
                <p class="hint">
                    {move || t_string!(i18n, compare.trend.whole, value = with_interval(i18n.get_locale(), unit, &total))}
                </p>
                <p class="no-print">
                    <a class="link" href=href>{t!(i18n, compare.center.trend_numbers)}</a>
                </p>
            </section>
        }
    };
    view! { <AsyncView resource=found ready /> }
}
