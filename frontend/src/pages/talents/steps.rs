//! One form for each step of a request: what it asks for, and what it sends.

use chrono::NaiveDate;
use domain::{
    StaffId, TalentRequestId, Violation,
    complaints::HandlingSatisfaction,
    talents::{AppointmentStatus, TalentAction, TellMode},
};
use leptos::prelude::*;

use crate::{
    api::talents::{
        Appointment, AssignTalentRequestInput, EndTalentAppointmentInput, MakeTalentAppointmentInput,
        NoteTalentProgressInput, PlanTalentContactInput, RateTalentServiceInput, Request, RevealTalentInput,
        SeenTalentRequestInput, SettleTalentRequestInput, Steward, TellTalentInput, WithdrawTalentRequestInput,
        assign_talent_request, complete_talent_request, end_talent_appointment, make_talent_appointment,
        note_talent_progress, plan_talent_contact, rate_talent_service, reveal_talent, settle_talent_request,
        tell_talent, withdraw_talent_request,
    },
    components::form::{ChoiceField, Field, FieldKind, Form, FormState, Submit},
    i18n::{label, t, t_string, use_i18n},
    pages::{
        posts::forms::{PersonField, day, given, signal},
        steps::required,
    },
    time,
};

/// What is typed in a step.
#[derive(Clone, Copy)]
struct Typed {
    text: RwSignal<String>,
    on: RwSignal<String>,
    next: RwSignal<String>,
    time: RwSignal<String>,
    choice: RwSignal<String>,
}

fn missing(field: &'static str, is: bool) -> Vec<Violation> {
    is.then(|| Violation::new(field, "form.required")).into_iter().collect()
}

/// The form of a step.
#[component]
pub(super) fn StepForm(
    request: Request,
    action: TalentAction,
    stewards: Vec<Steward>,
    done: impl Fn() + Copy + 'static,
) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("talent-step");
    let today = time::today();
    // A day that has gone by is no plan.
    let next = request.next_contact_on.filter(|day| *day >= today).map(|day| day.to_string());
    let on = match action {
        TalentAction::Tell => Some(today.to_string()),
        TalentAction::PlanContact => next.clone(),
        _ => None,
    };
    let typed = Typed {
        text: signal(None),
        on: signal(on.as_deref()),
        next: signal(next.as_deref()),
        time: signal(None),
        choice: signal(None),
    };
    let (id, version) = (request.id, request.version);
    let submit = move || send(state, action, SeenTalentRequestInput { id, version }, typed, done);
    let levels = Signal::derive(move || {
        let locale = i18n.get_locale();
        let named = |l: &HandlingSatisfaction| (l.key(), label(locale, "handling_satisfaction", l.key()).to_owned());
        HandlingSatisfaction::ALL.iter().map(named).collect()
    });
    let modes = Signal::derive(move || {
        let locale = i18n.get_locale();
        let named = |m: &TellMode| (m.key(), label(locale, "tell_mode", m.key()).to_owned());
        TellMode::ALL.iter().map(named).collect()
    });
    let area = move |name: &'static str, label: TextProp, optional: bool| {
        view! { <Field name label value=typed.text kind=FieldKind::Area(2000) optional /> }.into_any()
    };
    let next_contact = move || {
        view! {
            <Field
                name="nextContactOn"
                label=move || t_string!(i18n, talents.next_contact)
                value=typed.next
                kind=FieldKind::Date
                optional=true
            />
        }
    };
    let people: Vec<(StaffId, String)> = stewards.into_iter().map(|row| (row.id, row.name)).collect();
    // Made inside of the form, which they look for.
    let fields = move || {
        match action {
        TalentAction::Assign => view! {
            <PersonField name="steward" label=move || t_string!(i18n, talents.steward) value=typed.choice people />
        }
        .into_any(),
        TalentAction::Progress => view! {
            {area("text", TextProp::from(move || t_string!(i18n, talents.text)), false)}
            {next_contact()}
        }
        .into_any(),
        TalentAction::Tell => view! {
            <Field name="on" label=move || t_string!(i18n, talents.told_on) value=typed.on kind=FieldKind::Date />
            <ChoiceField name="mode" label=move || t_string!(i18n, talents.mode) choices=modes value=typed.choice />
            {area("text", TextProp::from(move || t_string!(i18n, talents.told)), false)}
            {next_contact()}
        }
        .into_any(),
        TalentAction::Settle => area("result", TextProp::from(move || t_string!(i18n, talents.result)), false),
        TalentAction::PlanContact => view! {
            <Field
                name="on"
                label=move || t_string!(i18n, talents.next_contact)
                hint=move || t_string!(i18n, talents.next_hint)
                value=typed.on
                kind=FieldKind::Date
                optional=true
            />
        }
        .into_any(),
        TalentAction::Appoint => view! {
            <Field name="on" label=move || t_string!(i18n, talents.day) value=typed.on kind=FieldKind::Date />
            <Field name="time" label=move || t_string!(i18n, talents.time) hint=move || t_string!(i18n, talents.time_hint) value=typed.time />
            <Field name="place" label=move || t_string!(i18n, talents.place) value=typed.text />
        }
        .into_any(),
        TalentAction::Rate => view! {
            <ChoiceField name="satisfaction" label=move || t_string!(i18n, talents.satisfaction) choices=levels value=typed.choice />
            {area("comment", TextProp::from(move || t_string!(i18n, talents.comment)), true)}
        }
        .into_any(),
        TalentAction::Withdraw => area("reason", TextProp::from(move || t_string!(i18n, talents.reason)), false),
        TalentAction::Complete | TalentAction::EndAppointment => ().into_any(),
    }
    };
    view! {
        <Form state on_submit=submit>
            {fields()}
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}

