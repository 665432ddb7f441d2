//! Who was there and how they did: one line for each person of the staff.

use std::collections::HashMap;

use domain::{StaffId, training::TestResult};
use leptos::prelude::*;

use crate::{
    api::training::{
        Mark as Part, Person, RecordAttendanceInput, Session, SessionPage, TrainingMarkInput, record_attendance,
    },
    components::form::{Form, FormState, Submit},
    i18n::{label, t, t_string, use_i18n},
};

/// How somebody took part, as chosen.
#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    /// Not expected.
    Out,
    Absent,
    Attended,
    Passed,
    Failed,
}

impl How {
    const fn key(self) -> &'static str {
        match self {
            Self::Out => "",
            Self::Absent => "absent",
            Self::Attended => "attended",
            Self::Passed => "passed",
            Self::Failed => "failed",
        }
    }

    /// What there is to choose from.
    const fn of(tested: bool) -> &'static [Self] {
        if tested {
            &[Self::Out, Self::Passed, Self::Failed, Self::Absent]
        } else {
            &[Self::Out, Self::Attended, Self::Absent]
        }
    }

    const fn was(part: &Part) -> Self {
        match (part.attended, part.result) {
            (false, _) => Self::Absent,
            (true, None) => Self::Attended,
            (true, Some(TestResult::Passed)) => Self::Passed,
            (true, Some(TestResult::Failed)) => Self::Failed,
        }
    }

    const fn result(self) -> Option<TestResult> {
        match self {
            Self::Passed => Some(TestResult::Passed),
            Self::Failed => Some(TestResult::Failed),
            Self::Out | Self::Absent | Self::Attended => None,
        }
    }
}

/// Somebody's line.
#[derive(Clone)]
struct Line {
    staff: StaffId,
    name: String,
    how: RwSignal<How>,
    score: RwSignal<String>,
}

/// The form. People are found by name or number; whoever is not chosen was not expected.
#[component]
pub(super) fn AttendanceForm(data: SessionPage, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let SessionPage { session, marks, people } = data;
    let Session { id, version, passed_or_failed: tested, .. } = session;
    let state = FormState::new("attendance");
    state.name_field("marks", move || t_string!(i18n, training.attendance.title));
    let marks: HashMap<StaffId, Part> = marks.into_iter().map(|part| (part.staff, part)).collect();
    let line = |person: Person| {
        let was = marks.get(&person.id);
        let score = was.and_then(|part| part.score).map(|score| score.to_string()).unwrap_or_default();
        let how = RwSignal::new(was.map_or(How::Out, How::was));
        let name = format!("{} {}", person.staff_no, person.name);
        Line { staff: person.id, name, how, score: RwSignal::new(score) }
    };
    let lines = StoredValue::new(people.into_iter().map(line).collect::<Vec<_>>());
    let words = RwSignal::new(String::new());
    let submit = move || {
        let mark = |line: &Line| {
            let how = line.how.get_untracked();
            let result = how.result();
            let score = line.score.get_untracked().trim().parse().ok().filter(|_| result.is_some());
            let attended = !matches!(how, How::Absent);
            (how != How::Out).then_some(TrainingMarkInput { staff: line.staff, attended, result, score })
        };
        let marks = lines.with_value(|lines| lines.iter().filter_map(mark).collect());
        state.send(record_attendance::ask(RecordAttendanceInput { id, version, marks }), move |_| done());
    };
    let chosen = move || lines.with_value(|lines| lines.iter().filter(|line| line.how.get() != How::Out).count());
    let rows = lines
        .with_value(|lines| lines.iter().map(|line| view! { <Row line=line.clone() tested words /> }).collect_view());
    view! {
        <Form state on_submit=submit>
            <label class="field">
                <span class="field-label">{t!(i18n, posts.staff.search)}</span>
                <input
                    type="search"
                    class="input-line"
                    name="words"
                    prop:value=move || words.get()
                    on:input=move |event| words.set(event_target_value(&event))
                />
            </label>
            <p class="hint" role="status" id="attendance-marks" tabindex="-1">
                {move || t_string!(i18n, training.attendance.chosen, count = chosen())}
            </p>
            <ul class="grid gap-3">{rows}</ul>
            <Submit label=move || t_string!(i18n, training.attendance.save) />
        </Form>
    }
}

#[component]
fn Row(line: Line, tested: bool, words: RwSignal<String>) -> impl IntoView {
    let i18n = use_i18n();
    let Line { name, how, score, .. } = line;
    let lower = name.to_lowercase();
    // Whoever is chosen stays in sight.
    let hidden = move || how.get() == How::Out && words.with(|words| !lower.contains(&words.trim().to_lowercase()));
    let options = move || {
        let text = |one: How| match one {
            How::Out => t_string!(i18n, training.attendance.out),
            How::Absent => t_string!(i18n, training.absent),
            How::Attended => t_string!(i18n, training.attended),
            How::Passed | How::Failed => label(i18n.get_locale(), "training_result", one.key()),
        };
        let option =
            |one: &How| view! { <option value=one.key() selected={how.get_untracked() == *one}>{text(*one)}</option> };
        How::of(tested).iter().map(option).collect_view()
    };
    let choose = move |event| {
        let key = event_target_value(&event);
        how.set(How::of(tested).iter().copied().find(|one| one.key() == key).unwrap_or(How::Out));
    };
    let score_label = {
        let name = name.clone();
        move || t_string!(i18n, training.attendance.score_of, name = name.as_str())
    };
    view! {
        <li class="attendance-row" hidden=hidden>
            <label class="attendance-who">
                <span>{name.clone()}</span>
                <select class="input-line" name="how" prop:value=move || how.get().key() on:change=choose>{options}</select>
            </label>
            {tested.then(|| view! {
                <input
                    class="input-line"
                    type="number"
                    min="0"
                    max="100"
                    name="score"
                    aria-label=score_label
                    placeholder=move || t_string!(i18n, training.attendance.score)
                    disabled=move || how.get().result().is_none()
                    prop:value=move || score.get()
                    on:input=move |event| score.set(event_target_value(&event))
                />
            })}
        </li>
    }
}
