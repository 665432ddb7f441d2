//! Writing an entry: a note for colleagues or a message to the complainant, never to be mistaken for each other.

use domain::complaints::{Action, form::ENTRY_MAX};
use leptos::prelude::*;

use crate::{
    api::{ApiError, complaints::actions::CaseInput},
    components::{
        Icon, Mark,
        form::{Field as TextField, FieldKind, Form, FormState, Submit},
    },
    i18n::{t, t_string, use_i18n},
    pages::complaint_handler::actions::{Draft, Field, Typed, check, perform},
};

/// The panel; absent where neither is allowed.
#[component]
pub fn Compose(key: CaseInput, actions: Vec<Action>, changed: Callback<Option<Action>>) -> impl IntoView {
    let i18n = use_i18n();
    let (notes, replies) = (actions.contains(&Action::Note), actions.contains(&Action::Reply));
    if !notes && !replies {
        return ().into_any();
    }
    let kind = RwSignal::new(if notes { Action::Note } else { Action::Reply });
    let tab = move |action: Action, mark: Mark, text: AnyView| {
        view! {
            <button
                type="button"
                class="compose-tab"
                aria-pressed=move || (kind.get() == action).to_string()
                on:click=move |_| kind.set(action)
            >
                <Icon mark />
                {text}
            </button>
        }
    };
    let tabs = (notes && replies).then(|| {
        view! {
            <div class="compose-tabs" role="group" aria-label=move || t_string!(i18n, complaints.compose.kind)>
                {tab(Action::Note, Mark::Lock, t!(i18n, complaints.compose.note).into_any())}
                {tab(Action::Reply, Mark::Send, t!(i18n, complaints.compose.reply).into_any())}
            </div>
        }
    });
    let class = move || match kind.get() {
        Action::Reply => "sheet compose compose-reply",
        _ => "sheet compose compose-note",
    };
    view! {
        <section class=class aria-labelledby="compose-title">
            <h2 class="sheet-title" id="compose-title">{t!(i18n, complaints.compose.title)}</h2>
            {tabs}
            {move || view! { <Entry key=key.clone() action=kind.get() changed /> }}
        </section>
    }
    .into_any()
}

#[component]
fn Entry(key: CaseInput, action: Action, changed: Callback<Option<Action>>) -> impl IntoView {
    let i18n = use_i18n();
    let field = if action == Action::Reply { Field::ReplyText } else { Field::NoteText };
    let id = key.id;
    let state = FormState::new("entry");
    let text = RwSignal::new(Draft::of(id, action).load().get(field).to_owned());
    let typed = move || {
        let mut typed = Typed::default();
        typed.set(field, text.get());
        typed
    };
    Effect::new(move |_| Draft::of(id, action).save(&typed()));
    let submit = move || {
        let typed = untrack(typed);
        if !state.check(check(action, &typed)) {
            return;
        }
        let key = key.clone();
        let work = async move {
            let answer = perform(action, key, &typed).await;
            if answer.as_ref().is_err_and(|error| error.is(ApiError::STALE)) {
                // The page is built anew, with the draft in it.
                changed.run(None);
            }
            answer
        };
        state.send(work, move |()| {
            text.set(String::new());
            Draft::of(id, action).forget();
            changed.run(Some(action));
        });
    };
    let hint = move || match action {
        Action::Reply => t_string!(i18n, complaints.compose.reply_hint),
        _ => t_string!(i18n, complaints.compose.note_hint),
    };
    let send = move || match action {
        Action::Reply => t_string!(i18n, complaints.compose.send_reply),
        _ => t_string!(i18n, complaints.compose.send_note),
    };
    view! {
        <Form state on_submit=submit>
            <TextField
                name="text"
                label=move || t_string!(i18n, complaints.compose.text)
                value=text
                kind=FieldKind::Area(ENTRY_MAX)
                hint
            />
            <Submit label=send />
        </Form>
    }
}
