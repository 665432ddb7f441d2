//! The log of a case, for the center and for the city's reviewer.

use domain::{bad_ratings::BadRatingEventKind, complaints::deadline::DueMove};
use leptos::prelude::*;

use crate::{
    api::bad_ratings::{Event, Reason},
    components::{Icon, Mark},
    i18n::{Locale, label, label_of, pick, t, t_string, use_i18n},
    time,
};

/// What a line is about besides its kind, in words.
fn detail(kind: BadRatingEventKind, detail: &str, locale: Locale) -> String {
    use BadRatingEventKind as K;
    let group = match kind {
        K::Contacted | K::Unreached => "rater_contact",
        K::Verified => "bad_rating_finding",
        K::FedBack => "feedback_mode",
        K::CalledBack => "handling_satisfaction",
        K::Appealed => "rating_appeal_ground",
        K::CalendarChanged => {
            return DueMove::parse(detail).map_or_else(String::new, |moved| match moved.from {
                Some(from) => format!("{from} → {}", moved.to),
                None => moved.to.to_string(),
            });
        }
        _ => return detail.to_owned(),
    };
    label_of(locale, group, detail)
}

/// The log, oldest line first.
#[component]
pub fn Log(
    /// The lines.
    events: Vec<Event>,
) -> impl IntoView {
    use BadRatingEventKind as K;
    let i18n = use_i18n();
    let rows = events.into_iter().map(|row| {
        let kind = row.kind;
        let mark = match kind {
            K::Opened => Mark::Plus,
            K::Contacted | K::CalledBack => Mark::Phone,
            K::Unreached | K::CallMissed | K::Overdue => Mark::Alert,
            K::Noted => Mark::Note,
            K::Appealed | K::CityOpened => Mark::Flag,
            K::FedBack | K::Kept => Mark::Check,
            K::Closed | K::Excluded => Mark::Lock,
            K::Verified | K::Rectifying | K::Extended | K::CalendarChanged => Mark::Send,
        };
        let more = row.detail;
        let more = move || more.as_ref().map(|text| detail(kind, text, i18n.get_locale()));
        let (name, citys) = (row.actor, matches!(kind, K::CityOpened | K::Kept | K::Excluded));
        let actor = move || match &name {
            Some(name) => name.clone(),
            None if citys => t_string!(i18n, bad_ratings.reviewer).to_owned(),
            None => String::new(),
        };
        view! {
            <li class="log-line" data-event=kind.key()>
                <span class="log-mark"><Icon mark /></span>
                <div class="log-body">
                    <p class="log-title">
                        <strong>{move || label(i18n.get_locale(), "bad_rating_event", kind.key())}</strong>
                        " "
                        <span>{more}</span>
                    </p>
                    {row.text.map(|text| view! { <p class="prose-text">{text}</p> })}
                    <p class="log-meta"><span>{actor}</span><span class="tabular-nums">{time::date_time(row.at)}</span></p>
                </div>
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="sheet" aria-labelledby="bad-rating-log">
            <h2 class="sheet-title" id="bad-rating-log">{t!(i18n, bad_ratings.log)}</h2>
            <ol class="log">{rows}</ol>
        </section>
    }
}

/// What the rater ticked and wrote.
#[component]
pub fn Said(
    /// The reasons.
    reasons: Vec<Reason>,
    /// The words.
    remark: Option<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let rows =
        reasons.into_iter().map(|Reason { zh, en }| view! { <li>{move || pick(i18n.get_locale(), &zh, &en)}</li> });
    view! {
        <ul class="chips">{rows.collect_view()}</ul>
        {remark.map(|text| view! { <p class="prose-text">{text}</p> })}
    }
}
