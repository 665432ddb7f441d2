//! `/desk/ledgers/:post/entries/:id`: one entry, and what can be done with it.

use domain::{
    LedgerEntryId,
    model_posts::ledger::{EntryAction, EntryStatus},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{EntryChip, account, ledger::Returned, list_names, names};
use crate::{
    api::{
        ApiError,
        model_posts::{
            EntryWithStaff, LedgerEntry, ReturnLedgerEntryInput, SeenLedgerEntryInput, approve_ledger_entry,
            discard_ledger_entry, entry, return_ledger_entry, submit_ledger_entry,
        },
    },
    components::{
        AsyncView, Dialog, FileShown, Icon, Mark, Notice, NoticeLine, PageHeading,
        form::{ErrorSummaryOf, Field, FieldKind, Form, FormState, Submit},
    },
    i18n::{label, t, t_string, use_i18n},
    pages::steps::required,
    time,
};

/// The entry of the address.
pub(super) fn entry_of_address() -> Memo<Option<LedgerEntryId>> {
    let params = use_params_map();
    Memo::new(move |_| params.with(|params| params.get("id")).and_then(|id| id.parse().ok()))
}

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Desk {
    acting: FormState,
    /// The dialog in which an entry is sent back or given up.
    task: RwSignal<Option<(EntryAction, LedgerEntryId, i32)>>,
    open: RwSignal<bool>,
    notice: Notice,
    again: Callback<()>,
}

impl Desk {
    fn done(self, verb: EntryAction) {
        self.open.set(false);
        self.notice.show(move |locale| label(locale, "ledger_entry_action_done", verb.key()).to_owned());
        self.again.run(());
    }
}

/// The page.
#[component]
pub fn EntryPage() -> impl IntoView {
    let i18n = use_i18n();
    let id = entry_of_address();
    let title = RwSignal::new(String::new());
    let found = LocalResource::new(move || async move {
        let data = entry(id.get().ok_or_else(|| ApiError::of("NOT_FOUND"))?).await?;
        let _ = title.try_set(data.ledger_entry.title.clone());
        Ok(data)
    });
    let desk = Desk {
        acting: FormState::new("entry"),
        task: RwSignal::new(None),
        open: RwSignal::new(false),
        notice: Notice::new(),
        again: Callback::new(move |()| found.refetch()),
    };
    let heading = move || {
        let verb = desk.task.get().map(|(verb, ..)| verb.key());
        verb.map(|verb| label(i18n.get_locale(), "ledger_entry_action", verb)).unwrap_or_default()
    };
    let form = move || {
        desk.task.get().map(|(verb, id, version)| match verb {
            EntryAction::Return => {
                view! { <ReturnForm id version done=move || desk.done(EntryAction::Return) /> }.into_any()
            }
            _ => view! { <DiscardForm id version done=move || desk.done(EntryAction::Discard) /> }.into_any(),
        })
    };
    view! {
        {move || found.get().and_then(Result::ok).map(|data| view! { <Back data /> })}
        <PageHeading title=move || title.get() />
        <NoticeLine notice=desk.notice />
        <ErrorSummaryOf state=desk.acting />
        <AsyncView resource=found ready=move |data| view! { <Body data desk /> } />
        <Dialog id="entry-task" open=desk.open title=heading>{form}</Dialog>
    }
}

#[component]
fn Back(data: EntryWithStaff) -> impl IntoView {
    let i18n = use_i18n();
    let post = data.ledger_entry.post_id;
    let name = data.posts.into_iter().find(|row| row.id == post).map(|row| row.name).unwrap_or_default();
    view! {
        <p>
            <a class="link back" href=format!("/desk/ledgers/{post}")>
                <Icon mark=Mark::Back />
                {move || t_string!(i18n, models.ledger.title, name = name.as_str())}
            </a>
        </p>
    }
}

#[component]
fn Body(data: EntryWithStaff, desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let EntryWithStaff { ledger_entry, staff_members, .. } = data;
    let names = names(&staff_members);
    let entry = ledger_entry.clone();
    let LedgerEntry { status, activity, evidence, participants, files, people, .. } = ledger_entry;
    let (author, decider) = (entry.author, entry.decider);
    let (known, decided) = (people.clone(), people);
    let returned = (status == EntryStatus::Returned).then(|| entry.return_reason.clone()).flatten();
    let nobody = participants.is_empty();
    let no_files = files.is_empty();
    let files = files.into_iter().map(|file| view! { <li><FileShown file /></li> }).collect_view();
    view! {
        {returned.map(|reason| view! { <Returned reason /> })}
        <section class="sheet" aria-label=move || t_string!(i18n, models.entry.facts)>
            <p><EntryChip status /></p>
            <dl class="desk-facts">
                <dt>{t!(i18n, models.entry.happened_on)}</dt>
                <dd class="tabular-nums">{entry.happened_on.to_string()}</dd>
                <dt>{t!(i18n, models.entry.activity)}</dt>
                <dd>{move || label(i18n.get_locale(), "ledger_activity", activity.key())}</dd>
                <dt>{t!(i18n, models.entry.evidence)}</dt>
                <dd>{move || label(i18n.get_locale(), "evidence_kind", evidence.key())}</dd>
                {entry.hours.map(|hours| view! { <dt>{t!(i18n, models.entry.hours)}</dt><dd>{hours}</dd> })}
                {entry.kept_at.clone().map(|place| view! { <dt>{t!(i18n, models.entry.kept_at)}</dt><dd>{place}</dd> })}
                {(!nobody).then(|| view! {
                    <dt>{t!(i18n, models.entry.participants)}</dt>
                    <dd>{move || list_names(i18n, &names, &participants)}</dd>
                })}
                <dt>{t!(i18n, models.entry.author)}</dt>
                <dd>{move || account(i18n, &known, author)}</dd>
                {entry.submitted_at.map(|at| view! { <dt>{t!(i18n, models.entry.submitted)}</dt><dd class="tabular-nums">{time::date_time(at)}</dd> })}
                {decider.map(|decider| view! {
                    <dt>{t!(i18n, models.entry.decider)}</dt>
                    <dd>{move || account(i18n, &decided, decider)} " " {entry.decided_at.map(time::date_time)}</dd>
                })}
            </dl>
            {entry.detail.clone().map(|text| view! { <p class="prose-text">{text}</p> })}
            {(!no_files).then(|| view! {
                <h2 class="sheet-part">{t!(i18n, models.entry.files)}</h2>
                <ul class="pictures pictures-large">{files}</ul>
            })}
            <Buttons entry desk />
        </section>
    }
}

#[component]
fn Buttons(entry: LedgerEntry, desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let (id, version, post) = (entry.id, entry.version, entry.post_id);
    let seen = move || SeenLedgerEntryInput { id, version };
    let buttons = entry.actions.into_iter().map(move |action| {
        let text = move || label(i18n.get_locale(), "ledger_entry_action", action.key());
        let ask = move |_| {
            desk.task.set(Some((action, id, version)));
            desk.open.set(true);
        };
        match action {
            EntryAction::Edit => {
                view! { <a class="btn btn-outline" href=format!("/desk/ledgers/{post}/entries/{id}/edit")>{text}</a> }.into_any()
            }
            EntryAction::Submit => {
                let send = move |_| desk.acting.send(submit_ledger_entry::ask(seen()), move |_| desk.done(action));
                view! { <button type="button" class="btn btn-primary" data-action=action.key() on:click=send><Icon mark=Mark::Send />{text}</button> }.into_any()
            }
            EntryAction::Approve => {
                let send = move |_| desk.acting.send(approve_ledger_entry::ask(seen()), move |_| desk.done(action));
                view! { <button type="button" class="btn btn-primary" data-action=action.key() on:click=send><Icon mark=Mark::Check />{text}</button> }.into_any()
            }
            EntryAction::Return | EntryAction::Discard => {
                view! { <button type="button" class="btn btn-outline" data-action=action.key() on:click=ask>{text}</button> }.into_any()
            }
        }
    });
    view! { <div class="person-acts">{buttons.collect_view()}</div> }
}

/// Sends an entry back with a reason.
#[component]
pub(super) fn ReturnForm(id: LedgerEntryId, version: i32, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("return");
    let reason = RwSignal::new(String::new());
    let submit = move || {
        let reason = reason.get_untracked().trim().to_owned();
        if state.check(required("reason", &reason)) {
            state.send(return_ledger_entry::ask(ReturnLedgerEntryInput { id, version, reason }), move |_| done());
        }
    };
    view! {
        <p class="hint">{t!(i18n, models.entry.return_lead)}</p>
        <Form state on_submit=submit>
            <Field name="reason" kind=FieldKind::Area(500) label=move || t_string!(i18n, models.reason) value=reason />
            <Submit label=move || label(i18n.get_locale(), "ledger_entry_action", "return") />
        </Form>
    }
}

#[component]
fn DiscardForm(id: LedgerEntryId, version: i32, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("discard");
    let submit = move || state.send(discard_ledger_entry::ask(SeenLedgerEntryInput { id, version }), move |_| done());
    view! {
        <p>{t!(i18n, models.entry.discard_lead)}</p>
        <Form state on_submit=submit>
            <Submit label=move || label(i18n.get_locale(), "ledger_entry_action", "discard") />
        </Form>
    }
}
