//! The one dialog of all actions.

use cynic::QueryBuilder;
use domain::{
    ComplaintId,
    complaints::{Action, form::ENTRY_MAX, referral::REASON_MAX},
    permission::{Permission, grants},
};
use leptos::prelude::*;

use super::{
    Chosen, Desk, Draft, Typed,
    case_picker::CasePicker,
    check,
    fields::{Field, Kind, fields},
    perform,
};
use crate::{
    api::{
        ApiError,
        complaints::{Department, Member},
        run, schema,
    },
    components::{
        Dialog,
        form::{self, ChoiceField, FieldKind, Form, FormState, SelectField, Submit},
    },
    i18n::{label, pick, t, t_string, use_i18n},
};

/// Who and which departments a case can be given to.
#[derive(cynic::QueryFragment, Clone)]
#[cynic(graphql_type = "Query")]
struct PeopleQuery {
    members: Vec<Member>,
    departments: Vec<Department>,
}

/// The dialog of a page. `changed` is told each action that succeeded, and none when the case turned out stale.
#[component]
pub fn ActionDialog(desk: Desk, #[prop(into)] changed: Callback<Option<Action>>) -> impl IntoView {
    let i18n = use_i18n();
    let title = move || {
        let locale = i18n.get_locale();
        desk.chosen.get().map(|chosen| label(locale, "action", chosen.action.key()).to_owned()).unwrap_or_default()
    };
    view! {
        <Dialog id="action" open=desk.open title=title>
            {move || desk.chosen.get().map(|chosen| view! { <ActionForm desk chosen changed /> })}
        </Dialog>
    }
}

#[component]
fn ActionForm(desk: Desk, chosen: Chosen, changed: Callback<Option<Action>>) -> impl IntoView {
    let i18n = use_i18n();
    let Chosen { action, case, number, similar } = chosen;
    let (id, version) = (case.id, case.version);
    let draft = Draft::of(id, action).load();
    let values: Vec<(Field, RwSignal<String>)> =
        fields(action).iter().map(|field| (*field, RwSignal::new(draft.get(*field).to_owned()))).collect();
    let typed = {
        let values = values.clone();
        move || {
            let mut typed = Typed::default();
            for (field, value) in &values {
                typed.set(*field, value.get());
            }
            typed
        }
    };
    let keep = typed.clone();
    Effect::new(move |_| Draft::of(id, action).save(&keep()));

    let state = FormState::new("action");
    let submit = move || {
        let typed = untrack(&typed);
        if !state.check(check(action, &typed)) {
            return;
        }
        let work = async move {
            let case = crate::api::complaints::actions::CaseInput { id, version };
            let answer = perform(action, case, &typed).await;
            if answer.as_ref().is_err_and(|error| error.is(ApiError::STALE)) {
                changed.run(None);
            }
            answer
        };
        state.send(work, move |()| {
            Draft::of(id, action).forget();
            desk.open.set(false);
            changed.run(Some(action));
        });
    };

    let people = needs_people(action).then(|| LocalResource::new(|| async { run(PeopleQuery::build(())).await }));
    // Built inside the form, whose state they look for.
    let inputs = move || {
        let input = move |(field, value)| view! { <Input field value people case=id similar=similar.clone() /> };
        values.into_iter().map(input).collect_view()
    };
    view! {
        <div class="grid gap-1">
            <p class="hint">{t!(i18n, complaints.dialog.for_case, number = number.clone())}</p>
            <p>{move || label(i18n.get_locale(), "action_help", action.key())}</p>
        </div>
        <Form state on_submit=submit>
            {inputs()}
            <div class="dialog-buttons">
                <Submit label=move || label(i18n.get_locale(), "action", action.key()) />
                <button type="button" class="btn btn-ghost" on:click=move |_| desk.open.set(false)>
                    {t!(i18n, common.cancel)}
                </button>
            </div>
        </Form>
    }
}

