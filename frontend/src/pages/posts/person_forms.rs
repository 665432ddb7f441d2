//! Forms about a person: what everybody sees, what only some may know, leaving, being away.

use domain::{
    StaffId,
    permission::Permission,
    posts::{AbsenceReason, Sex},
};
use leptos::prelude::*;

use super::forms::{PersonField, day, given, needed, people, signal};
use crate::{
    api::posts::{
        Choices, EditStaffInput, Member, RecordAbsenceInput, RestrictedField, RestrictedInput, RevealStaffInput,
        StaffInput, StaffLeavesInput, StaffMember, StaffRestricted, add_staff_member, choices, edit_staff_member,
        members, record_absence, reveal_staff_member, staff_member_leaves,
    },
    components::{
        AsyncView,
        form::{ChoiceField, Field, FieldKind, Form, FormState, SelectField, Submit},
    },
    i18n::{label, pick, t, t_string, use_i18n},
    session::use_session,
    time,
};

/// Somebody, new or changed.
#[component]
pub(super) fn PersonForm(person: Option<StaffMember>, done: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let person = StoredValue::new(person);
    let found = LocalResource::new(|| async { Ok((choices().await?, members().await?)) });
    let ready = move |(choices, members)| view! { <PersonFields person=person.get_value() choices members done /> };
    view! { <AsyncView resource=found ready /> }
}

#[component]
fn PersonFields(
    person: Option<StaffMember>,
    choices: Choices,
    members: Vec<Member>,
    done: impl Fn() + Copy + 'static,
) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("person-form");
    let was = person.as_ref();
    let (number, name) = (signal(was.map(|p| p.staff_no.as_str())), signal(was.map(|p| p.name.as_str())));
    let title = signal(was.and_then(|p| p.title.as_deref()));
    let id = |id: Option<String>| signal(id.as_deref());
    let department = id(was.and_then(|p| p.department_id).map(|id| id.to_string()));
    let account = id(was.and_then(|p| p.account_id).map(|id| id.to_string()));
    let joined = id(was.and_then(|p| p.joined_on).map(|day| day.to_string()));
    let (sex, born, party) = (signal(None), signal(None), signal(None));
    // Of somebody known, nothing that only some may know changes by chance.
    let sets = RwSignal::new(was.is_none());
    let departments = choices.departments;
    let department_choices = Signal::derive(move || {
        let locale = i18n.get_locale();
        departments.iter().map(|row| (row.id.to_string(), pick(locale, &row.name_zh, &row.name_en))).collect()
    });
    let accounts = Signal::derive(move || {
        members.iter().map(|row| (row.account_id.to_string(), row.display_name.clone())).collect()
    });
    let sexes = Signal::derive(move || {
        let locale = i18n.get_locale();
        Sex::ALL.iter().map(|v| (v.key().to_owned(), label(locale, "sex", v.key()).to_owned())).collect()
    });
    let answers = Signal::derive(move || {
        let yes = ("true".to_owned(), t_string!(i18n, posts.form.yes).to_owned());
        vec![yes, ("false".to_owned(), t_string!(i18n, posts.form.no).to_owned())]
    });
    let seen = was.map(|p| (p.id, p.version));
    let submit = move || {
        let text = |signal: RwSignal<String>| signal.get_untracked().trim().to_owned();
        let restricted = sets.get_untracked().then(|| RestrictedInput {
            sex: Sex::from_key(&sex.get_untracked()),
            born_on: day(born),
            party_member: party.get_untracked().parse().ok(),
        });
        let (staff_no, name, title) = (text(number), text(name), given(title));
        let (department_id, account_id) =
            (department.get_untracked().parse().ok(), account.get_untracked().parse().ok());
        let joined_on = day(joined);
        if let Some((id, version)) = seen {
            let input =
                EditStaffInput { id, version, staff_no, name, title, department_id, account_id, joined_on, restricted };
            state.send(edit_staff_member::ask(input), move |_| done());
        } else {
            let input = StaffInput { staff_no, name, title, department_id, account_id, joined_on, restricted };
            state.send(add_staff_member::ask(input), move |_| done());
        }
    };
    let known = seen.is_some();
    view! {
        <Form state on_submit=submit>
            <Field name="name" label=move || t_string!(i18n, posts.form.person_name) value=name />
            <Field name="staffNo" label=move || t_string!(i18n, posts.form.staff_no) value=number />
            <Field name="title" label=move || t_string!(i18n, posts.form.title) value=title optional=true />
            <SelectField name="department" label=move || t_string!(i18n, posts.form.department) choices=department_choices value=department optional=true />
            <SelectField name="accountId" label=move || t_string!(i18n, posts.form.account) choices=accounts value=account optional=true />
            <Field name="joinedOn" kind=FieldKind::Date label=move || t_string!(i18n, posts.form.joined) value=joined optional=true />
            <h3 class="sheet-part">{t!(i18n, posts.form.restricted)}</h3>
            <p class="hint">{t!(i18n, posts.form.restricted_lead)}</p>
            {known.then(|| view! {
                <label class="choice">
                    <input
                        class="choice-dot"
                        type="checkbox"
                        name="setRestricted"
                        prop:checked=move || sets.get()
                        on:change=move |event| sets.set(event_target_checked(&event))
                    />
                    <span>{t!(i18n, posts.form.set_restricted)}</span>
                </label>
            })}
            <Show when=move || sets.get()>
                <SelectField name="sex" label=move || t_string!(i18n, posts.form.sex) choices=sexes value=sex optional=true />
                <Field name="bornOn" kind=FieldKind::Date label=move || t_string!(i18n, posts.form.born) value=born optional=true />
                <SelectField name="partyMember" label=move || t_string!(i18n, posts.form.party) choices=answers value=party optional=true />
            </Show>
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}

