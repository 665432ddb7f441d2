//! `/desk/referrals/:id`: one case put before the city, opened for a reason, read, and answered.

use domain::{
    ReferralId, Violation,
    center::CenterStatus,
    complaints::{form, referral::ReferralStatus},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::referrals::{StateChip, Summary};
use crate::{
    api::{
        ApiError,
        complaints::{ComplaintEvent, Person},
        referrals::{
            AnswerReferralInput, Complainant, OpenReferralInput, Opened, Referral, ReferredCase, answer, one, open,
            reveal,
        },
    },
    components::{
        AsyncView, Deadline, Dialog, Due, Icon, Mark, Notice, NoticeLine, PageHeading, StatusChip,
        form::{Field, FieldKind, Form, FormState, Submit},
    },
    i18n::{label, t, t_string, use_i18n},
    pages::complaint_handler::complaint::timeline::Timeline,
    time,
};

/// The page.
#[component]
pub fn ReferralPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")).and_then(|id| id.parse::<ReferralId>().ok()));
    move || view! { <Page id=id.get() /> }
}

#[component]
fn Page(id: Option<ReferralId>) -> impl IntoView {
    let i18n = use_i18n();
    let notice = Notice::new();
    let number = RwSignal::new(String::new());
    let found = LocalResource::new(move || async move {
        let id = id.ok_or_else(|| ApiError::of("NOT_FOUND"))?;
        let Opened { referral, referred_case } = one(id).await?;
        let referral = referral.ok_or_else(|| ApiError::of("NOT_FOUND"))?;
        let _ = number.try_set(referral.number.clone());
        Ok((referral, referred_case))
    });
    let again = Callback::new(move |()| found.refetch());
    let ready = move |(row, case): (Referral, Option<ReferredCase>)| view! { <Body row case notice again /> };
    view! {
        <p>
            <a class="link back" href="/desk/referrals">
                <Icon mark=Mark::Back />
                {t!(i18n, desk.referrals.back)}
            </a>
        </p>
        <PageHeading title=move || t_string!(i18n, complaints.case.title, number = number.get()) />
        <NoticeLine notice />
        <AsyncView resource=found ready />
    }
}

#[component]
fn Body(row: Referral, case: Option<ReferredCase>, notice: Notice, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let id = row.id;
    let head = view! {
        <section class="sheet grid gap-2" aria-labelledby="referral-head">
            <div class="person-head">
                <h2 class="sheet-title" id="referral-head">{t!(i18n, desk.referrals.put)}</h2>
                <StateChip row=row.clone() />
            </div>
            <Summary row=row.clone() />
        </section>
    };
    let works = matches!(row.center_status, CenterStatus::Active | CenterStatus::Closing);
    let rest = match (row.status, case) {
        (ReferralStatus::Answered, _) => view! { <Answered row /> }.into_any(),
        (ReferralStatus::Open, Some(case)) => view! { <Inside id case notice again /> }.into_any(),
        (ReferralStatus::Open, None) if works => view! { <Closed id notice again /> }.into_any(),
        (ReferralStatus::Open, None) => {
            view! { <p class="banner banner-still"><Icon mark=Mark::Lock />{t!(i18n, desk.referrals.stopped)}</p> }
                .into_any()
        }
    };
    view! { <div class="grid gap-4">{head} {rest}</div> }
}

#[component]
fn Answered(row: Referral) -> impl IntoView {
    let i18n = use_i18n();
    let at = row.answered_at.map(time::date_time);
    view! {
        <section class="sheet grid gap-2" aria-labelledby="referral-answer">
            <h2 class="sheet-title" id="referral-answer">{t!(i18n, desk.referrals.answer)}</h2>
            {row.answer.map(|text| view! { <p class="prose-text">{text}</p> })}
            <p class="hint">{row.answered_by} " · " {at}</p>
            <p class="hint">{t!(i18n, desk.referrals.over)}</p>
        </section>
    }
}

