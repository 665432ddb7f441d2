//! Forms of a tidal window: how many wait, why it stays closed, how many it served, a call, its return, work in the back.

use chrono::{DateTime, NaiveDate, Timelike, Utc};
use domain::{PostId, Violation, calendar::shanghai, tidal::BackWork};
use leptos::prelude::*;

use crate::{
    api::tidal::{
        Call, CloseTidalWindowInput, DeclineTidalOpeningInput, RecordQueueReadingInput, RecordTidalCallInput,
        RecordTidalWorkInput, ReturnTidalCallInput, close_tidal_window, decline_tidal_opening, record_queue_reading,
        record_tidal_call, record_tidal_work, return_tidal_call,
    },
    components::form::{ChoiceField, Field, FieldKind, Form, FormState, Submit},
    i18n::{label, t_string, use_i18n},
    pages::{
        posts::forms::{day, given, needed, signal},
        steps::required,
    },
    time,
};

fn number(text: RwSignal<String>) -> Option<i32> {
    text.get_untracked().trim().parse().ok()
}

fn text(text: RwSignal<String>) -> String {
    text.get_untracked().trim().to_owned()
}

/// How many wait.
#[component]
pub(super) fn ReadingForm(post: PostId, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("reading");
    let (waiting, minutes) = (signal(None), signal(None));
    let submit = move || {
        let Some(count) = needed(state, "waiting", number(waiting)) else { return };
        let input = RecordQueueReadingInput { post, waiting: count, minutes: number(minutes) };
        state.send(record_queue_reading::ask(input), move |_| done());
    };
    view! {
        <Form state on_submit=submit>
            <Field name="waiting" label=move || t_string!(i18n, tidal.waiting) value=waiting kind=FieldKind::Number />
            <Field name="minutes" label=move || t_string!(i18n, tidal.minutes) value=minutes kind=FieldKind::Number optional=true />
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}

/// Why the window stays closed.
#[component]
pub(super) fn DeclineForm(post: PostId, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("decline");
    let reason = signal(None);
    let submit = move || {
        let typed = text(reason);
        if state.check(required("reason", &typed).into_iter().collect()) {
            let input = DeclineTidalOpeningInput { post, reason: typed };
            state.send(decline_tidal_opening::ask(input), move |_| done());
        }
    };
    view! {
        <Form state on_submit=submit>
            <Field name="reason" label=move || t_string!(i18n, tidal.reason) value=reason kind=FieldKind::Area(2000) />
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}

/// How many it served.
#[component]
pub(super) fn CloseForm(post: PostId, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("close");
    let served = signal(None);
    let submit = move || {
        let Some(count) = needed(state, "served", number(served)) else { return };
        state.send(close_tidal_window::ask(CloseTidalWindowInput { post, served: count }), move |_| done());
    };
    view! {
        <Form state on_submit=submit>
            <Field name="served" label=move || t_string!(i18n, tidal.served) value=served kind=FieldKind::Number />
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}

/// A day and a time of day there, such as 09:05.
fn instant(on: Option<NaiveDate>, time: &str) -> Option<DateTime<Utc>> {
    let (hour, minute) = time.split_once([':', '：'])?;
    let local = on?.and_hms_opt(hour.trim().parse().ok()?, minute.trim().parse().ok()?, 0)?;
    local.and_local_timezone(shanghai()).single().map(|at| at.to_utc())
}

/// A call.
#[component]
pub(super) fn CallForm(post: PostId, today: NaiveDate, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("call");
    let now = time::now().with_timezone(&shanghai());
    let on = signal(Some(&today.to_string()));
    let at = signal(Some(&format!("{:02}:{:02}", now.hour(), now.minute())));
    let (answered, tail, note) = (signal(None), signal(None), signal(None));
    let choices = Signal::derive(move || {
        vec![("yes", t_string!(i18n, tidal.yes).to_owned()), ("no", t_string!(i18n, tidal.no).to_owned())]
    });
    let submit = move || {
        let called = instant(day(on), &text(at));
        let mut found: Vec<Violation> = required("answered", &text(answered)).into_iter().collect();
        found.extend(called.is_none().then(|| Violation::new("time", "form.required")));
        if state.check(found)
            && let Some(called_at) = called
        {
            let answered = text(answered) == "yes";
            let input = RecordTidalCallInput { post, called_at, answered, tail: given(tail), note: given(note) };
            state.send(record_tidal_call::ask(input), move |_| done());
        }
    };
    view! {
        <Form state on_submit=submit>
            <Field name="calledAt" label=move || t_string!(i18n, tidal.called_day) value=on kind=FieldKind::Date />
            <Field name="time" label=move || t_string!(i18n, tidal.called_time) value=at hint=move || t_string!(i18n, tidal.time_hint) />
            <ChoiceField name="answered" label=move || t_string!(i18n, tidal.answered) choices value=answered />
            <Field name="tail" label=move || t_string!(i18n, tidal.tail) value=tail kind=FieldKind::Code optional=true />
            <Field name="note" label=move || t_string!(i18n, tidal.note) value=note kind=FieldKind::Area(500) optional=true />
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}

/// What came of a missed call.
#[component]
pub(super) fn ReturnForm(call: Call, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("return");
    let outcome = signal(None);
    let (id, version) = (call.id, call.version);
    let submit = move || {
        let typed = text(outcome);
        if state.check(required("outcome", &typed).into_iter().collect()) {
            let input = ReturnTidalCallInput { id, version, outcome: typed };
            state.send(return_tidal_call::ask(input), move |_| done());
        }
    };
    view! {
        <Form state on_submit=submit>
            <Field name="outcome" label=move || t_string!(i18n, tidal.outcome) value=outcome kind=FieldKind::Area(2000) />
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}

/// Work in the back.
#[component]
pub(super) fn WorkForm(post: PostId, today: NaiveDate, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("work");
    let on = signal(Some(&today.to_string()));
    let (kind, cases, minutes, note) = (signal(None), signal(None), signal(None), signal(None));
    let choices = Signal::derive(move || {
        let locale = i18n.get_locale();
        BackWork::ALL.iter().map(|kind| (kind.key(), label(locale, "back_work", kind.key()).to_owned())).collect()
    });
    let submit = move || {
        let missing = |field, there: bool| (!there).then(|| Violation::new(field, "form.required"));
        let (on, work) = (day(on), BackWork::from_key(&text(kind)));
        let (cases, minutes) = (number(cases), number(minutes));
        let found = [
            missing("on", on.is_some()),
            missing("work", work.is_some()),
            missing("cases", cases.is_some()),
            missing("minutes", minutes.is_some()),
        ];
        if state.check(found.into_iter().flatten().collect())
            && let (Some(on), Some(work), Some(cases), Some(minutes)) = (on, work, cases, minutes)
        {
            let input = RecordTidalWorkInput { post, on, work, cases, minutes, note: given(note) };
            state.send(record_tidal_work::ask(input), move |_| done());
        }
    };
    view! {
        <Form state on_submit=submit>
            <Field name="on" label=move || t_string!(i18n, tidal.day) value=on kind=FieldKind::Date />
            <ChoiceField name="work" label=move || t_string!(i18n, tidal.kind) choices value=kind />
            <Field name="cases" label=move || t_string!(i18n, tidal.cases) value=cases kind=FieldKind::Number />
            <Field name="minutes" label=move || t_string!(i18n, tidal.spent) value=minutes kind=FieldKind::Number />
            <Field name="note" label=move || t_string!(i18n, tidal.note) value=note optional=true />
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}
