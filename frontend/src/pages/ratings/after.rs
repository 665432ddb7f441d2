//! What comes after the figures of a week: what does not count, and what may be found in them.

use chrono::NaiveDate;
use domain::{improvement::FindingArea, permission::Permission};
use leptos::prelude::*;

use super::Satisfied;
use crate::{
    api::ratings::{Exclusions, Left},
    i18n::{Locale, label, t, t_string, use_i18n},
    session::use_session,
};

/// How many the city has excluded, why, and the total without them: not level by level, since the difference would tell
/// of a single rating.
#[component]
pub(super) fn Excluded(excluded: Vec<Exclusions>, left: Option<Left>) -> impl IntoView {
    let i18n = use_i18n();
    let count: i32 = excluded.iter().map(|of| of.ratings).sum();
    let grounds = move || {
        let locale = i18n.get_locale();
        let one =
            |of: &Exclusions| format!("{} {}", label(locale, "rating_appeal_ground", of.ground.key()), of.ratings);
        excluded.iter().map(one).collect::<Vec<_>>().join(t_string!(i18n, desk.list_separator))
    };
    let left = left.map(|Left { ratings, satisfied, satisfied_low, satisfied_high }| {
        let share = satisfied.zip(satisfied_low.zip(satisfied_high));
        view! {
            <dl class="desk-facts">
                <dt>{t!(i18n, ratings.results.ratings)}</dt>
                <dd class="tabular-nums"><strong data-left="">{ratings}</strong></dd>
                <Satisfied share />
            </dl>
            <p class="hint">{t!(i18n, ratings.results.without_levels)}</p>
        }
    });
    (count > 0).then(|| {
        view! {
            <h3 class="sheet-part" data-excluded=count.to_string()>
                {move || t_string!(i18n, ratings.results.without, n = count)}
            </h3>
            <p class="hint">{grounds}</p>
            {left}
        }
    })
}

/// Leads to writing down as a finding what a figure says.
#[component]
pub(super) fn ToFinding(
    /// The day on which it was found.
    on: NaiveDate,
    /// What it is about.
    area: FindingArea,
    /// What it says, in a language.
    what: impl Fn(Locale) -> String + Send + Sync + 'static,
    /// Said to whoever hears the link alone.
    #[prop(optional, into)]
    about: Option<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    session.can(Permission::FindingRecord).then(|| {
        let href = move || {
            let text = js_sys::encode_uri_component(&what(i18n.get_locale()));
            format!("/desk/rectification/findings?on={on}&area={}&text={text}", area.key())
        };
        let name = about.map(|about| move || t_string!(i18n, ratings.results.to_finding_of, what = about.as_str()));
        view! {
            <a class="link" href=href aria-label=name data-finding="">
                {t!(i18n, ratings.results.to_finding)}
            </a>
        }
    })
}
