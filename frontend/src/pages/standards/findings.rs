//! Forms about a self-audit and what it found.

use chrono::NaiveDate;
use domain::{ManagedStandardId, SelfAuditId, StaffId, standardisation::FindingResult};
use leptos::prelude::*;

use super::forms::missing;
use crate::{
    api::{
        posts::{Choices, choices},
        standards::{
            AddAuditFindingInput, CloseAuditFindingInput, Finding, RecordSelfAuditInput, add_audit_finding,
            close_audit_finding, record_self_audit,
        },
    },
    components::{
        AsyncView,
        form::{ChoiceField, Field, FieldKind, Form, FormState, SelectField, Submit},
    },
    i18n::{label, t_string, use_i18n},
    pages::{
        posts::forms::{PersonField, day, given, people, signal},
        steps::required,
    },
};

/// The center looked at itself.
#[component]
pub(super) fn AuditForm(today: NaiveDate, done: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("audit");
    let (scope, auditor) = (signal(None), signal(None));
    let on = signal(Some(&today.to_string()));
    let submit = move || {
        let scope = scope.get_untracked().trim().to_owned();
        let who = auditor.get_untracked().parse().ok();
        let found = [missing("on", day(on).is_none()), required("scope", &scope), missing("auditor", who.is_none())];
        if state.check(found.concat())
            && let (Some(on), Some(auditor)) = (day(on), who)
        {
            state.send(record_self_audit::ask(RecordSelfAuditInput { on, scope, auditor }), move |_| done());
        }
    };
    let found = LocalResource::new(choices);
    let ready = move |choices: Choices| {
        view! { <PersonField name="auditor" label=move || t_string!(i18n, standards.audits.auditor) value=auditor people=people(&choices) /> }
    };
    view! {
        <Form state on_submit=submit>
            <Field name="on" kind=FieldKind::Date label=move || t_string!(i18n, standards.audits.on) value=on />
            <Field name="scope" kind=FieldKind::Area(500) label=move || t_string!(i18n, standards.audits.scope) value=scope />
            <p class="hint">{move || t_string!(i18n, standards.audits.auditor_hint)}</p>
            <AsyncView resource=found ready />
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}

/// What was found in one place.
#[component]
pub(super) fn FindingForm(
    audit: SelfAuditId,
    standards: Vec<(ManagedStandardId, String)>,
    done: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let found = LocalResource::new(choices);
    let standards = StoredValue::new(standards);
    view! {
        <AsyncView
            resource=found
            ready=move |choices| {
                view! { <FindingFields audit standards=standards.get_value() people=people(&choices) done /> }
            }
        />
    }
}

#[component]
fn FindingFields(
    audit: SelfAuditId,
    standards: Vec<(ManagedStandardId, String)>,
    people: Vec<(StaffId, String)>,
    done: impl Fn() + Copy + 'static,
) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("finding");
    let (standard, result, clause) = (signal(None), signal(None), signal(None));
    let (description, measure) = (signal(None), signal(None));
    let (owner, due) = (signal(None), signal(None));
    let people = StoredValue::new(people);
    let standards: Vec<_> = standards.into_iter().map(|(id, text)| (id.to_string(), text)).collect();
    let known = Signal::derive(move || standards.clone());
    let results = Signal::derive(move || {
        let locale = i18n.get_locale();
        let named = |r: &FindingResult| (r.key(), label(locale, "finding_result", r.key()).to_owned());
        FindingResult::ALL.iter().map(named).collect()
    });
    let asks = move || result.with(|key| key == FindingResult::Nonconform.key());
    let submit = move || {
        let description = description.get_untracked().trim().to_owned();
        let chosen = FindingResult::from_key(&result.get_untracked());
        let asked = chosen == Some(FindingResult::Nonconform);
        let measure = given(measure).filter(|_| asked);
        let owner = owner.get_untracked().parse().ok().filter(|_| asked);
        let due_on = day(due).filter(|_| asked);
        let found = [
            missing("result", chosen.is_none()),
            required("description", &description),
            missing("measure", asked && measure.is_none()),
            missing("owner", asked && owner.is_none()),
            missing("dueOn", asked && due_on.is_none()),
        ];
        if state.check(found.concat())
            && let Some(result) = chosen
        {
            let standard = standard.get_untracked().parse().ok();
            let clause = given(clause);
            let input = AddAuditFindingInput { audit, standard, result, clause, description, measure, owner, due_on };
            state.send(add_audit_finding::ask(input), move |_| done());
        }
    };
    let measures = move || {
        asks().then(|| {
            view! {
                <Field name="measure" kind=FieldKind::Area(500) label=move || t_string!(i18n, standards.audits.measure) value=measure />
                <PersonField name="owner" label=move || t_string!(i18n, standards.audits.owner) value=owner people=people.get_value() />
                <Field name="dueOn" kind=FieldKind::Date label=move || t_string!(i18n, standards.audits.due_on) value=due />
            }
        })
    };
    view! {
        <Form state on_submit=submit>
            <SelectField name="standard" label=move || t_string!(i18n, standards.audits.standard) choices=known value=standard optional=true />
            <Field name="clause" label=move || t_string!(i18n, standards.audits.clause) value=clause optional=true />
            <ChoiceField name="result" label=move || t_string!(i18n, standards.audits.result) choices=results value=result />
            <Field name="description" kind=FieldKind::Area(500) label=move || t_string!(i18n, standards.audits.description) value=description />
            {measures}
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}

/// What was put right is closed by somebody else.
#[component]
pub(super) fn CloseForm(finding: Finding, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("finding-close");
    let evidence = signal(None);
    let Finding { id, version, description, measure, .. } = finding;
    let submit = move || {
        let evidence = evidence.get_untracked().trim().to_owned();
        if state.check(required("evidence", &evidence)) {
            state.send(close_audit_finding::ask(CloseAuditFindingInput { id, version, evidence }), move |_| done());
        }
    };
    view! {
        <p class="quote">{description}</p>
        <p class="hint">{measure}</p>
        <Form state on_submit=submit>
            <Field
                name="evidence"
                kind=FieldKind::Area(2000)
                label=move || t_string!(i18n, standards.audits.evidence)
                hint=move || t_string!(i18n, standards.audits.evidence_hint)
                value=evidence
            />
            <Submit label=move || t_string!(i18n, standards.audits.close) />
        </Form>
    }
}
