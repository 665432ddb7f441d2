//! A third party's course on the agency's side: how far it is, and what its lead does next.

use domain::{
    CampaignTargetId, Violation,
    campaigns::third_party::{FACT_MAX, FactAnswer, FactVerdict, PLAN_MAX, ReportAction, ReportStatus, WORDS_MAX},
};
use leptos::prelude::*;

use super::round::{Desk, called};
use crate::{
    api::{
        files::AttachedFile,
        rating::{Round, Task},
        third_party::{
            AddReportFactInput, AnswerReportFactInput, DrawReportSampleInput, DropReportFactInput, Fact,
            HandInReportInput, Head, MoveReportInput, Report, SubmitReportPlanInput, add_report_fact,
            answer_report_fact, draw_report_sample, drop_report_fact, hand_in_report, move_report, of_agency,
            submit_report_plan,
        },
    },
    components::{
        AsyncView, Chip, Dialog, FileShown, Mark, Tone, UploadField, Uploads,
        form::{ChoiceField, ErrorSummaryOf, Field, FieldKind, Form, FormState, SelectField, Submit},
    },
    i18n::{label, t, t_string, td_string, use_i18n},
    pages::{posts::forms::given, steps::required},
};

/// What is rated, by name.
type Targets = Vec<(CampaignTargetId, Option<String>)>;

/// The course of a round; nothing before there is a contract.
#[component]
pub(super) fn Course(round: Round, tasks: Vec<Task>, desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let id = round.id;
    let found = LocalResource::new(move || of_agency(id));
    let targets: Targets = tasks.into_iter().map(|task| (task.id, task.name)).collect();
    let targets = StoredValue::new(targets);
    let ready = move |report: Option<Report>| match report {
        Some(report) => view! { <Steps report targets=targets.get_value() desk /> }.into_any(),
        None => view! { <p class="panel panel-info">{t!(i18n, campaigns.report.no_contract)}</p> }.into_any(),
    };
    view! { <AsyncView resource=found ready /> }
}

/// Which fact is being answered.
#[derive(Clone, Copy)]
struct Answering {
    fact: RwSignal<Option<Fact>>,
    open: RwSignal<bool>,
}

/// Says that it was done, and asks again.
fn done(desk: Desk) {
    desk.notice.show(|locale| td_string!(locale, campaigns.report.done).to_owned());
    desk.again.run(());
}

#[component]
fn Steps(report: Report, targets: Targets, desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let Report { head, plan_files, report_files, facts, actions } = report;
    let may = |action: ReportAction| actions.contains(&action);
    let (status, agency, contract) = (head.status, head.agency.clone(), head.contract_no.clone());
    let note = head.plan_note.clone();
    let due = head.due_on.filter(|_| status == ReportStatus::FactCheck).map(|due| due.to_string());
    let (answers, writes) = (may(ReportAction::AnswerFact), may(ReportAction::WriteFact));
    let answering = Answering { fact: RwSignal::new(None), open: RwSignal::new(false) };
    let form = move || answering.fact.get().map(|fact| view! { <AnswerForm fact answering desk /> });
    let named = targets.clone();
    let lines = facts.into_iter().map(|fact| {
        let name = named.iter().find(|(id, _)| *id == fact.target).and_then(|(_, name)| name.clone());
        view! { <Line fact name answers writes answering desk /> }
    });
    let lines = lines.collect_view();
    let plan = may(ReportAction::SubmitPlan).then(|| view! { <PlanForm head=head.clone() files=plan_files desk /> });
    let sample = may(ReportAction::DrawSample).then(|| view! { <SampleForm head=head.clone() desk /> });
    let moves = [ReportAction::BeginFieldWork, ReportAction::EndFieldWork].into_iter().filter(|action| may(*action));
    let moves = moves.map(|action| view! { <Move head=head.clone() action desk /> }).collect_view();
    let fact = writes.then(|| view! { <FactForm head=head.clone() targets desk /> });
    let last = [ReportAction::SubmitDraft, ReportAction::Finish].into_iter().find(|action| may(*action));
    let hand_in = last.map(|action| view! { <HandIn head=head.clone() action files=report_files desk /> });
    view! {
        <section class="sheet" aria-labelledby="round-report" data-report-status=status.key()>
            <h2 class="sheet-title" id="round-report">{t!(i18n, campaigns.report.title)}</h2>
            <p class="person-facts">
                <strong>{agency}</strong>
                <span>{contract}</span>
                <Chip tone=Tone::Active mark=Mark::Clock text=move || label(i18n.get_locale(), "report_status", status.key()) />
            </p>
            <p class="hint">{t!(i18n, campaigns.report.no_scores)}</p>
            {note.map(|text| view! {
                <div class="quote">
                    <p class="quote-title">{t!(i18n, campaigns.report.plan_note)}</p>
                    <p class="prose-text">{text}</p>
                </div>
            })}
            {due.map(|due| view! { <p class="hint">{move || t_string!(i18n, campaigns.report.due, day = due.as_str())}</p> })}
            <ul class="looks">{lines}</ul>
            {plan}
            {sample}
            {moves}
            {fact}
            {hand_in}
        </section>
        <Dialog
            id="answer-fact"
            open=answering.open
            title=move || label(i18n.get_locale(), "report_action", ReportAction::AnswerFact.key())
        >
            {form}
        </Dialog>
    }
}

