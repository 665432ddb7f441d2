//! Forms of the list: a talent's request, and since when somebody is a senior clerk.

use domain::{
    PostId, Violation,
    talents::{RequestForm, TalentChannel, TalentField, TalentMatter, TalentType, check_senior},
};
use leptos::prelude::*;

use crate::{
    api::talents::{
        MarkSeniorClerkInput, Post, Steward, TakeTalentRequestInput, mark_senior_clerk, take_talent_request,
    },
    components::form::{ChoiceField, Field, FieldKind, Form, FormState, SelectField, Submit},
    i18n::{label, t_string, use_i18n},
    pages::posts::forms::{day, given, signal},
    time,
};

/// At which post, where there are several.
#[component]
fn PostField(posts: Vec<Post>, value: RwSignal<String>) -> impl IntoView {
    let i18n = use_i18n();
    if let [only] = posts.as_slice() {
        value.set(only.id.to_string());
        return ().into_any();
    }
    let rows: Vec<_> = posts.into_iter().map(|row| (row.id.to_string(), row.name)).collect();
    let choices = Signal::derive(move || rows.clone());
    view! { <SelectField name="post" label=move || t_string!(i18n, talents.post) choices value /> }.into_any()
}

/// The values of an enum with their names, for a list to open.
fn listed(group: &'static str, keys: Vec<&'static str>) -> Signal<Vec<(String, String)>> {
    let i18n = use_i18n();
    Signal::derive(move || {
        let locale = i18n.get_locale();
        keys.iter().map(|key| ((*key).to_owned(), label(locale, group, key).to_owned())).collect()
    })
}

/// A request is taken.
#[component]
pub(super) fn TakeForm(posts: Vec<Post>, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("talent-take");
    let (post, name, phone, enterprise) = (signal(None), signal(None), signal(None), signal(None));
    let (kind, field, channel, matter) = (signal(None), signal(None), signal(None), signal(None));
    let (description, key_project) = (signal(None), RwSignal::new(false));
    let kinds = listed("talent_type", TalentType::ALL.iter().map(|v| v.key()).collect());
    let fields = listed("talent_field", TalentField::ALL.iter().map(|v| v.key()).collect());
    let matters = listed("talent_matter", TalentMatter::ALL.iter().map(|v| v.key()).collect());
    let channels = Signal::derive(move || {
        let locale = i18n.get_locale();
        let named = |c: &TalentChannel| (c.key(), label(locale, "talent_channel", c.key()).to_owned());
        TalentChannel::ALL.iter().map(named).collect()
    });
    let submit = move || {
        let chosen = (
            post.get_untracked().parse::<PostId>().ok(),
            TalentType::from_key(&kind.get_untracked()),
            TalentField::from_key(&field.get_untracked()),
            TalentChannel::from_key(&channel.get_untracked()),
            TalentMatter::from_key(&matter.get_untracked()),
        );
        let missing = |field, is: bool| is.then(|| Violation::new(field, "form.required"));
        let found = [
            missing("post", chosen.0.is_none()),
            missing("kind", chosen.1.is_none()),
            missing("field", chosen.2.is_none()),
            missing("channel", chosen.3.is_none()),
            missing("matter", chosen.4.is_none()),
        ];
        let form = RequestForm {
            name: name.get_untracked().trim().to_owned(),
            phone: phone.get_untracked().trim().to_owned(),
            kind: chosen.1.unwrap_or(TalentType::Other),
            enterprise: given(enterprise),
            field: chosen.2.unwrap_or(TalentField::Other),
            channel: chosen.3.unwrap_or(TalentChannel::Visit),
            matter: chosen.4.unwrap_or(TalentMatter::Other),
            description: description.get_untracked().trim().to_owned(),
            key_project: key_project.get_untracked(),
        };
        let found = form.check().into_iter().chain(found.into_iter().flatten()).collect();
        if state.check(found)
            && let Some(post) = chosen.0
        {
            let RequestForm { name, phone, kind, enterprise, field, channel, matter, description, key_project } = form;
            let input = TakeTalentRequestInput {
                post,
                name,
                phone,
                kind,
                enterprise,
                field,
                channel,
                matter,
                description,
                key_project,
            };
            state.send(take_talent_request::ask(input), move |_| done());
        }
    };
    view! {
        <Form state on_submit=submit>
            <PostField posts value=post />
            <Field name="name" label=move || t_string!(i18n, talents.name) value=name />
            <Field name="phone" label=move || t_string!(i18n, talents.phone) value=phone kind=FieldKind::Tel />
            <SelectField name="kind" label=move || t_string!(i18n, talents.kind) choices=kinds value=kind />
            <Field name="enterprise" label=move || t_string!(i18n, talents.enterprise) value=enterprise optional=true />
            <SelectField name="field" label=move || t_string!(i18n, talents.field) choices=fields value=field />
            <ChoiceField name="channel" label=move || t_string!(i18n, talents.channel) choices=channels value=channel />
            <SelectField name="matter" label=move || t_string!(i18n, talents.matter) choices=matters value=matter />
            <Field
                name="description"
                label=move || t_string!(i18n, talents.description)
                value=description
                kind=FieldKind::Area(1000)
            />
            <label class="choice">
                <input
                    class="choice-dot"
                    type="checkbox"
                    name="keyProject"
                    prop:checked=move || key_project.get()
                    on:change=move |event| key_project.set(event_target_checked(&event))
                />
                <span>{move || t_string!(i18n, talents.key_project)}</span>
            </label>
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}

/// Since when somebody is a senior clerk; left empty, they are none.
#[component]
pub(super) fn SeniorForm(steward: Steward, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("talent-senior");
    let since = signal(steward.senior_since.map(|day| day.to_string()).as_deref());
    let staff = steward.id;
    let submit = move || {
        let since = day(since);
        let found = check_senior(since, time::today()).err();
        if state.check(found.into_iter().collect()) {
            state.send(mark_senior_clerk::ask(MarkSeniorClerkInput { staff, since }), move |_| done());
        }
    };
    view! {
        <p>{steward.name}</p>
        <Form state on_submit=submit>
            <Field
                name="since"
                label=move || t_string!(i18n, talents.senior.day)
                hint=move || t_string!(i18n, talents.senior.hint)
                value=since
                kind=FieldKind::Date
                optional=true
            />
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}
