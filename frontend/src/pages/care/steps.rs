//! One form for each step of a service: what it asks for, and what it sends.

use domain::{Violation, care::CareAction, complaints::HandlingSatisfaction};
use leptos::prelude::*;

use crate::{
    api::{
        care::{
            AddCareNoteInput, AssignHomeVisitInput, CancelCareInput, FinishCareInput, HandCareOverInput, RateCareInput,
            Record, RecordCareNeedInput, RecordHomeVisitInput, RescheduleHomeVisitInput, RevealCareContactInput,
            SeenCareInput, add_care_note, assign_home_visit, cancel_care, finish_care, hand_care_over,
            handle_care_here, rate_care, record_care_need, record_home_visit, reschedule_home_visit,
            reveal_care_contact,
        },
        posts::choices,
    },
    components::{
        AsyncView,
        form::{ChoiceField, Field, FieldKind, Form, FormState, Submit},
    },
    i18n::{label, t_string, use_i18n},
    pages::{
        posts::forms::{PersonField, day, given, people, signal},
        steps::required,
    },
};

/// What is typed in a step.
#[derive(Clone, Copy)]
struct Typed {
    text: RwSignal<String>,
    on: RwSignal<String>,
    person: RwSignal<String>,
    other: RwSignal<String>,
}

/// The form of a step.
#[component]
pub(super) fn StepForm(
    record: Record,
    action: CareAction,
    done: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let record = StoredValue::new(record);
    if matches!(action, CareAction::Assign | CareAction::HandOver) {
        let found = LocalResource::new(choices);
        return view! {
            <AsyncView
                resource=found
                ready=move |choices| {
                    view! { <Fields record=record.get_value() action people=people(&choices) done /> }
                }
            />
        }
        .into_any();
    }
    view! { <Fields record=record.get_value() action people=Vec::new() done /> }.into_any()
}

#[component]
fn Fields(
    record: Record,
    action: CareAction,
    people: Vec<(domain::StaffId, String)>,
    done: impl Fn() + Copy + 'static,
) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("care-step");
    let on = signal(record.booked_for.map(|day| day.to_string()).as_deref());
    let typed = Typed { text: signal(None), on, person: signal(None), other: signal(None) };
    let (id, version) = (record.id, record.version);
    let submit = move || send(state, action, SeenCareInput { id, version }, typed, done);
    let levels = Signal::derive(move || {
        let locale = i18n.get_locale();
        let named = |l: &HandlingSatisfaction| (l.key(), label(locale, "handling_satisfaction", l.key()).to_owned());
        HandlingSatisfaction::ALL.iter().map(named).collect()
    });
    let area = move |name: &'static str, label: TextProp, max: usize, optional: bool| {
        view! { <Field name label value=typed.text kind=FieldKind::Area(max) optional /> }.into_any()
    };
    let others = people.clone();
    // Made inside of the form, which they look for.
    let fields = move || {
        match action {
        CareAction::RecordNeed => area("need", TextProp::from(move || t_string!(i18n, care.need)), 500, false),
        CareAction::HandleHere => ().into_any(),
        CareAction::HandOver => view! {
            <PersonField name="receiver" label=move || t_string!(i18n, care.receiver) value=typed.person people />
            {area("note", TextProp::from(move || t_string!(i18n, care.note)), 2000, true)}
        }
        .into_any(),
        CareAction::Assign => view! {
            <PersonField name="visitor" label=move || t_string!(i18n, care.visitor) value=typed.person people />
            <PersonField name="companion" label=move || t_string!(i18n, care.companion) value=typed.other people=others optional=true />
        }
        .into_any(),
        CareAction::Reschedule => view! {
            <Field name="on" label=move || t_string!(i18n, care.on) value=typed.on kind=FieldKind::Date />
            {area("reason", TextProp::from(move || t_string!(i18n, care.reason)), 2000, false)}
        }
        .into_any(),
        CareAction::Visit => area("note", TextProp::from(move || t_string!(i18n, care.note)), 2000, true),
        CareAction::Finish => area("outcome", TextProp::from(move || t_string!(i18n, care.outcome)), 2000, false),
        CareAction::Cancel => area("reason", TextProp::from(move || t_string!(i18n, care.reason)), 2000, false),
        CareAction::Note => area("text", TextProp::from(move || t_string!(i18n, care.text)), 2000, false),
        CareAction::Rate => view! {
            <ChoiceField name="satisfaction" label=move || t_string!(i18n, care.satisfaction) choices=levels value=typed.other />
            {area("comment", TextProp::from(move || t_string!(i18n, care.comment)), 2000, true)}
        }
        .into_any(),
    }
    };
    view! {
        <Form state on_submit=submit>
            {fields()}
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}

