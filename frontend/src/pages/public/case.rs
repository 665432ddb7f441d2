//! A complaint as its complainant sees it: where it stands, by when the next step is due, and what was answered.

use domain::complaints::{ComplaintEventKind, ComplaintStatus};
use leptos::prelude::*;

use super::{
    feedback::{RateForm, ReviewForm},
    track::{Done, Found},
};
use crate::{
    api::portal::{TrackedComplaint, TrackedStep},
    components::{Deadline, Due, Icon, Mark, PageHeading, StatusChip},
    i18n::{Locale, label, t, t_string, td_string, use_i18n},
    time,
};

/// The id of the thanks for a rating or a request.
pub(super) const THANKS: &str = "thanks";

/// The case that was found; shown anew after a rating or a request for review.
#[component]
pub(super) fn CaseView(found: RwSignal<Option<Found>>, leave: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let number = move || found.with(|f| f.as_ref().map(|f| f.case.number.clone())).unwrap_or_default();
    view! {
        <PageHeading title=move || t_string!(i18n, portal.case.title, number = number()) />
        {move || {
            found
                .get()
                .map(|Found { center, code, case, done }| {
                    let (may_rate, may_ask) = (case.may_rate, case.may_request_review);
                    let until = case.review_until;
                    let rating = case.rating_token.clone().map(|token| format!("/r/{center}/link#{token}"));
                    view! {
                        {done.map(|done| view! { <Thanks done status=case.status /> })}
                        <Summary case=case.clone() />
                        <Answers case=case.clone() />
                        {may_rate.then(|| view! { <RateForm center=center.clone() code=code.clone() found /> })}
                        {may_ask.then(|| view! { <ReviewForm center code until found /> })}
                        {rating.map(|href| view! { <RateCenter href /> })}
                        <Timeline case />
                    }
                })
        }}
        <p class="no-print">
            <button type="button" class="btn btn-outline" on:click=move |_| leave.run(())>
                {t!(i18n, portal.case.leave)}
            </button>
        </p>
    }
}

/// Leads to the good-bad rating, which does not know of the complaint.
#[component]
fn RateCenter(href: String) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <section class="card grid gap-2 no-print">
            <h2 class="section-title">{t!(i18n, portal.case.rate_center)}</h2>
            <p class="hint">{t!(i18n, portal.case.rate_center_text)}</p>
            <p>
                // Another entry point.
                <a class="btn btn-outline" href=href rel="external">
                    {t!(i18n, portal.case.rate_center_go)}
                </a>
            </p>
        </section>
    }
}

#[component]
fn Thanks(done: Done, status: ComplaintStatus) -> impl IntoView {
    let i18n = use_i18n();
    let text = move || match done {
        // A bad rating asks for review by itself.
        Done::Rated if status == ComplaintStatus::ReviewRequested => t_string!(i18n, portal.rate.thanks_review),
        Done::Rated => t_string!(i18n, portal.rate.thanks),
        Done::AskedForReview => t_string!(i18n, portal.review.thanks),
    };
    view! {
        <p class="panel panel-good" id=THANKS tabindex="-1" role="status">
            {text}
        </p>
    }
}

fn due(case: &TrackedComplaint) -> Due {
    Due { at: case.due_at, days_left: case.days_left, late: case.late, paused: case.paused }
}

#[component]
fn Summary(case: TrackedComplaint) -> impl IntoView {
    let i18n = use_i18n();
    let subject = case.subject;
    let due = due(&case);
    view! {
        <section class="card grid gap-4" aria-label=move || t_string!(i18n, portal.case.summary)>
            <dl class="facts">
                <dt>{t!(i18n, portal.case.status)}</dt>
                <dd><StatusChip status=case.status /></dd>
                {case
                    .due_step
                    .map(|step| {
                        view! {
                            <dt>{move || t_string!(i18n, portal.case.next, step = label(i18n.get_locale(), "step", step.key()))}</dt>
                            <dd><Deadline due /></dd>
                        }
                    })}
                <dt>{t!(i18n, portal.case.subject)}</dt>
                <dd>{move || label(i18n.get_locale(), "complaint_subject", subject.key())}</dd>
                <dt>{t!(i18n, portal.received)}</dt>
                <dd class="tabular-nums">{time::date_time(case.received_at)}</dd>
            </dl>
            {case
                .late
                .then(|| {
                    view! {
                        <p class="panel panel-bad">
                            <span class="panel-title">
                                <Icon mark=Mark::Alert />
                                {t!(i18n, portal.case.late)}
                            </span>
                            {t!(i18n, portal.case.late_text)}
                        </p>
                    }
                })}
        </section>
    }
}

