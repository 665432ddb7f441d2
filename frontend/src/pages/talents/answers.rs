//! Answers to questions of policy: looked for by words, kept by those at the post.

use domain::{Violation, talents::answers::AnswerForm as Typed};
use leptos::prelude::*;

use crate::{
    api::talents::{
        Answer, AnswerList, AnswerRow, EditPolicyAnswerInput, PolicyAnswerInput, SeenPolicyAnswerInput,
        add_policy_answer, answers, edit_policy_answer, review_policy_answer, withdraw_policy_answer,
    },
    components::{
        AsyncView, Chip, Dialog, ExportButton, Icon, Mark, NoticeLine, Tone,
        form::{ErrorSummaryOf, Field, FieldKind, Form, FormState, Submit},
    },
    dom,
    i18n::{t, t_string, td_string, use_i18n},
    pages::posts::{
        Office,
        forms::{day, signal},
    },
    time,
};

/// What the dialog is open for.
#[derive(Clone)]
enum Task {
    Write(Option<Answer>),
    Withdraw(Answer),
}

/// The part of the page that holds them.
#[component]
pub(super) fn Answers() -> impl IntoView {
    let i18n = use_i18n();
    let (words, asked) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let found = LocalResource::new(move || answers(asked.get()));
    let office = Office::<Task>::new(move || found.refetch());
    let acting = FormState::new("policy-act");
    let heading = move || {
        let locale = i18n.get_locale();
        office.task.with(|task| match task {
            Some(Task::Write(None)) => td_string!(locale, talents.answers.add),
            Some(Task::Write(Some(_))) => td_string!(locale, talents.answers.edit),
            Some(Task::Withdraw(_)) => td_string!(locale, talents.answers.withdraw),
            None => "",
        })
    };
    let form = move || {
        let done = move || office.done();
        office.task.get().map(|task| match task {
            Task::Write(answer) => view! { <AnswerForm answer done /> }.into_any(),
            Task::Withdraw(answer) => view! { <WithdrawForm answer done /> }.into_any(),
        })
    };
    let search = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        asked.set(words.get_untracked().trim().to_owned());
    };
    let as_shown = move || format!("q={}", asked.with(|words| dom::encoded(words)));
    view! {
        <section class="sheet" aria-labelledby="policy-answers">
            <div class="title-line">
                <h2 class="sheet-title" id="policy-answers">{t!(i18n, talents.answers.title)}</h2>
                <ExportButton list="answers" of="policy-answers" query=as_shown />
            </div>
            <NoticeLine notice=office.notice />
            <ErrorSummaryOf state=acting />
            <form class="board-tools" role="search" on:submit=search>
                <label class="field">
                    <span class="field-label">{t!(i18n, talents.answers.words)}</span>
                    <input
                        type="search"
                        class="input-line"
                        name="words"
                        autocomplete="off"
                        prop:value=move || words.get()
                        on:input=move |event| words.set(event_target_value(&event))
                    />
                </label>
                <button type="submit" class="btn btn-outline">
                    <Icon mark=Mark::Search />
                    {t!(i18n, talents.answers.search)}
                </button>
            </form>
            <AsyncView resource=found ready=move |data| view! { <Cards data office acting /> } />
        </section>
        <Dialog id="policy-task" open=office.open title=heading>{form}</Dialog>
    }
}

#[component]
fn Cards(data: AnswerList, office: Office<Task>, acting: FormState) -> impl IntoView {
    let i18n = use_i18n();
    let AnswerList { answers, may_keep } = data;
    let none = answers.is_empty();
    let rows = answers.into_iter().map(|row| view! { <Card row may_keep office acting /> }).collect_view();
    view! {
        {may_keep.then(|| view! {
            <div class="person-acts">
                <button type="button" class="btn btn-outline" on:click=move |_| office.begin(Task::Write(None))>
                    <Icon mark=Mark::Plus />
                    {t!(i18n, talents.answers.add)}
                </button>
            </div>
        })}
        {none.then(|| view! { <p class="hint" role="status">{t!(i18n, talents.answers.none)}</p> })}
        <ul class="grid gap-3">{rows}</ul>
    }
}