/// Before it is opened: a button, and what opening means.
#[component]
fn Closed(id: ReferralId, notice: Notice, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let shown = RwSignal::new(false);
    view! {
        <section class="sheet grid gap-3 justify-items-start" aria-labelledby="referral-closed">
            <h2 class="sheet-title" id="referral-closed">{t!(i18n, desk.referrals.closed)}</h2>
            <p>{t!(i18n, desk.referrals.closed_lead)}</p>
            <button type="button" class="btn btn-primary" on:click=move |_| shown.set(true)>
                <Icon mark=Mark::Eye />
                {t!(i18n, desk.referrals.open)}
            </button>
        </section>
        <Dialog id="open-referral" open=shown title=move || t_string!(i18n, desk.referrals.open)>
            <ReasonForm
                lead=move || t_string!(i18n, desk.referrals.open_lead)
                submit=move || t_string!(i18n, desk.referrals.open)
                send=move |state: FormState, reason| {
                    state.send(open::ask(OpenReferralInput { id, reason }), move |_| {
                        shown.set(false);
                        notice.show(|locale| crate::i18n::td_string!(locale, desk.referrals.opened).to_owned());
                        again.run(());
                    });
                }
            />
        </Dialog>
    }
}

/// A reason, and a button.
#[component]
fn ReasonForm(
    #[prop(into)] lead: TextProp,
    #[prop(into)] submit: TextProp,
    send: impl Fn(FormState, String) + Clone + 'static,
) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("reason-form");
    let reason = RwSignal::new(String::new());
    let on_submit = move || {
        let text = reason.get_untracked().trim().to_owned();
        if state.check(form::entry("reason", &text).err().into_iter().collect()) {
            send(state, text);
        }
    };
    view! {
        <p>{move || lead.get()}</p>
        <Form state on_submit>
            <Field
                name="reason"
                kind=FieldKind::Area(form::ENTRY_MAX)
                label=move || t_string!(i18n, complaints.reveal.reason)
                value=reason
                hint=move || t_string!(i18n, desk.referrals.reason_hint)
            />
            <Submit label=move || submit.get() />
        </Form>
    }
}

#[component]
fn Inside(id: ReferralId, case: ReferredCase, notice: Notice, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let due = Due { at: case.due_at, days_left: case.days_left, late: case.late, paused: case.paused };
    let event = |event: crate::api::referrals::ReferredEvent| ComplaintEvent {
        id: event.id,
        kind: event.kind,
        action: event.action,
        from_status: event.from_status,
        status: event.status,
        at: event.at,
        actor: event.actor.map(|display_name| Person { display_name }),
        text: event.text,
        public: event.public,
    };
    let events: Vec<_> = case.events.iter().cloned().map(event).collect();
    let status = case.status;
    view! {
        <div class="flex flex-wrap items-center gap-2">
            <StatusChip status />
            <Deadline due />
        </div>
        <div class="case-columns">
            <div class="case-main">
                <section class="sheet" aria-labelledby="case-text">
                    <h2 class="sheet-title" id="case-text">{t!(i18n, complaints.case.text)}</h2>
                    <p class="prose-text">{case.text.clone()}</p>
                </section>
                <AnswerForm id notice again />
                <Timeline events />
            </div>
            <aside class="case-side">
                <CaseFacts case=case.clone() />
                <WhoComplains id case />
            </aside>
        </div>
    }
}

#[component]
fn CaseFacts(case: ReferredCase) -> impl IntoView {
    let i18n = use_i18n();
    let (class, channel, outcome) = (case.class, case.channel, case.outcome);
    view! {
        <section class="sheet" aria-labelledby="case-properties">
            <h2 class="sheet-title" id="case-properties">{t!(i18n, complaints.case.properties)}</h2>
            <dl class="desk-facts">
                <dt>{t!(i18n, complaints.case.class)}</dt>
                <dd>{move || label(i18n.get_locale(), "complaint_class", class.key())}</dd>
                <dt>{t!(i18n, complaints.case.channel)}</dt>
                <dd>{move || label(i18n.get_locale(), "complaint_channel", channel.key())}</dd>
                {case.happened_on.map(|day| view! { <dt>{t!(i18n, complaints.case.happened_on)}</dt><dd>{day.to_string()}</dd> })}
                {case.place.map(|place| view! { <dt>{t!(i18n, complaints.case.place)}</dt><dd>{place}</dd> })}
                {case.window.map(|window| view! { <dt>{t!(i18n, complaints.case.window)}</dt><dd>{window}</dd> })}
                {case.handler.map(|name| view! { <dt>{t!(i18n, complaints.case.handler)}</dt><dd>{name}</dd> })}
                {case.assignee.map(|name| view! { <dt>{t!(i18n, complaints.case.assignee)}</dt><dd>{name}</dd> })}
                {outcome.map(|outcome| view! {
                    <dt>{t!(i18n, complaints.field.outcome)}</dt>
                    <dd>{move || label(i18n.get_locale(), "complaint_outcome", outcome.key())}</dd>
                })}
                {case.finding.map(|text| view! { <dt>{t!(i18n, complaints.field.finding)}</dt><dd>{text}</dd> })}
                {case.measures.map(|text| view! { <dt>{t!(i18n, complaints.field.measures)}</dt><dd>{text}</dd> })}
                {case.reply.map(|text| view! { <dt>{t!(i18n, complaints.field.reply)}</dt><dd>{text}</dd> })}
            </dl>
        </section>
    }
}

