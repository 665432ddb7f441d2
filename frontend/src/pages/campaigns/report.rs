//! A third party's round for its center: contract, plan, sample, and the report fact by fact, with what may be done now.

use domain::{
    Violation,
    campaigns::{
        CampaignStatus,
        third_party::{AGENCY_MAX, CONTRACT_NO_MAX, FactAnswer, FactVerdict, ReportAction, ReportStatus, WORDS_MAX},
    },
    permission::Permission,
};
use leptos::prelude::*;

use super::{
    called,
    page::{Room, Task},
};
use crate::{
    api::{
        campaigns::{Campaign, Target},
        files::AttachedFile,
        third_party::{
            CheckReportFactInput, DecideReportPlanInput, Fact, Head, Report, SignReportContractInput,
            check_report_fact, decide_report_plan, of_center, sign_report_contract,
        },
    },
    components::{
        AsyncView, Chip, FileShown, Icon, Mark, Tone, UploadField, Uploads,
        form::{ChoiceField, Field, FieldKind, Form, FormState, Submit},
    },
    i18n::{label, t, t_string, use_i18n},
    pages::{
        posts::forms::{day, given, signal},
        steps::required,
    },
    session::use_session,
};

/// The course, once there is a contract; before, the way to it.
#[component]
pub(super) fn ReportSection(row: Campaign, targets: Vec<Target>, room: Room) -> impl IntoView {
    let manages = use_session().can(Permission::CampaignManage);
    let id = row.id;
    let found = LocalResource::new(move || of_center(id));
    let kept = StoredValue::new((row, targets));
    let ready = move |report: Option<Report>| {
        let (row, targets) = kept.get_value();
        view! { <Course row report targets manages room /> }
    };
    view! { <AsyncView resource=found ready /> }
}

#[component]
fn Course(row: Campaign, report: Option<Report>, targets: Vec<Target>, manages: bool, room: Room) -> impl IntoView {
    let i18n = use_i18n();
    let status = report.as_ref().map(|report| report.head.status);
    let signs =
        manages && status.map_or(row.status == CampaignStatus::Planned, |status| status == ReportStatus::Contract);
    let head = report.as_ref().map(|report| report.head.clone());
    let sign = signs.then(|| {
        let task = Task::Sign(row, head);
        view! {
            <button type="button" class="btn btn-outline btn-small" data-report="sign" on:click=move |_| room.office.begin(task.clone())>
                {t!(i18n, campaigns.report.sign)}
            </button>
        }
    });
    let body = match report {
        None => view! { <p class="hint">{t!(i18n, campaigns.report.none)}</p> }.into_any(),
        Some(report) => view! { <Body report targets room /> }.into_any(),
    };
    view! {
        <section class="sheet" aria-labelledby="round-report" data-report-status=status.map_or("none", ReportStatus::key)>
            <h2 class="sheet-title" id="round-report">{t!(i18n, campaigns.report.title)}</h2>
            {body}
            <div class="person-acts">{sign}</div>
        </section>
    }
}

#[component]
fn Body(report: Report, targets: Vec<Target>, room: Room) -> impl IntoView {
    let i18n = use_i18n();
    let Report { head, plan_files, report_files, facts, actions } = report;
    let decide = |action: ReportAction, approve: bool| {
        actions.contains(&action).then(|| {
            let task = Task::Decide(head.clone(), approve);
            let class = if approve { "btn btn-primary btn-small" } else { "btn btn-outline btn-small" };
            view! {
                <button type="button" class=class data-report=action.key() on:click=move |_| room.office.begin(task.clone())>
                    {move || label(i18n.get_locale(), "report_action", action.key())}
                </button>
            }
        })
    };
    let buttons = [decide(ReportAction::ApprovePlan, true), decide(ReportAction::ReturnPlan, false)];
    let checks = actions.contains(&ReportAction::CheckFact);
    let lines = facts.into_iter().map(|fact| {
        let target = targets.iter().find(|target| target.id == fact.target).cloned();
        view! { <Line fact target checks room /> }
    });
    let lines = lines.collect_view();
    let due = head.due_on.filter(|_| head.status == ReportStatus::FactCheck).map(|due| due.to_string());
    view! {
        <Track status=head.status />
        {due.map(|due| view! {
            <p class="panel panel-info">{move || t_string!(i18n, campaigns.report.due, day = due.as_str())}</p>
        })}
        <Words head plan=plan_files report=report_files />
        <div class="person-acts">{buttons.into_iter().collect_view()}</div>
        <ul class="looks">{lines}</ul>
    }
}

