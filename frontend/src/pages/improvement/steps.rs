//! One form for each step of a task: what it asks for, and what it sends.

use domain::{
    RectificationTaskId, StaffId, Violation,
    improvement::{MeasuresForm, RectificationAction, check_days},
    permission::Permission,
};
use leptos::prelude::*;

use super::missing;
use crate::{
    api::{
        improvement::{
            AssignRectificationInput, NoteRectificationInput, PlanRectificationInput, ProveRectificationInput,
            RectificationStepInput, SendRectificationBackInput, Task, accept_rectification, agree_rectification,
            assign_rectification, close_rectification, note_rectification, plan_rectification, recheck_rectification,
            send_rectification_back, submit_rectification,
        },
        posts::{Choices, choices},
    },
    components::{
        AsyncView, UploadField, Uploads,
        form::{Field, FieldKind, Form, FormState, Submit},
    },
    i18n::{t_string, use_i18n},
    pages::{
        posts::forms::{PersonField, given, people, signal},
        steps::required,
    },
    session::use_session,
};

/// A number of working days, where one was typed, and what is wrong with it.
pub(super) fn days(value: RwSignal<String>) -> (Option<i32>, Vec<Violation>) {
    let Some(text) = given(value) else { return (None, Vec::new()) };
    let number = text.parse::<u32>().ok();
    let wrong = check_days(Some(number.unwrap_or(0)));
    (number.and_then(|number| i32::try_from(number).ok()), wrong.into_iter().collect())
}

/// What is typed in a step.
#[derive(Clone, Copy)]
struct Typed {
    text: RwSignal<String>,
    more: RwSignal<String>,
    cause: RwSignal<String>,
    owner: RwSignal<String>,
    number: RwSignal<String>,
    uploads: Uploads,
}

/// The form of a step. Who could be the owner is asked for where somebody is to be named.
#[component]
pub(super) fn StepForm(
    task: Task,
    action: RectificationAction,
    done: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    if action != RectificationAction::Assign {
        return view! { <StepFields task action people=Vec::new() done /> }.into_any();
    }
    let found = LocalResource::new(choices);
    let task = StoredValue::new(task);
    let ready = move |choices: Choices| {
        view! { <StepFields task=task.get_value() action people=people(&choices) done /> }
    };
    view! { <AsyncView resource=found ready /> }.into_any()
}

#[component]
fn StepFields(
    task: Task,
    action: RectificationAction,
    people: Vec<(StaffId, String)>,
    done: impl Fn() + Copy + 'static,
) -> impl IntoView {
    use RectificationAction as A;
    let i18n = use_i18n();
    let session = use_session();
    let state = FormState::new("rectification-step");
    let typed = Typed {
        text: signal(None),
        more: signal(None),
        cause: signal(None),
        owner: signal(task.owner.map(|id| id.to_string()).as_deref()),
        number: signal(None),
        uploads: Uploads::new(Vec::new()),
    };
    let seen = (task.id, task.version);
    let submit = move || send(state, action, seen, typed, done);
    let area = move |name: &'static str, label: TextProp, most: usize, optional: bool, value: RwSignal<String>| {
        view! { <Field name label value kind=FieldKind::Area(most) optional /> }.into_any()
    };
    let number = move || {
        view! {
            <Field
                name="days"
                kind=FieldKind::Number
                label=move || t_string!(i18n, improvement.days)
                hint=move || t_string!(i18n, improvement.days_stay)
                value=typed.number
                optional=true
            />
        }
    };
    let files = move || {
        session.can(Permission::FileUpload).then(|| {
            view! { <UploadField name="files" label=move || t_string!(i18n, improvement.proof) uploads=typed.uploads /> }
        })
    };
    // Made inside of the form, which they look for.
    let fields = move || {
        match action {
        A::Assign => view! {
            <PersonField name="owner" label=move || t_string!(i18n, improvement.owner) value=typed.owner people />
            {number()}
        }
        .into_any(),
        A::Plan => view! {
            {area("rootCause", TextProp::from(move || t_string!(i18n, improvement.root_cause)), 1000, false, typed.cause)}
            {area("immediateFix", TextProp::from(move || t_string!(i18n, improvement.immediate_fix)), 1000, true, typed.more)}
            {area("measures", TextProp::from(move || t_string!(i18n, improvement.measures)), 1000, false, typed.text)}
        }
        .into_any(),
        A::SendBack => view! {
            {area("reason", TextProp::from(move || t_string!(i18n, improvement.reason)), 2000, false, typed.text)}
            {number()}
        }
        .into_any(),
        A::Submit => view! {
            {area("text", TextProp::from(move || t_string!(i18n, improvement.result)), 2000, false, typed.text)}
            {files()}
        }
        .into_any(),
        A::Recheck => view! {
            {area("text", TextProp::from(move || t_string!(i18n, improvement.recheck_text)), 2000, false, typed.text)}
            {files()}
        }
        .into_any(),
        A::Note => area("text", TextProp::from(move || t_string!(i18n, improvement.note)), 2000, false, typed.text),
        A::Agree | A::Accept | A::Close => {
            area("note", TextProp::from(move || t_string!(i18n, improvement.note)), 2000, true, typed.text)
        }
        // Nobody takes these.
        A::Open | A::Reopen | A::Overdue => ().into_any(),
    }
    };
    view! {
        <p class="quote">{task.problem}</p>
        <Form state on_submit=submit>
            {fields()}
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}

