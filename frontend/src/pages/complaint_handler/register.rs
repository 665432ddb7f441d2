//! Registering a complaint for somebody who calls, comes or writes.

mod draft;
mod similar;

use chrono::NaiveDate;
use cynic::MutationBuilder;
use domain::{
    ComplaintId, Violation,
    complaints::{
        ComplaintChannel, ComplaintSubject, Draft, EscalationCause, NOTICE_VERSION, form::TEXT_MAX, validate,
    },
};
use leptos::prelude::*;

use self::{draft::Answers, similar::SimilarCases};
use crate::{
    api::{ApiError, run, schema},
    components::{
        Icon, Mark, PageHeading,
        form::{ChoiceField, Field, FieldKind, Form, FormState, SelectField, Submit},
    },
    dom::new_uuid,
    i18n::{label, t, t_string, use_i18n},
    session::use_session,
    time,
};

#[derive(cynic::InputObject, Clone)]
struct RegisterComplaintInput {
    idempotency_key: String,
    channel: ComplaintChannel,
    subject: ComplaintSubject,
    text: String,
    happened_on: Option<NaiveDate>,
    place: Option<String>,
    window: Option<String>,
    name: Option<String>,
    phone: Option<String>,
    address: Option<String>,
    notice_version: String,
    escalation_cause: Option<EscalationCause>,
}

#[derive(cynic::QueryVariables)]
struct RegisterVariables {
    input: RegisterComplaintInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "RegisterVariables")]
struct RegisterMutation {
    #[arguments(input: $input)]
    register_complaint: Registered,
}

/// The receipt.
#[derive(cynic::QueryFragment, Clone)]
#[cynic(graphql_type = "RegisteredComplaint")]
struct Registered {
    complaint: RegisteredCase,
    receipt_code: String,
}

#[derive(cynic::QueryFragment, Clone)]
#[cynic(graphql_type = "Complaint")]
struct RegisteredCase {
    id: ComplaintId,
    number: String,
}

/// The page.
#[component]
pub fn Register() -> impl IntoView {
    let receipt = RwSignal::new(None::<Registered>);
    move || match receipt.get() {
        Some(registered) => view! { <Receipt registered again=move || receipt.set(None) /> }.into_any(),
        None => view! { <RegisterForm receipt /> }.into_any(),
    }
}

/// What is sent, or everything that is wrong with the form.
fn read(answers: &Answers) -> Result<RegisterComplaintInput, Vec<Violation>> {
    let optional =
        |text: RwSignal<String>| Some(text.get_untracked().trim().to_owned()).filter(|text| !text.is_empty());
    let mut found = Vec::new();
    let channel = answers.channel.with_untracked(|key| ComplaintChannel::from_key(key));
    let subject = answers.subject.with_untracked(|key| ComplaintSubject::from_key(key));
    if channel.is_none() {
        found.push(Violation::new("channel", "form.required"));
    }
    if subject.is_none() {
        found.push(Violation::new("subject", "form.required"));
    }
    let day = optional(answers.happened_on);
    let happened_on = day.as_deref().and_then(|day| day.parse().ok());
    if day.is_some() && happened_on.is_none() {
        found.push(Violation::new("happenedOn", "form.date"));
    }
    let draft = Draft {
        text: answers.text.get_untracked().trim().to_owned(),
        happened_on,
        place: optional(answers.place),
        window: optional(answers.window),
        name: optional(answers.name),
        phone: optional(answers.phone),
        address: optional(answers.address),
        notice_version: NOTICE_VERSION.to_owned(),
    };
    found.extend(validate(&draft, time::now()));
    if !answers.told.get_untracked() {
        found.push(Violation::new("noticeVersion", "form.required"));
    }
    match (channel, subject) {
        (Some(channel), Some(subject)) if found.is_empty() => Ok(RegisterComplaintInput {
            idempotency_key: answers.key.get_untracked(),
            channel,
            subject,
            text: draft.text,
            happened_on,
            place: draft.place,
            window: draft.window,
            name: draft.name,
            phone: draft.phone,
            address: draft.address,
            notice_version: draft.notice_version,
            escalation_cause: answers.urgent.with_untracked(|key| EscalationCause::from_key(key)),
        }),
        _ => Err(found),
    }
}

