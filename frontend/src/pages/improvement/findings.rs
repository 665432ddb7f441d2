//! `/desk/rectification/findings`: what supervision found is written down, and decided: a task follows, or with a reason none.

use domain::{
    Violation,
    improvement::{FindingArea, FindingForm, FindingStatus, RectificationCause, SupervisionKind},
    permission::Permission,
};
use leptos::prelude::*;
use leptos_router::{hooks::use_query_map, params::ParamsMap};

use super::{CauseField, FINDINGS, HOME, PostField, Rooms, listed, missing, post_of, steps::days};
use crate::{
    api::{
        improvement::{
            DismissFindingInput, Finding, FindingRow, RecordFindingInput, RectifyFindingInput, departments,
            dismiss_finding, findings, record_finding, rectify_finding,
        },
        posts::{Choices, Department, choices},
    },
    components::{
        AsyncView, Chip, Dialog, Empty, FileShown, Icon, Mark, NoticeLine, PageHeading, Tone, UploadField, Uploads,
        form::{Field, FieldKind, Form, FormState, SelectField, Submit},
    },
    i18n::{label, pick, t, t_string, td_string, use_i18n},
    pages::{
        posts::{
            Office,
            forms::{PersonField, day, people, signal},
        },
        steps::required,
    },
    session::use_session,
    time,
};

/// What a finding begins with, where another page leads here with it (`?text=…&area=…&on=…`).
#[derive(Clone, Default)]
struct Begun {
    on: Option<String>,
    area: Option<String>,
    text: Option<String>,
}

impl Begun {
    fn read(query: &ParamsMap) -> Self {
        Self { on: query.get("on"), area: query.get("area"), text: query.get("text") }
    }
}

/// What the dialog is open for.
#[derive(Clone)]
enum Task {
    Record(Begun),
    Rectify(Finding),
    Dismiss(Finding),
}

/// The page.
#[component]
pub fn FindingsPage() -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let found = LocalResource::new(findings);
    let office = Office::<Task>::new(move || found.refetch());
    let begun = use_query_map().with_untracked(Begun::read);
    if begun.text.is_some() && session.can(Permission::FindingRecord) {
        office.begin(Task::Record(begun));
    }
    let heading = move || {
        let locale = i18n.get_locale();
        office.task.with(|task| match task {
            Some(Task::Record(_)) => td_string!(locale, improvement.findings.record),
            Some(Task::Rectify(_)) => td_string!(locale, improvement.findings.rectify),
            Some(Task::Dismiss(_)) => td_string!(locale, improvement.findings.dismiss),
            None => "",
        })
    };
    let form = move || {
        let done = move || office.done();
        office.task.get().map(|task| match task {
            Task::Record(begun) => view! { <RecordForm begun done /> }.into_any(),
            Task::Rectify(finding) => view! { <RectifyForm finding done /> }.into_any(),
            Task::Dismiss(finding) => view! { <DismissForm finding done /> }.into_any(),
        })
    };
    view! {
        <PageHeading title=move || t_string!(i18n, improvement.findings.title) />
        <p class="desk-lead">{t!(i18n, improvement.findings.lead)}</p>
        <Rooms here=FINDINGS />
        <NoticeLine notice=office.notice />
        <Show when=move || session.can(Permission::FindingRecord)>
            <div class="person-acts">
                <button type="button" class="btn btn-primary" on:click=move |_| office.begin(Task::Record(Begun::default()))>
                    <Icon mark=Mark::Plus />
                    {t!(i18n, improvement.findings.record)}
                </button>
            </div>
        </Show>
        <AsyncView resource=found ready=move |rows| view! { <Rows rows office /> } />
        <Dialog id="finding-task" open=office.open title=heading>{form}</Dialog>
    }
}

#[component]
fn Rows(rows: Vec<FindingRow>, office: Office<Task>) -> impl IntoView {
    let i18n = use_i18n();
    let none = rows.is_empty();
    let rows = rows.into_iter().map(|row| view! { <Line row office /> }).collect_view();
    view! {
        <section class="sheet" aria-labelledby="findings">
            <h2 class="sheet-title" id="findings">{t!(i18n, improvement.findings.list)}</h2>
            {none.then(|| view! { <Empty text=move || t_string!(i18n, improvement.findings.none) /> })}
            <ul class="settings-list">{rows}</ul>
        </section>
    }
}

