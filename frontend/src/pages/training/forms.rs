//! A session, new or changed, and one that is called off.

use domain::training::{SessionKind, Topic};
use leptos::prelude::*;

use crate::{
    api::training::{
        CancelTrainingInput, EditTrainingInput, Session, TrainingInput, cancel_training, edit_training, plan_training,
    },
    components::form::{ChoiceField, Field, FieldKind, Form, FormState, SelectField, Submit},
    i18n::{label, t_string, use_i18n},
};

fn given(text: RwSignal<String>) -> Option<String> {
    let text = text.get_untracked().trim().to_owned();
    (!text.is_empty()).then_some(text)
}

/// A field that has to be filled in with something that makes sense: the form's own error otherwise.
fn needed<T>(state: FormState, field: &'static str, value: Option<T>) -> Option<T> {
    let missing = value.is_none().then(|| domain::Violation::new(field, "form.required"));
    if state.check(missing.into_iter().collect()) { value } else { None }
}

/// A session, new or changed.
#[component]
pub(super) fn SessionForm(session: Option<Session>, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("training-form");
    let was = session.as_ref();
    let text = |read: fn(&Session) -> Option<String>| RwSignal::new(was.and_then(read).unwrap_or_default());
    let (title, on) = (text(|s| Some(s.title.clone())), text(|s| Some(s.on.to_string())));
    let (start, hours) = (text(|s| Some(s.start.clone())), text(|s| Some(s.hours.to_string())));
    let (kind, topic) = (text(|s| Some(s.kind.key().to_owned())), text(|s| Some(s.topic.key().to_owned())));
    let (trainer, place) = (text(|s| s.trainer.clone()), text(|s| s.place.clone()));
    let unscheduled = RwSignal::new(was.is_some_and(|s| s.unscheduled));
    let seen = was.map(|s| (s.id, s.version));
    let kinds = Signal::derive(move || {
        let locale = i18n.get_locale();
        SessionKind::ALL.iter().map(|one| (one.key(), label(locale, "training_kind", one.key()).to_owned())).collect()
    });
    let topics = Signal::derive(move || {
        let locale = i18n.get_locale();
        let name = |one: &Topic| (one.key().to_owned(), label(locale, "training_topic", one.key()).to_owned());
        Topic::ALL.iter().map(name).collect()
    });
    let is_test = move || kind.with(|kind| kind == SessionKind::SkillTest.key());
    let submit = move || {
        let Some(on) = needed(state, "on", on.get_untracked().parse().ok()) else { return };
        let Some(hours) = needed(state, "hours", hours.get_untracked().parse::<i32>().ok().filter(|n| *n > 0)) else {
            return;
        };
        let Some(kind) = needed(state, "kind", SessionKind::from_key(&kind.get_untracked())) else { return };
        let Some(topic) = needed(state, "topic", Topic::from_key(&topic.get_untracked())) else { return };
        let (title, start) = (title.get_untracked().trim().to_owned(), start.get_untracked());
        let (trainer, place) = (given(trainer), given(place));
        let unscheduled = unscheduled.get_untracked() && kind == SessionKind::SkillTest;
        if let Some((id, version)) = seen {
            let input =
                EditTrainingInput { id, version, on, start, hours, kind, topic, title, trainer, place, unscheduled };
            state.send(edit_training::ask(input), move |_| done());
        } else {
            let input = TrainingInput { on, start, hours, kind, topic, title, trainer, place, unscheduled };
            state.send(plan_training::ask(input), move |_| done());
        }
    };
    view! {
        <Form state on_submit=submit>
            <Field name="title" label=move || t_string!(i18n, training.form.title) value=title />
            <ChoiceField name="kind" label=move || t_string!(i18n, training.form.kind) choices=kinds value=kind />
            <Show when=is_test>
                <label class="choice">
                    <input
                        class="choice-dot"
                        type="checkbox"
                        name="unscheduled"
                        prop:checked=move || unscheduled.get()
                        on:change=move |event| unscheduled.set(event_target_checked(&event))
                    />
                    <span>{move || t_string!(i18n, training.form.unscheduled)}</span>
                </label>
            </Show>
            <SelectField name="topic" label=move || t_string!(i18n, training.form.topic) choices=topics value=topic />
            <Field name="on" kind=FieldKind::Date label=move || t_string!(i18n, training.form.on) value=on />
            <Field name="start" label=move || t_string!(i18n, training.form.start) hint=move || t_string!(i18n, training.form.start_hint) value=start />
            <Field name="hours" kind=FieldKind::Number label=move || t_string!(i18n, training.form.hours) value=hours />
            <Field name="trainer" label=move || t_string!(i18n, training.form.trainer) value=trainer optional=true />
            <Field name="place" label=move || t_string!(i18n, training.form.place) value=place optional=true />
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}

/// Why a session does not take place.
#[component]
pub(super) fn CancelForm(session: Session, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("training-cancel");
    let reason = RwSignal::new(String::new());
    let (id, version) = (session.id, session.version);
    let submit = move || {
        let reason = reason.get_untracked().trim().to_owned();
        state.send(cancel_training::ask(CancelTrainingInput { id, version, reason }), move |_| done());
    };
    view! {
        <Form state on_submit=submit>
            <Field name="reason" kind=FieldKind::Area(500) label=move || t_string!(i18n, training.form.reason) value=reason />
            <Submit label=move || t_string!(i18n, training.cancel) />
        </Form>
    }
}