type People = LocalResource<Result<PeopleQuery, ApiError>>;

fn needs_people(action: Action) -> bool {
    matches!(action, Action::Assign | Action::HandOver | Action::NameRespondent)
}

#[component]
fn Input(
    field: Field,
    value: RwSignal<String>,
    people: Option<People>,
    case: ComplaintId,
    similar: Vec<crate::api::complaints::SimilarComplaint>,
) -> impl IntoView {
    let i18n = use_i18n();
    let name = field.name();
    let title = move || field.label(i18n.get_locale());
    let optional = field.optional();
    let hint = move || field.hint(i18n.get_locale()).unwrap_or_default();
    match field.kind() {
        Kind::Choice(group, keys) if keys.len() <= 5 => {
            let choices = Signal::derive(move || {
                let locale = i18n.get_locale();
                keys.iter().map(|key| (*key, label(locale, group, key).to_owned())).collect::<Vec<_>>()
            });
            view! { <ChoiceField name label=title choices value optional /> }.into_any()
        }
        Kind::Choice(group, keys) => {
            let choices = Signal::derive(move || {
                let locale = i18n.get_locale();
                keys.iter().map(|key| ((*key).to_owned(), label(locale, group, key).to_owned())).collect::<Vec<_>>()
            });
            view! { <SelectField name label=title choices value optional /> }.into_any()
        }
        Kind::Investigator => colleagues(field, value, people, Some(Permission::ComplaintInvestigate)),
        Kind::Handler => colleagues(field, value, people, Some(Permission::ComplaintHandle)),
        Kind::Colleague => colleagues(field, value, people, None),
        Kind::Department => departments(field, value, people),
        Kind::Case => view! { <CasePicker name label=title hint value case similar /> }.into_any(),
        Kind::Days => view! { <form::Field name label=title value kind=FieldKind::Number /> }.into_any(),
        Kind::Text => {
            let kind = FieldKind::Area(if field == Field::ReferReason { REASON_MAX } else { ENTRY_MAX });
            if field.hint(i18n.get_locale_untracked()).is_some() {
                view! { <form::Field name label=title value kind hint optional /> }.into_any()
            } else {
                view! { <form::Field name label=title value kind optional /> }.into_any()
            }
        }
    }
}

fn colleagues(field: Field, value: RwSignal<String>, people: Option<People>, needed: Option<Permission>) -> AnyView {
    let i18n = use_i18n();
    let choices = Signal::derive(move || {
        let locale = i18n.get_locale();
        let found = people.and_then(|people| people.get()).and_then(Result::ok);
        let members = found.map(|found| found.members).unwrap_or_default();
        let fits = |member: &Member| needed.is_none_or(|needed| member.roles.iter().any(|role| grants(*role, needed)));
        members
            .into_iter()
            .filter(fits)
            .map(|member| {
                let role = member.roles.first().map(|role| label(locale, "role", role.key()).to_owned());
                let about = member.title.or(role).unwrap_or_default();
                (
                    member.account_id.to_string(),
                    t_string!(i18n, complaints.field.person, name = member.display_name, about = about),
                )
            })
            .collect::<Vec<_>>()
    });
    view! { <SelectField name=field.name() label=move || field.label(i18n.get_locale()) choices value /> }.into_any()
}

fn departments(field: Field, value: RwSignal<String>, people: Option<People>) -> AnyView {
    let i18n = use_i18n();
    let choices = Signal::derive(move || {
        let locale = i18n.get_locale();
        let found = people.and_then(|people| people.get()).and_then(Result::ok);
        let all = found.map(|found| found.departments).unwrap_or_default();
        all.into_iter().map(|d| (d.id.to_string(), pick(locale, &d.name_zh, &d.name_en))).collect::<Vec<_>>()
    });
    view! { <SelectField name=field.name() label=move || field.label(i18n.get_locale()) choices value optional=true /> }
        .into_any()
}