#[component]
fn RegisterForm(receipt: RwSignal<Option<Registered>>) -> impl IntoView {
    let i18n = use_i18n();
    let answers = Answers::restore();
    Effect::new(move |_| answers.keep());
    let state = FormState::new("register");
    let submit = move || match read(&answers) {
        Err(found) => {
            state.check(found);
        }
        Ok(input) => {
            let work = async move {
                let answer = run(RegisterMutation::build(RegisterVariables { input })).await;
                // It was registered before, with other words: pressing again registers the present ones as another.
                if answer.as_ref().is_err_and(|error| error.is(ApiError::KEY_REUSED)) {
                    let _ = answers.key.try_set(new_uuid());
                }
                Ok(answer?.register_complaint)
            };
            state.send(work, move |registered| {
                answers.forget();
                receipt.set(Some(registered));
            });
        }
    };
    view! {
        <PageHeading title=move || t_string!(i18n, complaints.register.title) />
        <p class="desk-lead">{t!(i18n, complaints.register.lead)}</p>
        <div class="case-columns">
            <div class="case-main">
                <Form state on_submit=submit>
                    <Matter answers />
                    <WhenAndWhere answers />
                    <Contact answers />
                    <Told answers state />
                    <div class="flex flex-wrap items-center gap-4">
                        <Submit label=move || t_string!(i18n, complaints.register.submit) />
                        <p class="hint">{t!(i18n, complaints.register.draft)}</p>
                    </div>
                </Form>
            </div>
            <SimilarCases answers />
        </div>
    }
}

#[component]
fn Matter(answers: Answers) -> impl IntoView {
    let i18n = use_i18n();
    let channels = Signal::derive(move || {
        let name = |v: &ComplaintChannel| {
            (v.key().to_owned(), label(i18n.get_locale(), "complaint_channel", v.key()).to_owned())
        };
        // `web` is what the public files by itself.
        ComplaintChannel::ALL.iter().filter(|v| **v != ComplaintChannel::Web).map(name).collect::<Vec<_>>()
    });
    let subjects = Signal::derive(move || {
        let name = |v: &ComplaintSubject| {
            (v.key().to_owned(), label(i18n.get_locale(), "complaint_subject", v.key()).to_owned())
        };
        ComplaintSubject::ALL.iter().map(name).collect::<Vec<_>>()
    });
    view! {
        <section class="sheet" aria-labelledby="register-matter">
            <h2 class="sheet-title" id="register-matter">{t!(i18n, complaints.register.matter)}</h2>
            <div class="pair">
                <SelectField name="channel" label=move || t_string!(i18n, complaints.register.channel) choices=channels value=answers.channel />
                <SelectField name="subject" label=move || t_string!(i18n, complaints.register.subject) choices=subjects value=answers.subject />
            </div>
            <Field
                name="text"
                label=move || t_string!(i18n, complaints.register.text)
                value=answers.text
                kind=FieldKind::Area(TEXT_MAX)
                hint=move || t_string!(i18n, complaints.register.text_hint)
            />
            <Urgent answers />
        </section>
    }
}

/// What cannot wait for a deadline to pass.
#[component]
fn Urgent(answers: Answers) -> impl IntoView {
    let i18n = use_i18n();
    let choices = Signal::derive(move || {
        let locale = i18n.get_locale();
        let name = |v: EscalationCause| (v.key(), label(locale, "escalation_cause", v.key()).to_owned());
        vec![
            ("none", t_string!(i18n, complaints.register.urgent_none).to_owned()),
            name(EscalationCause::Media),
            name(EscalationCause::Injury),
        ]
    });
    view! {
        <ChoiceField
            name="escalationCause"
            label=move || t_string!(i18n, complaints.register.urgent)
            choices
            value=answers.urgent
            hint=move || t_string!(i18n, complaints.register.urgent_hint)
        />
    }
}

#[component]
fn WhenAndWhere(answers: Answers) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <section class="sheet" aria-labelledby="register-where">
            <h2 class="sheet-title" id="register-where">{t!(i18n, complaints.register.when_where)}</h2>
            <Field name="happenedOn" label=move || t_string!(i18n, complaints.register.happened_on) value=answers.happened_on kind=FieldKind::Date optional=true />
            <div class="pair">
                <Field
                    name="place"
                    label=move || t_string!(i18n, complaints.register.place)
                    value=answers.place
                    hint=move || t_string!(i18n, complaints.register.place_hint)
                    optional=true
                />
                <Field
                    name="window"
                    label=move || t_string!(i18n, complaints.register.window)
                    value=answers.window
                    hint=move || t_string!(i18n, complaints.register.window_hint)
                    optional=true
                />
            </div>
        </section>
    }
}

