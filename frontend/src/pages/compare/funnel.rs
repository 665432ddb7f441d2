//! `/desk/compare`: which centers differ from the rest by more than chance, and by which figure.

use domain::metrics::MetricUnit;
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

use super::{
    HOME, Room, center_path,
    chosen::{Asked, Chooser, export_query, peers_of, use_asked},
    definition::{About, Of},
    differences::Differences,
    figures::{BandChip, is_better, is_judged, metric_name, name, urgency, value, volume, with_interval, written},
    table::{Numbers, dots, is_shown, limits, words},
};
use crate::{
    api::analytics::{CompareInput, Compared, Comparison, compare_centers},
    components::{
        AsyncView, Empty, ExportButton, Icon, Mark,
        chart::{Bar, Bars, Funnel, FunnelKey},
    },
    i18n::{pick, t, t_string, use_i18n},
    time,
};

/// So many that differ are listed above the picture; the table has them all.
const LISTED: usize = 12;

impl Asked {
    /// The same for the server.
    pub(super) fn compare(&self) -> CompareInput {
        let Self { metric, from, to, adjusted, peers, .. } = *self;
        CompareInput { metric, from, to, stratum: self.part(), adjusted: Some(adjusted), peers }
    }
}

/// The page.
#[component]
pub fn ComparePage() -> impl IntoView {
    let i18n = use_i18n();
    let asked = use_asked();
    let found = LocalResource::new(move || {
        let asked = asked.get();
        async move { compare_centers::ask(asked?.compare()).await }
    });
    view! {
        <Room
            here=HOME
            title=move || t_string!(i18n, compare.funnel.title)
            lead=move || t_string!(i18n, compare.funnel.lead)
        >
            <Chooser asked among=true />
            <AsyncView resource=found ready=move |data| view! { <Body data /> } />
            <Differences />
        </Room>
    }
}

#[component]
fn Body(data: Comparison) -> impl IntoView {
    let i18n = use_i18n();
    let chosen = RwSignal::new(None::<String>);
    let search = use_query_map();
    let query = search.with_untracked(|map| map.to_query_string()).trim_start_matches('?').to_owned();
    if !is_shown(&data) {
        return view! { <Empty text=move || t_string!(i18n, compare.empty) /> }.into_any();
    }
    let Comparison { metric, unit, from, to, as_of, corrections, frozen, .. } = data;
    let of = Of { metric, from, to, stratum: data.stratum.clone(), peers: peers_of() };
    let (first, last, at) = (from.to_string(), to.to_string(), time::date_time(as_of));
    let title = move || {
        let name = metric_name(i18n.get_locale(), metric);
        t_string!(i18n, compare.funnel.of, name = name, from = first.as_str(), to = last.as_str())
    };
    let total = data.total;
    let widened = data.overdispersion.is_some_and(|found| found.tau2 > 0.0);
    let export = export_query(use_asked());
    view! {
        <Findings data=data.clone() query=query.clone() />
        <div class="compare">
            <section class="sheet" aria-labelledby="compare-picture">
                <div class="title-line">
                    <h2 class="sheet-title" id="compare-picture">{title}</h2>
                    <About of />
                </div>
                <Picture data=data.clone() query=query.clone() chosen />
            </section>
            <section class="sheet" aria-labelledby="compare-numbers">
                <div class="title-line">
                    <h2 class="sheet-title" id="compare-numbers">{t!(i18n, compare.funnel.numbers)}</h2>
                    <ExportButton list="compare" of="compare-numbers" query=export />
                </div>
                <p>
                    {t!(i18n, compare.funnel.city)} " "
                    <strong class="tabular-nums">{move || with_interval(i18n.get_locale(), unit, &total)}</strong>
                </p>
                <Numbers data query chosen labelled_by="compare-numbers" />
                {(unit == MetricUnit::Share).then(|| view! { <p class="hint">{t!(i18n, compare.funnel.shrunk)}</p> })}
            </section>
        </div>
        <ul class="hint">
            <li>{move || t_string!(i18n, compare.as_of, at = at.as_str())}</li>
            {frozen.then(|| view! { <li>{t!(i18n, compare.frozen)}</li> })}
            {(corrections > 0).then(|| view! {
                <li><strong>{move || t_string!(i18n, compare.corrected, count = corrections)}</strong></li>
            })}
            {widened.then(|| view! { <li>{t!(i18n, compare.funnel.widened)}</li> })}
            <li>{t!(i18n, compare.funnel.how)}</li>
        </ul>
    }
    .into_any()
}