/// A fact with what the center says of it; where it does not agree, the answer.
#[component]
fn Line(
    fact: Fact,
    name: Option<String>,
    answers: bool,
    writes: bool,
    answering: Answering,
    desk: Desk,
) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("drop");
    let (id, kept) = (fact.id, fact.clone());
    let Fact { text, advice, verdict, verdict_note, answer, answer_note, corrected, proof, .. } = fact;
    let asked = answers && verdict == Some(FactVerdict::Disagrees) && answer.is_none();
    let said = move || {
        let locale = i18n.get_locale();
        let verdict = verdict.map(|verdict| label(locale, "fact_verdict", verdict.key()));
        answer.map(|answer| label(locale, "fact_answer", answer.key())).or(verdict)
    };
    let proof = proof.into_iter().map(|file| view! { <li><FileShown file /></li> }).collect_view();
    let remove = move |_| state.send(drop_report_fact::ask(DropReportFactInput { id }), move |_| done(desk));
    let begin = move |_| {
        answering.fact.set(Some(kept.clone()));
        answering.open.set(true);
    };
    view! {
        <li data-fact=verdict.map_or("none", FactVerdict::key)>
            <p class="person-facts"><strong>{move || called(name.as_ref(), i18n.get_locale())}</strong><span>{said}</span></p>
            <p class="prose-text">{text}</p>
            {advice.map(|text| view! { <p class="hint">{t!(i18n, campaigns.report.advice)} " " {text}</p> })}
            {verdict_note.map(|text| view! {
                <div class="quote">
                    <p class="quote-title">{t!(i18n, campaigns.report.center_says)}</p>
                    <p class="prose-text">{text}</p>
                    <ul class="uploads">{proof}</ul>
                </div>
            })}
            {answer_note.map(|text| view! { <p class="prose-text">{text}</p> })}
            {corrected.map(|text| view! { <p class="prose-text">{t!(i18n, campaigns.report.corrected)} " " {text}</p> })}
            {writes.then(|| view! {
                <ErrorSummaryOf state />
                <button type="button" class="link" on:click=remove>{t!(i18n, campaigns.report.drop)}</button>
            })}
            {asked.then(|| view! {
                <button type="button" class="btn btn-outline" on:click=begin>
                    {move || label(i18n.get_locale(), "report_action", ReportAction::AnswerFact.key())}
                </button>
            })}
        </li>
    }
}

#[component]
fn AnswerForm(fact: Fact, answering: Answering, desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("answer");
    let (id, version) = (fact.id, fact.version);
    let typed = || RwSignal::new(String::new());
    let (answer, note, corrected) = (typed(), typed(), typed());
    let choices = Signal::derive(move || {
        let locale = i18n.get_locale();
        let all = FactAnswer::ALL.iter();
        all.map(|one| (one.key(), label(locale, "fact_answer", one.key()).to_owned())).collect::<Vec<_>>()
    });
    let submit = move || {
        let chosen = answer.with_untracked(|key| FactAnswer::from_key(key));
        let mut found = required("note", &note.get_untracked());
        found.extend(chosen.is_none().then(|| Violation::new("answer", "form.required")));
        if state.check(found)
            && let Some(answer) = chosen
        {
            let note = note.get_untracked().trim().to_owned();
            let input = AnswerReportFactInput { id, version, answer, note, corrected: given(corrected) };
            state.send(answer_report_fact::ask(input), move |_| {
                answering.open.set(false);
                done(desk);
            });
        }
    };
    view! {
        <p class="prose-text">{fact.text}</p>
        <Form state on_submit=submit>
            <ChoiceField name="answer" label=move || t_string!(i18n, campaigns.report.answer) choices value=answer />
            <Field name="note" label=move || t_string!(i18n, campaigns.report.why) value=note kind=FieldKind::Area(WORDS_MAX) />
            <Field
                name="corrected"
                label=move || t_string!(i18n, campaigns.report.corrected)
                value=corrected
                kind=FieldKind::Area(FACT_MAX)
                optional=true
            />
            <Submit label=move || label(i18n.get_locale(), "report_action", ReportAction::AnswerFact.key()) />
        </Form>
    }
}

