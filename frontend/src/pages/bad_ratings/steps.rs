//! The form of each step of a case.

use domain::{
    BadRatingId, Violation,
    bad_ratings::{
        BadRatingAction as Action, BadRatingFinding, RaterContact,
        appeal::{REASON_MAX, RatingAppealGround, check_reason},
        check_call,
    },
    complaints::{FeedbackMode, HandlingSatisfaction},
};
use leptos::prelude::*;

use crate::{
    api::bad_ratings::{
        AppealBadRatingInput, CallBackRaterInput, Case, CloseBadRatingInput, ContactRaterInput, ExtendBadRatingInput,
        FeedBackBadRatingInput, NoteBadRatingInput, RectifyBadRatingInput, RevealRaterInput, VerifyBadRatingInput,
        appeal_bad_rating, call_back_rater, close_bad_rating, contact_rater, extend_bad_rating, feed_back_bad_rating,
        note_bad_rating, rectify_bad_rating, reveal_rater, verify_bad_rating,
    },
    components::{
        UploadField, Uploads,
        form::{ChoiceField, Field, FieldKind, Form, FormState, Submit},
    },
    i18n::{label, t, t_string, use_i18n},
    pages::{posts::forms::signal, steps::required},
};

/// The longest text of a line in the log.
const ENTRY: usize = domain::complaints::form::ENTRY_MAX;

/// What is typed in a step.
#[derive(Clone, Copy)]
struct Typed {
    text: RwSignal<String>,
    choice: RwSignal<String>,
    level: RwSignal<String>,
    days: RwSignal<String>,
    files: Uploads,
}

/// The keys of a list of values with their labels, in the present language.
fn choices(group: &'static str, keys: Vec<&'static str>) -> Signal<Vec<(&'static str, String)>> {
    let i18n = use_i18n();
    Signal::derive(move || {
        let locale = i18n.get_locale();
        keys.iter().map(|key| (*key, label(locale, group, key).to_owned())).collect()
    })
}

/// The form of a step.
#[component]
pub(super) fn StepForm(case: Case, action: Action, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("bad-rating-step");
    let typed = Typed {
        text: signal(None),
        choice: signal(None),
        level: signal(None),
        days: signal(None),
        files: Uploads::new(Vec::new()),
    };
    let (id, version, named) = (case.id, case.version, case.named);
    let submit = move || send(state, action, (id, version, named), typed, done);
    let outcomes = choices("rater_contact", vec![RaterContact::Reached.key(), RaterContact::Unreached.key()]);
    let area = move |name: &'static str, label: TextProp, hint: Option<TextProp>| match hint {
        Some(hint) => view! { <Field name label hint value=typed.text kind=FieldKind::Area(ENTRY) /> }.into_any(),
        None => view! { <Field name label value=typed.text kind=FieldKind::Area(ENTRY) /> }.into_any(),
    };
    let words = move || TextProp::from(move || t_string!(i18n, bad_ratings.form.text));
    let told = move || Some(TextProp::from(move || t_string!(i18n, bad_ratings.form.told)));
    // Made inside of the form, which they look for.
    let fields = move || {
        match action {
        Action::Contact => view! {
            {if named {
                view! {
                    <ChoiceField name="outcome" label=move || t_string!(i18n, bad_ratings.form.outcome) choices=outcomes value=typed.choice />
                }
                .into_any()
            } else {
                view! { <p class="hint">{t!(i18n, bad_ratings.form.no_contact)}</p> }.into_any()
            }}
            {area("text", words(), None)}
        }
        .into_any(),
        Action::Verify => view! {
            <ChoiceField
                name="finding"
                label=move || t_string!(i18n, bad_ratings.finding)
                choices=choices("bad_rating_finding", BadRatingFinding::ALL.iter().map(|v| v.key()).collect())
                value=typed.choice
            />
            {area("text", words(), told())}
        }
        .into_any(),
        Action::Rectify => area("measures", TextProp::from(move || t_string!(i18n, bad_ratings.form.measures)), told()),
        Action::Extend => view! {
            <Field name="days" label=move || t_string!(i18n, bad_ratings.form.days) value=typed.days kind=FieldKind::Number />
            {area("reason", TextProp::from(move || t_string!(i18n, bad_ratings.form.reason)), None)}
        }
        .into_any(),
        Action::FeedBack => view! {
            {area("result", TextProp::from(move || t_string!(i18n, bad_ratings.form.result)), told())}
            {named.then(|| view! {
                <ChoiceField
                    name="mode"
                    label=move || t_string!(i18n, bad_ratings.form.mode)
                    choices=choices("feedback_mode", FeedbackMode::ALL.iter().map(|v| v.key()).collect())
                    value=typed.choice
                />
            })}
        }
        .into_any(),
        Action::CallBack => view! {
            <ChoiceField name="outcome" label=move || t_string!(i18n, bad_ratings.form.outcome) choices=outcomes value=typed.choice />
            <ChoiceField
                name="satisfaction"
                label=move || t_string!(i18n, bad_ratings.satisfaction)
                hint=move || t_string!(i18n, bad_ratings.form.satisfaction_hint)
                choices=choices("handling_satisfaction", HandlingSatisfaction::ALL.iter().map(|v| v.key()).collect())
                value=typed.level
                optional=true
            />
            {area("text", words(), None)}
        }
        .into_any(),
        Action::Close => view! { <p>{t!(i18n, bad_ratings.form.close)}</p> }.into_any(),
        Action::Note => area("text", words(), None),
        Action::Appeal => view! {
            <p>{t!(i18n, bad_ratings.form.appeal)}</p>
            <ChoiceField
                name="ground"
                label=move || t_string!(i18n, bad_ratings.ground)
                choices=choices("rating_appeal_ground", RatingAppealGround::ALL.iter().map(|v| v.key()).collect())
                value=typed.choice
            />
            <Field
                name="reason"
                label=move || t_string!(i18n, bad_ratings.form.reason)
                hint=move || t_string!(i18n, bad_ratings.form.names_nobody)
                value=typed.text
                kind=FieldKind::Area(REASON_MAX)
            />
            <UploadField name="files" label=move || t_string!(i18n, bad_ratings.form.evidence) uploads=typed.files />
        }
        .into_any(),
    }
    };
    view! {
        <Form state on_submit=submit>
            {fields()}
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}

