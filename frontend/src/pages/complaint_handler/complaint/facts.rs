//! The right-hand column: properties, clocks, people, related cases.

use domain::complaints::{Action, EscalationLevel};
use leptos::prelude::*;

use super::reveal::ComplainantFacts;
use crate::{
    api::complaints::{Case, ComplaintRef, Person, SimilarComplaint},
    components::{Deadline, Due, StatusChip},
    i18n::{label, pick, t, t_string, use_i18n},
    time,
};

/// The column.
#[component]
pub fn Facts(case: Case) -> impl IntoView {
    view! {
        <aside class="case-side">
            <Clocks case=case.clone() />
            <People case=case.clone() />
            <Properties case=case.clone() />
            <Related case />
        </aside>
    }
}

#[component]
fn Clocks(case: Case) -> impl IntoView {
    let i18n = use_i18n();
    let due = Due { at: case.due_at, days_left: case.days_left, late: case.late, paused: case.paused };
    let step = case.due_step.map(|step| {
        view! {
            <dt>{move || label(i18n.get_locale(), "step", step.key())}</dt>
            <dd><Deadline due /></dd>
        }
    });
    let (paused, extended) = (case.paused_days, case.extensions);
    let date = |at| view! { <dd class="tabular-nums">{time::date_time(at)}</dd> };
    let (level, cause) = (case.escalation, case.escalation_cause);
    let escalated = (level != EscalationLevel::None).then(|| {
        let text = move || {
            let locale = i18n.get_locale();
            let level = label(locale, "escalation_level", level.key());
            cause.map_or_else(
                || level.to_owned(),
                |cause| format!("{level} · {}", label(locale, "escalation_cause", cause.key())),
            )
        };
        view! { <dt>{t!(i18n, complaints.case.escalation)}</dt><dd>{text}</dd> }
    });
    view! {
        <section class="sheet" aria-labelledby="case-clock">
            <h2 class="sheet-title" id="case-clock">{t!(i18n, complaints.case.clock)}</h2>
            <dl class="desk-facts">
                {step}
                <dt>{t!(i18n, complaints.case.received_at)}</dt>
                {date(case.received_at)}
                {case.accepted_at.map(|at| view! { <dt>{t!(i18n, complaints.case.accepted_at)}</dt>{date(at)} })}
                {case.closed_at.map(|at| view! { <dt>{t!(i18n, complaints.case.closed_at)}</dt>{date(at)} })}
                {(paused > 0).then(|| view! {
                    <dt>{t!(i18n, complaints.case.paused_days)}</dt>
                    <dd>{move || t_string!(i18n, complaints.case.days, count = paused)}</dd>
                })}
                {(extended > 0).then(|| view! {
                    <dt>{t!(i18n, complaints.case.extensions)}</dt>
                    <dd>{move || t_string!(i18n, complaints.case.times, count = extended)}</dd>
                })}
                {case.review_until.map(|at| view! { <dt>{t!(i18n, complaints.case.review_until)}</dt>{date(at)} })}
                {escalated}
            </dl>
        </section>
    }
}

#[component]
fn People(case: Case) -> impl IntoView {
    let i18n = use_i18n();
    let may_reveal = case.actions.contains(&Action::Reveal);
    let person = move |person: Option<Person>| {
        let name = person.map(|person| person.display_name);
        move || name.clone().unwrap_or_else(|| t_string!(i18n, complaints.case.nobody).to_owned())
    };
    view! {
        <section class="sheet" aria-labelledby="case-people">
            <h2 class="sheet-title" id="case-people">{t!(i18n, complaints.case.people)}</h2>
            <h3 class="sheet-part">{t!(i18n, complaints.case.complainant)}</h3>
            <ComplainantFacts case=case.id masked=case.complainant may_reveal />
            <dl class="desk-facts facts-apart">
                <dt>{t!(i18n, complaints.case.handler)}</dt>
                <dd>{person(case.handler)}</dd>
                <dt>{t!(i18n, complaints.case.assignee)}</dt>
                <dd>{person(case.assignee)}</dd>
                {case.department.map(|d| view! {
                    <dt>{t!(i18n, complaints.case.department)}</dt>
                    <dd>{move || pick(i18n.get_locale(), &d.name_zh, &d.name_en)}</dd>
                })}
                {case.respondent.map(|respondent| view! {
                    <dt>{t!(i18n, complaints.case.respondent)}</dt>
                    <dd>{respondent.display_name}</dd>
                })}
                {case.registered_by.map(|by| view! {
                    <dt>{t!(i18n, complaints.case.registered_by)}</dt>
                    <dd>{by.display_name}</dd>
                })}
            </dl>
        </section>
    }
}

