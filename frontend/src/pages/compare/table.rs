//! The numbers of a comparison, center by center: what the picture shows, to be read, sorted and copied.

use std::{cmp::Reverse, sync::Arc};

use domain::{
    metrics::{MetricDirection, MetricUnit},
    statistics::Band,
};
use leptos::prelude::*;

use super::{
    center_path,
    figures::{BandChip, between, is_above, is_judged, name, shown, urgency, value, volume, with_interval, written},
};
use crate::{
    api::analytics::{Compared, Comparison},
    components::{
        Icon, Mark,
        chart::{Dot, Limit, Standing},
    },
    i18n::{Locale, t, t_string, td_string, use_i18n},
};

/// So many rows are shown at once.
const ROWS: usize = 50;

/// By what the rows are sorted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    /// What is furthest out first: what to act on.
    Standing,
    Value,
    Volume,
}

impl Order {
    fn apply(self, unit: MetricUnit, rows: &mut [Compared]) {
        let shrunk = |row: &Compared| row.shrunk.or_else(|| value(unit, &row.figure())).unwrap_or(f64::MIN);
        match self {
            // Stable: alike ones keep the city's order.
            Self::Standing => rows.sort_by_key(|row| urgency(row.band)),
            // Few say little: values are drawn to the city's before they are put in an order, and too few have no place.
            Self::Value => rows.sort_by(|a, b| {
                (a.band == Band::TooFew).cmp(&(b.band == Band::TooFew)).then(shrunk(b).total_cmp(&shrunk(a)))
            }),
            Self::Volume => rows.sort_by_key(|row| Reverse(row.denominator)),
        }
    }
}

/// What the limits say of a center; none where nothing is shown of it.
pub(super) fn standing(row: &Compared) -> Option<Standing> {
    row.denominator?;
    Some(match row.band {
        Band::TooFew => Standing::TooFew,
        Band::High | Band::Low => Standing::Act,
        Band::Above | Band::Below => Standing::Look,
        Band::Middle | Band::None => Standing::Inside,
    })
}

/// Whether anything is shown of any center.
pub(super) fn is_shown(data: &Comparison) -> bool {
    data.centers.iter().any(|row| value(data.unit, &row.figure()).is_some())
}

/// The centers as points of a funnel.
pub(super) fn dots(data: &Comparison) -> Arc<Vec<Dot>> {
    let dots = data.centers.iter().filter_map(|row| {
        let figure = row.figure();
        Some(Dot {
            key: row.center.code.clone(),
            name_zh: row.center.name_zh.clone(),
            name_en: row.center.name_en.clone(),
            volume: f64::from(figure.denominator?),
            value: value(data.unit, &figure)?,
            standing: standing(row)?,
        })
    });
    Arc::new(dots.collect())
}

/// The limits of the funnel.
pub(super) fn limits(data: &Comparison) -> Arc<Vec<Limit>> {
    let limits = data.limits.iter().map(|point| Limit {
        volume: f64::from(point.n),
        low95: point.low95,
        high95: point.high95,
        low998: point.low998,
        high998: point.high998,
    });
    Arc::new(limits.collect())
}

/// What a comparison says, in sentences: the text of its picture.
pub(super) fn words(locale: Locale, data: &Comparison) -> String {
    if !is_shown(data) {
        return td_string!(locale, compare.empty).to_owned();
    }
    let named = |standing_of: Standing| {
        let rows = data.centers.iter().filter(|row| standing(row) == Some(standing_of));
        let names = rows.map(|row| {
            let name = name(locale, &row.center);
            match is_above(row.band) {
                Some(true) => td_string!(locale, compare.words.above, name = name.as_str()),
                Some(false) => td_string!(locale, compare.words.below, name = name.as_str()),
                None => name,
            }
        });
        names.collect::<Vec<_>>()
    };
    let (act, look, few) = (named(Standing::Act), named(Standing::Look), named(Standing::TooFew));
    let total = with_interval(locale, data.unit, &data.total);
    let mut said = vec![td_string!(locale, compare.words.total, value = total.as_str(), count = data.centers.len())];
    let join = |names: &[String]| names.join(td_string!(locale, desk.list_separator));
    if !act.is_empty() {
        said.push(td_string!(locale, compare.words.act, count = act.len(), names = join(&act)));
    }
    if !look.is_empty() {
        said.push(td_string!(locale, compare.words.look, count = look.len(), names = join(&look)));
    }
    if !is_judged(data.unit) {
        said.push(td_string!(locale, compare.words.beside).to_owned());
    } else if act.is_empty() && look.is_empty() {
        said.push(td_string!(locale, compare.words.alike).to_owned());
    }
    if !few.is_empty() {
        said.push(td_string!(locale, compare.words.few, count = few.len()));
    }
    said.join(if locale == Locale::en { " " } else { "" })
}

