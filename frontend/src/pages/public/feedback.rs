//! What the complainant may do after the answer: rate the handling (7.3.4), ask for review (7.1.3).

use chrono::{DateTime, Utc};
use domain::{
    Violation,
    complaints::{
        HandlingSatisfaction,
        form::{ENTRY_MAX, entry},
    },
};
use leptos::prelude::*;

use super::{
    case::THANKS,
    faces::Faces,
    track::{Done, Found},
};
use crate::{
    api::portal::{self, RateHandlingInput, RequestReviewInput, TrackedComplaint},
    components::{
        Icon, Mark,
        form::{Field, FieldKind, Form, FormState, Submit},
    },
    dom,
    i18n::{label, t, t_string, use_i18n},
    time,
};

// The form that had the focus is gone then: the thanks take it.
fn thank(found: RwSignal<Option<Found>>, done: Done) -> impl FnOnce(TrackedComplaint) {
    move |case| {
        found.update(|found| {
            if let Some(found) = found {
                found.case = case;
                found.done = Some(done);
            }
        });
        request_animation_frame(|| dom::focus(THANKS));
    }
}

/// Five faces; words are optional.
#[component]
pub(super) fn RateForm(center: String, code: String, found: RwSignal<Option<Found>>) -> impl IntoView {
    let i18n = use_i18n();
    let form = FormState::new("rate");
    let (level, comment) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let levels = HandlingSatisfaction::ALL.iter().map(|level| {
        let key = level.key();
        (key, TextProp::from(move || label(i18n.get_locale(), "handling_satisfaction", key)))
    });
    let levels = levels.collect::<Vec<_>>();
    let submit = move || {
        let satisfaction = HandlingSatisfaction::from_key(&level.get_untracked());
        let comment = Some(comment.get_untracked()).filter(|text| !text.trim().is_empty());
        let mut broken = Vec::new();
        if satisfaction.is_none() {
            broken.push(Violation::new("satisfaction", "form.required"));
        }
        broken.extend(comment.as_ref().and_then(|text| entry("comment", text).err()));
        let fine = form.check(broken);
        if let (true, Some(satisfaction)) = (fine, satisfaction) {
            let (center, receipt_code) = (center.clone(), code.clone());
            form.send(
                portal::rate(RateHandlingInput { center, receipt_code, satisfaction, comment }),
                thank(found, Done::Rated),
            );
        }
    };
    view! {
        <section class="card grid gap-4 no-print">
            <h2 class="section-title">{t!(i18n, portal.rate.title)}</h2>
            <Form state=form on_submit=submit>
                <Faces
                    name="satisfaction"
                    question=move || t_string!(i18n, portal.rate.question)
                    levels
                    value=level
                />
                <Field
                    name="comment"
                    label=move || t_string!(i18n, portal.rate.comment)
                    value=comment
                    kind=FieldKind::Area(ENTRY_MAX)
                    optional=true
                />
                <Submit label=move || t_string!(i18n, portal.rate.submit) />
            </Form>
        </section>
    }
}

/// Asking for review, once, until a day that is told.
#[component]
pub(super) fn ReviewForm(
    center: String,
    code: String,
    until: Option<DateTime<Utc>>,
    found: RwSignal<Option<Found>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let form = FormState::new("review");
    let reason = RwSignal::new(String::new());
    let submit = move || {
        let reason = reason.get_untracked();
        if form.check(entry("reason", &reason).err().into_iter().collect()) {
            let (center, receipt_code) = (center.clone(), code.clone());
            let work = portal::request_review(RequestReviewInput { center, receipt_code, reason });
            form.send(work, thank(found, Done::AskedForReview));
        }
    };
    view! {
        <details class="notice no-print">
            <summary>
                {t!(i18n, portal.review.title)}
                <Icon mark=Mark::ChevronDown />
            </summary>
            <div class="grid gap-4 border-t border-base-300 px-4 py-5">
                <p class="hint">{t!(i18n, portal.review.lead)}</p>
                {until.map(|at| view! { <p class="hint">{move || t_string!(i18n, portal.review.until, date = time::date(at))}</p> })}
                <Form state=form on_submit=submit>
                    <Field
                        name="reason"
                        label=move || t_string!(i18n, portal.review.reason)
                        value=reason
                        kind=FieldKind::Area(ENTRY_MAX)
                    />
                    <Submit label=move || t_string!(i18n, portal.review.submit) />
                </Form>
            </div>
        </details>
    }
}
