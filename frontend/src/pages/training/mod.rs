//! Trainings and tests: who is still to be trained, the sessions, one of them, one's own part.

mod attendance;
mod forms;
mod list;
mod own;
mod session;

pub use list::Trainings;
pub use session::TrainingPage;

use domain::training::{SessionStatus, TestResult};
use leptos::prelude::*;

use crate::{
    api::training::{Mark as Part, Session},
    components::{Chip, Mark, Tone},
    i18n::{label, t_string, use_i18n},
};

/// Where a session stands.
#[component]
fn StatusOf(status: SessionStatus) -> impl IntoView {
    let i18n = use_i18n();
    let (tone, mark) = match status {
        SessionStatus::Planned => (Tone::Active, Mark::Clock),
        SessionStatus::Held => (Tone::Good, Mark::Check),
        SessionStatus::Cancelled => (Tone::Still, Mark::Close),
    };
    view! { <Chip tone mark text=move || label(i18n.get_locale(), "training_status", status.key()) /> }
}

/// What a session is, when and where.
#[component]
fn About(session: Session) -> impl IntoView {
    let i18n = use_i18n();
    let Session { on, start, hours, kind, topic, trainer, place, unscheduled, .. } = session;
    let time = move || t_string!(i18n, training.when, day = on.to_string(), time = start.as_str(), hours = hours);
    view! {
        <p class="person-facts">
            <span class="tabular-nums">{time}</span>
            <span>{move || label(i18n.get_locale(), "training_kind", kind.key())}</span>
            <span>{move || label(i18n.get_locale(), "training_topic", topic.key())}</span>
            {unscheduled.then(|| view! { <span>{move || t_string!(i18n, training.unscheduled)}</span> })}
            {trainer.map(|who| view! { <span>{who}</span> })}
            {place.map(|place| view! { <span>{place}</span> })}
        </p>
    }
}

/// How somebody took part, with the points where there are any.
#[component]
fn HowOf(part: Part) -> impl IntoView {
    let i18n = use_i18n();
    let (tone, mark) = match (part.attended, part.result) {
        (true, Some(TestResult::Failed)) => (Tone::Bad, Mark::Alert),
        (true, _) => (Tone::Good, Mark::Check),
        (false, _) => (Tone::Still, Mark::Close),
    };
    let text = move || {
        let how = match (part.attended, part.result) {
            (_, Some(result)) => label(i18n.get_locale(), "training_result", result.key()),
            (true, None) => t_string!(i18n, training.attended),
            (false, None) => t_string!(i18n, training.absent),
        };
        part.score.map_or_else(|| how.to_owned(), |score| format!("{how} · {score}"))
    };
    view! { <Chip tone mark text /> }
}
