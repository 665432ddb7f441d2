//! How the share moved that a title asks for: a line, the same in words, and the days in a table.

use std::fmt::Write;

use chrono::NaiveDate;
use domain::model_posts::ModelKind;
use leptos::prelude::*;

use crate::{
    api::model_posts::TeamShare,
    components::{Icon, Mark},
    i18n::{t, t_string, use_i18n},
};

/// Units of the picture.
const WIDTH: i64 = 600;
const HEIGHT: i64 = 120;

fn percent(point: &TeamShare) -> i32 {
    if point.total == 0 { 0 } else { point.have * 100 / point.total }
}

fn reaches(point: &TeamShare, min: i32) -> bool {
    point.total > 0 && point.have * 100 >= min * point.total
}

/// The share, with the city's least and what is known of the days ahead.
#[component]
pub fn Share(kind: ModelKind, shares: Vec<TeamShare>, on: NaiveDate, min: i32) -> impl IntoView {
    let i18n = use_i18n();
    let title = move || match kind {
        ModelKind::Youth => t_string!(i18n, models.share.youth),
        _ => t_string!(i18n, models.share.women),
    };
    let Some(now) = shares.iter().rev().find(|point| point.from <= on).or(shares.first()).copied() else {
        return ().into_any();
    };
    let ahead = shares.iter().find(|point| point.from > on && !reaches(point, min)).copied();
    let fine = reaches(&now, min);
    let (have, total, share) = (now.have, now.total, percent(&now));
    let said = move || t_string!(i18n, models.share.now, have = have, total = total, min = min);
    let below = (!fine).then(|| {
        let since = shares
            .iter()
            .rev()
            .take_while(|point| point.from > on || !reaches(point, min))
            .last()
            .map(|point| point.from);
        since.unwrap_or(now.from).to_string()
    });
    let warning = move || match (&below, ahead) {
        (Some(since), _) => Some(t_string!(i18n, models.share.below, day = since.as_str())),
        (None, Some(point)) => {
            let (day, share) = (point.from.to_string(), percent(&point));
            Some(t_string!(i18n, models.share.will, day = day, share = share, have = point.have, total = point.total))
        }
        (None, None) => None,
    };
    let rows = shares.iter().map(|point| {
        let (have, total, share, fine) = (point.have, point.total, percent(point), reaches(point, min));
        let word = move || if fine { t_string!(i18n, models.share.fine) } else { t_string!(i18n, models.share.low) };
        view! {
            <tr>
                <th scope="row" class="tabular-nums">{point.from.to_string()}</th>
                <td class="number">{have} " / " {total}</td>
                <td class="number">{share} "%"</td>
                <td>{word}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let warned = warning.clone();
    view! {
        <section class="sheet" aria-labelledby="title-share">
            <h2 class="sheet-title" id="title-share">{title}</h2>
            <p class="share-now"><strong>{share} "%"</strong> " " {said}</p>
            {move || warning().map(|text| view! {
                <p class="banner banner-bad" data-share="low"><Icon mark=Mark::Alert />{text}</p>
            })}
            <figure class="share">
                <Line shares on min label=Signal::derive(move || {
                    let more = warned().unwrap_or_default();
                    format!("{}: {share}%. {more}", title())
                }) />
                <figcaption class="hint share-legend">
                    <span class="share-key share-key-line">{t!(i18n, models.share.line)}</span>
                    <span class="share-key share-key-min">{move || t_string!(i18n, models.share.min, min = min)}</span>
                    <span class="share-key share-key-today">{t!(i18n, models.lane.today)}</span>
                </figcaption>
            </figure>
            <details class="more">
                <summary class="btn btn-ghost btn-small">
                    <Icon mark=Mark::ChevronDown />
                    {t!(i18n, models.share.history)}
                </summary>
                <div class="table-box" tabindex="0" role="region" aria-labelledby="title-share">
                    <table class="figures">
                        <thead>
                            <tr>
                                <th scope="col">{t!(i18n, models.share.day)}</th>
                                <th scope="col" class="number">{t!(i18n, models.share.people)}</th>
                                <th scope="col" class="number">{t!(i18n, models.share.share)}</th>
                                <th scope="col">{t!(i18n, models.share.verdict)}</th>
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

#[component]
fn Line(shares: Vec<TeamShare>, on: NaiveDate, min: i32, label: Signal<String>) -> impl IntoView {
    let first = shares.first().map_or(on, |point| point.from).min(on);
    // A little beyond the last known day, so that what begins then is seen.
    let last = shares.last().map_or(on, |point| point.from).max(on) + chrono::Days::new(30);
    let span = (last - first).num_days().max(1);
    let x = |day: NaiveDate| (day - first).num_days() * WIDTH / span;
    let y = |percent: i32| HEIGHT - 5 - i64::from(percent) * (HEIGHT - 10) / 100;
    let (mut known, mut ahead) = (String::new(), String::new());
    for (n, point) in shares.iter().enumerate() {
        let (from, until) = (x(point.from), shares.get(n + 1).map_or(WIDTH, |next| x(next.from)));
        let (today, level) = (x(on), y(percent(point)));
        for (path, from, until) in [(&mut known, from, until.min(today)), (&mut ahead, from.max(today), until)] {
            if from < until {
                let verb = if path.is_empty() { 'M' } else { 'L' };
                // Writing to a text cannot fail.
                let _ = write!(path, "{verb}{from} {level}H{until}");
            }
        }
    }
    view! {
        <svg class="share-picture" viewBox=format!("0 0 {WIDTH} {HEIGHT}") preserveAspectRatio="none" role="img" aria-label=move || label.get()>
            <path class="share-axis" d=format!("M0 {}H{WIDTH}M0 {}H{WIDTH}", y(0), y(100))></path>
            <path class="share-min" d=format!("M0 {}H{WIDTH}", y(min))></path>
            <path class="share-today" d=format!("M{} 0V{HEIGHT}", x(on))></path>
            <path class="share-line" d=known></path>
            <path class="share-line share-ahead" d=ahead></path>
        </svg>
        <p class="share-days hint tabular-nums" aria-hidden="true"><span>{first.to_string()}</span><span>{last.to_string()}</span></p>
    }
}
