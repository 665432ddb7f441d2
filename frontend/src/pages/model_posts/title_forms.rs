//! What is filled in to take a step with a title.

use chrono::NaiveDate;
use domain::{
    Violation,
    model_posts::{
        CheckKind, ModelKind, definition,
        title::{Decision, STARS_MAX, TitleAction},
    },
};
use leptos::prelude::*;

use crate::{
    api::model_posts::{
        AppraiseTitleInput, DecideTitleReviewInput, DeclineTitleInput, DoneTitle, ModelTitle, ObjectToTitleInput,
        RecordPostCheckInput, SettleObjectionInput, TitleObjection, TitleStepInput, assess_title, award_title,
        begin_title_review, decide_title_review, decline_title, object_to_title, publicise_title, record_post_check,
        review_title, settle_objection,
    },
    components::form::{ChoiceField, Field, FieldKind, Form, FormState, SelectField, Submit},
    i18n::{label, t, t_string, use_i18n},
    pages::steps::required,
};

fn given(text: RwSignal<String>) -> Option<String> {
    Some(text.get_untracked().trim().to_owned()).filter(|text| !text.is_empty())
}

/// A step of a title.
#[component]
pub(super) fn StepForm(title: ModelTitle, action: TitleAction, done: impl Fn() + Copy + 'static) -> impl IntoView {
    use TitleAction as A;
    let i18n = use_i18n();
    let state = FormState::new("title-step");
    let empty = || RwSignal::new(String::new());
    let (score, stars, until, note) = (empty(), empty(), empty(), empty());
    let (id, version, kind) = (title.id, title.version, title.kind);
    let appraises = matches!(action, A::Review | A::Assess);
    let (scored, starred) = (appraises && kind == ModelKind::Party, appraises && kind == ModelKind::Youth);
    let warns = action == A::Warn;
    // The name is the input field's, so that the server's words find it.
    let (name, asked) = match action {
        A::Object => ("text", true),
        A::Decline => ("reason", true),
        A::Warn | A::Withdraw => ("note", true),
        _ => ("note", false),
    };
    let decide = move |decision| {
        let until = until.get_untracked().parse().ok();
        decide_title_review::ask(DecideTitleReviewInput { id, version, decision, until, note: given(note) })
    };
    let submit = move || {
        let words = given(note);
        let mut found = if asked { required(name, words.as_deref().unwrap_or_default()) } else { Vec::new() };
        if warns && until.with_untracked(String::is_empty) {
            found.push(Violation::new("until", "form.required"));
        }
        if !state.check(found) {
            return;
        }
        let number = |text: RwSignal<String>| text.get_untracked().trim().parse().ok();
        let appraisal =
            || AppraiseTitleInput { id, version, score: number(score), stars: number(stars), note: given(note) };
        let step = || TitleStepInput { id, version, note: given(note) };
        let words = words.unwrap_or_default();
        let done = move |_: DoneTitle| done();
        match action {
            A::Review => state.send(review_title::ask(appraisal()), done),
            A::Assess => state.send(assess_title::ask(appraisal()), done),
            A::Publicise => state.send(publicise_title::ask(step()), done),
            A::Award => state.send(award_title::ask(step()), done),
            A::BeginReview => state.send(begin_title_review::ask(step()), done),
            A::Object => state.send(object_to_title::ask(ObjectToTitleInput { id, version, text: words }), done),
            A::Decline => state.send(decline_title::ask(DeclineTitleInput { id, version, reason: words }), done),
            A::Retain => state.send(decide(Decision::Retain), done),
            A::Warn => state.send(decide(Decision::Warn), done),
            A::ChangeStars => state.send(decide(Decision::ChangeStars), done),
            A::Withdraw => state.send(decide(Decision::Withdraw), done),
            // Settled one by one, in a form of its own.
            A::Settle => {}
        }
    };
    let levels = Signal::derive(move || {
        (1..=STARS_MAX)
            .rev()
            .map(|count| (count.to_string(), t_string!(i18n, models.title.stars, count = count)))
            .collect::<Vec<_>>()
    });
    let said = move || match action {
        A::Object => t_string!(i18n, models.title.objection),
        _ if asked => t_string!(i18n, models.reason),
        _ => t_string!(i18n, models.note),
    };
    view! {
        <p class="hint">{move || label(i18n.get_locale(), "title_action_help", action.key())}</p>
        <Form state on_submit=submit>
            {scored.then(|| view! { <Field name="score" kind=FieldKind::Number label=move || t_string!(i18n, models.title.score) hint=move || t_string!(i18n, models.title.score_hint) max="100" value=score /> })}
            {starred.then(|| view! { <SelectField name="stars" label=move || t_string!(i18n, models.title.stars_label) choices=levels value=stars /> })}
            {warns.then(|| view! { <Field name="until" kind=FieldKind::Date label=move || t_string!(i18n, models.title.mend_until) value=until /> })}
            <Field name kind=FieldKind::Area(500) label=said value=note optional=!asked />
            <Submit label=move || label(i18n.get_locale(), "title_action", action.key()) />
        </Form>
    }
}