/// How far it has come.
#[component]
fn Track(status: ReportStatus) -> impl IntoView {
    let i18n = use_i18n();
    let steps = ReportStatus::ALL.iter().map(|one| {
        let (class, done) = match one.cmp(&status) {
            std::cmp::Ordering::Less => ("track-step track-done", true),
            std::cmp::Ordering::Equal => ("track-step track-here", false),
            std::cmp::Ordering::Greater => ("track-step", false),
        };
        let current = (*one == status).then_some("step");
        view! {
            <li class=class aria-current=current>
                <span class="track-dot" aria-hidden="true">{done.then(|| view! { <Icon mark=Mark::Check /> })}</span>
                <span>{move || label(i18n.get_locale(), "report_status", one.key())}</span>
            </li>
        }
    });
    view! { <ol class="track" aria-label=move || t_string!(i18n, campaigns.report.steps)>{steps.collect_view()}</ol> }
}

/// Contract, statement, plan and sample, and what was handed in.
#[component]
fn Words(head: Head, plan: Vec<AttachedFile>, report: Vec<AttachedFile>) -> impl IntoView {
    let i18n = use_i18n();
    let Head { agency, contract_no, signed_on, statement, plan: words, plan_note, sample, .. } = head;
    let contract = format!("{contract_no} · {signed_on}");
    let handed_in = !report.is_empty();
    view! {
        <dl class="desk-facts">
            <dt>{t!(i18n, campaigns.report.agency)}</dt>
            <dd class="font-semibold">{agency}</dd>
            <dt>{t!(i18n, campaigns.report.contract)}</dt>
            <dd class="tabular-nums">{contract}</dd>
            {statement.map(|text| view! { <dt>{t!(i18n, campaigns.report.statement)}</dt><dd class="prose-text">{text}</dd> })}
            {words.map(|text| view! {
                <dt>{t!(i18n, campaigns.report.plan)}</dt>
                <dd><p class="prose-text">{text}</p><Files files=plan /></dd>
            })}
            {plan_note.map(|text| view! { <dt>{t!(i18n, campaigns.report.plan_note)}</dt><dd class="prose-text">{text}</dd> })}
            {sample.map(|text| view! { <dt>{t!(i18n, campaigns.report.sample)}</dt><dd class="prose-text">{text}</dd> })}
            {handed_in.then(|| view! { <dt>{t!(i18n, campaigns.report.files)}</dt><dd><Files files=report /></dd> })}
        </dl>
    }
}

#[component]
fn Files(files: Vec<AttachedFile>) -> impl IntoView {
    let rows = files.into_iter().map(|file| view! { <li><FileShown file /></li> }).collect_view();
    view! { <ul class="uploads">{rows}</ul> }
}

/// A fact, what the center says of it, and what the agency answers.
#[component]
fn Line(fact: Fact, target: Option<Target>, checks: bool, room: Room) -> impl IntoView {
    let i18n = use_i18n();
    let task = Task::Check(fact.clone());
    let asked = checks && fact.verdict.is_none();
    let Fact { text, advice, verdict, verdict_note, answer, answer_note, corrected, proof, .. } = fact;
    let (tone, mark) = match (verdict, answer) {
        (None, _) => (Tone::Plain, Mark::Clock),
        (Some(FactVerdict::Agrees), _) => (Tone::Good, Mark::Check),
        (Some(FactVerdict::Disagrees), None) => (Tone::Warn, Mark::Chat),
        (Some(FactVerdict::Disagrees), Some(FactAnswer::Kept)) => (Tone::Warn, Mark::Note),
        (Some(FactVerdict::Disagrees), Some(_)) => (Tone::Good, Mark::Note),
    };
    let state = move || {
        let locale = i18n.get_locale();
        match (verdict, answer) {
            (_, Some(answer)) => label(locale, "fact_answer", answer.key()),
            (Some(verdict), None) => label(locale, "fact_verdict", verdict.key()),
            (None, None) => t_string!(i18n, campaigns.report.unchecked),
        }
    };
    view! {
        <li data-fact=verdict.map_or("none", FactVerdict::key)>
            <p class="person-facts">
                <strong>{move || target.as_ref().map(|target| called(target, i18n.get_locale()))}</strong>
                <Chip tone mark text=state />
            </p>
            <p class="prose-text">{text}</p>
            {advice.map(|text| view! { <p class="hint">{t!(i18n, campaigns.report.advice)} " " {text}</p> })}
            {verdict_note.map(|text| view! {
                <div class="quote">
                    <p class="quote-title">{t!(i18n, campaigns.report.center_says)}</p>
                    <p class="prose-text">{text}</p>
                    <Files files=proof />
                </div>
            })}
            {answer_note.map(|text| view! {
                <div class="quote">
                    <p class="quote-title">{t!(i18n, campaigns.report.agency_says)}</p>
                    <p class="prose-text">{text}</p>
                    {corrected.map(|text| view! { <p class="prose-text">{t!(i18n, campaigns.report.corrected)} " " {text}</p> })}
                </div>
            })}
            {asked.then(|| view! {
                <button type="button" class="btn btn-outline btn-small" on:click=move |_| room.office.begin(task.clone())>
                    {move || label(i18n.get_locale(), "report_action", ReportAction::CheckFact.key())}
                </button>
            })}
        </li>
    }
}