#[component]
fn PlanForm(head: Head, files: Vec<AttachedFile>, desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("plan");
    let statement = RwSignal::new(head.statement.unwrap_or_default());
    let plan = RwSignal::new(head.plan.unwrap_or_default());
    let uploads = Uploads::new(files);
    let (id, version) = (head.id, head.version);
    let submit = move || {
        let mut found = required("statement", &statement.get_untracked());
        found.extend(required("plan", &plan.get_untracked()));
        found.extend(uploads.under_way().then(|| Violation::new("files", "files.under_way")));
        if state.check(found) {
            let (statement, plan) = (statement.get_untracked(), plan.get_untracked());
            let input = SubmitReportPlanInput { id, version, statement, plan, files: uploads.ids() };
            state.send(submit_report_plan::ask(input), move |_| done(desk));
        }
    };
    view! {
        <Form state on_submit=submit>
            <Field
                name="statement"
                label=move || t_string!(i18n, campaigns.report.statement)
                hint=move || t_string!(i18n, campaigns.report.statement_hint)
                value=statement
                kind=FieldKind::Area(PLAN_MAX)
            />
            <Field
                name="plan"
                label=move || t_string!(i18n, campaigns.report.plan)
                hint=move || t_string!(i18n, campaigns.report.plan_hint)
                value=plan
                kind=FieldKind::Area(PLAN_MAX)
            />
            <UploadField name="files" label=move || t_string!(i18n, campaigns.report.plan_files) uploads />
            <Submit label=move || label(i18n.get_locale(), "report_action", ReportAction::SubmitPlan.key()) />
        </Form>
    }
}

#[component]
fn SampleForm(head: Head, desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("sample");
    let sample = RwSignal::new(head.sample.unwrap_or_default());
    let (id, version) = (head.id, head.version);
    let submit = move || {
        let sample = sample.get_untracked();
        if state.check(required("sample", &sample)) {
            let input = DrawReportSampleInput { id, version, sample };
            state.send(draw_report_sample::ask(input), move |_| done(desk));
        }
    };
    view! {
        <Form state on_submit=submit>
            <Field
                name="sample"
                label=move || t_string!(i18n, campaigns.report.sample)
                hint=move || t_string!(i18n, campaigns.report.sample_hint)
                value=sample
                kind=FieldKind::Area(PLAN_MAX)
            />
            <Submit label=move || label(i18n.get_locale(), "report_action", ReportAction::DrawSample.key()) />
        </Form>
    }
}

/// The field work begins, or ends.
#[component]
fn Move(head: Head, action: ReportAction, desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("move");
    let (id, version) = (head.id, head.version);
    let go = move |_| state.send(move_report::ask(MoveReportInput { id, version, action }), move |_| done(desk));
    view! {
        <ErrorSummaryOf state />
        <button type="button" class="btn btn-primary" data-report=action.key() on:click=go>
            {move || label(i18n.get_locale(), "report_action", action.key())}
        </button>
    }
}

#[component]
fn FactForm(head: Head, targets: Targets, desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("fact");
    let typed = || RwSignal::new(String::new());
    let (target, text, advice) = (typed(), typed(), typed());
    let choices = Signal::derive(move || {
        let locale = i18n.get_locale();
        targets.iter().map(|(id, name)| (id.to_string(), called(name.as_ref(), locale))).collect::<Vec<_>>()
    });
    let report = head.id;
    let submit = move || {
        let about = target.with_untracked(|id| id.parse().ok());
        let mut found = required("text", &text.get_untracked());
        found.extend(about.is_none().then(|| Violation::new("target", "form.required")));
        if state.check(found)
            && let Some(target) = about
        {
            let text = text.get_untracked().trim().to_owned();
            let input = AddReportFactInput { report, target, text, advice: given(advice) };
            state.send(add_report_fact::ask(input), move |_| done(desk));
        }
    };
    view! {
        <Form state on_submit=submit>
            <SelectField name="target" label=move || t_string!(i18n, campaigns.targets.title) choices value=target />
            <Field
                name="text"
                label=move || t_string!(i18n, campaigns.report.fact)
                value=text
                kind=FieldKind::Area(FACT_MAX)
            />
            <Field
                name="advice"
                label=move || t_string!(i18n, campaigns.report.advice)
                hint=move || t_string!(i18n, campaigns.report.advice_hint)
                value=advice
                kind=FieldKind::Area(FACT_MAX)
                optional=true
            />
            <Submit label=move || label(i18n.get_locale(), "report_action", ReportAction::WriteFact.key()) />
        </Form>
    }
}

/// The report as a draft, or as it stays.
#[component]
fn HandIn(head: Head, action: ReportAction, files: Vec<AttachedFile>, desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("report");
    let uploads = Uploads::new(files);
    let (id, version) = (head.id, head.version);
    let submit = move || {
        let found = uploads.under_way().then(|| Violation::new("files", "files.under_way"));
        if state.check(found.into_iter().collect()) {
            let input = HandInReportInput { id, version, files: uploads.ids() };
            state.send(hand_in_report::ask(input), move |_| done(desk));
        }
    };
    view! {
        <Form state on_submit=submit>
            <UploadField name="files" label=move || t_string!(i18n, campaigns.report.files) uploads />
            <Submit label=move || label(i18n.get_locale(), "report_action", action.key()) />
        </Form>
    }
}
