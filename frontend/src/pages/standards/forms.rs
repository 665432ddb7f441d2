//! Forms about a standard, a task, the plan and an officer.

use chrono::NaiveDate;
use domain::{
    StaffId, Violation,
    standardisation::{StandardLevel, TaskProgress, move_task},
};
use leptos::prelude::*;

use crate::{
    api::{
        posts::{Choices, choices},
        standards::{
            AdoptYearPlanInput, AppointStandardsOfficerInput, EditPlanTaskInput, EditStandardInput,
            EndStandardsOfficerInput, MovePlanTaskInput, PlanTaskInput, RegisterStandardInput, Standard, Task, Term,
            add_plan_task, adopt_year_plan, appoint_standards_officer, edit_plan_task, edit_standard,
            end_standards_officer, move_plan_task, register_standard,
        },
    },
    components::{
        AsyncView,
        form::{ChoiceField, Field, FieldKind, Form, FormState, SelectField, Submit},
    },
    i18n::{label, t, t_string, use_i18n},
    pages::{
        posts::forms::{PersonField, day, given, needed, people, signal},
        steps::required,
    },
};

pub(super) fn missing(field: &'static str, is: bool) -> Vec<Violation> {
    is.then(|| Violation::new(field, "form.required")).into_iter().collect()
}

/// A standard, new or corrected.
#[component]
pub(super) fn StandardForm(
    standard: Option<Standard>,
    done: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let found = LocalResource::new(choices);
    let standard = StoredValue::new(standard);
    view! {
        <AsyncView
            resource=found
            ready=move |choices| {
                view! { <StandardFields standard=standard.get_value() people=people(&choices) done /> }
            }
        />
    }
}

#[component]
fn StandardFields(
    standard: Option<Standard>,
    people: Vec<(StaffId, String)>,
    done: impl Fn() + Copy + 'static,
) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("standard-form");
    let was = standard.as_ref();
    let text = |read: fn(&Standard) -> String| RwSignal::new(was.map(read).unwrap_or_default());
    let date = |read: fn(&Standard) -> Option<NaiveDate>| {
        RwSignal::new(was.and_then(read).map(|day| day.to_string()).unwrap_or_default())
    };
    let (number, title) = (text(|s| s.number.clone()), text(|s| s.title.clone()));
    let (level, edition) = (text(|s| s.level.key().to_owned()), text(|s| s.edition.clone()));
    let owner = text(|s| s.owner.to_string());
    let (adopted, due) = (date(|s| s.adopted_on), date(|s| s.review_due));
    let is_new = was.is_none();
    // What is not in force yet gets its days by its steps.
    let has_days = was.is_none_or(|s| s.adopted_on.is_some());
    let seen = was.map(|s| (s.id, s.version));
    let levels = Signal::derive(move || {
        let locale = i18n.get_locale();
        let named = |l: &StandardLevel| (l.key().to_owned(), label(locale, "standard_level", l.key()).to_owned());
        StandardLevel::ALL.iter().map(named).collect()
    });
    let submit = move || {
        let text = |signal: RwSignal<String>| signal.get_untracked().trim().to_owned();
        let (number, title, edition) = (text(number), text(title), text(edition));
        let chosen = StandardLevel::from_key(&level.get_untracked());
        let who = owner.get_untracked().parse().ok();
        let found = [
            required("number", &number),
            required("title", &title),
            missing("level", chosen.is_none()),
            required("edition", &edition),
            missing("owner", who.is_none()),
        ];
        let (adopted_on, review_due) = (day(adopted), day(due));
        if state.check(found.concat())
            && let (Some(level), Some(owner)) = (chosen, who)
        {
            if let Some((id, version)) = seen {
                let input =
                    EditStandardInput { id, version, number, title, level, edition, owner, adopted_on, review_due };
                state.send(edit_standard::ask(input), move |_| done());
            } else {
                let input = RegisterStandardInput { number, title, level, edition, owner, adopted_on, review_due };
                state.send(register_standard::ask(input), move |_| done());
            }
        }
    };
    let days = move || {
        match (is_new, has_days) {
        (true, _) => view! {
            <Field
                name="adoptedOn"
                kind=FieldKind::Date
                label=move || t_string!(i18n, standards.form.adopted_on)
                hint=move || t_string!(i18n, standards.form.adopted_hint)
                value=adopted
                optional=true
            />
            <Field
                name="reviewDue"
                kind=FieldKind::Date
                label=move || t_string!(i18n, standards.form.review_due)
                hint=move || t_string!(i18n, standards.form.review_hint)
                value=due
                optional=true
            />
        }
        .into_any(),
        (false, true) => view! {
            <Field name="adoptedOn" kind=FieldKind::Date label=move || t_string!(i18n, standards.form.adopted_on) value=adopted />
            <Field name="reviewDue" kind=FieldKind::Date label=move || t_string!(i18n, standards.form.review_due) value=due />
        }
        .into_any(),
        (false, false) => ().into_any(),
    }
    };
    view! {
        <Form state on_submit=submit>
            <Field
                name="number"
                label=move || t_string!(i18n, standards.form.number)
                hint=move || t_string!(i18n, standards.form.number_hint)
                value=number
            />
            <Field name="title" label=move || t_string!(i18n, standards.form.title) value=title />
            <SelectField name="level" label=move || t_string!(i18n, standards.form.level) choices=levels value=level />
            <Field name="edition" label=move || t_string!(i18n, standards.form.edition) value=edition />
            <PersonField name="owner" label=move || t_string!(i18n, standards.form.owner) value=owner people />
            {days()}
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}

