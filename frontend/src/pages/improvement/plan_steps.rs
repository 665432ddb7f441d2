//! Forms of improvement plans: one for each step, one for a measure, and one to begin a plan.

use domain::{
    ImprovementPlanId, StaffId, Violation,
    improvement::{
        RectificationCause,
        plan::{AppliedAs, GoalForm, ImprovementAction, ImprovementIndicator, MeasureForm, tenths, written},
    },
};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::{CauseField, PLANS, PostField, listed, missing, post_of};
use crate::{
    api::{
        improvement::Task,
        improvement_plans::{
            AddImprovementMeasureInput, ApplyImprovementInput, ApproveImprovementInput, DropImprovementMeasureInput,
            FinishImprovementMeasureInput, Measure, Plan, PlanImprovementInput, SeenImprovementInput,
            SendImprovementBackInput, SetImprovementGoalInput, StartImprovementInput, VerifyImprovementInput,
            add_improvement_measure, apply_improvement, approve_improvement, close_improvement,
            drop_improvement_measure, execute_improvement, finish_improvement_measure, plan_improvement,
            renew_improvement, send_improvement_back, set_improvement_goal, start_improvement, verify_improvement,
        },
        posts::{Choices, choices},
    },
    components::{
        AsyncView,
        form::{Field, FieldKind, Form, FormState, SelectField, Submit},
    },
    i18n::{t, t_string, use_i18n},
    pages::{
        posts::forms::{PersonField, day, given, people, signal},
        steps::required,
    },
    time,
};

/// A plan is begun, perhaps from a task. Its page comes next, where the goal is set.
#[component]
pub(super) fn StartForm(task: Option<Task>) -> impl IntoView {
    let found = LocalResource::new(choices);
    let task = StoredValue::new(task);
    view! {
        <AsyncView
            resource=found
            ready=move |choices: Choices| view! { <StartFields task=task.get_value() choices /> }
        />
    }
}

