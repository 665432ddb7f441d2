//! `/desk/standing`: how a center stands among the others of its city, which have no names here until the city publishes.

use chrono::NaiveDate;
use domain::metrics::{CalendarPeriod, Metric, MetricDirection, MetricUnit};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    definition::{About, Of, WithDefinitions},
    figures::{BandChip, NOTHING, between, metric_name, name, shown, value, volume, with_interval, written},
    report::Periods,
};
use crate::{
    api::analytics::{Figure, NamedFigure, Publication, Standing, StandingInput, StandingRow, own_standing},
    components::{AsyncView, Empty, ExportButton, Icon, Mark, PageHeading, chart::Strip},
    i18n::{Locale, label, pick, t, t_string, td_string, use_i18n},
    time,
};

const HERE: &str = "/desk/standing";

/// The list of what a figure counts, for whoever may read it.
const fn cases(metric: Metric) -> &'static str {
    match metric {
        Metric::RatingVolume
        | Metric::ActiveRatingRate
        | Metric::SatisfactionRate
        | Metric::SurveyTopShare
        | Metric::DepartmentCoverage => "/desk/ratings",
        Metric::BadRatingRate
        | Metric::BadRatingRectifiedRate
        | Metric::RealnameFollowupRate
        | Metric::BadRatingFollowUpSatisfaction => "/desk/bad-ratings",
        Metric::ComplaintRate
        | Metric::ResponseRate
        | Metric::CompletionRate
        | Metric::ComplaintSatisfactionRate
        | Metric::OnTimeRate
        | Metric::OverdueRate
        | Metric::MedianDays => "/desk/complaints?queue=all",
        Metric::FormDMean => "/desk/campaigns",
        Metric::OpenPeakShare => "/desk/tidal",
        Metric::TrainingCoverage => "/desk/training",
        Metric::ModelPostCompliance => "/desk/gaps",
    }
}

/// The page.
#[component]
pub fn StandingPage() -> impl IntoView {
    let i18n = use_i18n();
    let query = use_query_map();
    let period = Memo::new(move |_| query.read().get("period").filter(|key| !key.is_empty()));
    let found = LocalResource::new(move || {
        let period = period.get();
        async move { own_standing::ask(StandingInput { period }).await }
    });
    view! {
        <WithDefinitions>
            <PageHeading title=move || t_string!(i18n, compare.standing.title) />
            <p class="desk-lead">{t!(i18n, compare.standing.lead)}</p>
            <p><a class="link" href="/desk/standing/services">{t!(i18n, compare.services.open)}</a></p>
            <AsyncView resource=found ready=move |data| view! { <Body data /> } />
        </WithDefinitions>
    }
}

#[component]
fn Body(data: Standing) -> impl IntoView {
    let i18n = use_i18n();
    let Standing { periods, period, frozen_at, publications, rows } = data;
    let Some(period) = period else {
        return view! { <Empty text=move || t_string!(i18n, compare.report.none) /> }.into_any();
    };
    // What the server closed is a period of the calendar.
    let days = CalendarPeriod::parse(&period).map(CalendarPeriod::period).ok();
    let days = days.map_or_else(|| (time::today(), time::today()), |days| (days.from(), days.to()));
    let closed = frozen_at.map(time::date_time);
    let export = format!("period={period}");
    let named = period.clone();
    let cards = rows.into_iter().map(|row| view! { <Card row days /> }).collect_view();
    let notices = publications.into_iter().map(|row| view! { <Notice row /> }).collect_view();
    view! {
        <Periods periods shown=Some(period) path=HERE />
        <div class="title-line">
            <h2 class="section-title" id="standing-period">
                {move || t_string!(i18n, compare.standing.period, period = named.as_str())}
            </h2>
            <ExportButton list="standing" of="standing-period" query=export />
        </div>
        {closed.map(|at| view! { <p class="hint">{move || t_string!(i18n, compare.standing.closed, at = at.as_str())}</p> })}
        {notices}
        <div class="case-cards">{cards}</div>
        <p class="hint">{t!(i18n, compare.standing.how)}</p>
    }
    .into_any()
}

/// That the city has published figures of the period, with how they come about.
#[component]
fn Notice(row: Publication) -> impl IntoView {
    let i18n = use_i18n();
    let Publication { metrics, formula_zh, formula_en, published_at, .. } = row;
    let names = move || {
        let locale = i18n.get_locale();
        let names: Vec<_> = metrics.iter().map(|metric| metric_name(locale, *metric)).collect();
        names.join(t_string!(i18n, desk.list_separator))
    };
    let at = published_at.map(time::date).unwrap_or_default();
    view! {
        <section class="quote" data-published="">
            <p class="quote-title">
                {move || t_string!(i18n, compare.standing.published, day = at.as_str(), names = names())}
            </p>
            <p class="prose-text">{move || pick(i18n.get_locale(), &formula_zh, &formula_en)}</p>
        </section>
    }
}

/// What a strip says, in sentences.
fn words(locale: Locale, row: &StandingRow) -> String {
    let StandingRow { metric, unit, figure, median, lower, upper, .. } = row;
    let write = |value: &Option<f64>| value.map_or_else(|| NOTHING.to_owned(), |value| written(*unit).of(value));
    let (name, own, median) = (metric_name(locale, *metric), with_interval(locale, *unit, figure), write(median));
    let (low, high, count) = (write(lower), write(upper), row.peers.len());
    td_string!(
        locale,
        compare.standing.said,
        name = name,
        own = own,
        median = median,
        low = low,
        high = high,
        count = count
    )
}