/// A task of the plan of a year, new or changed.
#[component]
pub(super) fn TaskForm(year: i32, task: Option<Task>, done: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("plan-task");
    let was = task.as_ref();
    let title = signal(was.map(|task| task.title.as_str()));
    let owner = signal(was.map(|task| task.owner.to_string()).as_deref());
    let due = signal(was.map(|task| task.due_on.to_string()).as_deref());
    let seen = was.map(|task| (task.id, task.version));
    let submit = move || {
        let title = title.get_untracked().trim().to_owned();
        let who = owner.get_untracked().parse().ok();
        let found = [required("title", &title), missing("owner", who.is_none()), missing("dueOn", day(due).is_none())];
        if state.check(found.concat())
            && let (Some(owner), Some(due_on)) = (who, day(due))
        {
            if let Some((id, version)) = seen {
                let input = EditPlanTaskInput { id, version, year, title, owner, due_on };
                state.send(edit_plan_task::ask(input), move |_| done());
            } else {
                state.send(add_plan_task::ask(PlanTaskInput { year, title, owner, due_on }), move |_| done());
            }
        }
    };
    let found = LocalResource::new(choices);
    let ready = move |choices: Choices| {
        view! { <PersonField name="owner" label=move || t_string!(i18n, standards.plan.owner) value=owner people=people(&choices) /> }
    };
    view! {
        <Form state on_submit=submit>
            <Field name="title" label=move || t_string!(i18n, standards.plan.task) value=title />
            <AsyncView resource=found ready />
            <Field name="dueOn" kind=FieldKind::Date label=move || t_string!(i18n, standards.plan.due_on) value=due />
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}

/// How far a task is.
#[component]
pub(super) fn MoveForm(task: Task, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("plan-move");
    let (progress, reason) = (signal(None), signal(None));
    let Task { id, version, progress: from, title, .. } = task;
    let choices = Signal::derive(move || {
        let locale = i18n.get_locale();
        let may = |to: &&TaskProgress| move_task(from, **to, Some("…")).is_ok();
        let named = |to: &TaskProgress| (to.key(), label(locale, "task_progress", to.key()).to_owned());
        TaskProgress::ALL.iter().filter(may).map(named).collect()
    });
    let drops = move || progress.with(|key| key == TaskProgress::Dropped.key());
    let submit = move || {
        let to = TaskProgress::from_key(&progress.get_untracked());
        let why = given(reason).filter(|_| to == Some(TaskProgress::Dropped));
        let broken = to.and_then(|to| move_task(from, to, why.as_deref()).err());
        let found: Vec<_> = missing("progress", to.is_none()).into_iter().chain(broken).collect();
        if state.check(found)
            && let Some(progress) = to
        {
            let input = MovePlanTaskInput { id, version, progress, reason: why };
            state.send(move_plan_task::ask(input), move |_| done());
        }
    };
    view! {
        <p class="quote font-semibold">{title}</p>
        <Form state on_submit=submit>
            <ChoiceField name="progress" label=move || t_string!(i18n, standards.plan.progress) choices value=progress />
            {move || {
                drops()
                    .then(|| {
                        view! {
                            <Field
                                name="reason"
                                kind=FieldKind::Area(500)
                                label=move || t_string!(i18n, standards.plan.reason)
                                value=reason
                            />
                        }
                    })
            }}
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}

/// The plan of a year is adopted.
#[component]
pub(super) fn AdoptForm(year: i32, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("plan-adopt");
    let submit = move || state.send(adopt_year_plan::ask(AdoptYearPlanInput { year }), move |_| done());
    view! {
        <p class="quote font-semibold tabular-nums">{year}</p>
        <p class="hint">{t!(i18n, standards.plan.adopt_hint)}</p>
        <Form state on_submit=submit>
            <Submit label=move || t_string!(i18n, standards.plan.adopt) />
        </Form>
    }
}

/// Somebody is to look after the standards.
#[component]
pub(super) fn AppointForm(today: NaiveDate, done: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("officer");
    let (staff, kind, duties) = (signal(None), signal(None), signal(None));
    let from = signal(Some(&today.to_string()));
    let kinds = Signal::derive(move || {
        let full = ("full_time", t_string!(i18n, standards.officers.full_time).to_owned());
        vec![full, ("part_time", t_string!(i18n, standards.officers.part_time).to_owned())]
    });
    let submit = move || {
        let (who, duties) = (staff.get_untracked().parse().ok(), duties.get_untracked().trim().to_owned());
        let kind = kind.get_untracked();
        let found = [
            missing("staff", who.is_none()),
            missing("fullTime", kind.is_empty()),
            required("duties", &duties),
            missing("from", day(from).is_none()),
        ];
        if state.check(found.concat())
            && let (Some(staff), Some(from)) = (who, day(from))
        {
            let input = AppointStandardsOfficerInput { staff, full_time: kind == "full_time", duties, from };
            state.send(appoint_standards_officer::ask(input), move |_| done());
        }
    };
    let found = LocalResource::new(choices);
    let ready = move |choices: Choices| {
        view! { <PersonField name="staff" label=move || t_string!(i18n, standards.officers.person) value=staff people=people(&choices) /> }
    };
    view! {
        <Form state on_submit=submit>
            <AsyncView resource=found ready />
            <ChoiceField name="fullTime" label=move || t_string!(i18n, standards.officers.kind) choices=kinds value=kind />
            <Field name="duties" kind=FieldKind::Area(500) label=move || t_string!(i18n, standards.officers.duties) value=duties />
            <Field name="from" kind=FieldKind::Date label=move || t_string!(i18n, standards.officers.since) value=from />
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}

/// The last day of a term.
#[component]
pub(super) fn EndForm(term: Term, who: String, today: NaiveDate, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("officer-end");
    let until = signal(Some(&today.to_string()));
    let (id, version) = (term.id, term.version);
    let submit = move || {
        let Some(until) = needed(state, "until", day(until)) else { return };
        let input = EndStandardsOfficerInput { id, version, until };
        state.send(end_standards_officer::ask(input), move |_| done());
    };
    view! {
        <p class="quote font-semibold">{who}</p>
        <Form state on_submit=submit>
            <Field name="until" kind=FieldKind::Date label=move || t_string!(i18n, standards.officers.last_day) value=until />
            <Submit label=move || t_string!(i18n, standards.officers.end) />
        </Form>
    }
}