/// Who complains: masked, in clear for another reason.
#[component]
fn WhoComplains(id: ReferralId, case: ReferredCase) -> impl IntoView {
    let i18n = use_i18n();
    let open = RwSignal::new(false);
    let clear = RwSignal::new(None::<Complainant>);
    let masked = case.complainant;
    let nothing = masked.name.is_none() && masked.phone.is_none() && !masked.has_address;
    let lines = move || {
        let (name, phone, address) = match clear.get() {
            Some(found) => (found.name, found.phone, found.address),
            None => (masked.name.clone(), masked.phone.clone(), None),
        };
        view! {
            <dl class="desk-facts">
                {name.map(|name| view! { <dt>{t!(i18n, complaints.case.name)}</dt><dd>{name}</dd> })}
                {phone.map(|phone| view! { <dt>{t!(i18n, complaints.case.phone)}</dt><dd class="tabular-nums">{phone}</dd> })}
                {address.map(|address| view! { <dt>{t!(i18n, complaints.case.address)}</dt><dd>{address}</dd> })}
            </dl>
        }
    };
    view! {
        <section class="sheet grid gap-3 justify-items-start" aria-labelledby="case-complainant">
            <h2 class="sheet-title" id="case-complainant">{t!(i18n, complaints.timeline.complainant)}</h2>
            {nothing.then(|| view! { <p class="hint">{t!(i18n, complaints.case.no_contact)}</p> })}
            <div aria-live="polite">{lines}</div>
            <Show when=move || !nothing && clear.with(Option::is_none)>
                <button type="button" class="btn btn-outline" on:click=move |_| open.set(true)>
                    <Icon mark=Mark::Eye />
                    {t!(i18n, complaints.reveal.button)}
                </button>
            </Show>
        </section>
        <Dialog id="reveal-referred" open title=move || t_string!(i18n, complaints.reveal.title)>
            <ReasonForm
                lead=move || t_string!(i18n, desk.referrals.reveal_lead)
                submit=move || t_string!(i18n, complaints.reveal.submit)
                send=move |state: FormState, reason| {
                    state.send(reveal::ask(OpenReferralInput { id, reason }), move |found| {
                        clear.set(Some(found));
                        open.set(false);
                    });
                }
            />
        </Dialog>
    }
}

#[component]
fn AnswerForm(id: ReferralId, notice: Notice, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("answer");
    let text = RwSignal::new(String::new());
    let submit = move || {
        let words = text.get_untracked().trim().to_owned();
        let found: Vec<Violation> = form::entry("text", &words).err().into_iter().collect();
        if state.check(found) {
            state.send(answer::ask(AnswerReferralInput { id, text: words }), move |_| {
                notice.show(|locale| crate::i18n::td_string!(locale, desk.referrals.answered).to_owned());
                again.run(());
            });
        }
    };
    view! {
        <section class="sheet grid gap-2" aria-labelledby="referral-answer">
            <h2 class="sheet-title" id="referral-answer">{t!(i18n, desk.referrals.answer)}</h2>
            <p>{t!(i18n, desk.referrals.answer_lead)}</p>
            <Form state on_submit=submit>
                <Field
                    name="text"
                    kind=FieldKind::Area(form::ENTRY_MAX)
                    label=move || t_string!(i18n, desk.referrals.answer_text)
                    value=text
                />
                <Submit label=move || t_string!(i18n, desk.referrals.submit) />
            </Form>
        </section>
    }
}