fn send(state: FormState, action: TalentAction, seen: SeenTalentRequestInput, typed: Typed, done: impl Fn() + 'static) {
    use TalentAction as A;
    let SeenTalentRequestInput { id, version } = seen;
    let text = typed.text.get_untracked().trim().to_owned();
    let time = typed.time.get_untracked().trim().to_owned();
    let (on, next_contact_on): (Option<NaiveDate>, Option<NaiveDate>) = (day(typed.on), day(typed.next));
    let choice = typed.choice.get_untracked();
    let steward = choice.parse::<StaffId>().ok();
    let (mode, level) = (TellMode::from_key(&choice), HandlingSatisfaction::from_key(&choice));
    let found = match action {
        A::Assign => missing("steward", steward.is_none()),
        A::Progress => required("text", &text),
        A::Tell => [missing("on", on.is_none()), missing("mode", mode.is_none()), required("text", &text)].concat(),
        A::Settle => required("result", &text),
        A::Appoint => [missing("on", on.is_none()), required("time", &time), required("place", &text)].concat(),
        A::Rate => missing("satisfaction", level.is_none()),
        A::Withdraw => required("reason", &text),
        A::Complete | A::PlanContact | A::EndAppointment => Vec::new(),
    };
    if !state.check(found) {
        return;
    }
    let comment = given(typed.text);
    let done = move |_| done();
    match action {
        A::Assign => {
            if let Some(steward) = steward {
                state.send(assign_talent_request::ask(AssignTalentRequestInput { id, version, steward }), done);
            }
        }
        A::Progress => {
            let input = NoteTalentProgressInput { id, version, text, next_contact_on };
            state.send(note_talent_progress::ask(input), done);
        }
        A::Tell => {
            if let (Some(on), Some(mode)) = (on, mode) {
                let input = TellTalentInput { id, version, on, mode, text, next_contact_on };
                state.send(tell_talent::ask(input), done);
            }
        }
        A::Settle => {
            state.send(settle_talent_request::ask(SettleTalentRequestInput { id, version, result: text }), done);
        }
        A::Complete => state.send(complete_talent_request::ask(SeenTalentRequestInput { id, version }), done),
        A::PlanContact => state.send(plan_talent_contact::ask(PlanTalentContactInput { id, version, on }), done),
        A::Appoint => {
            if let Some(on) = on {
                let input = MakeTalentAppointmentInput { id, version, on, time, place: text };
                state.send(make_talent_appointment::ask(input), done);
            }
        }
        A::Rate => {
            if let Some(satisfaction) = level {
                let input = RateTalentServiceInput { id, version, satisfaction, comment };
                state.send(rate_talent_service::ask(input), done);
            }
        }
        A::Withdraw => {
            state.send(withdraw_talent_request::ask(WithdrawTalentRequestInput { id, version, reason: text }), done);
        }
        // It has a form of its own.
        A::EndAppointment => {}
    }
}

/// What became of an appointment.
#[component]
pub(super) fn EndForm(request: Request, appointment: Appointment, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("talent-appointment");
    let outcome = signal(None);
    // Nobody has kept or missed what lies ahead; the server's clock decides.
    let ahead = appointment.at > time::now();
    let outcomes = Signal::derive(move || {
        let locale = i18n.get_locale();
        let open = |o: &&AppointmentStatus| match o {
            AppointmentStatus::Planned => false,
            AppointmentStatus::Cancelled => true,
            AppointmentStatus::Kept | AppointmentStatus::Missed => !ahead,
        };
        let named = |o: &AppointmentStatus| (o.key(), label(locale, "appointment_status", o.key()).to_owned());
        AppointmentStatus::ALL.iter().filter(open).map(named).collect()
    });
    let (id, version, appointment) = (request.id, request.version, appointment.id);
    let submit = move || {
        let outcome = AppointmentStatus::from_key(&outcome.get_untracked());
        if state.check(missing("outcome", outcome.is_none()))
            && let Some(outcome) = outcome
        {
            let input = EndTalentAppointmentInput { id, version, appointment, outcome };
            state.send(end_talent_appointment::ask(input), move |_| done());
        }
    };
    view! {
        <Form state on_submit=submit>
            <ChoiceField name="outcome" label=move || t_string!(i18n, talents.outcome) choices=outcomes value=outcome />
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}

/// A look at who a talent is, for a reason.
#[component]
pub(super) fn RevealForm(id: TalentRequestId) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("talent-reveal");
    let reason = signal(None);
    let shown = RwSignal::new(None);
    let submit = move || {
        let text = reason.get_untracked().trim().to_owned();
        if state.check(required("reason", &text)) {
            let input = RevealTalentInput { id, reason: text };
            state.send(reveal_talent::ask(input), move |contact| shown.set(Some(contact)));
        }
    };
    move || match shown.get() {
        Some(contact) => view! {
            <dl class="desk-facts">
                <dt>{t!(i18n, talents.name)}</dt><dd>{contact.name}</dd>
                <dt>{t!(i18n, talents.phone)}</dt><dd class="tabular-nums">{contact.phone}</dd>
            </dl>
        }
        .into_any(),
        None => view! {
            <Form state on_submit=submit>
                <Field
                    name="reason"
                    label=move || t_string!(i18n, talents.reveal_reason)
                    hint=move || t_string!(i18n, talents.reveal_hint)
                    value=reason
                    kind=FieldKind::Area(2000)
                />
                <Submit label=move || t_string!(i18n, talents.reveal) />
            </Form>
        }
        .into_any(),
    }
}