#[component]
fn Line(row: FindingRow, office: Office<Task>) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let FindingRow { finding, post, department, recorder, task, files } = row;
    let (status, area, supervision) = (finding.status, finding.area.key(), finding.supervision.key());
    let (tone, mark) = match status {
        FindingStatus::Open => (Tone::Warn, Mark::Clock),
        FindingStatus::Tasked => (Tone::Active, Mark::Check),
        FindingStatus::Dismissed => (Tone::Still, Mark::Close),
    };
    let decides = status == FindingStatus::Open && session.can(Permission::ImprovementDirect);
    let (rectify, dismiss) = (finding.clone(), finding.clone());
    let files = files.into_iter().map(|file| view! { <li><FileShown file /></li> }).collect_view();
    view! {
        <li class="person-role" data-finding=status.key()>
            <span class="grid gap-1">
                <span class="prose-text">{finding.description.clone()}</span>
                {finding.reason.clone().map(|reason| view! { <span class="quote">{reason}</span> })}
                <span class="person-facts">
                    <Chip tone mark text=move || label(i18n.get_locale(), "finding_status", status.key()) />
                    <span>{move || label(i18n.get_locale(), "finding_area", area)}</span>
                    <span>{move || label(i18n.get_locale(), "supervision_kind", supervision)}</span>
                    {department.map(|of| view! {
                        <span>{move || pick(i18n.get_locale(), &of.name_zh, &of.name_en)}</span>
                    })}
                    <span>{post}</span>
                    <span>{recorder}</span>
                    <span class="tabular-nums">{finding.on.to_string()}</span>
                </span>
                <ul class="uploads">{files}</ul>
            </span>
            <span class="person-acts">
                {task.map(|id| view! { <a class="link" href=format!("{HOME}/{id}")>{t!(i18n, improvement.findings.task)}</a> })}
                {decides.then(|| view! {
                    <button type="button" class="btn btn-primary btn-small" on:click=move |_| office.begin(Task::Rectify(rectify.clone()))>
                        {t!(i18n, improvement.findings.rectify)}
                    </button>
                    <button type="button" class="btn btn-outline btn-small" on:click=move |_| office.begin(Task::Dismiss(dismiss.clone()))>
                        {t!(i18n, improvement.findings.dismiss)}
                    </button>
                })}
            </span>
        </li>
    }
}

/// A department of the center, or none: it is told.
#[component]
fn DepartmentField(value: RwSignal<String>) -> impl IntoView {
    let i18n = use_i18n();
    let found = LocalResource::new(departments);
    let choices = Signal::derive(move || {
        let locale = i18n.get_locale();
        let rows = found.get().and_then(Result::ok).unwrap_or_default();
        let named = |row: Department| (row.id.to_string(), pick(locale, &row.name_zh, &row.name_en));
        rows.into_iter().map(named).collect()
    });
    view! {
        <SelectField
            name="department"
            label=move || t_string!(i18n, improvement.department)
            hint=move || t_string!(i18n, improvement.findings.department_hint)
            choices
            value
            optional=true
        />
    }
}