/// Somebody's last day.
#[component]
pub(super) fn LeaveForm(person: StaffMember, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("leave");
    let on = signal(Some(&time::today().to_string()));
    let (id, version) = (person.id, person.version);
    let submit = move || {
        let Some(on) = needed(state, "on", day(on)) else { return };
        state.send(staff_member_leaves::ask(StaffLeavesInput { id, version, on }), move |_| done());
    };
    view! {
        <p class="quote font-semibold">{person.name}</p>
        <Form state on_submit=submit>
            <Field name="on" kind=FieldKind::Date label=move || t_string!(i18n, posts.form.last_day) value=on />
            <Submit label=move || t_string!(i18n, posts.staff.leaves) />
        </Form>
    }
}

/// Days away, and who stands in.
#[component]
pub(super) fn AbsenceForm(person: StaffMember, done: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("absence");
    let today = time::today().to_string();
    let (from, until) = (signal(Some(&today)), signal(Some(&today)));
    let (reason, substitute) = (signal(None), signal(None));
    let staff = person.id;
    let reasons = Signal::derive(move || {
        let locale = i18n.get_locale();
        AbsenceReason::ALL.iter().map(|v| (v.key(), label(locale, "absence_reason", v.key()).to_owned())).collect()
    });
    let submit = move || {
        let Some(from) = needed(state, "from", day(from)) else { return };
        let Some(until) = needed(state, "until", day(until)) else { return };
        let Some(reason) = needed(state, "reason", AbsenceReason::from_key(&reason.get_untracked())) else { return };
        let substitute = substitute.get_untracked().parse().ok();
        state.send(record_absence::ask(RecordAbsenceInput { staff, from, until, reason, substitute }), move |_| done());
    };
    let found = LocalResource::new(choices);
    let ready = move |choices: Choices| {
        let people: Vec<_> = people(&choices).into_iter().filter(|(id, _)| *id != staff).collect();
        view! { <PersonField name="substitute" label=move || t_string!(i18n, posts.form.substitute) value=substitute people optional=true /> }
    };
    view! {
        <p class="quote font-semibold">{person.name}</p>
        <Form state on_submit=submit>
            <Field name="from" kind=FieldKind::Date label=move || t_string!(i18n, posts.form.from) value=from />
            <Field name="until" kind=FieldKind::Date label=move || t_string!(i18n, posts.form.until) value=until />
            <ChoiceField name="reason" label=move || t_string!(i18n, posts.form.reason) choices=reasons value=reason />
            <AsyncView resource=found ready />
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}

/// A look at what only some may know: for a reason, and only what the viewer's roles let them see.
#[component]
pub(super) fn RevealForm(id: StaffId) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let state = FormState::new("reveal-staff");
    let reason = signal(None);
    let shown = RwSignal::new(None::<StaffRestricted>);
    let fields = [
        (Permission::StaffSexRead, RestrictedField::Sex),
        (Permission::StaffBirthRead, RestrictedField::BornOn),
        (Permission::StaffPartyRead, RestrictedField::PartyMember),
    ];
    let fields: Vec<_> =
        fields.into_iter().filter(|(needed, _)| session.can(*needed)).map(|(_, field)| field).collect();
    let asked = StoredValue::new(fields);
    let submit = move || {
        let reason = reason.get_untracked().trim().to_owned();
        let fields = asked.get_value();
        state.send(reveal_staff_member::ask(RevealStaffInput { id, fields, reason }), move |found| {
            shown.set(Some(found));
        });
    };
    let row = move |field: RestrictedField, found: &StaffRestricted| {
        let locale = i18n.get_locale();
        let unknown = || t_string!(i18n, posts.staff.not_known).to_owned();
        let yes_no = |yes| if yes { t_string!(i18n, posts.form.yes) } else { t_string!(i18n, posts.form.no) };
        let (name, value) = match field {
            RestrictedField::Sex => {
                (t_string!(i18n, posts.form.sex), found.sex.map(|v| label(locale, "sex", v.key()).to_owned()))
            }
            RestrictedField::BornOn => (t_string!(i18n, posts.form.born), found.born_on.map(|day| day.to_string())),
            RestrictedField::PartyMember => {
                (t_string!(i18n, posts.form.party), found.party_member.map(|v| yes_no(v).to_owned()))
            }
        };
        view! { <dt>{name}</dt><dd>{value.unwrap_or_else(unknown)}</dd> }
    };
    let lines = move || {
        shown.get().map(|found| {
            let rows = asked.get_value().into_iter().map(|field| row(field, &found)).collect_view();
            view! { <dl class="desk-facts">{rows}</dl> }
        })
    };
    view! {
        <p>{t!(i18n, posts.form.restricted_lead)}</p>
        <div aria-live="polite">{lines}</div>
        <Show when=move || shown.with(Option::is_none)>
            <Form state on_submit=submit>
                <Field name="reason" kind=FieldKind::Area(500) label=move || t_string!(i18n, posts.form.why) value=reason />
                <Submit label=move || t_string!(i18n, posts.staff.reveal) />
            </Form>
        </Show>
    }
}
