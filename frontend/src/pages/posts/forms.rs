//! Forms about a post: itself, who leads it, who works at it, an extra day, a handover.

use chrono::NaiveDate;
use domain::{
    StaffId,
    posts::{Capacity, DUTIES_MAX, kind::FieldType},
};
use leptos::prelude::*;

use crate::{
    api::posts::{
        AddDutyInput, AssignStaffInput, Assignment, Choices, EditPostInput, EndAssignmentInput, GiveHandoverInput,
        Kind, NameLeadInput, Post, PostField, PostFieldValueInput, PostInput, add_duty, add_post, assign_staff_member,
        choices, edit_post, end_assignment, give_handover, name_post_lead,
    },
    components::{
        AsyncView,
        form::{ChoiceField, Field, FieldKind, Form, FormState, SelectField, Submit},
    },
    i18n::{label, pick, t, t_string, use_i18n},
    time,
};

pub(in crate::pages) fn given(text: RwSignal<String>) -> Option<String> {
    let text = text.get_untracked().trim().to_owned();
    (!text.is_empty()).then_some(text)
}

pub(in crate::pages) fn day(text: RwSignal<String>) -> Option<NaiveDate> {
    text.get_untracked().parse().ok()
}

/// A field whose day has to be there: the form's own error otherwise.
pub(in crate::pages) fn needed<T>(state: FormState, field: &'static str, value: Option<T>) -> Option<T> {
    let missing = value.is_none().then(|| domain::Violation::new(field, "form.required"));
    if state.check(missing.into_iter().collect()) { value } else { None }
}

pub(in crate::pages) fn signal(text: Option<&str>) -> RwSignal<String> {
    RwSignal::new(text.unwrap_or_default().to_owned())
}

/// Somebody of the staff, by name and number.
#[component]
pub(in crate::pages) fn PersonField(
    name: &'static str,
    #[prop(into)] label: TextProp,
    value: RwSignal<String>,
    people: Vec<(StaffId, String)>,
    #[prop(optional)] optional: bool,
) -> impl IntoView {
    let people: Vec<_> = people.into_iter().map(|(id, text)| (id.to_string(), text)).collect();
    let choices = Signal::derive(move || people.clone());
    view! { <SelectField name label choices value optional /> }
}

pub(in crate::pages) fn people(choices: &Choices) -> Vec<(StaffId, String)> {
    choices.staff_members.iter().map(|row| (row.id, format!("{} {}", row.staff_no, row.name))).collect()
}

/// A post, new or changed.
#[component]
pub(super) fn PostForm(post: Option<Post>, done: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let found = LocalResource::new(choices);
    let post = StoredValue::new(post);
    view! {
        <AsyncView resource=found ready=move |choices| view! { <PostFields post=post.get_value() choices done /> } />
    }
}