fn send(state: FormState, action: CareAction, seen: SeenCareInput, typed: Typed, done: impl Fn() + 'static) {
    let SeenCareInput { id, version } = seen;
    let text = typed.text.get_untracked().trim().to_owned();
    let missing = |field, is: bool| is.then(|| Violation::new(field, "form.required")).into_iter().collect::<Vec<_>>();
    let (person, on) = (typed.person.get_untracked().parse().ok(), day(typed.on));
    let level = HandlingSatisfaction::from_key(&typed.other.get_untracked());
    let found = match action {
        CareAction::RecordNeed => required("need", &text),
        CareAction::HandOver => missing("receiver", person.is_none()),
        CareAction::Assign => missing("visitor", person.is_none()),
        CareAction::Reschedule => [missing("on", on.is_none()), required("reason", &text)].concat(),
        CareAction::Finish => required("outcome", &text),
        CareAction::Cancel => required("reason", &text),
        CareAction::Note => required("text", &text),
        CareAction::Rate => missing("satisfaction", level.is_none()),
        CareAction::HandleHere | CareAction::Visit => Vec::new(),
    };
    if !state.check(found) {
        return;
    }
    let note = given(typed.text);
    let done = move |_| done();
    match (action, person, on, level) {
        (CareAction::RecordNeed, ..) => {
            state.send(record_care_need::ask(RecordCareNeedInput { id, version, need: text }), done);
        }
        (CareAction::HandleHere, ..) => state.send(handle_care_here::ask(SeenCareInput { id, version }), done),
        (CareAction::HandOver, Some(receiver), ..) => {
            state.send(hand_care_over::ask(HandCareOverInput { id, version, receiver, note }), done);
        }
        (CareAction::Assign, Some(visitor), ..) => {
            let companion = typed.other.get_untracked().parse().ok();
            state.send(assign_home_visit::ask(AssignHomeVisitInput { id, version, visitor, companion }), done);
        }
        (CareAction::Reschedule, _, Some(on), _) => {
            state.send(reschedule_home_visit::ask(RescheduleHomeVisitInput { id, version, on, reason: text }), done);
        }
        (CareAction::Visit, ..) => state.send(record_home_visit::ask(RecordHomeVisitInput { id, version, note }), done),
        (CareAction::Finish, ..) => state.send(finish_care::ask(FinishCareInput { id, version, outcome: text }), done),
        (CareAction::Cancel, ..) => state.send(cancel_care::ask(CancelCareInput { id, version, reason: text }), done),
        (CareAction::Note, ..) => state.send(add_care_note::ask(AddCareNoteInput { id, version, text }), done),
        (CareAction::Rate, _, _, Some(satisfaction)) => {
            state.send(rate_care::ask(RateCareInput { id, version, satisfaction, comment: note }), done);
        }
        // What is missing was told above.
        (CareAction::HandOver | CareAction::Assign | CareAction::Reschedule | CareAction::Rate, ..) => {}
    }
}

/// A look at how to reach somebody, for a reason.
#[component]
pub(super) fn RevealForm(id: domain::CareRecordId) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("care-reveal");
    let reason = signal(None);
    let shown = RwSignal::new(None);
    let submit = move || {
        let text = reason.get_untracked().trim().to_owned();
        if state.check(required("reason", &text)) {
            let input = RevealCareContactInput { id, reason: text };
            state.send(reveal_care_contact::ask(input), move |contact| shown.set(Some(contact)));
        }
    };
    move || match shown.get() {
        Some(contact) => view! {
            <dl class="desk-facts">
                <dt>{crate::i18n::t!(i18n, care.name)}</dt><dd>{contact.name}</dd>
                <dt>{crate::i18n::t!(i18n, care.phone)}</dt><dd class="tabular-nums">{contact.phone}</dd>
                <dt>{crate::i18n::t!(i18n, care.address)}</dt><dd>{contact.address}</dd>
            </dl>
        }
        .into_any(),
        None => view! {
            <Form state on_submit=submit>
                <Field
                    name="reason"
                    label=move || t_string!(i18n, care.reveal_reason)
                    hint=move || t_string!(i18n, care.reveal_hint)
                    value=reason
                    kind=FieldKind::Area(2000)
                />
                <Submit label=move || t_string!(i18n, care.reveal) />
            </Form>
        }
        .into_any(),
    }
}