/// With whom there is a contract.
#[component]
pub(super) fn SignForm(row: Campaign, was: Option<Head>, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("sign");
    let agency = signal(was.as_ref().map(|head| head.agency.as_str()));
    let number = signal(was.as_ref().map(|head| head.contract_no.as_str()));
    let signed = RwSignal::new(was.as_ref().map(|head| head.signed_on.to_string()).unwrap_or_default());
    let (campaign, version) = (row.id, was.map_or(0, |head| head.version));
    let submit = move || {
        let mut found = required("agency", &agency.get_untracked());
        found.extend(required("number", &number.get_untracked()));
        let on = day(signed);
        found.extend(on.is_none().then(|| Violation::new("signedOn", "form.required")));
        if state.check(found)
            && let Some(signed_on) = on
        {
            let (agency, number) = (agency.get_untracked().trim().to_owned(), number.get_untracked().trim().to_owned());
            let input = SignReportContractInput { campaign, version, agency, number, signed_on };
            state.send(sign_report_contract::ask(input), move |_| done());
        }
    };
    view! {
        <p>{t!(i18n, campaigns.report.sign_lead)}</p>
        <Form state on_submit=submit>
            <Field
                name="agency"
                label=move || t_string!(i18n, campaigns.report.agency)
                hint=move || t_string!(i18n, campaigns.report.most, most = AGENCY_MAX)
                value=agency
            />
            <Field
                name="number"
                label=move || t_string!(i18n, campaigns.report.number)
                hint=move || t_string!(i18n, campaigns.report.most, most = CONTRACT_NO_MAX)
                value=number
            />
            <Field name="signedOn" label=move || t_string!(i18n, campaigns.report.signed_on) value=signed kind=FieldKind::Date />
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}

/// The center's word about a plan.
#[component]
pub(super) fn DecideForm(head: Head, approve: bool, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("decide");
    let note = signal(None);
    let (id, version) = (head.id, head.version);
    let submit = move || {
        let found = if approve { Vec::new() } else { required("note", &note.get_untracked()) };
        if state.check(found) {
            let input = DecideReportPlanInput { id, version, approve, note: given(note) };
            state.send(decide_report_plan::ask(input), move |_| done());
        }
    };
    let action = if approve { ReportAction::ApprovePlan } else { ReportAction::ReturnPlan };
    view! {
        <p class="prose-text">{head.plan}</p>
        <Form state on_submit=submit>
            <Field
                name="note"
                label=move || t_string!(i18n, campaigns.report.plan_note)
                value=note
                kind=FieldKind::Area(WORDS_MAX)
                optional=approve
            />
            <Submit label=move || label(i18n.get_locale(), "report_action", action.key()) />
        </Form>
    }
}

/// What the center says of a fact: not agreeing takes words and proof.
#[component]
pub(super) fn CheckForm(fact: Fact, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("check");
    let (verdict, note, files) = (signal(None), signal(None), Uploads::new(Vec::new()));
    let choices = Signal::derive(move || {
        let locale = i18n.get_locale();
        let all = FactVerdict::ALL.iter();
        all.map(|one| (one.key(), label(locale, "fact_verdict", one.key()).to_owned())).collect::<Vec<_>>()
    });
    let disagrees = Memo::new(move |_| verdict.with(|key| *key == FactVerdict::Disagrees.key()));
    let (id, version) = (fact.id, fact.version);
    let submit = move || {
        let chosen = verdict.with_untracked(|key| FactVerdict::from_key(key));
        let mut found: Vec<_> =
            chosen.is_none().then(|| Violation::new("verdict", "form.required")).into_iter().collect();
        found.extend(files.under_way().then(|| Violation::new("files", "files.under_way")));
        if state.check(found)
            && let Some(verdict) = chosen
        {
            let files = if verdict == FactVerdict::Disagrees { files.ids() } else { Vec::new() };
            let input = CheckReportFactInput { id, version, verdict, note: given(note), files };
            state.send(check_report_fact::ask(input), move |_| done());
        }
    };
    view! {
        <p class="prose-text">{fact.text}</p>
        <Form state on_submit=submit>
            <ChoiceField name="verdict" label=move || t_string!(i18n, campaigns.report.verdict) choices value=verdict />
            <Field
                name="note"
                label=move || t_string!(i18n, campaigns.report.why)
                hint=move || t_string!(i18n, campaigns.report.why_hint)
                value=note
                kind=FieldKind::Area(WORDS_MAX)
                optional=true
            />
            <Show when=move || disagrees.get()>
                <UploadField name="files" label=move || t_string!(i18n, campaigns.rate.proof) uploads=files />
            </Show>
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}
