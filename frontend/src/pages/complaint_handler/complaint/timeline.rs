//! Everything that happened to a case, the newest first, and who sees it.

use domain::complaints::{ComplaintEventKind, deadline::DueMove};
use leptos::prelude::*;

use crate::{
    api::complaints::ComplaintEvent,
    components::{Chip, Icon, Mark, Tone},
    i18n::{label, t, t_string, use_i18n},
    pages::city::calendar::move_text,
    time,
};

/// The timeline.
#[component]
pub fn Timeline(
    /// Its lines, oldest first.
    events: Vec<ComplaintEvent>,
) -> impl IntoView {
    let i18n = use_i18n();
    let lines = events.into_iter().rev().map(|event| view! { <Line event /> }).collect_view();
    view! {
        <section class="sheet" aria-labelledby="case-timeline">
            <h2 class="sheet-title" id="case-timeline">{t!(i18n, complaints.timeline.title)}</h2>
            <ol class="log">{lines}</ol>
        </section>
    }
}

const fn mark(kind: ComplaintEventKind) -> Mark {
    use ComplaintEventKind as K;
    match kind {
        K::Registered => Mark::Mail,
        K::Moved => Mark::Check,
        K::Note => Mark::Lock,
        K::PublicReply => Mark::Send,
        K::Extended | K::Resumed | K::CalendarChanged => Mark::Clock,
        K::Paused => Mark::Pause,
        K::Reclassified => Mark::Note,
        K::HandedOver | K::RespondentNamed => Mark::Users,
        K::Warned | K::Overdue => Mark::Alert,
        K::Escalated | K::Pressed | K::Referred => Mark::Flag,
        K::CityOpened | K::CityRevealed => Mark::Eye,
        K::CityAnswered => Mark::Chat,
        K::MergedHere => Mark::Link,
    }
}

const fn class(kind: ComplaintEventKind) -> &'static str {
    match kind {
        ComplaintEventKind::Note => "log-line log-note",
        ComplaintEventKind::PublicReply => "log-line log-reply",
        ComplaintEventKind::Overdue => "log-line log-bad",
        _ => "log-line",
    }
}

/// What happens by itself when a date passes.
const fn is_clockwork(kind: ComplaintEventKind) -> bool {
    use ComplaintEventKind as K;
    matches!(kind, K::Warned | K::Overdue | K::Escalated | K::CalendarChanged)
}

#[component]
fn Line(event: ComplaintEvent) -> impl IntoView {
    let i18n = use_i18n();
    let ComplaintEvent { kind, action, from_status, status, at, actor, text, public, .. } = event;
    let title = move || {
        let locale = i18n.get_locale();
        match action {
            Some(action) if kind == ComplaintEventKind::Moved => label(locale, "action_done", action.key()),
            _ => label(locale, "event", kind.key()),
        }
    };
    let moved = from_status.filter(|from| *from != status).map(|from| {
        let text = move || {
            let name = |status: domain::complaints::ComplaintStatus| {
                label(i18n.get_locale(), "complaint_status", status.key())
            };
            t_string!(i18n, complaints.timeline.from_to, from = name(from), to = name(status))
        };
        view! { <span class="hint">{text}</span> }
    });
    let who = actor.map(|person| person.display_name);
    let who = move || match &who {
        Some(name) => name.clone(),
        None if is_clockwork(kind) => t_string!(i18n, complaints.timeline.system).to_owned(),
        None => t_string!(i18n, complaints.timeline.complainant).to_owned(),
    };
    let seen = if public {
        Some((Tone::Active, Mark::Eye))
    } else if kind == ComplaintEventKind::Note {
        Some((Tone::Warn, Mark::Lock))
    } else {
        None
    };
    let words = move || {
        if public { t_string!(i18n, complaints.timeline.public) } else { t_string!(i18n, complaints.timeline.internal) }
    };
    let seen = seen.map(|(tone, mark)| view! { <Chip tone mark text=words /> });
    view! {
        <li class=class(kind)>
            <span class="log-mark">
                <Icon mark=mark(kind) />
            </span>
            <div class="log-body">
                <p class="log-title">
                    <strong>{title}</strong>
                    {moved}
                </p>
                {text
                    .map(|text| {
                        let words = move || match DueMove::parse(&text) {
                            Some(moved) if kind == ComplaintEventKind::CalendarChanged => {
                                move_text(i18n.get_locale(), moved)
                            }
                            _ => text.clone(),
                        };
                        view! { <p class="prose-text">{words}</p> }
                    })}
                <p class="log-meta">
                    <time datetime=at.to_rfc3339()>{time::date_time(at)}</time>
                    <span>{who}</span>
                    {seen}
                </p>
            </div>
        </li>
    }
}