/// What the center has said: why it did not accept, what it found, what the review decided.
#[component]
fn Answers(case: TrackedComplaint) -> impl IntoView {
    let i18n = use_i18n();
    let refusal = case.refusal_ground.map(|ground| {
        view! {
            <Answer title=move || t_string!(i18n, portal.case.refused)>
                <p>{move || label(i18n.get_locale(), "refusal_ground", ground.key())}</p>
                {said(case.refusal_reason)}
                {case
                    .referral
                    .map(|text| {
                        view! {
                            <p class="font-semibold">{t!(i18n, portal.case.referral)}</p>
                            <p class="said">{text}</p>
                        }
                    })}
            </Answer>
        }
    });
    let result = case.reply.map(|reply| {
        view! {
            <Answer title=move || t_string!(i18n, portal.case.reply)>
                {case
                    .outcome
                    .map(|o| {
                        view! { <p class="font-semibold">{move || label(i18n.get_locale(), "complaint_outcome", o.key())}</p> }
                    })}
                {said(Some(reply))}
            </Answer>
        }
    });
    let review = case.review_outcome.map(|outcome| {
        view! {
            <Answer title=move || t_string!(i18n, portal.case.review)>
                <p class="font-semibold">{move || label(i18n.get_locale(), "review_outcome", outcome.key())}</p>
                {said(case.review_reply)}
            </Answer>
        }
    });
    let merged = case.merged_into_number.map(|number| {
        view! {
            <p class="panel panel-info">{move || t_string!(i18n, portal.case.merged, number = number.as_str())}</p>
        }
    });
    let rated = case.satisfaction.map(|level| {
        view! {
            <p class="hint">
                {t!(i18n, portal.case.rated)} " "
                {move || label(i18n.get_locale(), "handling_satisfaction", level.key())}
            </p>
        }
    });
    view! { {refusal} {result} {review} {merged} {rated} }
}

#[component]
fn Answer(#[prop(into)] title: TextProp, children: Children) -> impl IntoView {
    view! {
        <section class="card grid gap-2">
            <h2 class="section-title">{move || title.get()}</h2>
            {children()}
        </section>
    }
}

fn said(text: Option<String>) -> Option<impl IntoView> {
    text.map(|text| view! { <p class="said">{text}</p> })
}

#[component]
fn Timeline(case: TrackedComplaint) -> impl IntoView {
    let i18n = use_i18n();
    let due = due(&case);
    view! {
        <section class="card grid gap-4">
            <h2 class="section-title">{t!(i18n, portal.case.steps)}</h2>
            <ol class="course">
                {case.steps.into_iter().map(|step| view! { <Past step /> }).collect_view()}
                {case
                    .due_step
                    .map(|step| {
                        let mark = if case.late { Mark::Alert } else { Mark::Clock };
                        view! {
                            <li class=if case.late { "step step-late" } else { "step step-next" } aria-current="step">
                                <span class="step-dot">
                                    <Icon mark />
                                </span>
                                <div class="step-body">
                                    <p class="step-name">{move || label(i18n.get_locale(), "step", step.key())}</p>
                                    <Deadline due />
                                </div>
                            </li>
                        }
                    })}
            </ol>
        </section>
    }
}

#[component]
fn Past(step: TrackedStep) -> impl IntoView {
    let i18n = use_i18n();
    let (kind, status) = (step.kind, step.status);
    view! {
        <li class="step">
            <span class="step-dot">
                <Icon mark=mark_of(kind) />
            </span>
            <div class="step-body">
                <p class="step-name">{move || name_of(i18n.get_locale(), kind, status)}</p>
                <time class="hint tabular-nums" datetime=step.at.to_rfc3339()>
                    {time::date_time(step.at)}
                </time>
                {step.text.map(|text| view! { <p class="step-text">{text}</p> })}
            </div>
        </li>
    }
}

const fn mark_of(kind: ComplaintEventKind) -> Mark {
    match kind {
        ComplaintEventKind::PublicReply => Mark::Chat,
        ComplaintEventKind::Paused => Mark::Pause,
        ComplaintEventKind::Overdue | ComplaintEventKind::Escalated | ComplaintEventKind::Pressed => Mark::Flag,
        ComplaintEventKind::MergedHere => Mark::Link,
        _ => Mark::Check,
    }
}

// A step of the state machine is named by where it led.
fn name_of(locale: Locale, kind: ComplaintEventKind, status: ComplaintStatus) -> &'static str {
    match kind {
        ComplaintEventKind::Moved | ComplaintEventKind::Registered => label(locale, "complaint_status", status.key()),
        ComplaintEventKind::PublicReply => td_string!(locale, portal.case.message),
        _ => label(locale, "event", kind.key()),
    }
}
