//! The form of each step of a case.

use chrono::NaiveDate;
use domain::{
    ServiceCaseId, Violation,
    handling::{Refusal, ServiceCaseAction, check_reference},
};
use leptos::prelude::*;

use crate::{
    api::handling::{
        AcceptServiceCaseInput, ArchiveServiceCaseInput, AskServiceCaseCorrectionInput, Case, RefuseServiceCaseInput,
        SeenServiceCaseInput, accept_service_case, archive_service_case, ask_service_case_correction,
        begin_service_case_approval, collect_service_case_result, deliver_service_case_result,
        finish_service_case_result, refuse_service_case, resume_service_case, return_service_case_papers,
    },
    components::form::{Field, FieldKind, Form, FormState, Submit},
    i18n::{t, t_string, use_i18n},
    pages::{
        posts::forms::{day, signal},
        steps::required,
    },
    time,
};

/// What is typed in a step.
#[derive(Clone, Copy)]
struct Typed {
    text: RwSignal<String>,
    days: RwSignal<String>,
    on: RwSignal<String>,
    at: RwSignal<String>,
    place: RwSignal<String>,
}

#[component]
pub(super) fn StepForm(
    case: Case,
    action: ServiceCaseAction,
    /// Today there.
    today: NaiveDate,
    done: impl Fn() + Copy + 'static,
) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("case-step");
    // Papers can be fetched on the same day, as a rule; for a promise there is none.
    let on = (action == ServiceCaseAction::Refuse).then(|| today.to_string());
    let typed = Typed {
        text: signal(None),
        days: signal(None),
        on: signal(on.as_deref()),
        at: signal(None),
        place: signal(None),
    };
    let (id, version) = (case.id, case.version);
    let submit = move || send(state, action, (id, version), typed, done);
    let area = move |name: &'static str, label: TextProp| {
        view! { <Field name label value=typed.text kind=FieldKind::Area(2000) /> }.into_any()
    };
    // Made inside of the form, which they look for.
    let fields = move || {
        match action {
        ServiceCaseAction::AskCorrection => area("missing", TextProp::from(move || t_string!(i18n, handling.missing))),
        ServiceCaseAction::Accept => view! {
            <Field
                name="days"
                label=move || t_string!(i18n, handling.days)
                hint=move || t_string!(i18n, handling.days_hint)
                value=typed.days
                kind=FieldKind::Number
                optional=true
            />
            <Field name="on" label=move || t_string!(i18n, handling.on) value=typed.on kind=FieldKind::Date optional=true />
        }
        .into_any(),
        ServiceCaseAction::Refuse => view! {
            {area("reason", TextProp::from(move || t_string!(i18n, handling.reason)))}
            <Field name="pickupAt" label=move || t_string!(i18n, handling.pickup_day) value=typed.on kind=FieldKind::Date />
            <Field
                name="time"
                label=move || t_string!(i18n, handling.pickup_time)
                hint=move || t_string!(i18n, handling.time_hint)
                value=typed.at
            />
            <Field name="pickupPlace" label=move || t_string!(i18n, handling.pickup_place) value=typed.place />
        }
        .into_any(),
        ServiceCaseAction::Archive => view! {
            <Field
                name="reference"
                label=move || t_string!(i18n, handling.reference)
                hint=move || t_string!(i18n, handling.reference_hint)
                value=typed.text
            />
        }
        .into_any(),
        _ => view! { <p>{t!(i18n, handling.sure)}</p> }.into_any(),
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
    action: ServiceCaseAction,
    (id, version): (ServiceCaseId, i32),
    typed: Typed,
    done: impl Fn() + 'static,
) {
    let text = |signal: RwSignal<String>| signal.get_untracked().trim().to_owned();
    let done = move |_| done();
    let seen = SeenServiceCaseInput { id, version };
    match action {
        ServiceCaseAction::Accept => {
            let (days, on) = (text(typed.days), day(typed.on));
            let number = days.parse::<i32>().ok();
            let wrong = !days.is_empty() && number.is_none();
            if state.check(wrong.then(|| Violation::new("days", "form.number")).into_iter().collect()) {
                let input = AcceptServiceCaseInput { id, version, days: number, on };
                state.send(accept_service_case::ask(input), done);
            }
        }
        ServiceCaseAction::AskCorrection => {
            let missing = text(typed.text);
            if state.check(required("missing", &missing)) {
                let input = AskServiceCaseCorrectionInput { id, version, missing };
                state.send(ask_service_case_correction::ask(input), done);
            }
        }
        ServiceCaseAction::Refuse => {
            let pickup_at = day(typed.on).and_then(|day| time::instant(day, &typed.at.get_untracked()));
            let told = Refusal { reason: text(typed.text), pickup_at, pickup_place: text(typed.place) };
            // The browser's clock may be another one than the server's, which says what is past.
            let mut found = told.check(pickup_at.unwrap_or_else(time::now));
            if day(typed.on).is_some() && pickup_at.is_none() {
                found.iter_mut().filter(|found| found.field == "pickupAt").for_each(|found| found.field = "time");
            }
            if state.check(found) {
                let Refusal { reason, pickup_at, pickup_place } = told;
                let input = RefuseServiceCaseInput { id, version, reason, pickup_at, pickup_place };
                state.send(refuse_service_case::ask(input), done);
            }
        }
        ServiceCaseAction::Archive => {
            let reference = text(typed.text);
            if state.check(check_reference(&reference).into_iter().collect()) {
                state.send(archive_service_case::ask(ArchiveServiceCaseInput { id, version, reference }), done);
            }
        }
        ServiceCaseAction::Resume => state.send(resume_service_case::ask(seen), done),
        ServiceCaseAction::ReturnPapers => state.send(return_service_case_papers::ask(seen), done),
        ServiceCaseAction::BeginApproval => state.send(begin_service_case_approval::ask(seen), done),
        ServiceCaseAction::FinishResult => state.send(finish_service_case_result::ask(seen), done),
        ServiceCaseAction::Deliver => state.send(deliver_service_case_result::ask(seen), done),
        ServiceCaseAction::Collect => state.send(collect_service_case_result::ask(seen), done),
    }
}
