//! One form for each step of a standard: what it asks for, and what it sends.

use domain::{ManagedStandardId, standardisation::StandardAction};
use leptos::prelude::*;

use super::forms::missing;
use crate::{
    api::standards::{
        ConfirmStandardInput, ConsultOnStandardInput, EnforceStandardInput, ReviseStandardInput, Standard,
        StandardName, StandardStepInput, WithdrawStandardInput, begin_standard_review, confirm_standard,
        consult_on_standard, enforce_standard, issue_standard, revise_standard, withdraw_standard,
    },
    components::form::{Field, FieldKind, Form, FormState, SelectField, Submit},
    i18n::{t, t_string, use_i18n},
    pages::{
        posts::forms::{day, given, signal},
        steps::required,
    },
    time,
};

/// What is typed in a step.
#[derive(Clone, Copy)]
struct Typed {
    text: RwSignal<String>,
    on: RwSignal<String>,
    due: RwSignal<String>,
    successor: RwSignal<String>,
}

/// The form of a step.
#[component]
pub(super) fn StepForm(
    standard: Standard,
    successors: Vec<StandardName>,
    action: StandardAction,
    done: impl Fn() + Copy + 'static,
) -> impl IntoView {
    use StandardAction as A;
    let i18n = use_i18n();
    let state = FormState::new("standard-step");
    let on = signal(Some(&time::today().to_string()));
    let typed = Typed { text: signal(None), on, due: signal(None), successor: signal(None) };
    let (id, version) = (standard.id, standard.version);
    let nobody = action == A::Revise && successors.is_empty();
    let successors: Vec<_> =
        successors.into_iter().map(|row| (row.id.to_string(), format!("{} {}", row.number, row.title))).collect();
    let known = Signal::derive(move || successors.clone());
    let submit = move || send(state, action, id, version, typed, done);
    let note = move |label: TextProp, optional: bool| {
        view! { <Field name="note" label value=typed.text kind=FieldKind::Area(2000) optional /> }.into_any()
    };
    let plain = move || note(TextProp::from(move || t_string!(i18n, standards.page.note)), true);
    let due = move || {
        view! {
            <Field
                name="reviewDue"
                kind=FieldKind::Date
                label=move || t_string!(i18n, standards.form.review_due)
                hint=move || t_string!(i18n, standards.form.review_hint)
                value=typed.due
                optional=true
            />
        }
    };
    // Made inside of the form, which they look for.
    let fields = move || {
        match action {
        A::Consult => note(TextProp::from(move || t_string!(i18n, standards.page.note_asked)), false),
        A::Issue | A::Review => plain(),
        A::Enforce => view! {
            <Field name="on" kind=FieldKind::Date label=move || t_string!(i18n, standards.page.on) value=typed.on />
            {due()}
            {plain()}
        }
        .into_any(),
        A::Confirm => view! {
            {note(TextProp::from(move || t_string!(i18n, standards.page.note_confirm)), false)}
            {due()}
        }
        .into_any(),
        A::Revise => view! {
            <SelectField name="successor" label=move || t_string!(i18n, standards.page.successor) choices=known value=typed.successor />
            {plain()}
        }
        .into_any(),
        A::Withdraw => view! {
            <Field name="reason" label=move || t_string!(i18n, standards.page.reason) value=typed.text kind=FieldKind::Area(2000) />
        }
        .into_any(),
    }
    };
    view! {
        {nobody.then(|| view! { <p class="hint">{t!(i18n, standards.page.no_successor)}</p> })}
        <Form state on_submit=submit>
            {fields()}
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}

fn send(
    state: FormState,
    action: StandardAction,
    id: ManagedStandardId,
    version: i32,
    typed: Typed,
    done: impl Fn() + 'static,
) {
    use StandardAction as A;
    let text = typed.text.get_untracked().trim().to_owned();
    let (on, review_due) = (day(typed.on), day(typed.due));
    let successor = typed.successor.get_untracked().parse().ok();
    let found = match action {
        A::Consult | A::Confirm => required("note", &text),
        A::Enforce => missing("on", on.is_none()),
        A::Revise => missing("successor", successor.is_none()),
        A::Withdraw => required("reason", &text),
        A::Issue | A::Review => Vec::new(),
    };
    if !state.check(found) {
        return;
    }
    let note = given(typed.text);
    let done = move |_| done();
    match (action, on, successor) {
        (A::Consult, ..) => {
            state.send(consult_on_standard::ask(ConsultOnStandardInput { id, version, note: text }), done);
        }
        (A::Issue, ..) => state.send(issue_standard::ask(StandardStepInput { id, version, note }), done),
        (A::Review, ..) => state.send(begin_standard_review::ask(StandardStepInput { id, version, note }), done),
        (A::Enforce, Some(on), _) => {
            state.send(enforce_standard::ask(EnforceStandardInput { id, version, on, review_due, note }), done);
        }
        (A::Confirm, ..) => {
            let input = ConfirmStandardInput { id, version, review_due, note: text };
            state.send(confirm_standard::ask(input), done);
        }
        (A::Revise, _, Some(successor)) => {
            state.send(revise_standard::ask(ReviseStandardInput { id, version, successor, note }), done);
        }
        (A::Withdraw, ..) => {
            state.send(withdraw_standard::ask(WithdrawStandardInput { id, version, reason: text }), done);
        }
        // What is missing was told above.
        (A::Enforce | A::Revise, ..) => {}
    }
}