/// What became of an objection.
#[component]
pub(super) fn SettleForm(objection: TitleObjection, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("settle");
    let (verdict, answer) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (id, version) = (objection.id, objection.version);
    let verdicts = Signal::derive(move || {
        ["dismissed", "upheld"].map(|key| (key, label(i18n.get_locale(), "objection_status", key).to_owned())).to_vec()
    });
    let submit = move || {
        let (verdict, answer) = (verdict.get_untracked(), answer.get_untracked().trim().to_owned());
        let mut found = required("upheld", &verdict);
        found.extend(required("answer", &answer));
        if state.check(found) {
            let input = SettleObjectionInput { id, version, upheld: verdict == "upheld", answer };
            state.send(settle_objection::ask(input), move |_| done());
        }
    };
    view! {
        <p class="quote prose-text">{objection.text}</p>
        <Form state on_submit=submit>
            <ChoiceField name="upheld" label=move || t_string!(i18n, models.title.verdict) choices=verdicts value=verdict />
            <Field name="answer" kind=FieldKind::Area(500) label=move || t_string!(i18n, models.title.answer) value=answer />
            <Submit label=move || label(i18n.get_locale(), "title_action", "settle") />
        </Form>
    }
}

/// A look on the spot.
#[component]
pub(super) fn LookForm(
    title: ModelTitle,
    check: Option<CheckKind>,
    /// The server's day.
    on: NaiveDate,
    done: impl Fn() + Copy + 'static,
) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("look");
    let chosen = RwSignal::new(check.map(|check| check.key().to_owned()).unwrap_or_default());
    let (day, fine, note) = (RwSignal::new(on.to_string()), RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (post, kind) = (title.post_id, title.kind);
    let checks = Signal::derive(move || {
        let locale = i18n.get_locale();
        let name = |check: CheckKind| (check.key().to_owned(), label(locale, "check_kind", check.key()).to_owned());
        definition(kind).checks().map(name).collect::<Vec<_>>()
    });
    let states = Signal::derive(move || {
        vec![
            ("fine", t_string!(i18n, models.look.fine).to_owned()),
            ("bad", t_string!(i18n, models.look.bad).to_owned()),
        ]
    });
    let submit = move || {
        let (check, on) = (CheckKind::from_key(&chosen.get_untracked()), day.get_untracked().parse().ok());
        let fine = fine.get_untracked();
        let missing =
            [check.is_none().then_some("check"), on.is_none().then_some("on"), fine.is_empty().then_some("fine")];
        let missing = missing.into_iter().flatten().map(|field| Violation::new(field, "form.required")).collect();
        let (true, Some(check), Some(on)) = (state.check(missing), check, on) else { return };
        let input = RecordPostCheckInput { post, check, on, fine: fine == "fine", note: given(note) };
        state.send(record_post_check::ask(input), move |_| done());
    };
    view! {
        <p class="hint">{t!(i18n, models.look.lead)}</p>
        <Form state on_submit=submit>
            <SelectField name="check" label=move || t_string!(i18n, models.look.what) choices=checks value=chosen />
            <Field name="on" kind=FieldKind::Date label=move || t_string!(i18n, models.look.day) value=day />
            <ChoiceField name="fine" label=move || t_string!(i18n, models.look.result) choices=states value=fine />
            <Field name="note" kind=FieldKind::Area(500) label=move || t_string!(i18n, models.note) value=note optional=true />
            <Submit label=move || t_string!(i18n, models.look.write) />
        </Form>
    }
}