/// The centers that differ, each with the way to why.
#[component]
fn Findings(data: Comparison, query: String) -> impl IntoView {
    let i18n = use_i18n();
    let Comparison { unit, direction, total, centers, .. } = data;
    let mut out: Vec<Compared> = centers.into_iter().filter(|row| row.band.outside95()).collect();
    // What got worse first, and of that what is furthest out.
    out.sort_by_key(|row| (is_better(row.band, direction) == Some(true), urgency(row.band)));
    let (none, judged) = (out.is_empty(), is_judged(unit));
    let more = out.len().saturating_sub(LISTED);
    let rows = out.into_iter().take(LISTED).map(|row| {
        let figure = row.figure();
        let Compared { center, band, .. } = row;
        let (href, code) = (center_path(&center.code, &query), center.code.clone());
        let said = move || {
            let locale = i18n.get_locale();
            let (own, city) = (with_interval(locale, unit, &figure), with_interval(locale, unit, &total));
            t_string!(i18n, compare.funnel.differs, own = own.as_str(), city = city.as_str(), n = volume(&figure))
        };
        let why = center.clone();
        view! {
            <li class="finding" data-finding=code data-outside=if band.outside998() { "998" } else { "95" }>
                <strong>{move || name(i18n.get_locale(), &center)}</strong>
                <BandChip band direction />
                <span class="tabular-nums">{said}</span>
                <a
                    class="link no-print"
                    href=href
                    aria-label=move || t_string!(i18n, compare.funnel.why_of, name = name(i18n.get_locale(), &why))
                >
                    {t!(i18n, compare.funnel.why)}
                </a>
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="sheet" aria-labelledby="compare-findings">
            <h2 class="sheet-title" id="compare-findings">{t!(i18n, compare.funnel.findings)}</h2>
            {(none && judged).then(|| view! {
                <p>
                    <Icon mark=Mark::Check />
                    " "
                    {t!(i18n, compare.words.alike)}
                </p>
            })}
            {(!judged).then(|| view! { <p>{t!(i18n, compare.words.beside)}</p> })}
            <ul class="findings">{rows}</ul>
            {(more > 0).then(|| view! { <p class="hint">{move || t_string!(i18n, compare.funnel.more, count = more)}</p> })}
            {judged.then(|| view! { <p class="hint">{t!(i18n, compare.funnel.reading)}</p> })}
        </section>
    }
}

/// The funnel; bars of what nobody is judged by.
#[component]
fn Picture(data: Comparison, query: String, chosen: RwSignal<Option<String>>) -> impl IntoView {
    let i18n = use_i18n();
    let unit = data.unit;
    let centre = value(unit, &data.total);
    let points = dots(&data);
    let Some(centre) = centre.filter(|_| is_judged(unit)) else {
        return view! { <Beside data /> }.into_any();
    };
    let navigate = StoredValue::new_local(use_navigate());
    let open = Callback::new(move |code: String| {
        let path = center_path(&code, &query);
        navigate.with_value(|go| go(&path, NavigateOptions::default()));
    });
    let metric = data.metric;
    let up = Signal::derive(move || metric_name(i18n.get_locale(), metric).to_owned());
    let across = Signal::derive(move || t_string!(i18n, compare.funnel.across).to_owned());
    let drawn = limits(&data);
    let looked_at = points.clone();
    let told = move || {
        let locale = i18n.get_locale();
        let found = chosen.get().and_then(|key| looked_at.iter().find(|dot| dot.key == key).cloned());
        match found {
            Some(dot) => {
                let name = pick(locale, &dot.name_zh, &dot.name_en);
                let (own, n) = (written(unit).of(dot.value), written(MetricUnit::Count).of(dot.volume));
                t_string!(i18n, compare.funnel.point, name = name.as_str(), value = own.as_str(), n = n.as_str())
            }
            None => t_string!(i18n, compare.funnel.point_at).to_owned(),
        }
    };
    let said = Signal::derive(move || words(i18n.get_locale(), &data));
    view! {
        <Funnel dots=points limits=drawn centre written=written(unit) words=said across up chosen open />
        <p class="chart-said no-print">{told}</p>
        <FunnelKey />
        <p>{move || said.get()}</p>
    }
    .into_any()
}

/// How many there were, center by center; points in the city's order, which is none of theirs.
#[component]
fn Beside(data: Comparison) -> impl IntoView {
    let i18n = use_i18n();
    let metric = data.metric;
    move || {
        let locale = i18n.get_locale();
        let mut bars: Vec<_> = data
            .centers
            .iter()
            .filter_map(|row| {
                let value = value(data.unit, &row.figure())?;
                Some(Bar { name: name(locale, &row.center), value, text: written(data.unit).of(value) })
            })
            .collect();
        if data.unit == MetricUnit::Count {
            bars.sort_by(|a, b| b.value.total_cmp(&a.value));
        }
        view! {
            <Bars
                rows=bars
                of=move || t_string!(i18n, desk.city.center)
                value=move || metric_name(i18n.get_locale(), metric)
                labelled_by="compare-picture"
            />
        }
    }
}