/// The table beside the picture.
#[component]
pub(super) fn Numbers(
    data: Comparison,
    /// What the links to the centers carry along.
    query: String,
    /// The center that is looked at.
    chosen: RwSignal<Option<String>>,
    /// The id of the heading that names it.
    labelled_by: &'static str,
) -> impl IntoView {
    let i18n = use_i18n();
    let order = RwSignal::new(Order::Standing);
    let page = RwSignal::new(0_usize);
    let Comparison { unit, direction, centers, .. } = data;
    let pages = centers.len().div_ceil(ROWS);
    let adjusted = centers.iter().any(|row| row.standardised.is_some());
    let rows = move || {
        let mut rows = centers.clone();
        order.get().apply(unit, &mut rows);
        let shown = rows.into_iter().skip(page.get() * ROWS).take(ROWS);
        let lines = shown.map(|row| view! { <Line row unit direction adjusted query=query.clone() chosen /> });
        lines.collect_view()
    };
    let head = move |of: Order, text: AnyView| {
        let sort = move || (order.get() == of).then_some(if of == Order::Standing { "other" } else { "descending" });
        view! {
            <th scope="col" class:number=of != Order::Standing aria-sort=sort>
                <button
                    type="button"
                    class="sort"
                    on:click=move |_| {
                        order.set(of);
                        page.set(0);
                    }
                >
                    {text}
                    <Show when=move || order.get() == of>
                        <Icon mark=Mark::ChevronDown />
                    </Show>
                </button>
            </th>
        }
    };
    view! {
        // Scrolls inside itself on a phone; the keyboard can reach it.
        <div class="table-box" tabindex="0" role="region" aria-labelledby=labelled_by>
            <table class="figures">
                <thead>
                    <tr>
                        <th scope="col">{t!(i18n, desk.city.center)}</th>
                        {head(Order::Standing, t!(i18n, compare.column.standing).into_any())}
                        {head(Order::Value, t!(i18n, compare.column.value).into_any())}
                        <th scope="col" class="number">{t!(i18n, compare.column.interval)}</th>
                        {head(Order::Volume, t!(i18n, compare.column.volume).into_any())}
                        <th scope="col" class="number">{t!(i18n, compare.column.shrunk)}</th>
                        {adjusted.then(|| view! { <th scope="col" class="number">{t!(i18n, compare.column.standardised)}</th> })}
                        <th scope="col" class="number">{t!(i18n, compare.column.excluded)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {(pages > 1).then(|| view! { <Pages page pages /> })}
    }
}

#[component]
fn Pages(page: RwSignal<usize>, pages: usize) -> impl IntoView {
    let i18n = use_i18n();
    let at = move || t_string!(i18n, compare.page, at = page.get() + 1, of = pages);
    view! {
        <div class="pages items-center no-print">
            <span class="hint" role="status">{at}</span>
            <button
                type="button"
                class="btn btn-outline btn-small"
                disabled=move || page.get() == 0
                on:click=move |_| page.update(|at| *at = at.saturating_sub(1))
            >
                {t!(i18n, compare.previous)}
            </button>
            <button
                type="button"
                class="btn btn-outline btn-small"
                disabled=move || page.get() + 1 >= pages
                on:click=move |_| page.update(|at| *at = (*at + 1).min(pages - 1))
            >
                {t!(i18n, compare.next)}
            </button>
        </div>
    }
}

#[component]
fn Line(
    row: Compared,
    unit: MetricUnit,
    direction: MetricDirection,
    adjusted: bool,
    query: String,
    chosen: RwSignal<Option<String>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let figure = row.figure();
    let Compared { center, band, shrunk, standardised, partial, .. } = row;
    let code = center.code.clone();
    let href = center_path(&code, &query);
    let written = written(unit);
    let (here, look, focused, key) = (code.clone(), code.clone(), code.clone(), code);
    view! {
        <tr
            data-center=key
            data-band=band.key()
            class:row-act=band.outside998()
            class:row-chosen=move || chosen.with(|chosen| chosen.as_ref() == Some(&here))
            on:mouseenter=move |_| chosen.set(Some(look.clone()))
        >
            <th scope="row">
                <a class="link" href=href on:focus=move |_| chosen.set(Some(focused.clone()))>
                    {move || name(i18n.get_locale(), &center)}
                </a>
                {partial.then(|| view! { <span class="hint ml-2 font-normal">{t!(i18n, compare.partial)}</span> })}
            </th>
            <td><BandChip band direction /></td>
            <td class="number">{shown(unit, &figure)}</td>
            <td class="number">{between(unit, &figure)}</td>
            <td class="number">{volume(&figure)}</td>
            <td class="number">{shrunk.map(|value| written.of(value))}</td>
            {adjusted.then(|| view! { <td class="number">{standardised.map(|value| written.of(value))}</td> })}
            <td class="number">{figure.excluded}</td>
        </tr>
    }
}
