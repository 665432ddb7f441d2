//! `/desk/ratings`: what the public said in a week that is over, as far as it tells of nobody; and the points at which it
//! says so.

mod after;
pub mod flags;
pub mod points;
pub mod print;
mod survey;

use chrono::{Days, NaiveDate};
use domain::{
    evaluation::{levels::FiveLevel, ratings::PointChannel},
    improvement::FindingArea,
    permission::Permission,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use self::{
    after::{Excluded, ToFinding},
    flags::Marks,
    survey::Surveys,
};
use crate::{
    api::ratings::{Figures, OfFive, Point, Results, Row, Week, results},
    components::{AsyncView, Empty, ExportButton, Icon, Mark, PageHeading},
    i18n::{label, t, t_string, td_string, use_i18n},
    session::use_session,
};

const HOME: &str = "/desk/ratings";
const POINTS: &str = "/desk/rating-points";

/// The page.
#[component]
pub fn ResultsPage() -> impl IntoView {
    let i18n = use_i18n();
    let query = use_query_map();
    let week = Memo::new(move |_| query.read().get("week").and_then(|day| day.parse::<NaiveDate>().ok()));
    let found = LocalResource::new(move || results(week.get()));
    view! {
        <div class="title-line">
            <PageHeading title=move || t_string!(i18n, ratings.results.title) />
            <ExportButton
                list="rating_week"
                query=move || week.get().map(|monday| format!("week={monday}")).unwrap_or_default()
            />
        </div>
        <p class="desk-lead">{t!(i18n, ratings.lead)}</p>
        <Rooms here=HOME />
        <AsyncView resource=found ready=move |data| view! { <Body data /> } />
    }
}

/// The two pages of this room, for whoever keeps the points.
#[component]
fn Rooms(here: &'static str) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let link = move |href: &'static str, text: AnyView| {
        let current = (href == here).then_some("page");
        view! { <li><a href=href aria-current=current>{text}</a></li> }
    };
    view! {
        <Show when=move || session.can(Permission::RatingPointManage)>
            <nav class="ways-between" aria-label=move || t_string!(i18n, ratings.rooms)>
                <ul>
                    {link(HOME, t!(i18n, ratings.results.title).into_any())}
                    {link(POINTS, t!(i18n, ratings.points.title).into_any())}
                </ul>
            </nav>
        </Show>
    }
}

#[component]
fn Body(data: Results) -> impl IntoView {
    let i18n = use_i18n();
    let Results { weeks, week, least } = data;
    if weeks.is_empty() {
        return view! { <Empty text=move || t_string!(i18n, ratings.results.empty) /> }.into_any();
    }
    let shown = week.as_ref().map(|week| week.monday);
    let content = match week {
        Some(week) => view! { <WeekView week least /> }.into_any(),
        None => view! { <p class="hint">{t!(i18n, ratings.results.not_over)}</p> }.into_any(),
    };
    view! {
        <Weeks weeks shown />
        {content}
    }
    .into_any()
}

/// The weeks to choose from, the last one first.
#[component]
fn Weeks(weeks: Vec<NaiveDate>, shown: Option<NaiveDate>) -> impl IntoView {
    let i18n = use_i18n();
    let links = weeks.into_iter().map(|monday| {
        let current = (Some(monday) == shown).then_some("true");
        view! { <li><a class="tabular-nums" href=format!("{HOME}?week={monday}") aria-current=current>{monday.to_string()}</a></li> }
    });
    let links = links.collect_view();
    view! {
        <nav class="picks" aria-label=move || t_string!(i18n, ratings.results.weeks)>
            <ul>{links}</ul>
        </nav>
    }
}

#[component]
fn WeekView(week: Week, least: i32) -> impl IntoView {
    let i18n = use_i18n();
    let Week { monday, total, excluded, without_excluded, rows, defaulted, imported, words, surveys } = week;
    let sunday = monday + Days::new(6);
    let (key, first, last) = (monday.to_string(), monday.to_string(), sunday.to_string());
    let finding = total.as_ref().and_then(|figures| Some((figures.ratings, percent(figures.satisfied?))));
    let finding = finding.map(|(n, share)| {
        let days = (first.clone(), last.clone());
        view! { <ToFinding on=sunday area=FindingArea::Other what=move |locale| {
            let (first, last) = (days.0.as_str(), days.1.as_str());
            td_string!(locale, ratings.results.found_total, first = first, last = last, share = share.as_str(), n = n)
        } /> }
    });
    let by_rule = (defaulted > 0).then(|| {
        view! { <p class="hint">{move || t_string!(i18n, ratings.results.defaulted, n = defaulted)}</p> }
    });
    let from_elsewhere = (imported > 0).then(|| {
        view! { <p class="hint">{move || t_string!(i18n, ratings.results.imported, n = imported)}</p> }
    });
    let total = match total {
        Some(figures) => view! { <Summary figures /> }.into_any(),
        None => view! { <p class="hint">{move || t_string!(i18n, ratings.results.too_few, n = least)}</p> }.into_any(),
    };
    let said = (!words.is_empty()).then(|| {
        let lines = words.into_iter().map(|text| view! { <li class="quote"><p class="prose-text">{text}</p></li> });
        let lines = lines.collect_view();
        view! {
            <section class="sheet" aria-labelledby="ratings-words">
                <h2 class="sheet-title" id="ratings-words">{t!(i18n, ratings.results.words)}</h2>
                <p class="hint">{t!(i18n, ratings.results.words_lead)}</p>
                <ul class="grid gap-2">{lines}</ul>
            </section>
        }
    });
    view! {
        <section class="sheet" aria-labelledby="ratings-total" data-week=key>
            <h2 class="sheet-title" id="ratings-total">
                {move || t_string!(i18n, ratings.results.week, first = first.as_str(), last = last.as_str())}
            </h2>
            {total}
            {finding}
            <Excluded excluded left=without_excluded />
            {by_rule}
            {from_elsewhere}
        </section>
        <ByPoint rows least />
        {said}
        <Surveys surveys monday />
    }
}

/// Thousandths as a share of a hundred, with one decimal.
fn percent(thousandths: i32) -> String {
    format!("{:.1}%", f64::from(thousandths) / 10.0)
}

/// Who was at least basically satisfied, with the interval; nothing of nobody.
#[component]
fn Satisfied(share: Option<(i32, (i32, i32))>) -> impl IntoView {
    let i18n = use_i18n();
    share.map(|(share, (low, high))| {
        let (share, low, high) = (percent(share), percent(low), percent(high));
        view! {
            <dt>{t!(i18n, ratings.results.satisfied)}</dt>
            <dd class="tabular-nums">
                <strong>{share}</strong>
                " "
                {move || t_string!(i18n, ratings.results.interval, low = low.as_str(), high = high.as_str())}
            </dd>
        }
    })
}

/// How many, how satisfied, and level by level.
#[component]
fn Summary(figures: Figures) -> impl IntoView {
    let i18n = use_i18n();
    let Figures { ratings, levels, satisfied, satisfied_low, satisfied_high } = figures;
    let share = satisfied.zip(satisfied_low.zip(satisfied_high));
    let levels = levels.into_iter().map(|OfFive { level, ratings }| {
        view! {
            <dt>{move || label(i18n.get_locale(), "five_level", level.key())}</dt>
            <dd class="tabular-nums">{ratings}</dd>
        }
    });
    let levels = levels.collect_view();
    view! {
        <dl class="desk-facts">
            <dt>{t!(i18n, ratings.results.ratings)}</dt>
            <dd class="tabular-nums"><strong data-ratings="">{ratings}</strong></dd>
            <Satisfied share />
            {levels}
        </dl>
    }
}

/// Point by point; a row that would tell of a few people is not shown.
#[component]
fn ByPoint(rows: Vec<Row>, least: i32) -> impl IntoView {
    let i18n = use_i18n();
    if rows.is_empty() {
        return view! { <p class="hint">{t!(i18n, ratings.results.no_rows)}</p> }.into_any();
    }
    let columns = FiveLevel::ALL.iter().map(|level| {
        let key = level.key();
        view! { <th scope="col" class="number">{move || label(i18n.get_locale(), "five_level", key)}</th> }
    });
    let columns = columns.collect_view();
    let rows = rows.into_iter().map(|row| view! { <PointRow row /> }).collect_view();
    view! {
        <section class="sheet" aria-labelledby="ratings-points">
            <h2 class="sheet-title" id="ratings-points">{t!(i18n, ratings.results.by_point)}</h2>
            <p class="hint">{move || t_string!(i18n, ratings.results.hidden_lead, n = least)}</p>
            <div class="table-box" tabindex="0" role="region" aria-labelledby="ratings-points">
                <table class="figures">
                    <thead>
                        <tr>
                            <th scope="col">{t!(i18n, ratings.results.point)}</th>
                            <th scope="col" class="number">{t!(i18n, ratings.results.ratings)}</th>
                            {columns}
                            <th scope="col" class="number">{t!(i18n, ratings.results.satisfied)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn PointRow(row: Row) -> impl IntoView {
    let i18n = use_i18n();
    let Row { point, figures, marks } = row;
    // A kiosk's point stands beside the one with the poster, which may be the same post's.
    let named = move || match &point {
        Some(Point { name, channel: PointChannel::Kiosk, .. }) => {
            format!("{name} · {}", label(i18n.get_locale(), "point_channel", PointChannel::Kiosk.key()))
        }
        Some(Point { name, .. }) => name.clone(),
        None => label(i18n.get_locale(), "point_channel", "link").to_owned(),
    };
    let standing = if figures.is_some() { "shown" } else { "hidden" };
    let cells = match figures {
        Some(Figures { ratings, levels, satisfied, .. }) => {
            let levels = levels.into_iter().map(|of| view! { <td class="number">{of.ratings}</td> }).collect_view();
            view! {
                <td class="number">{ratings}</td>
                {levels}
                <td class="number">{satisfied.map(percent)}</td>
            }
            .into_any()
        }
        None => view! {
            <td colspan="7">
                <span class="inline-flex items-center gap-1 text-muted">
                    <Icon mark=Mark::Lock />
                    {t!(i18n, ratings.results.hidden)}
                </span>
            </td>
        }
        .into_any(),
    };
    view! {
        <tr data-point=standing>
            <th scope="row">{named} <Marks marks /></th>
            {cells}
        </tr>
    }
}