#[component]
fn StartFields(task: Option<Task>, choices: Choices) -> impl IntoView {
    let i18n = use_i18n();
    let navigate = use_navigate();
    let state = FormState::new("improvement-start");
    let problem = signal(task.as_ref().map(|task| task.problem.as_str()));
    let cause = signal(task.as_ref().map(|task| task.cause.key()));
    let owner = signal(task.as_ref().and_then(|task| task.owner).map(|id| id.to_string()).as_deref());
    let post = signal(None);
    let task = task.map(|task| task.id);
    let submit = move || {
        let problem = problem.get_untracked().trim().to_owned();
        let chosen = RectificationCause::from_key(&cause.get_untracked());
        let who = owner.get_untracked().parse::<StaffId>().ok();
        let found =
            [required("problem", &problem), missing("cause", chosen.is_none()), missing("owner", who.is_none())];
        if state.check(found.concat())
            && let (Some(cause), Some(owner)) = (chosen, who)
        {
            let input = StartImprovementInput { problem, cause, task, post: post_of(post), owner };
            let navigate = navigate.clone();
            state.send(start_improvement::ask(input), move |made| {
                navigate(&format!("{PLANS}/{}", made.id), NavigateOptions::default());
            });
        }
    };
    view! {
        <Form state on_submit=submit>
            <Field name="problem" kind=FieldKind::Area(500) label=move || t_string!(i18n, improvement.problem) value=problem />
            <CauseField value=cause />
            <PostField value=post />
            <PersonField name="owner" label=move || t_string!(i18n, improvement.owner) value=owner people=people(&choices) />
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}

/// What is typed in a step.
#[derive(Clone, Copy)]
struct Typed {
    text: RwSignal<String>,
    name: RwSignal<String>,
    choice: RwSignal<String>,
    first: RwSignal<String>,
    second: RwSignal<String>,
    on: RwSignal<String>,
}

/// The form of a step. Who could carry a measure out is asked for where one is added.
#[component]
pub(super) fn StepForm(
    plan: Plan,
    action: ImprovementAction,
    done: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    if action != ImprovementAction::AddMeasure {
        return view! { <StepFields plan action people=Vec::new() done /> }.into_any();
    }
    let found = LocalResource::new(choices);
    let plan = StoredValue::new(plan);
    let ready = move |choices: Choices| {
        view! { <StepFields plan=plan.get_value() action people=people(&choices) done /> }
    };
    view! { <AsyncView resource=found ready /> }.into_any()
}

#[component]
fn StepFields(
    plan: Plan,
    action: ImprovementAction,
    people: Vec<(StaffId, String)>,
    done: impl Fn() + Copy + 'static,
) -> impl IntoView {
    use ImprovementAction as A;
    let i18n = use_i18n();
    let state = FormState::new("improvement-step");
    let sets = action == A::SetGoal;
    let number = |value: Option<i32>| signal(value.filter(|_| sets).map(written).as_deref());
    let today = (action == A::Verify).then(|| time::today().to_string());
    let typed = Typed {
        text: signal(plan.root_cause.as_deref().filter(|_| action == A::Plan)),
        name: signal(plan.indicator_name.as_deref().filter(|_| sets)),
        choice: signal(plan.indicator.filter(|_| sets).map(ImprovementIndicator::key)),
        first: number(plan.baseline),
        second: number(plan.target),
        on: signal(today.as_deref()),
    };
    let seen = (plan.id, plan.version);
    let submit = move || send(state, action, seen, typed, done);
    let indicators = listed("improvement_indicator", ImprovementIndicator::ALL.iter().map(|v| v.key()).collect());
    let uses = listed("applied_as", AppliedAs::ALL.iter().map(|v| v.key()).collect());
    let area = move |name: &'static str, label: TextProp, most: usize, optional: bool| {
        view! { <Field name label value=typed.text kind=FieldKind::Area(most) optional /> }.into_any()
    };
    let date = move |name: &'static str, label: TextProp| {
        view! { <Field name label value=typed.on kind=FieldKind::Date /> }.into_any()
    };
    let other = move || typed.choice.with(|key| key == ImprovementIndicator::Other.key());
    // Made inside of the form, which they look for.
    let fields = move || {
        match action {
        A::SetGoal => view! {
            <SelectField
                name="indicator"
                label=move || t_string!(i18n, improvement.plans.indicator)
                choices=indicators
                value=typed.choice
            />
            {move || other().then(|| view! {
                <Field name="indicatorName" label=move || t_string!(i18n, improvement.plans.indicator_name) value=typed.name />
            })}
            <Field name="baseline" label=move || t_string!(i18n, improvement.plans.baseline) value=typed.first />
            <Field name="target" label=move || t_string!(i18n, improvement.plans.target) value=typed.second />
            {date("on", TextProp::from(move || t_string!(i18n, improvement.plans.goal_on)))}
        }
        .into_any(),
        A::AddMeasure => view! {
            {area("text", TextProp::from(move || t_string!(i18n, improvement.plans.measure)), 300, false)}
            <PersonField name="owner" label=move || t_string!(i18n, improvement.owner) value=typed.choice people />
            {date("dueOn", TextProp::from(move || t_string!(i18n, improvement.due_on)))}
            <Field name="resources" label=move || t_string!(i18n, improvement.plans.resources) value=typed.name optional=true />
        }
        .into_any(),
        A::Plan => area("rootCause", TextProp::from(move || t_string!(i18n, improvement.root_cause)), 1000, false),
        A::Approve => area("note", TextProp::from(move || t_string!(i18n, improvement.note)), 2000, true),
        A::SendBack => area("reason", TextProp::from(move || t_string!(i18n, improvement.reason)), 2000, false),
        A::Verify => view! {
            <Field name="measured" label=move || t_string!(i18n, improvement.plans.measured) value=typed.first />
            {area("method", TextProp::from(move || t_string!(i18n, improvement.plans.method)), 1000, false)}
            {date("on", TextProp::from(move || t_string!(i18n, improvement.plans.measured_on)))}
        }
        .into_any(),
        A::Apply => view! {
            <SelectField
                name="appliedAs"
                label=move || t_string!(i18n, improvement.plans.applied_as)
                choices=uses
                value=typed.choice
            />
            {area("note", TextProp::from(move || t_string!(i18n, improvement.note)), 2000, false)}
        }
        .into_any(),
        A::Renew => view! { <p class="hint">{t!(i18n, improvement.plans.renew_hint)}</p> }.into_any(),
        A::Start | A::Execute | A::Close | A::FinishMeasure | A::DropMeasure => ().into_any(),
    }
    };
    view! {
        <p class="quote">{plan.problem}</p>
        <Form state on_submit=submit>
            {fields()}
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}

/// A number in tenths, and what is wrong with it.
fn number(field: &'static str, value: RwSignal<String>) -> (i32, Vec<Violation>) {
    let text = value.get_untracked();
    match tenths(&text) {
        Some(number) => (number, Vec::new()),
        None if text.trim().is_empty() => (0, missing(field, true)),
        None => (0, vec![Violation::new(field, "improvement.number")]),
    }
}