#[component]
fn Properties(case: Case) -> impl IntoView {
    let i18n = use_i18n();
    let (class, subject, channel) = (case.class, case.subject, case.channel);
    view! {
        <section class="sheet" aria-labelledby="case-properties">
            <h2 class="sheet-title" id="case-properties">{t!(i18n, complaints.case.properties)}</h2>
            <dl class="desk-facts">
                <dt>{t!(i18n, complaints.case.subject)}</dt>
                <dd>{move || label(i18n.get_locale(), "complaint_subject", subject.key())}</dd>
                <dt>{t!(i18n, complaints.case.class)}</dt>
                <dd>{move || label(i18n.get_locale(), "complaint_class", class.key())}</dd>
                <dt>{t!(i18n, complaints.case.channel)}</dt>
                <dd>{move || label(i18n.get_locale(), "complaint_channel", channel.key())}</dd>
            </dl>
        </section>
    }
}

/// Cases under the same roof, and cases that may be about the same matter.
#[component]
fn Related(case: Case) -> impl IntoView {
    let i18n = use_i18n();
    let Case { merged_into, merged_here, similar, .. } = case;
    if merged_into.is_none() && merged_here.is_empty() && similar.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="sheet" aria-labelledby="case-related">
            <h2 class="sheet-title" id="case-related">{t!(i18n, complaints.case.linked)}</h2>
            {merged_into.map(|other| view! {
                <h3 class="sheet-part">{t!(i18n, complaints.case.merged_into)}</h3>
                <p><CaseLink case=other /></p>
            })}
            {(!merged_here.is_empty()).then(|| view! {
                <h3 class="sheet-part">{t!(i18n, complaints.case.merged_here)}</h3>
                <ul>{merged_here.into_iter().map(|case| view! { <li><CaseLink case /></li> }).collect_view()}</ul>
            })}
            {(!similar.is_empty()).then(|| view! {
                <h3 class="sheet-part">{t!(i18n, complaints.case.similar)}</h3>
                <ul class="similar">{similar.into_iter().map(|case| view! { <li><Similar case new_window=false /></li> }).collect_view()}</ul>
            })}
        </section>
    }
    .into_any()
}

#[component]
fn CaseLink(case: ComplaintRef) -> impl IntoView {
    view! { <a class="link" href=format!("/desk/complaints/{}", case.id)>{case.number}</a> }
}

/// A case that may be about the same matter.
#[component]
pub fn Similar(
    case: SimilarComplaint,
    /// Leaves the page where it is: a form is being filled in there.
    new_window: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let SimilarComplaint { complaint, status, score, excerpt, received_at } = case;
    let number = complaint.number.clone();
    let name =
        new_window.then_some(move || t_string!(i18n, complaints.register.similar_open, number = number.as_str()));
    view! {
        <p class="flex flex-wrap items-center gap-2">
            <a
                class="link"
                href=format!("/desk/complaints/{}", complaint.id)
                target=new_window.then_some("_blank")
                rel=new_window.then_some("noopener")
                aria-label=name
            >
                {complaint.number}
            </a>
            <StatusChip status />
            <span class="hint">{move || t_string!(i18n, complaints.case.similarity, score = score)}</span>
        </p>
        <p class="line-clamp-2">{excerpt}</p>
        <p class="hint tabular-nums">{time::date(received_at)}</p>
    }
}