fn send(
    state: FormState,
    action: Action,
    (id, version, named): (BadRatingId, i32, bool),
    typed: Typed,
    done: impl Fn() + 'static,
) {
    let text = typed.text.get_untracked().trim().to_owned();
    let choice = typed.choice.get_untracked();
    let missing = |field, is: bool| is.then(|| Violation::new(field, "form.required")).into_iter().collect::<Vec<_>>();
    let outcome = if named { RaterContact::from_key(&choice) } else { Some(RaterContact::NoContact) };
    let satisfaction = HandlingSatisfaction::from_key(&typed.level.get_untracked());
    let (finding, ground) = (BadRatingFinding::from_key(&choice), RatingAppealGround::from_key(&choice));
    let mode = FeedbackMode::from_key(&choice);
    let days = typed.days.get_untracked().trim().parse::<i32>().ok();
    let found = match action {
        Action::Contact => [missing("outcome", outcome.is_none()), required("text", &text)].concat(),
        Action::Verify => [missing("finding", finding.is_none()), required("text", &text)].concat(),
        Action::Rectify => required("measures", &text),
        Action::Extend => [missing("days", days.is_none()), required("reason", &text)].concat(),
        Action::FeedBack => [required("result", &text), missing("mode", named && mode.is_none())].concat(),
        Action::CallBack => {
            let call = match outcome {
                Some(outcome) => check_call(outcome, satisfaction).err().into_iter().collect(),
                None => missing("outcome", true),
            };
            [call, required("text", &text)].concat()
        }
        Action::Close => Vec::new(),
        Action::Note => required("text", &text),
        Action::Appeal => {
            let files = typed.files.under_way().then(|| Violation::new("files", "files.under_way"));
            [missing("ground", ground.is_none()), check_reason(&text).err().into_iter().chain(files).collect()].concat()
        }
    };
    if !state.check(found) {
        return;
    }
    let done = move |_| done();
    match (action, outcome, finding, ground) {
        (Action::Contact, Some(outcome), ..) => {
            state.send(contact_rater::ask(ContactRaterInput { id, version, outcome, text }), done);
        }
        (Action::Verify, _, Some(finding), _) => {
            state.send(verify_bad_rating::ask(VerifyBadRatingInput { id, version, finding, text }), done);
        }
        (Action::Rectify, ..) => {
            state.send(rectify_bad_rating::ask(RectifyBadRatingInput { id, version, measures: text }), done);
        }
        (Action::Extend, ..) => {
            let input = ExtendBadRatingInput { id, version, days: days.unwrap_or_default(), reason: text };
            state.send(extend_bad_rating::ask(input), done);
        }
        (Action::FeedBack, ..) => {
            state.send(feed_back_bad_rating::ask(FeedBackBadRatingInput { id, version, result: text, mode }), done);
        }
        (Action::CallBack, Some(outcome), ..) => {
            let input = CallBackRaterInput { id, version, outcome, satisfaction, text };
            state.send(call_back_rater::ask(input), done);
        }
        (Action::Close, ..) => state.send(close_bad_rating::ask(CloseBadRatingInput { id, version }), done),
        (Action::Note, ..) => state.send(note_bad_rating::ask(NoteBadRatingInput { id, version, text }), done),
        (Action::Appeal, _, _, Some(ground)) => {
            let input = AppealBadRatingInput { id, version, ground, reason: text, files: typed.files.ids() };
            state.send(appeal_bad_rating::ask(input), done);
        }
        // What is missing was told above.
        (Action::Contact | Action::Verify | Action::CallBack | Action::Appeal, ..) => {}
    }
}

/// A look at how to reach a rater, for a reason.
#[component]
pub(super) fn RevealForm(id: BadRatingId) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("bad-rating-reveal");
    let reason = signal(None);
    let shown = RwSignal::new(None);
    let submit = move || {
        let text = reason.get_untracked().trim().to_owned();
        if state.check(required("reason", &text)) {
            let input = RevealRaterInput { id, reason: text };
            state.send(reveal_rater::ask(input), move |found| shown.set(Some(found.contact)));
        }
    };
    move || match shown.get() {
        Some(contact) => view! {
            <dl class="desk-facts">
                <dt>{t!(i18n, bad_ratings.contact)}</dt><dd class="tabular-nums">{contact}</dd>
            </dl>
        }
        .into_any(),
        None => view! {
            <Form state on_submit=submit>
                <Field
                    name="reason"
                    label=move || t_string!(i18n, bad_ratings.reveal_reason)
                    hint=move || t_string!(i18n, bad_ratings.reveal_hint)
                    value=reason
                    kind=FieldKind::Area(ENTRY)
                />
                <Submit label=move || t_string!(i18n, bad_ratings.reveal) />
            </Form>
        }
        .into_any(),
    }
}