fn send(
    state: FormState,
    action: RectificationAction,
    (id, version): (RectificationTaskId, i32),
    typed: Typed,
    done: impl Fn() + 'static,
) {
    use RectificationAction as A;
    let text = typed.text.get_untracked().trim().to_owned();
    let owner = typed.owner.get_untracked().parse::<StaffId>().ok();
    let (days, wrong) = days(typed.number);
    let form = MeasuresForm {
        root_cause: typed.cause.get_untracked().trim().to_owned(),
        immediate_fix: given(typed.more),
        measures: text.clone(),
    };
    let mut found = match action {
        A::Assign => missing("owner", owner.is_none()),
        A::Plan => form.check(),
        A::SendBack => required("reason", &text),
        A::Submit | A::Recheck | A::Note => required("text", &text),
        _ => Vec::new(),
    };
    found.extend(wrong);
    if typed.uploads.under_way() {
        found.push(Violation::new("files", "files.under_way"));
    }
    if !state.check(found) {
        return;
    }
    let note = Some(text.clone()).filter(|text| !text.is_empty());
    let files = Some(typed.uploads.ids()).filter(|ids| !ids.is_empty());
    let done = move |_| done();
    let step = RectificationStepInput { id, version, note };
    match action {
        A::Assign => {
            if let Some(owner) = owner {
                state.send(assign_rectification::ask(AssignRectificationInput { id, version, owner, days }), done);
            }
        }
        A::Plan => {
            let MeasuresForm { root_cause, immediate_fix, measures } = form;
            let input = PlanRectificationInput { id, version, root_cause, immediate_fix, measures };
            state.send(plan_rectification::ask(input), done);
        }
        A::Agree => state.send(agree_rectification::ask(step), done),
        A::SendBack => {
            let input = SendRectificationBackInput { id, version, reason: text, days };
            state.send(send_rectification_back::ask(input), done);
        }
        A::Submit => {
            state.send(submit_rectification::ask(ProveRectificationInput { id, version, text, files }), done);
        }
        A::Accept => state.send(accept_rectification::ask(step), done),
        A::Recheck => {
            state.send(recheck_rectification::ask(ProveRectificationInput { id, version, text, files }), done);
        }
        A::Close => state.send(close_rectification::ask(step), done),
        A::Note => state.send(note_rectification::ask(NoteRectificationInput { id, text }), done),
        A::Open | A::Reopen | A::Overdue => {}
    }
}