#[component]
fn Contact(answers: Answers) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <section class="sheet" aria-labelledby="register-contact">
            <h2 class="sheet-title" id="register-contact">{t!(i18n, complaints.register.contact)}</h2>
            <p class="hint">{t!(i18n, complaints.register.contact_hint)}</p>
            <div class="pair">
                <Field name="name" label=move || t_string!(i18n, complaints.register.name) value=answers.name optional=true />
                <Field name="phone" label=move || t_string!(i18n, complaints.register.phone) value=answers.phone kind=FieldKind::Tel optional=true />
            </div>
            <Field name="address" label=move || t_string!(i18n, complaints.register.address) value=answers.address optional=true />
        </section>
    }
}

/// The complainant has heard what happens with the data.
#[component]
fn Told(answers: Answers, state: FormState) -> impl IntoView {
    let i18n = use_i18n();
    let id = state.id("noticeVersion");
    state.name_field("noticeVersion", move || t_string!(i18n, complaints.register.notice));
    let wrong = move || state.message(i18n.get_locale(), "noticeVersion").is_some();
    view! {
        <section class="sheet" aria-labelledby="register-notice">
            <h2 class="sheet-title" id="register-notice">{t!(i18n, complaints.register.notice)}</h2>
            <p>{t!(i18n, complaints.register.notice_text)}</p>
            <Show when=wrong>
                <p class="field-error" id="register-told-error">
                    <Icon mark=Mark::Alert />
                    {t!(i18n, complaints.register.told_required)}
                </p>
            </Show>
            <label class="choice" for=id.clone()>
                <input
                    type="checkbox"
                    id=id.clone()
                    class="choice-dot"
                    aria-describedby="register-told-error"
                    aria-invalid=move || wrong().then_some("true")
                    prop:checked=move || answers.told.get()
                    on:change=move |event| answers.told.set(event_target_checked(&event))
                />
                <span>{t!(i18n, complaints.register.told)}</span>
            </label>
        </section>
    }
}

/// The number and the receipt code, shown once.
#[component]
fn Receipt(registered: Registered, #[prop(into)] again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let Registered { complaint: RegisteredCase { id, number }, receipt_code } = registered;
    let place = untrack(|| use_session().viewer()).and_then(|viewer| viewer.scope).map(|scope| scope.place.code);
    let track = place.map(|code| format!("{}/c/{code}/track", window().location().origin().unwrap_or_default()));
    let copied = RwSignal::new(false);
    let code = receipt_code.clone();
    let copy = move |_| {
        let _ = window().navigator().clipboard().write_text(&code);
        copied.set(true);
    };
    view! {
        <PageHeading title=move || t_string!(i18n, complaints.register.done) />
        <section class="sheet slip">
            <dl>
                <dt>{t!(i18n, complaints.register.number)}</dt>
                <dd class="slip-number">{number}</dd>
                <dt>{t!(i18n, complaints.register.receipt)}</dt>
                <dd class="slip-code">{receipt_code}</dd>
                {track.map(|track| view! { <dt>{t!(i18n, complaints.register.track)}</dt><dd>{track}</dd> })}
            </dl>
            <p>{t!(i18n, complaints.register.receipt_hint)}</p>
            <div class="no-print flex flex-wrap gap-3">
                <button type="button" class="btn btn-primary" on:click=copy>
                    <Icon mark=Mark::Copy />
                    {t!(i18n, complaints.register.copy)}
                </button>
                <button type="button" class="btn btn-outline" on:click=move |_| { let _ = window().print(); }>
                    <Icon mark=Mark::Print />
                    {t!(i18n, complaints.register.print)}
                </button>
                <a class="btn btn-outline" href=format!("/desk/complaints/{id}")>{t!(i18n, complaints.register.open_case)}</a>
                <button type="button" class="btn btn-ghost" on:click=move |_| again.run(())>
                    <Icon mark=Mark::Plus />
                    {t!(i18n, complaints.register.another)}
                </button>
            </div>
            <p role="status">{move || copied.get().then_some(t!(i18n, complaints.register.copied))}</p>
        </section>
    }
}