#[component]
fn Card(row: AnswerRow, may_keep: bool, office: Office<Task>, acting: FormState) -> impl IntoView {
    let i18n = use_i18n();
    let AnswerRow { answer, review_due_on, overdue } = row;
    let (edited, gone) = (answer.clone(), answer.clone());
    let Answer { id, version, question, answer, source, source_on, reviewed_on } = answer;
    let (source_on, reviewed_on) = (source_on.to_string(), reviewed_on.to_string());
    let due = review_due_on.map(|day| day.to_string()).unwrap_or_default();
    let review = move |_| {
        acting.send(review_policy_answer::ask(SeenPolicyAnswerInput { id, version }), move |_| office.done());
    };
    let from = move || t_string!(i18n, talents.answers.from, source = source.as_str(), day = source_on.as_str());
    let looked = move || t_string!(i18n, talents.answers.reviewed, day = reviewed_on.as_str());
    let key = question.clone();
    view! {
        <li class="card-case board-card" data-answer=key>
            <h3 class="card-title">{question}</h3>
            <p class="prose-text">{answer}</p>
            <p class="hint">{from}</p>
            <p class="person-facts">
                <span>{looked}</span>
                {overdue.then(|| view! {
                    <Chip tone=Tone::Bad mark=Mark::Alert text=move || t_string!(i18n, talents.answers.overdue, day = due.as_str()) />
                })}
            </p>
            {may_keep.then(|| view! {
                <div class="person-acts">
                    <button type="button" class="btn btn-outline btn-small" data-answer-action="review" on:click=review>
                        {t!(i18n, talents.answers.review)}
                    </button>
                    <button
                        type="button"
                        class="btn btn-outline btn-small"
                        data-answer-action="edit"
                        on:click=move |_| office.begin(Task::Write(Some(edited.clone())))
                    >
                        {t!(i18n, talents.answers.edit)}
                    </button>
                    <button
                        type="button"
                        class="btn btn-ghost btn-small"
                        data-answer-action="withdraw"
                        on:click=move |_| office.begin(Task::Withdraw(gone.clone()))
                    >
                        {t!(i18n, talents.answers.withdraw)}
                    </button>
                </div>
            })}
        </li>
    }
}

/// An answer, new or changed.
#[component]
fn AnswerForm(answer: Option<Answer>, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("policy-answer");
    let was = answer.as_ref();
    let question = signal(was.map(|row| row.question.as_str()));
    let text = signal(was.map(|row| row.answer.as_str()));
    let source = signal(was.map(|row| row.source.as_str()));
    let source_on = signal(was.map(|row| row.source_on.to_string()).as_deref());
    let seen = was.map(|row| (row.id, row.version));
    let submit = move || {
        let trimmed = |text: RwSignal<String>| text.get_untracked().trim().to_owned();
        let on = day(source_on);
        let typed = Typed {
            question: trimmed(question),
            answer: trimmed(text),
            source: trimmed(source),
            source_on: on.unwrap_or_default(),
        };
        let mut found = typed.check(time::today());
        found.extend(on.is_none().then(|| Violation::new("sourceOn", "form.required")));
        if !state.check(found) {
            return;
        }
        let Typed { question, answer, source, source_on } = typed;
        if let Some((id, version)) = seen {
            let input = EditPolicyAnswerInput { id, version, question, answer, source, source_on };
            state.send(edit_policy_answer::ask(input), move |_| done());
        } else {
            let input = PolicyAnswerInput { question, answer, source, source_on };
            state.send(add_policy_answer::ask(input), move |_| done());
        }
    };
    view! {
        <Form state on_submit=submit>
            <Field name="question" label=move || t_string!(i18n, talents.answers.question) value=question />
            <Field name="answer" label=move || t_string!(i18n, talents.answers.answer) value=text kind=FieldKind::Area(1000) />
            <Field name="source" label=move || t_string!(i18n, talents.answers.source) value=source />
            <Field name="sourceOn" label=move || t_string!(i18n, talents.answers.source_on) value=source_on kind=FieldKind::Date />
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}

/// Takes an answer out of use, once it was said again.
#[component]
fn WithdrawForm(answer: Answer, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("policy-withdraw");
    let Answer { id, version, question, .. } = answer;
    let submit = move || {
        state.send(withdraw_policy_answer::ask(SeenPolicyAnswerInput { id, version }), move |_| done());
    };
    view! {
        <Form state on_submit=submit>
            <p>{question}</p>
            <p class="hint">{t!(i18n, talents.answers.withdraw_hint)}</p>
            <Submit label=move || t_string!(i18n, talents.answers.withdraw) />
        </Form>
    }
}