fn send(
    state: FormState,
    action: ImprovementAction,
    (id, version): (ImprovementPlanId, i32),
    typed: Typed,
    done: impl Fn() + 'static,
) {
    use ImprovementAction as A;
    let text = typed.text.get_untracked().trim().to_owned();
    let choice = typed.choice.get_untracked();
    let on = day(typed.on);
    let done = move |_| done();
    match action {
        A::SetGoal => {
            let chosen = ImprovementIndicator::from_key(&choice);
            let ((baseline, low), (target, high)) = (number("baseline", typed.first), number("target", typed.second));
            let numbers = low.is_empty() && high.is_empty();
            let name = given(typed.name).filter(|_| chosen == Some(ImprovementIndicator::Other));
            let mut found = [missing("indicator", chosen.is_none()), low, high, missing("on", on.is_none())].concat();
            let goal = chosen.zip(on).map(|(indicator, on)| GoalForm { indicator, name, baseline, target, on });
            if let Some(goal) = goal.as_ref().filter(|_| numbers) {
                // The last day is the server's to judge.
                found.extend(goal.check(goal.on));
            }
            if state.check(found)
                && let Some(GoalForm { indicator, name, baseline, target, on }) = goal
            {
                let input =
                    SetImprovementGoalInput { id, version, indicator, indicator_name: name, baseline, target, on };
                state.send(set_improvement_goal::ask(input), done);
            }
        }
        A::AddMeasure => {
            let owner = choice.parse::<StaffId>().ok();
            let mut found = [missing("owner", owner.is_none()), missing("dueOn", on.is_none())].concat();
            let form = owner.zip(on).map(|(owner, due_on)| MeasureForm {
                text: text.clone(),
                owner,
                due_on,
                resources: given(typed.name),
            });
            found.extend(required("text", &text));
            if let Some(form) = &form {
                found.extend(form.check(form.due_on).into_iter().filter(|wrong| wrong.code != "form.required"));
            }
            if state.check(found)
                && let Some(MeasureForm { text, owner, due_on, resources }) = form
            {
                let input = AddImprovementMeasureInput { id, version, text, owner, due_on, resources };
                state.send(add_improvement_measure::ask(input), done);
            }
        }
        A::Plan => {
            if state.check(required("rootCause", &text)) {
                state.send(plan_improvement::ask(PlanImprovementInput { id, version, root_cause: text }), done);
            }
        }
        A::Approve => {
            let note = given(typed.text);
            state.send(approve_improvement::ask(ApproveImprovementInput { id, version, note }), done);
        }
        A::SendBack => {
            if state.check(required("reason", &text)) {
                let input = SendImprovementBackInput { id, version, reason: text };
                state.send(send_improvement_back::ask(input), done);
            }
        }
        A::Execute => state.send(execute_improvement::ask(SeenImprovementInput { id, version }), done),
        A::Verify => {
            let (measured, wrong) = number("measured", typed.first);
            let found = [wrong, required("method", &text), missing("on", on.is_none())];
            if state.check(found.concat())
                && let Some(on) = on
            {
                let input = VerifyImprovementInput { id, version, measured, method: text, on };
                state.send(verify_improvement::ask(input), done);
            }
        }
        A::Apply => {
            let chosen = AppliedAs::from_key(&choice);
            let found = [missing("appliedAs", chosen.is_none()), required("note", &text)];
            if state.check(found.concat())
                && let Some(applied_as) = chosen
            {
                let input = ApplyImprovementInput { id, version, applied_as, note: text };
                state.send(apply_improvement::ask(input), done);
            }
        }
        A::Renew => state.send(renew_improvement::ask(SeenImprovementInput { id, version }), done),
        A::Close => state.send(close_improvement::ask(SeenImprovementInput { id, version }), done),
        // They have forms of their own.
        A::Start | A::FinishMeasure | A::DropMeasure => {}
    }
}

/// A measure was carried out.
#[component]
pub(super) fn FinishForm(plan: Plan, measure: Measure, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("improvement-finish");
    let note = signal(None);
    let (id, version, of) = (plan.id, plan.version, measure.id);
    let submit = move || {
        let note = note.get_untracked().trim().to_owned();
        if state.check(required("note", &note)) {
            let input = FinishImprovementMeasureInput { id, version, measure: of, note };
            state.send(finish_improvement_measure::ask(input), move |_| done());
        }
    };
    view! {
        <p class="quote">{measure.text}</p>
        <Form state on_submit=submit>
            <Field name="note" kind=FieldKind::Area(2000) label=move || t_string!(i18n, improvement.plans.note) value=note />
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}

/// A measure is taken out.
#[component]
pub(super) fn DropForm(plan: Plan, measure: Measure, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("improvement-drop");
    let (id, version, of) = (plan.id, plan.version, measure.id);
    let submit = move || {
        let input = DropImprovementMeasureInput { id, version, measure: of };
        state.send(drop_improvement_measure::ask(input), move |_| done());
    };
    view! {
        <p class="quote">{measure.text}</p>
        <Form state on_submit=submit>
            <Submit label=move || t_string!(i18n, improvement.plans.drop) />
        </Form>
    }
}
