//! What was decided: refusal, finding, answer, review. Only what there is.

use domain::{
    improvement::{RectificationCause, follows_from},
    permission::Permission,
};
use leptos::prelude::*;

use crate::{
    api::complaints::Case,
    components::{Icon, Mark},
    i18n::{label, t, use_i18n},
    session::use_session,
    time,
};

/// A line of a list of facts: an enum's name.
macro_rules! named {
    ($i18n:ident, $($title:ident).+, $group:literal, $value:expr) => {
        $value.map(|value| {
            view! {
                <dt>{t!($i18n, complaints.$($title).+)}</dt>
                <dd>{move || label($i18n.get_locale(), $group, value.key())}</dd>
            }
        })
    };
}

/// A line of a list of facts: a text.
macro_rules! said {
    ($i18n:ident, $($title:ident).+, $value:expr) => {
        $value.map(|text| view! { <dt>{t!($i18n, complaints.$($title).+)}</dt><dd class="prose-text">{text}</dd> })
    };
}

/// The panels.
#[component]
pub fn Results(case: Case) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let refusal = case.refusal_ground.is_some().then(|| {
        view! {
            <section class="sheet" aria-labelledby="case-refusal">
                <h2 class="sheet-title" id="case-refusal">{t!(i18n, complaints.case.refusal)}</h2>
                <dl class="desk-facts">
                    {named!(i18n, case.refusal_ground, "refusal_ground", case.refusal_ground)}
                    {said!(i18n, case.refusal_reason, case.refusal_reason)}
                    {said!(i18n, case.referral, case.referral)}
                </dl>
            </section>
        }
    });
    // What was found right is put right: its own page, with what the case says about the cause.
    let follows = follows_from(case.status, case.outcome) && session.can(Permission::FindingRecord);
    let rectify = follows.then(|| {
        let cause = RectificationCause::of_subject(case.subject).key();
        let href = format!("/desk/rectification/new?complaint={}&cause={cause}", case.id);
        view! {
            <p class="person-acts">
                <a class="btn btn-outline btn-small" href=href data-rectify="true">
                    <Icon mark=Mark::Flag />
                    {t!(i18n, complaints.case.rectify)}
                </a>
            </p>
        }
    });
    let decided = case.outcome.is_some() || case.finding.is_some() || case.reply.is_some();
    let result = decided.then(|| {
        view! {
            <section class="sheet" aria-labelledby="case-result">
                <h2 class="sheet-title" id="case-result">{t!(i18n, complaints.case.result)}</h2>
                <dl class="desk-facts">
                    {named!(i18n, case.outcome, "complaint_outcome", case.outcome)}
                    {said!(i18n, case.finding, case.finding)}
                    {said!(i18n, case.measures, case.measures)}
                    {said!(i18n, case.reply, case.reply)}
                    {named!(i18n, case.feedback_mode, "feedback_mode", case.feedback_mode)}
                    {said!(i18n, case.feedback_at, case.feedback_at.map(time::date_time))}
                    {named!(i18n, case.satisfaction, "handling_satisfaction", case.satisfaction)}
                </dl>
                {rectify}
            </section>
        }
    });
    // A bad rating asks for review without words.
    let review = (case.review_reason.is_some() || case.review_outcome.is_some()).then(|| {
        view! {
            <section class="sheet" aria-labelledby="case-review">
                <h2 class="sheet-title" id="case-review">{t!(i18n, complaints.case.review)}</h2>
                <dl class="desk-facts">
                    {said!(i18n, case.review_reason, case.review_reason)}
                    {named!(i18n, case.review_outcome, "review_outcome", case.review_outcome)}
                    {said!(i18n, case.review_reply, case.review_reply)}
                </dl>
            </section>
        }
    });
    view! {
        {refusal}
        {result}
        {review}
    }
}
