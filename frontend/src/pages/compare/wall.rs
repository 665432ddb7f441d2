//! `/desk/wall`: the comparison for a screen on a wall. Figures of centers alone, nobody's case and nobody's name; one after
//! the other, each fetched anew as its turn comes.

use std::time::Duration;

use chrono::Days;
use domain::metrics::Metric;
use leptos::{leptos_dom::helpers::set_interval_with_handle, prelude::*};

use super::{
    HOME,
    figures::{BandChip, interval, is_better, metric_name, name, shown, urgency, value, with_interval, written},
    table::{dots, is_shown, limits, words},
};
use crate::{
    api::{
        ApiError,
        analytics::{CompareInput, Compared, Comparison, compare_centers},
    },
    components::{
        AsyncView, Empty, Icon, Mark, PageHeading,
        chart::{Funnel, FunnelKey},
        layout::public::LanguageSwitch,
    },
    i18n::{t, t_string, use_i18n},
    time,
};

/// What is shown, in turn.
const SLIDES: [Metric; 6] = [
    Metric::SatisfactionRate,
    Metric::BadRatingRate,
    Metric::OnTimeRate,
    Metric::ResponseRate,
    Metric::BadRatingRectifiedRate,
    Metric::ComplaintSatisfactionRate,
];
/// How long each.
const TURN: Duration = Duration::from_secs(20);
/// The last days, so many.
const DAYS: u64 = 30;
/// So many that differ are named.
const NAMED: usize = 6;

/// The figure whose turn it is; one of which nothing is shown is passed over, unless there is no other.
async fn slide(turn: usize) -> Result<Comparison, ApiError> {
    let to = time::today();
    let from = to.checked_sub_days(Days::new(DAYS - 1)).unwrap_or(to);
    let ask =
        |metric| compare_centers::ask(CompareInput { metric, from, to, stratum: None, adjusted: None, peers: None });
    let mut in_turn = SLIDES.iter().copied().cycle().skip(turn).take(SLIDES.len());
    let mut found = ask(in_turn.next().unwrap_or(Metric::SatisfactionRate)).await?;
    for metric in in_turn {
        if is_shown(&found) {
            break;
        }
        found = ask(metric).await?;
    }
    Ok(found)
}

/// The screen. Whoever needs more time stops it.
#[component]
pub fn WallPage() -> impl IntoView {
    let i18n = use_i18n();
    let (turn, still) = (RwSignal::new(0_usize), RwSignal::new(false));
    let found = LocalResource::new(move || slide(turn.get()));
    let metric =
        Memo::new(move |_| found.get().and_then(Result::ok).map_or(Metric::SatisfactionRate, |found| found.metric));
    let step = move |by: usize| {
        let shown = SLIDES.iter().position(|one| *one == metric.get_untracked()).unwrap_or(0);
        turn.set((shown + by) % SLIDES.len());
    };
    let timer = set_interval_with_handle(move || if still.get_untracked() { found.refetch() } else { step(1) }, TURN);
    on_cleanup(move || {
        if let Ok(timer) = timer {
            timer.clear();
        }
    });
    let title = move || t_string!(i18n, compare.wall.title, name = metric_name(i18n.get_locale(), metric.get()));
    view! {
        <main class="wall" id="main" tabindex="-1" data-wall=move || metric.get().key()>
            <div class="wall-head">
                <PageHeading title=title class="wall-title" />
                <p class="text-xl">{move || t_string!(i18n, compare.wall.days, count = DAYS)}</p>
            </div>
            <div class="wall-body">
                <AsyncView resource=found ready=move |data| view! { <Slide data /> } />
            </div>
            <div class="wall-foot">
                <a class="link" href=HOME>{t!(i18n, compare.wall.back)}</a>
                <div class="dialog-buttons">
                    <button
                        type="button"
                        class="btn btn-outline"
                        aria-pressed=move || still.get().to_string()
                        on:click=move |_| still.update(|still| *still = !*still)
                    >
                        <Icon mark=Mark::Pause />
                        {t!(i18n, compare.wall.still)}
                    </button>
                    <button type="button" class="btn btn-outline" on:click=move |_| step(1)>
                        {t!(i18n, compare.next)}
                    </button>
                    <LanguageSwitch />
                </div>
            </div>
        </main>
    }
}

#[component]
fn Slide(data: Comparison) -> impl IntoView {
    let i18n = use_i18n();
    let Comparison { metric, unit, direction, total, as_of, .. } = data;
    let (points, lines) = (dots(&data), limits(&data));
    let Some(centre) = value(unit, &total).filter(|_| !points.is_empty()) else {
        return view! { <Empty text=move || t_string!(i18n, compare.empty) /> }.into_any();
    };
    let mut out: Vec<Compared> = data.centers.iter().filter(|row| row.band.outside95()).cloned().collect();
    out.sort_by_key(|row| (urgency(row.band), is_better(row.band, direction) == Some(true)));
    let more = out.len().saturating_sub(NAMED);
    let out = out.into_iter().take(NAMED).map(|row| {
        let figure = row.figure();
        let Compared { center, band, .. } = row;
        view! {
            <li class="finding">
                <strong>{move || name(i18n.get_locale(), &center)}</strong>
                <BandChip band direction />
                <span class="tabular-nums">{shown(unit, &figure)}</span>
            </li>
        }
    });
    let out = out.collect_view();
    let range =
        interval(&total).map(|_| view! { <span>{move || with_interval(i18n.get_locale(), unit, &total)}</span> });
    let at = time::date_time(as_of);
    let said = Signal::derive(move || words(i18n.get_locale(), &data));
    let up = Signal::derive(move || metric_name(i18n.get_locale(), metric).to_owned());
    let across = Signal::derive(move || t_string!(i18n, compare.funnel.across).to_owned());
    let chosen = RwSignal::new(None);
    view! {
        <p class="flex flex-wrap items-baseline gap-x-4">
            <span class="wall-number">{shown(unit, &total)}</span>
            {range}
        </p>
        <Funnel dots=points limits=lines centre written=written(unit) words=said across up chosen height=460.0 />
        <FunnelKey />
        <ul class="findings">{out}</ul>
        {(more > 0).then(|| view! { <p>{move || t_string!(i18n, compare.funnel.more, count = more)}</p> })}
        <p class="hint">{move || said.get()}</p>
        <p class="hint">{move || t_string!(i18n, compare.as_of, at = at.as_str())}</p>
    }
    .into_any()
}