/// Something was found.
#[component]
fn RecordForm(begun: Begun, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let state = FormState::new("finding");
    let on = signal(Some(&begun.on.unwrap_or_else(|| time::today().to_string())));
    // What another page leads here with is what the public says.
    let social = begun.text.is_some().then(|| SupervisionKind::Social.key());
    let (supervision, area) = (signal(social), signal(begun.area.as_deref()));
    let (post, department, description) = (signal(None), signal(None), signal(begun.text.as_deref()));
    let uploads = Uploads::new(Vec::new());
    let supervisions = listed("supervision_kind", SupervisionKind::ALL.iter().map(|v| v.key()).collect());
    let areas = listed("finding_area", FindingArea::ALL.iter().map(|v| v.key()).collect());
    let submit = move || {
        let (when, by) = (day(on), SupervisionKind::from_key(&supervision.get_untracked()));
        let about = FindingArea::from_key(&area.get_untracked());
        let form = FindingForm {
            on: when.unwrap_or_else(time::today),
            supervision: by.unwrap_or(SupervisionKind::Internal),
            area: about.unwrap_or(FindingArea::Other),
            description: description.get_untracked().trim().to_owned(),
        };
        let found = [
            missing("on", when.is_none()),
            missing("supervision", by.is_none()),
            missing("area", about.is_none()),
            // The last day is the server's to judge.
            form.check(form.on),
        ];
        if uploads.under_way() {
            state.check(vec![Violation::new("files", "files.under_way")]);
        } else if state.check(found.concat()) {
            let FindingForm { on, supervision, area, description } = form;
            let files = Some(uploads.ids()).filter(|ids| !ids.is_empty());
            let department = department.get_untracked().parse().ok();
            let input =
                RecordFindingInput { on, supervision, area, post: post_of(post), department, description, files };
            state.send(record_finding::ask(input), move |_| done());
        }
    };
    view! {
        <Form state on_submit=submit>
            <Field name="on" kind=FieldKind::Date label=move || t_string!(i18n, improvement.findings.on) value=on />
            <SelectField
                name="supervision"
                label=move || t_string!(i18n, improvement.findings.supervision)
                choices=supervisions
                value=supervision
            />
            <SelectField name="area" label=move || t_string!(i18n, improvement.findings.area) choices=areas value=area />
            <PostField value=post />
            <DepartmentField value=department />
            <Field
                name="description"
                kind=FieldKind::Area(500)
                label=move || t_string!(i18n, improvement.findings.description)
                value=description
            />
            {session.can(Permission::FileUpload).then(|| view! {
                <UploadField name="files" label=move || t_string!(i18n, improvement.photos) uploads />
            })}
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}

/// A task follows from it.
#[component]
fn RectifyForm(finding: Finding, done: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let found = LocalResource::new(choices);
    let finding = StoredValue::new(finding);
    view! {
        <AsyncView
            resource=found
            ready=move |choices: Choices| view! { <RectifyFields finding=finding.get_value() choices done /> }
        />
    }
}

#[component]
fn RectifyFields(finding: Finding, choices: Choices, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("rectify");
    let (problem, cause) = (signal(None), signal(None));
    let (owner, number) = (signal(None), signal(None));
    let (id, version) = (finding.id, finding.version);
    let submit = move || {
        let problem = problem.get_untracked().trim().to_owned();
        let chosen = RectificationCause::from_key(&cause.get_untracked());
        let (days, wrong) = days(number);
        let found = [required("problem", &problem), missing("cause", chosen.is_none()), wrong];
        if state.check(found.concat())
            && let Some(cause) = chosen
        {
            let owner = owner.get_untracked().parse().ok();
            let input = RectifyFindingInput { id, version, problem, cause, owner, days };
            state.send(rectify_finding::ask(input), move |_| done());
        }
    };
    view! {
        <p class="quote">{finding.description}</p>
        <Form state on_submit=submit>
            <Field name="problem" kind=FieldKind::Area(500) label=move || t_string!(i18n, improvement.problem) value=problem />
            <CauseField value=cause />
            <PersonField name="owner" label=move || t_string!(i18n, improvement.owner) value=owner people=people(&choices) optional=true />
            <Field
                name="days"
                kind=FieldKind::Number
                label=move || t_string!(i18n, improvement.days)
                hint=move || t_string!(i18n, improvement.days_hint)
                value=number
                optional=true
            />
            <Submit label=move || t_string!(i18n, improvement.findings.rectify) />
        </Form>
    }
}

/// Nothing follows from it.
#[component]
fn DismissForm(finding: Finding, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("dismiss");
    let reason = signal(None);
    let (id, version) = (finding.id, finding.version);
    let submit = move || {
        let reason = reason.get_untracked().trim().to_owned();
        if state.check(required("reason", &reason)) {
            state.send(dismiss_finding::ask(DismissFindingInput { id, version, reason }), move |_| done());
        }
    };
    view! {
        <p class="quote">{finding.description}</p>
        <Form state on_submit=submit>
            <Field
                name="reason"
                kind=FieldKind::Area(2000)
                label=move || t_string!(i18n, improvement.findings.reason)
                value=reason
            />
            <Submit label=move || t_string!(i18n, improvement.findings.dismiss) />
        </Form>
    }
}