#[component]
fn Card(row: StandingRow, days: (NaiveDate, NaiveDate)) -> impl IntoView {
    let i18n = use_i18n();
    let StandingRow { metric, unit, direction, figure, band, counted_now, city, median, .. } = row;
    let key = metric.key();
    let id = format!("standing-{key}");
    let heading = id.clone();
    let (from, to) = days;
    let own = value(unit, &figure);
    // What is hidden beside others is nothing that was corrected.
    let counts = |figure: &Figure| (figure.numerator, figure.denominator, figure.excluded);
    let corrected = (figure.denominator.is_some() && counts(&counted_now) != counts(&figure)).then(|| {
        view! {
            <dt>{t!(i18n, compare.standing.now)}</dt>
            <dd>{move || with_interval(i18n.get_locale(), unit, &counted_now)}</dd>
        }
    });
    let picture = (!row.peers.is_empty()).then(|| {
        let (peers, row) = (row.peers.clone(), row.clone());
        let said = Signal::derive(move || words(i18n.get_locale(), &row));
        view! {
            <Strip peers own median written=written(unit) words=said />
            <p class="hint">{move || said.get()}</p>
        }
    });
    let list = match row.named {
        Some(named) => view! { <Named named unit direction key /> }.into_any(),
        None => view! { <Unnamed peers=row.peers unit key /> }.into_any(),
    };
    view! {
        <section class="card-case" aria-labelledby=id data-standing=key data-band=band.key()>
            <div class="title-line">
                <h3 class="card-title" id=heading>{move || metric_name(i18n.get_locale(), metric)}</h3>
                <About of=Of { metric, from, to, stratum: String::new(), peers: None } />
            </div>
            <p class="finding">
                <span class="headline">{shown(unit, &figure)}</span>
                <BandChip band direction />
            </p>
            <dl class="desk-facts">
                <dt>{t!(i18n, compare.column.interval)}</dt>
                <dd class="tabular-nums">{between(unit, &figure).unwrap_or_else(|| NOTHING.to_owned())}</dd>
                <dt>{t!(i18n, compare.column.volume)}</dt>
                <dd class="tabular-nums">{volume(&figure)}</dd>
                <dt>{t!(i18n, compare.column.city)}</dt>
                <dd class="tabular-nums">{shown(unit, &city)}</dd>
                <dt>{t!(i18n, compare.column.median)}</dt>
                <dd class="tabular-nums">{median.map(|value| written(unit).of(value))}</dd>
                {corrected}
            </dl>
            {picture}
            {list}
            <p class="no-print">
                <a class="link" href=cases(metric)>
                    <Icon mark=Mark::Note />
                    {t!(i18n, compare.standing.cases)}
                </a>
            </p>
        </section>
    }
}

/// The others' values, from the least to the greatest; nobody is named.
#[component]
fn Unnamed(peers: Vec<f64>, unit: MetricUnit, key: &'static str) -> impl IntoView {
    let i18n = use_i18n();
    if peers.is_empty() {
        return view! { <p class="hint">{t!(i18n, compare.standing.alone)}</p> }.into_any();
    }
    let values = peers.into_iter().map(|peer| view! { <li class="tabular-nums">{written(unit).of(peer)}</li> });
    let values = values.collect_view();
    view! {
        <details class="more">
            <summary class="btn btn-ghost btn-small">
                {t!(i18n, compare.standing.others)}
                <span class="sr-only">{move || label(i18n.get_locale(), "metric", key)}</span>
            </summary>
            <ol class="flex flex-wrap gap-x-3">{values}</ol>
        </details>
    }
    .into_any()
}

/// All centers by name: what the city has published.
#[component]
fn Named(named: Vec<NamedFigure>, unit: MetricUnit, direction: MetricDirection, key: &'static str) -> impl IntoView {
    let i18n = use_i18n();
    let rows = named.into_iter().map(|row| {
        let NamedFigure { center, figure, band } = row;
        let code = center.code.clone();
        view! {
            <tr data-center=code>
                <th scope="row">{move || name(i18n.get_locale(), &center)}</th>
                <td><BandChip band direction /></td>
                <td class="number">{move || with_interval(i18n.get_locale(), unit, &figure)}</td>
                <td class="number">{volume(&figure)}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <details class="more">
            <summary class="btn btn-ghost btn-small">
                {t!(i18n, compare.standing.named)}
                <span class="sr-only">{move || label(i18n.get_locale(), "metric", key)}</span>
            </summary>
            <div class="table-box" tabindex="0" role="region" aria-label=move || label(i18n.get_locale(), "metric", key)>
                <table class="figures">
                    <thead>
                        <tr>
                            <th scope="col">{t!(i18n, desk.city.center)}</th>
                            <th scope="col">{t!(i18n, compare.column.standing)}</th>
                            <th scope="col" class="number">{t!(i18n, compare.column.value)}</th>
                            <th scope="col" class="number">{t!(i18n, compare.column.volume)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </details>
    }
}
