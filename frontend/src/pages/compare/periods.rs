//! `/desk/compare/periods`: a period beside the one before (环比) or the same a year earlier (同比), center by center.

use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_query_map};

use super::{
    PERIODS, Room,
    chosen::{Asked, Chooser, export_query, use_asked},
    definition::{About, Of},
    figures::{metric_name, name, shown, volume, written},
};
use crate::{
    api::analytics::{ComparePeriodsInput, Figure, PeriodBasis, PeriodComparison, PeriodRow, compare_periods},
    components::{AsyncView, ExportButton, Icon, Mark},
    i18n::{label, t, t_string, use_i18n},
};

impl PeriodBasis {
    const ALL: [Self; 2] = [Self::ToPrevious, Self::YearOnYear];

    /// The last part of its name's key.
    const fn key(self) -> &'static str {
        match self {
            Self::ToPrevious => "to_previous",
            Self::YearOnYear => "year_on_year",
        }
    }
}

/// The page.
#[component]
pub fn PeriodsPage() -> impl IntoView {
    let i18n = use_i18n();
    let asked = use_asked();
    let (query, pathname) = (use_query_map(), use_location().pathname);
    let basis = Memo::new(move |_| {
        let key = query.read().get("basis");
        PeriodBasis::ALL
            .into_iter()
            .find(|basis| key.as_deref() == Some(basis.key()))
            .unwrap_or(PeriodBasis::ToPrevious)
    });
    let found = LocalResource::new(move || {
        let (asked, basis) = (asked.get(), basis.get());
        async move {
            let asked = asked?;
            let Asked { metric, from, to, .. } = asked;
            compare_periods::ask(ComparePeriodsInput { metric, from, to, basis, stratum: asked.part() }).await
        }
    });
    let picks = move || {
        let query = asked.get().map(|asked| asked.query()).unwrap_or_default();
        let links = PeriodBasis::ALL.map(|one| {
            let current = (basis.get() == one).then_some("true");
            let href = format!("{}?{query}&basis={}", pathname.get(), one.key());
            view! {
                <li>
                    <a href=href aria-current=current>{move || label(i18n.get_locale(), "period_basis", one.key())}</a>
                </li>
            }
        });
        links.into_iter().collect_view()
    };
    view! {
        <Room
            here=PERIODS
            title=move || t_string!(i18n, compare.periods.title)
            lead=move || t_string!(i18n, compare.periods.lead)
        >
            <Chooser asked />
            <nav class="picks no-print" aria-label=move || t_string!(i18n, compare.periods.basis)>
                <ul>{picks}</ul>
            </nav>
            <AsyncView resource=found ready=move |data| view! { <Body data /> } />
        </Room>
    }
}

#[component]
fn Body(data: PeriodComparison) -> impl IntoView {
    let i18n = use_i18n();
    let PeriodComparison { metric, unit, basis, from, to, then_from, then_to, total, rows, .. } = data;
    let written = written(unit);
    let line = move |row: PeriodRow| {
        let PeriodRow { center, now, then, change, low, high } = row;
        let code = center.as_ref().map(|center| center.code.clone());
        let named = move || {
            center.as_ref().map_or_else(
                || t_string!(i18n, compare.trend.city).to_owned(),
                |center| name(i18n.get_locale(), center),
            )
        };
        // The interval of the difference leaves out nothing: both periods moved by chance.
        let moved = low.zip(high).is_some_and(|(low, high)| low > 0.0 || high < 0.0);
        let apart = |value: Option<f64>| value.map(|value| written.apart(value));
        let range = apart(low).zip(apart(high)).map(|(low, high)| format!("{low} – {high}"));
        let cells = |figure: Figure| {
            view! {
                <td class="number">{shown(unit, &figure)}</td>
                <td class="number">{volume(&figure)}</td>
            }
        };
        view! {
            <tr class:row-act=moved data-center=code data-moved=moved.to_string()>
                <th scope="row">{named}</th>
                {cells(now)}
                {cells(then)}
                <td class="number">{apart(change)}</td>
                <td class="number">{range}</td>
                <td>
                    {moved.then(|| view! {
                        <span class="inline-flex items-center gap-1">
                            <Icon mark=Mark::Flag />
                            {t!(i18n, compare.periods.moved)}
                        </span>
                    })}
                </td>
            </tr>
        }
    };
    let lines = rows.into_iter().map(line).collect_view();
    let total = line(total);
    let (first, last) = (from.to_string(), to.to_string());
    let (then_first, then_last) = (then_from.to_string(), then_to.to_string());
    let export = format!("{}&basis={}", export_query(use_asked()), basis.key());
    let head = move |from: String, to: String| {
        view! {
            <th scope="colgroup" colspan="2" class="number">
                {move || t_string!(i18n, compare.between, from = from.as_str(), to = to.as_str())}
            </th>
        }
    };
    view! {
        <section class="sheet" aria-labelledby="periods-numbers">
            <div class="title-line">
                <h2 class="sheet-title" id="periods-numbers">
                    {move || {
                        let locale = i18n.get_locale();
                        let basis = label(locale, "period_basis", basis.key());
                        t_string!(i18n, compare.periods.of, name = metric_name(locale, metric), basis = basis)
                    }}
                </h2>
                <span class="inline-flex items-center gap-2">
                    <About of=Of { metric, from, to, stratum: String::new(), peers: None } />
                    <ExportButton list="periods" of="periods-numbers" query=export />
                </span>
            </div>
            <div class="table-box" tabindex="0" role="region" aria-labelledby="periods-numbers">
                <table class="figures print-table">
                    <thead>
                        <tr>
                            <td></td>
                            {head(first, last)}
                            {head(then_first, then_last)}
                            <td colspan="3"></td>
                        </tr>
                        <tr>
                            <th scope="col">{t!(i18n, desk.city.center)}</th>
                            <th scope="col" class="number">{t!(i18n, compare.column.value)}</th>
                            <th scope="col" class="number">{t!(i18n, compare.column.volume)}</th>
                            <th scope="col" class="number">{t!(i18n, compare.column.value)}</th>
                            <th scope="col" class="number">{t!(i18n, compare.column.volume)}</th>
                            <th scope="col" class="number">{t!(i18n, compare.periods.change)}</th>
                            <th scope="col" class="number">{t!(i18n, compare.column.interval)}</th>
                            <th scope="col">{t!(i18n, compare.periods.says)}</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                    <tfoot>{total}</tfoot>
                </table>
            </div>
            <p class="hint">{t!(i18n, compare.periods.how)}</p>
        </section>
    }
}