#[component]
fn PostFields(post: Option<Post>, choices: Choices, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("post-form");
    let was = post.as_ref();
    let text = |read: fn(&Post) -> Option<&str>| signal(was.and_then(read));
    let (code, name) = (text(|p| Some(&p.code)), text(|p| Some(&p.name)));
    let (kind, department) = (text(|p| Some(&p.kind)), RwSignal::new(String::new()));
    department.set(was.and_then(|p| p.department_id).map(|id| id.to_string()).unwrap_or_default());
    let (window, location) = (text(|p| p.window_no.as_deref()), text(|p| p.location.as_deref()));
    let (phone, hours) = (text(|p| p.public_phone.as_deref()), text(|p| p.open_hours.as_deref()));
    let duties = text(|p| p.duties.as_deref());
    let kept: Vec<(String, String)> =
        was.map(|p| p.extra.iter().map(|f| (f.key.clone(), f.value.clone())).collect()).unwrap_or_default();
    let Choices { post_kinds, departments, .. } = choices;
    let (kinds, kept_kind) = (StoredValue::new(post_kinds), kind.get_untracked());
    let kind_choices = Signal::derive(move || {
        let locale = i18n.get_locale();
        let offered = |row: &&Kind| row.offered || row.code == kept_kind;
        kinds.with_value(|rows| {
            rows.iter()
                .filter(offered)
                .map(|row| (row.code.clone(), pick(locale, &row.title_zh, &row.title_en)))
                .collect()
        })
    });
    let department_choices = Signal::derive(move || {
        let locale = i18n.get_locale();
        departments.iter().map(|row| (row.id.to_string(), pick(locale, &row.name_zh, &row.name_en))).collect()
    });
    // One signal for each field of the chosen kind; another kind has others.
    let extra = StoredValue::new(Vec::<(String, RwSignal<String>)>::new());
    let fields = move || {
        let code = kind.get();
        let own = kinds.with_value(|rows| rows.iter().find(|row| row.code == code).map(|row| row.fields.clone()));
        let mut made = Vec::new();
        let views = own.unwrap_or_default().into_iter().map(|field| {
            let value = kept.iter().find(|(key, _)| *key == field.key).map(|(_, value)| value.as_str());
            let value = signal(value);
            made.push((field.key.clone(), value));
            view! { <Extra field value /> }
        });
        let views = views.collect_view();
        extra.set_value(made);
        views
    };
    let seen = post.as_ref().map(|p| (p.id, p.version));
    let submit = move || {
        let text = |signal: RwSignal<String>| signal.get_untracked().trim().to_owned();
        let extra = extra.with_value(|made| {
            made.iter()
                .map(|(key, value)| PostFieldValueInput { key: key.clone(), value: text(*value) })
                .collect::<Vec<_>>()
        });
        let extra = extra.into_iter().filter(|field| !field.value.is_empty()).collect();
        let (code, name, kind) = (text(code), text(name), text(kind));
        let department_id = department.get_untracked().parse().ok();
        let (window_no, location, public_phone) = (given(window), given(location), given(phone));
        let (open_hours, duties) = (given(hours), given(duties));
        if let Some((id, version)) = seen {
            let input = EditPostInput {
                id,
                version,
                code,
                name,
                kind,
                department_id,
                window_no,
                location,
                public_phone,
                open_hours,
                duties,
                extra,
            };
            state.send(edit_post::ask(input), move |_| done());
        } else {
            let input = PostInput {
                code,
                name,
                kind,
                department_id,
                window_no,
                location,
                public_phone,
                open_hours,
                duties,
                extra,
            };
            state.send(add_post::ask(input), move |_| done());
        }
    };
    view! {
        <Form state on_submit=submit>
            <Field name="name" label=move || t_string!(i18n, posts.form.name) value=name />
            <Field name="code" label=move || t_string!(i18n, posts.form.code) hint=move || t_string!(i18n, posts.form.code_hint) value=code />
            <SelectField name="kind" label=move || t_string!(i18n, posts.form.kind) choices=kind_choices value=kind />
            {fields}
            <SelectField name="department" label=move || t_string!(i18n, posts.form.department) choices=department_choices value=department optional=true />
            <Field name="windowNo" label=move || t_string!(i18n, posts.form.window) value=window optional=true />
            <Field name="location" label=move || t_string!(i18n, posts.form.location) value=location optional=true />
            <Field name="publicPhone" kind=FieldKind::Tel label=move || t_string!(i18n, posts.form.phone) value=phone optional=true />
            <Field name="openHours" label=move || t_string!(i18n, posts.form.hours) value=hours optional=true />
            <Field name="duties" kind=FieldKind::Area(DUTIES_MAX) label=move || t_string!(i18n, posts.form.duties) value=duties optional=true />
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}

/// A field of the post's kind. What is wrong with one is told above the form.
#[component]
fn Extra(field: PostField, value: RwSignal<String>) -> impl IntoView {
    let i18n = use_i18n();
    let PostField { kind, label_zh, label_en, options, .. } = field;
    let text = move || pick(i18n.get_locale(), &label_zh, &label_en);
    match kind {
        FieldType::Choice => {
            let choices = Signal::derive(move || {
                let locale = i18n.get_locale();
                options.iter().map(|o| (o.key.clone(), pick(locale, &o.label_zh, &o.label_en))).collect()
            });
            view! { <SelectField name="extra" label=text choices value optional=true /> }.into_any()
        }
        FieldType::Flag => {
            let choices = Signal::derive(move || {
                let yes = ("true".to_owned(), t_string!(i18n, posts.form.yes).to_owned());
                vec![yes, ("false".to_owned(), t_string!(i18n, posts.form.no).to_owned())]
            });
            view! { <SelectField name="extra" label=text choices value optional=true /> }.into_any()
        }
        FieldType::Number => {
            view! { <Field name="extra" kind=FieldKind::Number label=text value optional=true /> }.into_any()
        }
        FieldType::Text => view! { <Field name="extra" label=text value optional=true /> }.into_any(),
    }
}

/// Who leads a post.
#[component]
pub(super) fn LeadForm(post: Post, done: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("lead");
    let lead = RwSignal::new(post.lead_id.map(|id| id.to_string()).unwrap_or_default());
    let (id, version) = (post.id, post.version);
    let submit = move || {
        let lead = lead.get_untracked().parse().ok();
        state.send(name_post_lead::ask(NameLeadInput { id, version, lead }), move |_| done());
    };
    let found = LocalResource::new(choices);
    let ready = move |choices: Choices| {
        view! { <PersonField name="lead" label=move || t_string!(i18n, posts.post.lead) value=lead people=people(&choices) optional=true /> }
    };
    view! {
        <Form state on_submit=submit>
            <AsyncView resource=found ready />
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}

/// Somebody's time at a post.
#[component]
pub(super) fn AssignForm(post: Post, done: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("assign");
    let (staff, capacity) = (signal(None), signal(None));
    let (from, until) = (signal(Some(&time::today().to_string())), signal(None));
    let post = post.id;
    let capacities = Signal::derive(move || {
        let locale = i18n.get_locale();
        Capacity::ALL.iter().map(|value| (value.key(), label(locale, "capacity", value.key()).to_owned())).collect()
    });
    let submit = move || {
        let Some(staff) = needed(state, "staff", staff.get_untracked().parse().ok()) else { return };
        let Some(capacity) = needed(state, "capacity", Capacity::from_key(&capacity.get_untracked())) else { return };
        let Some(from) = needed(state, "from", day(from)) else { return };
        let input = AssignStaffInput { post, staff, capacity, from, until: day(until) };
        state.send(assign_staff_member::ask(input), move |_| done());
    };
    let found = LocalResource::new(choices);
    let ready = move |choices: Choices| {
        view! { <PersonField name="staff" label=move || t_string!(i18n, posts.form.person) value=staff people=people(&choices) /> }
    };
    view! {
        <Form state on_submit=submit>
            <AsyncView resource=found ready />
            <ChoiceField name="capacity" label=move || t_string!(i18n, posts.form.capacity) choices=capacities value=capacity />
            <Field name="from" kind=FieldKind::Date label=move || t_string!(i18n, posts.form.from) value=from />
            <Field name="until" kind=FieldKind::Date label=move || t_string!(i18n, posts.form.until) hint=move || t_string!(i18n, posts.form.until_hint) value=until optional=true />
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}

/// The last day of somebody's time at a post.
#[component]
pub(super) fn EndForm(row: Assignment, who: String, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("end");
    let until = signal(Some(&time::today().to_string()));
    let (id, version) = (row.id, row.version);
    let submit = move || {
        let Some(until) = needed(state, "until", day(until)) else { return };
        state.send(end_assignment::ask(EndAssignmentInput { id, version, until }), move |_| done());
    };
    view! {
        <p class="quote font-semibold">{who}</p>
        <Form state on_submit=submit>
            <Field name="until" kind=FieldKind::Date label=move || t_string!(i18n, posts.form.until) value=until />
            <Submit label=move || t_string!(i18n, posts.post.end) />
        </Form>
    }
}

/// A day at a post besides the assignments.
#[component]
pub(super) fn DutyForm(post: Post, done: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("duty");
    let (staff, on) = (signal(None), signal(None));
    let post = post.id;
    let submit = move || {
        let Some(staff) = needed(state, "staff", staff.get_untracked().parse().ok()) else { return };
        let Some(on) = needed(state, "on", day(on)) else { return };
        state.send(add_duty::ask(AddDutyInput { post, staff, on }), move |_| done());
    };
    let found = LocalResource::new(choices);
    let ready = move |choices: Choices| {
        view! { <PersonField name="staff" label=move || t_string!(i18n, posts.form.person) value=staff people=people(&choices) /> }
    };
    view! {
        <Form state on_submit=submit>
            <AsyncView resource=found ready />
            <Field name="on" kind=FieldKind::Date label=move || t_string!(i18n, posts.form.day) value=on />
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}

/// What is passed on to a colleague.
#[component]
pub(super) fn HandoverForm(post: Post, done: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("handover");
    let (taker, items) = (signal(None), signal(None));
    let post = post.id;
    let submit = move || {
        let Some(taker) = needed(state, "taker", taker.get_untracked().parse().ok()) else { return };
        let input = GiveHandoverInput { post, taker, items: items.get_untracked().trim().to_owned() };
        state.send(give_handover::ask(input), move |_| done());
    };
    let found = LocalResource::new(choices);
    let ready = move |choices: Choices| {
        view! { <PersonField name="taker" label=move || t_string!(i18n, posts.form.taker) value=taker people=people(&choices) /> }
    };
    view! {
        <p class="hint">{t!(i18n, posts.form.items_hint)}</p>
        <Form state on_submit=submit>
            <AsyncView resource=found ready />
            <Field name="items" kind=FieldKind::Area(2000) label=move || t_string!(i18n, posts.form.items) value=items />
            <Submit label=move || t_string!(i18n, posts.post.handover) />
        </Form>
    }
}
